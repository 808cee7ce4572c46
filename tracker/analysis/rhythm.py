"""The agreed meetings of one arrangement -> its rhythm: what was held, how silent it is, where it stands."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tracker.analysis import decay, peacetime, policy, proportion, recurrence
from tracker.analysis.estimate import Estimate
from tracker.analysis.meetings import Agreed, Meetings
from tracker.analysis.recurrence import HELD, Expected

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """One arrangement as it stands on the evening it is asked.

    `expected` are its meetings from the start of the log up to a year ahead; `counts` the number of the
    last 365 days per state. `state`: on_rhythm | late | dormant | paused | ended | on_demand. `gaps` are the
    days between its earlier meetings, `longer_gaps` how many of them were as long as the silence now.
    `next_due`: the first day ahead (or just past, within its grace) on which it is expected or planned.
    """

    agreed: Agreed
    until: date
    expected: tuple[Expected, ...]
    counts: dict[str, int]
    adherence_upper: Estimate
    adherence_lower: Estimate
    state: str
    judged: bool
    last_held: date | None
    silence_days: int | None
    gaps: tuple[int, ...]
    longer_gaps: int
    last_12_months: int
    prior_24_months: int
    next_due: date | None

    @property
    def ratio_12_24(self) -> Estimate:
        """Meetings per day of the last 12 months over those of the 24 before, by the exact split."""
        return _ratio(self.agreed, self.last_12_months, self.prior_24_months)

    @property
    def trend_per_year(self) -> Estimate:
        """Change of the number of meetings a year; a fit of its own, so only made when asked for."""
        return _trend(self.agreed, self.until)

    @property
    def dormant(self) -> bool:
        """True when it fell silent without anybody deciding so."""
        return self.state == "dormant"


def rhythm(agreed: Agreed, meetings: Meetings) -> Rhythm:
    """The rhythm of one arrangement; without a cadence only its silence is judged."""
    until = meetings.until
    first = meetings.first_entry or until
    found = tuple(recurrence.expected(agreed, meetings, first))
    year = in_period(found, until - YEAR, until)
    days = sorted(set(agreed.held) | {one.held_on for one in found if one.held_on})
    gaps = tuple((b - a).days for a, b in itertools.pairwise(days))
    last_held = days[-1] if days else None
    silence = (until - last_held).days if last_held else None
    longer = sum(gap >= silence for gap in gaps) if silence is not None else 0
    state = _state(agreed, meetings, found, silence, gaps)
    recent, earlier = (
        bisect_right(agreed.held, end) - bisect_right(agreed.held, start)
        for start, end in ((until - YEAR, until), (until - 3 * YEAR, until - YEAR))
    )
    return Rhythm(
        agreed=agreed,
        until=until,
        expected=found,
        counts=dict(Counter(one.state for one in year)),
        adherence_upper=proportion.exact(*tally(year, unknown_as_missed=False)),
        adherence_lower=proportion.exact(*tally(year, unknown_as_missed=True)),
        state=state,
        judged=state not in ("ended", "paused") and (bool(found) or len(gaps) >= policy.value("least_gaps")),
        last_held=last_held,
        silence_days=silence,
        gaps=gaps,
        longer_gaps=longer,
        last_12_months=recent,
        prior_24_months=earlier,
        next_due=_next_due(found, until),
    )


def first_missed(one: Rhythm) -> date:
    """The due day at which the silence of a rhythm began: the first that was missed since anybody met."""
    missed = _missed(one.expected, one.until, one.silence_days)
    assert missed, f"{one.agreed.name} missed nothing"
    return missed[0].due_on


def in_period(expected: tuple[Expected, ...], after: date, until: date) -> list[Expected]:
    """The meetings that fell due after `after`, up to and including `until`."""
    return [one for one in expected if after < one.due_on <= until]


def tally(expected: list[Expected], *, unknown_as_missed: bool) -> tuple[int, int]:
    """(held, trials): recess and what is not yet due are no trial, unknown only when it counts as missed."""
    trials = [one for one in expected if one.counts and (unknown_as_missed or one.state != "unknown")]
    return sum(one.state in HELD for one in trials), len(trials)


def _state(
    agreed: Agreed,
    meetings: Meetings,
    expected: tuple[Expected, ...],
    silence: int | None,
    gaps: tuple[int, ...],
) -> str:
    until = meetings.until
    if agreed.ended_on is not None and agreed.ended_on <= until:
        return "ended"
    if any(start <= until <= end for start, end in agreed.pauses):
        return "paused"
    if not agreed.cadence:
        quiet = silence is not None and len(gaps) >= policy.value("least_gaps") and silence > max(gaps)
        return "dormant" if quiet else "on_demand"
    missed = _missed(expected, until, silence)
    if not missed:
        return "on_rhythm"
    overdue = recurrence.overdue_days(agreed, meetings, missed[0].due_on)
    if overdue > recurrence.cadence_days(agreed, until) + 7 * agreed.grace_weeks:
        return "dormant"
    return "late" if any(one.state == "unknown" for one in missed) else "on_rhythm"


def _missed(expected: tuple[Expected, ...], until: date, silence: int | None) -> list[Expected]:
    """The meetings that fell due since anybody met and were not held, recess left out.

    Meeting on any day starts the clock anew, whichever due day it counts for.
    """
    last_held = date.min if silence is None else until - timedelta(days=silence)
    none = ("recess", *HELD)
    return [one for one in expected if last_held < one.due_on <= until and one.state not in none]


def _next_due(expected: tuple[Expected, ...], until: date) -> date | None:
    ahead = (one.planned_on or one.due_on for one in expected if one.state in ("planned", "pending"))
    return min(ahead, default=None)


def _ratio(agreed: Agreed, recent: int, earlier: int) -> Estimate:
    """Meetings per day of the last 12 months over those of the 24 before, by the exact split."""
    if len(agreed.held) < policy.value("least_meetings"):
        return Estimate(why="few_meetings")
    days = float(YEAR.days)
    ratio = peacetime.rate_ratio((recent, days), (earlier, 2 * days), 1.0, policy.value("confidence"))
    if ratio.ratio is None or np.isinf(ratio.high):
        return Estimate(low=ratio.low, status="open", why="open_end")
    return Estimate(value=ratio.ratio, low=ratio.low, high=ratio.high, status="ok")


def _trend(agreed: Agreed, until: date) -> Estimate:
    """Change of the number of meetings a year, as a ratio with a quasi-likelihood interval.

    Counted from the day after the first meeting: that one starts the clock and is there by definition.
    """
    if len(agreed.held) < policy.value("least_meetings"):
        return Estimate(why="few_meetings")
    start = agreed.held[0] + timedelta(days=1)
    length = (until - start).days + 1
    days = np.array([(day - start).days for day in agreed.held if day >= start], int)
    counts = np.bincount(days, minlength=max(length, 0)).astype(float)
    if not len(days):
        return Estimate(why="few_meetings")
    fit = decay.fit(counts, np.ones(length), np.zeros(length), trend=True)
    if fit is None or fit.growth_interval[0] <= 0 or np.isinf(fit.growth_interval[1]):
        return Estimate(status="hidden", why="wide_interval")
    low, high = fit.growth_interval
    return Estimate(value=fit.growth, low=low, high=high, status="ok")
