"""What a slide has to say -> how large its letters are, and how much of it fits.

People see a deck in the faces their computer has. So words are measured as wide as the widest face that may
stand in for ours: what fits then fits everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.charts.lettering import width
from tracker.report.document import Document, Table

WIDER = 1.27  # times our own face: DejaVu, which many computers without Office fall back on
LINE = 1.24  # of the size of a letter
POINTS = 72  # an inch
TITLES = ((30, 2), (26, 3), (22, 3), (18, 3), (14, 99))  # (points, at most so many lines)
SIZES = (20, 18, 16, 14, 12)  # of the text; a table has smaller letters
SMALLER, SMALLEST = 4, 10
PAD_X, PAD_Y = 0.08, 0.04  # inches inside a cell
GAP = 0.14  # inches under a block
LONGEST_CELL, LONGEST_LINE = 110, 420
LEAST_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class Said:
    """Paragraphs that belong together; `head` stands above them in bold."""

    head: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Block:
    """Something of a slide with the height it takes, in inches: said, or the first `rows` of a table."""

    height: float
    said: Said | None = None
    table: Table | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    heights: tuple[float, ...] = ()

    @property
    def left_out(self) -> int:
        """How many rows of the table are not on the slide."""
        return len(self.table.rows) - (len(self.cells) - 1) if self.table else 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The blocks of one area from top to bottom, at one size of letter in points."""

    size: int
    blocks: tuple[Block, ...]

    @property
    def height(self) -> float:
        """Inches of all of them with the gaps between."""
        return sum(one.height + GAP for one in self.blocks)


def plan(document: Document, parts: Sequence[Said | Table], wide: float, high: float) -> Plan:
    """The largest letters with which everything fits; with the smallest, rows and then lines are left out."""
    for size in SIZES:
        found = Plan(size=size, blocks=tuple(_block(document, one, wide, size) for one in parts))
        if found.height <= high:
            return found
    return _without_lines(document, _without_rows(found, high), wide, high)


def title_size(words: str, wide: float) -> tuple[int, float]:
    """Points of a title, the largest with which it stays short, and its height in inches."""
    for size, most in TITLES:
        lines = wrapped(words, wide, size, bold=True)
        if lines <= most:
            break
    return size, lines * _line(size) + 2 * PAD_Y


def wrapped(words: str, wide: float, size: int, *, bold: bool = False) -> int:
    """Over how many lines some words run; a word that is too long for one is broken."""
    room, lines, used = wide * POINTS / WIDER, 1, 0.0
    for word in words.split(" "):
        taken = width(f"{word} ", bold=bold, size=size)
        if used and used + taken > room:
            lines, used = lines + 1, 0.0
        more = int(taken // room)
        lines, used = lines + more, used + taken - more * room
    return lines


def shortened(words: str, longest: int) -> str:
    """At most so many characters."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def column_widths(cells: Sequence[tuple[str, ...]], wide: float) -> list[float]:
    """Inches a column, by how much it holds."""
    asked = [min(max(map(len, column)), 60) + 8 for column in zip(*cells, strict=True)]
    return [wide * one / sum(asked) for one in asked]


def _block(document: Document, one: Said | Table, wide: float, size: int) -> Block:
    return (
        _spoken(one, wide, size) if isinstance(one, Said) else _table(document, one, wide, table_size(size))
    )


def _spoken(one: Said, wide: float, size: int) -> Block:
    told = replace(one, lines=tuple(shortened(line, LONGEST_LINE) for line in one.lines))
    lines = sum(wrapped(line, wide, size) for line in told.lines)
    lines += wrapped(told.head, wide, size, bold=True) if told.head else 0
    paragraphs = len(told.lines) + bool(told.head)
    return Block(said=told, height=lines * _line(size) + paragraphs * space_after(size))


def table_size(size: int) -> int:
    """Points of a table beside text of `size`."""
    return max(size - SMALLER, SMALLEST)


def space_after(size: int) -> float:
    """Inches under a paragraph."""
    return size / 3 / POINTS


def _table(document: Document, one: Table, wide: float, size: int) -> Block:
    words = [one.head, *(tuple(document.words(cell) for cell in row) for row in one.rows)]
    cells = tuple(tuple(shortened(cell, LONGEST_CELL) for cell in row) for row in words)
    widths = column_widths(cells, wide)
    heights = tuple(_row(row, widths, size, bold=number == 0) for number, row in enumerate(cells))
    return Block(table=one, cells=cells, heights=heights, height=sum(heights))


def _row(row: tuple[str, ...], widths: list[float], size: int, *, bold: bool) -> float:
    lines = max(
        wrapped(cell, across - 2 * PAD_X, size, bold=bold) for cell, across in zip(row, widths, strict=True)
    )
    return lines * _line(size) + 2 * PAD_Y


def _without_rows(found: Plan, high: float) -> Plan:
    """Row by row from the longest table, until it fits or every table has its least."""
    blocks = list(found.blocks)
    while Plan(size=found.size, blocks=tuple(blocks)).height > high:
        longest = max(range(len(blocks)), key=lambda place: len(blocks[place].cells), default=None)
        if longest is None or len(blocks[longest].cells) <= LEAST_ROWS + 1:
            break
        one = blocks[longest]
        # The line that says how many are left out takes the place of the last row, and more.
        note = 0.0 if one.left_out else _line(found.size) + GAP
        blocks[longest] = replace(
            one,
            cells=one.cells[:-1],
            heights=one.heights[:-1],
            height=one.height - one.heights[-1] + note,
        )
    return Plan(size=found.size, blocks=tuple(blocks))


def _without_lines(document: Document, found: Plan, wide: float, high: float) -> Plan:
    """Line by line from what says most, with a last line that says how many more there are."""
    kept = {place: one.said for place, one in enumerate(found.blocks) if one.said}
    gone = dict.fromkeys(kept, 0)
    while found.height > high:
        place = max(kept, key=lambda one: len(kept[one].lines), default=None)
        if place is None or not kept[place].lines:
            break
        kept[place] = replace(kept[place], lines=kept[place].lines[:-1])
        gone[place] += 1
        more = document.say("{n} more in the workbook.", n=gone[place])
        told = replace(kept[place], lines=(*kept[place].lines, more))
        blocks = list(found.blocks)
        blocks[place] = _spoken(told, wide, found.size)
        found = Plan(size=found.size, blocks=tuple(blocks))
    return found


def _line(size: int) -> float:
    return size * LINE / POINTS
