"""Who has which part in which arrangement, and how the lead moved between domains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from tracker.analysis import policy
from tracker.analysis.attendance import attendance
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.partners import carrier_of, owned
from tracker.analysis.quarter import Quarter
from tracker.records import Arrangement

PARTS = ("owner", "second", "member", "outside")
_DAYS = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Part:
    """The part of one organisation in one arrangement, one of `PARTS`, and whether it missed the last
    meetings in a row (`away`); who is outside is never away."""

    part: str
    away: bool = False


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Organisation x arrangement.

    `arrangements`: those that run, by id, as they are listed. `rows`: organisation id -> a part in each of
    them, in that order; who has most parts first, who has none is left out. `owner_away` and `alone`: those
    of them of which the owner missed the last meetings, and that have an owner and no second one.
    """

    arrangements: tuple[int, ...]
    rows: dict[int, tuple[Part, ...]]
    owner_away: tuple[int, ...]
    alone: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Led:
    """How many activities of a quarter each domain led, most first; of `unknown` nobody knows."""

    quarter: Quarter
    by: dict[str, int]
    unknown: int


@dataclass(frozen=True, kw_only=True)
class PhaseLead:
    """The domain that led most of the activities of a prevention phase in the last 365 days: `led` of those
    `known`."""

    phase: str
    domain: str
    led: int
    known: int

    @property
    def telling(self) -> bool:
        """True when there are enough of them, and so many hang on one domain that somebody should ask."""
        enough = self.known >= policy.value("least_meetings")
        return enough and self.led >= policy.value("key_share") * self.known


def matrix(known: Cooperation) -> Matrix:
    """As it stands; an organisation that was taken back has no part any more."""
    running = {n: owned(known, one) for n, one in known.arrangements.items() if one.ended_on is None}
    columns = {number: _parts(known, number, one) for number, one in running.items()}
    everybody = {partner for parts in columns.values() for partner in parts}
    nothing = Part(part="outside")
    rows = {one: tuple(parts.get(one, nothing) for parts in columns.values()) for one in everybody}
    ordered = sorted(rows, key=lambda one: (*_rank(rows[one]), known.partners[one].name.casefold(), one))
    away = [n for n, one in running.items() if one.owner_id and columns[n][one.owner_id].away]
    return Matrix(
        arrangements=tuple(running),
        rows={one: rows[one] for one in ordered},
        owner_away=tuple(away),
        alone=tuple(n for n, one in running.items() if one.owner_id and one.second_owner_id is None),
    )


def led(known: Cooperation, quarters: Iterable[Quarter]) -> tuple[Led, ...]:
    """One a quarter, in the order given: who was said to have led, else the owner of the arrangement.

    The owner is the one of `known.until`: who owned it earlier stands in no activity.
    """
    return tuple(_led(known, one) for one in quarters)


def phase_leads(known: Cooperation) -> tuple[PhaseLead, ...]:
    """One a phase, with the activities whose phase is known: their own, else that of their arrangement."""
    recent = known.activities[known.activities["day"] > pd.Timestamp(known.until - _DAYS)]
    counted: dict[str, Counter[str]] = {}
    columns = ["arrangement", "lead", "count", "phase"]
    for number, lead, count, said in recent[columns].itertuples(index=False):
        arrangement = known.arrangements.get(number)
        phase, domain = said or (arrangement.phase if arrangement else ""), _domain(known, number, lead)
        if phase and domain:
            counted.setdefault(phase, Counter())[domain] += count
    return tuple(
        PhaseLead(phase=phase, domain=domain, led=int(count), known=int(domains.total()))
        for phase, domains in sorted(counted.items())
        for domain, count in sorted(domains.items(), key=lambda item: (-item[1], item[0]))[:1]
        if count
    )


def _parts(known: Cooperation, number: int, one: Arrangement) -> dict[int, Part]:
    """Organisation -> its part, of all who have one."""
    away = {row.partner for row in attendance(known, number).rows if row.left}
    part = dict.fromkeys(_members(known, number), "member")
    part |= {two: "second" for two in [one.second_owner_id] if two}
    part |= {first: "owner" for first in [one.owner_id] if first}
    return {
        partner: Part(part=said, away=partner in away)
        for partner, said in part.items()
        if partner not in known.withdrawn
    }


def _members(known: Cooperation, number: int) -> set[int]:
    """Who is on its list, and who came: where there is a list, on more days than one, else it was a guest."""
    listed = set(known.arrangements[number].partner_ids)
    rows = known.attendance[known.attendance["arrangement"] == number]
    days = rows.groupby("partner")["day"].nunique()
    return listed | {int(one) for one in days.index[days >= (2 if listed else 1)]}


def _rank(parts: tuple[Part, ...]) -> tuple[int, ...]:
    """Who owns most first, then who is second owner of most, then who takes part in most."""
    counts = Counter(one.part for one in parts)
    return tuple(-counts[part] for part in PARTS[:-1])


def _led(known: Cooperation, quarter: Quarter) -> Led:
    day = known.activities["day"]
    inside = known.activities[day.between(pd.Timestamp(quarter.first), pd.Timestamp(quarter.last))]
    counted: Counter[str] = Counter()
    for number, lead, count in inside[["arrangement", "lead", "count"]].to_numpy().tolist():
        counted[_domain(known, number, lead)] += count
    unknown = counted.pop("", 0)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return Led(quarter=quarter, by=dict(ordered), unknown=unknown)


def _domain(known: Cooperation, arrangement: int, lead: int) -> str:
    carrier = carrier_of(known.arrangements.get(arrangement), lead)
    return known.partners[carrier[0]].domain if carrier else ""
