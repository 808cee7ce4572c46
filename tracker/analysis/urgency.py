"""How urgent each domain found an incident, how far apart they were, and what the first weeks left."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tracker.analysis import aftermath, policy, ties
from tracker.analysis.aftermath import Response
from tracker.analysis.agreements import came_out_of
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.quarter import Quarter

_YEAR, _DAY = timedelta(days=365), timedelta(days=1)
_SEVERAL = 2  # that many make a gap, or a habit


@dataclass(frozen=True, kw_only=True)
class Felt:
    """What was said about the urgency of one incident: domain -> 1 (low) to 5 (high).

    `spoke`: domains that said anything about it, also without a number. `gap`: the highest minus the lowest;
    None when fewer than two domains gave a number.
    """

    incident: int
    day: date
    levels: dict[str, int]
    spoke: frozenset[str]

    @property
    def gap(self) -> int | None:
        return _gap(self.levels.values())


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The gap of the last incident that two domains gave a number, against the one before it that the same
    domains (`among`, two or more) gave one: only over those, for who speaks makes a gap too."""

    now: int
    then: int
    gap_now: int
    gap_then: int
    among: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Urgency:
    """Ascending by day: the incidents that count and end peacetime, and all others that a domain spoke about;
    an exercise is no incident.

    `silent`: of the domains asked for, those that never spoke about any of them, in the order given.
    `shift`: None when no two incidents can be compared.
    """

    felt: tuple[Felt, ...]
    silent: tuple[str, ...]
    shift: Shift | None

    @property
    def told(self) -> tuple[Felt, ...]:
        """Those with a gap."""
        return tuple(one for one in self.felt if one.gap is not None)


@dataclass(frozen=True, kw_only=True)
class Left:
    """What one incident set in motion: `response` within a quarter, and what became of it until today.

    `single`: activities that are tied to it and to no arrangement. `recurring`: arrangements that came out of
    it and met on two days since or more; `once`: those that did not (yet). `agreements` came out of it too.
    """

    response: Response
    single: int
    recurring: tuple[int, ...]
    once: tuple[int, ...]
    agreements: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """Pairs of organisations that met within so many days after an incident, and not in the year before it.

    `again`: those of them that met after these days too. `young`: the log does not reach a year back, so that
    they may have met before it began.
    """

    incident: int
    within: int
    made: tuple[tuple[int, int], ...]
    again: tuple[tuple[int, int], ...]
    young: bool


@dataclass(frozen=True, kw_only=True)
class Calm:
    """A quarter: how many serious incidents it had, and what was done together in it."""

    quarter: Quarter
    serious: int
    activities: int


@dataclass(frozen=True, kw_only=True)
class Away:
    """A domain that was at activities before, and at none since `last_there`."""

    domain: str
    last_there: date
    weeks: int


def urgency(known: Cooperation, domains: Iterable[str]) -> Urgency:
    """What every one of `domains` (codes) said; a framing of another domain counts as well."""
    spoke: dict[int, dict[str, int | None]] = {}
    for one in known.framings:
        spoke.setdefault(one.incident_id, {})[one.domain] = one.urgency
    asked = {number for _, number in known.serious} | spoke.keys()
    asked -= {number for number in asked if known.incidents[number].exercise}
    felt = [_felt(known, number, spoke.get(number, {})) for number in asked]
    ordered = tuple(sorted(felt, key=lambda one: (one.day, one.incident)))
    ever = frozenset[str]().union(*(one.spoke for one in ordered))
    return Urgency(
        felt=ordered,
        silent=tuple(code for code in domains if code not in ever),
        shift=_shift([one for one in ordered if one.gap is not None]),
    )


def left(known: Cooperation, incident: int) -> Left:
    """Of an incident since `known.since`: of an earlier one no activity was read."""
    day = known.incidents[incident].happened_on
    assert day >= known.since, (day, known.since)
    born, agreements = came_out_of(known, incident)
    tied = known.activities["incident"] == incident
    days = known.activities[known.activities["day"] >= pd.Timestamp(day)].groupby("arrangement")["day"]
    met = days.nunique()
    recurring = tuple(number for number in born if met.get(number, 0) >= _SEVERAL)
    return Left(
        response=aftermath.response(known, incident),
        single=int(known.activities.loc[tied & (known.activities["arrangement"] == 0), "count"].sum()),
        recurring=recurring,
        once=tuple(number for number in born if number not in recurring),
        agreements=agreements,
    )


def contacts(known: Cooperation) -> Contacts | None:
    """Of the newest serious incident that is two months old, as far as was read; None without one."""
    within = timedelta(days=int(policy.value("heat_days")))
    over = [one for one in known.serious if known.since <= one[0] and one[0] + within <= known.until]
    if not over:
        return None
    day, incident = over[-1]
    together = ties.together(known)
    made = ties.met(together, day, day + within - _DAY) - ties.met(together, day - _YEAR, day - _DAY)
    again = ties.met(together, day + within, known.until)
    return Contacts(
        incident=incident,
        within=within.days,
        made=tuple(sorted(made)),
        again=tuple(sorted(made & again)),
        young=not known.reaches(day - _YEAR),
    )


def calm(known: Cooperation, quarter: Quarter) -> Calm:
    """Joint activities only; both counted up to `known.until`."""
    day, several = known.activities["day"], known.activities["partners"] >= policy.value("joint_partners")
    inside = day.between(pd.Timestamp(quarter.first), pd.Timestamp(quarter.last)) & several
    serious = sum(quarter.first <= when <= quarter.last for when, _ in known.serious)
    return Calm(quarter=quarter, serious=serious, activities=int(known.activities.loc[inside, "count"].sum()))


def away(known: Cooperation, domains: Collection[str]) -> tuple[Away, ...]:
    """The `domains` that were there before and stayed away for a quarter or longer, longest first.

    Nobody is away when nobody wrote down who came in that quarter.
    """
    of = {number: one.domain for number, one in known.partners.items()}
    last = known.attendance.groupby(known.attendance["partner"].map(of))["day"].max()
    patience = int(policy.value("away_days"))
    if last.empty or (known.until - last.max().date()).days >= patience:
        return ()
    found = [
        Away(domain=code, last_there=last[code].date(), weeks=(known.until - last[code].date()).days // 7)
        for code in domains
        if code in last.index and (known.until - last[code].date()).days >= patience
    ]
    return tuple(sorted(found, key=lambda one: (one.last_there, one.domain)))


def _felt(known: Cooperation, incident: int, said: dict[str, int | None]) -> Felt:
    return Felt(
        incident=incident,
        day=known.incidents[incident].happened_on,
        levels={domain: level for domain, level in said.items() if level is not None},
        spoke=frozenset(said),
    )


def _gap(levels: Iterable[int]) -> int | None:
    given = list(levels)
    return max(given) - min(given) if len(given) >= _SEVERAL else None


def _shift(told: list[Felt]) -> Shift | None:
    if not told:
        return None
    now = told[-1]
    for then in reversed(told[:-1]):
        among = sorted(now.levels.keys() & then.levels.keys())
        gaps = [_gap(one.levels[domain] for domain in among) for one in (now, then)]
        if gaps[0] is not None and gaps[1] is not None:
            return Shift(
                now=now.incident,
                then=then.incident,
                gap_now=gaps[0],
                gap_then=gaps[1],
                among=tuple(among),
            )
    return None
