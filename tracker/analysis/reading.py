"""Daily series -> what the method reads from it, and which of those numbers may be stated."""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tracker.analysis import (
    amplitudes,
    calendar,
    companion,
    decay,
    holiday_factor,
    onset,
    peacetime,
    policy,
    shapes,
)
from tracker.analysis.companion import Companion
from tracker.analysis.decay import Fit
from tracker.analysis.estimate import MISSING, Estimate
from tracker.analysis.peacetime import RateRatio
from tracker.analysis.question import LoggedIncident
from tracker.analysis.series import Series


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The fitted decay and the raw counts of one series, before any word is chosen.

    `fit` is None without activity; without an incident that activity can respond to it holds the floor
    alone. `year` compares the last two years when the floor has no trend. `recent` compares the last half
    year and year with all earlier peacetime. `followed` counts incidents with four weeks of follow-up.
    """

    days: Series
    fit: Fit | None
    year: RateRatio | None
    recent: tuple[tuple[date, RateRatio], ...]
    raw: Companion | None
    followed: int
    ahead: RateRatio | None = None
    holidays: Estimate = MISSING
    carry_over: bool | None = None

    @cached_property
    def qaic(self) -> dict[str, float]:
        """QAIC of each shape, lower is better; empty without an effect: then there is no shape."""
        return shapes.compared(self.fit) if self.fit is not None and self.has_effect else {}

    @cached_property
    def free_half_life(self) -> float | None:
        """The half-life in days when every incident may have a height of its own; None without an effect."""
        return amplitudes.free_half_life(self.fit) if self.fit is not None and self.has_effect else None

    @property
    def has_incidents(self) -> bool:
        """True when at least one incident entered the model."""
        return bool((self.days.weights > 0).any())

    @property
    def responds(self) -> bool:
        """True when the model has incidents to which activity can respond."""
        return self.fit is not None and bool(self.fit.problem.weights.any())

    @property
    def has_effect(self) -> bool:
        """True when activity after incidents clearly differs from the floor."""
        return self.fit is not None and self.fit.effect_lr > policy.value("effect_lr")

    @property
    def half_life_open(self) -> bool:
        """True when there is an effect that may be slower than a quarter of the record."""
        return self.has_effect and self.fit is not None and math.isinf(self.fit.half_life_interval[1])

    @property
    def level(self) -> tuple[float, float] | None:
        """The bounds of the peacetime level, None without incidents to respond to."""
        return self.fit.level_interval if self.fit is not None and self.responds else None

    @property
    def growth(self) -> tuple[float, float] | None:
        """The bounds of the floor now over a year ago, None when the years cannot be compared."""
        if self.fit is not None and self.fit.has_trend:
            return self.fit.growth_interval
        return (self.year.low, self.year.high) if self.year else None


def read(days: Series, incidents: tuple[LoggedIncident, ...], *, carry_over: bool | None = None) -> Reading:
    """Fits and counts one series; of the incidents only those that count are followed.

    `carry_over` says whether the log starts in the middle of an aftermath; None lets the data say.
    """
    fit = _fitted(days, carry_over)
    holidays = holiday_factor.factor(days, fit)
    if fit is not None:
        days = replace(days, exposure=fit.problem.exposure)
    dispersion = fit.dispersion if fit else None
    trend = fit is not None and fit.has_trend
    responds = fit is not None and bool(fit.problem.weights.any())
    follow_up = [(days.last - one.day).days for one in incidents if one.counts]
    return Reading(
        days=days,
        fit=fit,
        year=peacetime.last_year_against_before(days, dispersion) if dispersion and not trend else None,
        recent=tuple(peacetime.recent_changes(days, dispersion)) if dispersion else (),
        raw=companion.compare(days, fit) if fit is not None and responds else None,
        followed=sum(span >= policy.value("follow_up_days") for span in follow_up),
        ahead=onset.before_incidents(days, fit) if fit is not None and responds else None,
        holidays=holidays,
        carry_over=carry_over,
    )


def cores() -> ThreadPoolExecutor:
    """A thread a core for several reckonings at once: numpy lets go of the interpreter while it works. What
    runs there may share nothing that it changes."""
    return ThreadPoolExecutor(os.cpu_count())


def estimates(reading: Reading) -> dict[str, Estimate]:
    """The six estimates of the finding by name, each with its status and the reason for it."""
    half_life = _half_life(reading)
    return {
        "peacetime_level": _share_of(reading, "level"),
        "structural_share": _share_of(reading, "share"),
        "floor_now_per_week": _floor(reading),
        "retention_year": _retention(reading),
        "half_life_days": half_life,
        "days_back": _days_back(reading, half_life),
        "holiday_factor": reading.holidays,
        "response_delay_days": _delay(reading),
        "before_incidents": _before(reading),
    }


def raw_ratio(reading: Reading) -> Estimate:
    """The companion's ratio of peacetime over aftermath."""
    if reading.raw is None:
        return Estimate(why=_why_no_fit(reading))
    ratio = reading.raw.ratio
    if ratio.ratio is None or math.isinf(ratio.high):
        return Estimate(low=ratio.low, status="open", why="open_end")
    return Estimate(value=ratio.ratio, low=ratio.low, high=ratio.high, status="ok")


