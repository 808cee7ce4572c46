"""Where somebody lives and what somebody drives: a house in a street or by its postcode, a licence plate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.privacy.kinds import Hit
from tracker.privacy.words import ENDINGS, FUNCTION_WORDS, MONTHS, OTHER_STREETS, SERIES, STREETS, WINDS

# One number, with what people put behind it: 12, 12a, 12 bis, 12 hs, 12-2, 12 II.
_NAMED_NUMBER = r"(?:(?:,? ?(?:huisnummer|huisnr\.?|nummer|nr\.?|no\.?|\#)) ?)"
_BEHIND = r"(?:[- ]?(?:bis|hs|rood|zw|[a-z]|[A-Z]|I{1,3}|[1-9]\d?(?=\W|$)(?! \w))(?![\w'-]))?"
_HOUSE = rf"\d{{1,4}}(?!\d|[.,:/]\d|%|u\d|[.:-]?(?!bis|hs|rood|zw|II)[A-Za-z]{{2}}){_BEHIND}"
_WORD = r"[A-Za-z'.-]*"
_ENDS = "|".join((*STREETS, *OTHER_STREETS)).replace("str.", r"str\.")
_STREET_BEFORE = re.compile(
    rf"(?:\b(?:[A-Z]{_WORD} ){{0,3}}(?P<loud>[A-Z]{_WORD}?(?:{_ENDS}))"
    rf"|"
    rf"\b(?P<soft>[a-z][a-z'-]{{2,}}(?:{'|'.join(STREETS).replace('str.', 'str[.]')})))"
    rf"(?:[- ](?i:{WINDS}))? ?$",
    re.ASCII,
)
_HOUSE_NUMBER = re.compile(rf"(?P<told>{_NAMED_NUMBER})?(?<![\w.,/-])(?P<house>{_HOUSE})", re.ASCII)
_BEFORE = 60
# A street that no list of endings finds: somebody lives there, or the number is called one.
_LIVES = (
    r"(?:\b[Ww]oont (?:aan|op|in) |\b[Ww]oonachtig (?:aan|op|in) |\b[Aa]dres(?: van [a-z ]{2,30}| is)?:? |"
    r"\b[Hh]uisbezoek (?:aan |bij |op )?|\b[Gg]ezin (?:aan|op|in) )(?:de |het )?"
)
_HOUSE_TOLD = re.compile(
    rf"{_LIVES}(?P<place>'?[A-Z]{_WORD}(?: [A-Za-z]{_WORD}){{0,3}}) (?P<house>{_HOUSE})"
    rf"|\b(?P<named>[A-Z]{_WORD}(?: [A-Z]{_WORD}){{0,3}}) (?:huisnummer|huisnr\.?) ?\d{{1,4}}",
    re.ASCII,
)
_DAY_BEHIND = re.compile(rf"(?:[-/.]\d{{1,2}}\b|[ ]?(?:{MONTHS})\b|[.:]\d\d ?(?:uur|u\b))", re.IGNORECASE)
_YEARS = range(1900, 2100)
_NO_STREET = re.compile(
    r"^(?:onderweg|snelweg|halverwege|vanweg|schoolplein|plein|weg|straat|laan|gracht|park|baan|markt|ring|"
    r"winkelstraat|hoofdstraat|dijk|kade|steeg|singel|hof|pad|haven|fietspad|zebrapad|renbaan|rotonde|"
    r"loopbaan|snelbaan|tennisbaan|ijsbaan|busbaan|bovenweg|uitweg|omweg|invalsweg|rijweg|beweg|opdam)$"
)
_COUNTED = re.compile(r" ([a-z][a-z'-]*)(?: ([a-z][a-z'-]*))?")
_MEASURES = re.compile(
    "uur|u|jaar|keer|maal|man|vrouw|kind|euro|procent|meter|km|m|kilometer|dag|week|maand|agent|x|graden|minuten|"
    "mensen|jongeren|personen|kinderen|bewoners|bezoekers|leden|volwassenen|stuks|lid|winkel|incident|melding|"
    "aangifte|woning|huis|auto|deelnemer|groep|team|paar|tal"
)

_POSTCODE = r"\b[1-9]\d{3} ?(?P<%s>[A-Za-z]{2})(?![A-Za-z])"
_HOUSE_BY_POSTCODE = re.compile(
    rf"{_POSTCODE % 'before'}"
    rf"(?:(?:,? (?:te )?[A-Z][\w' -]{{1,25}}?)?{_NAMED_NUMBER}|(?P<apart>[, /-]{{0,3}}))(?P<house>{_HOUSE})"
    rf"|(?<![\w.,/-])\d{{1,4}}(?: ?[A-Za-z]|[ -](?:bis|hs|rood))?(?:,| te| in|;)? \(?"
    rf"{_POSTCODE % 'behind'}",
    re.ASCII,
)
_NO_LETTERS = re.compile(
    "op|om|in|is|en|of|te|al|we|ze|er|nu|zo|ik|je|hu|at|nr|km|cm|mm|kg|na|de|me|aan|van|een|sa|sd|ss"
)


def _plates(letters: str, gap: str) -> str:
    forms = (form.split("-") for form in SERIES)
    groups = ([re.sub("A+|9+", lambda g: _group(g[0], letters), part) for part in form] for form in forms)
    return "|".join(gap.join(form) for form in groups)


def _group(group: str, letters: str) -> str:
    return rf"{letters if group[0] == 'A' else '[0-9]'}{{{len(group)}}}"


# No vowels stand on a plate since 1978, so that it is no word; what is written with hyphens may be older.
_CONSONANT = "[BDFGHJKLMNPRSTVWXZbdfghjklmnprstvwxz]"
_UNITS = re.compile(
    r"(?<![^ ])(?:km|cm|mm|kg|gr|ml|nr|dr|mr|ds|vs|bv|nv|tv|st|hs|jr|mld|mln|dhr|mvr|mbt|tbv|wvb)(?![^ ])"
)
_PLATE = re.compile(
    rf"(?<![\w./-])(?:{_plates('[A-Za-z]', '-')}|{_plates(_CONSONANT, '[ .]?')})"
    r"(?![\w/-]|\.\w)",
    re.ASCII,
)
_TOLD_PLATE = re.compile(
    r"\b(?:kenteken(?:plaat|nummer)?|nummerplaat|nummerbord|plaat|kent\.)(?: is| was|:| nr\.?)?[ :(\"'-]{0,3}"
    rf"(?P<plate>{_plates('[A-Za-z]', '[ .-]{0,3}')})(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_MONTH_IN_IT = re.compile(rf"-(?:{MONTHS})-", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[Hit]:
    """Houses in a plain text; a street without a number is the place of an incident, and stays."""
    for number in _HOUSE_NUMBER.finditer(text):
        street = _street(text, number)
        if street is not None:
            yield Hit(kind="address", start=street, end=number.end())
    for match in _HOUSE_TOLD.finditer(text):
        if match["named"] or not _is_day_or_count(text, match["house"], match.end("house")):
            yield Hit(kind="address", start=match.start(), end=match.end())
    for match in _HOUSE_BY_POSTCODE.finditer(text):
        letters = match["before"] or match["behind"]
        # "1011 AB, 450 bezoekers" counts people in an area.
        if "," in (match["apart"] or "") and _is_day_or_count(text, match["house"], match.end()):
            continue
        if letters.isupper() or not _NO_LETTERS.fullmatch(letters.casefold()):
            yield Hit(kind="address", start=match.start(), end=match.end())


def find_plates(text: str) -> Iterator[Hit]:
    """Licence plates in a plain text: with hyphens, without vowels, or in any form when called so."""
    for match in _TOLD_PLATE.finditer(text):
        yield Hit(kind="licence_plate", start=match.start("plate"), end=match.end("plate"))
    for match in _PLATE.finditer(text):
        if not _MONTH_IN_IT.search(match[0]) and not _UNITS.search(match[0]):
            yield Hit(kind="licence_plate", start=match.start(), end=match.end())


def _street(text: str, number: re.Match[str]) -> int | None:
    """Where the street starts that this number is a house in, or None."""
    start = number.start()
    if not text[:start].rstrip().lower().endswith(ENDINGS):
        return None
    street = _STREET_BEFORE.search(text, max(0, start - _BEFORE), start)
    if street is None:
        return None
    if not number["told"]:
        alone = _NO_STREET.match((street["loud"] or street["soft"]).lower())
        if alone or _is_day_or_count(text, number["house"], number.end()):
            return None
    return street.start()


def _is_day_or_count(text: str, house: str, end: int) -> bool:
    """Whether the number is that of a day, a time, a year, or of what is counted: "Kerkstraat 3 jongeren"."""
    if _DAY_BEHIND.match(text, end) or (house.isdigit() and int(house) in _YEARS):
        return True
    if not house.isdigit():
        return bool(re.fullmatch(r"\d{1,2}-(?:0?[1-9]|1[0-2])|40-45", house))
    counted = _COUNTED.match(text, end)
    if counted is None:
        return False
    first, second = counted[1], counted[2] or ""
    if FUNCTION_WORDS.fullmatch(first):
        return False
    several = first.endswith(("en", "s")) or (first[-1] == "e" and second.endswith("en"))
    return several or bool(_MEASURES.fullmatch(first))
