"""People without a name: a birth date, and somebody of an age in a role at a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.privacy.kinds import Hit
from tracker.privacy.words import DATE, MONTHS, PERSONS

_NEAR = 200
# Where a birth is spoken of, also days that anywhere else would be a number or a count.
_BIRTH_DAY = (
    rf"(?:{DATE}|\d{{1,2}}[ -](?:{MONTHS})[ -]\d\d(?!\d)|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d(?!\d)"
    r"|\b(?:19|20)\d\d[01]\d[0-3]\d(?!\d)|\b[0-3]\d[01]\d\d\d(?!\d))"
)
_PLACE_THEN = r"(?:(?:te|in) [A-Z][\w' -]{1,30}?(?: op| \(| d\.d\.) ?|te [A-Z][\w' -]{1,30}?,? )?"
_BORN = re.compile(
    rf"\b(?P<word>(?:geb(?:oorte)?\.? ?-?dat(?:um|a|\.)?|geboorteplaats en -?datum|geboortedag|"
    rf"verjaardag|g\.d\.|gd|d\.o\.b\.|dob|gbd|date of birth|born|leeftijd en -?datum)"
    rf"(?!\w)(?:[^.;,!?\n\d]{{0,40}}|[ .:=(]{{0,4}}))(?P<day>{_BIRTH_DAY})"
    rf"|\b(?P<told>(?:geboren|geb\.?|gebd\.?|jarig|geboorte(?=:))(?: is| was|"
    rf" zijn)?[ :(=]{{0,4}}(?:(?:op|d\.d\.|dd) )?{_PLACE_THEN}"
    rf"(?:de )?)(?P<first>{_BIRTH_DAY})"
    rf"|(?P<star>(?:\(|(?<=[\w,)] ))\* ?)(?P<star_day>{DATE})"
    rf"|(?P<turns>\b(?:verjaart|(?:wordt|werd|werden|worden) (?:op )?(?=[^.;\n]{{6,30}}? (?:\d{{1,2}}|"
    rf"\w+(?:tien|tig)) jaar\b)|kwam(?:en)? (?:hij|zij|ze)?(?= ?op [^.;\n]{{6,30}}? ter wereld))"
    rf"[ (:]{{0,3}}(?:op )?)(?P<turning>{DATE})"
    rf"|(?P<date>{DATE})(?: (?:te|in) [A-Z][\w' -]{{1,30}}?)?(?: [a-z]+){{0,3}} \(?(?:geboren|geb\.|"
    rf"geboortedatum)(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_NOT_ONE = re.compile(r"\b(?:geen|zonder|nooit) $", re.IGNORECASE)
# Who or what was born: "de werkgroep is geboren op 6 juli 2024" is a saying, unless the day is of long ago.
_WHO = re.compile(
    rf"\b(?:hij|zij|ze|die|wie|dhr\.?|mevr\.?|mw\.?|ik|{PERSONS})\b[^.;\n]{{0,25}}?\b(?:is|werd|"
    rf"was)(?: op)? ?$",
    re.I,
)
_SOMEBODY = re.compile(
    rf"\b(?:hij|zij|ze|die|wie|dhr\.?|mevr\.?|mw\.?|ik|{PERSONS})\b[^.;\n]{{0,40}}$", re.IGNORECASE
)
_SAID = re.compile(r"\b(?:is|werd|was|zijn|werden)(?: op)? ?$", re.IGNORECASE)
_LAST_CENTURY = re.compile(r"19\d\d$|'?[3-9]\d$")

_ROLE_WORD = rf"(?:{PERSONS})"
# Also what nobody listed: bakker, gepensioneerde, statushouder; not "ongeveer", and no "convenant".
_ANY_ROLE = (
    rf"(?:{PERSONS}|(?!(?:over|onder|achter|zonder|ander|ieder|meer|weer|keer|later|eerder|ongeveer|"
    rf"zeker|zomer|winter|"
    r"nummer|kader|sinds|\w+ber|alweer|vier|hoger|lager|verder|vaker|kleiner|groter|jonger|ouder|centrum)\b)"
    r"[a-z]{2,}(?:er|ster|ling|linge|ist|iste|eur|euse|enaar|elaar|ares|eerde|houder|loze|zieke))"
)
_SPELLED = r"(?:[a-z]*(?:tien|tig)|[a-z]*(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)|elf|twaalf)"
_AGE = re.compile(
    rf"(?<![\w.,:/-])[1-9]?\d(?!\d|[.,:]\d)|\b{_SPELLED}(?=-?jarige?\b)"
    r"|\b[a-z]*tien(?= jaar\b| uit\b)|\b[a-z]*tig(?= jaar\b)",
    re.ASCII | re.IGNORECASE,
)
_JARIGE = re.compile(
    rf"[- ]?jarige (?:[a-z]+e )?{_ANY_ROLE}\b|[- ]?jarig (?:[a-z]+ )?{_ROLE_WORD}\b"
    r"|[- ]?jarige (?:uit|in|die|is|was|wordt|werd|heeft|woont)\b",
    re.IGNORECASE,
)
_YEARS_THEN_ROLE = re.compile(
    rf" ?(?:jaar|jr\.?|j\.)(?:,| oude?,?|\)|/) ?(?:een )?{_ANY_ROLE}\b", re.IGNORECASE
)
_ROLE_THEN = re.compile(
    rf"\b(?:{_ANY_ROLE}(?:,? ?\(| van (?:ongeveer |circa |rond de |een jaar of )?|, ?|,? leeftijd:? )"
    r"|(?:man|vrouw|jongen|meisje|kind|leerling|leerlinge|scholier|student|tiener|dame|heer)(?:: | |/|-))"
    r"(?:[mvx][/, ]{1,2})?$",
    re.IGNORECASE,
)
# "elke inwoner van 18 jaar en ouder" is nobody.
_ANYBODY = re.compile(r"\b(?:elke?|iedere?|per|geen|alle|welke) (?:[a-z]+ )?$", re.IGNORECASE)
_OR_OLDER = re.compile(r"(?: ?jaar| ?jr)? (?:en|of) (?:ouder|jonger|hoger|meer)\b", re.IGNORECASE)
_YEARS_OR_END = re.compile(
    r" ?(?:jaar\b|jr\b|j\.|jaren\b)|[,);/]| (?:die|uit|en woont|woont|woonachtig)\b|(?<=\d\d) in\b",
    re.IGNORECASE,
)
_FROM_AGE = re.compile(
    r"\b(?:vanaf|tot|t/m|onder|boven|dan|gemiddeld|gemiddelde leeftijd|na|al) $", re.IGNORECASE
)
_OF_PLACE = (
    r"(?: (?:de|den|der|het|'t|'s|ter|ten|aan|hartje|centrum|noord|oost|zuid|west|wijk|buurt|dorp|stad|"
    r"gemeente|omgeving|regio|plaats|kern|gebied))*"
)
_PLACE = re.compile(
    rf"(?:\b(?:[Uu]it|[Ii]n|[Tt]e|[Vv]an|[Bb]ij|[Nn]aar|[Oo]p|[Rr]ond|[Ww]ijk|[Bb]uurt|[Oo]mgeving|"
    rf"[Ww]oonplaats:?){_OF_PLACE}|[(,/]{_OF_PLACE}) ?(?:['’][st][- ]|'?(?:t )?)[A-Z]"
)
_SENTENCE_END = re.compile(r"[.!?\n] ?(?=[A-Z]|$)")


def find_birth_dates(text: str) -> Iterator[Hit]:
    """Days that are said to be somebody's first."""
    for match in _BORN.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        day = next(filter(None, map(match.group, ("day", "first", "star_day", "turning", "date"))))
        told = (match["told"] or "geboren" if match["date"] else match["told"] or "").casefold()
        saying = told.startswith(("geboren", "jarig")) and _SAID.search(before)
        if match["turns"] and not _SOMEBODY.search(before + match["turns"]):
            continue
        if saying and not _WHO.search(before) and not _LAST_CENTURY.search(day):
            continue
        if not _NOT_ONE.search(before):
            yield Hit(kind="birth_date", start=match.start(), end=match.end())


