"""Daily counts and incident days -> how attention decays: a floor, perhaps with a trend, and a response.

Intensity on day t: exposure(t) * (floor(t) + height * sum over incidents of weight * exp(-age / tau)), and
c * exp(-t / tau) more when the record starts in the middle of an aftermath; school holidays have a factor.
For a fixed tau the likelihood is that of a total count times a two-part mixture p * f + (1 - p) * g of
the floor's density f and the response's density g over the days; p is the structural share, and the
problem in p is concave. Intervals are ranges over the quasi-likelihood region: deterministic, no
random numbers. Method: endemic/epidemic decomposition with known outside events; the recursion is
that of Ozaki and Ogata (1979).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import fdtri, gammaln

from tracker.analysis import likelihood, mixture, model_terms, policy
from tracker.analysis.climb import STEEPEST
from tracker.analysis.likelihood import Point, Region, expected, floors_by_day, on_top_by_day
from tracker.analysis.mixture import LN2, Problem
from tracker.analysis.model_terms import Searched

__all__ = ["Fit", "Response", "at_half_life", "block_dispersion", "expected", "fit", "on_top_by_day"]

_CHI2_95 = 3.841458820694124

Interval = tuple[float, float]


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

    `half_life_interval` is (0, inf) at the ends of the search, where the data set no bound. `floor` is the
    mean of the last quarter per exposed day; `level` is that floor / mean level in the quarter after an
    average incident; `growth` the floor now / one year ago, 1 without a trend. `effect_lr` is the
    likelihood ratio of having a response at all, over the dispersion; 0 without incidents. `carried_share` is
    the part of the activity that was carried over into the record from an aftermath before it, 0 where the
    model has no such term; `holiday_factor` what is expected on school holidays over other days, 1 where it
    was not estimated (`has_holidays`). `best` and `region` are the points that the intervals range over.
    """

    half_life_days: float
    half_life_interval: Interval
    floor: float
    floor_interval: Interval
    height: float
    share: float
    share_interval: Interval
    level: float
    level_interval: Interval
    days_back: float
    days_back_interval: Interval
    growth: float
    growth_interval: Interval
    dispersion: float
    effect_lr: float
    carried_share: float
    holiday_factor: float
    has_holidays: bool
    parameters: int
    at_search_edge: bool
    has_trend: bool
    problem: Problem
    best: Point
    region: Region


def wants_trend(counts: np.ndarray) -> bool:
    """Whether a record is long and rich enough for a floor with a trend."""
    long = len(counts) >= policy.value("trend_least_days")
    return bool(long and counts.sum() >= policy.value("trend_least_activities"))


def fit(
    counts: np.ndarray,
    exposure: np.ndarray,
    weights: np.ndarray,
    *,
    trend: bool = False,
    holidays: np.ndarray | None = None,
    carry_over: bool | None = None,
) -> Fit | None:
    """The floor and decay that fit best, with intervals; None when there is nothing to fit.

    Arrays of one value a day and of equal length; `holidays` says which days are school holidays.
    `carry_over` says whether the record starts in the middle of an aftermath; None lets the data say.
    None without activity on exposed days, in less than four weeks, or when no exposed day follows the first
    incident. Without incidents only the floor is fitted: share and level are 1 without a carry-over.
    """
    problem = mixture.problem_of(counts, exposure, weights, trend=trend)
    if problem is None or not _can_respond(problem):
        return None
    school = np.zeros(len(counts), bool) if holidays is None else holidays
    model = _chosen(problem, counts, school, carry_over)
    return _stated(model, counts, has_holidays=model_terms.estimable(counts, exposure, school), school=school)


def _chosen(problem: Problem, counts: np.ndarray, school: np.ndarray, carry_over: bool | None) -> Searched:
    """With the carry-over when somebody says so, or when the likelihood ratio over the dispersion does."""
    richer = replace(problem, carried=True)
    if carry_over:
        return model_terms.searched(richer, counts, school)
    plain = model_terms.searched(problem, counts, school)
    if carry_over is False or not model_terms.may_carry_over(plain):
        return plain
    rich = model_terms.searched(richer, counts, school, plain.found)
    best = rich.found.best()
    dispersion, _ = block_dispersion(counts, expected(rich.problem, best), _parameters(rich.problem))
    gained = 2 * (_poisson(counts, rich) - _poisson(counts, plain)) / dispersion
    return rich if gained > policy.value("carry_over_lr") else plain


