"""One log as a mixture of two densities over its days: the floor and the response to incidents.

Inner to `decay`. A row is one candidate (half-life, slope of the floor); for each row the share of the
floor that fits best is found by Newton in a shrinking bracket, because the problem in it is concave.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tracker.analysis import policy

LN2 = float(np.log(2))
_LEAST_DAYS = 28
_TINY = 1e-300
_CELLS = 2**16  # numbers in memory at a time
_BLOCK = 64  # days, near the root of a long record: the fewest exponentials


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What stays the same for every candidate; `active` are the days with activity, `counts` theirs.

    `years` is the time of every day from the middle of the record; all 0 when the floor is constant.
    `longest` is the log of the longest half-life (days) that is searched. `carried`: the record may start
    in the middle of an aftermath, so that a part of the response belongs to no incident in it.
    """

    exposure: np.ndarray
    weights: np.ndarray
    years: np.ndarray
    active: np.ndarray
    counts: np.ndarray
    total: float
    longest: float
    trend: bool
    carried: bool = False

    @cached_property
    def moments(self) -> np.ndarray:
        """Exposure times the years to the powers 0, 1 and 2 (days, 3): the same for every candidate."""
        return self.exposure[:, None] * self.years[:, None] ** np.arange(3)

    @property
    def responds(self) -> bool:
        """True when there is anything beside the floor."""
        return self.carried or bool(self.weights.any())


@dataclass(frozen=True)
class Responses:
    """What comes on top of the floor, as densities on active days (rows, days): the response to incidents
    and, where the record may start in an aftermath, what was carried over into it."""

    response: np.ndarray
    carried: np.ndarray | None = None

    def blended(self, part: np.ndarray) -> np.ndarray:
        """Both as one density, `part` of it carried over (one value a row)."""
        if self.carried is None:
            return self.response
        return self.response + part[:, None] * (self.carried - self.response)

    def rows(self, chosen: np.ndarray) -> Responses:
        """These rows, which may repeat."""
        return Responses(self.response[chosen], None if self.carried is None else self.carried[chosen])


@dataclass(frozen=True)
class Floors:
    """The floor's density on active days (rows, days), and per row: mean and variance of its time in
    years, and its sum over exposed days."""

    density: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    total: np.ndarray


def problem_of(
    counts: np.ndarray, exposure: np.ndarray, weights: np.ndarray, *, trend: bool
) -> Problem | None:
    """None in less than four weeks, or without activity on exposed days."""
    active = np.flatnonzero((counts > 0) & (exposure > 0))
    if len(counts) < _LEAST_DAYS or len(active) == 0:
        return None
    days = np.arange(len(counts))
    amounts = counts[active].astype(float)
    return Problem(
        exposure=exposure.astype(float),
        weights=weights.astype(float),
        years=(days - len(counts) / 2) / 365 if trend else np.zeros(len(counts)),
        active=active,
        counts=amounts,
        total=float(amounts.sum()),
        longest=float(np.log(policy.value("half_life_longest_share") * len(counts))),
        trend=trend,
    )


def superpose(weights: np.ndarray, tau: float) -> np.ndarray:
    """Sum over past incidents of weight * exp(-age / tau), averaged over each day; same length."""
    return _superposed(weights, np.array([tau]))[0]


def _superposed(weights: np.ndarray, taus: np.ndarray) -> np.ndarray:
    """`superpose` for each tau (rows, days): S_t = r S_(t-1) + tau (1 - r) w_t with r = exp(-1 / tau).

    Between incidents it only fades, so the recursion runs over the incidents and the days follow at once.
    """
    struck, days = np.flatnonzero(weights), np.arange(len(weights))
    level, at = np.zeros(len(taus)), np.zeros((len(taus), len(struck) + 1))
    for place, waited in enumerate(np.diff(struck, prepend=0)):
        level = level * np.exp(-waited / taus) + weights[struck[place]]
        at[:, place + 1] = level
    latest = np.searchsorted(struck, days, side="right")
    age = days - np.concatenate(([0], struck))[latest]
    lasting = -taus * np.expm1(-1 / taus)
    return lasting[:, None] * at[:, latest] * np.exp(-age / taus[:, None])


