"""Daily series -> what happened in peacetime, counted without a model.

Peacetime: at least 90 days after the last serious incident, and not in the first 90 days of the log,
because nobody knows what came before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import betaincinv, gammaincinv

from tracker.analysis import policy
from tracker.analysis.series import Series

_YEAR = 365
_LEAST_SPELL = 28


@dataclass(frozen=True, kw_only=True)
class RateRatio:
    """Activity per expected day of one period over another, with its exact conditional 95 % interval.

    `recent` and `before` are the counts; `ratio` is None when nothing was counted before;
    `high` is inf then. None of the three is ever a NaN.
    """

    ratio: float | None
    low: float
    high: float
    recent: float
    before: float


def days_since_serious(series: Series) -> np.ndarray:
    """Per day the days since the last serious incident, 0 on its own day; inf before the first one."""
    day = np.arange(len(series.counts))
    last = np.maximum.accumulate(np.where(series.serious, day, -1))
    return np.where(last >= 0, day - last, np.inf)


def in_peacetime(series: Series) -> np.ndarray:
    """Per day whether it is known to be peacetime."""
    quiet = policy.value("peacetime_days")
    return (days_since_serious(series) >= quiet) & (np.arange(len(series.counts)) >= quiet)


def known(series: Series) -> np.ndarray:
    """Per day whether activity can be expected and somebody was logging: a ground to compare counts."""
    return (series.exposure > 0) & ~series.doubtful


def spells(series: Series) -> pd.DataFrame:
    """Stretches of peacetime of four weeks or longer: start, end (included), days, current (bool)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], in_peacetime(series).astype(int), [0]))))
    starts, ends = edges[::2], edges[1::2] - 1
    length = ends - starts + 1
    frame = pd.DataFrame(
        {
            "start": series.days[starts],
            "end": series.days[ends],
            "days": length,
            "current": ends == len(series.counts) - 1,
        }
    )
    return frame[length >= _LEAST_SPELL].reset_index(drop=True)


def recent_changes(series: Series, dispersion: float) -> list[tuple[date, RateRatio]]:
    """The last half year and the last year, each against all earlier peacetime; (first day, ratio).

    On peacetime days where activity can be expected; a period is left out when a side has fewer than 20.
    """
    length = len(series.counts)
    usable = _countable(series)
    found = []
    for name in ("recent_short_days", "recent_long_days"):
        start = length - int(policy.value(name))
        recent = usable & (np.arange(length) >= start)
        ratio = _compared(series, recent, usable & ~recent, dispersion, policy.value("recent_confidence"))
        if ratio is not None:
            found.append((series.days[max(start, 0)].date(), ratio))
    return found


def last_year_against_before(series: Series, dispersion: float) -> RateRatio | None:
    """The last 365 days against the 365 before, on peacetime days where activity can be expected.

    None when the record is shorter than two years or a side has fewer than 20 such days.
    """
    length = len(series.counts)
    if length < policy.value("least_days_retention"):
        return None
    age = np.arange(length)[::-1]
    usable = _countable(series)
    recent, before = usable & (age < _YEAR), usable & (age >= _YEAR) & (age < 2 * _YEAR)
    return _compared(series, recent, before, dispersion, policy.value("confidence"))


def rate_ratio(
    recent: tuple[float, float], before: tuple[float, float], dispersion: float, confidence: float
) -> RateRatio:
    """Ratio of two rates, each (count, exposed days), by the exact split of their total.

    Clopper-Pearson (beta quantiles) on counts divided by the dispersion; zero counts give a finite
    lower bound of 0. Assumes positive exposed days.
    """
    tail = (1 - confidence) / 2
    ours, theirs = recent[0] / dispersion, before[0] / dispersion
    odds = before[1] / recent[1]
    low = float(betaincinv(ours, theirs + 1, tail)) if ours > 0 else 0.0
    high = float(betaincinv(ours + 1, theirs, 1 - tail)) if theirs > 0 else 1.0
    return RateRatio(
        ratio=recent[0] / before[0] * odds if before[0] > 0 else None,
        low=low / (1 - low) * odds if low < 1 else np.inf,
        high=high / (1 - high) * odds if high < 1 else np.inf,
        recent=recent[0],
        before=before[0],
    )


def total(series: Series, days: np.ndarray) -> tuple[float, float]:
    """(count, exposed days) of a set of days."""
    return float(series.counts[days].sum()), float(series.exposure[days].sum())


def rate_interval(count: float, dispersion: float) -> tuple[float, float]:
    """The 95 % interval of an expected count: exact (gamma quantiles) on the count over its dispersion."""
    tail = (1 - policy.value("confidence")) / 2
    part = count / dispersion
    low = float(gammaincinv(part, tail)) if part > 0 else 0.0
    return low * dispersion, float(gammaincinv(part + 1, 1 - tail)) * dispersion


def _countable(series: Series) -> np.ndarray:
    """Peacetime days where activity can be expected and somebody was logging."""
    return in_peacetime(series) & known(series)


def _compared(
    series: Series, recent: np.ndarray, before: np.ndarray, dispersion: float, confidence: float
) -> RateRatio | None:
    """The ratio of two sets of days, None when one has too few."""
    if min(recent.sum(), before.sum()) < policy.value("least_peacetime_days_side"):
        return None
    return rate_ratio(total(series, recent), total(series, before), dispersion, confidence)
