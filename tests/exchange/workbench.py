"""What the exchange's tests share: a fresh store, files with given lines, and a reading of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tracker import exchange, store
from tracker.exchange import Preview, Upload
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

    def book(self, name: str, **sheets: Sequence[Sequence[Any]]) -> Path:
        """A workbook with these sheets of rows."""
        path = self.folder / name
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            day = book.add_format({"num_format": "dd-mm-yyyy"})
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        style = [day] if isinstance(cell, date) else []
                        sheet.write(number, place, cell, *style)
        return path

    def calendar(self, *events: Sequence[str], name: str = "agenda.ics") -> Path:
        """A calendar of these events, each given as its lines."""
        lines = [line for event in events for line in ("BEGIN:VEVENT", *event, "END:VEVENT")]
        text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
        return self.raw(name, text.encode())

    def read(
        self,
        *paths: Path | Upload,
        mapping: Mapping[str, str] | None = None,
        answers: Mapping[str, str] | None = None,
        organisations: Mapping[str, str] | None = None,
        explained: Mapping[str, str] | None = None,
    ) -> Preview:
        """What an import of these files would do; `organisations` are confirmed, each with its domain."""
        return exchange.read(
            paths,
            self.store,
            today=TODAY,
            mapping=mapping,
            answers=answers,
            new_partners=organisations,
            explained=explained,
        )

    def take_in(
        self,
        *paths: Path | Upload,
        mapping: Mapping[str, str] | None = None,
        organisations: Mapping[str, str] | None = None,
        batch: str = "batch",
    ) -> Preview:
        """The same, and done."""
        preview = self.read(*paths, mapping=mapping, organisations=organisations)
        exchange.write(self.store, preview, by="tester", batch=batch, reason="a test")
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
