"""Values that were counted elsewhere -> sums per week, and the weeks around incidents.

This is attention, not cooperation. Nothing here reaches a fit or a verdict: the log of a question does not
hold these values. A week in which no day has a value is not known, and never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from tracker.analysis.epochs import Epochs, of_values
from tracker.analysis.question import LoggedIncident
from tracker.records import SeriesPoint

_SUNDAY = 6


@dataclass(frozen=True, kw_only=True)
class Attention:
    """One series by week: `weeks` has week (its Monday), total (NaN without a value), days (with a value).

    One row a week, ascending and without gaps, from the first week with a value to the last. `values`: the
    same per day from that Monday on, to the last Sunday or the last day asked for; NaN without a value.
    """

    name: str
    first: date
    weeks: pd.DataFrame
    values: np.ndarray

    @property
    def unknown_weeks(self) -> int:
        """How many of the weeks have no value."""
        return int(self.weeks["total"].isna().sum())


def attention(points: Iterable[SeriesPoint], *, until: date, since: date | None = None) -> list[Attention]:
    """Every series that has a value from `since` up to `until`, by name."""
    named: dict[str, dict[date, float]] = {}
    for point in points:
        if point.happened_on <= until and (since is None or since <= point.happened_on):
            named.setdefault(point.series, {})[point.happened_on] = point.value
    return [_by_week(name, named[name], until) for name in sorted(named, key=str.casefold)]


def around(one: Attention, incidents: Sequence[LoggedIncident]) -> Epochs:
    """The weeks of a series around the incidents that end peacetime: what it added up to in each."""
    return of_values(one.values, one.first, incidents)


def unknown(one: Attention, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The stretches of weeks without a value from `first` to `last`, both ends included, ascending."""
    known = {week.date() for week in one.weeks["week"][one.weeks["total"].notna()]}
    monday = first - timedelta(days=first.weekday())
    start: date | None = None
    while monday <= last:
        if monday in known:
            if start is not None:
                yield start, monday - timedelta(days=1)
            start = None
        elif start is None:
            start = max(monday, first)
        monday += timedelta(days=7)
    if start is not None:
        yield start, last


def _by_week(name: str, values: dict[date, float], until: date) -> Attention:
    first = min(values) - timedelta(days=min(values).weekday())
    last = min(until, max(values) + timedelta(days=_SUNDAY - max(values).weekday()))
    daily = np.full((last - first).days + 1, np.nan)
    for day, value in values.items():
        daily[(day - first).days] = value
    frame = pd.DataFrame({"value": daily, "week": pd.Timestamp(first)})
    frame["week"] += pd.to_timedelta(np.arange(len(daily)) // 7 * 7, unit="D")
    weeks = frame.groupby("week")["value"].agg(total=lambda of: of.sum(min_count=1), days="count")
    return Attention(name=name, first=first, weeks=weeks.reset_index(), values=daily)
