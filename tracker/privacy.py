"""Free text -> the places in it that look like data of a person: BSN, e-mail address, telephone number, IBAN.

It warns; the person who types decides. It reports where, never what: no text of a note leaves this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS = ("bsn", "email", "phone", "iban")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Where in the text (`text[start:end]`) something of this kind stands; the text itself is not kept."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Hit]:
    """All hits in reading order, none overlapping; empty for text without data of a person.

    A BSN must pass its check (elfproef) and an IBAN its checksum, so case numbers, amounts and dates
    are left alone; so is a number that is named as that of a case or an invoice.
    """
    hits: list[Hit] = []
    place = 0
    # Nearly all notes stop here: no @ and never nine digits together.
    while _WORTH_A_LOOK.search(text, place):
        match = _CANDIDATE.search(text, place)
        if match is None:
            break
        end = _end(match)
        if end:
            hits.append(Hit(kind=str(match.lastgroup), start=match.start(), end=end))
        place = end or match.start() + 1
    return hits


_GAP = r"[ \u00a0.\u2010\u2011\u2013-]"
_START = r"(?<![\w/-])(?<!\d[.,])"
_END = r"(?![\w/]|[.,-]\d)"

_EMAIL = r"(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)+"
_IBAN = rf"(?<!\w)[A-Za-z]{{2}}\d\d(?:{_GAP}?[A-Za-z0-9]{{4}}){{2,7}}(?:{_GAP}?[A-Za-z0-9]{{1,3}})?(?!\w)"

# 06, 020, (0118), or with the country in front, as +31 6, 0031 6 and +31 (0)6; a day is no number.
_DAY = r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d\b"
_AREA = rf"(?:(?:\+|00)[1-9]\d{{0,2}}{_GAP}?(?:\(0\){_GAP}?)?|\(?0)"
_PHONE = rf"{_START}(?!{_DAY}){_AREA}[1-9](?:\)?{_GAP}{{0,3}}\d){{8}}{_END}"

# Nine digits, whole or in the groups people write; not an amount, not a row of small numbers.
_GROUPS = r"(?<!\d )(?:\d{3}[. ]\d{3}[. ]\d{3}|\d{4}[. ]\d\d[. ]\d{3})(?! \d)"
_BSN = rf"{_START}(?<!€)(?<!€[ \u00a0])(?:\d{{9}}|{_GROUPS}){_END}(?!,-| euro)"

_WORTH_A_LOOK = re.compile(r"@|\d(?:[^\w\n]{0,3}\d){8}")
_CANDIDATE = re.compile(rf"(?P<email>{_EMAIL})|(?P<iban>{_IBAN})|(?P<phone>{_PHONE})|(?P<bsn>{_BSN})")
_NUMBER_OF_A_CASE = re.compile(
    r"(?:zaak|dossier|kenmerk|factuur|rsin|kvk)[\w-]*\W{0,3}(?:nr\W{0,2})?$", re.IGNORECASE
)


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
