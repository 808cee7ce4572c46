"""The access log: what was refused, and what left the tool or touched the whole of it. It only grows.

A line says who, in which role, from where, what, on what, with which result and when. It holds codes, numbers
and names of files, never a text of a record: whoever reads the log need not be allowed to read the records.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from tracker.store.rows import moment
from tracker.store.stamp import Stamp

OK, DENIED, ERROR = "ok", "denied", "error"
_COLUMNS = "at, actor, role, origin, action, object, result, detail"
_LONGEST = {"actor": 200, "object": 200}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the access log; `result` is ok, denied or error, `detail` what else it says."""

    seq: int
    at: datetime
    actor: str
    role: str
    origin: str
    action: str
    object: str
    result: str
    detail: dict[str, Any]


def note(
    db: Database,
    stamp: Stamp,
    action: str,
    *,
    object: str = "",
    result: str = OK,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Adds a line, chained to the one before, in the caller's transaction; returns its number."""
    cells = (
        stamp.at,
        _one_line(stamp.by, "actor"),
        stamp.role,
        stamp.origin,
        action,
        _one_line(object, "object"),
        result,
        json.dumps(detail or {}, ensure_ascii=False, sort_keys=True),
    )
    last = db.conn.execute("SELECT chain FROM access_log ORDER BY seq DESC LIMIT 1").fetchone()
    cursor = db.conn.execute(
        f"INSERT INTO access_log ({_COLUMNS}, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*cells, chained(last[0] if last else "", cells)),
    )
    return int(cursor.lastrowid or 0)


def lines(
    db: Database, *, actor: str = "", action: str = "", limit: int, before: int | None = None
) -> list[Line]:
    """The newest lines below the number `before`, of one actor or one action when asked."""
    rows = db.conn.execute(
        f"SELECT seq, {_COLUMNS} FROM access_log "
        "WHERE seq < ?1 AND (?2 = '' OR actor = ?2) AND (?3 = '' OR action = ?3) ORDER BY seq DESC LIMIT ?4",
        (_ABOVE_ALL if before is None else before, actor, action, limit),
    ).fetchall()
    return [
        Line(
            seq=seq,
            at=moment(at),
            actor=who,
            role=role,
            origin=origin,
            action=did,
            object=what,
            result=result,
            detail=json.loads(detail),
        )
        for seq, at, who, role, origin, did, what, result, detail in rows
    ]


def overrides(db: Database, since: str, before: str) -> dict[tuple[str, str], int]:
    """Kind and reason -> how many findings of the guard were let pass from one moment to another."""
    rows = db.conn.execute(
        "SELECT json_extract(detail, '$.kind') AS kind, json_extract(detail, '$.why') AS why, "
        "sum(json_extract(detail, '$.number')) FROM access_log "
        "WHERE action = 'override' AND result = 'ok' AND at >= ? AND at < ? GROUP BY kind, why",
        (since, before),
    )
    return {(kind, why): number for kind, why, number in rows}


def head(db: Database) -> tuple[int, str]:
    """The number and the chain of the last line; (0, "") when there is none."""
    found = db.conn.execute("SELECT seq, chain FROM access_log ORDER BY seq DESC LIMIT 1").fetchone()
    return found or (0, "")


def over_age(db: Database, before: str) -> int:
    """How many lines are from before that day. Those about a purge stay: they account for what it changed."""
    (number,) = db.conn.execute(f"SELECT count(*) FROM access_log WHERE {_OVER_AGE}", (before,)).fetchone()
    return int(number)


def forget(db: Database, before: str) -> None:
    """Takes those lines away and chains the others anew; only where nothing guards the log."""
    db.conn.execute(f"DELETE FROM access_log WHERE {_OVER_AGE}", (before,))
    chain, anew = "", []
    for seq, *said in db.conn.execute(f"SELECT seq, {_COLUMNS} FROM access_log ORDER BY seq"):
        chain = chained(chain, tuple(said))
        anew.append((chain, seq))
    db.conn.executemany("UPDATE access_log SET chain = ? WHERE seq = ?", anew)


def broken(db: Database) -> Iterator[int]:
    """The number of the first line that does not say what it said when it was written."""
    before = ""
    for seq, chain, *said in db.conn.execute(f"SELECT seq, chain, {_COLUMNS} FROM access_log ORDER BY seq"):
        if chain != chained(before, tuple(said)):
            yield seq
            return
        before = chain


def chained(before: str, said: tuple[Any, ...]) -> str:
    """A hash of a line (its columns from `at` to `detail`) and of all lines before it."""
    return hashlib.sha256(f"{before} {json.dumps(said, ensure_ascii=False)}".encode()).hexdigest()


_ABOVE_ALL = 2**62
_OVER_AGE = "at < ? AND NOT (action = 'purge' AND result = 'ok')"


def _one_line(text: str, column: str) -> str:
    """No line break or other sign that a terminal would act on, and no longer than the column."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[: _LONGEST[column]]