def responses(problem: Problem, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The response's density on active days (rows, days) and its sum over exposed days (rows,)."""
    if not problem.weights.any():
        return np.zeros((len(places), len(problem.active))), np.ones(len(places))
    spread = problem.exposure * _superposed(problem.weights, np.exp(places) / LN2)
    totals = spread.sum(axis=1)
    return spread[:, problem.active] / totals[:, None], totals


def on_top(problem: Problem, places: np.ndarray) -> Responses:
    """Everything on top of the floor at each place (log of the half-life in days)."""
    response, _ = responses(problem, places)
    if not problem.carried:
        return Responses(response)
    spread = np.array([carry_over(problem, float(place)) for place in places])
    total = spread.sum(axis=1, keepdims=True)
    # Where years without a known day come first, nothing of it is left on the days that are known.
    faded = np.zeros((len(places), len(problem.active)))
    return Responses(response, np.divide(spread[:, problem.active], total, out=faded, where=total > 0))


def carry_over(problem: Problem, place: float) -> np.ndarray:
    """How an aftermath that was under way on the first day fades: exposure * exp(-t / tau), all days."""
    return problem.exposure * np.exp(-np.arange(len(problem.exposure)) * LN2 / np.exp(place))


def floors(problem: Problem, slopes: np.ndarray) -> Floors:
    """The floor for each slope (log change a year); one row serves all when it is constant."""
    shape = _grown(slopes if problem.trend else slopes[:1], problem.years)
    total, first, second = (shape @ problem.moments).T
    mean = first / total
    return Floors(
        density=shape[:, problem.active] * problem.exposure[problem.active] / total[:, None],
        mean=mean,
        variance=second / total - np.square(mean),
        total=total,
    )


def floor_levels(problem: Problem, slopes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each slope the floor's mean over the last quarter of the record and its sum over exposed days."""
    last, now, total = int(policy.value("now_days")), [], []
    for some in in_parts(slopes, len(problem.years)):
        shape = _grown(some, problem.years)
        now.append(shape[:, -last:].mean(axis=1))
        total.append(shape @ problem.exposure)
    return np.concatenate(now), np.concatenate(total)


def in_parts(rows: np.ndarray, days: int) -> list[np.ndarray]:
    """Rows in as many parts as it takes to have only so much of (rows, days) in memory at a time."""
    size = max(1, _CELLS // days)
    return [rows[first : first + size] for first in range(0, len(rows), size)]


def _grown(slopes: np.ndarray, years: np.ndarray) -> np.ndarray:
    """exp(slope * year) for each slope (rows, days).

    Days are as far apart everywhere, so a block of them grows as every other does: exponentials of one block
    and of the blocks' first days, and one product a day.
    """
    apart = (years[-1] - years[0]) / (len(years) - 1)
    inside = np.exp(np.outer(slopes, apart * np.arange(_BLOCK)))
    blocks = np.exp(np.outer(slopes, years[::_BLOCK]))
    return (blocks[:, :, None] * inside[:, None, :]).reshape(len(slopes), -1)[:, : len(years)]


def log_likelihood(
    problem: Problem, floor: np.ndarray, response: np.ndarray, share: np.ndarray
) -> np.ndarray:
    """Of the mixture, one value a row."""
    mixed = response + share[:, None] * (floor - response)
    return np.log(np.maximum(mixed, _TINY)) @ problem.counts


def most_likely_share(
    problem: Problem, floor: np.ndarray, response: np.ndarray, near: np.ndarray | float = 0.5
) -> np.ndarray:
    """The share of the floor in [0, 1] of each row; all of it where nothing responds. `near`: where to begin,
    which changes how long it takes and nothing else."""
    if not response.any():
        return np.ones(len(response))
    counts, gap = problem.counts, floor - response
    at_one = (gap / floor) @ counts
    with np.errstate(divide="ignore", over="ignore"):
        at_zero = np.where(response > 0, gap / np.where(response > 0, response, 1.0), np.inf) @ counts
    share = np.where(at_one >= 0, 1.0, np.where(at_zero <= 0, 0.0, np.clip(near, 1e-3, 1 - 1e-3)))
    inside = np.flatnonzero((at_one < 0) & (at_zero > 0))  # towards an end the bracket would only halve
    share[inside] = _inner_share(counts, gap[inside], response[inside], share[inside])
    return share


def _inner_share(counts: np.ndarray, gap: np.ndarray, response: np.ndarray, share: np.ndarray) -> np.ndarray:
    """The best share of rows where it lies between 0 and 1: Newton from `share` in a shrinking bracket."""
    low, high = np.zeros(len(gap)), np.ones(len(gap))
    for _ in range(60 if len(gap) else 0):
        terms = gap / (response + share[:, None] * gap)
        slope, bend = terms @ counts, np.square(terms) @ counts
        low, high = np.where(slope > 0, share, low), np.where(slope > 0, high, share)
        step = share + slope / np.maximum(bend, _TINY)
        # A step onto an end is a row that stands on its best share: halving would throw it off again.
        new = np.where((step < low) | (step > high), (low + high) / 2, step)
        moved = float(np.abs(new - share).max())
        share = new
        if moved < 1e-10:
            break
    return share


def share_end(
    problem: Problem, floor: np.ndarray, response: np.ndarray, share: np.ndarray, cut: float, side: float
) -> np.ndarray:
    """Where each row's likelihood falls to `cut` on one side (-1, 1) of its best share, or the end of [0, 1].

    Newton on a concave curve: once outside the region it comes back without overshooting.
    """
    counts, gap, end = problem.counts, floor - response, 0.0 if side < 0 else 1.0
    drop = np.maximum(log_likelihood(problem, floor, response, share) - cut, 0.0)
    bend = np.square(gap / np.maximum(response + share[:, None] * gap, _TINY)) @ counts
    place = np.clip(share + side * np.sqrt(2 * drop / np.maximum(bend, _TINY)), 1e-9, 1 - 1e-9)
    for _ in range(30):
        mixed = np.maximum(response + place[:, None] * gap, _TINY)
        value, slope = np.log(mixed) @ counts - cut, (gap / mixed) @ counts
        downhill = slope * side < 0
        step = np.where(downhill, -value / np.where(downhill, slope, 1.0), 0.0)
        new = np.clip(place + step, 1e-9, 1 - 1e-9)
        moved = float(np.abs(new - place).max())
        place = new
        if moved < 1e-7:
            break
    whole = log_likelihood(problem, floor, response, np.full(len(share), end)) >= cut
    return np.where(whole, end, np.where(drop > 1e-9, place, share))
