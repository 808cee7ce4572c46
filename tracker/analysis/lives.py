"""Arrangements and agreements -> their lives: when each began, and when it faded if it did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.analysis import origins, policy, recurrence
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.meetings import Meetings
from tracker.analysis.rhythm import Rhythm, first_missed
from tracker.analysis.survival import Life
from tracker.records import Agreement, CheckBack


def of_arrangements(
    known: Cooperation, meetings: Meetings, rhythms: Iterable[Rhythm]
) -> tuple[list[Life], int]:
    """One life an arrangement, and how many have no known beginning.

    It fades on the day it counts as dormant, or on the day somebody says that it stopped. An answer that it
    still lives, given later than it went dormant, is the last that is known of it.
    """
    lives, without = [], 0
    for one in rhythms:
        began = known.founded_on(one.agreed.id)
        if began is None:
            without += 1
            continue
        end, day = _end_of_arrangement(known, meetings, one)
        lives.append(_life(known, "arrangement", one.agreed.id, one.agreed.name, began, day, end))
    return lives, without


def of_agreements(known: Cooperation) -> tuple[list[Life], int]:
    """One life an agreement, and how many have no known beginning.

    Kept for as long as it is open and not long overdue, and for ever once it is done.
    """
    lives, without = [], 0
    for number, one in known.agreements.items():
        if one.made_on is None:
            without += 1
            continue
        end, day = _end_of_agreement(known, number, one)
        lives.append(_life(known, "agreement", number, one.text, one.made_on, day, end))
    return lives, without


def dormant_since(one: Rhythm, meetings: Meetings) -> date:
    """The first day on which a dormant arrangement counted as dormant."""
    if not one.agreed.cadence:
        assert one.last_held is not None
        return one.last_held + timedelta(days=max(one.gaps) + 1)
    due = first_missed(one)
    patience = recurrence.cadence_days(one.agreed, meetings.until) + 7 * one.agreed.grace_weeks
    day = due
    while day < meetings.until:
        ran = (day - due).days - recurrence.off_days(one.agreed, meetings, due + timedelta(days=1), day)
        if ran > patience:
            break
        day += timedelta(days=max(1, int(patience - ran)))
    return day


def _end_of_arrangement(known: Cooperation, meetings: Meetings, one: Rhythm) -> tuple[str, date]:
    answers = [back for back in known.check_backs if back.arrangement_id == one.agreed.id]
    last = max(answers, key=lambda back: back.answered_on, default=None)
    met_since = last is not None and one.last_held is not None and one.last_held > last.answered_on
    if last is not None and last.answer == "stopped" and not met_since:
        return "stopped", last.answered_on
    if one.state == "ended":
        assert one.agreed.ended_on is not None
        return "decided", one.agreed.ended_on
    if not one.dormant:
        return "running", known.until
    silent = dormant_since(one, meetings)
    alive = last is not None and last.answer != "stopped" and last.answered_on >= silent
    return ("running", last.answered_on) if alive and last is not None else ("faded", silent)


def _end_of_agreement(known: Cooperation, number: int, one: Agreement) -> tuple[str, date]:
    stopped = [back.answered_on for back in known.check_backs if _stopped(back, number)]
    if one.state == "done":
        return "kept", known.until
    if one.state == "wont_do":
        assert one.closed_on is not None
        return "decided", one.closed_on
    lapsed = one.due_on + timedelta(days=int(policy.value("lapse_days")))
    if stopped and min(stopped) <= lapsed:
        return "stopped", min(stopped)
    return ("faded", lapsed) if lapsed <= known.until else ("running", known.until)


def _stopped(back: CheckBack, number: int) -> bool:
    return back.agreement_id == number and back.answer == "stopped"


def _life(known: Cooperation, kind: str, number: int, name: str, began: date, ended: date, end: str) -> Life:
    days = max(0, (ended - began).days)
    heat = origins.in_heat(known, began)
    return Life(kind=kind, id=number, name=name, began=began, days=days, end=end, heat=heat)
