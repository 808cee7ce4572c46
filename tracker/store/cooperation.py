"""Who works together up to a day: organisations, owners, agreements, and who was at which activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from sqlite_utils import Database

from tracker.analysis.cooperation import Cooperation
from tracker.records import Agreement, Arrangement, CheckBack, Framing, Incident, IncidentReview, Partner
from tracker.store import answer, reading
from tracker.store.rows import R

ATTENDANCE = """
    SELECT a.id AS activity, a.happened_on AS day, ifnull(a.arrangement_id, 0) AS arrangement,
        p.partner_id AS partner
    FROM activity a JOIN activity_partner p ON p.activity_id = a.id
    WHERE a.withdrawn = 0 AND a.count > 0 AND a.happened_on BETWEEN ? AND ?
    ORDER BY a.happened_on, a.id, p.position"""
ACTIVITIES = """
    SELECT id AS activity, happened_on AS day, ifnull(arrangement_id, 0) AS arrangement,
        ifnull(incident_id, 0) AS incident, ifnull(lead_id, 0) AS lead, partner_total AS partners, count,
        kind, ifnull(phase, '') AS phase
    FROM activity WHERE withdrawn = 0 AND count > 0 AND happened_on BETWEEN ? AND ?
    ORDER BY happened_on, id"""
# For each organisation it stops at the first activity found.
KNOWN_BEFORE = """
    SELECT id FROM partner WHERE EXISTS (
        SELECT 1 FROM activity_partner p JOIN activity a ON a.id = p.activity_id
        WHERE p.partner_id = partner.id AND a.withdrawn = 0 AND a.count > 0 AND a.happened_on < ?)"""
WITHDRAWN = "SELECT id FROM partner WHERE withdrawn = 1"
FIRST_MET = """
    SELECT id, (SELECT min(happened_on) FROM activity
        WHERE arrangement_id = arrangement.id AND withdrawn = 0 AND count > 0) FROM arrangement"""


def until(db: Database, last: date, since: date) -> Cooperation:
    """What was known on the evening of `last`; attendance from `since` on."""
    window = (since.isoformat(), last.isoformat())
    incidents = {n: one for n, one in _by_id(db, Incident).items() if one.happened_on <= last}
    logged = answer.incidents(db, 1, answer.BEGINNING, window[1])
    known = db.conn.execute(KNOWN_BEFORE, (window[0],)).fetchall()
    return Cooperation(
        since=since,
        until=last,
        partners=_by_id(db, Partner, withdrawn=True),
        withdrawn=frozenset(number for (number,) in db.conn.execute(WITHDRAWN)),
        arrangements=_arrangements(db, last),
        incidents=incidents,
        counts=frozenset(one.id for one in logged if one.counts),
        agreements=_agreements(db, last),
        check_backs=tuple(one for one in _by_id(db, CheckBack).values() if one.answered_on <= last),
        attendance=_frame(db, ATTENDANCE, window),
        activities=_frame(db, ACTIVITIES, window),
        known_before=frozenset(number for (number,) in known),
        framings=tuple(one for one in _by_id(db, Framing).values() if one.incident_id in incidents),
        looked_back={
            one.incident_id: one for one in _by_id(db, IncidentReview).values() if one.held_on <= last
        },
        first_met={n: date.fromisoformat(day) for n, day in db.conn.execute(FIRST_MET) if day},
    )


def _by_id(db: Database, record_type: type[R], *, withdrawn: bool = False) -> dict[int, R]:
    found = reading.records(db, record_type, withdrawn=withdrawn, newest_first=False, limit=None)
    return {stored.id: stored.record for stored in found}


def _arrangements(db: Database, last: date) -> dict[int, Arrangement]:
    """Those that had begun; an end that lay ahead had not come."""
    begun = {
        number: one
        for number, one in _by_id(db, Arrangement).items()
        if one.started_on is None or one.started_on <= last
    }
    return {number: _still(one, last, "ended_on", end_reason="") for number, one in begun.items()}


def _agreements(db: Database, last: date) -> dict[int, Agreement]:
    """Those that had been made; what was closed later was still open."""
    made = {n: one for n, one in _by_id(db, Agreement).items() if one.made_on is None or one.made_on <= last}
    return {n: _still(one, last, "closed_on", state="open", reason="") for n, one in made.items()}


def _still(one: Any, last: date, field: str, **open_again: str) -> Any:
    day: date | None = getattr(one, field)
    return replace(one, **{field: None, **open_again}) if day is not None and day > last else one


def _frame(db: Database, statement: str, window: tuple[str, str]) -> pd.DataFrame:
    cursor = db.conn.execute(statement, window)
    names = [column[0] for column in cursor.description]
    frame = pd.DataFrame(cursor.fetchall(), columns=names)
    numbers = {name: "int64" for name in names if name not in ("day", "kind", "phase")}
    return frame.astype(numbers).assign(day=pd.to_datetime(frame["day"], format="%Y-%m-%d"))
