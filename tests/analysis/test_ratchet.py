"""What stayed of one incident: the floor after it over the floor before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bench.judging import MONDAY, log_of, series_of
from bench.planted import with_step
from tests.analysis.logs import a_log, every
from tracker.analysis import ratchet, reading, series
from tracker.analysis.question import Question

MIDDLE = MONDAY + timedelta(days=912)


def seen_of(log, until=date(2022, 12, 31)):
    return reading.read(series.daily(log, Question(until=until)), log.incidents)


def planted(seed, step, activities=2000.0):
    log = with_step(seed, step, activities)
    return ratchet.retention_step(reading.read(series_of(log), log_of(log).incidents), MIDDLE)


def test_a_floor_that_rose_by_two_fifths_is_found():
    found = [planted(seed, 1.4) for seed in range(300, 306)]
    assert all(one.status == "ok" for one in found)
    assert sum(one.low <= 1.4 <= one.high for one in found) >= 5
    assert sum(one.low > 1 for one in found) >= 4


def test_a_floor_that_stayed_is_back_at_the_old_level():
    found = [planted(seed, 1.0) for seed in range(300, 306)]
    assert sum(one.low <= 1 <= one.high for one in found) >= 5
    assert all(0.75 < one.value < 1.33 for one in found)


def test_the_step_of_a_log_without_any_pattern_is_the_ratio_of_two_rates():
    """The oracle merely counts."""
    day = date(2021, 6, 1)
    log = a_log(every(2, last=day - timedelta(1)) + every(1, first=day), incidents=[(day, 3)])
    seen = seen_of(log)
    found = ratchet.retention_step(seen, day)
    counts, exposed = seen.days.counts, seen.days.exposure
    place = (day - seen.days.first).days
    before, after = slice(max(0, place - 730), place), slice(place, place + 731)
    if not seen.has_effect:
        rates = [counts[part].sum() / exposed[part].sum() for part in (before, after)]
        assert found.value == pytest.approx(rates[1] / rates[0], rel=0.01)
    assert found.low > 1.5


def test_incidents_close_to_another_serious_one_are_left_out():
    days = [date(2020, 9, 1), date(2021, 6, 1), date(2021, 8, 1), date(2022, 3, 1)]
    log = a_log(every(2), incidents=[(day, 3) for day in days] + [(date(2022, 3, 20), 2)])
    assert [one.day for one in ratchet.steps(seen_of(log), log.incidents)] == [days[0], days[3]]


def test_only_the_newest_twenty_are_looked_at():
    first = date(2000, 1, 3)
    days = [first + timedelta(days=120 * n) for n in range(24)]
    log = a_log(
        every(4, first, date(2008, 12, 31)),
        first=first,
        last=date(2008, 12, 31),
        incidents=[(day, 3) for day in days],
    )
    found = ratchet.steps(seen_of(log, date(2008, 12, 31)), log.incidents)
    assert [one.day for one in found] == days[-20:]


def test_too_little_on_a_side_says_nothing():
    log = a_log(every(2), incidents=[(date(2022, 12, 1), 4), (date(2020, 2, 3), 4)])
    found = ratchet.steps(seen_of(log), log.incidents)
    assert [(one.retention_step.status, one.retention_step.why) for one in found] == [
        ("missing", "too_few_days")
    ] * 2


def test_too_few_activities_hide_the_step():
    log = a_log(every(120), entries=every(7), incidents=[(date(2021, 6, 1), 4)])
    found = ratchet.steps(seen_of(log), log.incidents)[0].retention_step
    assert (found.status, found.why, found.value) == ("hidden", "wide_interval", None)


def test_an_empty_log_has_no_steps():
    log = a_log((), entries=every(7), incidents=[(date(2021, 6, 1), 4)])
    found = ratchet.steps(seen_of(log), log.incidents)[0].retention_step
    assert (found.status, found.why) == ("missing", "no_activities")
