"""The agreed meetings up to a day: who met, what was answered, when nobody was expected."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from tracker.analysis import calendar, policy
from tracker.analysis.meetings import Agreed, Answer, Meetings
from tracker.store import answer

AHEAD = timedelta(days=370)

ARRANGEMENTS = """
    SELECT id, name, kind, cadence, grace_weeks, started_on, ended_on, end_reason FROM arrangement
    WHERE withdrawn = 0 AND (started_on IS NULL OR started_on <= ?) ORDER BY name COLLATE NOCASE, id"""
# A row that stands for no activity is a sign that somebody logged, not that anybody met.
# The index is named because SQLite takes the one by day, which has to visit the table for every row.
HELD = """
    SELECT arrangement_id, happened_on FROM activity INDEXED BY activity_of_arrangement
    WHERE arrangement_id IS NOT NULL AND withdrawn = 0 AND happened_on <= ? AND count > 0
    ORDER BY arrangement_id, happened_on"""
ANSWERS = """
    SELECT arrangement_id, due_on, state, moved_to, reason FROM occurrence
    WHERE withdrawn = 0 AND (due_on <= ?1 OR (state = 'planned' AND due_on <= ?2)) ORDER BY due_on"""
PAUSES = """
    SELECT arrangement_id, first_day, last_day FROM pause
    WHERE withdrawn = 0 AND first_day <= ? ORDER BY first_day, last_day"""
RECESS = "SELECT first_day, last_day FROM recess WHERE withdrawn = 0"
# As `answer.ENTRY_DAYS`, and quicker: each list is asked for its first day only.
FIRST_ENTRY = """
    SELECT min(day) FROM (
        SELECT min(happened_on) AS day FROM activity WHERE withdrawn = 0 AND happened_on <= ?1
        UNION ALL SELECT min(happened_on) FROM incident WHERE withdrawn = 0 AND happened_on <= ?1
        UNION ALL SELECT min(due_on) FROM occurrence
            WHERE withdrawn = 0 AND state <> 'planned' AND due_on <= ?1
        UNION ALL SELECT min(moved_to) FROM occurrence
            WHERE withdrawn = 0 AND state <> 'planned' AND moved_to <= ?1)"""


def until(db: Database, last: date) -> Meetings:
    """What is known on the evening of `last`; plans, pauses and recess ahead reach `AHEAD` further."""
    day, ahead = last.isoformat(), (last + AHEAD).isoformat()
    held, answers, pauses = _held(db, day), _answers(db, day, ahead), _pauses(db, ahead)
    first = _day(db.conn.execute(FIRST_ENTRY, (day,)).fetchone()[0])
    agreed = tuple(
        _agreed(row, held[row[0]], answers[row[0]], pauses[row[0]])
        for row in db.conn.execute(ARRANGEMENTS, (day,)).fetchall()
    )
    beginnings = [first, last, *(one.started_on for one in agreed)]
    logged = [_stretch(*row) for row in db.conn.execute(RECESS)]
    return Meetings(
        until=last,
        arrangements=agreed,
        recess=tuple(calendar.recess(logged, min(filter(None, beginnings)), last + AHEAD)),
        serious=_serious(db, day),
        first_entry=first,
    )


def _held(db: Database, day: str) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for arrangement_id, happened_on in db.conn.execute(HELD, (day,)):
        found[arrangement_id].append(date.fromisoformat(happened_on))
    return found


def _answers(db: Database, day: str, ahead: str) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    for arrangement_id, due_on, state, moved_to, reason in db.conn.execute(ANSWERS, (day, ahead)):
        due = date.fromisoformat(due_on)
        found[arrangement_id].append(Answer(due_on=due, state=state, moved_to=_day(moved_to), reason=reason))
    return found


def _pauses(db: Database, ahead: str) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for arrangement_id, *days in db.conn.execute(PAUSES, (ahead,)):
        found[arrangement_id].append(_stretch(*days))
    return found


def _agreed(
    row: tuple[Any, ...], held: list[date], answers: list[Answer], pauses: list[tuple[date, date]]
) -> Agreed:
    arrangement_id, name, kind, cadence, grace_weeks, started_on, ended_on, end_reason = row
    return Agreed(
        id=arrangement_id,
        name=name,
        kind=kind,
        cadence=cadence,
        grace_weeks=grace_weeks,
        started_on=_day(started_on),
        ended_on=_day(ended_on),
        end_reason=end_reason,
        held=tuple(held),
        answers=tuple(answers),
        pauses=tuple(pauses),
    )


def _serious(db: Database, day: str) -> tuple[date, ...]:
    least = policy.value("peacetime_severity")
    logged = answer.incidents(db, 1, answer.BEGINNING, day)
    return tuple(one.day for one in logged if one.counts and one.severity >= least)


def _stretch(first_day: str, last_day: str) -> tuple[date, date]:
    return date.fromisoformat(first_day), date.fromisoformat(last_day)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
