"""The facts of a closed evaluation: kept under the hash of what they are, so that a change shows.

The record of the evaluation bears the hash, and the history bears the record: facts that were changed, or put
in the place of others, no longer fit. Facts stay when an evaluation is opened again, for it can be put back.
"""

from __future__ import annotations

import hashlib

from sqlite_utils import Database

from tracker.store.errors import Damaged


def keep(db: Database, facts: bytes) -> str:
    """Stores `facts` and returns their hash; the same facts stand there once."""
    digest = _hash(facts)
    db.conn.execute(
        "INSERT INTO frozen_facts (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, facts)
    )
    return digest


def facts(db: Database, digest: str) -> bytes:
    """What was kept under this hash; raises `Damaged` when it is gone or is something else now."""
    row = db.conn.execute("SELECT content FROM frozen_facts WHERE digest = ?", (digest,)).fetchone()
    if row is None or _hash(row[0]) != digest:
        raise Damaged(code="frozen_facts")
    return bytes(row[0])


def broken(db: Database) -> list[tuple[str, int | None]]:
    """(table, id) of every evaluation without its facts as they were, then of kept facts that changed."""
    kept = {digest: _hash(content) for digest, content in db.conn.execute("SELECT * FROM frozen_facts")}
    named = db.conn.execute("SELECT id, digest FROM quarter_review WHERE digest <> '' ORDER BY id").fetchall()
    found: list[tuple[str, int | None]] = [
        ("quarter_review", number) for number, digest in named if kept.get(digest) != digest
    ]
    strays = set(kept) - {digest for _, digest in named}
    return found + [("frozen_facts", None) for digest in sorted(strays) if kept[digest] != digest]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
