"""A finding and its series -> the data of the timeline: weeks, floor, extra, incidents, peacetime."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from tracker.analysis import calendar, coverage, decay, peacetime, series, sufficiency
from tracker.analysis.decay import Fit
from tracker.analysis.finding import Finding, TimelineFacts
from tracker.analysis.question import Log
from tracker.analysis.reading import Reading
from tracker.analysis.series import Series

_EVERY = 3
_CURVE_COLUMNS = ("day", "segment", "floor", "floor_low", "floor_high", "expected")


def facts(log: Log, seen: Reading, finding: Finding) -> TimelineFacts:
    """Everything the timeline draws; the model is left out while it is always too early to say."""
    days = seen.days
    shown = None if sufficiency.always_too_early(finding.needed) else seen.fit
    return TimelineFacts(
        first=days.first,
        last=days.last,
        weeks=_weeks(days, finding, shown),
        curve=_curve(days, finding, shown),
        incidents=_incidents(log),
        peace=peacetime.spells(days),
        unknown=coverage.unknown_stretches(days),
    )


def empty(until: date) -> TimelineFacts:
    """The timeline of an empty log: the week of `until` and nothing in it."""
    return TimelineFacts(
        first=until - timedelta(days=6),
        last=until,
        weeks=pd.DataFrame({name: [] for name in ("week", "count", "unknown", "floor", "extra")}),
        curve=pd.DataFrame({name: [] for name in _CURVE_COLUMNS}),
        incidents=pd.DataFrame({name: [] for name in ("day", "title", "severity", "counts")}),
        peace=pd.DataFrame({name: [] for name in ("start", "end", "days", "current")}),
        unknown=pd.DataFrame({name: [] for name in ("start", "end")}),
    )


def _weeks(days: Series, finding: Finding, fit: Fit | None) -> pd.DataFrame:
    """The weekly counts with the model's floor and extra of the same days, NaN where unknown."""
    weeks = series.weekly(days)
    if fit is None:
        return weeks.assign(floor=np.nan, extra=np.nan)
    monday = days.days - pd.to_timedelta(days.days.day_of_week, unit="D")
    floor, _, _ = decay.floor_by_day(fit)
    model = pd.DataFrame(
        {
            "week": monday,
            "floor": floor * days.exposure,
            "extra": _extra(days, finding, fit) * days.exposure,
        }
    )
    both = weeks.merge(model.groupby("week", as_index=False).sum(), on="week")
    both.loc[both["unknown"], ["floor", "extra"]] = np.nan
    return both


def _curve(days: Series, finding: Finding, fit: Fit | None) -> pd.DataFrame:
    """A point every third day and two at each incident, so that the jump is upright."""
    if fit is None:
        return pd.DataFrame({name: [] for name in _CURVE_COLUMNS})
    week = calendar.days_a_week(days.calendar)
    extra = _extra(days, finding, fit)
    hit = days.weights > 0
    segment = np.cumsum(hit)
    thinned = np.arange(len(extra)) % _EVERY == 0
    thinned[-1] = True
    after = np.flatnonzero(thinned | hit)
    jumps = np.flatnonzero(hit)
    before = np.where(jumps > 0, extra[np.maximum(jumps - 1, 0)], 0.0)
    place = np.concatenate((after, jumps))
    floor, low, high = (band * week for band in decay.floor_by_day(fit))
    frame = pd.DataFrame(
        {
            "day": days.days[place],
            "segment": np.concatenate((segment[after], segment[jumps] - 1)),
            "floor": floor[place],
            "floor_low": low[place],
            "floor_high": high[place],
            "expected": floor[place] + np.concatenate((extra[after], before)) * week,
        }
    )
    return frame.sort_values(["day", "segment"], ignore_index=True)


def _extra(days: Series, finding: Finding, fit: Fit) -> np.ndarray:
    """Extra activity per expected day; none is drawn where no pattern around incidents is visible."""
    if not fit.problem.carried and ("no_pattern" in finding.reasons or not fit.problem.weights.any()):
        return np.zeros(len(days.counts))
    return decay.response_by_day(fit)


def _incidents(log: Log) -> pd.DataFrame:
    columns = ("day", "title", "severity", "counts")
    rows = [(pd.Timestamp(one.day), one.title, one.severity, one.counts) for one in log.incidents]
    return pd.DataFrame(rows, columns=list(columns))
