"""A reading -> per isolated serious incident what stayed of it: the floor after it over the floor before it.

The floor takes one step on the day of the incident; the response to it and to other incidents fades as in the
fit of the whole record. It counts two years on either side, so it says what changed after the incident,
whatever the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy.special import fdtri

from tracker.analysis import decay, likelihood, policy, shapes
from tracker.analysis.climb import STEEPEST
from tracker.analysis.estimate import Estimate
from tracker.analysis.mixture import Problem
from tracker.analysis.question import LoggedIncident
from tracker.analysis.reading import Reading

_NEWEST = 20
_PLACES = 9
_PARAMETERS = 4


@dataclass(frozen=True, kw_only=True)
class Step:
    """What stayed after one incident; `retention_step` is the floor after it over the floor before it."""

    day: date
    title: str
    severity: int
    retention_step: Estimate


def steps(seen: Reading, incidents: tuple[LoggedIncident, ...]) -> tuple[Step, ...]:
    """The newest 20 serious incidents that count, in order of day.

    Incidents with another serious one within a quarter are left out. Missing when too little of the log lies
    on a side (`too_few_days`); hidden when the interval is too wide to tell growth from collapse.
    """
    least = policy.value("peacetime_severity")
    serious = [one for one in incidents if one.counts and one.severity >= least]
    alone = [one for one in serious if _isolated(one, incidents)]
    shown = sorted(alone, key=lambda one: one.day)[-_NEWEST:]
    return tuple(
        Step(
            day=one.day, title=one.title, severity=one.severity, retention_step=retention_step(seen, one.day)
        )
        for one in shown
    )


def retention_step(seen: Reading, day: date) -> Estimate:
    """The floor after `day` over the floor before it, with its 95 % interval."""
    if seen.fit is None:
        return Estimate(why="no_activities")
    place = (day - seen.days.first).days
    inside, after = _window(len(seen.days.counts), place)
    exposed = inside & (seen.fit.problem.exposure > 0)
    if min((exposed & after).sum(), (exposed & ~after).sum()) < policy.value("step_least_days"):
        return Estimate(why="too_few_days")
    problem = _problem(seen, inside, after)
    if problem is None:
        return Estimate(why="no_activities")
    value, low, high = _range(seen, problem, inside)
    if low <= -STEEPEST or high >= STEEPEST or high - low > np.log(policy.value("widest_retention")):
        return Estimate(status="hidden", why="wide_interval")
    return Estimate(value=float(np.exp(value)), low=float(np.exp(low)), high=float(np.exp(high)), status="ok")


def _isolated(one: LoggedIncident, incidents: tuple[LoggedIncident, ...]) -> bool:
    """No other serious incident within a quarter, before or after it; one on the same day is no other."""
    quiet, least = policy.value("peacetime_days"), policy.value("peacetime_severity")
    others = (other for other in incidents if other.happened and other.severity >= least)
    return not any(0 < abs((other.day - one.day).days) < quiet for other in others)


def _window(length: int, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Per day of the record whether it is looked at, and whether it is the day of the incident or later."""
    day = np.arange(length)
    return np.abs(day - place) <= policy.value("step_window_days"), day >= place


def _problem(seen: Reading, inside: np.ndarray, after: np.ndarray) -> Problem | None:
    """The record in the window, with a step for a floor; what earlier incidents left still fades into it."""
    assert seen.fit is not None
    whole = shapes.with_carry_over(seen.fit)
    kept = inside[whole.active] & (whole.exposure[whole.active] > 0)
    if not kept.any():
        return None
    counts = whole.counts[kept]
    return replace(
        whole,
        exposure=np.where(inside, whole.exposure, 0.0),
        years=after.astype(float),
        active=whole.active[kept],
        counts=counts,
        total=float(counts.sum()),
        trend=True,
        carried=False,
    )


def _range(seen: Reading, problem: Problem, inside: np.ndarray) -> tuple[float, float, float]:
    """Log of the step: best, low, high, over the half-lives that the whole record allows."""
    assert seen.fit is not None
    region = seen.fit.region.place
    places = np.linspace(region.min(), region.max(), _PLACES)
    if not seen.has_effect:
        places = np.zeros(1)
        problem = replace(problem, weights=np.zeros_like(problem.weights))
    best = likelihood.profile(problem, places).best()
    counts = np.where(inside, seen.days.counts, 0.0)
    dispersion, freedom = decay.block_dispersion(counts, likelihood.expected(problem, best), _PARAMETERS)
    drop = dispersion * float(fdtri(1, freedom, policy.value("confidence"))) / 2
    return likelihood.slope_range(problem, places, drop)
