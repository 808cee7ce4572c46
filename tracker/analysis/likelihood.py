"""The likelihood over half-life and slope: its maximum, and the region that still fits well enough.

Inner to `decay`. For each half-life the best slope of the floor by Newton, over a log grid of half-lives
that is made finer around the maximum and at the edges of the region.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracker.analysis import mixture
from tracker.analysis.mixture import Problem

STEEPEST = 3.0  # log change a year: no floor of meetings grows or shrinks twentyfold in a year
_GRID = 24
_ZOOM_ROUNDS = 4
_ZOOM_POINTS = 7
_EDGE_ROUNDS = 4
_REGION_PLACES = 16
_REGION_SLOPES = 7
_SLOPE_ROUNDS = 40
_SCALE_ROUNDS = 8


@dataclass(frozen=True)
class Point:
    """One candidate: `place` is the log of the half-life in days, `slope` the floor's log change a year."""

    place: float
    slope: float
    share: float
    log_likelihood: float


@dataclass(frozen=True)
class Profile:
    """Rows of the search, ascending in place: for each half-life the best slope and share."""

    place: np.ndarray
    slope: np.ndarray
    share: np.ndarray
    log_likelihood: np.ndarray

    def best(self) -> Point:
        """The row that fits best."""
        row = int(self.log_likelihood.argmax())
        cells = (self.place, self.slope, self.share, self.log_likelihood)
        return Point(*(float(cell[row]) for cell in cells))

    def joined(self, other: Profile) -> Profile:
        """The rows of both, in order of place."""
        order = np.argsort(np.concatenate((self.place, other.place)), kind="stable")
        pairs = (
            (self.place, other.place),
            (self.slope, other.slope),
            (self.share, other.share),
            (self.log_likelihood, other.log_likelihood),
        )
        return Profile(*(np.concatenate(pair)[order] for pair in pairs))


@dataclass(frozen=True)
class Region:
    """Points on the edge of the region: every output's interval is its range over them."""

    place: np.ndarray
    slope: np.ndarray
    share: np.ndarray


def profile(problem: Problem, places: np.ndarray, slope: float = 0.0) -> Profile:
    """The best slope and share at each place (log of the half-life in days), searched from `slope`."""
    response, _ = mixture.responses(problem, places)
    slopes, share, value = _best_slopes(problem, response, np.full(len(places), slope))
    return Profile(places, slopes, share, value)


def search(problem: Problem) -> Profile:
    """The profile on a log grid of half-lives, finer around its maximum."""
    found = profile(problem, np.linspace(0.0, problem.longest, _GRID))
    for _ in range(_ZOOM_ROUNDS):
        row = int(found.log_likelihood.argmax())
        left, right = found.place[max(row - 1, 0)], found.place[min(row + 1, len(found.place) - 1)]
        inner = np.setdiff1d(np.linspace(left, right, _ZOOM_POINTS)[1:-1], found.place)
        found = found.joined(profile(problem, inner, found.best().slope))
    return found


def half_life_region(problem: Problem, found: Profile, cut: float) -> tuple[float, float]:
    """Outermost log half-lives whose likelihood reaches `cut`; the ends of the search when it never drops."""
    inside = np.flatnonzero(found.log_likelihood >= cut)
    first, last = int(inside[0]), int(inside[-1])
    low = (found.place[max(first - 1, 0)], found.place[first])
    high = (found.place[min(last + 1, len(found.place) - 1)], found.place[last])
    slope = found.best().slope
    return _edge(problem, low, cut, slope), _edge(problem, high, cut, slope)


def region(problem: Problem, low: float, high: float, cut: float, best: Point) -> Region:
    """The edge of the region between the log half-lives `low` and `high`, and its best point."""
    places = np.unique(np.append(np.linspace(low, high, _REGION_PLACES), best.place))
    places, slopes = _with_slopes(problem, places, cut, best.slope)
    floor = mixture.floors(problem, slopes).density
    response, _ = mixture.responses(problem, np.unique(places))
    response = response[np.searchsorted(np.unique(places), places)]
    share = mixture.most_likely_share(problem, floor, response)
    if not problem.weights.any():  # the floor is all there is
        return Region(places, slopes, share)
    ends = [mixture.share_end(problem, floor, response, share, cut, side) for side in (-1.0, 1.0)]
    return Region(np.tile(places, 2), np.tile(slopes, 2), np.concatenate(ends))


def without_response(problem: Problem) -> float:
    """The log-likelihood of the floor alone, at its best slope."""
    nothing = np.zeros((1, len(problem.active)))
    return float(_best_slopes(problem, nothing, np.zeros(1))[2][0])


