"""Who met whom per period -> how many of them are still there a period later.

A pair is two partners at one meeting. The same count serves pairs and partners alone: a period holds a set
of whatever can stay or go.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import pandas as pd

from tracker.analysis import proportion
from tracker.analysis.estimate import Estimate

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Of the `total` of one period, `kept` were there again in the period it is compared with."""

    period: Any
    later: Any
    total: int
    kept: int


@dataclass(frozen=True, kw_only=True)
class Retention:
    """One row a period, in the order they were given, and the share over all of them.

    `pooled`: Wilson's interval, which takes every pair for a trial of its own. When one partner leaves, all
    of its pairs go together, so the true uncertainty is wider. Missing without anything to keep.
    """

    periods: tuple[Kept, ...]
    pooled: Estimate


def pairs_by_period(
    attendance: pd.DataFrame, period_of: Callable[[date], Hashable]
) -> dict[Hashable, frozenset[Pair]]:
    """Period -> the pairs that shared a meeting in it, each pair in the order of the alphabet.

    `attendance` has one row a partner at a meeting, in any order: day (date or datetime64), meeting (what
    tells two meetings of one day apart), partner. Doubled rows count once. A period in which every meeting
    had one partner has an empty set; one without any row is left out.
    """
    found: dict[Hashable, set[Pair]] = {}
    for (day, _), there in attendance.groupby(["day", "meeting"], sort=True)["partner"]:
        met = combinations(sorted(set(there)), 2)
        found.setdefault(period_of(pd.Timestamp(day).date()), set()).update(met)
    return {period: frozenset(pairs) for period, pairs in found.items()}


def partners_by_period(
    attendance: pd.DataFrame, period_of: Callable[[date], Hashable]
) -> dict[Hashable, frozenset[str]]:
    """Period -> the partners at any of its meetings, also those that were alone; `attendance` as above."""
    found: dict[Hashable, set[str]] = {}
    for day, there in attendance.groupby("day", sort=True)["partner"]:
        found.setdefault(period_of(pd.Timestamp(day).date()), set()).update(there)
    return {period: frozenset(partners) for period, partners in found.items()}


def retention(present: Mapping[Any, Set[Any]], later: Callable[[Any], Hashable]) -> Retention:
    """How much of each period is there again in the period that `later` names.

    A period whose later one is not in `present` is not compared: nobody knows yet. Give an empty set for a
    period of which it is known that nobody met.
    """
    rows = tuple(
        Kept(
            period=period,
            later=later(period),
            total=len(there),
            kept=len(there & present[later(period)]),
        )
        for period, there in present.items()
        if later(period) in present
    )
    return Retention(periods=rows, pooled=_pooled(rows))


def _pooled(rows: tuple[Kept, ...]) -> Estimate:
    total, kept = sum(row.total for row in rows), sum(row.kept for row in rows)
    if not total:
        return Estimate(why="no_pairs")
    low, high = proportion.wilson_bounds(kept / total, total, proportion.quantile(1.0, 1))
    return Estimate(value=kept / total, low=low, high=high, status="ok")
