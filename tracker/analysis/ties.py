"""Who met whom in a quarter: pairs of organisations, which are new, which were lost, and between domains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

import pandas as pd

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.pairs import retention
from tracker.analysis.quarter import YEAR, Quarter

Pair = tuple[int, int]
_DAYS = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class DomainTie:
    """Two domains: how many activities they shared in the quarter, and in the same quarter a year before."""

    first: str
    second: str
    together: int
    before: int

    @property
    def lost(self) -> bool:
        """True when they met a year before and not now."""
        return self.together == 0 < self.before


@dataclass(frozen=True, kw_only=True)
class Ties:
    """The pairs of organisations of one quarter, each the smaller id first.

    `lost`: a pair of the same quarter a year before that did not meet in this one. `new`: met in this one and
    in none of the four before. `kept`: share of the pairs of a year before that are a pair now; `year`: the
    same over whole years, the last 365 days against the 365 before. `grid`: every two of `domains`.
    """

    quarter: Quarter
    pairs: frozenset[Pair]
    new: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    stayed: int
    kept: Estimate
    year: Estimate
    domains: tuple[str, ...]
    grid: tuple[DomainTie, ...]


def ties(known: Cooperation, quarter: Quarter) -> Ties:
    """The ties of `quarter`; a pair of which one organisation was withdrawn still met."""
    met = met_in_quarters(known)
    now, before = (met.get(one, frozenset()) for one in (quarter, quarter.back(YEAR)))
    earlier = frozenset().union(*(met.get(quarter.back(n), frozenset()) for n in range(1, YEAR + 1)))
    why = _not_compared(known, quarter, before)
    return Ties(
        quarter=quarter,
        pairs=now,
        new=tuple(sorted(now - earlier)),
        lost=tuple(sorted(before - now)),
        stayed=len(before & now),
        kept=Estimate(why=why) if why else retention({0: before, 1: now}, lambda n: n + 1).pooled,
        year=_over_years(known, min(quarter.last, known.until)),
        domains=_domains(known),
        grid=_grid(known, quarter),
    )


def met_in_quarters(known: Cooperation) -> dict[Quarter, frozenset[Pair]]:
    """Quarter -> the pairs that shared an activity in it."""
    both = _together(known)
    quarter = both["day"].dt.year * YEAR + both["day"].dt.quarter - 1
    distinct = both.assign(quarter=quarter)[["quarter", "first", "second"]].drop_duplicates()
    return {
        Quarter(int(place) // YEAR, int(place) % YEAR + 1): _as_pairs(rows)
        for place, rows in distinct.groupby("quarter")
    }


def _together(known: Cooperation) -> pd.DataFrame:
    """One row a pair at an activity: activity, day, first, second (ids, first < second)."""
    there = known.attendance[["activity", "day", "partner"]]
    both = there.merge(there[["activity", "partner"]], on="activity", suffixes=("", "_other"))
    both = both[both["partner"] < both["partner_other"]]
    return both.rename(columns={"partner": "first", "partner_other": "second"})


def _as_pairs(rows: pd.DataFrame) -> frozenset[Pair]:
    return frozenset(zip(rows["first"].tolist(), rows["second"].tolist(), strict=True))


def _not_compared(known: Cooperation, quarter: Quarter, before: frozenset[Pair]) -> str:
    """Why a quarter cannot be compared with the year before; empty when it can."""
    if quarter.last > known.until:
        return "quarter_running"
    return "" if before else "no_pairs"


def _over_years(known: Cooperation, last: date) -> Estimate:
    if known.since > last - 2 * _DAYS:
        return Estimate(why="short_record")
    both = _together(known)
    edges = [pd.Timestamp(last - n * _DAYS) for n in (2, 1, 0)]
    years = [both[(both["day"] > start) & (both["day"] <= end)] for start, end in pairwise(edges)]
    return retention(dict(enumerate(map(_as_pairs, years))), lambda n: n + 1).pooled


def _domains(known: Cooperation) -> tuple[str, ...]:
    """The domains that have an organisation which took part, in the order of the alphabet."""
    seen = set(known.attendance["partner"])
    return tuple(sorted({known.partners[int(one)].domain for one in seen}))


def _grid(known: Cooperation, quarter: Quarter) -> tuple[DomainTie, ...]:
    now, before = (_between_domains(known, one) for one in (quarter, quarter.back(YEAR)))
    return tuple(
        DomainTie(first=a, second=b, together=now.get((a, b), 0), before=before.get((a, b), 0))
        for a, b in combinations(_domains(known), 2)
    )


def _between_domains(known: Cooperation, quarter: Quarter) -> dict[tuple[str, str], int]:
    """Two domains in the order of the alphabet -> how many activities of the quarter both were at."""
    inside = known.attendance["day"].between(pd.Timestamp(quarter.first), pd.Timestamp(quarter.last))
    there = known.attendance[inside]
    domain = there["partner"].map({number: one.domain for number, one in known.partners.items()})
    distinct = there.assign(domain=domain)[["activity", "domain"]].drop_duplicates()
    both = distinct.merge(distinct, on="activity")
    both = both[both["domain_x"] < both["domain_y"]]
    return {(a, b): int(n) for (a, b), n in both.groupby(["domain_x", "domain_y"]).size().items()}
