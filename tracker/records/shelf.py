"""Many records -> little room: a thousand at a time, field by field, as one piece of bytes."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from tracker.records.rule import Record

AT_ONCE = 1_000


@dataclass(frozen=True)
class Run:
    """Records of one kind that follow each other: the place of the first, and of each field all values."""

    start: int
    number: int
    kind: type[Record]
    columns: dict[str, Sequence[Any]]

    def records(self) -> Iterator[Record]:
        """The records themselves; their rules were checked before they were put here, and are not again."""
        for row in zip(*self.columns.values(), strict=True):
            record = object.__new__(self.kind)
            vars(record).update(zip(self.columns, row, strict=True))
            yield record


class Shelf:
    """Records in the order in which they came, in some forty bytes each beside the texts of their own.

    What is the same in all of a thousand is kept once, and what comes back points at where it was first. The
    bytes never leave the process: what reads them wrote them.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._packed: list[tuple[type[Record], int, bytes]] = []
        self._kind: type[Record] = Record
        self._open: list[Sequence[Any]] = []
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Puts one more at the end."""
        kind: Any = type(record)
        self.add_values(kind, _values(kind)(record))

    def add_values(self, kind: type[Record], values: Sequence[Any]) -> None:
        """Puts one more at the end: a record of this kind with these values, which keep its rules."""
        if kind is not self._kind or len(self._open) == AT_ONCE:
            self._close()
            self._kind = kind
        self._open.append(values)

    def extend(self, other: Shelf) -> None:
        """Puts all of `other` at the end, without looking at them."""
        self._close()
        other._close()
        self._packed += other._packed

    def __len__(self) -> int:
        return sum(number for _, number, _ in self._packed) + len(self._open)

    def __iter__(self) -> Iterator[Record]:
        for run in self.runs():
            yield from run.records()

    def lengths(self) -> Iterator[tuple[type[Record], int]]:
        """The kind and the number of each run, in their order."""
        self._close()
        return ((kind, number) for kind, number, _ in self._packed)

    def kinds(self) -> Counter[type[Record]]:
        """How many there are of each kind."""
        found: Counter[type[Record]] = Counter()
        for kind, number in self.lengths():
            found[kind] += number
        return found

    def runs(self, *kinds: type[Record]) -> Iterator[Run]:
        """All of them in their order, by runs of at most a thousand; with `kinds` only those."""
        self._close()
        start = 0
        for kind, number, content in self._packed:
            if not kinds or kind in kinds:
                yield Run(start, number, kind, _unpacked(kind, number, content))
            start += number

    def _close(self) -> None:
        if self._open:
            self._packed.append((self._kind, len(self._open), _packed(self._kind, self._open)))
            self._open = []


def _packed(kind: Any, rows: list[Sequence[Any]]) -> bytes:
    names, days = _fields(kind)
    columns = [
        [day and day.toordinal() for day in column] if name in days else column
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    ]
    once = [column[:1] if column.count(column[0]) == len(column) else column for column in columns]
    return pickle.dumps(once, pickle.HIGHEST_PROTOCOL)


def _unpacked(kind: Any, number: int, content: bytes) -> dict[str, Sequence[Any]]:
    names, days = _fields(kind)
    columns: dict[str, Sequence[Any]] = {}
    for name, column in zip(names, pickle.loads(content), strict=True):
        values = [day and date.fromordinal(day) for day in column] if name in days else column
        columns[name] = values if len(values) == number else values * number
    return columns


@lru_cache
def _fields(kind: Any) -> tuple[tuple[str, ...], frozenset[str]]:
    """The fields of a kind of record, and which of them are days."""
    types = {one.name: str(one.type) for one in fields(kind)}
    return tuple(types), frozenset(name for name, held in types.items() if held.startswith("date"))


@lru_cache
def _values(kind: Any) -> Callable[[Record], tuple[Any, ...]]:
    """What takes the values of all fields from a record."""
    return attrgetter(*_fields(kind)[0])
