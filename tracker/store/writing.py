"""Adding, correcting, withdrawing and restoring, each with its entry in the history.

Every function works inside the caller's transaction. One person's change has one entry with the
record before and after. A batch has one entry per kind of record with their number and a hash of
their content: an entry a row would triple an import and say the same words a thousand times,
while the hash still shows any later change that did not come through here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, repeat
from typing import Any

from sqlite_utils import Database

from tracker.privacy import Reader
from tracker.records import InvalidRecord, Record, Run, Shelf
from tracker.store import access_log, guard, reading, runs
from tracker.store.errors import Conflict, InvalidBatch
from tracker.store.known import EXPECTED, LINKS, Known
from tracker.store.rows import (
    PARTNERS,
    TABLES,
    TYPES,
    R,
    Stored,
    as_json,
    cells,
    stored_columns,
    values,
)
from tracker.store.schema import MOVE_REVISION
from tracker.store.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class Reason(Record):
    """Why something was changed: a text like any other, and never empty."""

    reason: str

    def broken_rules(self) -> dict[str, str]:
        return {"reason": "" if self.reason else "required"}


def add(db: Database, record: R, stamp: Stamp, *, request: str) -> Stored[R]:
    """Stores `record`, or returns what an earlier call with the same `request` stored."""
    earlier = _of_request(db, request)
    if earlier is not None:
        return earlier
    table = TABLES[type(record)]
    record_id = _next_id(db, table)
    suspect = guard.problems(stamp, f"{table} {record_id}", record)
    _refuse(suspect | Known(db).problems(record, today=stamp.today))
    after = as_json(type(record), values(record))
    seq = enter(db, stamp, "add", table, record_id=record_id, version=1, after=after, request=request)
    for run in Shelf([record]).runs():
        _insert(db, run, [record_id], seq, {})
    return reading.get(db, type(record), record_id)


def add_all(
    db: Database, records: Shelf, stamp: Stamp, *, batch: str, reader: Reader | None = None
) -> list[int]:
    """Stores all of `records` and returns their ids in the same order, or raises `InvalidBatch`.

    `reader` is one that may have looked at their texts before; it looks at those it has not.
    """
    ids = _plan_ids(db, records)
    suspect = guard.batch_problems(stamp, batch, records, reader or Reader())
    _refuse_broken(db, records, ids, stamp.today, suspect)
    kinds = records.kinds()
    for record_type in (kind for kind in TABLES if kind in kinds):
        _add_kind(db, record_type, records, ids, stamp, batch)
    return ids


def correct(
    db: Database, record_id: int, record: R, stamp: Stamp, *, seen_version: int, reason: str
) -> Stored[R]:
    """Puts `record` in the place of the version that was seen."""
    stands = standing_as_seen(db, type(record), record_id, record, seen_version)
    known = Known(db)
    where = f"{TABLES[type(record)]} {record_id}"
    suspect = guard.problems(stamp, where, record, before=stands.record)
    problems = known.problems(record, today=stamp.today, own_id=record_id, before=stands.record)
    _refuse(suspect | problems | _reason_problem(stamp, where, reason))
    put(db, stands, record, stamp, reason=reason)
    return reading.get(db, type(record), record_id)


def put_back(
    db: Database, record_id: int, record: R, stamp: Stamp, *, seen_version: int, reason: str
) -> Stored[R]:
    """Restores the version that was seen where it was withdrawn, then puts `record` in its place."""
    stands = _as_seen(db, type(record), record_id, record, seen_version)
    if stands.withdrawn:
        stands = set_withdrawn(
            db, type(record), record_id, stamp, seen_version=seen_version, reason=reason, withdrawn=False
        )
        if stands.record == record:
            return stands
    return correct(db, record_id, record, stamp, seen_version=stands.version, reason=reason)


def put(
    db: Database, stands: Stored[Any], record: Record, stamp: Stamp, *, reason: str, **entry: Any
) -> None:
    """Writes `record` over `stands` and enters that; `entry` holds what else the entry says.

    Whether it may be so is for the caller to know.
    """
    table, held, version = TABLES[type(record)], values(record), stands.version + 1
    enter(
        db,
        stamp,
        "correct",
        table,
        record_id=stands.id,
        version=version,
        reason=reason,
        before=as_json(type(record), values(stands.record)),
        after=as_json(type(record), held),
        **entry,
    )
    columns = stored_columns(type(record))
    db.conn.execute(
        f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in columns)}, version = ? WHERE id = ?",
        (*cells(held), version, stands.id),
    )
    if type(record) in PARTNERS:
        links, column = PARTNERS[type(record)]
        db.conn.execute(f"DELETE FROM {links} WHERE {column} = ?", (stands.id,))
        _link_partners(db, type(record), [(stands.id, held["partner_ids"])])


def behind(ids: Sequence[int]) -> Callable[[Any], Any]:
    """What gives the id behind a link of a batch: -n is the n-th of `ids`, any other stands for itself."""

    def real(link: Any) -> Any:
        if isinstance(link, tuple):
            return tuple(map(real, link))
        return link if link is None or link >= 0 else ids[-link - 1]

    return real


def standing_as_seen(
    db: Database, record_type: type[R], record_id: int, mine: R, seen_version: int
) -> Stored[R]:
    """What stands, provided it is the version that was seen and was not taken back."""
    stands = _as_seen(db, record_type, record_id, mine, seen_version)
    if stands.withdrawn:  # what was taken back is first put back: a correction would seem to make it count
        raise Conflict(stands, mine, reading.history(db, record_type, record_id)[-1])
    return stands


def set_withdrawn(
    db: Database,
    record_type: type[R],
    record_id: int,
    stamp: Stamp,
    *,
    seen_version: int,
    reason: str,
    withdrawn: bool,
) -> Stored[R]:
    """Withdraws or restores the version that was seen; what already is so stays as it is."""
    stands = _as_seen(db, record_type, record_id, None, seen_version)
    if stands.withdrawn == withdrawn:
        return stands
    table, content = TABLES[record_type], as_json(record_type, values(stands.record))
    problems = _reason_problem(stamp, f"{table} {record_id}", reason)
    _refuse(problems if withdrawn else problems | Known(db).clash(stands.record, record_id))
    enter(
        db,
        stamp,
        "withdraw" if withdrawn else "restore",
        table,
        record_id=record_id,
        version=seen_version + 1,
        reason=reason,
        before=content if withdrawn else None,
        after=None if withdrawn else content,
    )
    db.conn.execute(
        f"UPDATE {table} SET withdrawn = ?, version = version + 1 WHERE id = ? AND version = ?",
        (withdrawn, record_id, seen_version),
    )
    return reading.get(db, record_type, record_id)


def enter(db: Database, stamp: Stamp, action: str, record_type: str, **rest: Any) -> int:
    """Writes one entry in the history, chained to the one before, and returns its number."""
    entry = {
        **_BLANK,
        "at": stamp.at,
        "actor": stamp.by,
        "action": action,
        "record_type": record_type,
        **rest,
    }
    last = db.conn.execute("SELECT chain FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    said = (*entry.values(), stamp.role, stamp.origin)
    cells = (*said, chained(last[0] if last else "", said))
    columns, marks = (*entry, "role", "origin", "chain"), ", ".join("?" * len(cells))
    cursor = db.conn.execute(f"INSERT INTO history ({', '.join(columns)}) VALUES ({marks})", cells)
    return int(cursor.lastrowid or 0)


def chained(before: str, entry: tuple[Any, ...]) -> str:
    """A hash of an entry (its columns from `at` to `content_hash`, then `role` and `origin`) and of all
    entries before it. Entries of schema 1 to 3 had neither, and their hash still holds.
    """
    if entry[-2:] == ("", ""):
        entry = entry[:-2]
    return access_log.chained(before, entry)


def content_hash(contents: Iterable[tuple[int, str]]) -> str:
    """A hash of records as (id, JSON), in order of id."""
    digest, to_come = hashlib.sha256(), iter(contents)
    while block := "".join(f"{record_id} {content}\n" for record_id, content in islice(to_come, _MANY)):
        digest.update(block.encode())
    return digest.hexdigest()


_MANY = 1_000
_TOGETHER = 200
_BLANK: dict[str, Any] = {
    "at": "",
    "actor": "",
    "action": "",
    "record_type": "",
    "record_id": None,
    "code": None,
    "version": 0,
    "reason": "",
    "before": None,
    "after": None,
    "batch": "",
    "request": "",
    "added": 1,
    "content_hash": "",
}


def _of_request(db: Database, request: str) -> Stored[Any] | None:
    if not request:
        return None
    found = db.conn.execute(
        # Its index holds no empty ones, and SQLite takes it only when told that this is none.
        "SELECT record_type, record_id FROM history WHERE request = ? AND request <> ''",
        (request,),
    ).fetchone()
    return reading.get(db, TYPES[found[0]], found[1]) if found else None


def _next_id(db: Database, table: str) -> int:
    """Ids are never given twice, so the history of a record is its own."""
    last = db.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return (last[0] if last else 0) + 1


def _plan_ids(db: Database, records: Shelf) -> list[int]:
    following = {record_type: _next_id(db, table) for record_type, table in TABLES.items()}
    ids: list[int] = []
    for record_type, number in records.lengths():
        first = following[record_type]
        following[record_type] += number
        ids.extend(range(first, first + number))
    return ids


def _refuse_broken(
    db: Database, records: Shelf, ids: list[int], today: date, suspect: dict[int, dict[str, str]]
) -> None:
    known = Known(db)
    for run in records.runs(*EXPECTED):
        for place, record in enumerate(run.records(), run.start):
            known.expect(record, ids[place], place=-place - 1)
    rows = known.problems_of_all(records, ids, today=today)
    for place, problems in suspect.items():
        rows[place] = problems | rows.get(place, {})
    if rows:
        raise InvalidBatch(dict(sorted(rows.items())))


def _add_kind(
    db: Database, record_type: type[Record], records: Shelf, ids: list[int], stamp: Stamp, batch: str
) -> None:
    """Stores the records of one kind of a batch under their `ids`; a link -n is the n-th of these."""

    changes = dict.fromkeys(LINKS.get(record_type, {}), behind(ids))

    def own_runs() -> Iterator[tuple[Run, list[int]]]:
        return ((run, ids[run.start : run.start + run.number]) for run in records.runs(record_type))

    told = (one for run, own in own_runs() for one in zip(own, runs.contents(run, changes), strict=True))
    digest, table, number = content_hash(told), TABLES[record_type], records.kinds()[record_type]
    many = number >= max(_MANY, _next_id(db, table))
    seq = enter(db, stamp, "add", table, version=1, batch=batch, added=number, content_hash=digest)
    with _indexed_afterwards(db, record_type) if many else nullcontext():
        for run, own in own_runs():
            _insert(db, run, own, seq, changes)


@contextmanager
def _indexed_afterwards(db: Database, record_type: type[Record]) -> Iterator[None]:
    """Takes away the indexes and triggers of its tables, and makes them again as they were; all in the
    caller's transaction, so nobody sees a table without them.

    For many rows, and at least as many as there are: to sort all of them once takes less than to find the
    place of each, and the revision moves once.
    """
    tables = (TABLES[record_type], PARTNERS.get(record_type, ("",))[0])
    made = db.conn.execute(
        "SELECT 'DROP ' || type || ' ' || name, sql FROM sqlite_schema "
        "WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN (?, ?)",
        tables,
    ).fetchall()
    for drop, _ in made:
        db.conn.execute(drop)
    yield
    for _, make in made:
        db.conn.execute(make)
    db.conn.execute(MOVE_REVISION)


def _insert(db: Database, run: Run, ids: Sequence[int], seq: int, changes: runs.Changes) -> None:
    """Stores records of one kind under these ids."""
    names = ("id", *stored_columns(run.kind), "added_seq")
    _put_rows(db, TABLES[run.kind], names, zip(ids, *runs.cells(run, changes), repeat(seq)))
    if run.kind in PARTNERS:
        _link_partners(db, run.kind, zip(ids, runs.partner_ids(run, changes), strict=True))


def _link_partners(
    db: Database, record_type: type[Record], partners: Iterable[tuple[int, Sequence[int]]]
) -> None:
    links, column = PARTNERS[record_type]
    _put_rows(
        db,
        links,
        (column, "partner_id", "position"),
        (
            (record_id, partner_id, position)
            for record_id, partner_ids in partners
            for position, partner_id in enumerate(partner_ids)
        ),
    )


def _put_rows(db: Database, table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts rows, many with one statement: SQLite looks up the last id of a table once for each."""
    row, to_come = f"({', '.join('?' * len(columns))})", iter(rows)
    while block := list(islice(to_come, _TOGETHER)):
        marks = ", ".join([row] * len(block))
        db.conn.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks}", tuple(chain.from_iterable(block))
        )


def _as_seen(
    db: Database, record_type: type[R], record_id: int, mine: R | None, seen_version: int
) -> Stored[R]:
    """What stands, provided it is the version that was seen."""
    stands = reading.get(db, record_type, record_id)
    if stands.version != seen_version:
        raise Conflict(stands, mine, reading.history(db, record_type, record_id)[-1])
    return stands


def _reason_problem(stamp: Stamp, where: str, reason: str) -> dict[str, str]:
    try:
        return guard.problems(stamp, where, Reason(reason=reason))
    except InvalidRecord as refused:
        return refused.problems


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise InvalidRecord(problems)
