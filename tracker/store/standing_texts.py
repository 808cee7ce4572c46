"""The texts that stand, looked at again: the rules of today may find what those of then did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from tracker.privacy import Reader
from tracker.store.guard import text_fields
from tracker.store.rows import SELECT_STORED, TABLES, stored_rows
from tracker.store.schema import VOCABULARY_TABLES
from tracker.store.terms import Term, vocabulary


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A text that stands in the database and looks like data of a person: its table, id, field and kind."""

    where: str
    record_id: int | str
    field: str
    kind: str


def notices(db: Database) -> Iterator[Notice]:
    """Every text that the rules of today would stop, also from before they did; never what it says.

    Withdrawn records too, and the reasons in the history. What was let pass with a reason is told again.
    """
    reader = Reader()
    for kind, table in TABLES.items():
        stored = stored_rows(db, kind, SELECT_STORED[kind])
        yield from _noticed(reader, table, kind, ((one.id, one.record) for one in stored))
    for name in VOCABULARY_TABLES:
        words = vocabulary(db, name, archived=True)
        yield from _noticed(reader, name, Term, ((one.code, one) for one in words))
    for seq, reason in db.conn.execute("SELECT seq, reason FROM history WHERE reason <> '' ORDER BY seq"):
        for hit in reader.hits([reason]).get(reason, ()):
            yield Notice(where="history", record_id=seq, field="reason", kind=hit.kind)


def _noticed(
    reader: Reader, table: str, kind: Any, records: Iterable[tuple[int | str, Any]]
) -> Iterator[Notice]:
    names = text_fields(kind)
    for number, record in records:
        texts = {name: getattr(record, name) for name in names}
        found = reader.hits(texts.values())
        for name, text in texts.items() if found else ():
            for one in dict.fromkeys(hit.kind for hit in found.get(text, ())):
                yield Notice(where=table, record_id=number, field=name, kind=one)
