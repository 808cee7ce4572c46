"""One quarter of a log -> the facts of its evaluation: what happened, what was done, what went quiet.

Everything is as it looked on the evening of the day that log, meetings and cooperation were read up to: the
last day of the quarter, or the newest one while it runs. So any past quarter can be asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tracker.analysis import (
    aftermath,
    agreements,
    indicators,
    lives,
    origins,
    partners,
    peacetime,
    policy,
    proportion,
)
from tracker.analysis import attendance as presence
from tracker.analysis import series as daily
from tracker.analysis import structure as agreed
from tracker.analysis import ties as pairs
from tracker.analysis.aftermath import Response
from tracker.analysis.agreements import Asked, Kept
from tracker.analysis.attendance import Attendance
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.indicators import Indicators
from tracker.analysis.meetings import Meetings
from tracker.analysis.origins import Born, Reuse
from tracker.analysis.partners import Coverage, KeyRoles, Lifecycle, Ownership
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Log, LoggedIncident, Question
from tracker.analysis.recurrence import HELD, Expected
from tracker.analysis.rhythm import Rhythm
from tracker.analysis.structure import Structure
from tracker.analysis.survival import Life, Survival, survival
from tracker.analysis.ties import Ties

_WEEK, _YEAR = timedelta(days=7), timedelta(days=365)
WORKDAYS = 5


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What is plainly counted in a quarter, up to `until`; the numbers that quarters are compared by.

    `incidents` that count, `serious` those of them that end peacetime. `activities` together, `in_peacetime`
    those of them on one of the `peacetime_days`. `due`: agreed meetings that fell due and were expected,
    `held` those of them that took place, `unanswered` those nobody spoke of. `organisations` and `pairs` that
    were there: None when there were activities and nobody wrote down who came. Agreements by the day they
    were made or closed. `weeks` that begin in the quarter, of which `unknown_weeks` were not logged and
    `recess_weeks` are recess from Monday to Friday.
    """

    quarter: Quarter
    until: date
    incidents: int
    serious: int
    averted: int
    activities: int
    in_peacetime: int
    peacetime_days: int
    due: int
    held: int
    unanswered: int
    organisations: int | None
    pairs: int | None
    agreements_made: int
    agreements_done: int
    agreements_dropped: int
    weeks: int
    unknown_weeks: int
    recess_weeks: int

    @property
    def running(self) -> bool:
        """True while the quarter is not over."""
        return self.until < self.quarter.last


@dataclass(frozen=True, kw_only=True)
class Legacy:
    """What came out of one serious incident (its id), and what became of it."""

    incident: int
    lives: tuple[Life, ...]

    @property
    def lasting(self) -> int:
        """How many were not lost."""
        return sum(not one.lost for one in self.lives)


@dataclass(frozen=True, kw_only=True)
class QuarterFacts:
    """Everything the evaluation of a quarter shows; ids as in `Cooperation`.

    `incidents`: all of the quarter, also those that do not count; `responses`: to those that count.
    `held_share` and `held_share_lowest`: of the meetings of the quarter, those without an answer left out or
    counted as missed. `dormant` and `late`: rhythms as they stand that evening, the longest silence first;
    `went_quiet`: those of the dormant that became so in the quarter. `began` and `ended`: arrangements in it.
    `made`, `done` and `dropped`: agreements in it. `absent`: who missed several meetings in a row, by
    arrangement. `attended`: share of who could come at the meetings of the quarter. `stayed`: share of the
    organisations of the quarter before that were there again. `legacies`: of the serious incidents of the
    last year, newest first. `asked`: check-backs that wait for an answer.
    """

    counts: Counts
    structure: Structure
    incidents: tuple[LoggedIncident, ...]
    responses: tuple[Response, ...]
    held_share: Estimate
    held_share_lowest: Estimate
    dormant: tuple[Rhythm, ...]
    late: tuple[Rhythm, ...]
    went_quiet: tuple[Rhythm, ...]
    began: tuple[int, ...]
    ended: tuple[int, ...]
    kept: Kept
    made: tuple[int, ...]
    done: tuple[int, ...]
    dropped: tuple[int, ...]
    asked: tuple[Asked, ...]
    ties: Ties
    lifecycle: Lifecycle
    coverage: Coverage
    absent: tuple[Attendance, ...]
    attended: Estimate
    stayed: Estimate
    key_roles: KeyRoles
    ownership: Ownership
    reuse: Reuse
    born: Born
    arrangements_last: Survival
    agreements_last: Survival
    legacies: tuple[Legacy, ...]
    indicators: Indicators


