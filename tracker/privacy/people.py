"""People without a name: somebody of an age in a role at a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.privacy.kinds import Hit
from tracker.privacy.roles import is_role
from tracker.privacy.words import FUNCTION_WORDS, MONTHS, SPELLED

_NEAR = 200
_AGE = re.compile(
    rf"(?<![\w.,:/-])[1-9]?\d(?!\d|[.,:]\d|/\d|%|-?\+)|\b(?:{SPELLED})(?=\b|-?jarige?\b)",
    re.ASCII | re.IGNORECASE,
)
# What says that the number counts years.
_JARIG = re.compile(r"[- ]?jarige?\b", re.IGNORECASE)
_YEARS = re.compile(r" ?(?:jaar(?: oude?)?|jaren(?: oud)?|jr\.?|j\.?)(?![\w'])", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z'?][\w'?-]*", re.ASCII)
# What may follow an age, where a noun would make the number a count: "van 12, uit", but not "van 12 scholen".
_COUNTED = (
    rf"(?!(?:tot|tegen|uur|u|om|keer|maal|man|procent|euro|km|meter|jaar|dag|week|maand|stuks?|x|plus)\b"
    rf"|(?:en|of|op) (?:\d|(?:{SPELLED})\b|ouder|jonger|hoger|meer|lager)|(?:{MONTHS})(?!\w))"
)
_DONE = re.compile(
    rf" ?(?:[,;:!?)\]\"/]|\.(?!\d)| - (?!\d)|\(!\)|$|\n)| {_COUNTED}(?:(?:{FUNCTION_WORDS.pattern}|"
    rf"v/d|is|was|ivm|dus|"
    rf"zit|zat|deed|kreeg|verblijft|woonachtig|werkt|geworden|aangehouden|opgepakt|gezien|vermist|"
    rf"nog)(?![\w-])|\()",
    re.IGNORECASE,
)
# "jongen van 12 gaat": behind "van", any word but a plural.
_NOT_COUNTED = re.compile(rf" {_COUNTED}[a-z]+(?<!en)(?<!s)(?![\w'-])", re.IGNORECASE)
_DATE_BEHIND = re.compile(
    rf" ?(?:{MONTHS}|uur|u\b|%|procent|euro)|, ?\d{{1,2}}(?:,| en | of )|(?: ?-| t/m| tot| a| en|"
    rf" of| op) ?(?:\d|{SPELLED}\b)",
    re.IGNORECASE,
)
_OR_OLDER = re.compile(r"(?: ?jaar| ?jr)?,? (?:en|of) (?:ouder|jonger|hoger|meer|lager)\b", re.IGNORECASE)
_FROM_AGE = re.compile(
    r"(?:\b(?:vanaf|tot|t/m|en met|onder|boven|dan|gemiddeld|gemiddelde leeftijd|na|over|sinds|"
    r"gedurende|binnen|"
    r"elke|iedere|om de|voor|per|rond de|jaar|groep|klas|leerjaar|lokaal|kamer|nummer|nr\.?|week|"
    r"artikel|art\.?|"
    r"lijn|fase|niveau|januari|maart|mei)|\d ?[-/]) ?$",
    re.IGNORECASE,
)
# Who is said to be that old, right before the number.
_IS = (
    r"(?:is|was|wordt|werd|ben|bent)(?: (?:pas|nu|net|al|nog|maar|inmiddels|toen|ook|ongeveer|"
    r"circa|dan|hij|zij|ze|nog maar)){0,3}"
)
_SAID_OF = re.compile(
    rf"(?:\b(?P<pronoun>hij|zij|ze|die|ik) (?:[a-z]+ )?{_IS}|\b(?P<inverse>is|was|wordt) (?:hij|"
    rf"zij|ze)(?: pas| nu| al)?|"
    rf"\b(?P<verb>{_IS})|\b(?P<aged>leeftijd|lft\.?|leeft\.?)(?: is| van)?:?|\b(?P<just>net|pas|al|"
    rf"amper|bijna|nog maar)) $",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\bvan (?:(?:ongeveer|circa|pas|net|een jaar of|rond de|nog maar|al|bijna|zo'n|"
    r"om en nabij) )?$",
    re.I,
)
_OPENED = re.compile(r"(?:\(|\[)(?:[a-z ]{0,20}[, ])?(?:[mvx][/, ]{1,2})?$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:, ?|[/:|] ?| - ?)(?:(?:precies|pas|nu|net|circa|ongeveer|"
    r"nog maar) )?(?:[mvx][/, ]{1,2})?$",
    re.IGNORECASE,
)
# "elke inwoner van 18 jaar en ouder" and "de gemiddelde leerling" are nobody.
_ANYBODY_WORDS = "elke elk ieder iedere per geen alle welke welk gemiddelde doorsnee typische wie als"
_ANYBODY = frozenset(_ANYBODY_WORDS.split())
_PRONOUN_OPENED = re.compile(r"\b(?:hij|zij|ze) \($", re.IGNORECASE)
# A place, or what could be one: something with a name, or what is said with "in" or "uit" before it.
_AREA = (
    r"straat|straatweg|weg|laan|plein|kade|dijk|gracht|singel|steeg|dreef|plantsoen|boulevard|"
    r"park|hof|wijk|buurt|"
    r"dorp|flat|school|college|lyceum|club|moskee|kerk|azc|markt|baan|haven|polder|poort|centrum|huis|veld"
)
_PLACE = re.compile(
    r"(?:^|(?<=[\s(\"'/,:-]))(?i:uit|in|te|van|v/d|bij|naar|op|rond|aan|nabij|langs|achter|naast|"
    r"tegenover|via|"
    r"omgeving|woonplaats:?|plaats:?|wijk|buurt|azc|flat|obs|cbs|rkbs|roc|woonachtig)"
    r"(?: (?:(?i:de|den|der|het|'t|'s|ter|ten|hartje|centrum|noord|oost|zuid|west|wijk|buurt|dorp|stad|"
    r"gemeente|omgeving|regio|plaats|kern|gebied)|[a-z-]+(?:school|club|flat|huis|centrum|team|locatie)))*"
    r" ?(?:'[st][- ]|'?(?:t )?)[A-Z]"
    rf"|(?<!^)(?<![.!?\n] )(?<![.!?\n])\b(?:[A-Z][a-z][\w'-]+|"
    rf"[A-Z]?[a-z]{{3,}}(?:{_AREA})(?: [A-Z]|\b(?<=[A-Z])))"
    rf"|\b[A-Z][a-z-]+(?:{_AREA})\b"
)
_NO_PLACE = re.compile(
    r"(?:Maandag|Dinsdag|Woensdag|Donderdag|Vrijdag|Zaterdag|Zondag|Januari|Februari|Maart|April|"
    r"Mei|Juni|Juli|"
    r"Augustus|September|Oktober|November|December|Halt|Jeugdzorg|Reclassering|Afspraak|Actie|"
    r"Casus|De|Het|Een|"
    r"Hij|Zij|Ze|Geen|Er|We|Wij|Dit|Dat|Ook|Nazorg|Gesprek|Melding)$"
)
_SENTENCE_END = re.compile(r"[.!?\n]['\")]? ?(?=[A-Z0-9'\"]|$)")


def find_aged(text: str) -> Iterator[Hit]:
    """An age with the role of one person and a place in the same or the next sentence; a group, or an age
    and a role without a place, may stand."""
    for match in _AGE.finditer(text):
        if _is_of_somebody(text, match) and _has_place(text, match):
            yield Hit(kind="age_role_place", start=match.start(), end=match.end())


def _has_place(text: str, age: re.Match[str]) -> bool:
    around = _around(text, age, sentences=2)
    return any(not _NO_PLACE.match(place[0].split()[-1]) for place in _PLACE.finditer(around))


def _around(text: str, age: re.Match[str], *, sentences: int) -> str:
    """The sentence that the age stands in and so many before and behind, with a mark for the age."""
    first, last = max(0, age.start() - _NEAR), age.end() + _NEAR
    starts = [end.end() for end in _SENTENCE_END.finditer(text, first, age.start())]
    stops = [end.start() for end in _SENTENCE_END.finditer(text, age.end(), last)]
    start = starts[-1 - sentences] if len(starts) > sentences else first
    stop = stops[sentences] if len(stops) > sentences else last
    return f"{text[start : age.start()]}|{text[age.end() : stop]}"


def _is_of_somebody(text: str, age: re.Match[str]) -> bool:
    """Whether the number is the age of one person: "14-jarige leerling", "man, 31, uit", "12 jaar, gast"."""
    end = age.end()
    before = _around(text, age, sentences=0).partition("|")[0]
    if _OR_OLDER.match(text, end) or _DATE_BEHIND.match(text, end):
        return False
    if jarig := _JARIG.match(text, end):
        return _is_jarig(text, before, jarig)
    if _FROM_AGE.search(before):
        return False
    years = _YEARS.match(text, end)
    stop = years.end() if years else end
    ahead = _YEARS_THEN_ROLE.match(text, end)
    if ahead and any(map(is_role, _until_a_verb(_words(text[ahead.end() : ahead.end() + 50])[:3]))):
        return True
    if not years and _small(age[0]):
        return False
    done = _DONE.match(text, stop) or (years and _CAPITAL.match(text, stop))
    if not done and not (_OF.search(before) and not years and _NOT_COUNTED.match(text, stop)):
        return False
    return _role_before(before, years) or _role_elsewhere(text, age, before, stop, years)


_YEARS_THEN_ROLE = re.compile(
    r" ?(?:jaar(?:, | oude?,? |\) |/ ?)|(?:jr|j)\b\.?[ ,/)]{1,2})(?:een )?(?=[a-z'])", re.IGNORECASE
)
_CAPITAL = re.compile(r" [A-Z][a-z]")


def _small(age: str) -> bool:
    """Whether a bare number is more likely a count than an age."""
    return age.isdigit() and int(age) < 4


def _is_jarig(text: str, before: str, jarig: re.Match[str]) -> bool:
    """ "17-jarige jongen", "op 17-jarige leeftijd is deze jongen", "de 17-jarige uit"; no jubilee."""
    words = _words(text[jarig.end() : jarig.end() + 60])
    if _words(before)[-1:] and _words(before)[-1] in _ANYBODY:
        return False
    if any(map(is_role, _until_a_verb(words[:4]))):
        return True
    if words[:1] == ["leeftijd"]:
        return any(map(is_role, words[1:8])) or any(map(is_role, _words(before)))
    alone = jarig[0].lower().endswith("jarige") and _ALONE.match(text, jarig.end())
    return bool(alone) and not (words and words[0] in ("en", "of"))


_ALONE = re.compile(
    rf" ?(?:[,;!?)\"]|\.(?!\d)|$|\n)| (?:(?i:{FUNCTION_WORDS.pattern}|v/d|is|was)(?![\w-])|[A-Z][a-z])"
)


def _until_a_verb(words: list[str]) -> list[str]:
    found = []
    for word in words:
        if FUNCTION_WORDS.fullmatch(word):
            break
        found.append(word)
    return found


def _role_before(before: str, years: re.Match[str] | None) -> bool:
    """Whether a role in this sentence leads to the number: "jongen van 17", "boer (48)", "docent, 68,"."""
    words = _words(before)
    if of := _OF.search(before):
        return _is_one(words[: -len(_words(of[0]))], near=4 if years else 2)
    said = _SAID_OF.search(before)
    if said:
        return _is_one(words, near=12)
    if _OPENED.search(before) or _BETWEEN.search(before):
        return _is_one(words, near=9 if years else 5)
    return years is not None and _is_one(words, near=1)


def _is_one(words: list[str], *, near: int) -> bool:
    """Whether one of the last words is the role of one person, and not of anybody."""
    for place in range(len(words) - 1, max(-1, len(words) - 1 - near), -1):
        if is_role(words[place]) and not (words[place] == "gast" and words[place - 1 : place] == ["te"]):
            return not _ANYBODY.intersection(words[max(0, place - 2) : place])
    return False


def _role_elsewhere(
    text: str, age: re.Match[str], before: str, stop: int, years: re.Match[str] | None
) -> bool:
    """Whether it is surely an age, of a role that stands behind it or in the sentence before."""
    said = _SAID_OF.search(before)
    of_one = (said and (said["pronoun"] or said["inverse"] or said["aged"])) or _PRONOUN_OPENED.search(before)
    geworden = text.startswith((" geworden", ", ", " is hij", ") is"), stop) and said and said["just"]
    apart = (
        years
        and _DONE.match(text, stop)
        and (_BETWEEN.search(before) or not before.strip() or _OPENED.search(before))
    )
    bracket = _OPENED.search(before) and re.match(r"\)? (?:is|was) (?:hij|zij|ze)\b", text[stop : stop + 12])
    if not (of_one or geworden or apart or bracket):
        return False
    words = _words(_around(text, age, sentences=1))
    if _ANYBODY.intersection(_words(before)[-4:]):
        return False
    return any(map(is_role, words))


def _words(text: str) -> list[str]:
    return [word.casefold().strip("'") for word in _WORD.findall(text)]
