"""The text of a CSV file -> a sheet; separator and quotes are read strictly, no row is lost silently."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice, pairwise

from tracker.exchange.encoding import decode
from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import FileProblem, Line, Rows, Sheet

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_PIECE = 1 << 18
_DELIMITERS = (";", ",", "\t", "|")
_TITLES = 5  # rows that may stand above the headings


def sheet(
    file: str, table: str, content: Callable[[], bytes], problems: list[RowProblem], encoding: str = ""
) -> Sheet:
    """The rows of one file; those that cannot be told apart are added to `problems`.

    `content` gives its bytes. They are kept as UTF-8, and the rows are cut from them anew each time: as texts
    they would take ten times as much. `encoding` is what somebody answered. Raises `FileProblem`,
    also without a heading.
    """
    data = content()
    digest = hashlib.sha256(data).hexdigest()
    text, encoding = decode(file, data, encoding)
    del data
    start, first_line, delimiter = _delimiter(text)
    body = text[start:].encode()
    del text
    several_lines: set[int] = set()
    rows = _rows(file, body, first_line, delimiter, problems, several_lines)
    above, (header_line, header), rows = headed(rows)
    if not header:
        raise FileProblem("empty_file")
    number = sum(1 for _ in full_rows(file, rows, len(header), problems))

    def anew() -> Iterator[Line]:
        again = _rows(file, body, first_line, delimiter, [], set())
        for _ in range(above + 1):
            next(again)
        return full_rows(file, again, len(header), [])

    spread = frozenset(several_lines)
    full = Rows(number, anew, slashed=b"/" in body)
    return Sheet(file, table, header, header_line, full, spread, encoding, delimiter, digest, above)


def headed(rows: Iterator[Line]) -> tuple[int, Line, Iterator[Line]]:
    """How many titles stand above the headings, the headings, and the rows below them.

    A title, such as people put above a list, is a row with one filled cell; every table has two columns at
    least. Without a row of two in the first few, the first row is the heading.
    """
    first = list(islice(rows, _TITLES + 1))
    for above, (line, cells) in enumerate(first):
        if sum(bool(cell.strip()) for cell in cells) > 1:
            return above, (line, cells), chain(first[above + 1 :], rows)
    return 0, first[0] if first else (0, []), chain(first[1:], rows)


def full_rows(file: str, rows: Iterator[Line], width: int, problems: list[RowProblem]) -> Iterator[Line]:
    """Only rows as wide as the heading; empty cells too many at the end do no harm."""
    for line, cells in rows:
        if len(cells) == width:
            yield line, cells
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            yield line, cells[:width]
        else:
            problems.append(RowProblem(file, line, "", "wrong_cell_count"))


def _delimiter(text: str) -> tuple[int, int, str]:
    """Where the text behind a `sep=` line starts, its first line, and the sign between cells."""
    if match := re.match(r"sep=(.)\r?\n", text):
        return match.end(), 2, match[1]
    filled = (found.group() for found in _LINE.finditer(text) if found.group().strip("\r\n"))
    first = [re.sub(r'"[^"]*"', "", line) for line in islice(filled, _TITLES + 2)]
    for line, following in pairwise(first):  # a title above the headings has other signs than these
        delimiter = max(_DELIMITERS, key=line.count)
        if 0 < line.count(delimiter) == following.count(delimiter):
            return 0, 1, delimiter
    return 0, 1, max(_DELIMITERS, key=first[0].count) if first else _DELIMITERS[0]


def _rows(
    file: str,
    body: bytes,
    first_line: int,
    delimiter: str,
    problems: list[RowProblem],
    several_lines: set[int],
) -> Iterator[Line]:
    """Rows that hold anything, with their first line; a broken quote ends the file with a problem."""
    reader = csv.reader(_lines(body), delimiter=delimiter, strict=True)
    start = first_line
    try:
        for cells in reader:
            following = reader.line_num + first_line
            if following > start + 1:
                several_lines.add(start)
            if (cells and cells[0].strip()) or any(
                map(str.strip, cells)
            ):  # the first cell tells nearly always
                yield start, cells
            start = following
    except csv.Error as error:
        code = "cell_too_long" if "field limit" in str(error) else "broken_quotes"
        problems.append(RowProblem(file, start, "", code))


def _lines(body: bytes) -> Iterator[str]:
    """The lines with their ends, a piece at a time: of a whole text each sign may take four bytes."""
    start = 0
    while start < len(body):
        end = body.find(b"\n", start + _PIECE) + 1 or len(body)
        yield from io.StringIO(body[start:end].decode(), newline="")
        start = end
