"""Shares of few trials with intervals that keep their promise: exact, Wilson on effective sizes, Newcombe."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.special import betaincinv, ndtri, stdtrit

from tracker.analysis import policy
from tracker.analysis.estimate import Estimate


def exact(successes: int, trials: int, why: str = "no_meetings") -> Estimate:
    """A share with its Clopper-Pearson interval; without a trial it is missing, and `why` says of what."""
    if trials == 0:
        return Estimate(why=why)
    tail = (1 - policy.value("confidence")) / 2
    low = float(betaincinv(successes, trials - successes + 1, tail)) if successes else 0.0
    rest = trials - successes
    high = float(betaincinv(successes + 1, rest, 1 - tail)) if rest else 1.0
    return Estimate(value=successes / trials, low=low, high=high, status="ok")


def wilson(groups: Sequence[tuple[int, int]]) -> Estimate:
    """The pooled share of (successes, trials) groups, Wilson on the effective number of trials.

    From three groups on the dispersion between them (Pearson, at least 1) divides the trials, with a
    t quantile on groups - 1 degrees of freedom where it exceeds 1.
    """
    used = [(hit, n) for hit, n in groups if n]
    hits, trials = sum(hit for hit, _ in used), sum(n for _, n in used)
    if trials == 0:
        return Estimate(why="no_meetings")
    share = hits / trials
    spread = dispersion(used)
    z = quantile(spread, len(used))
    low, high = wilson_bounds(share, trials / spread, z)
    return Estimate(value=share, low=low, high=high, status="ok")


def dispersion(groups: Sequence[tuple[int, int]]) -> float:
    """Pearson dispersion between groups about their pooled share, at least 1; 1 for fewer than three."""
    trials = sum(n for _, n in groups)
    share = sum(hit for hit, _ in groups) / trials if trials else 0.0
    if len(groups) < policy.value("dispersion_groups") or share in (0.0, 1.0):
        return 1.0
    pearson = sum((hit - n * share) ** 2 / (n * share * (1 - share)) for hit, n in groups)
    return max(1.0, pearson / (len(groups) - 1))


def quantile(spread: float, groups: int) -> float:
    """The normal quantile, or that of t where the groups differ more than chance."""
    upper = (1 + policy.value("confidence")) / 2
    return float(stdtrit(groups - 1, upper)) if spread > 1 and groups > 1 else float(ndtri(upper))


def wilson_bounds(share: float, trials: float, z: float) -> tuple[float, float]:
    """Wilson's score interval for a share of an effective number of trials."""
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(0.0, centre - half), min(1.0, centre + half)


def newcombe(first: tuple[int, int], second: tuple[int, int], spread: float, z: float) -> Estimate:
    """Difference of two shares, first minus second, by Newcombe's interval on effective sizes."""
    shares = [hit / n for hit, n in (first, second)]
    bounds = [wilson_bounds(p, n / spread, z) for p, (_, n) in zip(shares, (first, second), strict=True)]
    difference = shares[0] - shares[1]
    below = math.hypot(shares[0] - bounds[0][0], bounds[1][1] - shares[1])
    above = math.hypot(bounds[0][1] - shares[0], shares[1] - bounds[1][0])
    return Estimate(value=difference, low=difference - below, high=difference + above, status="ok")
