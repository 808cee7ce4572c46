"""When nobody is expected to meet: the usual holidays, unless the municipality logged its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.calendar import default_recess, recess

SUMMER = (date(2026, 7, 13), date(2026, 8, 23))
CHRISTMAS = (date(2026, 12, 21), date(2027, 1, 3))
YEAR = (date(2026, 1, 10), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("year", "summer", "christmas"),
    [
        (2026, SUMMER, CHRISTMAS),  # 53 weeks: Christmas is weeks 52 and 53
        (2025, (date(2025, 7, 14), date(2025, 8, 24)), (date(2025, 12, 22), date(2026, 1, 4))),
        (2024, (date(2024, 7, 15), date(2024, 8, 25)), (date(2024, 12, 23), date(2025, 1, 5))),
    ],
)
def test_the_usual_recess_is_six_weeks_of_summer_and_two_of_christmas(year, summer, christmas):
    assert default_recess(year) == [summer, christmas]


@given(st.integers(2000, 2098))
def test_the_usual_recess_starts_on_a_monday_and_holds_christmas_or_the_day_after(year):
    (start, end), (christmas, last) = default_recess(year)
    assert {start.weekday(), christmas.weekday()} == {0}
    assert {end.weekday(), last.weekday()} == {6}
    assert ((end - start).days, (last - christmas).days) == (41, 13)
    assert christmas <= date(year, 12, 28) <= last
    assert date(year, 8, 1) >= start
    assert date(year, 8, 15) <= end


def test_without_a_logged_recess_the_usual_one_holds():
    assert recess([], *YEAR) == [SUMMER, CHRISTMAS]


def test_a_logged_recess_takes_the_place_of_the_one_it_overlaps_and_leaves_the_other():
    own = (date(2026, 8, 23), date(2026, 9, 6))
    assert recess([own], *YEAR) == [own, CHRISTMAS]
    beside = (date(2026, 8, 24), date(2026, 9, 6))
    assert recess([beside], *YEAR) == [SUMMER, beside, CHRISTMAS]


def test_one_long_closure_takes_the_place_of_all_it_overlaps():
    own = (date(2026, 8, 1), date(2026, 12, 24))
    assert recess([own], *YEAR) == [own]


def test_a_recess_that_only_begins_before_the_period_is_in_it():
    assert recess([], date(2026, 1, 4), date(2026, 1, 31)) == [(date(2025, 12, 22), date(2026, 1, 4))]
    assert recess([], date(2026, 1, 5), date(2026, 1, 31)) == []


def test_a_logged_recess_outside_the_period_is_left_out():
    assert recess([(date(2020, 2, 1), date(2020, 2, 9))], *YEAR) == [SUMMER, CHRISTMAS]


@given(st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 99)), max_size=5))
def test_every_logged_recess_of_the_period_is_kept_and_no_default_overlaps_it(drawn):
    own = [(day, day + timedelta(days=days)) for day, days in drawn]
    told = recess(own, date(2025, 1, 1), date(2027, 6, 1))
    assert set(own) <= set(told)
    assert told == sorted(set(told))
    for first, last in set(told) - set(own):
        assert all(last < start or end < first for start, end in own)
