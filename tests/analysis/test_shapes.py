"""Which shape a response has, free heights, when it starts, and what ran ahead."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from bench.judging import judged as judged_log
from bench.judging import series_of
from bench.simulation import Simulated, incidents_of, simulate, working_days
from tests.analysis.logs import a_log, every, judged
from tracker.analysis import amplitudes, decay, onset, policy, shapes

DAYS = 1825


def fitted(log, **how):
    fit = decay.fit(log.counts, log.exposure, log.weights, **how)
    assert fit is not None
    return fit


def planted(seed, response, *, floor=1.0, incidents=12):
    """A log whose extra is `response(days since) ` per average incident; `weights` as the fit sees them."""
    draw = np.random.default_rng(seed)
    when, severity = incidents_of(draw, DAYS, incidents)
    extra = np.zeros(DAYS)
    for day, weight in zip(when, severity / 3, strict=True):
        extra[day:] += weight * response(np.arange(DAYS - day))
    expected = working_days(DAYS) * (floor + extra)
    return Simulated(
        counts=draw.poisson(expected).astype(float),
        exposure=working_days(DAYS),
        weights=np.bincount(when, weights=severity / 3, minlength=DAYS),
        incident_days=when,
        severities=severity,
        floor=np.full(DAYS, floor),
        height=float("nan"),
        half_life=float("nan"),
        expected=expected,
    )


def _two_paces(age):
    return 6 * np.exp(-age / 2.0) + 0.8 * np.exp(-age / 150.0)


def test_what_fades_at_one_pace_decays():
    finding, _ = judged_log(simulate(11, DAYS, 20, 2000, 30, 0.6))
    assert finding.shape == "decays"
    assert finding.half_life_days.stated


def test_without_a_response_the_shape_is_none():
    finding, _ = judged_log(simulate(4, DAYS, 20, 2000, 30, 1.0))
    assert (finding.shape, finding.half_life_days.why) == ("none", "no_effect")


def test_a_fast_and_a_slow_part_are_two_speeds_and_hide_the_half_life():
    log = planted(1, _two_paces, floor=0.6)
    finding, seen = judged_log(log)
    assert finding.shape == "two_speeds"
    assert shapes.behind(seen.qaic) > policy.value("shape_qaic")
    assert finding.half_life_days.status != "ok"


def test_two_speeds_are_not_on_offer_in_a_small_log():
    log = simulate(2, DAYS, 20, 800, 30, 0.6)
    assert set(shapes.compared(fitted(log))) == {"none", "step", "decays"}
    assert shapes.TWO_SPEEDS in shapes.compared(fitted(planted(1, _two_paces, floor=0.6)))


def test_an_extra_that_stays_is_a_step():
    qaic = shapes.compared(fitted(planted(3, lambda age: 0.35 * np.ones(len(age)), floor=0.8, incidents=5)))
    assert min(qaic, key=qaic.get) == "step"
    fading = shapes.compared(fitted(simulate(11, DAYS, 5, 2000, 30, 0.6)))
    assert min(fading, key=fading.get) == "decays"


def test_qaic_of_one_pace_is_its_definition():
    fit = fitted(simulate(2, 1095, 20, 800, 30, 0.6))
    qaic = shapes.compared(fit)
    assert qaic["decays"] == pytest.approx(-2 * fit.best.log_likelihood / fit.dispersion + 6)
    assert qaic["none"] - qaic["decays"] == pytest.approx(fit.effect_lr - 4)


def test_what_was_carried_over_becomes_an_incident_of_the_first_day():
    from bench.planted import in_aftermath

    log = in_aftermath(100)
    fit = fitted(log, carry_over=True)
    problem = shapes.with_carry_over(fit)
    assert (problem.weights[1:] == fit.problem.weights[1:]).all()
    again = decay.likelihood.profile(problem, np.array([fit.best.place])).best()
    assert again.log_likelihood == pytest.approx(fit.best.log_likelihood, abs=1e-3)


def test_free_heights_find_the_same_half_life_where_incidents_are_alike():
    for seed in range(20, 23):
        fit = fitted(simulate(seed, DAYS, 20, 2000, 30, 0.5))
        assert amplitudes.free_half_life(fit) == pytest.approx(fit.half_life_days, rel=0.5)


def test_a_half_life_that_rests_on_equal_heights_is_hidden():
    """Only the second of two incidents a month apart is answered: alike, they fade twice as slowly."""
    draw = np.random.default_rng(1)
    answered = np.arange(90, DAYS - 50, 150)
    when = np.sort(np.concatenate((answered - 30, answered)))
    severity = np.full(len(when), 3)
    extra = np.zeros(DAYS)
    for day in answered:
        extra[day:] += 3 * np.exp(-np.arange(DAYS - day) / 10.0)
    expected = working_days(DAYS) * (0.8 + extra)
    log = Simulated(
        counts=draw.poisson(expected).astype(float), exposure=working_days(DAYS),
        weights=np.bincount(when, weights=severity / 3, minlength=DAYS), incident_days=when,
        severities=severity, floor=np.full(DAYS, 0.8), height=3.0, half_life=6.9, expected=expected,
    )  # fmt: skip
    finding, seen = judged_log(log)
    assert seen.free_half_life == pytest.approx(6.9, rel=0.3)
    assert seen.fit.half_life_days > 2 * seen.free_half_life
    assert (finding.half_life_days.status, finding.half_life_days.why) == ("hidden", "unequal_incidents")
    assert (finding.days_back.status, finding.days_back.why) == ("hidden", "unequal_incidents")


def test_the_parts_found_are_the_best_there_are():
    """The oracle climbs by expectation and maximisation, slowly and surely."""
    draw = np.random.default_rng(5)
    densities = draw.dirichlet(np.ones(60), 6)
    counts = draw.poisson(3.0, 60).astype(float)
    value, parts = amplitudes.most_likely_parts(counts, densities, np.full(6, 1 / 6))
    slow = np.full(6, 1 / 6)
    for _ in range(20000):
        slow = slow * (densities @ (counts / (slow @ densities))) / counts.sum()
    best = float(np.log(slow @ densities) @ counts) - counts.sum()
    assert value == pytest.approx(best, abs=1e-4)
    assert parts.sum() == pytest.approx(1, abs=1e-6)
    assert (parts >= 0).all()


def test_a_response_that_starts_at_once_has_no_delay():
    delay = onset.delay(fitted(simulate(31, DAYS, 20, 3000, 20, 0.4)))
    assert (delay.status, delay.low) == ("ok", 0)
    assert delay.value <= 2


def test_a_response_that_starts_after_twelve_days_is_found():
    log = simulate(31, DAYS, 20, 3000, 20, 0.4)
    early = np.concatenate((log.weights[12:], np.zeros(12)))
    delay = onset.delay(decay.fit(log.counts, log.exposure, early))
    assert delay.low <= 12 <= delay.high
    assert delay.low > 5


def test_without_an_effect_no_delay_is_stated():
    finding, _ = judged_log(simulate(4, 1095, 20, 400, 30, 1.0))
    assert (finding.response_delay_days.status, finding.response_delay_days.why) == ("hidden", "no_effect")


def test_what_happens_before_incidents_is_compared_with_other_quiet_days():
    log = simulate(5, DAYS, 15, 2000, 20, 0.8)
    ratio = onset.before_incidents(series_of(log), fitted(log))
    assert ratio.low < 1 < ratio.high


def test_activity_that_ran_ahead_of_incidents_makes_it_undecided():
    starts = [date(2020, 5, 4) + timedelta(days=150 * n) for n in range(7)]
    ahead = [day for start in starts for day in every(1, start - timedelta(days=28), start)]
    log = a_log(every(2) + ahead * 3, entries=every(7), incidents=[(day, 3) for day in starts])
    finding = judged(log).finding
    assert finding.case == "undecided_ran_ahead"
    assert finding.reasons[0] == "ran_ahead"
    assert finding.before_incidents.low > 1


def test_positive_control_the_same_meetings_elsewhere_run_ahead_of_nothing():
    starts = [date(2020, 5, 4) + timedelta(days=150 * n) for n in range(7)]
    elsewhere = [day for start in starts for day in every(1, start - timedelta(90), start - timedelta(62))]
    log = a_log(every(2) + elsewhere * 3, entries=every(7), incidents=[(day, 3) for day in starts])
    assert "ran_ahead" not in judged(log).finding.reasons


def test_too_few_days_before_incidents_say_nothing():
    finding = judged(a_log(every(2), incidents=[(date(2020, 1, 20), 3)])).finding
    assert (finding.before_incidents.status, finding.before_incidents.why) == ("missing", "too_few_days")


def test_by_chance_hardly_anything_runs_ahead():
    logs = [simulate(seed, DAYS, 15, 1000, 20, 0.7) for seed in range(300, 340)]
    ratios = [onset.before_incidents(series_of(log), fitted(log)) for log in logs]
    assert sum(ratio is not None and (ratio.low > 1 or ratio.high < 1) for ratio in ratios) <= 3
