"""Which organisations are there: who is new, who fell silent, which domains, and on whom it all hangs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from tracker.analysis import policy, proportion
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.quarter import YEAR, Quarter
from tracker.records import Arrangement

_DAYS = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """The organisations of a quarter by id, each in one list, by name.

    `new`: there for the first time ever. `returned`: there, not in the four quarters before, but earlier.
    `stayed`: there, and in one of the four before. `silent`: not there, but in one of the four before, with
    the day each was last seen; nobody while the quarter still runs, or when nobody wrote down who came.
    `young`: the log does not reach into all four, so that new means no more than new to the log.
    """

    quarter: Quarter
    new: tuple[int, ...]
    stayed: tuple[int, ...]
    returned: tuple[int, ...]
    silent: tuple[tuple[int, date], ...]
    young: bool


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The domains at the activities of a quarter of which it is known who came.

    `at`: domain -> number of activities it was at. `missing`: domains that were at none. `spread`: normalised
    Shannon entropy of `at`, 0 (one domain) to 1 (all alike), None without any. `across`: share of those
    activities with at least two domains, by exact interval.
    """

    activities: int
    at: dict[str, int]
    missing: tuple[str, ...]
    spread: float | None
    across: Estimate


@dataclass(frozen=True, kw_only=True)
class KeyRoles:
    """On how few owners half of the activities of the last 365 days hangs.

    `carriers`: (organisation id, role code or "", number of activities), most first; who took the lead, else
    the owner of the arrangement. `fewest`: how many of them carry half; None while too little is known.
    `known` of `total` activities have such an owner.
    """

    carriers: tuple[tuple[int, str, int], ...]
    fewest: int | None
    known: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Ownership:
    """The running arrangements by id whose owner is missing, or who has no second from another domain.

    `shared`: share of the running arrangements with a second owner from another domain, exact interval.
    """

    running: int
    no_owner: tuple[int, ...]
    no_second: tuple[int, ...]
    same_domain: tuple[int, ...]
    shared: Estimate


def lifecycle(known: Cooperation, quarter: Quarter) -> Lifecycle:
    """Where everybody of `quarter` stands; needs `known.since` at least four quarters before it."""
    seen = _seen(known)
    now = seen.get(quarter, {})
    before: dict[int, date] = {}
    for n in range(YEAR, 0, -1):
        before |= seen.get(quarter.back(n), {})
    earlier = known.known_before.union(*(there for one, there in seen.items() if one < quarter.back(YEAR)))
    fresh = now.keys() - before.keys()
    over = quarter.last <= known.until and bool(now)
    gone = before.keys() - now.keys() - known.withdrawn if over else set()
    return Lifecycle(
        quarter=quarter,
        new=_by_name(known, fresh - earlier),
        stayed=_by_name(known, now.keys() & before.keys()),
        returned=_by_name(known, fresh & earlier),
        silent=tuple((one, before[one]) for one in _by_name(known, gone)),
        young=not known.reaches(quarter.back(YEAR).last),
    )


def coverage(known: Cooperation, quarter: Quarter, domains: Iterable[str]) -> Coverage:
    """Which of `domains` (codes) were there in the quarter."""
    inside = known.attendance["day"].between(pd.Timestamp(quarter.first), pd.Timestamp(quarter.last))
    there = known.attendance[inside]
    domain = there["partner"].map({number: one.domain for number, one in known.partners.items()})
    distinct = there.assign(domain=domain)[["activity", "domain"]].drop_duplicates()
    at = {str(code): int(n) for code, n in distinct["domain"].value_counts().sort_index().items()}
    several = distinct.groupby("activity").size()
    return Coverage(
        activities=len(several),
        at=at,
        missing=tuple(code for code in domains if code not in at),
        spread=_spread(list(at.values()), len({*domains, *at})),
        across=proportion.exact(int((several > 1).sum()), len(several), "no_attendance"),
    )


