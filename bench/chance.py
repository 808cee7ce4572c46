"""How far counts may stray by chance: binomial intervals, bands for a smaller repeat, medians."""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr, betaincinv, betaln, gammaln


def interval(hits: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact binomial interval of a rate (Clopper and Pearson)."""
    tail = (1 - confidence) / 2
    low = float(betaincinv(hits, trials - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, trials - hits, 1 - tail)) if hits < trials else 1.0
    return low, high


def median_interval(values: np.ndarray, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of a median from the ordered values; the extremes when there are too few."""
    ordered, number = np.sort(values), len(values)
    below = np.array([bdtr(rank, number, 0.5) for rank in range(number)])
    rank = int((below <= (1 - confidence) / 2).sum())
    return float(ordered[max(rank - 1, 0)]), float(ordered[min(number - rank, number - 1)])


def repeat_band(hits: int, trials: int, repeats: int, confidence: float = 0.99) -> tuple[int, int]:
    """How many hits `repeats` new trials may have after `hits` of `trials`, with Jeffreys' prior."""
    found = np.arange(repeats + 1)
    ours, theirs = hits + 0.5, trials - hits + 0.5
    ways = gammaln(repeats + 1) - gammaln(found + 1) - gammaln(repeats - found + 1)
    chance = np.exp(ways + betaln(found + ours, repeats - found + theirs) - betaln(ours, theirs))
    below = np.cumsum(chance)
    tail = (1 - confidence) / 2
    return int((below < tail).sum()), int((below < 1 - tail).sum())


def misses_least(hits: int, trials: int, least: float, confidence: float = 0.99) -> bool:
    """True when so few hits are beyond chance for a rate of at least `least`."""
    return bool(bdtr(hits, trials, least) < (1 - confidence) / 2)


def misses_most(hits: int, trials: int, most: float, confidence: float = 0.99) -> bool:
    """True when so many hits are beyond chance for a rate of at most `most`."""
    return hits > 0 and bool(1 - bdtr(hits - 1, trials, most) < (1 - confidence) / 2)
