"""A plain text -> which rules could find anything in it, at the speed of a search for a few letters.

Nearly all notes stop here. Too often a look costs a little, too seldom would let data through: a test holds
each rule to what is written here.
"""

from __future__ import annotations

import re

from tracker.privacy.words import NUMBERS, SERIES, STREET_ENDINGS

# Every digit 0 and every letter small.
_SAID = bytes(48 if 48 <= sign < 58 else sign + 32 if 65 <= sign < 91 else sign for sign in range(256))
# Of that only letters and digits, with a space for the rest: words.
_SPACED = bytes(sign if 97 <= sign < 123 or sign == 48 else 32 for sign in range(256))
# Only the digits, with a space for each letter: the signs between digits go.
_DIGITS = bytes(32 if chr(sign).isalpha() or chr(sign) in "_\n" else sign for sign in range(256))
_BETWEEN = bytes(sign for sign in range(128) if not (chr(sign).isalnum() or chr(sign) in "_\n"))
_NINE = "0" * 9

# Rule -> the words, in small letters, without which it finds nothing or that it always goes by.
_TOLD_BY = {
    "number": "bsn burgerservicenummer sofinummer sofi",
    "birth_date": "geb geboren geboorte geboortedatum geboortedag geboortedat geboortedata geboorteplaats "
    "gebdat gebdatum verjaardag jarig gebd gbd gd dob birth birthdate birthday born verjaart wereld jaar "
    "levenslicht bouwjaar bj ben bent gb geworden beviel bevallen bevalling nee naissance nacimiento "
    "geburtsdatum dogum "
    "paspoort rijbewijs identiteitsbewijs identiteit legitimatie legitimatiebewijs brp gba viert vierde bday",
    "address": "woont woonachtig adres huisbezoek gezin huisnummer huisnr nr no nummer",
    "plate": "kenteken kentekenplaat kentekennummer nummerplaat nummerbord plaat kent",
    "titled": "dhr mevr mevrouw mw mvr mv mej mejuffrouw heer meneer mijnheer mr dr drs ir ing prof "
    "ds fam familie mrs madame",
    "named": "genaamd geheten heet heette heten naam genoemd alias bijgenaamd roepnaam voornaam achternaam "
    "zekere ene",
}
_WORDS = {word.encode(): rule for rule, words in _TOLD_BY.items() for word in words.split()}
_WORDS |= {word.encode(): "aged" for word in (*NUMBERS, "leeftijd", "lft")}
_SMALL_AGES = frozenset(b"vier vijf zes zeven acht negen".split())
_ANY_WORD = frozenset(_WORDS) | _SMALL_AGES
_AGES = re.compile(
    r"0(?!0)(?: ?j[ar.]|j\b|(?<=[ (]00),|(?<=[^0]00)[);/\]]|(?<= 00) (?:die|uit|en w|w|in )|"
    r"(?<=[/:]00)|(?<=jaar) "
    r"|(?:(?<=van 00)|(?<=van 0)) (?!uur|u |tot|t/m|keer|ja|feb|ma|mrt|ap|mei|jun|jul|au|sep|okt|"
    r"no|dec|[0&]|[a-z-]+(?:en|s)\b)"
    r"|(?:(?<=an 00)|(?<= is 0)|(?<=[is]s 00)|(?<=as 0)|(?<=as 00)|(?<=en 00)|(?<=rd[t ] 00)|"
    r"(?<=al 00)|(?<=t 00)|(?<=r 00)"
    r"|(?<=a 00)|(?<=u 00)|(?<=, 00)|(?<=an 0))"
    r"(?: ?[,;:!?)\"(\n]|\.(?!0)|$| (?:-|aan|als|bij|die|dat|door|en|er|heeft|in|is|ivm|kwam|maar|"
    r"met|na|naar|nog|of|op|"
    r"oud|toen|uit|v/d|van|via|was|werd|werkt|wil|wonen|woont|zit|zonder|zou|geworden|jaar)\b))"
)
_SMALL_AGE = re.compile("van (?:vier|vijf|zes|zeven|acht|negen) ")
# A day beside a name, a sex or an age, and who turns how old on it; the rule looks at the year.
_DAY = re.compile(
    r"0(?:[-./ ]00?[-./ ] ?'?0|0000000|000[-./]00|(?: ?-?|e |ste )(?:jan|feb|maa|mrt|mar|mei|apr|"
    r"jun|jul|aug|sep|okt|oct|nov|dec))"
)
_PEOPLE_WORDS = (
    "man vrouw jongen meisje kind baby zoon dochter broer broertje zus zusje vader moeder ouder opa "
    "oma leerling verdachte dader slachtoffer getuige melder minderjarige betrokkene client jongere "
    "student"
)
_PEOPLE = frozenset(_PEOPLE_WORDS.split())
_BESIDE = "([|/:;,=*-."
_SEX_THEN_DAY = re.compile(r"[(,|/;] ?[mvx] ?[,/|;)]? ?0")
_AGE_BY_DAY = re.compile(r"0(?: ?jr?[., (/)]| \(00?[-./ ]|\) 00?(?:[ .,;!)\n]|$))")
_TURNS_BY_DAY = re.compile(
    r"(?:wordt|werd)[a-z( ]{1,12}0|0(?:[),]| [a-z]{3,9},?)? (?:wordt|"
    r"werd) [a-z]+ 00?(?:[ .,;!)\n]|$)"
)
# A capital with a full stop, or the end of an initial of two or three letters: J. Th. Chr.
_INITIAL = re.compile(r"\.(?:(?<=[A-Z]\.)|(?<=[^a-zA-Z][A-Z][a-z]\.)|(?<=[^a-zA-Z][A-Z][a-z][a-z]\.))")


