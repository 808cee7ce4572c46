"""The heads of the history and of the access log, kept outside the database: what was cut off or written anew
as a whole shows only beside them (BIO2 8.15.06).

A line of the file says when, of which database, and the last number and chain of both. A purge changes chains
too: its line in the access log says from which entry on, and what stood before and after.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlite_utils import Database

from tracker.store import access_log, retelling
from tracker.store.verification import Problem

HEAD, RESTORED = "head", "restored"


@dataclass(frozen=True, kw_only=True)
class Head:
    """How far both had come at a moment: (last number, its chain); `kind` is head, or restored after a backup
    was put back, with which a new count begins."""

    at: str
    kind: str
    database: str
    history: tuple[int, str]
    access_log: tuple[int, str]


@dataclass(frozen=True)
class _Purge:
    """What a line of the access log accounts for."""

    seq: int
    first: int
    before: tuple[int, str]
    after: tuple[int, str]
    log_before: tuple[int, str] | None


def now(db: Database, at: str, kind: str) -> Head:
    """The heads as they are."""
    (identity,) = db.conn.execute("SELECT identity FROM about").fetchone()
    return Head(
        at=at, kind=kind, database=identity, history=retelling.head(db), access_log=access_log.head(db)
    )


def read(path: Path) -> list[Head | None]:
    """The lines of the file, oldest first; None for one that cannot be read. No file: no lines."""
    if not path.exists():
        return []
    return [_parsed(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line]


def append(path: Path, head: Head) -> None:
    """Adds a line and waits until it is on the disk; a new file is for its owner alone."""
    line = json.dumps(asdict(head), sort_keys=True) + "\n"
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        os.write(file, line.encode())
        os.fsync(file)
    finally:
        os.close(file)


def problems(db: Database, lines: Iterable[Head | None]) -> Iterator[Problem]:
    """What no longer is as an earlier line says and no purge accounts for; at most one of each table."""
    known = list(lines)
    yield from (
        Problem(code="bad_heads", where="heads", record_id=n) for n, one in enumerate(known, 1) if not one
    )
    heads = _since_restore([one for one in known if one])
    (identity,) = db.conn.execute("SELECT identity FROM about").fetchone()
    if any(one.database != identity for one in heads):
        yield Problem(code="other_database", where="heads")
        return
    purges = list(_purges(db))
    own = [(one.seq, one.after) for one in purges]  # a purge says how it left the history
    told = sorted([*((one.access_log[0], one.history) for one in heads), *own])
    yield from _first_wrong(db, "history", told, purges)
    yield from _first_wrong(
        db, "access_log", sorted((one.access_log[0], one.access_log) for one in heads), purges
    )


def _first_wrong(
    db: Database, table: str, told: list[tuple[int, tuple[int, str]]], purges: list[_Purge]
) -> Iterator[Problem]:
    """The first number that nobody vouches for any more."""
    good = 0
    (last,) = db.conn.execute(f"SELECT ifnull(max(seq), 0) FROM {table}").fetchone()
    for log_seq, (seq, chain) in sorted(told, key=lambda one: one[1][0]):
        found = db.conn.execute(f"SELECT chain FROM {table} WHERE seq = ?", (seq,)).fetchone()
        if seq == 0 or (found and found[0] == chain):
            good = max(good, seq)
        elif not any(_accounts(one, table, log_seq, seq, chain) for one in purges):
            cut = seq > last
            number = last + 1 if cut else good + 1
            yield Problem(code="tail_cut" if cut else "chain_changed", where=table, record_id=number)
            return


def _accounts(purge: _Purge, table: str, log_seq: int, seq: int, chain: str) -> bool:
    """Whether this purge came after the head and changed the chain at its number."""
    before = purge.before if table == "history" else purge.log_before
    if before is None or purge.seq <= log_seq or before[0] < seq:
        return False
    if table == "history" and not 0 < purge.first <= seq:
        return False
    return before[0] > seq or before[1] == chain


def _purges(db: Database) -> Iterator[_Purge]:
    for seq, detail in db.conn.execute(
        "SELECT seq, detail FROM access_log WHERE action = 'purge' AND result = 'ok' ORDER BY seq"
    ).fetchall():
        told = json.loads(detail)
        log_before = told.get("log_before")
        yield _Purge(
            seq,
            told["first"],
            (told["before"][0], told["before"][1]),
            (told["after"][0], told["after"][1]),
            (log_before[0], log_before[1]) if log_before else None,
        )


def _since_restore(lines: list[Head]) -> list[Head]:
    """The lines from the last backup that was put back: what stood before it is gone."""
    starts = [place for place, one in enumerate(lines) if one.kind == RESTORED]
    return lines[starts[-1] :] if starts else lines


def _parsed(line: str) -> Head | None:
    try:
        held = json.loads(line)
        return Head(
            at=str(held["at"]),
            kind=str(held["kind"]),
            database=str(held["database"]),
            history=(int(held["history"][0]), str(held["history"][1])),
            access_log=(int(held["access_log"][0]), str(held["access_log"][1])),
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return None
