"""Days written with slashes in one file -> whether day or month comes first, and the cells that prove it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.exchange import cells


@dataclass(frozen=True)
class DayCell:
    """A cell with a day: the line of its row, the index of its column, and its text."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Slashes:
    """The first cell that can only be read day first, only month first, and either way; None without one."""

    day_first: DayCell | None = None
    month_first: DayCell | None = None
    either_way: DayCell | None = None

    @property
    def order(self) -> str:
        """`day` or `month`; empty when nothing proves the order, or when the file holds both."""
        if self.mixed or not (self.day_first or self.month_first):
            return ""
        return "day" if self.day_first else "month"

    @property
    def mixed(self) -> bool:
        """True when both orders stand in the file, so that neither can be trusted for the other days."""
        return bool(self.day_first and self.month_first)


def slashes(days: Iterable[DayCell]) -> Slashes:
    """What the days of one file say about their order; a day above 12 is proof, 03/03/2024 is none."""
    found: dict[str, DayCell] = {}
    for cell in days:
        if pair := cells.slashed(cell.text.strip()):
            found.setdefault(_reading(*pair), cell)
    return Slashes(found.get("day"), found.get("month"), found.get("either"))


def _reading(first: int, second: int) -> str:
    if first <= 12 and second <= 12:
        return "same" if first == second else "either"
    if first > 12 and second > 12:
        return "none"
    return "day" if first > 12 else "month"
