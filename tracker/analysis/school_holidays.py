"""Days -> which of them are school holidays.

A day is a school holiday when schools in at least two of the three regions are closed. The dates are those of
`data/school_holidays`, a table that ships with the product as the public holidays do; for
days outside it the default recess weeks stand in, and the factor says so.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np

from tracker.analysis import calendar, policy

TABLE = Path(__file__).resolve().parents[2] / "data" / "school_holidays" / "school_holidays.csv"


def days(first: date, last: date, calendar_name: str) -> tuple[np.ndarray, np.ndarray]:
    """Per day from `first` to `last`: whether it is a school holiday, and whether that is a guess.

    Only on the calendar of working days; a calendar of every day knows no holidays.
    """
    length = (last - first).days + 1
    closed, guessed = np.zeros(length, bool), np.zeros(length, bool)
    if calendar_name != calendar.WORKING_DAYS:
        return closed, guessed
    regions = np.zeros(length, int)
    for _, start, end in _table():
        regions[_between(first, length, start, end)] += 1
    closed = regions >= policy.value("holiday_regions")
    guessed[:] = True
    guessed[_between(first, length, *_known())] = False
    for year in range(first.year - 1, last.year + 1):
        for start, end in calendar.default_recess(year):
            inside = np.zeros(length, bool)
            inside[_between(first, length, start, end)] = True
            closed |= inside & guessed
    return closed, guessed & closed


def _between(first: date, length: int, start: date, end: date) -> slice:
    """The days of a stretch, both ends included, as positions from `first` on."""
    return slice(max(0, (start - first).days), min(length, max(0, (end - first).days + 1)))


def _known() -> tuple[date, date]:
    """From the first listed day to the last; the school years between are complete."""
    return min(start for _, start, _ in _table()), max(end for _, _, end in _table())


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, date, date], ...]:
    """(region, first, last) of every listed holiday, both ends included; from its Saturday to its Sunday."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        found = tuple(
            (row["region"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
            for row in csv.DictReader(lines)
        )
    assert all(last - first >= timedelta(days=8) for _, first, last in found), "a holiday is a week or more"
    return found
