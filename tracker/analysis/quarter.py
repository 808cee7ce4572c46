"""A quarter of the calendar: its days, its neighbours and its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

YEAR = 4


@dataclass(frozen=True, order=True)
class Quarter:
    """The `number`-th quarter (1-4) of `year`."""

    year: int
    number: int

    @staticmethod
    def of(day: date) -> Quarter:
        """The quarter that `day` falls in."""
        return Quarter(day.year, (day.month - 1) // 3 + 1)

    @staticmethod
    def last_full(day: date) -> Quarter:
        """The newest quarter that is over on the evening of `day`."""
        running = Quarter.of(day)
        return running if running.last == day else running.back(1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.back(-1).first - timedelta(days=1)

    @property
    def code(self) -> str:
        """ "2026Q3", as commands and addresses write it."""
        return f"{self.year}Q{self.number}"

    def back(self, quarters: int) -> Quarter:
        """The quarter so many earlier; below zero for later."""
        place = self.year * YEAR + self.number - 1 - quarters
        return Quarter(place // YEAR, place % YEAR + 1)
