"""What the store read of who works together: the input of partners, pairs, agreements and survival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from tracker.analysis import policy
from tracker.analysis.quarter import Quarter
from tracker.records import Agreement, Arrangement, CheckBack, Incident, Partner

_QUARTERS = 9


def first_day(until: date) -> date:
    """From which day on attendance is read: two whole years before the quarter that is over last."""
    return Quarter.of(until).back(_QUARTERS).first


@dataclass(frozen=True, kw_only=True)
class Cooperation:
    """Everything known on the evening of `until`, by id; what was closed or ended later still runs.

    `attendance`: one row an organisation at an activity since `since`: activity, day (datetime64),
    arrangement (id, 0 for none), partner; ascending by day. `activities`: one row a logged row of those days:
    activity, day, arrangement, incident, lead (ids, 0 for none), partners (how many took part), count;
    ascending by day. Both are of all activities, also those of one organisation. `known_before`: the
    organisations that took part in anything before `since`. `first_met`: the first meeting of an arrangement.
    `counts`: the incidents that enter the model.
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

    @property
    def serious(self) -> list[tuple[date, int]]:
        """(day, id) of the incidents that count and end peacetime, ascending."""
        least = policy.value("peacetime_severity")
        found = (
            (one.happened_on, n)
            for n, one in self.incidents.items()
            if n in self.counts and one.severity >= least
        )
        return sorted(found)

    def founded_on(self, arrangement_id: int) -> date | None:
        """The day an arrangement began: said, else its first meeting; None when neither is known."""
        met = (self.first_met or {}).get(arrangement_id)
        return self.arrangements[arrangement_id].started_on or met
