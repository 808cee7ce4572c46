"""From which day a record is counted old: its own day, or the day it was taken back or came to an end."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Goal,
    Incident,
    IncidentReview,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    Recess,
    Record,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
)
from tracker.store.rows import TABLES

_TAKEN_BACK = (
    "CASE WHEN t.withdrawn THEN (SELECT substr(max(at), 1, 10) FROM history "
    "WHERE record_type = '{table}' AND record_id = t.id AND action = 'withdraw') END"
)
_END_OF_QUARTER = "date(t.quarter, '+3 months', '-1 day')"
# A closed evaluation is not among them: its date and hash stay with the facts that it names.
_DAYS: dict[type[Record], str] = {
    Partner: _TAKEN_BACK,
    Incident: "t.happened_on",
    Arrangement: f"ifnull(t.ended_on, {_TAKEN_BACK})",
    Activity: "t.happened_on",
    Occurrence: "max(t.due_on, ifnull(t.moved_to, t.due_on))",
    Silence: "t.last_day",
    Pause: "t.last_day",
    Recess: "t.last_day",
    Agreement: "ifnull(t.closed_on, t.due_on)",
    CheckBack: "t.answered_on",
    Framing: "(SELECT happened_on FROM incident WHERE id = t.incident_id)",
    IncidentReview: "t.held_on",
    SeriesPoint: "t.happened_on",
    Goal: "t.due_on",
    GlossaryWord: _TAKEN_BACK,
    DomainMeaning: _TAKEN_BACK,
    PlannedShare: _TAKEN_BACK,
    ReviewNote: _END_OF_QUARTER,
    Scan: f"ifnull(t.closed_on, {_END_OF_QUARTER})",
}


def old(db: Database, kind: type[Record], last: date) -> dict[int, tuple[date, bool]]:
    """Id -> its day and whether it still stands, of the records whose day is `last` or before it."""
    if kind not in _DAYS:
        return {}
    table = TABLES[kind]
    day = _DAYS[kind].replace("{table}", table)
    rows = db.conn.execute(
        f"SELECT t.id, {day} AS day, NOT t.withdrawn FROM {table} t WHERE {day} <= ?", (last.isoformat(),)
    )
    return {record_id: (date.fromisoformat(day), bool(stands)) for record_id, day, stands in rows}


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for a leap day that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
