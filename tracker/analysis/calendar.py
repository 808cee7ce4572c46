"""Days -> exposure: on which days joint activity can be expected at all."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

WORKING_DAYS = "working-days"


def exposure(first: date, last: date, calendar: str = WORKING_DAYS) -> np.ndarray:
    """One float a day from `first` to `last`, both included: 1 where activity can be expected, else 0.

    "working-days": 0 on weekends and Dutch public holidays (library `holidays`); "every-day": all 1.
    """
    days = pd.date_range(first, last, freq="D")
    if calendar != WORKING_DAYS:
        return np.ones(len(days))
    free = (days.day_of_week >= 5) | days.isin(_public_holidays(first.year, last.year))
    return np.where(free, 0.0, 1.0)


def days_a_week(calendar: str) -> int:
    """How many exposed days an ordinary week has: 5 working days, or 7."""
    return 5 if calendar == WORKING_DAYS else 7


@lru_cache(maxsize=16)
def _public_holidays(first_year: int, last_year: int) -> pd.DatetimeIndex:
    from holidays.countries import Netherlands

    return pd.DatetimeIndex(sorted(Netherlands(years=range(first_year, last_year + 1))))