def _best_slopes(
    problem: Problem, response: np.ndarray, slopes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per row the best slope, share and log-likelihood: Newton in the slope, halved when it gets worse."""
    share, value, step = _climb(problem, response, slopes)
    if not problem.trend:
        return slopes, share, value
    for _ in range(_SLOPE_ROUNDS):
        trial = np.clip(slopes + step, -STEEPEST, STEEPEST)
        new_share, new_value, new_step = _climb(problem, response, trial)
        better = new_value >= value
        slopes, share = np.where(better, trial, slopes), np.where(better, new_share, share)
        value, step = np.where(better, new_value, value), np.where(better, new_step, step / 2)
        if float(np.abs(np.clip(slopes + step, -STEEPEST, STEEPEST) - slopes).max()) < 1e-7:
            break
    return slopes, share, value


def _climb(
    problem: Problem, response: np.ndarray, slopes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """At each slope the best share, the log-likelihood, and the next step of Newton in the slope."""
    floor = mixture.floors(problem, slopes)
    share = mixture.most_likely_share(problem, floor.density, response)
    value = mixture.log_likelihood(problem, floor.density, response, share)
    if not problem.trend:
        return share, value, np.zeros(len(share))
    counts, part = problem.counts, share[:, None]
    gap, mixed = floor.density - response, np.maximum(response + part * (floor.density - response), 1e-300)
    moment = problem.years[problem.active] - floor.mean[:, None]
    first = floor.density * moment / mixed
    second = floor.density * (np.square(moment) - floor.variance[:, None]) / mixed
    gradient = share * (first @ counts)
    bend = share * (second @ counts) - np.square(share) * (np.square(first) @ counts)
    cross = first @ counts - share * ((gap / mixed * first) @ counts)
    of_share = np.square(gap / mixed) @ counts
    free = (share > 0) & (share < 1) & (of_share > 0)
    bend = bend + np.where(free, np.square(cross) / np.where(free, of_share, 1.0), 0.0)
    newton = np.where(bend < 0, -gradient / np.where(bend < 0, bend, 1.0), np.sign(gradient) * 0.25)
    return share, value, np.clip(newton, -0.5, 0.5)


def _edge(problem: Problem, bracket: tuple[float, float], cut: float, slope: float) -> float:
    """The crossing of `cut` between a place outside and a place inside the region."""
    outside, inside = bracket
    if outside == inside:
        return float(inside)
    for _ in range(_EDGE_ROUNDS):
        places = np.linspace(outside, inside, 6)
        reached = np.append(profile(problem, places[1:-1], slope).log_likelihood >= cut, True)
        first = int(reached.argmax())
        outside, inside = places[first], places[first + 1]
    return float(inside)


def _with_slopes(
    problem: Problem, places: np.ndarray, cut: float, slope: float
) -> tuple[np.ndarray, np.ndarray]:
    """The places, each with slopes from one end of the region to the other."""
    if not problem.trend:
        return places, np.zeros(len(places))
    found = profile(problem, places, slope)
    response, _ = mixture.responses(problem, places)
    low, high = (_slope_end(problem, found, response, cut, side) for side in (-1.0, 1.0))
    spread = (1 - np.cos(np.linspace(0, np.pi, _REGION_SLOPES))) / 2
    slopes = low[:, None] + (high - low)[:, None] * spread
    return np.repeat(places, _REGION_SLOPES), slopes.ravel()


def _slope_end(problem: Problem, found: Profile, response: np.ndarray, cut: float, side: float) -> np.ndarray:
    """Where each row's likelihood falls to `cut` on one side of its best slope.

    The root of the drop grows nearly evenly with the distance, so scaling the distance by it converges.
    """
    target = np.sqrt(np.maximum(found.log_likelihood - cut, 0.0))
    distance = np.full(len(target), 0.1)
    for _ in range(_SCALE_ROUNDS):
        slopes = np.clip(found.slope + side * distance, -STEEPEST, STEEPEST)
        distance = np.maximum(np.abs(slopes - found.slope), 1e-9)
        floor = mixture.floors(problem, slopes).density
        share = mixture.most_likely_share(problem, floor, response)
        value = mixture.log_likelihood(problem, floor, response, share)
        fallen = np.sqrt(np.maximum(found.log_likelihood - value, 0.0))
        distance = distance * np.clip(target / np.maximum(fallen, 1e-9), 0.2, 4.0)
    return np.clip(found.slope + side * np.where(target > 0, distance, 0.0), -STEEPEST, STEEPEST)
