"""Files -> a preview of everything they would add; reads the store and writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from tracker.exchange import columns, doubles, files, rows
from tracker.exchange.files import Sheet
from tracker.exchange.names import Names
from tracker.exchange.preview import FileRead, Found, Preview, RowProblem
from tracker.exchange.slashes import DayCell, Slashes, slashes
from tracker.privacy import find
from tracker.store import Store

# Passes rows on while it shows how far they are.
Watch = Callable[[Sequence[tuple[int, list[str]]]], Iterable[tuple[int, list[str]]]]

DATE_FIELDS = ("date", "start", "end", "moved_to")
FREE_TEXT = ("title", "note", "reason", "source", "place")
# Free text, and everything that can become a name.
GUARDED = (*FREE_TEXT, "name", "kind", "arrangement", "partners")
_SHOWN = 40


def read(
    paths: Iterable[Path],
    store: Store,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    as_table: str = "",
    watch: Watch = iter,
) -> Preview:
    """What an import of these files and folders would add to `store`, and all that is wrong with them.

    `mapping` says for a heading which field it holds; `as_table` what every file holds, whatever
    its name. Names are looked up in the store and in all files together. `watch` may show
    progress while it passes the rows of a file on.
    """
    chosen = mapping or {}
    preview = Preview()
    sheets, preview.problems, preview.ignored_files = files.sheets(paths, as_table)
    preview.digest = hashlib.sha256("".join(sheet.digest for sheet in sheets).encode()).hexdigest()
    preview.problems.extend(_unused_mapping(sheets, chosen))
    names = Names(store)
    found: list[Found] = []
    for sheet in sheets:
        matched = columns.match(sheet, chosen)
        preview.unknown_columns.extend((sheet.file, heading) for heading in matched.unknown)
        order = slashes(_days(sheet, matched.index))
        preview.files.append(
            FileRead(sheet.file, sheet.table, len(sheet.rows), sheet.encoding, sheet.delimiter, order)
        )
        preview.problems.extend([*matched.problems, *_mixed_order(sheet, order)])
        if matched.problems:
            continue
        for line, cells_of_row in watch(sheet.rows):
            texts, together = _tidied(cells_of_row, matched.index)
            # One look at the whole row: nearly every row stops here.
            if find(together):
                preview.personal.extend(_personal(sheet, matched.index, line, texts))
            row = rows.Row(texts, matched.index, order.order, names, today)
            try:
                record = rows.READERS[sheet.table](row)
                found.append(Found(sheet.file, line, names.add(record), record))
            except rows.RowRefused as refused:
                preview.problems.extend(_row_problems(sheet, matched.index, line, texts, refused.problems))
    preview.problems.sort(key=lambda problem: (problem.file, problem.line))
    in_passing = [Found("", 0, number, record) for number, record in names.new_arrangements]
    new, preview.doubles = doubles.split(in_passing + found, store)
    # A numbered record stands at the place its number says, so that links need no second look.
    preview.found = sorted(new, key=lambda row: -row.ref if row.ref else len(new) + 1)
    preview.new_kinds = names.new_kinds
    preview.new_arrangements = [record.name for _, record in names.new_arrangements]
    return preview


def _days(sheet: Sheet, index: Mapping[str, int]) -> Iterator[DayCell]:
    """The cells of `sheet` that may hold a day with slashes."""
    places = [index[field] for field in DATE_FIELDS if field in index]
    for line, texts in sheet.rows:
        for place in places:
            if "/" in texts[place]:
                yield DayCell(line, place, texts[place].strip())


def _mixed_order(sheet: Sheet, order: Slashes) -> Iterator[RowProblem]:
    """One line of each order when a file holds both."""
    for cell in (order.day_first, order.month_first) if order.mixed else ():
        assert cell is not None
        heading = sheet.header[cell.column].strip()
        yield RowProblem(sheet.file, cell.line, heading, "mixed_date_order", cell.text)


def _tidied(texts: list[str], index: Mapping[str, int]) -> tuple[list[str], str]:
    """The cells without line breaks but for the note, and all of them as one text, each on its own line."""
    together = "\n".join(texts)
    if together.count("\n") == len(texts) - 1 and "\r" not in together:
        return texts, together
    texts = rows.on_one_line(texts, index.get("note"))
    return texts, "\n".join(texts)


def _personal(sheet: Sheet, index: Mapping[str, int], line: int, texts: list[str]) -> Iterator[RowProblem]:
    """Which cells look like data of a person, and like which kind of it; never what they say."""
    for field in (field for field in GUARDED if field in index):
        kinds = dict.fromkeys(hit.kind for hit in find(texts[index[field]]))
        heading = sheet.header[index[field]].strip()
        yield from (RowProblem(sheet.file, line, heading, f"looks_like_{kind}", "", field) for kind in kinds)


def _row_problems(
    sheet: Sheet, index: Mapping[str, int], line: int, texts: list[str], codes: Mapping[str, str]
) -> Iterator[RowProblem]:
    for field, code in codes.items():
        place = index.get(field)
        heading = field if place is None else sheet.header[place].strip()
        hidden = place is None or field in FREE_TEXT or find(texts[place])
        shown = "" if place is None or hidden else _shown(texts[place])
        yield RowProblem(sheet.file, line, heading, code, shown, field)


def _shown(text: str) -> str:
    """The start of a cell without signs that could steer a terminal."""
    plain = "".join(mark if mark.isprintable() else "?" for mark in text.strip())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _unused_mapping(sheets: list[Sheet], mapping: Mapping[str, str]) -> list[RowProblem]:
    headings = {columns.heading_key(heading) for sheet in sheets for heading in sheet.header}
    unused = [heading for heading in mapping if columns.heading_key(heading) not in headings]
    return [RowProblem("", 0, heading, "no_such_column") for heading in unused if sheets]
