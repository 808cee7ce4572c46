"""Tables -> files: a folder of CSV, a workbook, and a calendar of what is planned.

No cell of them is a formula, and an import finds every text back as it was.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.analysis.recurrence import expected
from tracker.exchange.spreadsheet_text import harmless, restored
from tracker.exchange.tables_out import Cell, Table, headings, tables
from tracker.records import Occurrence
from tracker.store import Store, StoreError

FIELD_LIST = "fields"


def save_folder(
    store: Store, folder: Path, *, dutch: bool, field_list: Sequence[Sequence[str]], by: str = ""
) -> dict[str, int]:
    """Writes every table and the field list as CSV into `folder`; returns the number of rows of each table.

    Dutch: UTF-8 with a mark, semicolons, decimal commas, days first, as a Dutch spreadsheet opens it. Else
    plain: UTF-8, commas, ISO days, codes. Files of an earlier export are replaced as a whole; raises
    `StoreError` (target_exists, cannot_open) before anything is written when others stand in their place.
    """
    store.require("export_rows", by=by, object=folder.name)
    made = [*tables(store, dutch=dutch), _field_list(field_list)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table in made:
            _refuse_foreign(folder / f"{table.name}.csv", table)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as aside:
            for table in made:
                (Path(aside) / f"{table.name}.csv").write_bytes(csv_bytes(table, dutch=dutch))
            for table in made:
                os.replace(Path(aside) / f"{table.name}.csv", folder / f"{table.name}.csv")
    except OSError as error:
        raise StoreError(folder, "cannot_open") from error
    return {table.name: len(table.rows) for table in made[:-1]}


def zipped(store: Store, *, dutch: bool, field_list: Sequence[Sequence[str]], at: datetime) -> bytes:
    """The files of `save_folder` in one archive; every file in it bears the time `at`."""
    store.require("export_rows", object="csv")
    data = io.BytesIO()
    made = [*tables(store, dutch=dutch), _field_list(field_list)]
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in made:
            name = zipfile.ZipInfo(f"{table.name}.csv", at.timetuple()[:6])
            archive.writestr(name, csv_bytes(table, dutch=dutch), zipfile.ZIP_DEFLATED)
    return data.getvalue()


def csv_bytes(table: Table, *, dutch: bool) -> bytes:
    """One table as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dutch else ",")
    writer.writerow(table.headings)
    writer.writerows([harmless(as_text(cell, dutch=dutch)) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig" if dutch else "utf-8")


def _field_list(rows: Sequence[Sequence[str]]) -> Table:
    return Table(FIELD_LIST, list(rows[0]), [[*row] for row in rows[1:]])


def as_text(cell: Cell, *, dutch: bool) -> str:
    """A value as it stands in a file: `ja` or `true`, 31-12-2024 or 2024-12-31, 2,5 or 2.5."""
    match cell:
        case None | "":
            return ""
        case bool():
            return ("ja" if cell else "nee") if dutch else str(cell).lower()
        case date():
            return f"{cell:%d-%m-%Y}" if dutch else cell.isoformat()
        case float():
            plain = format(Decimal(repr(cell)), "f")
            return plain.replace(".", ",") if dutch else plain
    return str(cell)


def workbook(store: Store, *, dutch: bool, by: str = "") -> bytes:
    """A workbook with a sheet for every table: text is text, days are days, no cell is a formula or link."""
    from xlsxwriter import Workbook

    store.require("export_rows", by=by, object="xlsx")
    data = io.BytesIO()
    off = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(data, {**off, "in_memory": True}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy" if dutch else "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        for table in tables(store, dutch=dutch):
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, table.headings, bold)
            for number, row in enumerate(table.rows, start=1):
                for place, cell in enumerate(row):
                    _write(sheet, number, place, cell, day)
    return data.getvalue()


def calendar(store: Store, *, today: date, by: str = "") -> bytes:
    """What is planned from `today` on, a year ahead at most, as a calendar others can subscribe to.

    Meetings somebody planned, moved or cancelled, and those that fall due by the rhythm. Only days and the
    names of arrangements: no people, no reasons. An event keeps its identity when it moves.
    """
    from icalendar import Calendar, Event

    store.require("export_rows", by=by, object="ics")
    feed = Calendar()
    feed.add("prodid", "-//incident to structure//tracker//NL")
    feed.add("version", "2.0")
    for arrangement_id, name, due, day, status in sorted(_planned(store, today)):
        event = Event()
        event.add("uid", f"{store.state().split(':')[0]}-{arrangement_id}-{due.isoformat()}")
        event.add("dtstamp", datetime.combine(today, time()))
        event.add("dtstart", day)
        event.add("summary", name)
        event.add("status", status)
        feed.add_component(event)
    return bytes(feed.to_ical())


def save_file(path: Path, data: bytes) -> None:
    """Writes `data` at `path` as a whole; raises `StoreError` when that cannot be."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as aside:
            (Path(aside) / "made").write_bytes(data)
            os.replace(Path(aside) / "made", path)
    except OSError as error:
        raise StoreError(path, "cannot_open") from error


def _refuse_foreign(path: Path, table: Table) -> None:
    """Only an earlier export may be replaced: its first line is our heading, in one of both languages."""
    if not path.exists():
        return
    with path.open("rb") as file:
        first = file.readline(2_000).decode("utf-8-sig", errors="replace").strip()
    known = (
        [table.headings]
        if table.name == FIELD_LIST
        else [headings(table.name, dutch=one) for one in (True, False)]
    )
    if not any(first == sign.join(heading) for heading in known for sign in ";,"):
        raise StoreError(path, "target_exists")


def _write(sheet: Any, number: int, place: int, cell: Cell, day: Any) -> None:
    match cell:
        case None | "":
            return
        case bool():
            sheet.write_boolean(number, place, cell)
        case date():
            sheet.write_datetime(number, place, datetime.combine(cell, time()), day)
        case int() | float():
            sheet.write_number(number, place, cell)
        case _:
            sheet.write_string(number, place, cell if restored(cell) == cell else f"'{cell}")


def _planned(store: Store, today: date) -> set[tuple[int, str, date, date, str]]:
    """Arrangement, its name, the day the meeting falls due, the day it is on, and whether it goes on."""
    meetings = store.meetings(today)
    found = set()
    named = {one.id: one.name for one in meetings.arrangements}
    said = [held.record for held in store.records(Occurrence) if held.record.arrangement_id in named]
    for one in said:
        day = one.moved_to or one.due_on
        if day >= today and one.state in ("planned", "moved", "cancelled"):
            status = "CANCELLED" if one.state == "cancelled" else "CONFIRMED"
            found.add((one.arrangement_id, named[one.arrangement_id], one.due_on, day, status))
    answered = {(one.arrangement_id, one.due_on) for one in said}
    for agreed in meetings.arrangements:
        for meeting in expected(agreed, meetings, today):
            free = meeting.planned_on is None and (agreed.id, meeting.due_on) not in answered
            if meeting.state == "planned" and free:
                found.add((agreed.id, agreed.name, meeting.due_on, meeting.due_on, "TENTATIVE"))
    return found
