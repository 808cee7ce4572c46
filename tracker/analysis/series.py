"""A log -> daily arrays: counts on days that can have them, incident weights, and what nobody logged.

A week without events counts as zero when somebody was logging; a silence longer than the usual gap
is unknown, not zero, until somebody says what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from tracker.analysis import calendar, policy, school_holidays
from tracker.analysis.question import Log, Question

_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, kw_only=True)
class Series:
    """Daily arrays of equal length from `first` to `last`, both included.

    `counts`: activities, moved to the next day that can have them; `logged`: the same on the day they
    were logged; `exposure`: 0 where no activity is expected or the week is unknown; `weights`: sum of
    severity / typical severity of the incidents that day; `serious`: an incident that ends peacetime
    that day; `unknown`: days of unknown weeks; `unanswered`: those of them nobody explained; `doubtful`:
    all days of a silence that grew unusual, also those before it did, unless nothing happened: no evidence
    that somebody was logging, so no ground for a comparison of counts; `school`: school holidays; `guessed`:
    those of them that no list of dates confirms.
    """

    first: date
    last: date
    calendar: str
    counts: np.ndarray
    logged: np.ndarray
    exposure: np.ndarray
    weights: np.ndarray
    serious: np.ndarray
    unknown: np.ndarray
    unanswered: np.ndarray
    doubtful: np.ndarray
    school: np.ndarray
    guessed: np.ndarray

    @property
    def days(self) -> pd.DatetimeIndex:
        """The calendar days of the arrays."""
        return pd.date_range(self.first, self.last, freq="D")

    def with_unanswered_as_zero(self) -> Series:
        """The same series, if nothing had happened in the weeks nobody explained."""
        full = calendar.exposure(self.first, self.last, self.calendar)
        explained = self.unknown & ~self.unanswered
        return replace(self, exposure=np.where(explained, 0.0, full), doubtful=explained)


def daily(log: Log, question: Question, *, equal_weights: bool = False) -> Series:
    """The arrays for a log with at least one entry (`log.first` is a day).

    `equal_weights` lets every incident weigh as an average one, to see whether the verdict leans on severity.
    """
    assert log.first is not None, "nothing logged: there is no series"
    assert log.last is not None
    expected = calendar.exposure(log.first, log.last, question.calendar)
    logged = _on_days(log.activities.index, log.activities.to_numpy(float), log)
    unknown, unanswered, doubtful = _unknown_days(log, len(expected))
    school, guessed = school_holidays.days(log.first, log.last, question.calendar)
    incidents = [incident for incident in log.incidents if incident.counts]
    days = pd.DatetimeIndex([incident.day for incident in incidents])
    severity = np.array([incident.severity for incident in incidents], float)
    return Series(
        first=log.first,
        last=log.last,
        calendar=question.calendar,
        counts=_on_expected_days(logged, expected),
        logged=logged,
        exposure=np.where(unknown, 0.0, expected),
        weights=_on_days(
            days, np.ones(len(days)) if equal_weights else severity / policy.value("typical_severity"), log
        ),
        serious=_serious_days(log, len(expected)),
        unknown=unknown,
        unanswered=unanswered,
        doubtful=doubtful,
        school=school,
        guessed=guessed,
    )


def weekly(series: Series) -> pd.DataFrame:
    """One row a calendar week, ascending, no gaps: week (its Monday), count, unknown.

    Counts stand in the week they were logged. A week is unknown only when all its days in the window are.
    """
    frame = pd.DataFrame({"count": series.logged, "unknown": series.unknown})
    frame["week"] = series.days - pd.to_timedelta(series.days.day_of_week, unit="D")
    return frame.groupby("week", as_index=False).agg({"count": "sum", "unknown": "all"})


def usual_gap(gaps: np.ndarray) -> float:
    """Days of silence that are usual after the earlier `gaps` (days): their 95 % quantile, at least 28."""
    least = policy.value("silence_least_days")
    return max(least, float(np.quantile(gaps, policy.value("silence_quantile")))) if len(gaps) else least


def _serious_days(log: Log, length: int) -> np.ndarray:
    """Days with an incident that ends peacetime, also where a question left it out for its severity."""
    assert log.first is not None
    least = policy.value("peacetime_severity")
    found = np.zeros(length, bool)
    found[[(one.day - log.first).days for one in log.incidents if one.happened and one.severity >= least]] = (
        True
    )
    return found


def _on_days(days: pd.DatetimeIndex, amounts: np.ndarray, log: Log) -> np.ndarray:
    assert log.first is not None
    assert log.last is not None
    place = (days - pd.Timestamp(log.first)).days.to_numpy() if len(days) else np.zeros(0, int)
    length = (log.last - log.first).days + 1
    return np.bincount(place, weights=amounts, minlength=length).astype(float)[:length]


def _on_expected_days(logged: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """A count on a day off belongs to the next day that is not; at the very end, to the last one."""
    if not expected.any():
        return np.zeros_like(logged)
    active = np.flatnonzero(expected)
    target = active[np.minimum(np.searchsorted(active, np.arange(len(logged))), len(active) - 1)]
    return np.bincount(target, weights=logged, minlength=len(logged)).astype(float)


def _unknown_days(log: Log, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days of weeks that nobody logged, those among them that nobody explained, and the doubtful days."""
    silent, whole = _silent_days(log, length)
    said = {answer: _answered(log, answer, length) for answer in ("nothing_happened", "not_logged")}
    unknown = _whole_weeks((silent | said["not_logged"]) & ~said["nothing_happened"], log)
    return unknown, unknown & ~said["not_logged"], whole & ~said["nothing_happened"]


def _silent_days(log: Log, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Days of a silence beyond the usual gap of the silences before it, and all days of such a silence."""
    silent, whole = np.zeros(length, bool), np.zeros(length, bool)
    entries = (log.entry_days - pd.Timestamp(log.first)).days.to_numpy()
    if len(entries) == 0:
        return ~silent, ~whole
    ends = np.append(entries[1:], length)
    gaps = ends - entries
    for place in np.flatnonzero(gaps > policy.value("silence_least_days")):
        beyond = entries[place] + int(np.ceil(usual_gap(gaps[:place])))
        silent[beyond + 1 : ends[place]] = True
        whole[entries[place] + 1 : ends[place]] = beyond + 1 < ends[place]
    late = entries[0] > policy.value("silence_least_days")
    silent[: entries[0]] = whole[: entries[0]] = late
    return silent, whole


def _answered(log: Log, answer: str, length: int) -> np.ndarray:
    assert log.first is not None
    days = np.zeros(length, bool)
    for silence in log.silences:
        if silence.answer == answer:
            start = max(0, (silence.first_day - log.first).days)
            days[start : max(0, (silence.last_day - log.first).days + 1)] = True
    return days


def _whole_weeks(days: np.ndarray, log: Log) -> np.ndarray:
    """Keeps only calendar weeks of which every day in the window is marked."""
    assert log.first is not None
    week = (np.arange(len(days)) + log.first.weekday()) // 7
    marked = np.bincount(week, weights=days) == np.bincount(week)
    return marked[week]
