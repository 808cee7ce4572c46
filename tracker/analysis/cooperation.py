"""What the store read of who works together: the input of partners, pairs, agreements and survival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from tracker.analysis import policy
from tracker.analysis.quarter import Quarter
from tracker.records import Agreement, Arrangement, CheckBack, Framing, Incident, IncidentReview, Partner

_QUARTERS = 9


def first_day(until: date) -> date:
    """From which day on attendance is read: two whole years before the quarter that is over last."""
    return Quarter.of(until).back(_QUARTERS).first


@dataclass(frozen=True, kw_only=True)
class Cooperation:
    """Everything known on the evening of `until`, by id; what was closed or ended later still runs.

    `attendance`: one row an organisation at an activity since `since`: activity, day (datetime64),
    arrangement (id, 0 for none), partner; ascending by day. `activities`: one row a logged row of those
    days: activity, day, arrangement, incident, lead (ids, 0 for none), partners (how many took part), count,
    kind and phase (codes, "" for none); ascending by day. Both are of all activities, also those of one
    organisation. `known_before`: the organisations that took part in anything before `since`. `first_met`:
    the first meeting of an arrangement. `counts`: the incidents that enter the model. `withdrawn`:
    organisations that were taken back; what they did stays, but nobody waits for them. `framings`: how
    domains name these incidents, whenever they said so; `looked_back`: the review of an incident, by its id.
    """

    since: date
    until: date
    partners: dict[int, Partner]
    arrangements: dict[int, Arrangement]
    incidents: dict[int, Incident]
    counts: frozenset[int]
    agreements: dict[int, Agreement]
    check_backs: tuple[CheckBack, ...]
    attendance: pd.DataFrame
    activities: pd.DataFrame
    known_before: frozenset[int] = frozenset()
    first_met: dict[int, date] | None = None
    withdrawn: frozenset[int] = frozenset()
    framings: tuple[Framing, ...] = ()
    looked_back: Mapping[int, IncidentReview] = field(default_factory=dict)

    @cached_property
    def serious(self) -> list[tuple[date, int]]:
        """(day, id) of the incidents that count and end peacetime, ascending."""
        least = policy.value("peacetime_severity")
        found = (
            (one.happened_on, n)
            for n, one in self.incidents.items()
            if n in self.counts and one.severity >= least
        )
        return sorted(found)

    @property
    def first_attended(self) -> date | None:
        """The first day of which it is known who came, no earlier than `since`; None when nobody ever did."""
        if self.known_before:
            return self.since
        return None if self.attendance.empty else self.attendance["day"].iloc[0].date()

    @cached_property
    def first_day(self) -> date | None:
        """The first day of which anything is known, as far as it was read; None when nothing is."""
        days = [day for day in (self.first_met or {}).values() if day <= self.until]
        days += [one.happened_on for one in self.incidents.values()]
        days += [] if self.activities.empty else [self.activities["day"].iloc[0].date()]
        return min([*days, *filter(None, [self.first_attended])], default=None)

    def reaches(self, day: date) -> bool:
        """Whether it is known from `day` on who came: it was read from then, and somebody wrote it down."""
        first = self.first_attended
        return first is not None and first <= day and self.since <= day

    def founded_on(self, arrangement_id: int) -> date | None:
        """The day an arrangement began: said, else its first meeting; None when neither is known by then."""
        said = self.arrangements[arrangement_id].started_on
        met = (self.first_met or {}).get(arrangement_id)
        return said or (met if met is not None and met <= self.until else None)
