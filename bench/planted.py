"""Logs with something planted beside floor and response, and whether the fit finds it.

An aftermath before the first day, school holidays, a trend, a step of the floor after one incident.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from bench.judging import MONDAY, log_of, series_of
from bench.simulation import Simulated, drawn, incidents_of, superposed, truth, working_days
from tracker.analysis import decay, holiday_factor, ratchet, reading
from tracker.analysis.decay import Fit

DAYS, HALF_LIFE, SHARE = 1825, 30.0, 0.6
_BEFORE, _SEVEREST, _LONGEST_AGO = 6, 5, 60
_ACTIVITIES, _INCIDENTS = 2000.0, 10
_YEARLY, _HOLIDAY_FACTOR = 0.85, 0.5
_SCHOOL = ((44, 53), (110, 119), (190, 234), (287, 296), (349, 365))  # days of the year, the last left out
_STEP_DAY, _QUIET = 912, 120
Observation = dict[str, float | str | None]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One planted setting; `claims` are (column, kind, least, most)."""

    title: str
    settings: str
    truth: str = ""
    note: str = ""
    seeds: range
    repeat: int
    observe: Callable[[int], Observation]
    claims: tuple[tuple[str, str, float | None, float | None], ...]


def in_aftermath(
    seed: int,
    *,
    incidents: int = _INCIDENTS,
    yearly: float = 1.0,
    factor: float = 1.0,
    dispersion: float = 1.0,
) -> Simulated:
    """A log that starts 0 to 60 days after six incidents of severity 5 that it does not hold.

    The floor grows by `yearly` a year; on school holidays everything is `factor` times as much.
    """
    draw = np.random.default_rng(seed)
    ago = int(draw.integers(0, _LONGEST_AGO + 1))
    when, severity = incidents_of(draw, DAYS, incidents)
    carried = superposed(np.array([0]), np.array([_BEFORE * _SEVEREST / 3]), DAYS + ago, HALF_LIFE)[ago:]
    school = np.isin(np.arange(DAYS) % 365, np.concatenate([np.arange(*days) for days in _SCHOOL]))
    exposure = working_days(DAYS) * np.where(school, factor, 1.0)
    shape = np.exp(math.log(yearly) * (np.arange(DAYS) - DAYS / 2) / 365)
    on_top = superposed(when, severity / 3, DAYS, HALF_LIFE) + carried
    floor = _ACTIVITIES * SHARE * shape / (exposure * shape).sum()
    height = _ACTIVITIES * (1 - SHARE) / (exposure * on_top).sum()
    expected = exposure * (floor + height * on_top)
    counts = draw.poisson(expected)
    if dispersion > 1:
        size = np.maximum(expected, 1e-12) / (dispersion - 1)
        counts = draw.negative_binomial(size, 1 / dispersion)
    return Simulated(
        counts=counts.astype(float),
        exposure=exposure,
        weights=np.bincount(when, weights=severity / 3, minlength=DAYS),
        incident_days=when,
        severities=severity,
        floor=floor,
        height=height,
        half_life=HALF_LIFE,
        expected=expected,
        school=school,
    )


def with_step(seed: int, step: float, activities: float) -> Simulated:
    """Ten incidents of any severity and one of severity 4 in the middle, alone; after it the floor is `step`
    times as high. Those of the ten that come near it are left out."""
    draw = np.random.default_rng(seed)
    when, severity = incidents_of(draw, DAYS, _INCIDENTS)
    apart = np.abs(when - _STEP_DAY) >= _QUIET
    when, severity = np.append(when[apart], _STEP_DAY), np.append(severity[apart], 4)
    exposure, shape = working_days(DAYS), np.where(np.arange(DAYS) >= _STEP_DAY, step, 1.0)
    spread = superposed(when, severity / 3, DAYS, HALF_LIFE)
    floor = activities * SHARE * shape / (exposure * shape).sum()
    height = activities * (1 - SHARE) / (exposure * spread).sum()
    return drawn(draw, when, severity, floor, height, HALF_LIFE)


def _aftermath(seed: int, *, trend: bool) -> Observation:
    log = in_aftermath(seed)
    arrays = (log.counts, log.exposure, log.weights)
    without = decay.fit(*arrays, trend=trend, carry_over=False)
    found, told = (decay.fit(*arrays, trend=trend, carry_over=say) for say in (None, True))
    assert without is not None
    assert found is not None
    assert told is not None
    return {
        "share - truth, without carry-over": without.share - SHARE,
        "share - truth, as the data say": found.share - SHARE,
        "share - truth, when told": told.share - SHARE,
        "carry-over kept": float(found.problem.carried),
        **_inside(found, log, ""),
        **_inside(told, log, ", when told"),
    }


def _inside(fit: Fit, log: Simulated, end: str) -> Observation:
    real = truth(log)
    names = ("half_life", "share", "floor", *(("growth",) if fit.has_trend else ()))
    return {
        f"{name} in its interval{end}": float(low - 1e-9 <= getattr(real, name) <= high + 1e-9)
        for name in names
        for low, high in [getattr(fit, f"{name}_interval")]
    }


