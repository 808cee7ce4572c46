"""What an import changes in records that stand already, and how those changes are taken back.

Each has an entry of its own in the history, under the name of the import, as a person's correction has. What
takes it back is a correction too: its entry bears the same name and says that it added nothing (`added` 0).
So the entries of a record nest like brackets, and one that was closed again counts as if it had not been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from tracker.records import InvalidRecord, Record
from tracker.store import guard, reading
from tracker.store.errors import Damaged
from tracker.store.known import LINKS, Known
from tracker.store.rows import TABLES, Stored, from_json
from tracker.store.stamp import Stamp
from tracker.store.writing import Reason, put, standing_as_seen


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A record that takes the place of version `seen_version` of the one of its kind with this id."""

    id: int
    seen_version: int
    record: Record


class Entry(NamedTuple):
    """One change of a record, with the import it belongs to, if any, and what the record said before."""

    action: str
    batch: str
    before: str | None

    def corrects_for(self, batch: str) -> bool:
        """Whether an import of this name made this correction."""
        return self.action == "correct" and self.batch == batch


def correct_all(
    db: Database,
    corrections: Sequence[Correction],
    stamp: Stamp,
    *,
    batch: str,
    reason: str,
    real: Callable[[Any], Any],
) -> None:
    """Makes every correction of an import; `real` gives the id behind a link to a record that came with it.

    Raises `Conflict` when a record is no longer as it was seen, `InvalidRecord` for what breaks a rule.
    """
    if not corrections:
        return
    assert batch, "what has no name cannot be taken back"
    guard.refuse(stamp, f"import {batch}", {"reason": Reason(reason=reason).reason})
    known = Known(db)
    for one in corrections:
        record = _linked(one.record, real)
        stands = standing_as_seen(db, type(record), one.id, record, one.seen_version)
        where = f"{TABLES[type(record)]} {one.id}"
        suspect = guard.problems(stamp, where, record, before=stands.record)
        problems = known.problems(record, today=stamp.today, own_id=one.id, before=stands.record)
        if suspect or problems:
            raise InvalidRecord(suspect | problems)
        put(db, stands, record, stamp, reason=reason, batch=batch)


def undo(
    db: Database, batch: str, stamp: Stamp, *, reason: str
) -> tuple[list[Stored[Any]], list[Stored[Any]]]:
    """Puts back what each record said before `batch` changed it: those put back, and those left alone
    because somebody changed them since. A record that was withdrawn is neither."""
    put_back, touched = [], []
    for record_type, record_id in _corrected(db, batch):
        stands = reading.get(db, record_type, record_id)
        if stands.withdrawn:
            continue
        changes = in_force(db, TABLES[record_type], record_id)
        if not any(change.corrects_for(batch) for change in changes):
            continue  # taken back before
        if not changes[-1].corrects_for(batch):
            touched.append(stands)
            continue
        while changes and changes[-1].corrects_for(batch):
            stands = _put_back(db, stands, changes.pop(), stamp, batch, reason)
        put_back.append(stands)
    return put_back, touched


def in_force(db: Database, table: str, record_id: int) -> list[Entry]:
    """The changes of a record since it was added, oldest first, without those that were taken back."""
    found: list[Entry] = []
    for action, batch, before, added in db.conn.execute(
        "SELECT action, batch, before, added FROM history "
        "WHERE record_type = ? AND record_id = ? AND action <> 'add' ORDER BY seq",
        (table, record_id),
    ):
        if added:
            found.append(Entry(action, batch, before))
        elif not found or not found.pop().corrects_for(batch):
            raise Damaged()
    return found


def standing(db: Database) -> dict[str, int]:
    """Import -> how many of its corrections were not taken back, in records that stand."""
    found: dict[str, int] = {}
    for table in TABLES.values():
        for batch, number in db.conn.execute(
            "SELECT h.batch, sum(iif(h.added, 1, -1)) "
            f"FROM history h JOIN {table} t ON t.id = h.record_id AND t.withdrawn = 0 "
            "WHERE h.record_type = ? AND h.action = 'correct' AND h.batch <> '' GROUP BY h.batch",
            (table,),
        ):
            found[batch] = found.get(batch, 0) + number
    return found


def _corrected(db: Database, batch: str) -> Iterable[tuple[type[Record], int]]:
    for record_type, table in TABLES.items():
        rows = db.conn.execute(
            "SELECT DISTINCT record_id FROM history "
            "WHERE record_type = ? AND action = 'correct' AND batch = ? ORDER BY record_id",
            (table, batch),
        ).fetchall()
        yield from ((record_type, record_id) for (record_id,) in rows)


def _put_back(
    db: Database, stands: Stored[Any], entry: Entry, stamp: Stamp, batch: str, reason: str
) -> Stored[Any]:
    kind = type(stands.record)
    before = from_json(kind, entry.before)
    if before is None:
        raise Damaged(code="broken_record")
    put(db, stands, before, stamp, reason=reason, batch=batch, added=0)
    return reading.get(db, kind, stands.id)


def _linked(record: Any, real: Callable[[Any], Any]) -> Record:
    links = {name: real(getattr(record, name)) for name in LINKS.get(type(record), {})}
    linked: Record = replace(record, **links)
    return linked
