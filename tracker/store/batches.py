"""Taking one import back: what nobody touched since is withdrawn or put back, the rest is named and stays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from tracker.privacy import Reader
from tracker.records import Record
from tracker.store import batch_corrections, guard
from tracker.store.errors import UnknownRecord
from tracker.store.known import LINKS
from tracker.store.rows import SELECT_STORED, TABLES, Stored, as_json, moment, stored_rows, values
from tracker.store.stamp import Stamp
from tracker.store.writing import Reason, enter


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What an undo did: how many records of each kind it withdrew, which it left, and which it put back.

    `put_back` stood before and say again what they said; `touched` were changed by somebody since the import;
    `in_use` are pointed at by a record that stays.
    """

    withdrawn: dict[type[Record], int]
    put_back: list[Stored[Any]]
    touched: list[Stored[Any]]
    in_use: list[Stored[Any]]


@dataclass(frozen=True, kw_only=True)
class Import:
    """One import: when and by whom, how many records it added or changed, and how many still stand so."""

    batch: str
    at: datetime
    by: str
    added: int
    standing: int


def undo(db: Database, batch: str, stamp: Stamp, *, reason: str) -> Undone:
    """Withdraws the untouched records of `batch` and puts back what it corrected, each with its entry in
    the history. A change that was itself taken back does not count as one.

    Raises `UnknownRecord` when no import bears this name and `InvalidRecord` without a reason. Those who
    point come before what they point at, so that nothing that stays points at what went.
    """
    _refuse_unknown(db, batch)
    guard.refuse(stamp, f"import {batch}", {"reason": Reason(reason=reason).reason})
    put_back, touched = batch_corrections.undo(db, batch, stamp, reason=reason)
    undone = Undone(withdrawn={}, put_back=put_back, touched=touched, in_use=[])
    for record_type, table in reversed(TABLES.items()):
        pointed_at = set(_pointed_at(db, table))
        for one in _standing(db, record_type, batch):
            if one.version > 1 and batch_corrections.in_force(db, table, one.id):
                undone.touched.append(one)
            elif one.id in pointed_at:
                undone.in_use.append(one)
            else:
                _withdraw(db, table, one, stamp, batch, reason)
                undone.withdrawn[record_type] = undone.withdrawn.get(record_type, 0) + 1
    return undone


def imports(db: Database, limit: int) -> list[Import]:
    """The newest imports first, each with how many of its records and corrections stand."""
    rows = db.conn.execute(
        "SELECT batch, min(at), actor, sum(added), "
        "json_group_array(seq) FILTER (WHERE action = 'add') FROM history "
        "WHERE (action = 'add' AND record_id IS NULL OR action = 'correct') "
        "AND added > 0 AND code IS NULL AND batch <> '' "
        "AND record_type IN (SELECT value FROM json_each(?)) "
        "GROUP BY batch ORDER BY max(seq) DESC LIMIT ?",
        (json.dumps(list(TABLES.values())), limit),
    ).fetchall()
    standing = _standing_of_entry(db) if rows else {}
    corrections = batch_corrections.standing(db) if rows else {}
    return [
        Import(
            batch=batch,
            at=moment(at),
            by=actor,
            added=added,
            standing=sum(standing.get(seq, 0) for seq in json.loads(entries)) + corrections.get(batch, 0),
        )
        for batch, at, actor, added, entries in rows
    ]


def remembered_columns(db: Database) -> dict[str, str]:
    """Heading -> field, as chosen for earlier files."""
    return dict(db.conn.execute("SELECT heading, field FROM column_choice ORDER BY heading").fetchall())


def remember_columns(db: Database, chosen: Mapping[str, str]) -> None:
    """Keeps these choices beside earlier ones; the newest choice for a heading counts. A heading that looks
    like data of a person is asked about again next time, and kept nowhere.
    """
    suspect = Reader().hits(chosen)
    db.conn.executemany(
        "INSERT INTO column_choice (heading, field) VALUES (?, ?) "
        "ON CONFLICT (heading) DO UPDATE SET field = excluded.field",
        ((heading, field) for heading, field in chosen.items() if heading not in suspect),
    )


def _standing_of_entry(db: Database) -> dict[int, int]:
    """Entry of the history -> how many of the records it added still stand."""
    found: dict[int, int] = {}
    for table in TABLES.values():
        counts = f"SELECT added_seq, count(*) FROM {table} WHERE withdrawn = 0 GROUP BY added_seq"
        found.update(db.conn.execute(counts).fetchall())
    return found


def _refuse_unknown(db: Database, batch: str) -> None:
    """A batch of word lists (the defaults) is no import."""
    named = db.conn.execute("SELECT DISTINCT record_type FROM history WHERE batch = ?", (batch,)).fetchall()
    if not batch or not any(table in TABLES.values() for (table,) in named):
        raise UnknownRecord()


def _standing(db: Database, record_type: type[Record], batch: str) -> list[Stored[Any]]:
    statement = f"{SELECT_STORED[record_type]} WHERE h.batch = ? AND t.withdrawn = 0 ORDER BY t.id"
    return stored_rows(db, record_type, statement, (batch,))


def _pointed_at(db: Database, table: str) -> Iterator[int]:
    """The ids in `table` at which a record that stands points."""
    for record_type, links in LINKS.items():
        own = TABLES[record_type]
        for column in (field for field, target in links.items() if target == table):
            if column.endswith("_ids"):  # several: they stand in a table of their own
                single = column.removesuffix("s")
                statement = (
                    f"SELECT DISTINCT l.{single} FROM {own}_{table} l JOIN {own} t ON t.id = l.{own}_id "
                    "WHERE t.withdrawn = 0"
                )
            else:
                statement = f"SELECT DISTINCT {column} FROM {own} WHERE withdrawn = 0"
            yield from (found for (found,) in db.conn.execute(statement) if found is not None)


def _withdraw(db: Database, table: str, one: Stored[Any], stamp: Stamp, batch: str, reason: str) -> None:
    version, before = one.version + 1, as_json(type(one.record), values(one.record))
    enter(
        db,
        stamp,
        "withdraw",
        table,
        record_id=one.id,
        version=version,
        reason=reason,
        before=before,
        batch=batch,
    )
    db.conn.execute(f"UPDATE {table} SET withdrawn = 1, version = ? WHERE id = ?", (version, one.id))
