"""Peacetime counted without a model, and ratios of small counts."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from tests.analysis.logs import MONDAY, a_log, every
from tracker.analysis import peacetime, series
from tracker.analysis.question import Question


def arrays(log):
    return series.daily(log, Question(until=log.last))


def test_peacetime_starts_ninety_days_after_a_serious_incident():
    log = a_log(every(7), incidents=[(date(2021, 1, 4), 3)], last=date(2021, 12, 31))
    days = arrays(log)
    quiet = peacetime.in_peacetime(days)
    position = {day.date(): n for n, day in enumerate(days.days)}
    assert not quiet[position[date(2021, 4, 3)]]
    assert quiet[position[date(2021, 4, 4)]]
    assert not quiet[position[date(2020, 4, 4)]], "nobody knows what came before the log"
    assert quiet[position[date(2020, 4, 5)]]


def test_a_small_incident_does_not_end_peacetime():
    log = a_log(every(7), incidents=[(date(2021, 1, 4), 2)], last=date(2021, 12, 31))
    assert peacetime.in_peacetime(arrays(log))[90:].all()


def test_spells_of_peacetime_are_listed_and_the_last_one_is_current():
    log = a_log(every(7), incidents=[(date(2021, 1, 4), 4)], last=date(2021, 12, 31))
    spells = peacetime.spells(arrays(log))
    assert spells["start"].dt.date.tolist() == [date(2020, 4, 5), date(2021, 4, 4)]
    assert spells["end"].dt.date.tolist() == [date(2021, 1, 3), date(2021, 12, 31)]
    assert spells["current"].tolist() == [False, True]
    assert spells["days"].tolist() == [274, 272]


def test_a_spell_shorter_than_four_weeks_is_not_listed():
    log = a_log(every(7), incidents=[(date(2021, 1, 4), 4), (date(2021, 4, 20), 4)], last=date(2021, 6, 1))
    assert len(peacetime.spells(arrays(log))) == 1


def test_two_years_are_compared_on_peacetime_days_only():
    incidents = [(date(2022, 3, 1), 4)]
    year = peacetime.last_year_against_before(arrays(a_log(every(7), incidents=incidents)), 1.0)
    whole = peacetime.last_year_against_before(arrays(a_log(every(7))), 1.0)
    assert year is not None
    assert whole is not None
    assert year.recent < whole.recent
    assert year.ratio == pytest.approx(1, abs=0.1)


def test_less_than_two_years_cannot_be_compared():
    short = a_log(every(7, last=date(2021, 12, 1)), last=date(2021, 12, 31))
    assert peacetime.last_year_against_before(arrays(short), 1.0) is None


def test_a_side_without_peacetime_cannot_be_compared():
    often = [(MONDAY + timedelta(days=n), 3) for n in range(0, 700, 60)]
    assert peacetime.last_year_against_before(arrays(a_log(every(7), incidents=often)), 1.0) is None


def test_none_against_two_gives_a_finite_interval_from_zero():
    ratio = peacetime.rate_ratio((0, 100), (2, 100), 1.0, 0.95)
    assert ratio.ratio == 0
    assert ratio.low == 0
    assert 1 < ratio.high < 10


def test_two_against_none_has_no_upper_bound():
    ratio = peacetime.rate_ratio((2, 100), (0, 100), 1.0, 0.95)
    assert ratio.ratio is None
    assert ratio.low > 0
    assert ratio.high == np.inf


def test_none_against_none_says_nothing():
    ratio = peacetime.rate_ratio((0, 100), (0, 100), 1.0, 0.95)
    assert (ratio.ratio, ratio.low, ratio.high) == (None, 0, np.inf)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.floats(0.2, 5))
def test_the_interval_is_the_exact_one_of_the_split(recent, before, exposed):
    """The oracle inverts the binomial tail: at each bound exactly 2.5 % lies beyond what was seen."""
    ratio = peacetime.rate_ratio((recent, exposed), (before, 1.0), 1.0, 0.95)
    total = recent + before
    part = [bound * exposed / (1 + bound * exposed) for bound in (ratio.low, ratio.high)]
    assert binom.sf(recent - 1, total, part[0]) == pytest.approx(0.025, abs=1e-9)
    assert binom.cdf(recent, total, part[1]) == pytest.approx(0.025, abs=1e-9)


def test_more_dispersion_widens_the_interval():
    calm = peacetime.rate_ratio((20, 1), (20, 1), 1.0, 0.95)
    noisy = peacetime.rate_ratio((20, 1), (20, 1), 4.0, 0.95)
    assert noisy.low < calm.low < 1 < calm.high < noisy.high
