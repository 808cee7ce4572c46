"""The history of the whole database, newest first and a page at a time, inside the caller's transaction.

What an import added, or its undo took back, has an entry a kind or a record; here it is one line. Which
lines a page shows is decided by their numbers alone, so a page of a long history costs as much as one of a
short history; a filter passes over what it leaves out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from tracker.records import DUTCH_TIME, Record
from tracker.store import terms
from tracker.store.rows import TABLES, TYPES, Change, from_json, moment
from tracker.store.schema import VOCABULARY_TABLES as VOCABULARIES
from tracker.store.terms import Term


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """Many records at once: what an import added, or what went when it was taken back ("withdraw").

    `counts` says how many of each kind; `seq` is the number of the last entry of it.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    reason: str
    batch: str
    counts: dict[type[Record], int]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of the history: one kind (`Term` for the word lists), one person, some Dutch days."""

    kind: type[Record] | None = None
    by: str = ""
    first: date | None = None
    last: date | None = None


# An entry of many that the next one goes on with: the same import does the same at the same moment. Only the
# last of them is a line; with a kind asked for, the last of that kind. The lists that a database begins with
# are nobody's change.
_PAGE = """
    SELECT seq, at, actor, action, record_type, record_id, code, version, reason, before, after, batch
    FROM history AS h
    WHERE seq < ?1 AND at >= ?2 AND at < ?3 AND (?4 = '' OR actor = ?4)
        AND (?5 IS NULL OR record_type IN (SELECT value FROM json_each(?5)))
        AND NOT (record_id IS NULL AND code IS NULL AND record_type IN (SELECT value FROM json_each(?6)))
        AND NOT (batch <> '' AND code IS NULL AND action <> 'correct' AND EXISTS (
            SELECT 1 FROM history AS later
            WHERE later.seq = h.seq + 1 AND later.batch = h.batch AND later.action = h.action
                AND later.at = h.at AND later.code IS NULL
                AND (?5 IS NULL OR later.record_type = h.record_type)))
    ORDER BY seq DESC LIMIT ?7"""
_LAST_BEFORE = """
    SELECT seq FROM history WHERE seq < ? AND NOT (batch = ? AND action = ? AND at = ? AND code IS NULL)
    ORDER BY seq DESC LIMIT 1"""
_COUNTED = """
    SELECT record_type, sum(added) FROM history
    WHERE seq > ?1 AND seq <= ?2 AND (?3 IS NULL OR record_type IN (SELECT value FROM json_each(?3)))
    GROUP BY record_type"""
_ABOVE_ALL = 2**62
_FIRST_DAY, _LAST_DAY = date(1, 1, 2), date(9999, 12, 30)


def changes(db: Database, asked: Asked, *, limit: int, before: int | None) -> list[Change[Any] | Bulk]:
    """The newest changes below the number `before`, at most `limit` of them."""
    kinds = None if asked.kind is None else json.dumps(_names(asked.kind))
    rows = db.conn.execute(
        _PAGE,
        (
            _ABOVE_ALL if before is None else before,
            midnight(asked.first or _FIRST_DAY),
            midnight((asked.last or _LAST_DAY) + timedelta(days=1)),
            asked.by,
            kinds,
            json.dumps(VOCABULARIES),
            limit,
        ),
    ).fetchall()
    return [_line(db, row, kinds) for row in rows]


def actors(db: Database) -> list[str]:
    """Everybody who ever changed something, by name."""
    found = db.conn.execute(
        "SELECT DISTINCT actor FROM history "
        "WHERE NOT (record_id IS NULL AND code IS NULL AND record_type IN (SELECT value FROM json_each(?)))",
        (json.dumps(VOCABULARIES),),
    )
    return sorted((name for (name,) in found), key=str.casefold)


def _names(kind: type[Record]) -> Sequence[str]:
    return VOCABULARIES if kind is Term else (TABLES[kind],)


def midnight(day: date) -> str:
    """The beginning of a Dutch day, as the history writes a moment."""
    start = datetime.combine(day, time(), DUTCH_TIME).astimezone(UTC)
    return start.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _line(db: Database, row: tuple[Any, ...], kinds: str | None) -> Change[Any] | Bulk:
    seq, at, actor, action, table, record_id, code, version, reason, before, after, batch = row
    who = {"seq": seq, "at": moment(at), "actor": actor, "action": action, "reason": reason, "batch": batch}
    if batch and code is None and action != "correct":
        (previous,) = db.conn.execute(_LAST_BEFORE, (seq, batch, action, at)).fetchone() or (0,)
        counts = dict(db.conn.execute(_COUNTED, (previous, seq, kinds)).fetchall())
        return Bulk(**who, counts={kind: counts[name] for name, kind in TYPES.items() if name in counts})
    kind: Any = TYPES.get(table, Term)
    return Change(
        **who,
        record_type=kind,
        record_id=record_id if code is None else code,
        version=version,
        before=_read(kind, before),
        after=_read(kind, after),
    )


def _read(kind: Any, text: str | None) -> Any:
    return terms.from_json(text) if kind is Term else from_json(kind, text)