def _plates() -> str:
    """What tells the groups of a plate between other words, from its first group of digits on."""
    found = []
    for form in SERIES:
        groups = [
            f"[a-z]{{{len(group)}}}" if group[0] == "A" else "0" * len(group) for group in form.split("-")
        ]
        first = next(place for place, group in enumerate(groups) if group[0] == "0")
        before = f"(?<= {' '.join(groups[:first])} 0)" if first else ""
        found.append(f"{before}{' '.join(groups[first:])[1:]} ")
    return "|".join(found)


# A group of digits and what may stand around it on a plate or in a postcode; every pattern starts with " 0".
_GROUPED = re.compile(f" 0(?:{_plates()}|000 ?[a-z][a-z][ 0])")
_GLUED = re.compile(r"0(?:(?<=[a-z][a-z]0)|[a-z][a-z])")


def suspects(text: str) -> set[str]:
    """The rules that are worth their time on this plain text; of several texts, each on its own line."""
    found: set[str] = set()
    small = text.encode("ascii", "replace").translate(_SAID)
    said, words = small.decode(), small.translate(_SPACED)
    told = _ANY_WORD.intersection(words.split())
    found.update(_WORDS[word] for word in told if word not in _SMALL_AGES)
    spaced = f" {words.decode()} "
    if " gebo" in spaced or " gebd" in spaced or " is van 0" in said or "is van de " in said:
        found.add("birth_date")
    if _INITIAL.search(text):
        found.add("initials")
    if "@" in text:
        found.add("number")
    if "jarig" in said:
        found.update(("aged", "birth_date"))
    elif "ien jaar" in said or "tig jaar" in said or (told & _SMALL_AGES and _SMALL_AGE.search(spaced)):
        found.add("aged")
    if "0" in said:
        _look_at_digits(small, f" {said} ", spaced, found)
        if "birth_date" not in found and any(_stands_by_somebody(text, day) for day in _DAY.finditer(said)):
            found.add("birth_date")
    return found


def _stands_by_somebody(text: str, day: re.Match[str]) -> bool:
    """Whether what could be a name, or a word for a person, stands right beside a day."""
    start = day.start()
    lead = text[max(0, start - 35) : start].rstrip("0123456789* ")
    words = lead.rstrip(f"{_BESIDE} ").split(" ")[-3:]
    if words[-1][:1].isupper() and (lead[-1:] in _BESIDE or any(word[:1].isupper() for word in words[:-1])):
        return True
    if words[-1] in _PEOPLE or words[-1].lower() in _PEOPLE:
        return True
    behind = text[day.end() : day.end() + 45].split(" ")[:6]
    if any(word.strip("([|/:;,=*-.)") in _PEOPLE for word in behind[:3]):
        return True
    return sum(word.lstrip(_BESIDE)[:1].isupper() for word in behind) > 1


def _look_at_digits(small: bytes, said: str, spaced: str, found: set[str]) -> None:
    if _NINE in small.translate(_DIGITS, _BETWEEN).decode():
        found.add("number")
    if "g.d" in said or "d.o.b" in said or "*" in said or "geb0" in said:
        found.add("birth_date")
    if _SEX_THEN_DAY.search(said) or _AGE_BY_DAY.search(said):
        found.add("birth_date")
    if ("wordt" in said or "werd" in said) and _TURNS_BY_DAY.search(said):
        found.add("birth_date")
    if _AGES.search(said):
        found.add("aged")
    if _GROUPED.search(spaced) or _GLUED.search(spaced):
        found.update(("plate", "address"))
    if not STREET_ENDINGS.isdisjoint([before[-3:] for before in said.split(" 0")]):
        found.add("address")
