"""The decay fit against known answers, slow oracles and another library."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.simulation import naive_superposition, simulate
from tracker.analysis import decay, likelihood, mixture


def fitted(*arguments):
    log = simulate(*arguments)
    fit = decay.fit(log.counts, log.exposure, log.weights)
    assert fit is not None
    return fit


def test_at_a_given_half_life_floor_and_height_are_exact():
    log = simulate(1, 1825, 60, 5000, 30, 0.6)
    response = decay.at_half_life(log.counts, log.exposure, log.weights, 30)
    assert response.floor == pytest.approx(2.333954, rel=1e-5)
    assert response.height == pytest.approx(1.354387, rel=1e-5)
    assert response.log_likelihood == pytest.approx(-2689.7766, abs=1e-3)


def test_another_library_finds_the_same_floor_and_height():
    import statsmodels.api as sm
    from statsmodels.genmod.generalized_linear_model import DomainWarning

    log = simulate(2, 1095, 20, 900, 30, 0.6)
    response = decay.at_half_life(log.counts, log.exposure, log.weights, 30)
    spread = naive_superposition(log.weights, 30 / np.log(2))
    used = log.exposure > 0
    design = np.column_stack([log.exposure, log.exposure * spread])[used]
    link = sm.families.links.Identity()
    start = [log.counts.sum() / log.exposure.sum() / 2, 0.1]
    with pytest.warns(DomainWarning, match="Identity link"):
        glm = sm.GLM(log.counts[used], design, family=sm.families.Poisson(link))
    model = glm.fit(start_params=start, tol=1e-12)
    assert [response.floor, response.height] == pytest.approx(list(model.params), rel=1e-6)
    assert response.log_likelihood == pytest.approx(model.llf, abs=1e-6)


def test_the_half_life_of_a_large_log_is_found_with_its_interval():
    fit = fitted(1, 1825, 60, 5000, 30, 0.6)
    assert fit.half_life_days == pytest.approx(28.3, abs=0.5)
    assert fit.half_life_interval == pytest.approx((22.6, 34.3), abs=0.7)
    assert fit.share == pytest.approx(0.608, abs=0.005)
    assert fit.share_interval == pytest.approx((0.558, 0.661), abs=0.005)
    assert fit.floor == pytest.approx(2.37, abs=0.03)
    assert fit.floor_interval == pytest.approx((2.16, 2.58), abs=0.03)
    assert fit.effect_lr == pytest.approx(363, abs=2)
    assert not fit.at_search_edge


def test_without_any_response_the_half_life_stays_open():
    fit = fitted(4, 1095, 20, 400, 30, 1.0)
    assert fit.share == pytest.approx(0.96, abs=0.01)
    assert fit.share_interval[1] == 1
    assert fit.half_life_interval == (0.0, np.inf)
    assert fit.effect_lr == pytest.approx(1.45, abs=0.1)


def test_meetings_that_come_in_series_widen_the_intervals():
    calm, clustered = fitted(7, 1095, 20, 400, 30, 0.6), fitted(7, 1095, 20, 400, 30, 0.6, 3.0)
    assert clustered.dispersion > 2 > calm.dispersion
    assert _ratio(clustered.half_life_interval) > _ratio(calm.half_life_interval)


def test_the_true_values_lie_inside_most_intervals():
    """A tenth of the calibration; the whole of it is a command of its own."""
    hits = np.array([_hits(seed) for seed in range(1000, 1030)])
    assert (hits.mean(axis=0) >= 0.8).all(), hits.mean(axis=0)


def test_positive_control_a_wrong_truth_lies_outside_most_intervals():
    assert np.mean([_hits(seed, half_life=120.0)[0] for seed in range(1000, 1010)]) < 0.5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 399), st.integers(1, 5)), max_size=30),
    st.floats(1.0, 400.0),
)
def test_the_recursion_equals_the_sum_over_all_incidents(incidents, tau):
    weights = np.zeros(400)
    for day, severity in incidents:
        weights[day] += severity / 3
    slow = naive_superposition(weights, tau)
    assert mixture.superpose(weights, tau) == pytest.approx(slow, rel=1e-12, abs=1e-300)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40), st.floats(0.0, 1.0))
def test_every_interval_holds_its_own_estimate(seed, incidents, share):
    log = simulate(seed, 800, incidents, 200, 20, share)
    fit = decay.fit(log.counts, log.exposure, log.weights)
    if fit is None:
        return
    for name in ("share", "level", "floor", "days_back"):
        low, high = getattr(fit, f"{name}_interval")
        value = getattr(fit, name)
        assert 0 <= low <= value * (1 + 1e-9), name
        assert value <= high * (1 + 1e-9), name
    assert fit.half_life_interval[0] <= fit.half_life_days <= fit.half_life_interval[1]
    assert np.isfinite([fit.dispersion, fit.effect_lr, fit.height]).all()


@pytest.mark.parametrize(
    ("counts", "exposure", "weights"),
    [
        pytest.param(np.zeros(400), np.ones(400), np.eye(400)[50], id="no activities"),
        pytest.param(np.ones(400), np.zeros(400), np.eye(400)[50], id="all on days off"),
        pytest.param(np.ones(10), np.ones(10), np.eye(10)[5], id="ten days"),
        pytest.param(np.ones(400), np.r_[np.ones(399), 0], np.eye(400)[399], id="only a day off follows"),
    ],
)
def test_nothing_to_fit_is_an_answer(counts, exposure, weights):
    assert decay.fit(counts, exposure, weights) is None


def test_without_incidents_only_the_floor_is_fitted():
    log = simulate(4, 1095, 20, 400, 30, 1.0)
    fit = decay.fit(log.counts, log.exposure, 0 * log.weights)
    assert fit is not None
    assert fit.floor == pytest.approx(log.counts.sum() / log.exposure.sum())
    assert (fit.share, fit.level, fit.effect_lr) == (1, 1, 0)
    assert fit.floor_interval[0] < fit.floor < fit.floor_interval[1]


def test_a_floor_that_halves_every_year_is_found():
    log = simulate(5, 1825, 60, 5000, 30, 0.8, 1.0, 0.5)
    fit = decay.fit(log.counts, log.exposure, log.weights, trend=True)
    assert fit is not None
    assert fit.growth_interval[0] < 0.5 < fit.growth_interval[1]
    assert fit.growth == pytest.approx(0.495, abs=0.01)
    assert fit.growth_interval == pytest.approx((0.461, 0.522), abs=0.005)
    assert fit.half_life_interval == pytest.approx((31.2, 64.2), rel=0.03)


@pytest.mark.parametrize("seed", range(5))
def test_a_search_that_begins_on_the_best_share_stays_on_it(seed):
    """A step onto an end of the bracket was once taken for one too far, and thirty halvings followed."""
    log = simulate(seed, 1095, 20, 400, 30, 0.6)
    problem = mixture.problem_of(log.counts, log.exposure, log.weights, trend=False)
    response, _ = mixture.responses(problem, np.log([3.0, 30.0, 100.0]))
    floor = np.repeat(mixture.floors(problem, np.zeros(3)).density, 3, axis=0)
    best = mixture.most_likely_share(problem, floor, response)
    assert ((best > 0) & (best < 1)).any()
    assert mixture.most_likely_share(problem, floor, response, best) == pytest.approx(best, abs=1e-14)


def test_the_slope_found_is_the_best_there_is():
    """The oracle tries every slope on a fine grid."""
    log = simulate(2, 1095, 20, 400, 30, 0.6)
    problem = mixture.problem_of(log.counts, log.exposure, log.weights, trend=True)
    found = likelihood.profile(problem, np.array([np.log(30.0)]))
    response, _ = mixture.responses(problem, np.array([np.log(30.0)]))
    grid = np.linspace(-1, 1, 401)
    floor = mixture.floors(problem, grid).density
    rows = np.repeat(response, len(grid), axis=0)
    value = mixture.log_likelihood(problem, floor, rows, mixture.most_likely_share(problem, floor, rows))
    assert found.log_likelihood[0] >= value.max() - 1e-9
    assert found.slope[0] == pytest.approx(grid[value.argmax()], abs=0.006)


@pytest.mark.parametrize(
    ("counts", "weights"),
    [
        pytest.param(np.eye(400)[77], np.eye(400)[50] + np.eye(400)[90], id="one activity"),
        pytest.param(np.ones(400), np.eye(400)[399], id="an incident today"),
        pytest.param(np.ones(400), 50 * np.eye(400)[100], id="fifty incidents on one day"),
        pytest.param(np.eye(400)[10], np.eye(400)[50], id="activity only before the incident"),
        pytest.param(np.r_[np.zeros(100), np.ones(300)], np.eye(400)[0], id="activity only after a while"),
    ],
)
def test_odd_logs_are_fitted_without_an_exception(counts, weights):
    fit = decay.fit(counts, np.ones(400), weights)
    assert fit is not None
    assert 0 <= fit.share_interval[0] <= fit.share_interval[1] <= 1


def _ratio(interval):
    return interval[1] / max(interval[0], 1.0)


def _hits(seed, half_life=30.0):
    """Whether half-life, share and floor of (1095, 20, 400, 30, .6, phi 2) lie inside their intervals."""
    log = simulate(seed, 1095, 20, 400, 30, 0.6, 2.0)
    fit = decay.fit(log.counts, log.exposure, log.weights)
    assert fit is not None
    floor = 0.6 * 400 / log.exposure.sum()
    truth = ((half_life, fit.half_life_interval), (0.6, fit.share_interval), (floor, fit.floor_interval))
    return [low <= value <= high for value, (low, high) in truth]
