"""Days -> exposure: on which days joint activity can be expected at all, and when there is recess."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from tracker.analysis import policy

WORKING_DAYS = "working-days"
PUBLIC_HOLIDAYS = Path(__file__).resolve().parents[2] / "data" / "public_holidays" / "public_holidays.csv"


def exposure(first: date, last: date, calendar: str = WORKING_DAYS) -> np.ndarray:
    """One float a day from `first` to `last`, both included: 1 where activity can be expected, else 0.

    "working-days": 0 on weekends and Dutch public holidays; "every-day": all 1.
    """
    days = pd.date_range(first, last, freq="D")
    if calendar != WORKING_DAYS:
        return np.ones(len(days))
    free = (days.day_of_week >= 5) | days.isin(_public_holidays())
    return np.where(free, 0.0, 1.0)


def days_a_week(calendar: str) -> int:
    """How many exposed days an ordinary week has: 5 working days, or 7."""
    return 5 if calendar == WORKING_DAYS else 7


def default_recess(year: int) -> list[tuple[date, date]]:
    """Summer and Christmas of an ISO year as (first day, last day), whole weeks from a Monday.

    A guess for whoever logged none: the real summer holiday differs by region and by year.
    """
    return [
        _weeks(year, policy.value("recess_summer_week"), policy.value("recess_summer_weeks")),
        _weeks(year, policy.value("recess_christmas_week"), policy.value("recess_christmas_weeks")),
    ]


def recess(logged: Iterable[tuple[date, date]], first: date, last: date) -> list[tuple[date, date]]:
    """Every recess that touches `first` to `last`, ascending; a logged one takes the place of the default."""
    own = list(logged)
    usual = [stretch for year in range(first.year - 1, last.year + 1) for stretch in default_recess(year)]
    kept = [stretch for stretch in usual if not any(_overlap(stretch, other) for other in own)]
    return sorted(stretch for stretch in {*own, *kept} if _overlap(stretch, (first, last)))


def _weeks(year: int, week: float, weeks: float) -> tuple[date, date]:
    """So many whole weeks from the Monday of an ISO week."""
    monday = date.fromisocalendar(year, int(week), 1)
    return monday, monday + timedelta(weeks=int(weeks), days=-1)


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


@lru_cache(maxsize=1)
def _public_holidays() -> pd.DatetimeIndex:
    with PUBLIC_HOLIDAYS.open(encoding="utf-8", newline="") as lines:
        return pd.DatetimeIndex([row["day"] for row in csv.DictReader(lines)])
