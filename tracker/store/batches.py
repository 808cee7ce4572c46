"""Taking one import back: what nobody touched since is withdrawn, the rest is named and stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from tracker.records import Record
from tracker.store.errors import UnknownRecord
from tracker.store.known import LINKS
from tracker.store.rows import SELECT_STORED, TABLES, Stored, as_json, stored_rows, values
from tracker.store.writing import Reason, Stamp, enter


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What an undo did: how many records of each kind it withdrew, and those of the import that it left.

    `touched` were changed by somebody since they came in; `in_use` are pointed at by a record that stays.
    """

    withdrawn: dict[type[Record], int]
    touched: list[Stored[Any]]
    in_use: list[Stored[Any]]


def undo(db: Database, batch: str, stamp: Stamp, *, reason: str) -> Undone:
    """Withdraws the untouched records of `batch`, each with its entry in the history.

    Raises `UnknownRecord` when no import bears this name and `InvalidRecord` without a reason. Those who
    point come before what they point at, so that nothing that stays points at what went.
    """
    _refuse_unknown(db, batch)
    Reason(reason=reason)
    undone = Undone(withdrawn={}, touched=[], in_use=[])
    for record_type, table in reversed(TABLES.items()):
        pointed_at = set(_pointed_at(db, table))
        for one in _standing(db, record_type, batch):
            if one.version > 1:
                undone.touched.append(one)
            elif one.id in pointed_at:
                undone.in_use.append(one)
            else:
                _withdraw(db, table, one, stamp, batch, reason)
                undone.withdrawn[record_type] = undone.withdrawn.get(record_type, 0) + 1
    return undone


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
