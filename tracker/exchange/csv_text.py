"""The text of a CSV file -> a sheet; separator and quotes are read strictly, no row is lost silently."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator

from tracker.exchange.encoding import decode
from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import FileProblem, Sheet

_DELIMITERS = (";", ",", "\t", "|")


def sheet(file: str, table: str, data: bytes, problems: list[RowProblem], encoding: str = "") -> Sheet:
    """The rows of one file; those that cannot be told apart are added to `problems`.

    `encoding` is what somebody answered. Raises `FileProblem`, also for a file without a heading.
    """
    text, encoding = decode(file, data, encoding)
    body, first_line, delimiter = _delimiter(text)
    several_lines: set[int] = set()
    rows = _rows(file, body, first_line, delimiter, problems, several_lines)
    header_line, header = next(rows, (0, []))
    if not header:
        raise FileProblem("empty_file")
    full = list(full_rows(file, rows, len(header), problems))
    digest, spread = hashlib.sha256(data).hexdigest(), frozenset(several_lines)
    return Sheet(file, table, header, header_line, full, spread, encoding, delimiter, digest)


def full_rows(
    file: str, rows: Iterator[tuple[int, list[str]]], width: int, problems: list[RowProblem]
) -> Iterator[tuple[int, list[str]]]:
    """Only rows as wide as the heading; empty cells too many at the end do no harm."""
    for line, cells in rows:
        if len(cells) == width:
            yield line, cells
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            yield line, cells[:width]
        else:
            problems.append(RowProblem(file, line, "", "wrong_cell_count"))


def _delimiter(text: str) -> tuple[str, int, str]:
    """The text behind a `sep=` line, the number of its first line, and the sign between cells."""
    first, _, rest = text.partition("\n")
    if match := re.fullmatch(r"sep=(.)\r?", first):
        return rest, 2, match[1]
    outside_quotes = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    return text, 1, max(_DELIMITERS, key=outside_quotes.count)


def _rows(
    file: str, text: str, first_line: int, delimiter: str, problems: list[RowProblem], several_lines: set[int]
) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with their first line; a broken quote ends the file with a problem."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = first_line
    try:
        for cells in reader:
            if reader.line_num + first_line > start + 1:
                several_lines.add(start)
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + first_line
    except csv.Error as error:
        code = "cell_too_long" if "field limit" in str(error) else "broken_quotes"
        problems.append(RowProblem(file, start, "", code))
