"""Builders of arrangements and their meetings with defaults, so that a test only says what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.analysis import recurrence
from tracker.analysis.meetings import Agreed, Answer, Meetings
from tracker.analysis.recurrence import Expected
from tracker.analysis.rhythm import Rhythm, rhythm
from tracker.analysis.structure import Structure, structure

START = date(2023, 1, 10)  # a second Tuesday
UNTIL = date(2023, 12, 31)
MONTHLY = "FREQ=MONTHLY"


def an_arrangement(
    held: Iterable[date] = (),
    *,
    cadence: str = MONTHLY,
    name: str = "Regiegroep",
    grace_weeks: int = 0,
    started_on: date | None = START,
    ended_on: date | None = None,
    end_reason: str = "",
    answers: Iterable[Answer] = (),
    pauses: Iterable[tuple[date, date]] = (),
) -> Agreed:
    """A monthly arrangement from 10 January 2023 on."""
    return Agreed(
        id=1, name=name, kind="regular", cadence=cadence, grace_weeks=grace_weeks, started_on=started_on,
        ended_on=ended_on, end_reason=end_reason, held=tuple(sorted(held)),
        answers=tuple(sorted(answers, key=lambda one: one.due_on)), pauses=tuple(pauses),
    )  # fmt: skip


def answer(due_on: date, state: str = "not_held", moved_to: date | None = None) -> Answer:
    """What somebody said of the meeting of that day."""
    return Answer(due_on=due_on, state=state, moved_to=moved_to, reason="ziek" * (state == "cancelled"))


def meetings(
    *arrangements: Agreed,
    until: date = UNTIL,
    recess: Iterable[tuple[date, date]] = (),
    serious: Iterable[date] = (),
    first_entry: date | None = START,
) -> Meetings:
    """The log of these arrangements, without recess unless the test gives one."""
    return Meetings(
        until=until, arrangements=arrangements, recess=tuple(recess), serious=tuple(serious),
        first_entry=first_entry,
    )  # fmt: skip


def months(number: int, *, day: int = 10, first: date = START, skip: Iterable[int] = ()) -> list[date]:
    """One day in each of so many months from `first` on, without the skipped ones (0 is the first)."""
    places = (first.year * 12 + first.month - 1 + n for n in range(number) if n not in set(skip))
    return [date(place // 12, place % 12 + 1, day) for place in places]


def expected(agreed: Agreed, **log: object) -> list[Expected]:
    """Its meetings that fell due up to the asked day."""
    known = meetings(agreed, **log)  # type: ignore[arg-type]
    found = recurrence.expected(agreed, known, known.first_entry or known.until)
    return [one for one in found if one.due_on <= known.until]


def states(agreed: Agreed, **log: object) -> list[str]:
    """What became of each meeting up to the asked day."""
    return [one.state for one in expected(agreed, **log)]


def the_rhythm(agreed: Agreed, **log: object) -> Rhythm:
    """How one arrangement stands."""
    return rhythm(agreed, meetings(agreed, **log))  # type: ignore[arg-type]


def the_structure(*arrangements: Agreed, **log: object) -> Structure:
    """The verdict over several arrangements."""
    return structure(meetings(*arrangements, **log))  # type: ignore[arg-type]


def after(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)
