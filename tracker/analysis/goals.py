"""Shared goals -> how each stands: counted from the log on one evening, never typed.

What can be said of a goal, in this order:
- reached: what is counted is at or past the target beyond doubt;
- not yet or not reached: it is beyond doubt short of the target; "on the way" up to and including its day,
  "not reached" after it;
- can't say: nothing can be counted yet, or the target lies within the range, or what nobody wrote down could
  decide it.

A goal is judged on its day: after that what was so on that evening stands. What happens again and again
(meetings, agreements, responses) is also a matter of chance, so there the whole range must clear the target.
When not one of enough failed no result could be better, and the goal is reached whatever the range says.
What stands there on the evening (owners, silence, who came, looking back) is counted, and counts as counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from tracker.analysis import agreements, evaluation, origins, partners, policy, proportion
from tracker.analysis import structure as agreed
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.evaluation import Counts
from tracker.analysis.meetings import Meetings
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Log, Question
from tracker.analysis.structure import Structure
from tracker.records import GOAL_MEASURES, Goal

STATUSES = ("reached", "on_the_way", "not_reached", "cannot_say")
AT_MOST = ("quiet_at_most",)
_BY_CHANCE = ("meetings_held", "agreements_on_time", "reuse")
_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the store read up to one and the same evening."""

    log: Log
    meetings: Meetings
    known: Cooperation
    question: Question

    @property
    def until(self) -> date:
        """The evening."""
        return self.known.until

    @property
    def quarter(self) -> Quarter:
        """The last quarter that was over by then."""
        return Quarter.last_full(self.until)

    @cached_property
    def counts(self) -> Counts:
        """The plain counts of that quarter."""
        return evaluation.counts(self.log, self.meetings, self.known, self.quarter, self.question)

    @cached_property
    def structure(self) -> Structure:
        """The agreed meetings as they stand."""
        return agreed.structure(self.meetings)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a goal is measured by, from `first` to `last` (both included; one day for what stands there).

    `value`: a share from 0 to 1 or a number; open when no more than its least is known. `hits` of `trials`
    for a share; `hits` alone for a number. `unknown`: how many meetings without an answer, responses through
    something of unknown age, activities without names or weeks without an entry could change it.
    """

    measure: str
    value: Estimate
    first: date
    last: date
    hits: int = 0
    trials: int = 0
    unknown: int = 0

    @property
    def bounds(self) -> tuple[float, float] | None:
        """(lowest, highest) it can be in the unit of a target, per cent or a number; None without a value."""
        value = self.value
        if value.status == "missing":
            return None
        if self.measure in _BY_CHANCE or value.status == "open":
            low, high = value.low or 0.0, math.inf if value.high is None else value.high
        else:
            low = high = value.value or 0.0
        unit = 100 if GOAL_MEASURES[self.measure] else 1
        return round(low * unit, 9), round(high * unit, 9)

    @property
    def flawless(self) -> bool:
        """True when not one failed of enough, and nothing is unknown: no result could be better."""
        whole = self.hits == self.trials and not self.unknown
        return whole and self.trials >= policy.value("goal_least_trials")


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How a goal (its id) stands: one of STATUSES; `why` is a code when it cannot be said, else empty."""

    goal: int
    status: str
    measured: Measured
    why: str = ""


def progress(goals: Mapping[int, Goal], until: date, read: Callable[[date], Seen]) -> tuple[Progress, ...]:
    """The goals that were made by the evening of `until`, the first due first.

    `read` gives what the log says of an evening; a goal whose day has passed is read on its own day.
    """
    known = {n: one for n, one in goals.items() if one.made_on is None or one.made_on <= until}
    ordered = sorted(known.items(), key=lambda item: (item[1].due_on, item[0]))
    evenings = {min(one.due_on, until) for one in known.values()}
    seen = {evening: read(evening) for evening in evenings}
    return tuple(_progress(number, one, seen[min(one.due_on, until)], until) for number, one in ordered)


def measured(measure: str, seen: Seen) -> Measured:
    """What one of `GOAL_MEASURES` comes to on an evening."""
    return _MEASURES[measure](seen)


def _progress(number: int, goal: Goal, seen: Seen, until: date) -> Progress:
    found = measured(goal.measure, seen)
    side, why = _side(goal, found)
    short = "not_reached" if until > goal.due_on else "on_the_way"
    status = {"past": "reached", "short": short, "": "cannot_say"}[side]
    return Progress(goal=number, status=status, measured=found, why=why)


def _side(goal: Goal, found: Measured) -> tuple[str, str]:
    """(past | short | "", why it cannot be said)."""
    bounds = found.bounds
    if bounds is None:
        return "", found.value.why
    low, high = bounds
    if goal.measure in AT_MOST:
        low, high, target = -high, -low, -goal.target
    else:
        target = goal.target
    if low >= target or (goal.measure in _BY_CHANCE and found.flawless):
        return "past", ""
    if high < target:
        return "short", ""
    if found.value.status == "open":
        return "", found.value.why
    few = found.trials < policy.value("goal_least_trials")
    return "", "few_trials" if few else "range_covers_target"


def _meetings_held(seen: Seen) -> Measured:
    """As the structure verdict counts: a year, lengthened to two at most; unanswered ones both ways."""
    found = seen.structure
    value = replace(found.adherence_upper, low=found.adherence_lower.low)
    return Measured(
        measure="meetings_held",
        value=value if found.expected else Estimate(why="no_meetings"),
        first=found.since + timedelta(days=1),
        last=seen.until,
        hits=found.held,
        trials=found.expected,
        unknown=found.unanswered,
    )


