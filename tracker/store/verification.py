"""Everything that should hold in a sound database, checked; what does not is listed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from tracker.records import Activity, InvalidRecord, Record
from tracker.store import access_log, frozen, reading, schema, terms
from tracker.store.errors import Damaged
from tracker.store.rows import SELECT_STORED, TABLES, Stored, as_json, cells, from_json, stored_rows, values
from tracker.store.schema import Step
from tracker.store.writing import chained, content_hash

# An entry of the history as its chain counts it.
TOLD = (
    "at, actor, action, record_type, record_id, code, version, reason, before, after, "
    "batch, request, added, content_hash, role, origin"
)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something that should hold and does not.

    `code`: integrity, foreign_key, schema_changed, broken_record, versions, history_differs,
    batch_differs, partner_total, frozen_facts, chain and log_chain (`record_id` is the first bad entry);
    of `heads` tail_cut, chain_changed, other_database, bad_heads.
    `where` is a table (for integrity SQLite's own words, for a batch its name).
    """

    code: str
    where: str
    record_id: int | None = None


def problems(db: Database, steps: tuple[Step, ...]) -> Iterator[Problem]:
    """Every problem found; nothing when the database is sound."""
    for (line,) in db.conn.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Problem(code="integrity", where=line)
    for table, row, *_ in db.conn.execute("PRAGMA foreign_key_check"):
        yield Problem(code="foreign_key", where=table, record_id=row)
    if schema.fingerprint(db) != schema.expected_fingerprint(steps):
        yield Problem(code="schema_changed", where="")
    yield from _chain_problems(db)
    for record_type, table in TABLES.items():
        yield from _record_problems(db, record_type, table)
    for name in schema.VOCABULARY_TABLES:
        yield from _term_problems(db, name)
    for line in access_log.broken(db):
        yield Problem(code="log_chain", where="access_log", record_id=line)
    for where, number in frozen.broken(db):
        yield Problem(code="frozen_facts", where=where, record_id=number)


def _chain_problems(db: Database) -> Iterator[Problem]:
    """Every entry of the history says what it said when it was written, up to the first that does not."""
    before = ""
    for seq, chain, *entry in db.conn.execute(f"SELECT seq, chain, {TOLD} FROM history ORDER BY seq"):
        if chain != chained(before, tuple(entry)):
            yield Problem(code="chain", where="history", record_id=seq)
            return
        before = chain


def _term_problems(db: Database, name: str) -> Iterator[Problem]:
    """The words stand as their history says, and began as they came with the product."""
    try:
        as_told, first = terms.standing_and_first(db, name)
    except InvalidRecord:
        yield Problem(code="broken_record", where=name)
        return
    began = db.conn.execute(
        "SELECT content_hash FROM history WHERE record_type = ? AND code IS NULL", (name,)
    ).fetchone()
    if not as_told:
        yield Problem(code="history_differs", where=name)
    if began is None or terms.terms_hash(first) != began[0]:
        yield Problem(code="batch_differs", where=name)


def _record_problems(db: Database, record_type: type[Record], table: str) -> Iterator[Problem]:
    """Each record keeps its rules, stands as its history says, and came in as its batch says."""
    entries, standing = entries_of(db, table), standing_of(db, record_type)
    first_contents: dict[int, list[tuple[int, str]]] = {}
    totals = (
        dict(db.conn.execute("SELECT id, partner_total FROM activity")) if record_type is Activity else {}
    )
    added = dict(db.conn.execute(f"SELECT id, added_seq FROM {table}"))
    for record_id, seq in sorted(added.items()):
        stored = standing.get(record_id)
        if stored is None:
            yield Problem(code="broken_record", where=table, record_id=record_id)
            continue
        own = entries.pop(record_id, [])
        yield from _history_problems(stored, own, table)
        if totals and totals[record_id] != cells(values(stored.record))[-1]:
            yield Problem(code="partner_total", where=table, record_id=record_id)
        if own and own[0][0] == "add" and own[0][-1] != seq:
            yield Problem(code="versions", where=table, record_id=record_id)
        if not own or own[0][0] != "add":
            first = first_content(record_type, stored, own)
            first_contents.setdefault(seq, []).append((record_id, first))
    for record_id in entries:
        yield Problem(code="versions", where=table, record_id=record_id)
    yield from _batch_problems(db, table, first_contents)


def first_content(record_type: type[Record], stored: Stored[Any], own: list[tuple[Any, ...]]) -> str:
    """What a record of a batch said when it came: what its first change replaced, else what it says now."""
    replaced = next((before for _, _, before, _, _ in own if before), None)
    return replaced or as_json(record_type, values(stored.record))


def standing_of(db: Database, record_type: type[Record]) -> dict[int, Stored[Any]]:
    """Id -> record, of those that keep their rules; read one by one only when some do not."""
    try:
        return {stored.id: stored for stored in stored_rows(db, record_type, SELECT_STORED[record_type])}
    except Damaged:
        found = {}
        for (record_id,) in db.conn.execute(f"SELECT id FROM {TABLES[record_type]}").fetchall():
            with suppress(Damaged):
                found[record_id] = reading.get(db, record_type, record_id)
        return found


def entries_of(db: Database, table: str) -> dict[int, list[tuple[Any, ...]]]:
    """Record id -> its entries (action, version, before, after, seq), oldest first."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for record_id, *entry in db.conn.execute(
        "SELECT record_id, action, version, before, after, seq FROM history "
        "WHERE record_type = ? AND record_id IS NOT NULL ORDER BY seq",
        (table,),
    ):
        found.setdefault(record_id, []).append(tuple(entry))
    return found


def _history_problems(stored: Stored[Any], own: list[tuple[Any, ...]], table: str) -> Iterator[Problem]:
    start = 1 if own and own[0][0] == "add" else 2
    if [version for _, version, _, _, _ in own] != list(range(start, stored.version + 1)):
        yield Problem(code="versions", where=table, record_id=stored.id)
    if not own:
        return
    *_, (action, _, before, after, _) = own
    told = from_json(type(stored.record), after or before)
    taken_back = action == "withdraw" or (action == "correct" and _was_withdrawn(own))
    if told != stored.record or taken_back != stored.withdrawn:
        yield Problem(code="history_differs", where=table, record_id=stored.id)


def _was_withdrawn(own: list[tuple[Any, ...]]) -> bool:
    """A correction leaves a withdrawn record withdrawn."""
    turns = [action for action, *_ in own if action in ("withdraw", "restore")]
    return bool(turns) and turns[-1] == "withdraw"


def _batch_problems(
    db: Database, table: str, contents: dict[int, list[tuple[int, str]]]
) -> Iterator[Problem]:
    for seq, batch, number, expected in db.conn.execute(
        "SELECT seq, batch, added, content_hash FROM history WHERE record_type = ? AND action = 'add' "
        "AND record_id IS NULL AND code IS NULL",
        (table,),
    ).fetchall():
        found = contents.pop(seq, [])
        if len(found) != number or content_hash(found) != expected:
            yield Problem(code="batch_differs", where=batch)
    for leftover in contents.values():
        yield Problem(code="versions", where=table, record_id=leftover[0][0])
