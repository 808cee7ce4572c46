"""The likelihood of floor plus response over the half-life, its maximum, and the region around it.

Inner to `decay`: for each half-life (a row) the most likely share by Newton in a shrinking bracket,
over a log grid of half-lives that is made finer around the maximum and at the edges of the region.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.analysis import policy

LN2 = float(np.log(2))
_GRID = 24
_ZOOM_ROUNDS = 4
_ZOOM_POINTS = 7
_EDGE_ROUNDS = 4
_LEAST_DAYS = 28


@dataclass(frozen=True)
class Problem:
    """What stays the same for every half-life: the days with activity and the shape of the floor."""

    exposure: np.ndarray
    weights: np.ndarray
    active: np.ndarray  # days with activity
    counts: np.ndarray  # on those days
    total: float
    exposed: float
    longest: float  # log of the longest half-life searched

    @staticmethod
    def of(counts: np.ndarray, exposure: np.ndarray, weights: np.ndarray) -> Problem | None:
        active = np.flatnonzero((counts > 0) & (exposure > 0))
        incidents = np.flatnonzero(weights > 0)
        enough = len(counts) >= _LEAST_DAYS and len(active) > 0 and len(incidents) > 0
        if not enough or not exposure[incidents[0] :].any():
            return None
        reach = policy.value("half_life_longest_share") * len(counts)
        amounts = counts[active].astype(float)
        return Problem(
            exposure.astype(float), weights.astype(float), active, amounts,
            float(amounts.sum()), float(exposure.sum()), float(np.log(reach)),
        )  # fmt: skip

    def expected(self, point: Point) -> np.ndarray:
        """Expected counts of all days at one point of the search."""
        response = self.exposure * superpose(self.weights, np.exp(point.place) / LN2)
        floor = self.exposure / self.exposed
        return self.total * (point.share * floor + (1 - point.share) * response / response.sum())

    def log_likelihood_without_response(self) -> float:
        return float(self.counts @ np.log(self.exposure[self.active] / self.exposed))


@dataclass(frozen=True)
class Point:
    """One place of the search with its best share; `place` is the log of the half-life in days."""

    place: float
    share: float
    log_likelihood: float


@dataclass(frozen=True)
class Profile:
    """Rows of the search, ascending in place: the best share and its likelihood for each half-life."""

    place: np.ndarray
    share: np.ndarray
    log_likelihood: np.ndarray

    def best(self) -> Point:
        row = int(self.log_likelihood.argmax())
        return Point(float(self.place[row]), float(self.share[row]), float(self.log_likelihood[row]))

    def joined(self, other: Profile) -> Profile:
        place = np.concatenate((self.place, other.place))
        order = np.argsort(place, kind="stable")
        share = np.concatenate((self.share, other.share))[order]
        return Profile(
            place[order], share, np.concatenate((self.log_likelihood, other.log_likelihood))[order]
        )


def superpose(weights: np.ndarray, tau: float) -> np.ndarray:
    """Sum over past incidents of weight * exp(-age / tau), averaged over each day; same length.

    The recursion S_t = r S_(t-1) + tau (1 - r) w_t with r = exp(-1 / tau) in one pass over the days.
    """
    smoothing = -np.expm1(-1 / tau)
    padded = pd.Series(np.concatenate(([0.0], weights)))
    return tau * padded.ewm(alpha=smoothing, adjust=False).mean().to_numpy()[1:]


def _densities(problem: Problem, places: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Floor density (days,), response densities (rows, days) on active days, response totals (rows,)."""
    floor = problem.exposure[problem.active] / problem.exposed
    totals = np.empty(len(places))
    response = np.empty((len(places), len(problem.active)))
    for row, place in enumerate(places):
        spread = problem.exposure * superpose(problem.weights, np.exp(place) / LN2)
        totals[row] = spread.sum()
        response[row] = spread[problem.active] / totals[row]
    return floor, response, totals


def profile(problem: Problem, places: np.ndarray) -> Profile:
    """The best share and its likelihood at each place (log of the half-life in days)."""
    floor, response, _ = _densities(problem, places)
    share = _most_likely_share(problem.counts, floor, response)
    return Profile(places, share, _mixture(problem.counts, floor, response, share))


