"""The likelihood over half-life, slope and carry-over: its maximum, and the region that fits well enough.

Inner to `decay`. For each half-life the best slope of the floor and the best part that was carried over into
the record, over a log grid of half-lives that is made finer around the maximum and at its edges.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tracker.analysis import climb, mixture
from tracker.analysis.climb import STEEPEST
from tracker.analysis.mixture import Problem, Responses

_GRID = 24
_ZOOM_ROUNDS = 4
_ZOOM_POINTS = 7
_EDGE_ROUNDS = 4
_REGION_PLACES = 16
_REGION_SLOPES = 7
_SCALE_ROUNDS = 8
_NEAR_SCALE = 1e-5
_END_ROUNDS = 12


@dataclass(frozen=True)
class Point:
    """One candidate: `place` is the log of the half-life in days, `slope` the floor's log change a year,
    `carried` the part of what comes on top of the floor that was carried over into the record."""

    place: float
    slope: float
    carried: float
    share: float
    log_likelihood: float


@dataclass(frozen=True)
class Profile:
    """Rows of the search, ascending in place: for each half-life the best slope, carry-over and share."""

    place: np.ndarray
    slope: np.ndarray
    carried: np.ndarray
    share: np.ndarray
    log_likelihood: np.ndarray

    def best(self) -> Point:
        """The row that fits best."""
        row = int(self.log_likelihood.argmax())
        cells = (self.place, self.slope, self.carried, self.share, self.log_likelihood)
        return Point(*(float(cell[row]) for cell in cells))

    def joined(self, other: Profile) -> Profile:
        """The rows of both, in order of place."""
        order = np.argsort(np.concatenate((self.place, other.place)), kind="stable")
        pairs = (
            (self.place, other.place),
            (self.slope, other.slope),
            (self.carried, other.carried),
            (self.share, other.share),
            (self.log_likelihood, other.log_likelihood),
        )
        return Profile(*(np.concatenate(pair)[order] for pair in pairs))


@dataclass(frozen=True)
class Region:
    """Points on the edge of the region: every output's interval is its range over them."""

    place: np.ndarray
    slope: np.ndarray
    carried: np.ndarray
    share: np.ndarray


def profile(problem: Problem, places: np.ndarray, slope: float | np.ndarray = 0.0) -> Profile:
    """The best of the rest at each place (log of the half-life in days), the slope searched from `slope`."""
    slopes = np.broadcast_to(slope, places.shape)
    found = climb.best(problem, mixture.on_top(problem, places), slopes)
    return Profile(places, found.slope, found.carried, found.share, found.log_likelihood)


