"""A problem -> the searched model with the factor of the school holidays, and whether to try a carry-over.

Inner to `decay`. The factor multiplies what is expected on school holidays: what was counted there over what
the model expects there without it. It is found together with everything else, by turns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tracker.analysis import likelihood, policy
from tracker.analysis.likelihood import Point, Profile
from tracker.analysis.mixture import Problem

_TURNS = 40
_NEAR = 1e-4
_CLOSE = 2e-3
_SEARCHES = 2
_PLACES = 12


@dataclass(frozen=True)
class Searched:
    """A problem whose exposure holds the factor of the school holidays, and its search over half-lives."""

    problem: Problem
    found: Profile
    factor: float


def searched(
    problem: Problem, counts: np.ndarray, holidays: np.ndarray, near: Profile | None = None
) -> Searched:
    """The search over half-lives, with the factor of `holidays` (bool, a day each) where it is estimated.

    `near`: a search of the same days, to begin close to.
    """
    if not estimable(counts, problem.exposure, holidays):
        return Searched(problem, _search(problem, near=near), 1.0)
    usual = _usual_rate(counts, problem.exposure, holidays) * problem.exposure[holidays].sum()
    factor = float(counts[holidays & (problem.exposure > 0)].sum() / usual)
    found = _search(_with_factor(problem, holidays, factor), rough=True, near=near)
    for _ in range(_SEARCHES):
        factor = _settled(problem, counts, holidays, factor, found.best())
        found = _search(_with_factor(problem, holidays, factor), near=found)
        settled = _settled(problem, counts, holidays, factor, found.best())
        if abs(settled - factor) <= _CLOSE * factor:
            break
    return Searched(_with_factor(problem, holidays, factor), found, factor)


def estimable(counts: np.ndarray, exposure: np.ndarray, holidays: np.ndarray) -> bool:
    """Whether there are enough school holidays, and enough to expect on them, to estimate their factor."""
    days = exposure > 0
    inside, outside = holidays & days, ~holidays & days
    if inside.sum() < policy.value("holiday_least_days") or not counts[outside].any():
        return False
    hoped = _usual_rate(counts, exposure, holidays) * exposure[inside].sum()
    return bool(hoped >= policy.value("holiday_least_activities"))


def may_carry_over(model: Searched) -> bool:
    """A quick look whether an aftermath before the first day could matter: both models at a few half-lives.

    A quarter of what it takes to keep the term is reason enough for the whole search.
    """
    problem, found = model.problem, model.found
    if not problem.weights.any():
        return False
    rows = np.unique(np.linspace(0, len(found.place) - 1, _PLACES).astype(int))
    rich = likelihood.profile(replace(problem, carried=True), found.place[rows], found.slope[rows])
    gained = 2 * (rich.log_likelihood.max() - found.log_likelihood[rows].max())
    return bool(gained > policy.value("carry_over_lr") / 4)


def _search(problem: Problem, *, rough: bool = False, near: Profile | None = None) -> Profile:
    if not problem.responds:
        return likelihood.profile(problem, np.zeros(1))
    return likelihood.search(problem, rough=rough, near=near)


def _usual_rate(counts: np.ndarray, exposure: np.ndarray, holidays: np.ndarray) -> float:
    outside = ~holidays & (exposure > 0)
    return float(counts[outside].sum() / exposure[outside].sum())


def _with_factor(problem: Problem, holidays: np.ndarray, factor: float) -> Problem:
    return replace(problem, exposure=np.where(holidays, factor, 1.0) * problem.exposure)


def _settled(
    problem: Problem, counts: np.ndarray, holidays: np.ndarray, factor: float, point: Point
) -> float:
    """The factor, found by turns with the rest at one half-life, until neither moves."""
    inside = holidays & (problem.exposure > 0)
    seen = float(counts[inside].sum())
    for _ in range(_TURNS):
        if factor == 0:
            break
        hoped = float(likelihood.expected(_with_factor(problem, holidays, factor), point)[inside].sum())
        new = factor * seen / hoped
        if abs(new - factor) < _NEAR * factor:
            break
        factor = new
        problem_now = _with_factor(problem, holidays, factor)
        point = likelihood.profile(problem_now, np.array([point.place]), point.slope).best()
    return factor
