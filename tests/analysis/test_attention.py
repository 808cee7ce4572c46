"""What was counted elsewhere, by week and around incidents; a week without a value is never a zero."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.attention import Attention, around, attention, unknown
from tracker.analysis.question import LoggedIncident
from tracker.records import SeriesPoint

MONDAY = date(2024, 1, 1)
UNTIL = date(2024, 12, 31)
VALUES = st.dictionaries(st.integers(0, 120), st.integers(0, 9), min_size=1)


def points(values: dict[int, float], name: str = "Media") -> list[SeriesPoint]:
    """Values by the number of their day, counted from a Monday."""
    return [
        SeriesPoint(happened_on=MONDAY + timedelta(days=day), series=name, value=float(value))
        for day, value in values.items()
    ]


def one(values: dict[int, float], until: date = UNTIL) -> Attention:
    (found,) = attention(points(values), until=until)
    return found


def totals(found: Attention) -> list[float | None]:
    return [None if np.isnan(total) else float(total) for total in found.weeks["total"]]


def incident(day: int, severity: int = 4, counts: bool = True) -> LoggedIncident:
    return LoggedIncident(
        day=MONDAY + timedelta(days=day), title=f"Dag {day}", severity=severity, counts=counts
    )


def test_a_week_is_the_sum_of_its_days_with_a_value():
    found = one({0: 2, 6: 3, 7: 1})
    assert totals(found) == [5, 1]
    assert list(found.weeks["days"]) == [2, 1]
    assert [week.date() for week in found.weeks["week"]] == [MONDAY, MONDAY + timedelta(days=7)]


def test_a_week_without_a_value_is_not_known_and_a_counted_nothing_is_zero():
    found = one({0: 2, 14: 0, 21: 1})
    assert totals(found) == [2, None, 0, 1]
    assert found.unknown_weeks == 1
    assert one({0: 2, 7: 0, 14: 0, 21: 1}).unknown_weeks == 0


@given(VALUES)
def test_the_weeks_hold_what_a_count_by_hand_holds(values):
    found = one(values)
    first, last = min(values) // 7, max(values) // 7
    by_hand = []
    for week in range(first, last + 1):
        inside = [value for day, value in values.items() if day // 7 == week]
        by_hand.append(float(sum(inside)) if inside else None)
    assert totals(found) == by_hand


@given(VALUES, st.integers(0, 60), st.integers(0, 80))
def test_the_unknown_stretches_are_the_weeks_without_a_value(values, start, length):
    found = one(values)
    first, last = MONDAY + timedelta(days=start), MONDAY + timedelta(days=start + length)
    hatched = {
        begin + timedelta(days=n)
        for begin, end in unknown(found, first, last)
        for n in range((end - begin).days + 1)
    }
    weeks = {day // 7 for day in values}
    by_hand = {MONDAY + timedelta(days=n) for n in range(start, start + length + 1) if n // 7 not in weeks}
    assert hatched == by_hand


def test_each_series_stands_alone_by_name_and_what_lies_outside_the_days_is_left_out():
    both = points({0: 1, 40: 8}, "media") + points({3: 5}, "Hotline") + points({300: 7}, "Raad")
    found = attention(both, until=MONDAY + timedelta(days=30), since=MONDAY)
    assert [(each.name, totals(each)) for each in found] == [("Hotline", [5]), ("media", [1])]
    assert attention(both, until=MONDAY, since=MONDAY + timedelta(days=1)) == []
    assert attention([], until=UNTIL) == []


def test_the_values_end_on_the_last_day_asked_for():
    found = one({0: 1, 8: 2}, until=MONDAY + timedelta(days=9))
    assert len(found.values) == 10
    assert len(one({0: 1, 8: 2}).values) == 14


def by_hand(values: dict[int, float], days: list[int], length: int) -> dict[tuple[int, int], float | None]:
    """(incident, week) -> sum of the values of that week, None without any; slow and obvious."""
    found: dict[tuple[int, int], float | None] = {}
    for place, day in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else length
        for week in range(-4, 27):
            start, stop = day + 7 * week, day + 7 * week + 7
            if start >= 0 and stop <= length and stop <= following:
                inside = [values[n] for n in range(start, stop) if n in values]
                found[day, week] = float(sum(inside)) if inside else None
    return found


@given(
    st.dictionaries(st.integers(0, 400), st.integers(0, 50), min_size=1),
    st.lists(st.integers(0, 420), min_size=1, max_size=7, unique=True),
)
def test_the_weeks_around_incidents_are_what_a_count_by_hand_gives(values, days):
    found = one(values, until=MONDAY + timedelta(days=600))
    shift = (found.first - MONDAY).days
    length = len(found.values)
    inside = sorted(day - shift for day in days if 0 <= day - shift < length)
    curves = around(found, [incident(day) for day in days]).curves
    told = {
        ((row.day.date() - found.first).days, row.week): None if np.isnan(row.rate) else row.rate
        for row in curves.itertuples()
    }
    assert told == by_hand({day - shift: value for day, value in values.items()}, inside, length)


def test_from_five_incidents_on_there_is_a_mean_of_what_weeks_add_up_to():
    """A value a week is not spread over its days: seven in the week of day 0, two in every other."""
    days = [42 + 98 * n for n in range(5)]
    found = one(dict.fromkeys(range(0, 600, 7), 2) | dict.fromkeys(days, 7), date(2026, 1, 1))
    laid = around(found, [incident(day) for day in days])
    mean = laid.mean.set_index("week")["rate"]
    assert mean[0] == pytest.approx(7)
    assert mean[-2] == pytest.approx(2)
    assert laid.ratios == ()
    assert around(found, [incident(day) for day in days[:4]]).mean.empty


@pytest.mark.parametrize(
    "told",
    [incident(30, severity=2), incident(30, counts=False), incident(-5), incident(900)],
)
def test_an_incident_that_ends_no_peacetime_or_lies_elsewhere_draws_no_line(told):
    found = one(dict.fromkeys(range(200), 1))
    assert around(found, [told]).incidents == 0
    assert around(found, [incident(30)]).incidents == 1
