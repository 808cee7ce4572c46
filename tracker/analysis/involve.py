"""Whom to involve: who usually comes when it is about a phenomenon and in a phase of prevention.

Usual is what the log shows, never what somebody remembers. Where the log shows too little the plan of the
prevention matrix says which domains belong there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from tracker.analysis import policy
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.prevention import Plan, with_phases


@dataclass(frozen=True, kw_only=True)
class Usual:
    """One organisation (its id): at how many of the activities it was, when last, and not at the newest."""

    partner: int
    times: int
    last_there: date
    missed_last: bool


@dataclass(frozen=True, kw_only=True)
class Involve:
    """The guide for a phenomenon and a phase ("" for any).

    `basis`: both | phenomenon | phase, the narrowest of which the log has enough (all: nothing was asked);
    plan when it has not, and then `usual` is of what there is of either. `activities`: of how many it is
    known who came, from `first` to `last`. `usual`: most often there first. `asked`: domains that the plan
    asks for; `absent`: known organisations of those domains that were never there; `no_organisation`: those
    of which none is known. `default`: nobody adjusted that part of the plan.
    """

    phenomenon: str
    phase: str
    basis: str
    activities: int
    first: date | None
    last: date | None
    usual: tuple[Usual, ...]
    asked: tuple[str, ...]
    absent: tuple[int, ...]
    no_organisation: tuple[str, ...]
    default: bool


def involve(known: Cooperation, planned: Plan, *, phenomenon: str = "", phase: str = "") -> Involve:
    """Over the activities since `known.since` of which it is known who came.

    About a phenomenon: somebody tied the activity to an incident of it. In a phase: its own, else that of
    its arrangement. Without a phenomenon and a phase it is about everything.
    """
    rows = with_phases(known, known.activities)
    rows = rows[rows["activity"].isin(known.attendance["activity"])]
    about = _about(known, rows, phenomenon)
    within = rows["phase"] == phase if phase else pd.Series(True, index=rows.index)
    basis, chosen = _narrowest(rows, about, within, phenomenon, phase)
    usual = _usual(known, chosen)
    asked = tuple(dict.fromkeys(domain for (_, domain) in _wanted(planned, phase)))
    there = {one.partner for one in usual}
    standing = {n: one for n, one in known.partners.items() if n not in known.withdrawn}
    absent = [n for n, one in standing.items() if one.domain in asked and n not in there]
    known_domains = {one.domain for one in standing.values()}
    return Involve(
        phenomenon=phenomenon,
        phase=phase,
        basis=basis,
        activities=len(chosen),
        first=chosen["day"].iloc[0].date() if len(chosen) else None,
        last=chosen["day"].iloc[-1].date() if len(chosen) else None,
        usual=usual,
        asked=asked,
        absent=tuple(sorted(absent, key=lambda n: (standing[n].name.casefold(), n))),
        no_organisation=tuple(domain for domain in asked if domain not in known_domains),
        default=all(planned[place][1] for place in _wanted(planned, phase)),
    )


def _about(known: Cooperation, rows: pd.DataFrame, phenomenon: str) -> pd.Series:
    if not phenomenon:
        return pd.Series(True, index=rows.index)
    tied = [n for n, one in known.incidents.items() if one.phenomenon == phenomenon and not one.exercise]
    return rows["incident"].isin(tied)


def _narrowest(
    rows: pd.DataFrame, about: pd.Series, within: pd.Series, phenomenon: str, phase: str
) -> tuple[str, pd.DataFrame]:
    """The narrowest choice with enough activities; else what there is of either."""
    choices = [("both", about & within, bool(phenomenon and phase))]
    choices += [("phenomenon", about, bool(phenomenon)), ("phase", within, bool(phase))]
    choices += [("all", about, not phenomenon and not phase)]
    for basis, chosen, asked in choices:
        if asked and chosen.sum() >= policy.value("guide_least"):
            return basis, rows[chosen]
    either = (about & bool(phenomenon)) | (within & bool(phase))
    return "plan", rows[either if phenomenon or phase else about]


def _usual(known: Cooperation, chosen: pd.DataFrame) -> tuple[Usual, ...]:
    """Whoever was there and was not withdrawn since; the newest day may hold several activities."""
    there = known.attendance[known.attendance["activity"].isin(chosen["activity"])]
    there = there[~there["partner"].isin(known.withdrawn)]
    if there.empty:
        return ()
    newest = chosen["day"].iloc[-1]
    found = there.groupby("partner").agg(times=("activity", "nunique"), last=("day", "max"))
    rows = [
        Usual(partner=int(n), times=int(times), last_there=last.date(), missed_last=bool(last < newest))
        for n, times, last in found.itertuples()
    ]
    name = {n: one.name.casefold() for n, one in known.partners.items()}
    return tuple(sorted(rows, key=lambda one: (-one.times, name[one.partner], one.partner)))


def _wanted(planned: Plan, phase: str) -> list[tuple[str, str]]:
    """The places of the plan where a domain leads (those first) or supports, in a phase or in any."""
    places = [place for place, (share, _) in planned.items() if share != "none" and phase in ("", place[0])]
    return sorted(places, key=lambda place: planned[place][0] != "lead")
