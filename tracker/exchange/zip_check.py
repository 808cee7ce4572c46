"""The bytes of a workbook -> proof that reading it costs little, before anything reads it.

A workbook is a zip of XML: 300 kB can hold a gigabyte, one cell far to the right makes a reader reserve room
for all before it, and one long text that every cell points at is copied for each. So the parts are unpacked
in small pieces that are thrown away, and only counted.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from tracker.exchange.sheet import FileProblem

MOST_PARTS = 1_000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 100
MOST_ROWS = 200_000
MOST_CELLS = 5_000_000
MOST_TEXT = 200_000_000
_SMALL = 1_000_000  # below this a high ratio is no danger: a sheet of empty cells packs well
_PIECE = 1 << 20
_REFERENCE = re.compile(rb"""[\s"']r\s*=\s*["']([A-Za-z]{1,9})?(\d{1,10})["']""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(?:row|c)[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_STARTS = (b"<row", b":row", b"<c", b":c")
# How spreadsheets begin every row and cell, and a place outside columns A to Y and rows to 199,999: what lies
# within can be neither too many rows nor too many cells.
_TOLD = (b'<row r="', b'<c r="')
_FAR = re.compile(rb""" r="(?:[A-Za-z]{2}|[Zz]|[A-Za-z]?(?:[2-9]\d{5}|\d{7}))""")
_SHARED = re.compile(rb"""t\s*=\s*["']s["'][^<]*<(?:\w+:)?v[^>]*>\s*(\d+)""")
_STRING_END = re.compile(rb"</(?:\w+:)?si>")
_STRINGS = "xl/sharedstrings.xml"
# All that zipfile raises on a file that is not whole or not plain: torn, cut off, packed wrongly, packed in a
# way it does not know, locked with a password, or with numbers that cannot be.
_BROKEN = (
    *(zipfile.BadZipFile, EOFError, zlib.error),
    *(NotImplementedError, RuntimeError, ValueError),
)


def refuse_costly(data: bytes) -> None:
    """Raises `FileProblem`: not_a_workbook, too_large_unpacked, too_many_rows or too_many_cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _refuse_by_size(parts.infolist(), len(data))
            _refuse_by_content(parts)
    except FileProblem:
        raise
    except _BROKEN:
        raise FileProblem("not_a_workbook") from None


def _refuse_by_size(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise FileProblem("too_large_unpacked")
    if unpacked > _SMALL and unpacked > MOST_RATIO * packed:
        raise FileProblem("too_large_unpacked")


def _refuse_by_content(parts: zipfile.ZipFile) -> None:
    """Unpacks every part once; zipfile stops where the part said it would, and a lie fails its checksum."""
    strings = [part for part in parts.infolist() if part.filename.lower().endswith(_STRINGS)]
    sheets = [part for part in parts.infolist() if "worksheets/" in part.filename.lower()]
    for part in parts.infolist():
        if part not in strings and part not in sheets:
            for _ in _pieces(parts, part):
                pass
    lengths = [length for part in strings for length in _string_lengths(_pieces(parts, part))]
    cells = sum(
        near if (near := _all_near(_pieces(parts, part))) is not None else _refuse_wide(_pieces(parts, part))
        for part in sheets
    )
    if cells * max(lengths, default=0) > MOST_TEXT:
        _refuse_copies(lengths, (piece for part in sheets for piece in _pieces(parts, part)))


def _pieces(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(part) as file:
        first = file.read(_PIECE)
        if first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!ENTITY" in first or b"<!DOCTYPE" in first:
            raise FileProblem("not_a_workbook")  # no spreadsheet writes UTF-16 or entities of its own
        while first:
            yield first
            first = file.read(_PIECE)


def _all_near(pieces: Iterator[bytes]) -> int | None:
    """How many rows and cells a sheet has when each says first of all where it stands, and none is far.

    None sends it to `_refuse_wide`, which finds out exactly and takes ten times as long.
    """
    total = 0
    for block in _blocks(pieces, b"c>"):
        told = _all_told(block)
        if told is None or _FAR.search(block):
            return None
        total += told
    return total


def _all_told(block: bytes) -> int | None:
    """How many rows and cells start here; None unless each says first of all where it stands.

    Counting what may be the start of a tag is quick and never too low, so it mostly answers the question.
    """
    told = sum(map(block.count, _TOLD))
    every = told == sum(map(block.count, _STARTS)) or told == len(_ROW_OR_CELL.findall(block))
    return told if every else None


def _refuse_wide(pieces: Iterator[bytes]) -> int:
    """How many cells a sheet has; refuses one that reaches too far down or right.

    Rows and cells may say where they stand, or leave it to be counted.
    """
    deepest = widest = rows = cells = total = 0
    for block in _blocks(pieces, b"c>"):
        places = _REFERENCE.findall(block)
        deepest = max([deepest, *map(int, {row for _, row in places})])
        widest = max([widest, *map(_number, {column for column, _ in places})])
        total += len(places)
        if _all_told(block) is None:
            for number, row in enumerate(_ROW.split(block)):
                rows, cells = (rows + 1, 0) if number else (rows, cells)
                cells += len(_CELL.findall(row))
                widest = max(widest, cells)
            total += len(_CELL.findall(block))
            deepest = max(deepest, rows)
        _refuse_far(deepest, widest)
    return total


def _refuse_copies(lengths: list[int], pieces: Iterator[bytes]) -> None:
    """Refuses texts that together grow too large because many cells point at the same one."""
    pointed_at: Counter[int] = Counter()
    for block in _blocks(pieces, b"c>"):
        pointed_at.update(map(int, _SHARED.findall(block)))
    copied = sum(times * lengths[place] for place, times in pointed_at.items() if place < len(lengths))
    if copied > MOST_TEXT:
        raise FileProblem("too_large_unpacked")


def _refuse_far(deepest: int, widest: int) -> None:
    if deepest > MOST_ROWS:
        raise FileProblem("too_many_rows")
    if deepest * widest > MOST_CELLS:
        raise FileProblem("too_many_cells")


def _string_lengths(pieces: Iterator[bytes]) -> list[int]:
    """The bytes between the ends of the shared texts, in their order."""
    return [len(text) for block in _blocks(pieces, b"si>") for text in _STRING_END.split(block)[:-1]]


def _blocks(pieces: Iterator[bytes], end: bytes) -> Iterator[bytes]:
    """The same bytes, cut behind an `end` as far as there is one."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = text.rfind(end) + len(end) if end in text else 0
        yield text[:cut]
        rest = text[cut:]
    yield rest


def _number(column: bytes) -> int:
    """The place of a column: A is 1, AA is 27."""
    place = 0
    for letter in column.upper():
        place = place * 26 + letter - 64
    return place
