"""The days people write: their many forms, which of them could be a day at all, and which are of long ago."""

from __future__ import annotations

import re

from tracker.privacy.words import DATE, MONTHS, SPELLED

MONTH = (
    rf"(?:{MONTHS}|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|decembre|"
    rf"january|february|march|may|june|july|august|october|mar|oct)(?:/[a-z]{{3}})?(?![a-z])"
)
_YEAR = r"(?:'?\d\d|(?:19|20)\d\d)(?!\d)"
ORDINAL = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|dertiende|"
    r"veertiende|(?:vijf|zes|zeven|acht|negen)tiende|(?:[a-z]+en)?(?:twintigste|dertigste))"
)
_YEAR_SPELLED = (
    rf"(?:(?:negentien ?(?:honderd)?|tweeduizend|twintig ?)? ?(?:en)?(?:{SPELLED}|nul [a-z]+|een|"
    rf"twee|drie)|{_YEAR})"
)
_SPOKEN = (
    rf"(?:{ORDINAL}|\b(?:een|twee|drie|{SPELLED})|\d{{1,2}}(?:ste|de|"
    rf"e)) (?:van )?(?:de )?(?:maand )?(?:{ORDINAL}|{MONTH})(?: van| in|,)? {_YEAR_SPELLED}\b"
)
# Where a birth is spoken of, also days that anywhere else would be a number or a count.
DAY = (
    rf"(?:{DATE}|\b\d{{1,2}}(?:e|de|ste)? ?(?:van )?-?{MONTH}[ ,(-]{{0,2}}(?:(?:in |"
    rf"van )?(?:het jaar |jaar |anno ))?{_YEAR}|"
    r"\d{1,2}[_,|:]\d{1,2}[_,|:](?:19|20)\d\d(?!\d)|\d{1,2} ?[-./] ?\d{1,2},? (?:19|20)\d\d(?!\d)|"
    r"\d{1,2}[-. /](?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})[-. /](?:19|20)?\d\d(?!\d)|"
    rf"\b(?:een|twee|drie|{SPELLED})[- ](?:een|twee|drie|{SPELLED})[- ](?:{SPELLED})\b|"
    rf"\d{{1,2}} \d{{1,2}} (?:19|20)\d\d(?!\d)"
    rf"|\b(?:19|20)\d\d[01]\d[0-3]\d(?!\d)|\b[0-3]\d[01]\d\d\d(?!\d)|{_SPOKEN}"
    rf"|{MONTH} (?:19|20)\d\d op de (?:{ORDINAL}|\d{{1,2}}(?:e|de|ste)?)"
    rf"|(?:19|20)\d\d,? \(?(?:op )?\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)
DAY_OF_YEAR = (
    rf"(?:\d{{1,2}}(?:e|de|ste)? (?:van )?{MONTH}|{ORDINAL} (?:van )?{MONTH}|"
    rf"\d{{1,2}}[-/]\d{{1,2}}(?![-/\d]))"
)
# As days stand beside a name: never in words.
PLAIN_DAY = (
    rf"(?:(?:{DATE}|\d{{1,2}} ?-?(?i:{MONTH}) ?-?'?\d\d(?:\d\d)?(?!\d))(?![./-]?\d)|\b(?:19|"
    rf"20)\d\d[01]\d[0-3]\d(?!\d))"
)
# In "2025-05-01" the last two digits are no year.
NOT_ISO = r"^(?!(?:19|20)\d\d ?[-./])"
LONG_AGO = re.compile(
    r"^(?:19\d\d|200\d|201[0-4])\d{4}$|^\d{4}(?:19\d\d|200\d|201[0-4])$"
    r"|(?<!\d)(?:19\d\d|200\d|201[0-4])(?!\d)"
    rf"|{NOT_ISO}.*(?:[-/. 'a-z](?:[3-9]\d|0\d|1[0-4]))$",
    re.IGNORECASE | re.DOTALL,
)


def is_a_day(day: str) -> bool:
    """Whether these numbers can be a day."""
    numbers = [int(number) for number in re.findall(r"\d+", day)]
    return not (len(numbers) == 3 and numbers[0] < 100 and (numbers[0] > 31 or numbers[1] > 12))
