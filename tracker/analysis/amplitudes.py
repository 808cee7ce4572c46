"""A fit -> the half-life when every incident may have a height of its own.

For one check only: that the shared height does not make the half-life. Never for the share, because heights
of their own explain nearly any rhythm.
"""

from __future__ import annotations

import numpy as np

from tracker.analysis import mixture, shapes
from tracker.analysis.decay import Fit
from tracker.analysis.mixture import Problem

_MOST = 30
_PLACES = 12
_ROUNDS = 25
_ZOOMS = 2


def free_half_life(fit: Fit) -> float:
    """The best half-life in days with a non-negative height per incident and the floor's trend of the fit.

    Incidents of one day share a height; of more than 30 days, consecutive ones do.
    """
    problem = shapes.with_carry_over(fit)
    hits = np.flatnonzero(problem.weights)
    groups = np.array_split(hits, min(len(hits), _MOST))
    places = np.linspace(0.0, problem.longest, _PLACES)
    start = np.full(len(groups) + 1, 1.0 / (len(groups) + 1))
    reached = _along(problem, fit.best.slope, groups, places, start)
    for _ in range(_ZOOMS):
        row = int(reached.argmax())
        left, right = places[max(row - 1, 0)], places[min(row + 1, len(places) - 1)]
        inner = np.setdiff1d(np.linspace(left, right, 5), places)
        order = np.argsort(np.concatenate((places, inner)))
        more = _along(problem, fit.best.slope, groups, inner, start)
        places = np.concatenate((places, inner))[order]
        reached = np.concatenate((reached, more))[order]
    return float(np.exp(places[reached.argmax()]))


def _along(
    problem: Problem, slope: float, groups: list[np.ndarray], places: np.ndarray, parts: np.ndarray
) -> np.ndarray:
    """The best log-likelihood at each place; each starts from the parts of the one before."""
    reached = np.empty(len(places))
    floor = mixture.floors(problem, np.array([slope])).density
    for row, place in enumerate(places):
        densities = np.vstack([floor, _densities(problem, float(place), groups)])
        reached[row], parts = most_likely_parts(problem.counts, densities, parts)
    return reached


def most_likely_parts(
    counts: np.ndarray, densities: np.ndarray, start: np.ndarray
) -> tuple[float, np.ndarray]:
    """The best log-likelihood of a mixture of `densities` (rows, days) and its parts, none negative.

    Newton over the parts that are free to move, kept above zero; concave, so any end is the top.
    """
    total = counts.sum()
    parts = np.maximum(start, 1e-4)
    parts = parts / parts.sum()
    value = _value(counts, densities, parts)
    for _ in range(_ROUNDS):
        ratio = counts / np.maximum(parts @ densities, 1e-300)
        gradient = densities @ ratio - total
        free = (parts > 0) | (gradient > 0)
        scaled = densities[free] * (np.sqrt(ratio / np.maximum(parts @ densities, 1e-300)))
        bend = scaled @ scaled.T
        bend[np.diag_indices_from(bend)] *= 1 + 1e-9
        step = np.zeros(len(parts))
        step[free] = np.linalg.lstsq(bend, gradient[free], rcond=None)[0]
        trial, gained = _climbed(counts, densities, parts, step, value)
        if gained - value < 1e-6:
            break
        parts, value = trial, gained
    return value, parts


def _climbed(
    counts: np.ndarray, densities: np.ndarray, parts: np.ndarray, step: np.ndarray, value: float
) -> tuple[np.ndarray, float]:
    """The first of ever shorter steps that goes up."""
    for _ in range(12):
        trial = np.maximum(parts + step, 0.0)
        reached = _value(counts, densities, trial)
        if reached > value:
            return trial, reached
        step = step / 2
    return parts, value


def _value(counts: np.ndarray, densities: np.ndarray, parts: np.ndarray) -> float:
    """The Poisson log-likelihood, short of what depends on the counts alone."""
    mixed = np.maximum(parts @ densities, 1e-300)
    return float(np.log(mixed) @ counts - counts.sum() * parts.sum())


def _densities(problem: Problem, place: float, groups: list[np.ndarray]) -> np.ndarray:
    """The response to each group of incident days as a density on active days (groups, days)."""
    curve = np.exp(-np.arange(len(problem.exposure)) * mixture.LN2 / np.exp(place))
    rows = np.zeros((len(groups), len(problem.active)))
    for row, group in enumerate(groups):
        spread = np.zeros(len(curve))
        for day in group:
            spread[day:] += problem.weights[day] * curve[: len(curve) - day]
        spread *= problem.exposure
        total = spread.sum()
        rows[row] = spread[problem.active] / total if total > 0 else 0.0
    return rows