def search(problem: Problem, *, rough: bool = False, near: Profile | None = None) -> Profile:
    """The profile on a log grid of half-lives, finer around its maximum; a rough one has half the points.

    `near`: the search of a problem that differs little, whose slopes are a start that is close.
    """
    places = np.linspace(0.0, problem.longest, _GRID // 2 if rough else _GRID)
    found = profile(problem, places, np.interp(places, near.place, near.slope) if near else 0.0)
    for _ in range(_ZOOM_ROUNDS // 2 if rough else _ZOOM_ROUNDS):
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
    on_top = mixture.on_top(problem, places)
    rows, slopes = _with_slopes(problem, places, on_top, cut, best.slope)
    parts = [
        _region_rows(problem, on_top.rows(rows[some]), slopes[some], cut)
        for some in mixture.in_parts(np.arange(len(rows)), len(problem.active))
    ]
    share, carried = np.concatenate(parts, axis=2)
    sides = len(share)
    return Region(np.tile(places[rows], sides), np.tile(slopes, sides), carried.ravel(), share.ravel())


def _region_rows(problem: Problem, on_top: Responses, slopes: np.ndarray, cut: float) -> np.ndarray:
    """Share and carried part of each row at both ends of the share: (2, ends, rows); one end where the floor
    is all there is."""
    found = climb.best(problem, on_top, slopes, keep_slope=True)
    if not problem.responds:
        return np.array([[found.share], [found.carried]])
    floor = mixture.floors(problem, slopes).density
    ends = [_share_end(problem, floor, on_top, found, cut, side) for side in (-1.0, 1.0)]
    return np.array(ends).swapaxes(0, 1)


def expected(problem: Problem, point: Point) -> np.ndarray:
    """Expected counts of all days at one point of the search."""
    slope, share = np.array([point.slope]), np.array([point.share])
    floor = floors_by_day(problem, slope, share)[0] * problem.exposure
    return floor + on_top_by_day(problem, point.place, point.share, point.carried) * problem.exposure


def floors_by_day(problem: Problem, slopes: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Floor per exposed day (rows, days)."""
    totals = mixture.floors(problem, slopes).total
    shape = np.exp(np.outer(slopes, problem.years))
    return shares[:, None] * problem.total * shape / totals[:, None]


def on_top_by_day(problem: Problem, place: float, share: float, carried: float) -> np.ndarray:
    """What comes on top of the floor per exposed day: after incidents, and carried over into the record."""
    extra = np.zeros(len(problem.exposure))
    tau = float(np.exp(place)) / mixture.LN2
    if problem.weights.any():
        spread = mixture.superpose(problem.weights, tau)
        extra += (1 - carried) * spread / (spread * problem.exposure).sum()
    if problem.carried:
        fading = np.exp(-np.arange(len(extra)) / tau)
        extra += carried * fading / (fading * problem.exposure).sum()
    return (1 - share) * problem.total * extra


def without_response(problem: Problem) -> float:
    """The best log-likelihood without a response to incidents: the floor and what was carried over."""
    alone = replace(problem, weights=np.zeros_like(problem.weights))
    if problem.carried:
        return search(alone).best().log_likelihood
    return profile(alone, np.zeros(1)).best().log_likelihood


def slope_range(problem: Problem, places: np.ndarray, drop: float) -> tuple[float, float, float]:
    """The best slope over these places and the ends of the region where the likelihood is `drop` lower."""
    on_top = mixture.on_top(problem, places)
    found = climb.best(problem, on_top, np.zeros(len(places)))
    row = int(found.log_likelihood.argmax())
    cut = float(found.log_likelihood[row]) - drop
    low, high = (_slope_end(problem, found, on_top, cut, side) for side in (-1.0, 1.0))
    inside = found.log_likelihood >= cut
    return float(found.slope[row]), float(low[inside].min()), float(high[inside].max())


def _share_end(
    problem: Problem, floor: np.ndarray, on_top: Responses, found: climb.Rows, cut: float, side: float
) -> tuple[np.ndarray, np.ndarray]:
    """The end of the share in the region on one side, and the carried part that lets it go that far.

    In turns: the farthest share at this carried part, then the best carried part at that share. Neither
    step leaves the region, so the end only moves outward.
    """
    carried = found.carried
    end = mixture.share_end(problem, floor, on_top.blended(carried), found.share, cut, side)
    if not problem.carried or not problem.weights.any():
        return end, carried
    for _ in range(_END_ROUNDS):
        carried = climb.best_carried(problem, floor, on_top, end)
        farther = mixture.share_end(problem, floor, on_top.blended(carried), end, cut, side)
        moved = float(np.abs(farther - end).max())
        end = farther
        if moved < 1e-4:
            break
    return end, carried


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
    problem: Problem, places: np.ndarray, on_top: Responses, cut: float, slope: float
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of `places`, each with slopes from one end of the region to the other."""
    rows = np.arange(len(places))
    if not problem.trend:
        return rows, np.zeros(len(places))
    found = climb.best(problem, on_top, np.full(len(places), slope))
    low, high = (_slope_end(problem, found, on_top, cut, side) for side in (-1.0, 1.0))
    spread = (1 - np.cos(np.linspace(0, np.pi, _REGION_SLOPES))) / 2
    slopes = low[:, None] + (high - low)[:, None] * spread
    return np.repeat(rows, _REGION_SLOPES), slopes.ravel()


def _slope_end(problem: Problem, found: climb.Rows, on_top: Responses, cut: float, side: float) -> np.ndarray:
    """Where each row's likelihood falls to `cut` on one side of its best slope.

    The root of the drop grows nearly evenly with the distance, so scaling the distance by it converges.
    """
    target = np.sqrt(np.maximum(found.log_likelihood - cut, 0.0))
    distance, carried = np.full(len(target), 0.1), found.carried
    for _ in range(_SCALE_ROUNDS):
        slopes = np.clip(found.slope + side * distance, -STEEPEST, STEEPEST)
        distance = np.maximum(np.abs(slopes - found.slope), 1e-9)
        there = climb.best(problem, on_top, slopes, keep_slope=True, start=carried)
        carried = np.clip(there.carried, 0.01, 0.99) if problem.weights.any() else carried
        fallen = np.sqrt(np.maximum(found.log_likelihood - there.log_likelihood, 0.0))
        scale = np.clip(target / np.maximum(fallen, 1e-9), 0.2, 4.0)
        distance = distance * scale
        on_way = (target > 0) & (np.abs(slopes) < STEEPEST) & (np.abs(scale - 1) > _NEAR_SCALE)
        if not on_way.any():
            break
    return np.clip(found.slope + side * np.where(target > 0, distance, 0.0), -STEEPEST, STEEPEST)
