"""Trust T26, T27: every day stands in one week and one quarter, also where the year or the clock turns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.store.logbook import activity, fresh_folder
from tracker import store as stores
from tracker.analysis import series
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Question
from tracker.words import speak

DAYS = """
2000-01-01 52 1    2000-01-02 52 1    2000-01-03 1 1     2000-02-29 9 1     2000-12-31 52 4
2001-01-01 1 1     2004-12-31 53 4    2005-01-02 53 1    2005-01-03 1 1     2008-02-29 9 1
2008-12-28 52 4    2008-12-29 1 4     2009-12-31 53 4    2010-01-03 53 1    2010-01-04 1 1
2012-02-29 9 1     2012-12-31 1 4     2015-12-31 53 4    2016-02-29 9 1     2016-03-31 13 1
2016-04-01 13 2    2018-12-31 1 4     2019-12-29 52 4    2019-12-30 1 4     2020-02-29 9 1
2020-12-28 53 4    2020-12-31 53 4    2021-01-03 53 1    2021-01-04 1 1     2023-06-30 26 2
2023-07-01 26 3    2024-02-29 9 1     2024-12-30 1 4     2025-09-30 40 3    2025-10-01 40 4
2026-03-29 13 1    2026-10-25 43 4    2026-12-31 53 4    2027-01-03 53 1    2027-01-04 1 1
"""
TABLE = [
    (date.fromisoformat(day), int(week), int(quarter))
    for day, week, quarter in zip(*[iter(DAYS.split())] * 3, strict=True)
]


def test_there_are_forty_days_in_the_table():
    assert len({day for day, _, _ in TABLE}) == 40


@pytest.mark.parametrize(("day", "week", "quarter"), TABLE)
def test_a_day_has_the_week_and_the_quarter_of_the_table(day: date, week: int, quarter: int):
    """The table was made by hand; Python's own calendar agrees with it."""
    assert day.isocalendar().week == week
    assert f"week {week}" in speak("nl").week(day)
    found = Quarter.of(day)
    assert (found.year, found.number) == (day.year, quarter)
    assert found.first <= day <= found.last


def test_every_day_of_a_century_stands_in_exactly_one_quarter():
    day, found = date(2000, 1, 1), Quarter.of(date(2000, 1, 1))
    while day < date(2099, 12, 31):
        following = Quarter.of(day + timedelta(days=1))
        assert following in (found, found.back(-1))
        assert (following != found) == (day == found.last)
        day, found = day + timedelta(days=1), following


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 10, 19), date(2026, 11, 1)),  # the day of 25 hours
        (date(2026, 3, 23), date(2026, 4, 5)),  # the day of 23
        (date(2024, 2, 26), date(2024, 3, 3)),  # a leap day
        (date(2020, 12, 28), date(2021, 1, 10)),  # week 53 and the turn of the year
    ],
)
def test_each_day_is_counted_once_where_the_clock_or_the_year_turns(first: date, last: date):
    """One activity a day from one end to the other: every working day has one, and a weekend's moves on."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    with fresh_folder() as folder:
        store = stores.create(folder / "tracker.db", now=lambda: evening(last))
        store.add_all([activity(day) for day in days], by="i", batch="b")
        question = Question(until=last)
        daily = series.daily(store.log(question), question)
    inside = (daily.days >= np.datetime64(first)) & (daily.days <= np.datetime64(last))
    assert [one.date() for one in daily.days[inside]] == days
    assert daily.logged[inside].tolist() == [1.0] * len(days)
    assert daily.logged.sum() == len(days)


def evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
