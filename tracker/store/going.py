"""Which records are old enough to go altogether, and which of those something holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from tracker.analysis.quarter import Quarter
from tracker.records import Record
from tracker.store import ages
from tracker.store.known import LINKS
from tracker.store.retelling import listed
from tracker.store.rows import PARTNERS, TABLES


@dataclass(frozen=True, kw_only=True)
class Held:
    """A record that is old enough to go and stays.

    `code`: open_quarter (the evaluation of that quarter was never closed, so its figures are kept nowhere),
    changed_lately (who changed it must stay in the history) or pointed_at (by the record `by`).
    """

    table: str
    record_id: int
    code: str
    quarter: date | None = None
    by: tuple[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """Kind -> the records that go, and those that would but are held."""

    ids: dict[type[Record], set[int]]
    held: tuple[Held, ...]


def going(db: Database, record_day: date, log_day: date) -> Leaving:
    """What goes of the records whose day is `record_day` or before it.

    A record of which the history has an entry after `log_day` stays as long as that entry must.
    """
    closed = _closed_quarters(db)
    ids: dict[type[Record], set[int]] = {}
    held: list[Held] = []
    for kind, table in TABLES.items():
        lately = _changed_after(db, table, log_day)
        ids[kind] = set()
        for record_id, (day, stands) in sorted(ages.old(db, kind, record_day).items()):
            quarter = Quarter.of(day).first
            if stands and quarter not in closed:
                held.append(Held(table=table, record_id=record_id, code="open_quarter", quarter=quarter))
            elif record_id in lately:
                held.append(Held(table=table, record_id=record_id, code="changed_lately"))
            else:
                ids[kind].add(record_id)
    # Each kind points only at those before it, so from the last to the first one pass is enough.
    for kind in reversed(TABLES):
        for target, target_id, by in _pointing(db, kind, ids):
            ids[target].discard(target_id)
            held.append(Held(table=TABLES[target], record_id=target_id, code="pointed_at", by=by))
    return Leaving(ids=ids, held=tuple(held))


def remove(db: Database, leaving: dict[type[Record], set[int]]) -> set[int]:
    """Takes these records away with their entries in the history; the numbers of those entries."""
    removed: set[int] = set()
    for kind in reversed(TABLES):
        if not (ids := leaving.get(kind)):
            continue
        table, which = TABLES[kind], (listed(ids),)
        if kind in PARTNERS:
            links, column = PARTNERS[kind]
            db.conn.execute(f"DELETE FROM {links} WHERE {column} IN (SELECT value FROM json_each(?))", which)
        if table == "scan":
            for answers in ("scan_code", "scan_reply"):
                db.conn.execute(
                    f"DELETE FROM {answers} WHERE scan_id IN (SELECT value FROM json_each(?))", which
                )
        db.conn.execute(f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", which)
        entries = db.conn.execute(
            "DELETE FROM history WHERE record_type = ? AND record_id IN (SELECT value FROM json_each(?)) "
            "RETURNING seq",
            (table, *which),
        )
        removed |= {seq for (seq,) in entries.fetchall()}
    return removed


def _closed_quarters(db: Database) -> set[date]:
    rows = db.conn.execute("SELECT quarter FROM quarter_review WHERE withdrawn = 0 AND digest <> ''")
    return {date.fromisoformat(quarter) for (quarter,) in rows}


def _changed_after(db: Database, table: str, day: date) -> set[int]:
    rows = db.conn.execute(
        "SELECT DISTINCT record_id FROM history WHERE record_type = ? AND record_id IS NOT NULL AND at >= ?",
        (table, day.isoformat()),
    )
    return {record_id for (record_id,) in rows}


def _pointing(
    db: Database, kind: type[Record], ids: dict[type[Record], set[int]]
) -> Iterator[tuple[type[Record], int, tuple[str, int]]]:
    """(kind, id) that would go, at which a record of `kind` that stays points, and which record that is."""
    kinds = {table: one for one, table in TABLES.items()}
    for field, target_table in LINKS.get(kind, {}).items():
        target, table, column = kinds[target_table], TABLES[kind], field
        if field == "partner_ids":
            (table, own), column = PARTNERS[kind], "partner_id"
        else:
            own = "id"
        if not ids[target]:
            continue
        for record_id, target_id in db.conn.execute(
            f"SELECT {own}, {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) "
            f"ORDER BY {own}",
            (listed(ids[target]),),
        ).fetchall():
            if record_id not in ids[kind] and target_id in ids[target]:
                yield target, target_id, (TABLES[kind], record_id)