def _stated(model: Searched, counts: np.ndarray, *, has_holidays: bool, school: np.ndarray) -> Fit:
    problem, found = model.problem, model.found
    best = found.best()
    parameters = _parameters(problem) + has_holidays
    dispersion, freedom = block_dispersion(counts, expected(problem, best), parameters)
    cut = best.log_likelihood - dispersion * float(fdtri(1, freedom, policy.value("confidence"))) / 2
    low, high = (
        likelihood.half_life_region(problem, found, cut) if problem.responds else (0.0, problem.longest)
    )
    region = likelihood.region(problem, low, high if problem.responds else low, cut, best)
    values = {name: float(cells[0]) for name, cells in _outputs(problem, _as_region(best)).items()}
    over = _outputs(problem, region)
    ranges = {name: (float(cells.min()), float(cells.max())) for name, cells in over.items()}
    counted = float(counts[~school & (problem.exposure > 0)].sum()) if has_holidays else problem.total
    return Fit(
        half_life_days=float(np.exp(best.place)),
        half_life_interval=_half_life_ends(problem, low, high),
        floor=values["floor"],
        floor_interval=_with_total(values["floor"], ranges["floor"], dispersion, counted),
        height=values["height"],
        share=best.share,
        share_interval=ranges["share"],
        level=values["level"],
        level_interval=ranges["level"],
        days_back=values["days_back"],
        days_back_interval=ranges["days_back"],
        growth=float(np.exp(best.slope)),
        growth_interval=_growth_ends(region),
        dispersion=dispersion,
        effect_lr=_effect(problem, best) / dispersion,
        carried_share=(1 - best.share) * best.carried,
        holiday_factor=model.factor,
        has_holidays=has_holidays,
        parameters=parameters,
        at_search_edge=best.place <= 0 or best.place >= problem.longest,
        has_trend=problem.trend,
        problem=problem,
        best=best,
        region=region,
    )


def at_half_life(
    counts: np.ndarray, exposure: np.ndarray, weights: np.ndarray, half_life_days: float
) -> Response:
    """The most likely constant floor and response when the half-life is given; arrays as for `fit`."""
    problem = mixture.problem_of(counts, exposure, weights, trend=False)
    assert problem is not None, "nothing to fit"
    best = likelihood.profile(problem, np.array([np.log(half_life_days)])).best()
    values = _outputs(problem, _as_region(best))
    mean = expected(problem, best)
    used = mean > 0
    poisson = counts[used] * np.log(mean[used]) - mean[used] - gammaln(counts[used] + 1)
    return Response(
        half_life_days=half_life_days,
        floor=float(values["floor"][0]),
        height=float(values["height"][0]),
        share=best.share,
        log_likelihood=float(poisson.sum()),
    )


