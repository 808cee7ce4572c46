"""Records, newest entries and histories out of the database, inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from tracker.analysis.glossary import Entry
from tracker.analysis.glossary import glossary as entries
from tracker.records import (
    DUTCH_TIME,
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
    QuarterReview,
    Recess,
    Record,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
)
from tracker.store.errors import UnknownRecord
from tracker.store.rows import SELECT_STORED, TABLES, Change, R, Stored, from_json, moment, stored_rows

# Upward and downward.
ORDER: dict[type[Record], tuple[str, str]] = {
    Partner: ("t.name COLLATE NOCASE, t.id", "t.name COLLATE NOCASE DESC, t.id DESC"),
    Arrangement: ("t.name COLLATE NOCASE, t.id", "t.name COLLATE NOCASE DESC, t.id DESC"),
    Incident: ("t.happened_on, t.id", "t.happened_on DESC, t.id DESC"),
    Activity: ("t.happened_on, t.id", "t.happened_on DESC, t.id DESC"),
    Occurrence: ("t.due_on, t.id", "t.due_on DESC, t.id DESC"),
    Silence: ("t.first_day, t.id", "t.first_day DESC, t.id DESC"),
    Pause: ("t.first_day, t.id", "t.first_day DESC, t.id DESC"),
    Recess: ("t.first_day, t.id", "t.first_day DESC, t.id DESC"),
    Agreement: ("t.due_on, t.id", "t.due_on DESC, t.id DESC"),
    CheckBack: ("t.answered_on, t.id", "t.answered_on DESC, t.id DESC"),
    Framing: ("t.incident_id, t.id", "t.incident_id DESC, t.id DESC"),
    IncidentReview: ("t.held_on, t.id", "t.held_on DESC, t.id DESC"),
    Goal: ("t.due_on, t.id", "t.due_on DESC, t.id DESC"),
    GlossaryWord: ("t.name COLLATE NOCASE, t.id", "t.name COLLATE NOCASE DESC, t.id DESC"),
    DomainMeaning: ("t.word_id, t.id", "t.word_id DESC, t.id DESC"),
    PlannedShare: ("t.phase, t.domain, t.id", "t.phase DESC, t.domain DESC, t.id DESC"),
    ReviewNote: ("t.quarter, t.id", "t.quarter DESC, t.id DESC"),
    QuarterReview: ("t.quarter, t.id", "t.quarter DESC, t.id DESC"),
    Scan: ("t.quarter, t.id", "t.quarter DESC, t.id DESC"),
    SeriesPoint: (
        "t.happened_on, t.series COLLATE NOCASE, t.id",
        "t.happened_on DESC, t.series COLLATE NOCASE DESC, t.id DESC",
    ),
}
# The entries people look back on, each with its day; a planned meeting is no entry yet.
ENTRY_DAYS: dict[type[Record], str] = {Incident: "happened_on", Activity: "happened_on", Occurrence: "due_on"}
ENTRIES = {
    Incident: "t.withdrawn = ?",
    Activity: "t.withdrawn = ?",
    Occurrence: "t.withdrawn = ? AND t.state <> 'planned'",
}
EntryKey = tuple[str, int, int, int]
_ABOVE_ALL: EntryKey = ("9999-12-31", 0, 0, 0)


def state_apart_from(db: Database, kinds: Iterable[type[Record]]) -> str:
    """The database, and its last entry about anything but these kinds of records: by its chain, which a purge
    moves though the entry stays."""
    besides = json.dumps([TABLES[kind] for kind in kinds])
    identity, n = db.conn.execute(
        "SELECT identity, (SELECT chain FROM history "
        "WHERE record_type NOT IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT 1) FROM about",
        (besides,),
    ).fetchone()
    return f"{identity}:{n}"


def get(db: Database, record_type: type[R], record_id: int) -> Stored[R]:
    """The record with this id, withdrawn or not; raises `UnknownRecord`."""
    found = stored_rows(db, record_type, f"{SELECT_STORED[record_type]} WHERE t.id = ?", (record_id,))
    if not found:
        raise UnknownRecord()
    return found[0]


def records(
    db: Database, record_type: type[R], *, withdrawn: bool, newest_first: bool, limit: int | None
) -> list[Stored[R]]:
    """All records of a kind: partners and arrangements by name, the others by day."""
    return stored_rows(
        db,
        record_type,
        f"{SELECT_STORED[record_type]} WHERE ? OR t.withdrawn = 0 "
        f"ORDER BY {ORDER[record_type][newest_first]} LIMIT ?",
        (withdrawn, -1 if limit is None else limit),
    )


def recent(db: Database, *, limit: int, before: Stored[Any] | None, withdrawn: bool) -> list[Stored[Any]]:
    """The newest entries below `before`, by the day they happened, then by when they were added."""
    edge = _ABOVE_ALL if before is None else _entry_key(db, before)
    found: list[Stored[Any]] = []
    for rank, record_type in enumerate(ENTRY_DAYS):
        found += _entries(db, record_type, rank, edge, limit, withdrawn)
    return sorted(found, key=lambda stored: _entry_key(db, stored), reverse=True)[:limit]


def latest_activity(db: Database, until: date) -> Stored[Activity] | None:
    """The activity of the latest day up to and including `until`; of one day the one that was added last."""
    statement = (
        f"{SELECT_STORED[Activity]} WHERE t.id = (SELECT id FROM activity "
        "WHERE withdrawn = 0 AND happened_on <= ? ORDER BY happened_on DESC, id DESC LIMIT 1)"
    )
    return next(iter(stored_rows(db, Activity, statement, (until.isoformat(),))), None)


def last_of_arrangement(db: Database, arrangement_id: int) -> Stored[Activity] | None:
    """The latest activity of the arrangement, by the day it happened."""
    statement = (
        f"{SELECT_STORED[Activity]} WHERE t.arrangement_id = ? AND t.withdrawn = 0 "
        "ORDER BY t.happened_on DESC, t.id DESC LIMIT 1"
    )
    return next(iter(stored_rows(db, Activity, statement, (arrangement_id,))), None)


def between(db: Database, first: date, last: date) -> list[Stored[Activity]]:
    """The activities of some days, ascending."""
    statement = (
        f"{SELECT_STORED[Activity]} WHERE t.withdrawn = 0 AND t.happened_on BETWEEN ? AND ? "
        "ORDER BY t.happened_on, t.id"
    )
    return stored_rows(db, Activity, statement, (first.isoformat(), last.isoformat()))


def glossary(db: Database, domains: Sequence[str]) -> tuple[Entry, ...]:
    """The words that stand, each record with the Dutch day on which it was written down."""

    def told(kind: type[R]) -> list[tuple[int, R, date]]:
        held = records(db, kind, withdrawn=False, newest_first=False, limit=None)
        return [(one.id, one.record, one.recorded_at.astimezone(DUTCH_TIME).date()) for one in held]

    words = {number: (word, day) for number, word, day in told(GlossaryWord)}
    return entries(words, [(meaning, day) for _, meaning, day in told(DomainMeaning)], domains)


def about_incident(db: Database, record_type: type[R], incident_id: int) -> list[Stored[R]]:
    """The records of a kind that point at an incident, in their usual order."""
    statement = (
        f"{SELECT_STORED[record_type]} WHERE t.withdrawn = 0 AND t.incident_id = ? "
        f"ORDER BY {ORDER[record_type][0]}"
    )
    return stored_rows(db, record_type, statement, (incident_id,))


def history(db: Database, record_type: type[R], record_id: int) -> list[Change[R]]:
    """Every change of one record, oldest first; raises `UnknownRecord`."""
    stands = get(db, record_type, record_id)
    table = TABLES[record_type]
    changes = [
        _change(record_type, row)
        for row in db.conn.execute(
            f"{_CHANGES} WHERE record_type = ? AND record_id = ? ORDER BY seq", (table, record_id)
        )
    ]
    if changes and changes[0].action == "add":
        return changes
    # It came with a batch, which has one entry for all: its first content is what the next change replaced.
    first = next((change.before for change in changes if change.before is not None), stands.record)
    entry = db.conn.execute(
        f"{_CHANGES} WHERE seq = (SELECT added_seq FROM {table} WHERE id = ?)", (record_id,)
    ).fetchone()
    seq, at, actor, action, _, version, reason, _, _, batch = entry
    added = Change(
        seq=seq,
        at=moment(at),
        actor=actor,
        action=action,
        record_type=record_type,
        record_id=record_id,
        version=version,
        reason=reason,
        before=None,
        after=first,
        batch=batch,
    )
    return [added, *changes]


_CHANGES = "SELECT seq, at, actor, action, record_id, version, reason, before, after, batch FROM history"


def _change(record_type: type[R], row: tuple[Any, ...]) -> Change[R]:
    seq, at, actor, action, record_id, version, reason, before, after, batch = row
    return Change(
        seq=seq,
        at=moment(at),
        actor=actor,
        action=action,
        record_type=record_type,
        record_id=record_id,
        version=version,
        reason=reason,
        before=from_json(record_type, before),
        after=from_json(record_type, after),
        batch=batch,
    )


def _entry_key(db: Database, stored: Stored[Any]) -> EntryKey:
    """Day, number of the entry in the history, place of the table, id: no two entries share it."""
    record_type = type(stored.record)
    table = TABLES[record_type]
    (seq,) = db.conn.execute(f"SELECT added_seq FROM {table} WHERE id = ?", (stored.id,)).fetchone()
    day = getattr(stored.record, ENTRY_DAYS[record_type]).isoformat()
    return day, seq, list(ENTRY_DAYS).index(record_type), stored.id


def _entries(
    db: Database, record_type: type[R], rank: int, edge: EntryKey, limit: int, withdrawn: bool
) -> list[Stored[R]]:
    """The next entries of one table; within it ids rise with the history, so (day, id) is the order."""
    column = ENTRY_DAYS[record_type]
    return stored_rows(
        db,
        record_type,
        f"{SELECT_STORED[record_type]} WHERE {ENTRIES[record_type]} AND t.{column} <= ? "
        f"AND (t.{column}, t.added_seq, ?, t.id) < (?, ?, ?, ?) "
        f"ORDER BY t.{column} DESC, t.id DESC LIMIT ?",
        (withdrawn, edge[0], rank, *edge, limit),
    )
