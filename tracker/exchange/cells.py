"""The text of one cell -> a day, a number, a yes or a cadence; anything doubtful is refused with a code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from tracker.exchange.repetition import BadRule, repetition
from tracker.records import (
    AGREEMENT_ORIGINS,
    AGREEMENT_STATES,
    CHECK_BACK_ANSWERS,
    END_REASONS,
    GOAL_MEASURES,
    REVIEW_TOPICS,
    SHARES,
    SHOWN_AT,
    SILENCE_ANSWERS,
)

_TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-/])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2}")
_QUARTER = re.compile(r"([0-9]{4})[- ]?[QqKk]([1-4])")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,25})?")

_TRUE = frozenset(("ja", "j", "yes", "y", "true", "waar", "1", "1.0", "1,0", "x"))
_FALSE = frozenset(("", "nee", "n", "no", "false", "onwaar", "0", "0.0", "0,0"))
_STATES = {
    "": "held",
    "held": "held",
    "gehouden": "held",
    "planned": "planned",
    "gepland": "planned",
    "moved": "moved",
    "verplaatst": "moved",
    "verzet": "moved",
    "cancelled": "cancelled",
    "geannuleerd": "cancelled",
    "afgezegd": "cancelled",
    "not_held": "not_held",
    "niet_gehouden": "not_held",
    "recess": "recess",
    "reces": "recess",
}


_END_REASONS = {
    "geborgd": "secured",
    "overgedragen": "handed_over",
    "niet_meer_nodig": "no_longer_needed",
    **{code: code for code in END_REASONS},
}


_ANSWERS = {
    "niets_gebeurd": "nothing_happened",
    "niet_gelogd": "not_logged",
    **{code: code for code in SILENCE_ANSWERS},
}


_AGREEMENT_STATES = {
    "": "open",
    "gedaan": "done",
    "gebeurt_niet": "wont_do",
    **{code: code for code in AGREEMENT_STATES},
}


_ORIGINS = {
    "na_een_incident": "incident",
    "in_een_overleg": "meeting",
    "in_een_evaluatie": "review",
    **{code: code for code in AGREEMENT_ORIGINS},
}


_CHECK_BACK_ANSWERS = {
    "loopt_nog": "lives",
    "loopt_anders_verder": "changed",
    "gestopt": "stopped",
    "niets": "nothing_left",
    **{code: code for code in CHECK_BACK_ANSWERS},
}


# Field -> code -> the word for it in a Dutch file.
DUTCH = {
    "state": {
        "done": "gedaan",
        "wont_do": "gebeurt niet",
        "planned": "gepland",
        "moved": "verplaatst",
        "cancelled": "geannuleerd",
        "not_held": "niet gehouden",
        "recess": "reces",
    },
    "end_reason": {
        "secured": "geborgd",
        "handed_over": "overgedragen",
        "no_longer_needed": "niet meer nodig",
    },
    "answer": {
        "nothing_happened": "niets gebeurd",
        "not_logged": "niet gelogd",
        "lives": "loopt nog",
        "changed": "loopt anders verder",
        "stopped": "gestopt",
        "nothing_left": "niets",
    },
    "origin": {
        "incident": "na een incident",
        "meeting": "in een overleg",
        "review": "in een evaluatie",
    },
    "measure": {
        "meetings_held": "bijeenkomsten doorgegaan",
        "domains_met": "domeinen aanwezig",
        "organisations_met": "organisaties aanwezig",
        "shared_owners": "tweede trekker uit ander domein",
        "agreements_on_time": "afspraken op tijd",
        "peacetime_activities": "activiteiten in vredestijd",
        "quiet_at_most": "stilgevallen hoogstens",
        "reuse": "hergebruik",
        "reviewed": "op tijd teruggekeken",
    },
    "share": {"lead": "trekt", "support": "ondersteunt", "none": "geen rol"},
    "topic": {
        "happened": "wat gebeurde",
        "response": "hoe snel",
        "agreements": "welke afspraken",
        "quiet": "wat viel stil",
        "missing": "wie ontbrak",
        "survived": "wat bleef over",
        "peacetime": "wat in vredestijd",
        "legal": "wet en privacy",
        "told": "wat vertellen we",
    },
    "shown_at": {
        "incident_kind": "soort incident",
        "severity": "ernst",
        "phenomenon": "fenomeen",
        "activity_kind": "soort activiteit",
        "phase": "fase",
        "arrangement_kind": "soort samenwerkingsvorm",
    },
}


class CellProblem(ValueError):
    """A cell that cannot be read; `code` says which rule it breaks."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@lru_cache(maxsize=50_000)
def day(text: str, order: str = "") -> date:
    """2024-02-10, 10-02-2024 or 10/02/2024 -> a real day; a time behind it is dropped.

    `order` is what `slashes` found in the whole file: `day`, `month` or empty for unknown.
    Raises `CellProblem`: ambiguous_date, no_such_day, two_digit_year, excel_serial or bad_date.
    """
    if match := _YEAR_FIRST.fullmatch(text):
        return _real_day(match[1], match[3], match[4])
    if match := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = match.groups()
        if sign == "-":
            return _real_day(year, second, first)
        return _slash_day(int(first), int(second), year, order)
    if _SHORT_YEAR.fullmatch(text):
        raise CellProblem("two_digit_year")
    raise CellProblem("excel_serial" if _SERIAL.fullmatch(text) else "bad_date")