def floor_by_day(fit: Fit) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The floor per exposed day on every day of the record: best, low and high of its 95 % band."""
    problem, region = fit.problem, fit.region
    best = floors_by_day(problem, np.array([fit.best.slope]), np.array([fit.best.share]))[0]
    thinned = np.unique(np.linspace(0, len(region.slope) - 1, 60).astype(int))
    several = floors_by_day(problem, region.slope[thinned], region.share[thinned])
    low, high = np.minimum(several.min(axis=0), best), np.maximum(several.max(axis=0), best)
    if best.min() <= 0:
        return best, low, high
    of_total = np.sqrt(_CHI2_95 * fit.dispersion / problem.total)
    below = np.hypot(of_total, np.log(best / np.maximum(low, 1e-12)))
    return best, best * np.exp(-below), best * np.exp(np.hypot(of_total, np.log(high / best)))


def response_by_day(fit: Fit) -> np.ndarray:
    """The extra activity per exposed day on every day of the record, what was carried over included."""
    best = fit.best
    return on_top_by_day(fit.problem, best.place, best.share, best.carried)


def _parameters(problem: Problem) -> int:
    """Floor, its trend, height, half-life, carry-over."""
    return 1 + problem.trend + bool(problem.weights.any()) + problem.responds + problem.carried


def _effect(problem: Problem, best: Point) -> float:
    """The likelihood ratio of a response to incidents, 0 without any."""
    if not problem.weights.any():
        return 0.0
    return max(0.0, 2 * (best.log_likelihood - likelihood.without_response(problem)))


def _poisson(counts: np.ndarray, model: Searched) -> float:
    """The Poisson log-likelihood of all days, short of what depends on the counts alone."""
    mean = expected(model.problem, model.found.best())
    used = mean > 0
    return float((counts[used] * np.log(mean[used])).sum() - mean.sum())


def _can_respond(problem: Problem) -> bool:
    """True without incidents, or when an exposed day follows the first one."""
    incidents = np.flatnonzero(problem.weights > 0)
    return len(incidents) == 0 or bool(problem.exposure[incidents[0] :].any())


def _as_region(point: Point) -> Region:
    """One point as a region of one row."""
    return Region(*(np.array([cell]) for cell in (point.place, point.slope, point.carried, point.share)))


def _outputs(problem: Problem, rows: Region) -> dict[str, np.ndarray]:
    """Every output of the fit at each point; floor and height per exposed day."""
    tau = np.exp(rows.place) / LN2
    unique, where = np.unique(rows.place, return_inverse=True)
    totals = mixture.responses(problem, unique)[1][where]
    slopes, same = np.unique(rows.slope, return_inverse=True)
    now, total = (cells[same] for cells in mixture.floor_levels(problem, slopes))
    floor = rows.share * problem.total * now / total
    height = (1 - rows.share) * (1 - rows.carried) * problem.total / totals
    span = policy.value("level_days")
    extra = height * tau * -np.expm1(-span / tau) / span
    with np.errstate(divide="ignore"):
        faded = np.log(height / np.maximum(policy.value("back_share") * floor, 1e-300))
    return {
        "share": rows.share,
        "floor": floor,
        "height": height,
        "level": floor / np.maximum(floor + extra, 1e-300),
        "days_back": np.maximum(tau * faded, 0.0),
    }


def _half_life_ends(problem: Problem, low: float, high: float) -> Interval:
    return (
        0.0 if low <= 0 else float(np.exp(low)),
        float("inf") if high >= problem.longest else float(np.exp(high)),
    )


def _growth_ends(region: Region) -> Interval:
    """A slope at the end of the search is no bound."""
    low, high = float(region.slope.min()), float(region.slope.max())
    return (
        0.0 if low <= -STEEPEST else float(np.exp(low)),
        float("inf") if high >= STEEPEST else float(np.exp(high)),
    )


def block_dispersion(counts: np.ndarray, mean: np.ndarray, parameters: int) -> tuple[float, int]:
    """Pearson dispersion over 28-day blocks and its degrees of freedom.

    Blocks, because meetings come in series that single days do not show.
    """
    width = int(policy.value("dispersion_block_days"))
    blocks = len(counts) // width
    seen = np.where(mean > 0, counts, 0.0)[: blocks * width].reshape(blocks, width).sum(axis=1)
    hoped = mean[: blocks * width].reshape(blocks, width).sum(axis=1)
    used = hoped > 0.5
    freedom = max(blocks - parameters, 4)
    if not used.any():
        return 1.0, freedom
    pearson = float((np.square(seen[used] - hoped[used]) / hoped[used]).sum())
    return max(1.0, pearson / max(int(used.sum()) - parameters, 1)), freedom


def _with_total(value: float, interval: Interval, dispersion: float, total: float) -> Interval:
    """Adds the uncertainty of the total count, on the log scale, to an interval given that total."""
    if value <= 0:
        return interval
    of_total = np.sqrt(_CHI2_95 * dispersion / total)
    below = np.hypot(of_total, np.log(value / interval[0])) if interval[0] > 0 else np.inf
    above = np.hypot(of_total, np.log(max(interval[1], value) / value))
    return float(value * np.exp(-below)), float(value * np.exp(above))
