"""Arrangements and agreements -> their lives: when each began, and when it faded if it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from tracker.analysis import origins, policy, recurrence
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.meetings import Agreed, Meetings
from tracker.analysis.rhythm import Rhythm, first_missed
from tracker.analysis.survival import Life
from tracker.records import Agreement, CheckBack


def of_arrangements(
    known: Cooperation, meetings: Meetings, rhythms: Iterable[Rhythm]
) -> tuple[list[Life], int]:
    """One life an arrangement, and how many have no known beginning.

    It fades on the day it counts as dormant, or on the day somebody says that it stopped, whichever is
    first. An answer that it still lives, given later than that, is the last that is known of it.
    """
    lives, without = [], 0
    for one in rhythms:
        began = known.founded_on(one.agreed.id)
        if began is None:
            without += 1
            continue
        end, day = _end_of_arrangement(known, meetings, one)
        before = meetings.first_entry is None or began < meetings.first_entry
        found = _life(known, "arrangement", one.agreed.id, one.agreed.name, began, day, end)
        lives.append(replace(found, before_log=before))
    return lives, without


def of_agreements(known: Cooperation) -> tuple[list[Life], int]:
    """One life an agreement, and how many have no known beginning.

    Kept for as long as it is open and not long overdue, and for ever once it is done. Answers count as
    they do for arrangements.
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
        return _past_pauses(one.agreed, one.last_held + timedelta(days=max(one.gaps) + 1))
    due = first_missed(one)
    patience = recurrence.cadence_days(one.agreed, meetings.until) + 7 * one.agreed.grace_weeks
    day = due
    while day < meetings.until:
        ran = (day - due).days - recurrence.off_days(one.agreed, meetings, due + timedelta(days=1), day)
        if ran > patience:
            break
        day += timedelta(days=max(1, int(patience - ran)))
    return day


def _past_pauses(agreed: Agreed, day: date) -> date:
    """`day`, or the first one after the pauses it lies in: who agreed not to meet is not dormant."""
    for first, last in sorted(agreed.pauses):
        if first <= day <= last:
            day = last + timedelta(days=1)
    return day


def _end_of_arrangement(known: Cooperation, meetings: Meetings, one: Rhythm) -> tuple[str, date]:
    last = _last_answer(back for back in known.check_backs if back.arrangement_id == one.agreed.id)
    if last is not None and one.last_held is not None and one.last_held > last.answered_on:
        last = None
    decided = one.agreed.ended_on if one.state == "ended" else None
    faded = dormant_since(one, meetings) if one.dormant else None
    return _end(known, last, decided, faded)


def _end_of_agreement(known: Cooperation, number: int, one: Agreement) -> tuple[str, date]:
    if one.state == "done":
        return "kept", known.until
    lapsed = one.due_on + timedelta(days=int(policy.value("lapse_days")))
    last = _last_answer(back for back in known.check_backs if back.agreement_id == number)
    decided = one.closed_on if one.state == "wont_do" else None
    return _end(known, last, decided, lapsed if decided is None and lapsed <= known.until else None)


def _end(
    known: Cooperation, last: CheckBack | None, decided: date | None, faded: date | None
) -> tuple[str, date]:
    """What came first; on one day a decision comes before an answer."""
    stopped = last.answered_on if last is not None and last.answer == "stopped" else None
    if decided is not None and (stopped is None or decided <= stopped):
        return "decided", decided
    if stopped is not None and (faded is None or stopped <= faded):
        return "stopped", stopped
    if faded is None:
        return "running", known.until
    alive = last is not None and stopped is None and last.answered_on >= faded
    return ("running", last.answered_on) if last is not None and alive else ("faded", faded)


def _last_answer(answers: Iterable[CheckBack]) -> CheckBack | None:
    return max(answers, key=lambda back: (back.answered_on, back.after_days), default=None)


def _life(known: Cooperation, kind: str, number: int, name: str, began: date, ended: date, end: str) -> Life:
    days = max(0, (ended - began).days)
    heat = origins.in_heat(known, began)
    return Life(kind=kind, id=number, name=name, began=began, days=days, end=end, heat=heat)