def _fitted(days: Series, carry_over: bool | None) -> Fit | None:
    """The fit with incidents where activity can respond to them, else of the floor alone."""
    trend = decay.wants_trend(days.counts)
    for weights in (days.weights, 0 * days.weights):
        fit = decay.fit(
            days.counts, days.exposure, weights, trend=trend, holidays=days.school, carry_over=carry_over
        )
        if fit is not None:
            return fit
    return None


def _delay(reading: Reading) -> Estimate:
    if reading.fit is None or not reading.responds:
        return Estimate(why=_why_no_fit(reading))
    return onset.delay(reading.fit) if reading.has_effect else Estimate(status="hidden", why="no_effect")


def _before(reading: Reading) -> Estimate:
    """The interval is the one that decides about `ran_ahead`, wider than others."""
    if reading.ahead is None:
        return Estimate(why="too_few_days" if reading.responds else _why_no_fit(reading))
    ratio = reading.ahead
    if ratio.ratio is None or math.isinf(ratio.high):
        return Estimate(low=ratio.low, status="open", why="open_end")
    return Estimate(value=ratio.ratio, low=ratio.low, high=ratio.high, status="ok")


def _share_of(reading: Reading, name: str) -> Estimate:
    if reading.fit is None or not reading.responds:
        return Estimate(why=_why_no_fit(reading))
    value, (low, high) = getattr(reading.fit, name), getattr(reading.fit, f"{name}_interval")
    if high - low > policy.value("widest_level"):
        return Estimate(status="hidden", why="wide_interval")
    return Estimate(value=value, low=low, high=high, status="ok")


def _floor(reading: Reading) -> Estimate:
    if reading.fit is None:
        return Estimate(why="no_activities")
    week = calendar.days_a_week(reading.days.calendar)
    low, high = reading.fit.floor_interval
    return Estimate(value=reading.fit.floor * week, low=low * week, high=high * week, status="ok")


def _retention(reading: Reading) -> Estimate:
    """A wide interval is still stated, roughly, when all of it lies below the line of a fall."""
    if reading.growth is None:
        short = len(reading.days.counts) < policy.value("least_days_retention")
        return Estimate(why="short_record" if short else "too_few_days")
    low, high = reading.growth
    trend = reading.fit.growth if reading.fit is not None and reading.fit.has_trend else None
    ratio = trend if trend is not None else reading.year.ratio if reading.year else None
    if ratio is not None and low > 0 and high <= policy.value("widest_retention") * low:
        return Estimate(value=ratio, low=low, high=high, status="ok")
    if ratio is not None and high < policy.value("retention_falls"):
        return Estimate(value=ratio, low=low, high=high, status="roughly", why="wide_interval")
    return Estimate(status="hidden", why="wide_interval")


def _half_life(reading: Reading) -> Estimate:
    """Stated only when there is an effect and the interval is closed and narrow enough."""
    if reading.fit is None or not reading.responds:
        return Estimate(why=_why_no_fit(reading))
    if not reading.has_effect:
        return Estimate(status="hidden", why="no_effect")
    low, high = reading.fit.half_life_interval
    if math.isinf(high):
        return Estimate(low=low or None, status="open", why="open_end")
    if low == 0:
        return Estimate(high=high, status="open", why="search_edge")
    if reading.fit.at_search_edge or high > policy.value("half_life_rough_ratio") * low:
        return Estimate(status="hidden", why="search_edge" if reading.fit.at_search_edge else "wide_interval")
    if shapes.behind(reading.qaic) > policy.value("shape_qaic"):
        return Estimate(status="hidden", why="other_shape")
    if _leans_on_shared_height(reading):
        return Estimate(status="hidden", why="unequal_incidents")
    rough = high > policy.value("half_life_ratio") * low
    few = reading.followed < policy.value("typical_incidents")
    why = "wide_interval" if rough else "few_incidents" if few else ""
    status = "roughly" if rough else "ok"
    return Estimate(value=reading.fit.half_life_days, low=low, high=high, status=status, why=why)


def _leans_on_shared_height(reading: Reading) -> bool:
    """True when the half-life is another one once every incident may have a height of its own."""
    free, shared = reading.free_half_life, reading.fit.half_life_days if reading.fit else None
    if free is None or shared is None:
        return False
    return max(free / shared, shared / free) > policy.value("free_half_life_ratio")


def _days_back(reading: Reading, half_life: Estimate) -> Estimate:
    """Follows the half-life: without a rate of fading there is no day on which it has faded."""
    if reading.fit is None or not half_life.stated:
        status = half_life.status if half_life.status == "missing" else "hidden"
        return Estimate(status=status, why=half_life.why)
    low, high = reading.fit.days_back_interval
    if math.isinf(high):
        return Estimate(low=low, status="open", why="open_end")
    value = reading.fit.days_back
    return Estimate(value=value, low=low, high=high, status=half_life.status, why=half_life.why)


def _why_no_fit(reading: Reading) -> str:
    if reading.fit is None:
        return "no_activities"
    return "no_fit" if reading.has_incidents else "no_incidents"
