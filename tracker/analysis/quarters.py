"""A log through its quarters: the floor of each with its interval, and the verdict at the end of each."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from threading import Lock

import numpy as np
import pandas as pd

from tracker.analysis import calendar, decay, headline, policy, reading, series, structure, verdict
from tracker.analysis.decay import Fit
from tracker.analysis.finding import Finding
from tracker.analysis.meetings import Meetings
from tracker.analysis.peacetime import rate_interval
from tracker.analysis.question import Log, Question
from tracker.analysis.reading import Reading
from tracker.analysis.series import Series

_REGION_POINTS = 24
_SHOWN = 12
_MOST_KEPT = 10 * (_SHOWN + 1)
_COLUMNS = ("start", "end", "count", "floor", "low", "high", "hollow")


_kept: dict[bytes, Finding] = {}
_lock = Lock()


@dataclass(frozen=True, kw_only=True)
class QuarterVerdict:
    """The finding as it looked on the last evening of a quarter."""

    end: date
    finding: Finding


def floor_by_quarter(seen: Reading) -> pd.DataFrame:
    """One row a calendar quarter, ascending: start, end (included), count, floor, low, high, hollow.

    The floor per week is what the quarter holds beyond the extra after incidents, each quarter by itself;
    its interval joins the chance in the counts with what is not known of the extra. NaN where too few
    days were logged. `hollow`: fewer than ten activities.
    """
    fit, days = seen.fit, seen.days
    if fit is None:
        return pd.DataFrame({name: [] for name in _COLUMNS})
    extras = _extras(fit, seen)
    week = calendar.days_a_week(days.calendar)
    rows = [
        (*_bounds(days, part), *_floor(days, part, extras, fit.dispersion, week)) for part in _parts(days)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def verdicts(log: Log, question: Question, meetings: Meetings) -> list[QuarterVerdict]:
    """The headline at the end of each of the last twelve full quarters and today, ascending."""
    assert log.first is not None, "nothing logged: there are no quarters"
    assert log.last is not None
    ends = _quarter_ends(log.first, log.last)[-_SHOWN:]
    evenings = [*ends, log.last]
    with reading.cores() as pool:
        looked = [pool.submit(_looked, log.until(end), question, meetings.as_of(end)) for end in evenings]
    findings = [one.result() for one in looked]
    return [QuarterVerdict(end=end, finding=found) for end, found in zip(evenings, findings, strict=True)]


def _looked(log: Log, question: Question, meetings: Meetings) -> Finding:
    """`_as_it_looked`, kept by all that it rests on: an entry of today changes no earlier evening."""
    key = sha256(pickle.dumps((log, question, meetings))).digest()
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = _as_it_looked(log, question, meetings)
    with _lock:
        _kept.pop(key, None)
        _kept[key] = found  # the newest last
        for oldest in list(_kept)[:-_MOST_KEPT]:
            del _kept[oldest]
    return found


def _as_it_looked(log: Log, question: Question, meetings: Meetings) -> Finding:
    assert log.last is not None
    if len(log.entry_days) == 0:
        activity = verdict.nothing_logged(log.last)
    else:
        days, carry_over = series.daily(log, question), question.starts_in_aftermath
        activity = verdict.judge(log, reading.read(days, log.incidents, carry_over=carry_over))
    return headline.joined(activity, structure.structure(meetings))


def _quarter_ends(first: date, last: date) -> list[date]:
    starts = pd.date_range(first, last + timedelta(days=1), freq="QS")
    ends = (start.date() - timedelta(days=1) for start in starts)
    return [end for end in ends if first < end < last]


def _parts(days: Series) -> list[np.ndarray]:
    """Positions of the days of each quarter."""
    quarter = days.days.year * 4 + days.days.quarter
    return [np.flatnonzero(quarter == one) for one in np.unique(quarter)]


def _bounds(days: Series, part: np.ndarray) -> tuple[pd.Timestamp, pd.Timestamp]:
    return days.days[part[0]], days.days[part[-1]]


def _extras(fit: Fit, seen: Reading) -> np.ndarray:
    """Extra per exposed day (rows, days): the best fit first, then points around the edge of its region."""
    if not seen.has_effect and not fit.problem.carried:
        return np.zeros((1, len(seen.days.counts)))
    region = fit.region
    chosen = np.unique(np.linspace(0, len(region.place) - 1, _REGION_POINTS).astype(int))
    points = zip(region.place[chosen], region.share[chosen], region.carried[chosen], strict=True)
    rows = [decay.response_by_day(fit)]
    rows += [decay.on_top_by_day(fit.problem, *(float(cell) for cell in point)) for point in points]
    return np.array(rows)


def _floor(
    days: Series, part: np.ndarray, extras: np.ndarray, dispersion: float, week: int
) -> tuple[float, float, float, float, bool]:
    """count, floor, low, high (per week), hollow."""
    counts, exposure = days.counts[part], np.where(days.doubtful[part], 0.0, days.exposure[part])
    total, exposed = float(counts.sum()), float(exposure.sum())
    hollow = total < policy.value("hollow_activities")
    if exposed < policy.value("least_quarter_days"):
        return total, np.nan, np.nan, np.nan, hollow
    extra = (extras[:, part] * exposure).sum(axis=1)
    floors = np.maximum(total - extra, 0.0) / exposed * week
    low, high = (edge / exposed * week for edge in rate_interval(total, dispersion))
    middle, mean = float(floors[0]), total / exposed * week
    below = np.hypot(mean - low, middle - floors.min())
    above = np.hypot(high - mean, floors.max() - middle)
    return total, middle, max(0.0, middle - float(below)), middle + float(above), hollow
