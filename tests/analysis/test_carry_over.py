"""A log that starts in the middle of an aftermath: the term for it, alone and with a trend."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.planted import in_aftermath
from bench.simulation import simulate
from tests.analysis.logs import MONDAY, a_log, every, judged
from tracker.analysis import climb, decay, likelihood, mixture
from tracker.analysis.mixture import Responses


def arrays(log):
    return log.counts, log.exposure, log.weights


@pytest.mark.parametrize("trend", [False, True])
def test_an_aftermath_before_the_first_day_is_no_floor(trend):
    fits = [decay.fit(*arrays(in_aftermath(seed)), trend=trend, carry_over=True) for seed in range(100, 106)]
    assert abs(np.mean([fit.share for fit in fits]) - 0.6) < 0.05
    assert all(fit.carried_share > 0.05 for fit in fits)


def test_without_the_term_the_share_is_far_too_high():
    fits = [decay.fit(*arrays(in_aftermath(seed)), carry_over=False) for seed in range(100, 106)]
    assert np.mean([fit.share for fit in fits]) - 0.6 > 0.15


def test_the_data_say_that_there_was_an_aftermath():
    assert decay.fit(*arrays(in_aftermath(100))).problem.carried


def test_a_log_that_starts_in_quiet_times_gets_no_such_term():
    kept = [decay.fit(*arrays(simulate(seed, 1095, 20, 400, 30, 0.6))).problem.carried for seed in range(12)]
    assert sum(kept) <= 3


def test_only_the_question_can_give_the_term_to_a_log_without_incidents():
    log = in_aftermath(100, incidents=0)
    fit = decay.fit(*arrays(log))
    told = decay.fit(*arrays(log), carry_over=True)
    assert (fit.problem.carried, told.problem.carried) == (False, True)
    assert (fit.carried_share, told.height, told.level, told.effect_lr) == (0, 0, 1, 0)
    assert told.floor == pytest.approx(log.floor[-1], rel=0.1)
    assert fit.floor > 1.15 * told.floor


def test_the_same_log_gives_the_same_intervals_every_time():
    first, second = (decay.fit(*arrays(in_aftermath(101)), trend=True, carry_over=True) for _ in range(2))
    assert first.level_interval == second.level_interval
    assert first.share_interval == second.share_interval


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 8), st.booleans())
def test_every_interval_holds_its_own_estimate(seed, incidents, trend):
    fit = decay.fit(*arrays(in_aftermath(seed, incidents=incidents)), trend=trend, carry_over=True)
    for name in ("share", "level", "floor", "growth", "half_life"):
        low, high = getattr(fit, f"{name}_interval")
        value = fit.half_life_days if name == "half_life" else getattr(fit, name)
        assert low <= value * (1 + 1e-9), name
        assert value <= high * (1 + 1e-9), name
    assert decay.expected(fit.problem, fit.best).sum() == pytest.approx(fit.problem.total)
    assert 0 <= fit.carried_share <= 1


@pytest.mark.parametrize("trend", [False, True])
def test_the_part_found_is_the_best_there_is(trend):
    """The oracle tries carried parts and slopes on a fine grid."""
    log = in_aftermath(102)
    problem = _carried(mixture.problem_of(*arrays(log), trend=trend))
    places = np.array([np.log(30.0)])
    found = likelihood.profile(problem, places)
    on_top = mixture.on_top(problem, places)
    slopes = np.linspace(found.slope[0] - 0.2, found.slope[0] + 0.2, 41) if trend else np.zeros(1)
    highest = -np.inf
    for part in np.linspace(0, 1, 101):
        floor = mixture.floors(problem, slopes).density
        rows = np.repeat(on_top.blended(np.array([part])), len(slopes), axis=0)
        share = mixture.most_likely_share(problem, floor, rows)
        highest = max(highest, mixture.log_likelihood(problem, floor, rows, share).max())
    assert found.log_likelihood[0] >= highest - 1e-9
    assert found.log_likelihood[0] == pytest.approx(highest, abs=0.1)


def test_the_end_of_the_share_is_the_farthest_the_region_reaches():
    """The oracle walks over shares and carried parts on a grid."""
    log = in_aftermath(103)
    problem = _carried(mixture.problem_of(*arrays(log), trend=False))
    places = np.array([np.log(30.0)])
    on_top = mixture.on_top(problem, places)
    found = climb.best(problem, on_top, np.zeros(1))
    floor, cut = mixture.floors(problem, np.zeros(1)).density, float(found.log_likelihood[0]) - 3.0
    ends = [likelihood._share_end(problem, floor, on_top, found, cut, side)[0][0] for side in (-1.0, 1.0)]
    inside = []
    for part in np.linspace(0.0, 1.0, 101):
        blend = on_top.blended(np.array([part]))
        for share in np.linspace(0.3, 0.9, 301):
            if mixture.log_likelihood(problem, floor, blend, np.array([share]))[0] >= cut:
                inside.append(share)
    assert ends == pytest.approx([min(inside), max(inside)], abs=0.004)


def test_a_blend_without_anything_carried_is_the_response():
    response = np.ones((2, 3))
    assert (Responses(response).blended(np.ones(2)) == response).all()


def test_the_question_decides_whether_the_log_starts_in_an_aftermath():
    fading = [MONDAY + timedelta(days=int(day)) for day in np.cumsum(np.linspace(1, 12, 60))]
    log = a_log(fading + every(5), entries=every(7), incidents=[(date(2021, 9, 1), 3)])
    assert judged(log, starts_in_aftermath=True).finding.starts_in_aftermath
    assert not judged(log, starts_in_aftermath=False).finding.starts_in_aftermath


def test_what_was_carried_over_is_drawn_above_the_floor():
    fading = [MONDAY + timedelta(days=int(day)) for day in np.cumsum(np.linspace(1, 12, 60))]
    log = a_log(fading + every(5), entries=every(7))
    weeks = judged(log, starts_in_aftermath=True).timeline.weeks
    assert weeks["extra"].iloc[0] > 1
    assert weeks["extra"].iloc[-1] < 0.1


def _carried(problem):
    return replace(problem, carried=True)


def test_years_without_a_known_day_before_the_log_change_no_floor():
    """Nothing is known of six years, and then the log begins: short aftermaths of then have left nothing."""
    log = arrays(in_aftermath(100))
    unknown = np.zeros(2200)
    longer = [np.concatenate([unknown.astype(one.dtype), one]) for one in log]
    fit, told = decay.fit(*log, carry_over=True), decay.fit(*longer, carry_over=True)
    assert told.floor == pytest.approx(fit.floor, rel=0.1)
    assert told.carried_share == pytest.approx(fit.carried_share, abs=0.05)