def counts(log: Log, meetings: Meetings, known: Cooperation, quarter: Quarter, question: Question) -> Counts:
    """The plain counts of `quarter`, from what was read up to one and the same evening."""
    last = min(quarter.last, known.until)
    assert quarter.first <= last, (quarter, known.until)
    happened = _incidents(log, quarter.first, last)
    activities, in_peace, peace_days = _activities(log, question, quarter.first, last)
    due = [one for one in _due(agreed.structure(meetings), quarter.first, last) if one.counts]
    met = pairs.ties(known, quarter)
    told = met.told > 0 or met.activities == 0
    mondays = _mondays(quarter.first, last)
    serious = policy.value("peacetime_severity")
    return Counts(
        quarter=quarter,
        until=last,
        incidents=sum(one.counts for one in happened),
        serious=sum(one.counts and one.severity >= serious for one in happened),
        averted=sum(one.why == "averted" for one in happened),
        activities=activities,
        in_peacetime=in_peace,
        peacetime_days=peace_days,
        due=len(due),
        held=sum(one.state in HELD for one in due),
        unanswered=sum(one.state == "unknown" for one in due),
        organisations=_organisations(known, quarter) if told else None,
        pairs=len(met.pairs) if told else None,
        agreements_made=len(_made(known, quarter.first, last)),
        agreements_done=len(_closed(known, "done", quarter.first, last)),
        agreements_dropped=len(_closed(known, "wont_do", quarter.first, last)),
        weeks=len(mondays),
        unknown_weeks=_unknown_weeks(log, question, mondays),
        recess_weeks=sum(_off(monday, meetings) for monday in mondays),
    )


def facts(
    log: Log,
    meetings: Meetings,
    known: Cooperation,
    quarter: Quarter,
    question: Question,
    domains: Sequence[str] = (),
) -> QuarterFacts:
    """All facts of `quarter`; `domains` are the codes that could have been there."""
    plain = counts(log, meetings, known, quarter, question)
    first, last = quarter.first, plain.until
    standing = agreed.structure(meetings)
    silent = sorted(standing.rhythms, key=lambda one: -(one.silence_days or 0))
    dormant = tuple(one for one in silent if one.dormant)
    happened = _incidents(log, first, last)
    met = [presence.attendance(known, number) for number in known.arrangements]
    arrangements, no_start = lives.of_arrangements(known, meetings, standing.rhythms)
    promises, no_day = lives.of_agreements(known)
    return QuarterFacts(
        counts=plain,
        structure=standing,
        incidents=happened,
        responses=tuple(aftermath.response(known, one.id) for one in happened if one.counts),
        held_share=_held_share(standing, first, last, unknown_as_missed=False),
        held_share_lowest=_held_share(standing, first, last, unknown_as_missed=True),
        dormant=dormant,
        late=tuple(one for one in silent if one.state == "late"),
        went_quiet=tuple(one for one in dormant if first <= lives.dormant_since(one, meetings) <= last),
        began=_began(known, first, last),
        ended=tuple(n for n, one in known.arrangements.items() if _within(one.ended_on, first, last)),
        kept=agreements.kept(known),
        made=_made(known, first, last),
        done=_closed(known, "done", first, last),
        dropped=_closed(known, "wont_do", first, last),
        asked=tuple(agreements.asked(known)),
        ties=pairs.ties(known, quarter),
        lifecycle=partners.lifecycle(known, quarter),
        coverage=partners.coverage(known, quarter, domains),
        absent=tuple(one for one in met if _running(known, one) and any(row.left for row in one.rows)),
        attended=proportion.wilson([_present(one, first, last) for one in met]),
        stayed=_stayed(known, quarter),
        key_roles=partners.key_roles(known),
        ownership=partners.ownership(known),
        reuse=origins.reuse(known),
        born=origins.born_in_peace(known),
        arrangements_last=survival(arrangements, no_start),
        agreements_last=survival(promises, no_day),
        legacies=_legacies(known, [*arrangements, *promises]),
        indicators=indicators.indicators(known, meetings, standing.rhythms, quarter, domains),
    )


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _incidents(log: Log, first: date, last: date) -> tuple[LoggedIncident, ...]:
    return tuple(one for one in log.incidents if first <= one.day <= last)


