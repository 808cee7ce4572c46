"""What was done after one incident: how soon, by how many domains, and through what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tracker.analysis import policy
from tracker.analysis.cooperation import Cooperation


@dataclass(frozen=True, kw_only=True)
class Response:
    """The first joint activity after an incident, and how many came in its first quarter.

    `first_days`: days until at least two organisations were together; `across_days`: until two domains were.
    None when that did not happen (yet). `activities` counts those until `until`: a quarter later, the day
    before the next serious incident, or today. `next`: that incident by id, when it cut the quarter short.
    """

    incident: int
    until: date
    first_days: int | None
    across_days: int | None
    activities: int
    next: int | None = None


def response(known: Cooperation, incident: int) -> Response:
    """What the log tells; only activities from the day of the incident on."""
    day = known.incidents[incident].happened_on
    full = day + timedelta(days=int(policy.value("peacetime_days")) - 1)
    later = next(
        ((when, number) for when, number in known.serious if when > day and number != incident), None
    )
    cut = later is not None and later[0] <= full
    until = min(later[0] - timedelta(days=1) if later is not None and cut else full, known.until)
    inside = known.activities["day"].between(pd.Timestamp(day), pd.Timestamp(until))
    joint = known.activities[inside & (known.activities["partners"] >= policy.value("joint_partners"))]
    return Response(
        incident=incident,
        until=until,
        first_days=_days(joint["day"], day),
        across_days=_days(_across(known, joint), day),
        activities=int(joint["count"].sum()),
        next=later[1] if later is not None and cut else None,
    )


def _across(known: Cooperation, joint: pd.DataFrame) -> pd.Series:
    """The days of those activities at which at least two domains were."""
    there = known.attendance[known.attendance["activity"].isin(joint["activity"])]
    domain = there["partner"].map({number: one.domain for number, one in known.partners.items()})
    domains = there.assign(domain=domain).groupby("activity")["domain"].nunique()
    several = domains.index[domains >= policy.value("joint_partners")]
    return joint.loc[joint["activity"].isin(several), "day"]


def _days(days: pd.Series, since: date) -> int | None:
    return None if days.empty else int((days.min() - pd.Timestamp(since)).days)
