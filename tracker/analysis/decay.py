"""Daily counts and incident days -> how attention decays: a constant floor plus a fading response.

Intensity on day t: exposure(t) * (floor + height * sum over incidents of weight * exp(-age / tau)).
For a fixed tau the likelihood is that of a total count times a two-part mixture p * f + (1 - p) * g of
the floor's density f and the response's density g over the days; p is the structural share, and the
problem in p is concave. Intervals are ranges over the quasi-likelihood region: deterministic, no
random numbers. Method: endemic/epidemic decomposition with known outside events; the recursion is
that of Ozaki and Ogata (1979).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri, gammaln

from tracker.analysis import likelihood, policy

_PARAMETERS = 3
_CHI2_95 = 3.841458820694124


@dataclass(frozen=True, kw_only=True)
class Response:
    """The most likely floor and response for one given half-life.

    `floor` and `height` per exposed day, `share` the part of the activity without incidents,
    `log_likelihood` the full Poisson one over all days.
    """

    half_life_days: float
    floor: float
    height: float
    share: float
    log_likelihood: float


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The fitted decay; every `*_interval` is a (low, high) of 95 %.

    `half_life_interval` is (0, inf) at the ends of the search, where the data set no bound.
    `level` is floor / mean level in the quarter after an average incident; `effect_lr` is the
    likelihood ratio of having a response at all, over the dispersion.
    """

    half_life_days: float
    half_life_interval: tuple[float, float]
    floor: float
    floor_interval: tuple[float, float]
    height: float
    share: float
    share_interval: tuple[float, float]
    level: float
    level_interval: tuple[float, float]
    days_back: float
    days_back_interval: tuple[float, float]
    dispersion: float
    effect_lr: float
    at_search_edge: bool


def fit(counts: np.ndarray, exposure: np.ndarray, weights: np.ndarray) -> Fit | None:
    """The decay that fits best, with intervals; None when there is nothing to fit.

    Arrays of one value a day and of equal length. None without activity on exposed days, without an
    incident that an exposed day follows, or in less than four weeks.
    """
    problem = likelihood.Problem.of(counts, exposure, weights)
    if problem is None:
        return None
    search = likelihood.search(problem)
    best = search.best()
    dispersion, freedom = _dispersion(counts, problem.expected(best), _PARAMETERS)
    drop = dispersion * float(fdtri(1, freedom, policy.value("confidence"))) / 2
    low, high = likelihood.half_life_region(problem, search, best.log_likelihood - drop)
    ranges = likelihood.region(problem, low, high, best.log_likelihood - drop, best)
    ends = (
        0.0 if low <= 0 else float(np.exp(low)),
        np.inf if high >= problem.longest else float(np.exp(high)),
    )
    values = likelihood.outputs(problem, np.array([best.place]), np.array([best.share]))
    no_response = problem.log_likelihood_without_response()
    return Fit(
        half_life_days=float(np.exp(best.place)),
        half_life_interval=ends,
        floor=float(values["floor"][0]),
        floor_interval=_with_total(float(values["floor"][0]), ranges["floor"], dispersion, problem.total),
        height=float(values["height"][0]),
        share=best.share,
        share_interval=ranges["share"],
        level=float(values["level"][0]),
        level_interval=ranges["level"],
        days_back=float(values["days_back"][0]),
        days_back_interval=ranges["days_back"],
        dispersion=dispersion,
        effect_lr=max(0.0, 2 * (best.log_likelihood - no_response) / dispersion),
        at_search_edge=best.place <= 0 or best.place >= problem.longest,
    )


def at_half_life(
    counts: np.ndarray, exposure: np.ndarray, weights: np.ndarray, half_life_days: float
) -> Response:
    """The most likely floor and response when the half-life is given; arrays as for `fit`."""
    problem = likelihood.Problem.of(counts, exposure, weights)
    assert problem is not None, "nothing to fit"
    profile = likelihood.profile(problem, np.array([np.log(half_life_days)]))
    best = profile.best()
    values = likelihood.outputs(problem, np.array([best.place]), np.array([best.share]))
    expected = problem.expected(best)
    used = expected > 0
    poisson = counts[used] * np.log(expected[used]) - expected[used] - gammaln(counts[used] + 1)
    return Response(
        half_life_days=half_life_days,
        floor=float(values["floor"][0]),
        height=float(values["height"][0]),
        share=best.share,
        log_likelihood=float(poisson.sum()),
    )


def mean_rate(counts: np.ndarray, exposure: np.ndarray) -> tuple[float, tuple[float, float], float] | None:
    """Rate per exposed day, its interval and the dispersion, when there is no incident to respond to.

    None without activity on exposed days.
    """
    exposed, total = float(exposure.sum()), float(counts[exposure > 0].sum())
    if exposed == 0 or total == 0:
        return None
    rate = total / exposed
    dispersion, _ = _dispersion(counts, rate * exposure, 1)
    return rate, _with_total(rate, (rate, rate), dispersion, total), dispersion


def _dispersion(counts: np.ndarray, expected: np.ndarray, parameters: int) -> tuple[float, int]:
    """Pearson dispersion over 28-day blocks and its degrees of freedom.

    Blocks, because meetings come in series that single days do not show.
    """
    width = int(policy.value("dispersion_block_days"))
    blocks = len(counts) // width
    seen = np.where(expected > 0, counts, 0.0)[: blocks * width].reshape(blocks, width).sum(axis=1)
    hoped = expected[: blocks * width].reshape(blocks, width).sum(axis=1)
    used = hoped > 0.5
    freedom = max(blocks - parameters, 4)
    if not used.any():
        return 1.0, freedom
    pearson = float((np.square(seen[used] - hoped[used]) / hoped[used]).sum())
    dispersion = pearson / max(int(used.sum()) - parameters, 1)
    return max(1.0, dispersion), freedom


def _with_total(
    value: float, interval: tuple[float, float], dispersion: float, total: float
) -> tuple[float, float]:
    """Adds the uncertainty of the total count, on the log scale, to an interval given that total."""
    if value <= 0:
        return interval
    of_total = np.sqrt(_CHI2_95 * dispersion / total)
    below = np.hypot(of_total, np.log(value / interval[0])) if interval[0] > 0 else np.inf
    above = np.hypot(of_total, np.log(max(interval[1], value) / value))
    return float(value * np.exp(-below)), float(value * np.exp(above))
