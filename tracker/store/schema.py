"""The shape of the database: its numbered steps, its triggers and its fingerprint.

`STEPS` are the migrations in order; the number of steps taken is the schema version
(`PRAGMA user_version`). A released step is never edited: a change is a new step at the end.
Triggers are dropped before and made anew after the steps, because rebuilding a table loses them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Container
from functools import cache
from pathlib import Path

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x45627454  # "EbtT" in the file header: how we know a file is ours
Step = Callable[[Database], None]

RECORD_TABLES = (
    "partner",
    "arrangement",
    "incident",
    "activity",
    "occurrence",
    "silence",
    "pause",
    "recess",
    "agreement",
    "check_back",
    "framing",
    "incident_review",
    "series_point",
    "goal",
    "glossary_word",
    "domain_meaning",
    "planned_share",
    "review_note",
    "quarter_review",
    "scan",
)
VOCABULARY_TABLES = (
    "domain",
    "mode",
    "phase",
    "scale",
    "phenomenon",
    "severity",
    "incident_kind",
    "activity_kind",
    "arrangement_kind",
    "partner_kind",
    "role",
)
MOVE_REVISION = "UPDATE revision SET n = n + 1"
REFUSE = "SELECT raise(ABORT, 'history only grows')"
LINK_TABLES = ("activity_partner", "arrangement_partner")
# What is no record: facts kept at the end of an evaluation, and replies that nothing ties to anybody.
KEPT_TABLES = ("frozen_facts", "scan_code", "scan_reply")
CONTENT_TABLES = (*RECORD_TABLES, *LINK_TABLES, *KEPT_TABLES, *VOCABULARY_TABLES, "about")


def prepare(db: Database, steps: tuple[Step, ...]) -> None:
    """Takes every step not yet taken and makes the triggers anew; call it inside a transaction."""
    _drop_triggers(db)
    migrations = Migrations("tracker")
    for step in steps:
        migrations()(step)
    migrations.apply(db)
    for statement in triggers(_tables(db)):
        db.conn.execute(statement)
    broken = db.conn.execute("PRAGMA foreign_key_check").fetchall()
    assert not broken, f"a step left dangling references: {broken[:5]}"
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute(f"PRAGMA user_version = {len(steps)}")


def version(db: Database) -> int:
    """The number of steps this database has taken."""
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


def fingerprint(db: Database) -> str:
    """A hash of every table, index, view and trigger as SQLite keeps them."""
    rows = db.conn.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema "
        "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name"
    ).fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@cache
def expected_fingerprint(steps: tuple[Step, ...]) -> str:
    """The fingerprint of a database that took exactly `steps`, found by building an empty one."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db = Database(conn, execute_plugins=False)
        prepare(db, steps)
        return fingerprint(db)
    finally:
        conn.close()


def triggers(tables: Container[str] = CONTENT_TABLES) -> list[str]:
    """The statements that make all triggers of `tables`: the revision moves with any change, history only
    grows. A database of an earlier schema has fewer tables.
    """
    moves = [
        statement
        for table in CONTENT_TABLES
        if table in tables
        for statement in (
            f"CREATE TRIGGER {table}_insert_moves AFTER INSERT ON {table} BEGIN {MOVE_REVISION}; END",
            f"CREATE TRIGGER {table}_update_moves AFTER UPDATE ON {table} BEGIN {MOVE_REVISION}; END",
            f"CREATE TRIGGER {table}_delete_moves AFTER DELETE ON {table} BEGIN {MOVE_REVISION}; END",
        )
    ]
    guards = [
        f"CREATE TRIGGER history_refuses_update BEFORE UPDATE ON history BEGIN {REFUSE}; END",
        f"CREATE TRIGGER history_refuses_delete BEFORE DELETE ON history BEGIN {REFUSE}; END",
    ]
    # INSERT OR REPLACE deletes without asking the delete trigger on connections other than ours.
    replaces = (
        "CREATE TRIGGER history_refuses_replace BEFORE INSERT ON history "
        "WHEN EXISTS (SELECT 1 FROM history WHERE seq = NEW.seq) "
        "OR EXISTS (SELECT 1 FROM history WHERE request = NEW.request AND request <> '') "
        f"BEGIN {REFUSE}; END"
    )
    return [*moves, *guards, replaces]


def _tables(db: Database) -> set[str]:
    return {name for (name,) in db.conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def _drop_triggers(db: Database) -> None:
    for (name,) in db.conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.conn.execute(f'DROP TRIGGER "{name}"')


def first_schema(db: Database) -> None:
    """Step 1: vocabularies, records, history and revision."""
    _run(db, "first_schema.sql")


def promises(db: Database) -> None:
    """Step 2: owners and members of arrangements, agreements, check-backs, looking back and series."""
    _run(db, "promises.sql")


def lessons(db: Database) -> None:
    """Step 3: goals, words, planned leads, the quarterly evaluation and the self-scan."""
    _run(db, "lessons.sql")


def _run(db: Database, script: str) -> None:
    text = Path(__file__).with_name(script).read_text(encoding="utf-8")
    # Not `executescript`: it would commit the transaction we are in.
    for statement in text.split(";\n"):
        db.conn.execute(statement)


STEPS: tuple[Step, ...] = (first_schema, promises, lessons)
