"""Logs that break one assumption of the model each, with the answer still known.

All last five years, hold twenty incidents and about two thousand activities; half-life 30 days.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench.simulation import (
    Simulated,
    average_response,
    drawn,
    incidents_of,
    severities,
    superposed,
    working_days,
)

DAYS, INCIDENTS, ACTIVITIES, HALF_LIFE = 1825, 20, 2000.0, 30.0
_YEAR = 365
_CLUSTERS = 5
_CLUSTER_GAP = 10.0
_SPREAD = 1.0
_LOGGED_AT_END = 0.5


def seasonal(seed: int, share: float) -> Simulated:
    """No meetings in July, August and the fortnight around New Year; the response goes on.

    The floor is stated as its mean over a whole year.
    """
    day = np.arange(DAYS) % _YEAR
    meets = ~((day >= 176) & (day < 238) | (day >= 351))  # day 0 is the 6th of January
    draw, when, severity, height, floor = _start(seed, share)
    part_open = (working_days(DAYS) * meets).sum() / working_days(DAYS).sum()
    return drawn(draw, when, severity, floor * meets / part_open, height, HALF_LIFE)


def exact_rhythm(seed: int, share: float) -> Simulated:
    """The meetings of the floor come exactly every so many days; only the response is left to chance."""
    draw, when, severity, height, floor = _start(seed, share)
    log = drawn(draw, when, severity, floor, height, HALF_LIFE)
    extra = draw.poisson(np.maximum(log.expected - log.exposure * floor, 0.0))
    met = np.floor(np.cumsum(log.exposure * floor))
    return replace(log, counts=(np.diff(met, prepend=0.0) + extra).astype(float))


def logging_fatigue(seed: int, share: float) -> Simulated:
    """Everything is logged at the start, half of it at the end; the truth is that of what happened."""
    draw, when, severity, height, floor = _start(seed, share)
    log = drawn(draw, when, severity, floor, height, HALF_LIFE)
    logged = np.linspace(1.0, _LOGGED_AT_END, DAYS)
    return replace(log, counts=draw.binomial(log.counts.astype(int), logged).astype(float))


def clustered_incidents(seed: int, share: float) -> Simulated:
    """Incidents come in five series of four, ten days apart on average."""
    draw = np.random.default_rng(seed)
    first = np.repeat(draw.integers(0, DAYS, _CLUSTERS), INCIDENTS // _CLUSTERS)
    later = draw.exponential(_CLUSTER_GAP, (_CLUSTERS, INCIDENTS // _CLUSTERS))
    later[:, 0] = 0
    when = np.minimum(first + np.cumsum(later, axis=1).ravel().astype(int), DAYS - 1)
    severity = severities(draw, INCIDENTS)
    floor, height = _rates(when, severity, share)
    return drawn(draw, when, severity, floor, height, HALF_LIFE)


def unequal_incidents(seed: int, share: float) -> Simulated:
    """The response to equal severities differs: lognormal with mean 1 and spread 1 on the log scale."""
    draw, when, severity, height, floor = _start(seed, share)
    unequal = np.exp(draw.normal(-(_SPREAD**2) / 2, _SPREAD, INCIDENTS))
    return drawn(draw, when, severity, floor, height, HALF_LIFE, unequal=unequal)


CONFOUNDERS: dict[str, Callable[[int, float], Simulated]] = {
    "seasonal": seasonal,
    "exact_rhythm": exact_rhythm,
    "fatigue": logging_fatigue,
    "clustered": clustered_incidents,
    "unequal": unequal_incidents,
}


def kept_until(days: int, last: int, part: float) -> np.ndarray:
    """The whole floor until the `last` days, then only `part` of it."""
    return np.where(np.arange(days) < days - last, 1.0, part)


def rates_at_level(level: float) -> tuple[float, float]:
    """Floor and height per working day with this peacetime level; 2000 activities at twenty incidents."""
    tau = HALF_LIFE / math.log(2)
    ratio = (1 / level - 1) / average_response(HALF_LIFE)
    per_incident = 2.35 / 3 * tau * 5 / 7
    floor = ACTIVITIES / (float(working_days(DAYS).sum()) + ratio * INCIDENTS * per_incident)
    return floor, floor * ratio


def _start(seed: int, share: float) -> tuple[np.random.Generator, np.ndarray, np.ndarray, float, np.ndarray]:
    draw = np.random.default_rng(seed)
    when, severity = incidents_of(draw, DAYS, INCIDENTS)
    floor, height = _rates(when, severity, share)
    return draw, when, severity, height, floor


def _rates(when: np.ndarray, severity: np.ndarray, share: float) -> tuple[np.ndarray, float]:
    exposure = working_days(DAYS)
    spread = superposed(when, severity / 3.0, DAYS, HALF_LIFE)
    floor = np.full(DAYS, ACTIVITIES * share / exposure.sum())
    return floor, float(ACTIVITIES * (1 - share) / (exposure * spread).sum())
