"""What was promised: open, overdue, kept on time, and what should be asked again after an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.analysis import origins, policy, proportion
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate

_YEAR = timedelta(days=365)
_MOMENTS = ("check_back_first_days", "check_back_second_days", "check_back_third_days")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The agreements by id as they stand; open and overdue by the day they are due, closed newest first.

    `on_time`: of those that fell due in the last 365 days and were not dropped with a reason, the share done
    on time, exact interval; `done_late` and `dropped` count the others of that year.
    """

    open: tuple[int, ...]
    overdue: tuple[int, ...]
    closed: tuple[int, ...]
    on_time: Estimate
    due: int
    done_on_time: int
    done_late: int
    dropped: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that came up by itself: does what came out of an incident still live, so many days later?

    `arrangements` and `agreements` are the ids that still need an answer: that were there by then, were not
    ended or closed, and of which nobody said that they stopped. When nothing came out of it, both are empty
    and the question is whether that is so. `due_on`: the day it came up.
    """

    incident: int
    after_days: int
    due_on: date
    arrangements: tuple[int, ...] = ()
    agreements: tuple[int, ...] = ()


def kept(known: Cooperation) -> Kept:
    """As it stands on the evening of `known.until`; due today is not overdue."""
    ordered = sorted(known.agreements.items(), key=lambda item: (item[1].due_on, item[0]))
    waiting = [(number, one) for number, one in ordered if one.state == "open"]
    closed = [(one.closed_on or one.due_on, number) for number, one in ordered if one.state != "open"]
    recent = [one for _, one in ordered if known.until - _YEAR < one.due_on < known.until]
    tried = [one for one in recent if one.state != "wont_do"]
    done = [one for one in tried if one.state == "done"]
    on_time = sum(one.closed_on is not None and one.closed_on <= one.due_on for one in done)
    return Kept(
        open=tuple(number for number, one in waiting if one.due_on >= known.until),
        overdue=tuple(number for number, one in waiting if one.due_on < known.until),
        closed=tuple(number for _, number in sorted(closed, reverse=True)),
        on_time=proportion.exact(on_time, len(tried), "no_agreements"),
        due=len(tried),
        done_on_time=on_time,
        done_late=len(done) - on_time,
        dropped=len(recent) - len(tried),
    )


def asked(known: Cooperation) -> list[Asked]:
    """The check-backs that wait for an answer, oldest first.

    At 30, 90 and 180 days after a serious incident; a later one takes the place of an earlier one that nobody
    answered, and a year after the incident nothing is asked any more.
    """
    found = [_asked(known, day, incident) for day, incident in known.serious]
    return sorted((one for one in found if one is not None), key=lambda one: one.due_on)


def came_out_of(known: Cooperation, incident: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Ids of the arrangements and the agreements that an incident led to.

    Those that somebody tied to it; an arrangement that is tied to none belongs to the serious incident before
    it when it was founded within 60 days.
    """
    arrangements = [number for number in known.arrangements if _born_from(known, number) == incident]
    agreements = [number for number, one in known.agreements.items() if one.incident_id == incident]
    return tuple(arrangements), tuple(agreements)


def _asked(known: Cooperation, day: date, incident: int) -> Asked | None:
    passed = (known.until - day).days
    moments = [int(policy.value(name)) for name in _MOMENTS]
    reached = [moment for moment in moments if moment <= passed]
    if not reached or passed > policy.value("check_back_last_days"):
        return None
    moment, due_on = reached[-1], day + timedelta(days=reached[-1])
    arrangements, agreements = came_out_of(known, incident)
    told = [one for one in known.check_backs if one.incident_id == incident]
    now = [one for one in told if one.after_days == moment]
    if not arrangements and not agreements:
        return None if now else Asked(incident=incident, after_days=moment, due_on=due_on)
    over = [*now, *(one for one in told if one.answer == "stopped")]
    waiting = Asked(
        incident=incident,
        after_days=moment,
        due_on=due_on,
        arrangements=_waiting(arrangements, {one.arrangement_id for one in over}, _there(known, due_on)),
        agreements=_waiting(agreements, {one.agreement_id for one in over}, _made(known, due_on)),
    )
    return waiting if waiting.arrangements or waiting.agreements else None


def _waiting(found: tuple[int, ...], over: set[int | None], asked_of: set[int]) -> tuple[int, ...]:
    return tuple(number for number in found if number in asked_of and number not in over)


def _there(known: Cooperation, day: date) -> set[int]:
    """The arrangements that had begun by `day` and were not ended by decision since."""
    running = {number for number, one in known.arrangements.items() if one.ended_on is None}
    return {number for number in running if (known.founded_on(number) or day) <= day}


def _made(known: Cooperation, day: date) -> set[int]:
    """The agreements that had been made by `day` and are open."""
    waiting = (
        (number, one.made_on or day) for number, one in known.agreements.items() if one.state == "open"
    )
    return {number for number, made in waiting if made <= day}


def _born_from(known: Cooperation, arrangement: int) -> int | None:
    said, began = known.arrangements[arrangement].incident_id, known.founded_on(arrangement)
    if said is not None or began is None:
        return said
    return origins.incident_before(known, began, int(policy.value("heat_days")))
