"""What the exchange's tests share: a fresh store, files with given lines, and a reading of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tracker import exchange, store
from tracker.exchange import Preview
from tracker.store import Store

TODAY = date(2026, 3, 31)


def noon() -> datetime:
    """A clock that stands still."""
    return datetime(2026, 3, 31, 10, tzinfo=UTC)


def fresh(folder: Path) -> Store:
    """An empty store with the default vocabularies."""
    return store.create(folder / "tracker.db", now=noon)


class Bench:
    """A folder, a store in it, and the imports that a test tries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = fresh(folder)

    def file(self, name: str, *lines: str) -> Path:
        """A UTF-8 file of these lines."""
        return self.raw(name, "\n".join(lines).encode() + b"\n")

    def raw(self, name: str, data: bytes) -> Path:
        """A file of exactly these bytes."""
        path = self.folder / name
        path.write_bytes(data)
        return path

    def read(self, *paths: Path, mapping: Mapping[str, str] | None = None) -> Preview:
        """What an import of these files would do."""
        return exchange.read(paths, self.store, today=TODAY, mapping=mapping)

    def take_in(self, *paths: Path, mapping: Mapping[str, str] | None = None) -> Preview:
        """The same, and done."""
        preview = self.read(*paths, mapping=mapping)
        exchange.write(self.store, preview, by="tester", batch="batch")
        return preview

    def held(self, record_type: type[Any]) -> list[Any]:
        """The records of one kind in the store."""
        return [one.record for one in self.store.records(record_type)]


def told(preview: Preview) -> list[tuple[int, str, str]]:
    """Line, column and code of every problem."""
    return [(problem.line, problem.column, problem.code) for problem in preview.problems]


def codes(preview: Preview) -> list[str]:
    """The codes of every problem."""
    return [problem.code for problem in preview.problems]
