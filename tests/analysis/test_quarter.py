"""The quarters of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.quarter import Quarter

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_a_quarter_has_three_months():
    third = Quarter.of(date(2026, 8, 15))
    assert (third.first, third.last, third.code) == (date(2026, 7, 1), date(2026, 9, 30), "2026Q3")


def test_a_year_before_is_four_quarters_back_and_below_zero_is_later():
    first = Quarter(2026, 1)
    assert [first.back(n) for n in (1, 4, 5, 0, -1, -4)] == [
        Quarter(2025, 4), Quarter(2025, 1), Quarter(2024, 4), first, Quarter(2026, 2), Quarter(2027, 1)
    ]  # fmt: skip


def test_a_quarter_is_full_on_the_evening_of_its_last_day():
    told = [Quarter.last_full(day).code for day in (date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1))]
    assert told == ["2025Q4", "2026Q1", "2026Q1"]


def test_quarters_stand_in_the_order_of_time():
    assert sorted([Quarter(2026, 1), Quarter(2025, 4), Quarter(2025, 3)])[-1] == Quarter(2026, 1)


@given(DAYS, st.integers(-40, 40))
def test_the_same_as_pandas(day: date, back: int):
    ours, theirs = Quarter.of(day).back(back), pd.Period(day, "Q") - back
    assert (ours.first, ours.last) == (theirs.start_time.date(), theirs.end_time.date())
    assert ours.code == str(theirs)


@given(DAYS)
def test_the_last_full_quarter_is_over_and_the_next_one_is_not(day: date):
    full = Quarter.last_full(day)
    assert full.last <= day < full.back(-1).last
    assert Quarter.of(full.last + timedelta(days=1)) == full.back(-1)
