"""Paths -> sheets of text: encoding, delimiter and quotes are read strictly, no row is lost silently."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.exchange.preview import RowProblem

TABLES = ("partners", "arrangements", "incidents", "activities")
LATER_TABLES = ("participants", "series", "agreements")
LARGEST_FILE = 50_000_000

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_DELIMITERS = (";", ",", "\t", "|")


class FileProblem(ValueError):
    """A file that cannot be read; `line` is 0 when all of it is wrong."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


@dataclass(frozen=True)
class Sheet:
    """One file as text: its heading, and per row the line where it starts and as many cells as headings.

    `several_lines` are the rows, by that line, with a line break in a cell.
    """

    file: str
    table: str
    header: list[str]
    header_line: int
    rows: list[tuple[int, list[str]]]
    several_lines: frozenset[int]
    encoding: str
    delimiter: str
    digest: str


def sheets(paths: Iterable[Path], as_table: str = "") -> tuple[list[Sheet], list[RowProblem], list[str]]:
    """The sheets in the order in which tables refer to each other, what is wrong, and files left alone.

    A folder stands for the files in it; `as_table` says what every file holds, whatever its name.
    """
    found: list[Sheet] = []
    problems: list[RowProblem] = []
    ignored: list[str] = []
    for path in paths:
        try:
            inside = _folder(path, ignored) if path.is_dir() else [path]
        except OSError:
            problems.append(RowProblem(path.name, 0, "", "unreadable"))
            continue
        if not inside:
            problems.append(RowProblem(path.name, 0, "", "nothing_to_import"))
        for file in inside:
            _take(file, as_table, found, problems)
    return sorted(found, key=lambda sheet: TABLES.index(sheet.table)), problems, ignored


def _folder(folder: Path, ignored: list[str]) -> list[Path]:
    known = {f"{table}.csv" for table in (*TABLES, *LATER_TABLES)}
    inside = sorted(file for file in folder.iterdir() if file.is_file())
    ignored.extend(file.name for file in inside if file.name.lower() not in known)
    return [file for file in inside if file.name.lower() in known]


def _take(path: Path, as_table: str, found: list[Sheet], problems: list[RowProblem]) -> None:
    table = as_table or path.stem.lower()
    try:
        _refuse_unreadable(path, table)
        data = path.read_bytes()
        text, encoding = decode(data)
        body, first_line, delimiter = _delimiter(text)
        several_lines: set[int] = set()
        rows = _rows(path.name, body, first_line, delimiter, problems, several_lines)
        header_line, header = next(rows, (0, []))
        if not header:
            raise FileProblem("empty_file")
        full = list(_full_rows(path.name, rows, len(header), problems))
        digest = hashlib.sha256(data).hexdigest()
        spread = frozenset(several_lines)
        found.append(Sheet(path.name, table, header, header_line, full, spread, encoding, delimiter, digest))
    except FileProblem as problem:
        problems.append(RowProblem(path.name, problem.line, "", problem.code))
    except OSError:
        problems.append(RowProblem(path.name, 0, "", "unreadable"))


def _refuse_unreadable(path: Path, table: str) -> None:
    if not path.is_file():
        raise FileProblem("no_plain_file" if path.exists() else "no_such_file")
    if path.suffix.lower() != ".csv":
        raise FileProblem("format_not_supported")
    if table in LATER_TABLES:
        raise FileProblem("table_not_supported")
    if table not in TABLES:
        raise FileProblem("unknown_table")
    if path.stat().st_size > LARGEST_FILE:
        raise FileProblem("too_large")


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding: a byte order mark decides, else strict UTF-8, else Windows (cp1252).

    Raises `FileProblem`: not_text, mixed_encoding (UTF-8 letters in a Windows file: pasted together)
    or unknown_encoding.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if b"\0" in data:
        raise FileProblem("not_text", data[: data.index(b"\0")].count(b"\n") + 1)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if letter := _UTF8_LETTER.search(data):
            raise FileProblem("mixed_encoding", data[: letter.start()].count(b"\n") + 1) from None
        return _strict(data, "cp1252"), "cp1252"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileProblem("unknown_encoding", data[: error.start].count(b"\n") + 1) from None


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


def _full_rows(
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
