"""Rows of one sheet -> records; a row that is like an earlier one costs a fraction of the time."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from tracker.exchange.preview import ImportedRecord
from tracker.exchange.readers import MOSTLY, READERS
from tracker.exchange.rows import COLUMN_OF, Reading, Row, plain
from tracker.records import InvalidRecord, Record, like

_MOST_KEPT = 5_000


class Rows:
    """The reader of one table for one sheet.

    A row with the same cells as an earlier one, but for days and texts that no rule compares with anything,
    is that record with another day and other texts. Whatever is wrong with such a row the reader itself says.
    """

    def __init__(self, table: str, shared: Reading) -> None:
        self._read, self._shared = READERS[table], shared
        kind = MOSTLY.get(table, Record)
        alone = {COLUMN_OF.get(name, name): name for name in kind.ALONE}
        self._days = shared.seen["date"]
        self._day = shared.index.get("date", -1)
        self._texts = [
            (name, shared.index[column])
            for column, name in alone.items()
            if column in shared.index and column != "date"
        ]
        others = [place for column, place in shared.index.items() if column not in alone]
        self._others: Any = itemgetter(*others) if kind.ALONE and others else None
        self._kept: dict[Any, ImportedRecord] = {}

    def record(self, texts: list[str]) -> ImportedRecord:
        """The record of one row; raises `RowRefused`."""
        if self._others is None:
            return self._read(Row(texts, self._shared))
        key = self._others(texts)
        known, day = self._kept.get(key), self._days.get(texts[self._day])
        if known is not None and day is not None:
            alone = {name: plain(texts[place]) for name, place in self._texts}
            alone["happened_on"] = day
            try:
                return like(known, alone)
            except InvalidRecord:
                pass  # the reader knows the headings
        record = self._read(Row(texts, self._shared))
        if record.ALONE and len(self._kept) < _MOST_KEPT:
            self._kept[key] = record
        return record