def find_aged(text: str) -> Iterator[Hit]:
    """An age with the role of one person and a place in one sentence; a group, or an age alone, may stand."""
    for match in _AGE.finditer(text):
        if not _is_of_somebody(text, match):
            continue
        if _PLACE.search(_sentence_around(text, match)):
            yield Hit(kind="age_role_place", start=match.start(), end=match.end())


def _sentence_around(text: str, age: re.Match[str]) -> str:
    """The sentence that the age stands in, with a mark in its place."""
    first = max(0, age.start() - _NEAR)
    start = max((end.end() for end in _SENTENCE_END.finditer(text, first, age.start())), default=first)
    stop = _SENTENCE_END.search(text, age.end(), age.end() + _NEAR)
    last = stop.start() if stop else age.end() + _NEAR
    return f"{text[start : age.start()]}|{text[age.end() : last]}"


def _is_of_somebody(text: str, age: re.Match[str]) -> bool:
    """Whether the number is the age of one person: "14-jarige leerling", "man, 31, uit", "12 jaar, gast"."""
    start, end = age.span()
    if _OR_OLDER.match(text, end):
        return False
    if _JARIGE.match(text, end):
        return not _ANYBODY.search(text, max(0, start - 30), start)
    if _FROM_AGE.search(text, max(0, start - 30), start):
        return False
    if _YEARS_THEN_ROLE.match(text, end):
        return True
    role = _ROLE_THEN.search(text, max(0, start - 60), start) if _YEARS_OR_END.match(text, end) else None
    return role is not None and not _ANYBODY.search(text, max(0, role.start() - 30), role.start())
