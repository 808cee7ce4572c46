"""The history told anew after a purge: what imports held, and the chain from the first entry that changed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from tracker.records import Record
from tracker.store.rows import TABLES
from tracker.store.verification import TOLD, entries_of, first_content, standing_of
from tracker.store.writing import chained, content_hash


def listed(ids: Iterable[int]) -> str:
    """Numbers as SQLite's json_each takes them."""
    return json.dumps(sorted(ids))


def head(db: Database) -> tuple[int, str]:
    """The number and the chain of the last entry of the history; (0, "") when there is none."""
    found = db.conn.execute("SELECT seq, chain FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return found or (0, "")


def batches_of(db: Database, ids: dict[type[Record], set[int]]) -> dict[type[Record], set[int]]:
    """Kind -> the entries of imports with which these records came."""
    found = {}
    for kind, own in ids.items():
        rows = db.conn.execute(
            f"SELECT DISTINCT h.seq FROM {TABLES[kind]} t JOIN history h ON h.seq = t.added_seq "
            "WHERE h.record_id IS NULL AND t.id IN (SELECT value FROM json_each(?))",
            (listed(own),),
        )
        found[kind] = {seq for (seq,) in rows}
    return found


def tell_batches(db: Database, batches: dict[type[Record], set[int]]) -> set[int]:
    """Writes how many records of an import are left and what they said when they came; the entries."""
    for kind, seqs in batches.items():
        if not seqs:
            continue
        table = TABLES[kind]
        entries, standing = entries_of(db, table), standing_of(db, kind)
        contents: dict[int, list[tuple[int, str]]] = {seq: [] for seq in seqs}
        for record_id, seq in db.conn.execute(f"SELECT id, added_seq FROM {table} ORDER BY id"):
            if seq in contents:
                told = first_content(kind, standing[record_id], entries.get(record_id, []))
                contents[seq].append((record_id, told))
        db.conn.executemany(
            "UPDATE history SET added = ?, content_hash = ? WHERE seq = ?",
            [(len(told), content_hash(told), seq) for seq, told in contents.items()],
        )
    return {seq for seqs in batches.values() for seq in seqs}


def chain_anew(db: Database, changed: set[int]) -> None:
    """Chains every entry from the first that changed, or went, to the last."""
    if not changed:
        return
    first = min(changed)
    found = db.conn.execute(
        "SELECT chain FROM history WHERE seq < ? ORDER BY seq DESC LIMIT 1", (first,)
    ).fetchone()
    chain, anew = found[0] if found else "", []
    for seq, *entry in db.conn.execute(
        f"SELECT seq, {TOLD} FROM history WHERE seq >= ? ORDER BY seq", (first,)
    ):
        chain = chained(chain, tuple(entry))
        anew.append((chain, seq))
    db.conn.executemany("UPDATE history SET chain = ? WHERE seq = ?", anew)
