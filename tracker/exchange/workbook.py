"""A workbook (XLSX) -> its sheets as text: days as ISO days, numbers as people type them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tracker.exchange.csv_text import full_rows
from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import FileProblem, Sheet, table_of
from tracker.exchange.zip_check import refuse_costly

LONGEST_CELL = 131_072  # as in a CSV file; here of all cells of a row together


def sheets(
    file: str, table: str, data: bytes, problems: list[RowProblem], ignored: list[str]
) -> Iterator[Sheet]:
    """One sheet for each that bears the name of a table; the others are named in `ignored`.

    A workbook of one sheet may have any name: `table` is what the file itself is called or said to hold.
    Raises `FileProblem` before anything is read that would cost much memory or time.
    """
    from python_calamine import CalamineError, PasswordError, XmlError, ZipError, load_workbook

    refuse_costly(data)
    try:
        book = load_workbook(io.BytesIO(data))
        names = [(name, _table(name, table, alone=len(book.sheet_names) == 1)) for name in book.sheet_names]
        known = [(name, held) for name, held in names if held]
        ignored.extend(f"{file} ({name})" for name, held in names if not held and known)
        if not known:
            raise FileProblem("unknown_table")
        digest = hashlib.sha256(data).hexdigest()
        for name, held in known:
            label = file if len(names) == 1 else f"{file} ({name})"
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield from _sheet(label, held, rows, digest, problems)
    except (CalamineError, PasswordError, XmlError, ZipError):
        raise FileProblem("not_a_workbook") from None


def _table(name: str, table: str, *, alone: bool) -> str:
    return table_of(name) or (table if alone else "")


def _sheet(
    label: str, table: str, values: list[list[Any]], digest: str, problems: list[RowProblem]
) -> Iterator[Sheet]:
    """The sheet, unless it is empty. Cells behind the last heading count only when they hold anything."""
    rows = [(line, list(map(_text, row))) for line, row in enumerate(values, 1) if _any_text(row)]
    if not rows:
        problems.append(RowProblem(label, 0, "", "empty_file"))
        return
    (header_line, header), *rest = rows
    header = header[: max(place for place, text in enumerate(header, 1) if text.strip())]
    full = list(full_rows(label, iter(rest), len(header), problems))
    one_text = [(line, "\0".join(texts)) for line, texts in full]
    long = (line for line, text in one_text if len(text) > LONGEST_CELL)
    problems.extend(RowProblem(label, line, "", "cell_too_long") for line in long)
    spread = frozenset(line for line, text in one_text if "\n" in text or "\r" in text)
    yield Sheet(label, table, header, header_line, full, spread, "", "", digest)


def _any_text(row: list[Any]) -> bool:
    return any(type(value) is not str or value.strip() for value in row)


def _text(value: Any) -> str:
    """A cell as somebody would have typed it: 3 and not 3.0, an ISO day, true or false."""
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
