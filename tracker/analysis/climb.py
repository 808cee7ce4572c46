"""Rows of candidates -> for each the best slope of the floor, carried part and share.

Inner to `likelihood`. Newton in slope and carried part together, on the likelihood at its best share; a step
that makes a row worse is halved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracker.analysis import mixture
from tracker.analysis.mixture import Problem, Responses

STEEPEST = 3.0  # log change a year: no floor of meetings grows or shrinks twentyfold in a year
_ROUNDS = 40
_FARTHEST = 0.5
_NEAR_SLOPE = 1e-7
_NEAR_PART = 1e-5


@dataclass(frozen=True)
class Rows:
    """One value a row: slope (log change a year), part of the response that was carried over, share of the
    floor, log-likelihood."""

    slope: np.ndarray
    carried: np.ndarray
    share: np.ndarray
    log_likelihood: np.ndarray


def best(
    problem: Problem,
    on_top: Responses,
    slopes: np.ndarray,
    *,
    keep_slope: bool = False,
    start: np.ndarray | None = None,
) -> Rows:
    """The best of each row, from these slopes on or at them; `start`: carried parts to begin with."""
    free = problem.trend and not keep_slope
    blends = problem.carried and bool(problem.weights.any())
    carried = _first_carried(problem, on_top, slopes, blends=blends) if start is None else start
    share, value, step = _step(problem, on_top, slopes, carried, (free, blends), 0.5)
    if not free and not blends:
        return Rows(slopes, carried, share, value)
    slopes, carried = slopes.copy(), carried.copy()
    rows, there = np.arange(len(slopes)), on_top
    for _ in range(_ROUNDS):
        new_slopes = np.clip(slopes[rows] + step[0, rows], -STEEPEST, STEEPEST)
        new_carried = np.clip(carried[rows] + step[1, rows], 0.0, 1.0)
        far = np.abs(new_slopes - slopes[rows]) >= _NEAR_SLOPE
        far |= np.abs(new_carried - carried[rows]) >= _NEAR_PART
        if not far.any():
            break
        if not far.all():  # a row that has arrived is not reckoned again
            rows, new_slopes, new_carried = rows[far], new_slopes[far], new_carried[far]
            there = there.rows(far)
        new_share, new_value, new_step = _step(
            problem, there, new_slopes, new_carried, (free, blends), share[rows]
        )
        better = new_value >= value[rows]
        risen = rows[better]
        slopes[risen], carried[risen] = new_slopes[better], new_carried[better]
        share[risen], value[risen] = new_share[better], new_value[better]
        step[:, rows] = np.where(better, new_step, step[:, rows] / 2)
    return Rows(slopes, carried, share, value)


def best_carried(problem: Problem, floor: np.ndarray, on_top: Responses, share: np.ndarray) -> np.ndarray:
    """The best carried part of each row when its share is given: again the share of one of two densities."""
    assert on_top.carried is not None, "nothing is carried over"
    under, rest = share[:, None] * floor, 1 - share[:, None]
    return mixture.most_likely_share(problem, under + rest * on_top.carried, under + rest * on_top.response)


def _first_carried(problem: Problem, on_top: Responses, slopes: np.ndarray, *, blends: bool) -> np.ndarray:
    """Where the search for the carried part starts: in proportion to how much each would add to a bare floor.

    At a share of 1 the likelihood does not depend on it, so a start on the wrong side would stay there.
    """
    if on_top.carried is None or not blends:
        return np.full(len(slopes), float(problem.carried))
    floor = mixture.floors(problem, slopes).density
    gains = [np.maximum(((one - floor) / floor) @ problem.counts, 0.0) for one in _both(on_top)]
    return gains[1] / np.maximum(gains[0] + gains[1], 1e-300)


def _both(on_top: Responses) -> tuple[np.ndarray, np.ndarray]:
    assert on_top.carried is not None
    return on_top.response, on_top.carried


def _step(
    problem: Problem,
    on_top: Responses,
    slopes: np.ndarray,
    carried: np.ndarray,
    free: tuple[bool, bool],
    near: np.ndarray | float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Best share and log-likelihood of each row, and the next step of Newton in (slope, carried part)."""
    floor = mixture.floors(problem, slopes)
    response = on_top.blended(carried)
    share = mixture.most_likely_share(problem, floor.density, response, near)
    value = mixture.log_likelihood(problem, floor.density, response, share)
    step = np.zeros((2, len(slopes)))
    if not any(free):
        return share, value, step
    counts, gap = problem.counts, floor.density - response
    mixed = np.maximum(response + share[:, None] * gap, 1e-300)
    of_share = np.square(gap / mixed) @ counts
    inside = (share > 0) & (share < 1) & (of_share > 0)
    weight = np.where(inside, 1 / np.where(inside, of_share, 1.0), 0.0)
    firsts, gradients, bends, crosses = [], [], [], []
    if free[0]:
        moment = problem.years[problem.active] - floor.mean[:, None]
        first = floor.density * moment / mixed
        second = floor.density * (np.square(moment) - floor.variance[:, None]) / mixed
        gradients.append(share * (first @ counts))
        bends.append(share * (second @ counts) - np.square(share) * (np.square(first) @ counts))
        crosses.append(first @ counts - share * ((gap / mixed * first) @ counts))
        firsts.append(share[:, None] * first)
    if free[1]:
        ours, theirs = _both(on_top)
        first = (theirs - ours) / mixed
        rest = 1 - share
        gradients.append(rest * (first @ counts))
        bends.append(-np.square(rest) * (np.square(first) @ counts))
        crosses.append(-(first @ counts) - rest * ((gap / mixed * first) @ counts))
        firsts.append(rest[:, None] * first)
    bends = [bend + np.square(cross) * weight for bend, cross in zip(bends, crosses, strict=True)]
    single = [_newton(gradient, bend) for gradient, bend in zip(gradients, bends, strict=True)]
    for place, one in zip(np.flatnonzero(free), single, strict=True):
        step[place] = one
    if all(free):
        both = -((firsts[0] * firsts[1]) @ counts) + crosses[0] * crosses[1] * weight
        step = _together(step, gradients, bends, both, carried)
    return share, value, np.clip(step, -_FARTHEST, _FARTHEST)


def _newton(gradient: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """The step to the top of a curve, or a careful one uphill where it bends the other way."""
    return np.where(bend < 0, -gradient / np.where(bend < 0, bend, 1.0), np.sign(gradient) * 0.25)


def _together(
    single: np.ndarray,
    gradients: list[np.ndarray],
    bends: list[np.ndarray],
    both: np.ndarray,
    carried: np.ndarray,
) -> np.ndarray:
    """The step in both at once, where the surface is a hill and the carried part is not held at its end."""
    area = bends[0] * bends[1] - np.square(both)
    held = ((carried <= 0) & (gradients[1] <= 0)) | ((carried >= 1) & (gradients[1] >= 0))
    hill = (bends[0] < 0) & (area > 1e-9 * np.abs(bends[0] * bends[1])) & ~held
    safe = np.where(hill, area, 1.0)
    joint = np.array(
        [
            (both * gradients[1] - bends[1] * gradients[0]) / safe,
            (both * gradients[0] - bends[0] * gradients[1]) / safe,
        ]
    )
    return np.where(hill, joint, single)
