"""The shape of the database: its numbered steps, its triggers and its fingerprint.

`STEPS` are the migrations in order; the number of steps taken is the schema version
(`PRAGMA user_version`). A released step is never edited: a change is a new step at the end.
Triggers are dropped before and made anew after the steps, because rebuilding a table loses them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
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
# The tables that only grow, each with the column besides its number that no two entries share.
GROWING = {"history": "request", "access_log": ""}
LINK_TABLES = ("activity_partner", "arrangement_partner")
# What is no record: facts kept at the end of an evaluation, and replies that nothing ties to anybody.
KEPT_TABLES = ("frozen_facts", "scan_code", "scan_reply")
CONTENT_TABLES = (*RECORD_TABLES, *LINK_TABLES, *KEPT_TABLES, *VOCABULARY_TABLES, "about", "setting")


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


@contextmanager
def unguarded(db: Database) -> Iterator[None]:
    """Without triggers inside the block, which are made anew after it; in the caller's transaction, so
    nobody else ever sees the database without them. The revision moves once.
    """
    _drop_triggers(db)
    yield
    for statement in triggers(_tables(db)):
        db.conn.execute(statement)
    db.conn.execute(MOVE_REVISION)


def version(db: Database) -> int:
    """The number of steps this database has taken."""
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


def has_log(db: Database) -> bool:
    """Whether this schema has an access log; a database of schema 1 to 3 has none."""
    return "access_log" in _tables(db)


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


def triggers(tables: Container[str] = (*CONTENT_TABLES, *GROWING)) -> list[str]:
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
    guards = [guard for table in GROWING if table in tables for guard in _only_grows(table)]
    return [*moves, *guards]


def _only_grows(table: str) -> tuple[str, str, str]:
    """The statements that let a table grow and nothing else."""
    column = GROWING[table]
    shared = f" OR EXISTS (SELECT 1 FROM {table} WHERE {column} = NEW.{column} AND {column} <> '')"
    return (
        f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} BEGIN {REFUSE}; END",
        f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} BEGIN {REFUSE}; END",
        # INSERT OR REPLACE deletes without asking the delete trigger on connections other than ours.
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq){shared if column else ''} "
        f"BEGIN {REFUSE}; END",
    )


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


def access(db: Database) -> None:
    """Step 4: accounts, settings, the access log, and from where an entry of the history was made."""
    _run(db, "access.sql")


def _run(db: Database, script: str) -> None:
    text = Path(__file__).with_name(script).read_text(encoding="utf-8")
    # Not `executescript`: it would commit the transaction we are in.
    for statement in text.split(";\n"):
        db.conn.execute(statement)


STEPS: tuple[Step, ...] = (first_schema, promises, lessons, access)