def _activities(log: Log, question: Question, first: date, last: date) -> tuple[int, int, int]:
    """Joint activities, those on a day of peacetime, and the days of peacetime."""
    if log.first is None:
        return 0, 0, 0
    days = daily.daily(log, question)
    inside = (days.days >= pd.Timestamp(first)) & (days.days <= pd.Timestamp(last))
    calm = inside & peacetime.in_peacetime(days)
    return int(days.logged[inside].sum()), int(days.logged[calm].sum()), int(calm.sum())


def _mondays(first: date, last: date) -> list[date]:
    """The weeks that begin in a stretch of days."""
    start = first + timedelta(days=-first.weekday() % 7)
    return [start + n * _WEEK for n in range(((last - start).days // 7) + 1)]


def _unknown_weeks(log: Log, question: Question, mondays: list[date]) -> int:
    """Weeks outside the log are not known either."""
    if log.first is None:
        return len(mondays)
    weeks = daily.weekly(daily.daily(log, question))
    logged = set(weeks.loc[~weeks["unknown"].astype(bool), "week"].dt.date)
    return sum(monday not in logged for monday in mondays)


def _off(monday: date, meetings: Meetings) -> bool:
    """True for a week in which every working day is recess."""
    days = [monday + timedelta(days=n) for n in range(WORKDAYS)]
    return all(any(start <= day <= end for start, end in meetings.recess) for day in days)


def _due(rhythms: Structure | list[Rhythm], first: date, last: date) -> list[Expected]:
    found = rhythms.rhythms if isinstance(rhythms, Structure) else rhythms
    return [meeting for one in found for meeting in one.expected if first <= meeting.due_on <= last]


def _held_share(standing: Structure, first: date, last: date, *, unknown_as_missed: bool) -> Estimate:
    """Each arrangement is a group: its meetings resemble each other."""
    groups = (_due([one], first, last) for one in standing.rhythms)
    return proportion.wilson([_held(group, unknown_as_missed=unknown_as_missed) for group in groups])


def _held(due: list[Expected], *, unknown_as_missed: bool) -> tuple[int, int]:
    trials = [one for one in due if one.counts and (unknown_as_missed or one.state != "unknown")]
    return sum(one.state in HELD for one in trials), len(trials)


def _there(known: Cooperation, quarter: Quarter) -> set[int]:
    """The organisations that were at anything in a quarter."""
    day = known.attendance["day"]
    inside = day.between(pd.Timestamp(quarter.first), pd.Timestamp(quarter.last))
    return set(known.attendance.loc[inside, "partner"].tolist())


def _organisations(known: Cooperation, quarter: Quarter) -> int:
    return len(_there(known, quarter))


def _stayed(known: Cooperation, quarter: Quarter) -> Estimate:
    now, before = _there(known, quarter), _there(known, quarter.back(1))
    if not now or quarter.last > known.until:
        return Estimate(why="no_attendance" if not now else "quarter_running")
    return proportion.exact(len(now & before), len(before), "no_attendance")


def _present(one: Attendance, first: date, last: date) -> tuple[int, int]:
    """How many were there of how many that could be, at the meetings where somebody wrote it down."""
    every = zip(one.meetings, one.present, one.could, strict=True)
    told = [(there, could) for day, there, could in every if there is not None and first <= day <= last]
    return sum(there for there, _ in told), sum(could for _, could in told)


def _running(known: Cooperation, one: Attendance) -> bool:
    return known.arrangements[one.arrangement].ended_on is None


def _began(known: Cooperation, first: date, last: date) -> tuple[int, ...]:
    return tuple(n for n in known.arrangements if _within(known.founded_on(n), first, last))


def _made(known: Cooperation, first: date, last: date) -> tuple[int, ...]:
    return tuple(n for n, one in known.agreements.items() if _within(one.made_on, first, last))


def _closed(known: Cooperation, state: str, first: date, last: date) -> tuple[int, ...]:
    return tuple(
        n for n, one in known.agreements.items() if one.state == state and _within(one.closed_on, first, last)
    )


def _legacies(known: Cooperation, found: list[Life]) -> tuple[Legacy, ...]:
    recent = [n for day, n in reversed(known.serious) if known.until - _YEAR < day <= known.until]
    lived = {(one.kind, one.id): one for one in found}
    return tuple(_legacy(known, number, lived) for number in recent)


def _legacy(known: Cooperation, number: int, lived: dict[tuple[str, int], Life]) -> Legacy:
    arrangements, promises = agreements.came_out_of(known, number)
    keys = [*(("arrangement", n) for n in arrangements), *(("agreement", n) for n in promises)]
    return Legacy(incident=number, lives=tuple(lived[key] for key in keys if key in lived))
