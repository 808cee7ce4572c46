"""A plain text -> which rules could find anything in it, at the speed of a search for a few letters.

Nearly all notes stop here. Too often a look costs a little, too seldom would let data through: a test holds
each rule to what is written here.
"""

from __future__ import annotations

import re

from tracker.privacy.words import SERIES, STREET_ENDINGS

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
    "gebdat gebdatum verjaardag jarig gebd gbd gd dob birth born verjaart wereld jaar",
    "address": "woont woonachtig adres huisbezoek gezin huisnummer huisnr nr no nummer",
    "plate": "kenteken kentekenplaat kentekennummer nummerplaat nummerbord plaat kent",
    "titled": "dhr mevr mevrouw mw mvr mv mej mejuffrouw heer meneer mijnheer mr dr drs ir ing prof "
    "ds fam familie mrs madame",
    "named": "genaamd geheten heet heette heten naam genoemd alias bijgenaamd roepnaam voornaam achternaam "
    "zekere ene",
}
_WORDS = {word.encode(): rule for rule, words in _TOLD_BY.items() for word in words.split()}
_ANY_WORD = frozenset(_WORDS)
_AGES = re.compile(
    r"0(?!0)(?: ?j[ar.]|(?<=[ (]00),|(?<=[^0]00)[);/]|(?<= 00) (?:die|uit|en w|w|in )|(?<=[/:]00))"
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
    if not _ANY_WORD.isdisjoint(words.split()):
        found.update(_WORDS[word] for word in _ANY_WORD.intersection(words.split()))
    if _INITIAL.search(text):
        found.add("initials")
    if "@" in text:
        found.add("number")
    if "jarig" in said or "ien jaar" in said or "tig jaar" in said or "ien uit" in said:
        found.add("aged")
    if "0" in said:
        _look_at_digits(small, f" {said} ", f" {words.decode()} ", found)
    return found


def _look_at_digits(small: bytes, said: str, spaced: str, found: set[str]) -> None:
    if _NINE in small.translate(_DIGITS, _BETWEEN).decode():
        found.add("number")
    if "g.d" in said or "d.o.b" in said or "*" in said:
        found.add("birth_date")
    if _AGES.search(said):
        found.add("aged")
    if _GROUPED.search(spaced) or _GLUED.search(spaced):
        found.update(("plate", "address"))
    if not STREET_ENDINGS.isdisjoint([before[-3:] for before in said.split(" 0")]):
        found.add("address")
