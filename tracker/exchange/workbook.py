"""A workbook (XLSX) -> its sheets as text: days as ISO days, numbers as people type them."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from tracker.exchange.csv_text import full_rows, headed
from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import FileProblem, Line, Rows, Sheet, table_of
from tracker.exchange.zip_check import refuse_costly

LONGEST_CELL = 131_072  # as in a CSV file; here of all cells of a row together
_AT_ONCE = 1_000


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
            yield from _sheet(label, held, _rows(book.get_sheet_by_name(name)), digest, problems)
    except (CalamineError, PasswordError, XmlError, ZipError):
        raise FileProblem("not_a_workbook") from None


def _table(name: str, table: str, *, alone: bool) -> str:
    return table_of(name) or (table if alone else "")


def _sheet(
    label: str, table: str, values: Iterator[list[Any]], digest: str, problems: list[RowProblem]
) -> Iterator[Sheet]:
    """The sheet, unless it is empty. Cells behind the last heading count only when they hold anything.

    Its rows are kept as bytes that this process wrote itself: as texts they would take ten times as much.
    """
    rows = ((line, list(map(_text, row))) for line, row in enumerate(values, 1) if _any_text(row))
    above, (header_line, header), below = headed(rows)
    if not header:
        problems.append(RowProblem(label, 0, "", "empty_file"))
        return
    header = header[: max(place for place, text in enumerate(header, 1) if text.strip())]
    full = full_rows(label, below, len(header), problems)
    number, blocks, spread, slashed = 0, list[bytes](), set[int](), False
    while block := list(islice(full, _AT_ONCE)):
        one_text = [(line, "\0".join(texts)) for line, texts in block]
        long = (line for line, text in one_text if len(text) > LONGEST_CELL)
        problems.extend(RowProblem(label, line, "", "cell_too_long") for line in long)
        spread.update(line for line, text in one_text if "\n" in text or "\r" in text)
        slashed = slashed or any("/" in text for _, text in one_text)
        blocks.append(pickle.dumps(block, pickle.HIGHEST_PROTOCOL))
        number += len(block)

    def anew() -> Iterator[Line]:
        return chain.from_iterable(map(pickle.loads, blocks))

    held = Rows(number, anew, slashed=slashed)
    yield Sheet(label, table, header, header_line, held, frozenset(spread), "", "", digest, above)


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """All rows from the first line and the first column on, one at a time."""
    _, left = sheet.start or (0, 0)
    return ([""] * left + row for row in sheet.iter_rows())


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
