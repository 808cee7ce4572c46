"""Who met whom per period -> how many of them are still there a period later.

A pair is two partners at one meeting. The same count serves pairs and partners alone: a period holds a set
of whatever can stay or go.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
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
    period, periods = _periods(attendance, period_of)
    partner, known = pd.factorize(attendance["partner"], sort=True)
    names = np.asarray(known, object)
    meeting = attendance.groupby(["day", "meeting"], sort=False).ngroup().to_numpy()
    one, other = every_two(meeting, partner)
    met = pd.DataFrame({"period": period[one], "one": partner[one], "other": partner[other]})
    found: dict[Hashable, frozenset[Pair]] = dict.fromkeys(periods, frozenset())
    for place, rows in met.drop_duplicates().groupby("period"):
        found[periods[place]] = frozenset(zip(names[rows["one"]], names[rows["other"]], strict=True))
    return found


def partners_by_period(
    attendance: pd.DataFrame, period_of: Callable[[date], Hashable]
) -> dict[Hashable, frozenset[str]]:
    """Period -> the partners at any of its meetings, also those that were alone; `attendance` as above."""
    period, periods = _periods(attendance, period_of)
    there = pd.DataFrame({"period": period, "partner": attendance["partner"].to_numpy()})
    by_period = there.drop_duplicates().groupby("period")["partner"]
    return {periods[place]: frozenset(partners) for place, partners in by_period}


def every_two(meeting: np.ndarray, partner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the rows of every two partners at one meeting, the smaller partner first.

    Costs time by the number of pairs: in order of meeting and partner, the rows so many places apart are
    compared for as long as they are of one meeting. A partner is no pair with itself; doubled rows give a
    pair twice.
    """
    order = np.lexsort((partner, meeting))
    meeting, partner = meeting[order], partner[order]
    found = [np.empty((2, 0), np.intp)]
    first, apart = np.arange(len(order)), 1
    while len(first):
        first = first[first + apart < len(order)]
        first = first[meeting[first] == meeting[first + apart]]
        found.append(np.stack((first, first + apart)))
        apart += 1
    one, other = np.concatenate(found, axis=1)
    pair = partner[one] != partner[other]
    return order[one[pair]], order[other[pair]]


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


def _periods(
    attendance: pd.DataFrame, period_of: Callable[[date], Hashable]
) -> tuple[np.ndarray, list[Hashable]]:
    """Per row the place of its period, and the periods in the order of their first day."""
    day, days = pd.factorize(pd.to_datetime(attendance["day"]), sort=True)
    labels = [period_of(one.date()) for one in days]
    places = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    return np.array([places[label] for label in labels], int)[day], list(places)


def _pooled(rows: tuple[Kept, ...]) -> Estimate:
    total, kept = sum(row.total for row in rows), sum(row.kept for row in rows)
    if not total:
        return Estimate(why="no_pairs")
    low, high = proportion.wilson_bounds(kept / total, total, proportion.quantile(1.0, 1))
    return Estimate(value=kept / total, low=low, high=high, status="ok")