def _mixture(counts: np.ndarray, floor: np.ndarray, response: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Log-likelihood of the mixture, one value a row."""
    return np.log(np.maximum(response + share[:, None] * (floor - response), 1e-300)) @ counts


def _most_likely_share(counts: np.ndarray, floor: np.ndarray, response: np.ndarray) -> np.ndarray:
    """The share in [0, 1] of each row by Newton within a shrinking bracket; the problem is concave."""
    gap = floor - response
    at_one = (gap / floor) @ counts
    with np.errstate(divide="ignore", over="ignore"):
        at_zero = np.where(response > 0, gap / np.where(response > 0, response, 1.0), np.inf) @ counts
    share, low, high = np.full(len(gap), 0.5), np.zeros(len(gap)), np.ones(len(gap))
    for _ in range(60):
        slope_terms = gap / (response + share[:, None] * gap)
        slope, bend = slope_terms @ counts, np.square(slope_terms) @ counts
        low, high = np.where(slope > 0, share, low), np.where(slope > 0, high, share)
        step = share + slope / np.maximum(bend, 1e-300)
        new = np.where((step <= low) | (step >= high), (low + high) / 2, step)
        moved = float(np.abs(new - share).max())
        share = new
        if moved < 1e-10:
            break
    return np.where(at_one >= 0, 1.0, np.where(at_zero <= 0, 0.0, share))


def search(problem: Problem) -> Profile:
    """The profile on a log grid of half-lives, finer around its maximum."""
    found = profile(problem, np.linspace(0.0, problem.longest, _GRID))
    for _ in range(_ZOOM_ROUNDS):
        row = int(found.log_likelihood.argmax())
        left, right = found.place[max(row - 1, 0)], found.place[min(row + 1, len(found.place) - 1)]
        inner = np.linspace(left, right, _ZOOM_POINTS)[1:-1]
        found = found.joined(profile(problem, np.setdiff1d(inner, found.place)))
    return found


def half_life_region(problem: Problem, found: Profile, cut: float) -> tuple[float, float]:
    """Outermost log half-lives whose likelihood reaches `cut`; the ends of the search when it never drops."""
    inside = np.flatnonzero(found.log_likelihood >= cut)
    first, last = int(inside[0]), int(inside[-1])
    low = (found.place[max(first - 1, 0)], found.place[first])
    high = (found.place[min(last + 1, len(found.place) - 1)], found.place[last])
    return _edge(problem, low, cut), _edge(problem, high, cut)


def _edge(problem: Problem, bracket: tuple[float, float], cut: float) -> float:
    """The crossing of `cut` between a place outside and a place inside the region."""
    outside, inside = bracket
    if outside == inside:
        return float(inside)
    for _ in range(_EDGE_ROUNDS):
        places = np.linspace(outside, inside, 6)
        reached = np.append(profile(problem, places[1:-1]).log_likelihood >= cut, True)
        first = int(reached.argmax())
        outside, inside = places[first], places[first + 1]
    return float(inside)


def region(
    problem: Problem, low: float, high: float, cut: float, best: Point
) -> dict[str, tuple[float, float]]:
    """The range of every output over the region: all its half-lives, at both ends of the share."""
    places = np.unique(np.append(np.linspace(low, high, _GRID), best.place))
    floor, response, _ = _densities(problem, places)
    share = _most_likely_share(problem.counts, floor, response)
    top = np.maximum(_mixture(problem.counts, floor, response, share), cut)
    ends = [_share_end(problem.counts, floor, response, share, top - cut, side, cut) for side in (-1.0, 1.0)]
    both = [outputs(problem, places, end) for end in ends]
    stacked = {name: np.concatenate([output[name] for output in both]) for name in both[0]}
    return {name: (float(values.min()), float(values.max())) for name, values in stacked.items()}


def _share_end(
    counts: np.ndarray, floor: np.ndarray, response: np.ndarray, share: np.ndarray,
    drop: np.ndarray, side: float, cut: float,
) -> np.ndarray:  # fmt: skip
    """Where each row's likelihood falls to `cut` on one side of its best share, or the end of [0, 1].

    Newton on a concave curve: once outside the region it comes back without overshooting.
    """
    end = 0.0 if side < 0 else 1.0
    gap = floor - response
    bend = np.square(gap / (response + share[:, None] * gap)) @ counts
    place = np.clip(share + side * np.sqrt(2 * drop / np.maximum(bend, 1e-300)), 1e-9, 1 - 1e-9)
    for _ in range(30):
        mixed = np.maximum(response + place[:, None] * gap, 1e-300)
        value, slope = np.log(mixed) @ counts - cut, (gap / mixed) @ counts
        downhill = slope * side < 0
        step = np.where(downhill, -value / np.where(downhill, slope, 1.0), 0.0)
        new = np.clip(place + step, 1e-9, 1 - 1e-9)
        moved = float(np.abs(new - place).max())
        place = new
        if moved < 1e-7:
            break
    reaches_end = _mixture(counts, floor, response, np.full(len(share), end)) >= cut
    return np.where(reaches_end, end, np.where(drop > 1e-9, place, share))


def outputs(problem: Problem, places: np.ndarray, share: np.ndarray) -> dict[str, np.ndarray]:
    """Every output of the fit at each (half-life, share); floor and height per exposed day."""
    tau = np.exp(places) / LN2
    totals = _densities(problem, places)[2]
    floor = share * problem.total / problem.exposed
    height = (1 - share) * problem.total / totals
    span = policy.value("level_days")
    extra = height * tau * -np.expm1(-span / tau) / span
    with np.errstate(divide="ignore", over="ignore"):
        faded = np.log(height / np.maximum(policy.value("back_share") * floor, 1e-300))
    return {
        "share": share,
        "floor": floor,
        "height": height,
        "level": floor / np.maximum(floor + extra, 1e-300),
        "days_back": np.maximum(tau * faded, 0.0),
    }
