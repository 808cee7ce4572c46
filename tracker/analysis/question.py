"""What is asked of the log, and what the log answers: the input of every figure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from tracker.records import Silence

CALENDARS = ("working-days", "every-day")


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which part of the log is judged, as it looked on the evening of `until`.

    `since` None means: from the first entry of any kind. `calendar` says on which days
    activity can be expected; `kinds` empty means all kinds; incidents below `min_severity`
    stay out of the model. `starts_in_aftermath`: whether the log starts in the middle of an aftermath; None
    lets the data say.
    """

    until: date
    since: date | None = None
    calendar: str = "working-days"
    min_severity: int = 1
    kinds: tuple[str, ...] = ()
    starts_in_aftermath: bool | None = None

    @property
    def narrowed(self) -> bool:
        """True when not the whole log is looked at as it always is."""
        usual = Question(until=self.until, starts_in_aftermath=self.starts_in_aftermath)
        return self != usual


@dataclass(frozen=True, kw_only=True)
class LoggedIncident:
    """One incident in the window; `counts` is False when it stays out of the model, `why` says why.

    `id` is its number in the store, 0 for one that is in none.

    `why`: "" | "exercise" | "lawful_protest" | "averted" | "not_reached" | "below_severity".
    """

    day: date
    title: str
    severity: int
    counts: bool
    why: str = ""
    id: int = field(default=0, compare=False)

    @property
    def happened(self) -> bool:
        """True for an incident that counts, or would with a lower `min_severity`."""
        return self.counts or self.why == "below_severity"


@dataclass(frozen=True, kw_only=True)
class Log:
    """What the store read for one `Question`.

    `first` and `last`: the window, both ends included (`first` > `last` never happens; None, None
    when nothing was ever logged up to `until`). `activities`: counted joint activities per day,
    float Series on a DatetimeIndex of days that have any, ascending, no zeros needed.
    `entry_days`: DatetimeIndex, ascending and unique, of the days in the window about which anything
    was logged (any kind, counted or not; planned meetings are no entry).
    `left_out_activities`: activities in the window and of the asked kinds that are not joint.
    """

    first: date | None
    last: date | None
    activities: pd.Series
    entry_days: pd.DatetimeIndex
    incidents: tuple[LoggedIncident, ...] = ()
    silences: tuple[Silence, ...] = ()
    left_out_activities: int = 0

    def until(self, day: date) -> Log:
        """The same log as it looked on the evening of `day`, which lies in its window."""
        assert self.first is not None, "nothing logged: there is no earlier day"
        assert self.first <= day, (self.first, day)
        edge = pd.Timestamp(day)
        return replace(
            self,
            last=day,
            activities=self.activities[self.activities.index <= edge],
            entry_days=self.entry_days[self.entry_days <= edge],
            incidents=tuple(one for one in self.incidents if one.day <= day),
        )

    def from_severity(self, least: int) -> Log:
        """The same log in which only incidents of this severity or worse count."""
        light = (one.counts and one.severity < least for one in self.incidents)
        kept = (
            replace(one, counts=False, why="below_severity") if below else one
            for one, below in zip(self.incidents, light, strict=True)
        )
        return replace(self, incidents=tuple(kept))
