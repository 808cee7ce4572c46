"""Who met whom in a quarter: pairs of organisations, which are new, which were lost, and between domains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import pandas as pd

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.pairs import every_two, retention
from tracker.analysis.quarter import YEAR, Quarter

Pair = tuple[int, int]
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class DomainTie:
    """Two domains: how many activities they shared in the quarter, and in the same quarter a year before.

    `compared`: whether the quarter may be set against that of the year before, as in `Ties`.
    """

    first: str
    second: str
    together: int
    before: int
    compared: bool = True

    @property
    def lost(self) -> bool:
        """True when they met a year before and not now."""
        return self.compared and self.together == 0 < self.before


@dataclass(frozen=True, kw_only=True)
class Ties:
    """The pairs of organisations of one quarter, each the smaller id first.

    `lost`: a pair of the same quarter a year before that did not meet in this one; empty where `kept` says
    why the two are not compared: a quarter that still runs, or of which nobody wrote down who came, has lost
    nobody. `new`: met in this one and in none of the four before. `young`: the log does not reach into all of
    those, so that new means no more than new to the log. `told` of the `activities` have the names of who
    came. `kept`: share of the pairs of a year before that are a pair now; `year`: the same over whole years,
    the last 365 days against the 365 before. `grid`: every two of `domains`.
    """

    quarter: Quarter
    pairs: frozenset[Pair]
    new: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    stayed: int
    young: bool
    activities: int
    told: int
    kept: Estimate
    year: Estimate
    domains: tuple[str, ...]
    grid: tuple[DomainTie, ...]


def ties(known: Cooperation, quarter: Quarter) -> Ties:
    """The ties of `quarter`; a pair of which one organisation was withdrawn still met."""
    shared = together(known)
    now, *earlier = (met(shared, one.first, one.last) for one in map(quarter.back, range(YEAR + 1)))
    before = earlier[-1]
    inside = _inside(known.attendance, quarter)
    why = _not_compared(known, quarter, inside, before)
    return Ties(
        quarter=quarter,
        pairs=now,
        new=tuple(sorted(now.difference(*earlier))),
        lost=() if why else tuple(sorted(before - now)),
        stayed=len(before & now),
        young=not known.reaches(quarter.back(YEAR).last),
        activities=len(_inside(known.activities, quarter)),
        told=inside["activity"].nunique(),
        kept=Estimate(why=why) if why else retention({0: before, 1: now}, lambda n: n + 1).pooled,
        year=_over_years(known, shared, min(quarter.last, known.until)),
        domains=_domains(known),
        grid=_grid(known, quarter, compared=not why),
    )


def together(known: Cooperation) -> pd.DataFrame:
    """One row a pair at an activity: day, first, second (ids, first < second)."""
    there = known.attendance
    partner = there["partner"].to_numpy()
    first, second = every_two(there["activity"].to_numpy(), partner)
    day = there["day"].to_numpy()[first]
    return pd.DataFrame({"day": day, "first": partner[first], "second": partner[second]})


def met(together: pd.DataFrame, first: date, last: date) -> frozenset[Pair]:
    """The pairs that met from `first` to `last`, both included."""
    inside = together["day"].between(pd.Timestamp(first), pd.Timestamp(last))
    distinct = together.loc[inside, ["first", "second"]].drop_duplicates()
    return frozenset(zip(distinct["first"].tolist(), distinct["second"].tolist(), strict=True))


def _inside(rows: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    return rows[rows["day"].between(pd.Timestamp(quarter.first), pd.Timestamp(quarter.last))]


def _not_compared(known: Cooperation, quarter: Quarter, inside: pd.DataFrame, before: frozenset[Pair]) -> str:
    """Why a quarter cannot be compared with the year before; empty when it can."""
    if quarter.last > known.until:
        return "quarter_running"
    if inside.empty:
        return "no_attendance"
    return "" if before else "no_pairs"


def _over_years(known: Cooperation, together: pd.DataFrame, last: date) -> Estimate:
    """Missing unless the log reaches over both years: half a year before is not a year."""
    begin, middle = last - 2 * _YEAR + _DAY, last - _YEAR
    if not known.reaches(begin):
        return Estimate(why="short_record")
    years = {0: met(together, begin, middle), 1: met(together, middle + _DAY, last)}
    return retention(years, lambda n: n + 1).pooled


def _domains(known: Cooperation) -> tuple[str, ...]:
    """The domains that have an organisation which took part, in the order of the alphabet."""
    seen = known.attendance["partner"].unique().tolist()
    return tuple(sorted({known.partners[one].domain for one in seen}))


def _grid(known: Cooperation, quarter: Quarter, *, compared: bool) -> tuple[DomainTie, ...]:
    now, before = (_between_domains(known, one) for one in (quarter, quarter.back(YEAR)))
    return tuple(
        DomainTie(
            first=a, second=b, together=now.get((a, b), 0), before=before.get((a, b), 0), compared=compared
        )
        for a, b in combinations(_domains(known), 2)
    )


def _between_domains(known: Cooperation, quarter: Quarter) -> dict[tuple[str, str], int]:
    """Two domains in the order of the alphabet -> how many activities of the quarter both were at."""
    there = _inside(known.attendance, quarter)
    domain = there["partner"].map({number: one.domain for number, one in known.partners.items()})
    distinct = there.assign(domain=domain)[["activity", "domain"]].drop_duplicates()
    both = distinct.merge(distinct, on="activity")
    both = both[both["domain_x"] < both["domain_y"]]
    return {(a, b): int(n) for (a, b), n in both.groupby(["domain_x", "domain_y"]).size().items()}