def key_roles(known: Cooperation) -> KeyRoles:
    """Of the last 365 days; half of them on one owner is a risk that somebody should see."""
    recent = known.activities[known.activities["day"] > pd.Timestamp(known.until - _DAYS)]
    carried: Counter[tuple[int, str]] = Counter()
    for arrangement, lead, count in recent[["arrangement", "lead", "count"]].to_numpy().tolist():
        carrier = carrier_of(known.arrangements.get(arrangement), lead)
        if carrier is not None:
            carried[carrier] += count
    total, told = int(recent["count"].sum()), sum(carried.values())
    enough = told >= policy.value("least_meetings") and told >= policy.value("least_coverage") * total
    ranked = sorted(carried.items(), key=lambda item: (-item[1], item[0]))
    return KeyRoles(
        carriers=tuple((partner, role, count) for (partner, role), count in ranked),
        fewest=_fewest([count for _, count in ranked]) if enough else None,
        known=told,
        total=total,
    )


def ownership(known: Cooperation) -> Ownership:
    """The gaps among the arrangements that run, each in the order of the names."""
    running = {
        number: owned(known, one) for number, one in known.arrangements.items() if one.ended_on is None
    }
    alone = [n for n, one in running.items() if one.owner_id is not None and one.second_owner_id is None]
    alike = [n for n, one in running.items() if _same_domain(known, one)]
    shared = sum(one.second_owner_id is not None for one in running.values()) - len(alike)
    return Ownership(
        running=len(running),
        no_owner=tuple(number for number, one in running.items() if one.owner_id is None),
        no_second=tuple(alone),
        same_domain=tuple(alike),
        shared=proportion.exact(shared, len(running), "no_arrangements"),
    )


def _seen(known: Cooperation) -> dict[Quarter, dict[int, date]]:
    """Quarter -> organisation -> the last day it was there."""
    day = known.attendance["day"]
    place = day.dt.year * YEAR + day.dt.quarter - 1
    last = known.attendance.assign(place=place).groupby(["place", "partner"])["day"].max()
    found: dict[Quarter, dict[int, date]] = {}
    for (quarter, partner), when in last.items():
        one = Quarter(int(quarter) // YEAR, int(quarter) % YEAR + 1)
        found.setdefault(one, {})[int(partner)] = when.date()
    return found


def _by_name(known: Cooperation, found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(found, key=lambda number: (known.partners[number].name.casefold(), number)))


def _spread(counts: list[int], domains: int) -> float | None:
    if not counts or domains < 2:
        return None
    shares = [count / sum(counts) for count in counts]
    return sum(share * math.log(1 / share) for share in shares) / math.log(domains)


def carrier_of(arrangement: Arrangement | None, lead: int) -> tuple[int, str] | None:
    """Who led an activity, and in which role: who was said to, else the owner of its arrangement."""
    if arrangement is not None and arrangement.owner_id is not None and lead in (0, arrangement.owner_id):
        return arrangement.owner_id, arrangement.owner_role
    return (lead, "") if lead else None


def _fewest(counts: list[int]) -> int:
    """How many of the largest together reach the share that counts as hanging on them."""
    need, reached = policy.value("key_share") * sum(counts), 0
    for number, count in enumerate(counts, start=1):
        reached += count
        if reached >= need:
            return number
    return len(counts)


def owned(known: Cooperation, one: Arrangement) -> Arrangement:
    """Without an owner that was withdrawn; the second then is the first."""
    owners = [
        number for number in (one.owner_id, one.second_owner_id) if number not in (None, *known.withdrawn)
    ]
    first, second = (*owners, None, None)[:2]
    return replace(one, owner_id=first, owner_role="", second_owner_id=second, second_owner_role="")


def _same_domain(known: Cooperation, one: Arrangement) -> bool:
    if one.owner_id is None or one.second_owner_id is None:
        return False
    return known.partners[one.owner_id].domain == known.partners[one.second_owner_id].domain
