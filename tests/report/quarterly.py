"""A municipality of two years for tests of the report, and what every format of a report says as text."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

from tests.store import logbook
from tracker import report
from tracker import store as stores
from tracker.analysis.quarter import Quarter
from tracker.records import Partner
from tracker.report import Material
from tracker.store import Store
from tracker.words import speak

MADE = datetime(2025, 7, 3, 7, 30, tzinfo=UTC)
TODAY = date(2025, 7, 3)
QUARTER = Quarter(2025, 2)
HOSTILE = "#evil *bold* $x$ <b>=1+1</b> @here \\ [link](http://example.org)"
PARTNERS = (("Politie", "safety"), ("School", "education"), ("Wijkteam", "social"), ("GGD", "care"))


def fresh(folder: Path) -> Store:
    """An empty log of a municipality with a name."""
    return stores.create(folder / "tracker.db", now=lambda: MADE, municipality="Vliethoven")


def with_partners(store: Store) -> list[int]:
    """The four organisations by id."""
    return [store.add(Partner(name=name, domain=domain), by="test").id for name, domain in PARTNERS]


def two_years(store: Store, text: str = "Overleg", seed: int = 7) -> Store:
    """Meetings every two weeks, activities at random, incidents and agreements; every text is `text`."""
    chance = random.Random(seed)
    partners = with_partners(store)
    first = date(2023, 7, 3)
    steady = store.add(_arrangement(f"{text} A", first, partners), by="test").id
    faded = store.add(_arrangement(f"{text} B", first, partners, weeks=4), by="test").id
    incidents = [
        store.add(
            logbook.incident(day, title=f"{text} {n}", severity=severity, place=text, note=text), by="test"
        ).id
        for n, (day, severity) in enumerate(
            ((date(2023, 11, 6), 4), (date(2024, 6, 3), 3), (date(2025, 2, 3), 4), (date(2025, 5, 12), 2))
        )
    ]
    for week in range(104):
        day = first + timedelta(weeks=week)
        if week % 2 == 0:
            there = tuple(chance.sample(partners, 3))
            store.add(logbook.activity(day, arrangement_id=steady, partner_ids=there), by="test")
        if week % 4 == 0 and day < date(2025, 3, 1):
            store.add(logbook.activity(day, arrangement_id=faded, partner_ids=tuple(partners[:2])), by="test")
        for _ in range(chance.randrange(3)):
            there = tuple(chance.sample(partners, 2))
            store.add(logbook.activity(day + timedelta(days=2), partner_ids=there, title=text), by="test")
    for place, due in enumerate((date(2024, 2, 1), date(2025, 5, 1), date(2025, 6, 15), date(2025, 9, 1))):
        made = due - timedelta(days=60)
        closed = {"state": "done", "closed_on": due} if place % 2 == 0 else {}
        promise = logbook.agreement(
            f"{text} {place}", owner_id=partners[0], due_on=due, made_on=made, origin="incident",
            incident_id=incidents[2], **closed,
        )  # fmt: skip
        store.add(promise, by="test")
    return store


def _arrangement(name: str, first: date, partners: list[int], weeks: int = 2) -> object:
    return logbook.arrangement(
        name,
        cadence=f"FREQ=WEEKLY;INTERVAL={weeks}",
        started_on=first,
        owner_id=partners[0],
        partner_ids=tuple(partners),
        goal=name,
    )


def gathered(store: Store, quarter: Quarter = QUARTER) -> Material:
    return report.gather(store, quarter, today=TODAY)


def made(material: Material, form: str, language: str = "nl", *, public: bool = False) -> bytes:
    return report.make(material, form, say=speak(language), made_at=MADE, public=public)


def said(form: str, data: bytes) -> str:
    """Everything that a reader of the file can read, in one line."""
    return " ".join(" ".join(_READERS[form](data)).split())


def _of_pdf(data: bytes) -> Iterator[str]:
    import pypdf

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        yield page.extract_text()


def _of_slides(data: bytes) -> Iterator[str]:
    from pptx import Presentation

    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            yield shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""


def _of_workbook(data: bytes) -> Iterator[str]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).to_python():
            yield from map(str, row)


class _Page(HTMLParser):
    """What is on a page besides its style, and everything its marks point at."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.marks: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marks.append((tag, dict(attrs)))
        self.words.append(dict(attrs).get("aria-label") or "")

    def handle_data(self, data: str) -> None:
        if self.marks and self.marks[-1][0] != "style":
            self.words.append(data)


def page_of(data: bytes) -> _Page:
    page = _Page()
    page.feed(data.decode("utf-8"))
    return page


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_READERS = {
    "pdf": _of_pdf,
    "pptx": _of_slides,
    "xlsx": _of_workbook,
    "html": lambda data: page_of(data).words,
}
