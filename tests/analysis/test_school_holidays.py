"""School holidays: which days they are, what is guessed, and the factor of what happens on them."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pytest

from bench.planted import in_aftermath
from bench.simulation import simulate, working_days
from tests.analysis.logs import MONDAY, a_log, every, judged
from tracker.analysis import decay, school_holidays, series
from tracker.analysis.question import Question

LENGTHS = {"autumn": 9, "christmas": 16, "spring": 9, "may": 9, "summer": 44}


def rows():
    with school_holidays.TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def holiday(day: date) -> tuple[bool, bool]:
    closed, guessed = school_holidays.days(day, day, "working-days")
    return bool(closed[0]), bool(guessed[0])


def test_every_school_year_has_five_holidays_in_three_regions():
    listed = defaultdict(set)
    for row in rows():
        listed[row["school_year"]].add((row["holiday"], row["region"]))
    assert sorted(listed) == [f"{year}-{year + 1}" for year in range(2016, 2026)]
    assert all(len(found) == 15 for found in listed.values())
    assert len(rows()) == 150


def test_holidays_go_from_a_saturday_to_a_sunday_and_last_as_long_as_they_do():
    for row in rows():
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        assert (first.weekday(), last.weekday()) == (5, 6), row
        assert (last - first).days + 1 == LENGTHS[row["holiday"]], row
        start = int(row["school_year"][:4])
        assert date(start, 10, 1) <= first <= last <= date(start + 1, 9, 10), row


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        pytest.param(date(2017, 7, 10), False, id="only the middle has summer"),
        pytest.param(date(2017, 7, 17), True, id="the middle and the south"),
        pytest.param(date(2017, 8, 25), True, id="the north and the south"),
        pytest.param(date(2017, 8, 28), False, id="only the north"),
        pytest.param(date(2019, 2, 20), False, id="spring in the north alone"),
        pytest.param(date(2019, 2, 27), True, id="spring in the middle and the south"),
        pytest.param(date(2024, 12, 27), True, id="Christmas everywhere"),
        pytest.param(date(2025, 6, 3), False, id="an ordinary day"),
    ],
)
def test_a_day_counts_when_two_of_the_three_regions_are_on_holiday(day, closed):
    assert holiday(day) == (closed, False)


@pytest.mark.parametrize("day", [date(2015, 7, 27), date(2027, 8, 2), date(2026, 12, 28)])
def test_outside_the_list_the_default_recess_is_a_guess(day):
    assert holiday(day) == (True, True)


def test_outside_the_list_no_autumn_is_invented():
    closed, guessed = school_holidays.days(date(2026, 10, 1), date(2026, 11, 30), "working-days")
    assert not closed.any()
    assert not guessed.any()


def test_a_calendar_of_every_day_knows_no_school_holidays():
    assert not school_holidays.days(date(2020, 1, 1), date(2021, 1, 1), "every-day")[0].any()


def test_the_factor_is_what_was_counted_over_what_was_expected():
    log = in_aftermath(200, factor=0.5)
    fit = decay.fit(log.counts, working_days(len(log.counts)), log.weights, holidays=log.school)
    inside = log.school & (log.exposure > 0)
    expected = decay.expected(fit.problem, fit.best)
    assert log.counts[inside].sum() == pytest.approx(expected[inside].sum(), rel=1e-3)
    assert fit.holiday_factor == pytest.approx(0.5, abs=0.12)
    blind = decay.fit(log.counts, working_days(len(log.counts)), log.weights)
    assert blind.dispersion > fit.dispersion
    assert blind.floor < fit.floor


def test_with_nothing_on_holidays_the_factor_is_zero_and_the_rest_is_that_of_the_other_days():
    log = simulate(3, 1095, 10, 600, 30, 0.7)
    school = np.arange(1095) % 365 >= 300
    counts = np.where(school, 0.0, log.counts)
    fit = decay.fit(counts, log.exposure, log.weights, holidays=school)
    without = decay.fit(counts, np.where(school, 0.0, log.exposure), log.weights)
    assert fit.holiday_factor == 0
    assert (fit.floor, fit.half_life_days) == pytest.approx((without.floor, without.half_life_days), rel=1e-6)


def test_where_holidays_make_no_difference_nothing_changes_much():
    log = simulate(2, 1095, 20, 900, 30, 0.6)
    school = np.arange(1095) % 365 >= 300
    plain = decay.fit(log.counts, log.exposure, log.weights)
    fit = decay.fit(log.counts, log.exposure, log.weights, holidays=school)
    assert fit.holiday_factor == pytest.approx(1, abs=0.2)
    assert fit.share == pytest.approx(plain.share, abs=0.05)


def test_few_holidays_or_activities_give_a_factor_of_one_and_say_so():
    short = a_log(every(2, last=date(2020, 5, 30)), last=date(2020, 5, 30))
    thin = a_log(every(30), entries=every(7))
    for log in (short, thin):
        factor = judged(log).finding.holiday_factor
        assert (factor.status, factor.why, factor.value) == ("missing", "few_holidays", None)


def test_a_quiet_summer_is_found_with_its_range():
    log = _closed_in_summer(MONDAY, date(2022, 12, 31))
    factor = judged(log).finding.holiday_factor
    assert factor.status == "ok"
    assert factor.value == pytest.approx(0, abs=0.05)
    assert factor.low <= factor.value <= factor.high < 0.2


def test_a_factor_that_rests_on_guesses_is_rough():
    log = _closed_in_summer(date(2024, 1, 1), date(2026, 11, 20))
    assert judged(log).finding.holiday_factor.status == "ok"
    later = _closed_in_summer(date(2024, 1, 1), date(2027, 9, 30))
    factor = judged(later).finding.holiday_factor
    assert (factor.status, factor.why) == ("roughly", "guessed_holidays")


def test_a_quiet_summer_at_the_end_of_the_log_is_no_fall():
    finding = judged(_closed_in_summer(MONDAY, date(2022, 9, 4))).finding
    assert finding.verdict == "persists"


def test_the_series_holds_the_holidays_of_its_days():
    log = a_log(every(2))
    days = series.daily(log, Question(until=date(2022, 12, 31)))
    closed, _ = school_holidays.days(days.first, days.last, "working-days")
    assert (days.school == closed).all()
    assert not days.guessed.any()


def _closed_in_summer(first: date, last: date):
    """A meeting on every working day that is no school holiday; somebody logs each week."""
    closed, _ = school_holidays.days(first, last, "working-days")
    met = [first + timedelta(days=int(n)) for n in np.flatnonzero(~closed)]
    return a_log(met, first=first, last=last, entries=every(7, first, last))
