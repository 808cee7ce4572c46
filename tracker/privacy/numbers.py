"""Numbers and addresses with a check or a fixed form: e-mail address, IBAN, telephone number, BSN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.privacy.kinds import Hit

_GAP = r"[ .-]"
_START = r"(?<![\w/-])(?<!\d[.,])"
_END = r"(?![\w/]|[.,-]\d)"

_EMAIL = r"(?<![\w.+%-])[\w.+%-]++(?:@| ?@ ?(?=[a-z0-9-]+\.[a-z]{2,}\b))[\w-]++(?:\.[\w-]++)+"
# In fours, as a bank writes it; the Dutch one and those of digits alone also in any other groups.
_IBAN = (
    rf"(?:(?<!\w)|(?<=iban)|"
    rf"(?<=IBAN))(?:[A-Za-z]{{2}}\d\d(?:{_GAP}?[A-Za-z0-9]{{4}}){{2,7}}(?:{_GAP}?[A-Za-z0-9]{{1,3}})?"
    rf"|[A-Za-z]{{2}}{_GAP}?\d\d{_GAP}?(?:[A-Za-z]{{4}}(?:{_GAP}?\d){{10}}|(?:{_GAP}?\d){{12,20}}))(?!\w)"
)

# 06, 0 6, 020, (0118), or with the country in front, as +31 6, 0031 6 and +31 (0)6; a day is no number.
_DAY = r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d\b"
_BEFORE_PHONE = r"(?:(?<![\w-])(?<!\d[.,/])|(?<=[a-z]-)|(?<=tel)|(?<=bel)|(?<=mob)|(?<=gsm))"
_AREA = rf"(?:(?:\+ ?|00{_GAP}?)[1-9]\d{{0,2}}{_GAP}?(?:\(0\){_GAP}?)?|\(?0(?: (?=6))?)"
_PHONE = rf"{_BEFORE_PHONE}(?!{_DAY}){_AREA}[1-9](?:\)?(?:/|{_GAP}{{0,3}})\d){{8}}(?!\w|[.,-]\d|/[1-9])"

# Nine digits, whole or in the groups people write; not an amount, not a row of small numbers.
_GROUPS = (
    r"(?<!\d )(?:\d{3}[. -]\d{3}[. -]\d{3}|\d{4}[. -]\d\d[. -]\d{3}|\d\d[.-]\d\d[.-]\d\d[.-]\d{3}|"
    r"\d{3}[. -]\d\d[. -]\d{4})"
    r"(?! \d)"
)
_BSN = rf"{_START}(?<!\$)(?<!\$ )(?:\d{{9}}|{_GROUPS}){_END}(?!,-| euro)"
# Where the word stands before it the groups do not matter, nor does the zero that a spreadsheet lost.
_BSN_WORD = r"(?:\bbsn|burgerservicenummer|sofi-?nummer)(?:[ -]?n(?:umme)?r)?[\W_]{0,3}(?:is\W{0,2})?"
_TOLD_BSN = rf"{_BSN_WORD}(?P<told>\d(?:{_GAP}?\d){{7,8}}){_END}"

_CANDIDATE = re.compile(
    rf"(?P<email>{_EMAIL})|(?P<iban>{_IBAN})|(?P<phone>{_PHONE})|(?P<bsn>{_BSN})", re.ASCII
)
_TOLD = re.compile(_TOLD_BSN, re.ASCII | re.IGNORECASE)
_WORTH_A_LOOK = re.compile(r"@|\d(?:[^\w\n]{0,3}\d){7}", re.ASCII)
_NUMBER_OF_A_CASE = re.compile(
    r"(?:zaak|dossier|kenmerk|factuur|rsin|kvk)[\w-]*\W{0,3}(?:nr\W{0,2})?$", re.IGNORECASE
)


def find(text: str) -> Iterator[Hit]:
    """The hits in a plain text, in reading order but for BSNs that are called so.

    A BSN must pass its check (elfproef) and an IBAN its checksum, so case numbers, amounts and dates
    are left alone; so is a number that is named as that of a case or an invoice.
    """
    if not _WORTH_A_LOOK.search(text):
        return
    for told in _TOLD.finditer(text):
        if _is_bsn(told["told"]):
            yield Hit(kind="bsn", start=told.start("told"), end=told.end("told"))
    place = 0
    while match := _CANDIDATE.search(text, place):
        end = _end(match)
        if end:
            yield Hit(kind=str(match.lastgroup), start=match.start(), end=end)
        place = end or match.start() + 1


def _end(match: re.Match[str]) -> int:
    """Where the candidate ends when it is a hit, else 0."""
    if match.lastgroup == "iban":
        return _end_of_iban(match)
    if match.lastgroup == "email":
        return match.end()
    if _NUMBER_OF_A_CASE.search(match.string, max(0, match.start() - 30), match.start()):
        return 0
    return match.end() if match.lastgroup == "phone" or _is_bsn(match.group()) else 0


def _is_bsn(number: str) -> bool:
    from stdnum.nl import bsn  # reads its tables when first used, not when the product starts

    return bool(bsn.is_valid(number))


def _end_of_iban(match: re.Match[str]) -> int:
    """The candidate may have swallowed the words after it, so it is tried shorter and shorter."""
    from stdnum import iban

    text, start = match.string, match.start()
    ends = [start + word.end() for word in re.finditer(r"[A-Za-z0-9]+", match.group())]
    # Only the checksum: rules of single countries refuse account numbers of banks they do not list.
    valid = (end for end in reversed(ends) if iban.is_valid(text[start:end], check_country=False))
    return next(valid, 0)