def slashed(text: str) -> tuple[int, int] | None:
    """Both numbers before the year of 10/02/2024; None for a day that is written otherwise."""
    match = _YEAR_LAST.fullmatch(text) if "/" in text else None
    return (int(match[1]), int(match[3])) if match else None


@lru_cache(maxsize=10_000)
def number(text: str) -> float:
    """12, 12.5 or 12,5 -> float. Raises `CellProblem`("bad_number"): no thousands signs, no 1e3, no nan."""
    if not _NUMBER.fullmatch(text):
        raise CellProblem("bad_number")
    return float(text.replace(",", "."))


def whole(text: str) -> int:
    """12 or 12.0 -> 12. Raises `CellProblem`: bad_number or not_whole."""
    value = number(text)
    if not value.is_integer():
        raise CellProblem("not_whole")
    return int(value)


def truth(text: str) -> bool:
    """ja, yes, true, 1, x -> True; nee, no, 0, empty -> False. Raises `CellProblem`("not_yes_or_no")."""
    word = text.casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise CellProblem("not_yes_or_no")


def cadence(text: str) -> str:
    """Weeks between two meetings, or an RFC 5545 rule -> the rule; 0 and empty are on demand."""
    if not _NUMBER.fullmatch(text):
        return _rule(text)
    weeks = whole(text)
    if not 0 <= weeks <= 520:
        raise CellProblem("out_of_range")
    return f"FREQ=WEEKLY;INTERVAL={weeks}" if weeks else ""


def _rule(text: str) -> str:
    """The rule as it stands, when it can be reckoned with: one that matches no day would never end."""
    rule = text.removeprefix("RRULE:")
    try:
        repetition(rule)
    except BadRule as bad:
        raise CellProblem("bad_cadence") from bad
    return rule


def state(text: str) -> str:
    """What became of a meeting: held (also when empty), or a state of `Occurrence`."""
    word = _word(text)
    if word not in _STATES:
        raise CellProblem("unknown_state")
    return _STATES[word]


def end_reason(text: str) -> str:
    """Why an arrangement ended: secured, handed_over or no_longer_needed."""
    word = _word(text)
    if word not in _END_REASONS:
        raise CellProblem("unknown_end_reason")
    return _END_REASONS[word]


def silence_answer(text: str) -> str:
    """What a stretch without entries was: nothing_happened or not_logged."""
    return _known(text, _ANSWERS)


def agreement_state(text: str) -> str:
    """How an agreement stands: open (also when empty), done or wont_do."""
    return _known(text, _AGREEMENT_STATES)


def origin(text: str) -> str:
    """Where an agreement was made: incident, meeting or review."""
    return _known(text, _ORIGINS)


def check_back_answer(text: str) -> str:
    """Whether something still goes on: lives, changed, stopped or nothing_left."""
    return _known(text, _CHECK_BACK_ANSWERS)


def measure(text: str) -> str:
    """What a goal is measured by: a code of `GOAL_MEASURES`."""
    return _known(text, _words("measure", GOAL_MEASURES))


def share(text: str) -> str:
    """The planned part of a domain: lead, support or none."""
    return _known(text, _words("share", SHARES))


def topic(text: str) -> str:
    """A question of the evaluation: a code of `REVIEW_TOPICS`."""
    return _known(text, _words("topic", REVIEW_TOPICS))


def shown_at(text: str) -> str:
    """The field that shows a word as help: a code of `SHOWN_AT`."""
    return _known(text, _words("shown_at", SHOWN_AT))


def quarter(text: str) -> date:
    """2026Q3, 2026-Q3, or the first day of a quarter -> that day."""
    if match := _QUARTER.fullmatch(text):
        return date(int(match[1]), 3 * int(match[2]) - 2, 1)
    return day(text)


def _words(field: str, codes: Iterable[str]) -> dict[str, str]:
    """What may stand in a file for each code of a field."""
    return {**{_word(word): code for code, word in DUTCH[field].items()}, **{code: code for code in codes}}


def _known(text: str, codes: dict[str, str]) -> str:
    word = _word(text)
    if word not in codes:
        raise CellProblem("unknown_code")
    return codes[word]


def _word(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.casefold())


def _slash_day(first: int, second: int, year: str, order: str) -> date:
    """Without a proven order only a day that cannot be read two ways is taken."""
    if not order and first <= 12 and second <= 12 and first != second:
        raise CellProblem("ambiguous_date")
    month_first = order == "month" or (not order and second > 12)
    return _real_day(year, first, second) if month_first else _real_day(year, second, first)


def _real_day(year: str, month: str | int, day_of_month: str | int) -> date:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        raise CellProblem("no_such_day") from None