def _domains_met(seen: Seen) -> Measured:
    there = partners.coverage(seen.known, seen.quarter, ())
    return _met(seen, "domains_met", len(there.at))


def _organisations_met(seen: Seen) -> Measured:
    return _met(seen, "organisations_met", seen.counts.organisations or 0)


def _met(seen: Seen, measure: str, number: int) -> Measured:
    """At least so many: where names or weeks are missing there may have been more."""
    untold = _untold(seen.known, seen.quarter)
    weeks = seen.counts.unknown_weeks
    why = "who_came_unknown" if untold else "weeks_not_logged" if weeks else ""
    return _in_quarter(seen, measure, number, why, untold or weeks)


def _peacetime_activities(seen: Seen) -> Measured:
    """On the days of peacetime of the quarter; with too few of those it cannot fall short."""
    found = seen.counts
    few = found.peacetime_days < policy.value("least_peacetime_days_side")
    why = "weeks_not_logged" if found.unknown_weeks else "few_peacetime_days" if few else ""
    return _in_quarter(seen, "peacetime_activities", found.in_peacetime, why, found.unknown_weeks)


def _in_quarter(seen: Seen, measure: str, number: int, why: str, unknown: int) -> Measured:
    """A number of the last full quarter; with a `why` no more than its least is known."""
    exact = Estimate(value=number, low=number, high=number, status="ok")
    return Measured(
        measure=measure,
        value=Estimate(low=number, status="open", why=why) if why else exact,
        first=seen.quarter.first,
        last=seen.quarter.last,
        hits=number,
        unknown=unknown,
    )


def _untold(known: Cooperation, quarter: Quarter) -> int:
    """Rows of the quarter of which nobody wrote down who came."""
    first, last = pd.Timestamp(quarter.first), pd.Timestamp(quarter.last)
    inside = known.activities.loc[known.activities["day"].between(first, last), "activity"]
    return int((~inside.isin(known.attendance["activity"])).sum())


def _shared_owners(seen: Seen) -> Measured:
    """Owners as they stand now: when an owner came is not kept."""
    found = partners.ownership(seen.known)
    lacking = len(found.no_owner) + len(found.no_second) + len(found.same_domain)
    return Measured(
        measure="shared_owners",
        value=found.shared,
        first=seen.until,
        last=seen.until,
        hits=found.running - lacking,
        trials=found.running,
    )


def _agreements_on_time(seen: Seen) -> Measured:
    """Of those that fell due in the last 365 days and were not dropped with a reason."""
    found = agreements.kept(seen.known)
    return Measured(
        measure="agreements_on_time",
        value=found.on_time,
        first=seen.until - _YEAR + timedelta(days=1),
        last=seen.until,
        hits=found.done_on_time,
        trials=found.due,
    )


def _quiet_at_most(seen: Seen) -> Measured:
    found = seen.structure
    number = Estimate(value=found.dormant, low=found.dormant, high=found.dormant, status="ok")
    return Measured(
        measure="quiet_at_most",
        value=number if found.judged else Estimate(why="none_judged"),
        first=seen.until,
        last=seen.until,
        hits=found.dormant,
    )


def _reuse(seen: Seen) -> Measured:
    """Responses to one incident go together, so the range is the widest of three.

    Wilson over incidents; exact with every response of unknown age taken for one that did not run through
    what existed; and with every such one taken for one that did.
    """
    found = origins.reuse(seen.known)
    trials = found.known + found.unknown
    ranges = [
        proportion.wilson(list(found.through.values())),
        proportion.exact(found.reused, trials),
        proportion.exact(found.reused + found.unknown, trials),
    ]
    lows, highs = ([getattr(one, edge) for one in ranges if one.stated] for edge in ("low", "high"))
    return Measured(
        measure="reuse",
        value=replace(found.share, low=min(lows), high=max(highs)) if found.known else found.share,
        first=seen.known.since,
        last=seen.until,
        hits=found.reused,
        trials=found.known,
        unknown=found.unknown,
    )


def _reviewed(seen: Seen) -> Measured:
    """Serious incidents of the last 365 days, those left out that still have time to be looked back on."""
    known, most = seen.known, timedelta(days=policy.value("evaluated_days"))
    recent = [(day, n) for day, n in known.serious if known.until - _YEAR < day]
    done = [n for day, n in recent if n in known.looked_back and known.looked_back[n].held_on <= day + most]
    over = {n for day, n in recent if day + most < known.until}.union(done)
    return Measured(
        measure="reviewed",
        value=proportion.exact(len(done), len(over), "no_serious_incidents"),
        first=seen.until - _YEAR + timedelta(days=1),
        last=seen.until,
        hits=len(done),
        trials=len(over),
    )


_MEASURES: dict[str, Callable[[Seen], Measured]] = {
    "meetings_held": _meetings_held,
    "domains_met": _domains_met,
    "organisations_met": _organisations_met,
    "shared_owners": _shared_owners,
    "agreements_on_time": _agreements_on_time,
    "peacetime_activities": _peacetime_activities,
    "quiet_at_most": _quiet_at_most,
    "reuse": _reuse,
    "reviewed": _reviewed,
}