def _all_terms(seed: int) -> Observation:
    log = in_aftermath(seed, incidents=20, yearly=_YEARLY, factor=_HOLIDAY_FACTOR, dispersion=2.0)
    plain = replace(log, exposure=working_days(DAYS))
    days = series_of(plain)
    fit = decay.fit(plain.counts, plain.exposure, plain.weights, trend=True, holidays=days.school)
    assert fit is not None
    factor = holiday_factor.factor(days, fit)
    real = truth(log)
    return {
        **_inside(fit, log, ""),
        "level in its interval": float(fit.level_interval[0] <= real.level <= fit.level_interval[1]),
        "holiday factor in its interval": float((factor.low or 0) <= _HOLIDAY_FACTOR <= (factor.high or 0)),
        "half-life / truth": fit.half_life_days / HALF_LIFE,
        "share - truth": fit.share - SHARE,
        "floor / truth": fit.floor / real.floor,
        "growth / truth": fit.growth / _YEARLY,
        "holiday factor / truth": fit.holiday_factor / _HOLIDAY_FACTOR,
        "carry-over kept": float(fit.problem.carried),
    }


def _step(seed: int, step: float, activities: float) -> Observation:
    log = with_step(seed, step, activities)
    seen = reading.read(series_of(log), log_of(log).incidents)
    found = ratchet.retention_step(seen, MONDAY + timedelta(days=_STEP_DAY))
    if not found.stated or found.low is None or found.high is None:
        return {"step stated": 0.0}
    return {
        "step stated": 1.0,
        "step in its interval": float(found.low <= step <= found.high),
        "no step in its interval": float(found.low <= 1 <= found.high),
        "step found": found.value,
    }


_COVERED = tuple((f"{name} in its interval", "rate", 0.88, None) for name in ("half_life", "share", "floor"))
_TOLD = tuple((f"{name}, when told", kind, least, most) for name, kind, least, most in _COVERED)
_REPORTED = tuple((name, kind, None, None) for name, kind, _, _ in _COVERED)


def _aftermaths() -> dict[str, Setting]:
    without = "share - truth, without carry-over"
    return {
        f"9.5i-{'trend' if trend else 'constant'}": Setting(
            title="Six severe incidents before the first day,"
            f" {'trend' if trend else 'constant'} floor fitted",
            settings=f"{DAYS} days that start 0 to {_LONGEST_AGO} days after six incidents of severity 5,"
            f" {_INCIDENTS} incidents, {_ACTIVITIES:.0f} activities, half-life 30, share .6, constant floor",
            truth="share .6; what was carried over is no floor",
            note="The method does not say how many incidents follow. In smaller logs the slope of a trend can"
            " take the place of the carry-over; saying that the log starts in an aftermath helps then."
            if trend
            else "",
            seeds=range(9000, 9060),
            repeat=6,
            observe=lambda seed, trend=trend: _aftermath(seed, trend=trend),
            claims=(
                (without, "median", None if trend else 0.15, None),
                ("share - truth, as the data say", "median", -0.05, 0.05),
                ("share - truth, when told", "median", -0.05, 0.05),
                ("carry-over kept", "rate", None, None),
                *(_REPORTED if trend else _COVERED),
                *_TOLD,
                *((("growth in its interval, when told", "rate", 0.88, None),) if trend else ()),
            ),
        )
        for trend in (False, True)
    }  # fmt: skip


def _together() -> dict[str, Setting]:
    return {
        "all-terms": Setting(
            title="Trend, carry-over and school holidays together",
            settings=f"{DAYS} days after six incidents of severity 5, 20 incidents, {_ACTIVITIES:.0f}"
            " activities,"
            f" half-life 30, share .6, phi 2, floor x {_YEARLY} a year, {_HOLIDAY_FACTOR} on school holidays",
            seeds=range(9100, 9160),
            repeat=6,
            observe=_all_terms,
            claims=(
                *_COVERED,
                ("growth in its interval", "rate", 0.88, None),
                ("level in its interval", "rate", None, None),
                ("holiday factor in its interval", "rate", 0.88, None),
                ("half-life / truth", "median", 0.85, 1.15),
                ("share - truth", "median", -0.05, 0.05),
                ("floor / truth", "median", 0.9, 1.1),
                ("growth / truth", "median", 0.95, 1.05),
                ("holiday factor / truth", "median", 0.9, 1.1),
                ("carry-over kept", "rate", None, None),
            ),
        )
    }


def _steps() -> dict[str, Setting]:
    return {
        f"step-{step:g}-{activities}": Setting(
            title=f"The floor {'rises by 40 %' if step > 1 else 'stays'} after one incident,"
            f" {activities} activities",
            settings=f"{DAYS} days, eleven incidents or fewer, half-life 30, share .6;"
            " severity 4 in the middle",
            truth=f"step {step:g}",
            seeds=range(9200, 9280),
            repeat=8,
            observe=lambda seed, step=step, activities=activities: _step(seed, step, float(activities)),
            claims=(
                ("step stated", "rate", None, None),
                ("step in its interval", "rate", 0.88, None),
                ("no step in its interval", "rate", None, None),
                ("step found", "median", 0.9 * step, 1.1 * step),
            ),
        )
        for activities in (400, 2000)
        for step in (1.0, 1.4)
    }  # fmt: skip


SETTINGS: dict[str, Setting] = {**_aftermaths(), **_together(), **_steps()}
