"""A workbook (XLSX) -> its sheets as text: days as ISO days, numbers as people type them."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Iterator, Sequence
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
    above, (header_line, header), below = headed(_lines(values))
    if not header:
        problems.append(RowProblem(label, 0, "", "empty_file"))
        return
    header = header[: max(place for place, text in enumerate(header, 1) if text.strip())]
    full = full_rows(label, below, len(header), problems)
    number, blocks, spread, slashed = 0, list[bytes](), set[int](), False
    while block := list(islice(full, _AT_ONCE)):
        one_text = "\0".join(chain.from_iterable(texts for _, texts in block))
        if len(one_text) > LONGEST_CELL:
            long = (line for line, texts in block if len("\0".join(texts)) > LONGEST_CELL)
            problems.extend(RowProblem(label, line, "", "cell_too_long") for line in long)
        if "\n" in one_text or "\r" in one_text:
            spread.update(line for line, texts in block if any("\n" in one or "\r" in one for one in texts))
        slashed = slashed or "/" in one_text
        blocks.append(pickle.dumps(block, pickle.HIGHEST_PROTOCOL))
        number += len(block)

    def anew() -> Iterator[Line]:
        return chain.from_iterable(map(pickle.loads, blocks))

    held = Rows(number, anew, slashed=slashed)
    yield Sheet(label, table, header, header_line, held, frozenset(spread), "", "", digest, above)


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """All rows from the first line and the first column on, one at a time."""
    _, left = sheet.start or (0, 0)
    return ([""] * left + row for row in sheet.iter_rows()) if left else sheet.iter_rows()


def _lines(values: Iterator[list[Any]]) -> Iterator[Line]:
    """The rows that hold anything as text, each with its line; of many at once a column takes less time."""
    following = 1
    while block := list(islice(values, _AT_ONCE)):
        rows = map(list, zip(*map(_texts, zip(*block, strict=True)), strict=True))
        yield from (row for row in enumerate(rows, following) if any(map(str.strip, row[1])))
        following += len(block)


def _texts(column: Sequence[Any]) -> Sequence[str]:
    """The cells of a column as text, each different one made once where all are of one kind."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return column
    if len(kinds) == 1:
        known = {value: _text(value) for value in set(column)}
        return [known[value] for value in column]
    return [value if type(value) is str else _text(value) for value in column]


def _text(value: Any) -> str:
    """A cell as somebody would have typed it: 3 and not 3.0, an ISO day, true or false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
