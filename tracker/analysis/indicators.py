"""The cooperation as it stands -> the plain indicators of an evaluation that no other room works out.

Each is a share of few things with an exact interval, over the last 365 days unless it says otherwise, and
none of them enters a verdict. What the log cannot tell has a reason instead of a number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from scipy.special import bdtr

from tracker.analysis import aftermath, policy, proportion
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.meetings import Meetings
from tracker.analysis.quarter import Quarter
from tracker.analysis.recurrence import HELD, Expected
from tracker.analysis.rhythm import Rhythm

_YEAR = timedelta(days=365)
EVALUATION, AFTERCARE = ("evaluation",), ("aftercare",)
LEARNING = ("training", "exercise")


@dataclass(frozen=True, kw_only=True)
class Part:
    """`hits` of `trials` things, and the share that may be stated; of `unknown` others nobody can tell."""

    hits: int
    trials: int
    share: Estimate
    unknown: int = 0


@dataclass(frozen=True, kw_only=True)
class Averted:
    """An incident that was averted (its id), and the arrangements that activities tied to it ran through."""

    incident: int
    through: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Indicators:
    """Numbers 21, 23-27 and 29 of the list of indicators.

    `together` and `across`: median days from an incident that counts to the first joint activity, and to the
    first with two domains, over `followed` incidents. `evaluated` and `aftercare`: serious incidents that
    were looked back at, or had aftercare, within the agreed days; those ran out in the last year.
    `follow_ups`: agreements of those evaluations that fell due, and were done. `taught`: domains with an
    organisation that was at a training or exercise; counted, so its interval is the share itself. `phases`:
    of the activities with a phase, code -> part. `stable`: running arrangements of three years or older that
    never missed three meetings in a row in the last three. `averted`: in the quarter.
    """

    followed: int
    together: Estimate
    across: Estimate
    evaluated: Part
    follow_ups: Part
    aftercare: Part
    taught: Part
    phases: dict[str, Part]
    stable: Part
    averted: tuple[Averted, ...]


def indicators(
    known: Cooperation,
    meetings: Meetings,
    rhythms: Iterable[Rhythm],
    quarter: Quarter,
    domains: Iterable[str],
) -> Indicators:
    """As they stand on the evening of `known.until`; `domains` are the codes that could have been there."""
    counted = _followed(known)
    responses = [aftermath.response(known, number) for number in counted]
    return Indicators(
        followed=len(counted),
        together=median_days([one.first_days for one in responses]),
        across=median_days([one.across_days for one in responses]),
        evaluated=_within_days(known, EVALUATION, looked_back=True),
        follow_ups=_follow_ups(known),
        aftercare=_within_days(known, AFTERCARE, looked_back=False),
        taught=_taught(known, domains),
        phases=_phases(known),
        stable=_stable(known, meetings, rhythms),
        averted=_averted(known, quarter),
    )


def median_days(days: Sequence[int | None]) -> Estimate:
    """The median of days, None for what did not happen (yet), with its interval by order statistics.

    The ranks are those of the sign test: exact for any distribution. Fewer than six have no interval of 95 %
    and no number. An upper end that did not happen yet is open; when the median did not, nothing is stated.
    """
    if not days:
        return Estimate(why="no_followed")
    rank = _rank(len(days))
    if not rank:
        return Estimate(status="hidden", why="few_followed")
    ordered = sorted(math.inf if one is None else float(one) for one in days)
    middle = (ordered[(len(days) - 1) // 2] + ordered[len(days) // 2]) / 2
    low, high = ordered[rank - 1], ordered[-rank]
    if math.isinf(high):
        return Estimate(low=None if math.isinf(low) else low, status="open", why="open_end")
    return Estimate(value=middle, low=low, high=high, status="ok")


def _rank(n: int) -> int:
    """The rank of the lower end, 0 when there is none; `bdtr` is the chance of at most k of n below."""
    tail = (1 - policy.value("confidence")) / 2
    return sum(float(bdtr(k, n, 0.5)) <= tail for k in range(n // 2))


def _followed(known: Cooperation) -> list[int]:
    """The incidents of the last year that count and were followed long enough to have had a response."""
    ripe = known.until - timedelta(days=int(policy.value("follow_up_days")))
    days = {number: known.incidents[number].happened_on for number in known.counts}
    return sorted(number for number, day in days.items() if known.until - _YEAR < day <= ripe)


def _ripe(known: Cooperation) -> list[tuple[date, int]]:
    """The serious incidents whose days for an evaluation ran out in the last year."""
    patience = timedelta(days=int(policy.value("evaluated_days")))
    return [(day, n) for day, n in known.serious if known.until - _YEAR < day + patience <= known.until]


def _within_days(known: Cooperation, kinds: tuple[str, ...], *, looked_back: bool) -> Part:
    ripe = _ripe(known)
    hits = sum(_was_done(known, number, day, kinds, looked_back) for day, number in ripe)
    return _part(hits, len(ripe), "no_serious")


def _was_done(
    known: Cooperation, incident: int, day: date, kinds: tuple[str, ...], looked_back: bool
) -> bool:
    last = day + timedelta(days=int(policy.value("evaluated_days")))
    review = known.looked_back.get(incident) if looked_back else None
    if review is not None and day <= review.held_on <= last:
        return True
    rows = known.activities
    tied = rows[(rows["incident"] == incident) & rows["kind"].isin(kinds)]
    return bool(tied["day"].between(pd.Timestamp(day), pd.Timestamp(last)).any())


def _follow_ups(known: Cooperation) -> Part:
    """What was agreed in those evaluations; dropped with a reason is no trial."""
    serious = {number for _, number in _ripe(known)}
    due = [
        one
        for one in known.agreements.values()
        if one.origin == "review" and one.incident_id in serious and one.due_on < known.until
    ]
    tried = [one for one in due if one.state != "wont_do"]
    return _part(sum(one.state == "done" for one in tried), len(tried), "no_agreements")


def _taught(known: Cooperation, domains: Iterable[str]) -> Part:
    """Every domain with an organisation is looked at, so that nothing is estimated here."""
    rows = _last_year(known)
    learned = rows.loc[rows["kind"].isin(LEARNING), "activity"]
    there = known.attendance.loc[known.attendance["activity"].isin(learned), "partner"]
    present = {one.domain for number, one in known.partners.items() if number not in known.withdrawn}
    could = [code for code in domains if code in present]
    if not could:
        return Part(hits=0, trials=0, share=Estimate(why="no_partners"))
    if len(learned) and there.empty:
        return Part(hits=0, trials=0, share=Estimate(why="no_attendance"))
    at = {known.partners[number].domain for number in there.tolist()}
    hits = sum(code in at for code in could)
    exactly = hits / len(could)
    return Part(
        hits=hits,
        trials=len(could),
        share=Estimate(value=exactly, low=exactly, high=exactly, status="ok"),
    )


def _phases(known: Cooperation) -> dict[str, Part]:
    """An activity without a phase has that of its arrangement. Too few with one give no shares."""
    rows = _last_year(known)
    given = {number: one.phase for number, one in known.arrangements.items()}
    of_arrangement = [given.get(number, "") for number in rows["arrangement"].tolist()]
    phase = rows["phase"].where(rows["phase"] != "", of_arrangement)
    counts = rows["count"].groupby(phase).sum()
    total, told = int(counts.sum()), int(counts.drop("", errors="ignore").sum())
    enough = told >= policy.value("least_meetings") and told >= policy.value("least_coverage") * total
    hidden = Estimate(status="hidden", why="few_phases")
    return {
        str(code): Part(
            hits=int(n),
            trials=told,
            share=proportion.exact(int(n), told) if enough else hidden,
            unknown=total - told,
        )
        for code, n in counts.items()
        if code
    }


def _stable(known: Cooperation, meetings: Meetings, rhythms: Iterable[Rhythm]) -> Part:
    since = known.until - timedelta(days=int(policy.value("stable_days")))
    running = [one for one in rhythms if one.state != "ended" and one.agreed.cadence]
    old = [one for one in running if (known.founded_on(one.agreed.id) or known.until) <= since]
    followed = meetings.first_entry is not None and meetings.first_entry <= since
    told = [_never_lost(one.expected, since, known.until) if followed else None for one in old]
    hits, trials = told.count(True), len(told) - told.count(None)
    why = "no_old_arrangements" if not old else "young_log"
    return Part(hits=hits, trials=trials, share=proportion.exact(hits, trials, why), unknown=told.count(None))


def _never_lost(expected: Iterable[Expected], since: date, until: date) -> bool | None:
    """Whether it never missed more than two in a row; None when that hangs on what nobody said."""
    most = policy.value("stable_missed")
    trials = [one for one in expected if since < one.due_on <= until and one.counts]
    if longest_run(trials, unknown_as_missed=False) > most:
        return False
    return True if longest_run(trials, unknown_as_missed=True) <= most else None


def longest_run(trials: Iterable[Expected], *, unknown_as_missed: bool) -> int:
    """The most meetings in a row that were not held."""
    run = longest = 0
    for one in trials:
        held = one.state in HELD or (one.state == "unknown" and not unknown_as_missed)
        run = 0 if held else run + 1
        longest = max(longest, run)
    return longest


def _averted(known: Cooperation, quarter: Quarter) -> tuple[Averted, ...]:
    rows, last = known.activities, min(quarter.last, known.until)
    found = [
        n for n, one in known.incidents.items() if one.averted and quarter.first <= one.happened_on <= last
    ]
    return tuple(Averted(incident=n, through=_through(rows, n)) for n in found)


def _through(rows: pd.DataFrame, incident: int) -> tuple[int, ...]:
    tied = rows.loc[(rows["incident"] == incident) & (rows["arrangement"] != 0), "arrangement"]
    return tuple(sorted(set(tied.tolist())))


def _last_year(known: Cooperation) -> pd.DataFrame:
    return known.activities[known.activities["day"] > pd.Timestamp(known.until - _YEAR)]


def _part(hits: int, trials: int, why: str) -> Part:
    return Part(hits=hits, trials=trials, share=proportion.exact(hits, trials, why))
