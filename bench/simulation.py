"""Seeded logs with a known answer; the draw order (incidents, severities, counts) is part of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

WEEK = 7
_SEVERITIES = [1, 2, 3, 4, 5]
_CHANCES = [0.3, 0.3, 0.2, 0.15, 0.05]
_QUARTER, _YEAR = 90, 365


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """Daily arrays, the incidents, and what they were drawn from.

    `floor` is the expected activity per exposed day on every day without incidents, `height` the extra on
    the day of an average incident, `half_life` in days, `expected` the mean of the counts on every day.
    `school` are the days of school holidays, None where the setting has none.
    """

    counts: np.ndarray
    exposure: np.ndarray
    weights: np.ndarray
    incident_days: np.ndarray
    severities: np.ndarray
    floor: np.ndarray
    height: float
    half_life: float
    expected: np.ndarray
    school: np.ndarray | None = None


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The true value of every output of the fit."""

    half_life: float
    share: float
    floor: float
    level: float
    days_back: float
    growth: float


def simulate(
    seed: int, days: int, incidents: int, activities: float, half_life: float, share: float,
    dispersion: float = 1.0, trend: float = 1.0, *, kept: np.ndarray | None = None,
) -> Simulated:  # fmt: skip
    """A log of `days` days that starts on a Monday, five working days a week, `share` of it structural.

    The floor grows by the factor `trend` a year; `kept` is the part of it that is left on each day.
    """
    draw = np.random.default_rng(seed)
    when, severity = incidents_of(draw, days, incidents)
    exposure = working_days(days)
    shape = np.exp(math.log(trend) * (np.arange(days) - days * 0.5) / 365.0)
    shape = shape if kept is None else shape * kept
    spread = superposed(when, severity / 3.0, days, half_life)
    floor = activities * share * shape / (exposure * shape).sum()
    height = activities * (1 - share) / (exposure * spread).sum()
    return drawn(draw, when, severity, floor, height, half_life, dispersion=dispersion)


def at_rates(
    seed: int, days: int, incidents: int, half_life: float, floor: float, height: float
) -> Simulated:
    """The same with a floor and a height per working day instead of totals; the same order of draws."""
    draw = np.random.default_rng(seed)
    when, severity = incidents_of(draw, days, incidents)
    return drawn(draw, when, severity, np.full(days, floor), height, half_life)


def drawn(
    draw: np.random.Generator,
    when: np.ndarray,
    severity: np.ndarray,
    floor: np.ndarray,
    height: float,
    half_life: float,
    *,
    dispersion: float = 1.0,
    unequal: np.ndarray | float = 1.0,
) -> Simulated:
    """Draws the counts last. `unequal` multiplies the response of each incident, not its known weight."""
    days = len(floor)
    exposure, weight = working_days(days), severity / 3.0
    spread = superposed(when, weight * unequal, days, half_life)
    expected = exposure * (floor + height * spread)
    if dispersion <= 1:
        counts = draw.poisson(expected)
    else:
        size = np.maximum(expected, 1e-12) / (dispersion - 1)
        counts = draw.negative_binomial(size, 1 / dispersion)
    return Simulated(
        counts=counts.astype(float),
        exposure=exposure,
        weights=np.bincount(when, weights=weight, minlength=days),
        incident_days=when,
        severities=severity,
        floor=floor,
        height=height,
        half_life=half_life,
        expected=expected,
    )


def incidents_of(draw: np.random.Generator, days: int, incidents: int) -> tuple[np.ndarray, np.ndarray]:
    """Day and severity of each incident, on any day with the same chance."""
    when = draw.integers(0, days, incidents)
    return when, severities(draw, incidents)


def severities(draw: np.random.Generator, incidents: int) -> np.ndarray:
    """Mostly slight, seldom severe; the mean weight is 0.78."""
    return draw.choice(_SEVERITIES, incidents, p=_CHANCES)


def working_days(days: int) -> np.ndarray:
    """1 from Monday to Friday, else 0; day 0 is a Monday."""
    return (np.arange(days) % WEEK < 5).astype(float)


def truth(log: Simulated, *, over: int = _QUARTER) -> Truth:
    """What the fit should find; the floor of now is the mean of the last `over` days."""
    tau = log.half_life / math.log(2)
    now = float(log.floor[-over:].mean())
    before = float(log.floor[-_YEAR - over : -_YEAR].mean()) if len(log.floor) >= 2 * _YEAR else math.nan
    structural = float((log.exposure * log.floor).sum())
    after = log.height * average_response(log.half_life)
    faded = math.log(log.height / (0.25 * now)) if log.height > 0 and now > 0 else 0.0
    return Truth(
        half_life=log.half_life,
        share=structural / float(log.expected.sum()),
        floor=now,
        level=now / (now + after) if now > 0 else 0.0,
        days_back=max(tau * faded, 0.0) if now > 0 else math.inf,
        growth=now / before,
    )


def average_response(half_life: float) -> float:
    """The mean of exp(-age / tau) over the first 90 days after an incident."""
    tau = half_life / math.log(2)
    return tau * -math.expm1(-_QUARTER / tau) / _QUARTER


def superposed(when: np.ndarray, weight: np.ndarray, days: int, half_life: float) -> np.ndarray:
    """The recursion by hand, so that the simulation does not lean on the code it tests."""
    tau = half_life / math.log(2)
    level, out = 0.0, np.empty(days)
    for day, amount in enumerate(np.bincount(when, weights=weight, minlength=days)):
        level = math.exp(-1 / tau) * level + tau * -math.expm1(-1 / tau) * amount
        out[day] = level
    return out


def naive_superposition(weights: np.ndarray, tau: float) -> np.ndarray:
    """Day by day the sum over all earlier incidents: slow and obvious, the oracle of the recursion."""
    factor = tau * -math.expm1(-1 / tau)
    days = np.flatnonzero(weights)

    def on(day: int) -> float:
        return factor * sum(weights[d] * math.exp(-(day - d) / tau) for d in days if d <= day)

    return np.array([on(day) for day in range(len(weights))])
