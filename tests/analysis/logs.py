"""Builders of logs with defaults, so that a test only says what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from tracker.analysis import Assessment, assess
from tracker.analysis.question import Log, LoggedIncident, Question
from tracker.records import Silence

MONDAY = date(2020, 1, 6)


def a_log(
    activities: Iterable[date] = (),
    *,
    first: date = MONDAY,
    last: date = date(2022, 12, 31),
    entries: Iterable[date] = (),
    incidents: Iterable[tuple[date, int]] = (),
    silences: Iterable[Silence] = (),
) -> Log:
    """A log in which every activity is one entry; `entries` are days logged without a joint activity."""
    days = sorted(activities)
    happened = sorted(incidents)
    everything = {*days, *entries, *(day for day, _ in happened)}
    return Log(
        first=first,
        last=last,
        activities=pd.Series(1.0, index=pd.DatetimeIndex(days)).groupby(level=0).sum(),
        entry_days=pd.DatetimeIndex(sorted(everything)),
        incidents=tuple(
            LoggedIncident(day=day, title="incident", severity=severity, counts=True)
            for day, severity in happened
        ),
        silences=tuple(silences),
    )


def every(days: int, first: date = MONDAY, last: date = date(2022, 12, 31)) -> list[date]:
    """A day every so many days, from `first` up to and including `last`."""
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, days)]


def judged(log: Log, **question: object) -> Assessment:
    """The assessment of a log at its own end."""
    assert log.last is not None
    return assess(log, Question(until=log.last, **question))  # type: ignore[arg-type]
