"""All arrangements -> the structure verdict: do the agreed meetings go on, incident or not?

Every agreed meeting is a trial, so this pillar speaks from the first year on, also without incidents.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.analysis import peacetime, policy, proportion
from tracker.analysis.estimate import Estimate, Needed
from tracker.analysis.meetings import Meetings
from tracker.analysis.recurrence import HELD, Expected
from tracker.analysis.rhythm import YEAR, Rhythm, in_period, rhythm, tally

_LONGEST = timedelta(days=730)


@dataclass(frozen=True, kw_only=True)
class Structure:
    """The structure verdict with what it rests on.

    `verdict`: holds | slips | undecided | too_early. `held` of `expected` meetings took place since `since`
    (those nobody answered left out). `unanswered`: meetings past their grace without a word. `judged`: how
    many arrangements' silence can be judged, `dormant` how many of them fell silent. `names`: of the one or
    two arrangements it rests on, else empty. `difference`: adherence in peacetime minus after an incident.
    """

    verdict: str
    arrangements: int
    rhythms: tuple[Rhythm, ...]
    since: date
    expected: int
    held: int
    unanswered: int
    adherence_upper: Estimate
    adherence_lower: Estimate
    difference: Estimate
    judged: int
    dormant: int
    names: tuple[str, ...] = ()
    needed: tuple[Needed, ...] = ()


def structure(meetings: Meetings) -> Structure:
    """The verdict over the last 12 months, lengthened to at most 24 to reach 12 expected meetings."""
    rhythms = tuple(rhythm(agreed, meetings) for agreed in meetings.arrangements)
    since = _since(rhythms, meetings.until)
    groups = _groups(rhythms, since, meetings.until)
    upper = proportion.wilson([tally(group, unknown_as_missed=False) for group in groups])
    lower = proportion.wilson([tally(group, unknown_as_missed=True) for group in groups])
    expected = sum(tally(group, unknown_as_missed=True)[1] for group in groups)
    known = [tally(group, unknown_as_missed=False) for group in groups]
    judged = [one for one in rhythms if one.judged]
    dormant = sum(one.dormant for one in judged)
    rhythmic = _rhythmic(rhythms, since)
    named = [one.agreed.name for one in rhythmic if not _stopped(one)]
    verdict = _verdict(rhythms, meetings, since, upper, lower, expected, len(judged), dormant)
    unanswered = sum(one.state == "unknown" for group in groups for one in group)
    return Structure(
        verdict=verdict,
        arrangements=sum(one.state != "ended" for one in rhythms),
        rhythms=rhythms,
        since=since,
        expected=sum(trials for _, trials in known),
        held=sum(held for held, _ in known),
        unanswered=unanswered,
        adherence_upper=upper,
        adherence_lower=lower,
        difference=_difference(rhythms, meetings),
        judged=len(judged),
        dormant=dormant,
        names=tuple(named) if len(named) <= 2 else (),
        needed=_needed(verdict, len(rhythmic), expected, unanswered, upper, lower),
    )


def _since(rhythms: tuple[Rhythm, ...], until: date) -> date:
    """A year ago, or as far back (two years at most) as it takes to find twelve expected meetings."""
    groups = _groups(rhythms, until - _LONGEST, until)
    due = sorted((one.due_on for group in groups for one in group if one.counts), reverse=True)
    least = int(policy.value("least_expected"))
    if len(due) < least:
        return until - _LONGEST
    return min(until - YEAR, due[least - 1] - timedelta(days=1))


def _groups(rhythms: tuple[Rhythm, ...], since: date, until: date) -> list[list[Expected]]:
    """The meetings of every arrangement that is not over because it was no longer needed."""
    return [in_period(one.expected, since, until) for one in rhythms if not _stopped(one)]


def _stopped(one: Rhythm) -> bool:
    """Ended as no longer needed; an end that still lies ahead is none."""
    return one.state == "ended" and one.agreed.end_reason == "no_longer_needed"


def _rhythmic(rhythms: tuple[Rhythm, ...], since: date) -> list[Rhythm]:
    """Those with a rhythm that had not ended before the period."""
    return [
        one for one in rhythms if one.expected and not (one.agreed.ended_on and one.agreed.ended_on <= since)
    ]


def _verdict(
    rhythms: tuple[Rhythm, ...], meetings: Meetings, since: date, upper: Estimate, lower: Estimate,
    expected: int, judged: int, dormant: int,
) -> str:  # fmt: skip
    """Method section 5a, in its order."""
    many = dormant >= policy.value("dormant_share") * judged and dormant > 0
    if judged >= policy.value("dormant_least") and many:
        return "slips"
    if expected < policy.value("least_expected"):
        return "too_early"
    border = policy.value("adherence_holds")
    if lower.low is not None and lower.low >= border and not many and not _stopped_too_much(rhythms, since):
        return "holds"
    if upper.high is not None and upper.high < border:
        return "slips"
    return "slips" if _less_than_before(rhythms, meetings.until) else "undecided"


def _stopped_too_much(rhythms: tuple[Rhythm, ...], since: date) -> bool:
    """More than a third of the arrangements of the period ended as no longer needed."""
    alive = _rhythmic(rhythms, since)
    stopped = sum(map(_stopped, alive))
    return bool(alive) and stopped > policy.value("dormant_share") * len(alive)


def _less_than_before(rhythms: tuple[Rhythm, ...], until: date) -> bool:
    """Adherence of the last year over that of the year before has an upper bound below .90."""
    sides = []
    for end in (until, until - YEAR):
        groups = [tally(g, unknown_as_missed=False) for g in _groups(rhythms, end - YEAR, end)]
        sides.append((groups, sum(hit for hit, _ in groups), sum(n for _, n in groups)))
    (groups, held, trials), (_, held_before, trials_before) = sides
    if not trials or not trials_before:
        return False
    spread = proportion.dispersion([group for group in groups if group[1]])
    ratio = peacetime.rate_ratio(
        (held, trials), (held_before, trials_before), spread, policy.value("confidence")
    )
    return ratio.high < policy.value("adherence_falls")


def _difference(rhythms: tuple[Rhythm, ...], meetings: Meetings) -> Estimate:
    """Adherence of the meetings due in peacetime minus that of those due within 90 days after an incident.

    Newcombe on effective sizes; weighted by arrangement (Mantel-Haenszel) from three with both.
    """
    pairs = [_both_times(one, meetings) for one in rhythms]
    quiet, after = (tuple(sum(pair[side][k] for pair in pairs) for k in (0, 1)) for side in (0, 1))
    if not quiet[1] or not after[1]:
        return Estimate(why="no_incidents" if not meetings.serious else "few_meetings")
    groups = [pair[side] for pair in pairs for side in (0, 1) if pair[side][1]]
    spread = proportion.dispersion(groups)
    crude = proportion.newcombe(
        (quiet[0], quiet[1]), (after[0], after[1]), spread, proportion.quantile(1.0, 0)
    )
    both = [pair for pair in pairs if pair[0][1] and pair[1][1]]
    if len(both) < policy.value("dispersion_groups") or crude.value is None:
        return crude
    weights = [q[1] * a[1] / (q[1] + a[1]) for q, a in both]
    value = sum(w * (q[0] / q[1] - a[0] / a[1]) for w, (q, a) in zip(weights, both, strict=True)) / sum(
        weights
    )
    moved = value - crude.value
    low, high = (max(-1.0, min(1.0, (edge or 0.0) + moved)) for edge in (crude.low, crude.high))
    return Estimate(value=value, low=low, high=high, status="ok")


def _both_times(one: Rhythm, meetings: Meetings) -> tuple[tuple[int, int], tuple[int, int]]:
    """(held, trials) of one arrangement in peacetime and within 90 days after a serious incident.

    The first 90 days of the log are neither: nobody knows what came before them.
    """
    quiet_days = timedelta(days=policy.value("peacetime_days"))
    sides = [[0, 0], [0, 0]]
    for due in one.expected:
        if not due.counts or due.state == "unknown":
            continue
        before = bisect_right(meetings.serious, due.due_on)
        since = meetings.serious[before - 1] if before else None
        after = since is not None and due.due_on - since < quiet_days
        if after or (meetings.first_entry and due.due_on - meetings.first_entry >= quiet_days):
            sides[after][0] += due.state in HELD
            sides[after][1] += 1
    (calm_held, calm), (after_held, after_all) = sides
    return (calm_held, calm), (after_held, after_all)


def _needed(
    verdict: str, rhythmic: int, expected: int, unanswered: int, upper: Estimate, lower: Estimate
) -> tuple[Needed, ...]:
    if verdict == "too_early" and rhythmic == 0:
        return (Needed(what="arrangements_with_rhythm", have=0, need=1),)
    if verdict == "too_early":
        return (Needed(what="expected_meetings", have=expected, need=policy.value("least_expected")),)
    border = policy.value("adherence_holds")
    answers_decide = (lower.low or 0.0) < border <= (upper.low or 0.0)
    if verdict == "undecided" and unanswered and answers_decide:
        return (Needed(what="occurrences_without_answer", have=unanswered, need=0),)
    return ()
