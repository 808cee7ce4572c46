"""Seeded logs with a known answer; the draw order (incidents, severities, counts) is part of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Simulated:
    """Daily arrays and the incident days with their severities."""

    counts: np.ndarray
    exposure: np.ndarray
    weights: np.ndarray
    incident_days: np.ndarray
    severities: np.ndarray


def naive_superposition(weights: np.ndarray, tau: float) -> np.ndarray:
    """Day by day the sum over all earlier incidents: slow and obvious, the oracle of the recursion."""
    factor = tau * -math.expm1(-1 / tau)
    days = np.flatnonzero(weights)

    def on(day: int) -> float:
        return factor * sum(weights[d] * math.exp(-(day - d) / tau) for d in days if d <= day)

    return np.array([on(day) for day in range(len(weights))])


def simulate(
    seed: int, days: int, incidents: int, activities: float, half_life: float, share: float,
    dispersion: float = 1.0, trend: float = 1.0,
) -> Simulated:  # fmt: skip
    """A log of `days` days that starts on a Monday, five working days a week, `share` of it structural."""
    draw = np.random.default_rng(seed)
    when = draw.integers(0, days, incidents)
    severity = draw.choice([1, 2, 3, 4, 5], incidents, p=[0.3, 0.3, 0.2, 0.15, 0.05])
    weights = np.bincount(when, weights=severity / 3.0, minlength=days)
    exposure = (np.arange(days) % 7 < 5).astype(float)
    floor = exposure * np.exp(math.log(trend) * (np.arange(days) - days * 0.5) / 365.0)
    response = exposure * _response(weights, half_life / math.log(2))
    expected = activities * (share * floor / floor.sum() + (1 - share) * response / response.sum())
    if dispersion <= 1:
        counts = draw.poisson(expected)
    else:
        size = np.maximum(expected, 1e-12) / (dispersion - 1)
        counts = draw.negative_binomial(size, 1 / dispersion)
    return Simulated(counts.astype(float), exposure, weights, when, severity)


def _response(weights: np.ndarray, tau: float) -> np.ndarray:
    """The recursion by hand, so that the simulation does not lean on the code it tests."""
    level, out = 0.0, np.empty(len(weights))
    for day, weight in enumerate(weights):
        level = math.exp(-1 / tau) * level + tau * -math.expm1(-1 / tau) * weight
        out[day] = level
    return out
