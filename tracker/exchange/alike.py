"""A row of activities that is like an earlier one -> what its record holds, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from tracker.exchange.cells import CellProblem
from tracker.exchange.rows import COLUMN_OF, MOST_SEEN, Reading, plain
from tracker.records import FIRST_DAY, Activity, is_plain, settled

_MOST_KEPT = 20_000
_FIELDS = tuple(one.name for one in fields(Activity))
_DAY = _FIELDS.index("happened_on")
_values = attrgetter(*_FIELDS)


class Alike:
    """The rows of one sheet so far, by all their cells but those that stand alone (`Activity.ALONE`).

    No rule compares a day or text that stands alone with anything else. So a row whose other cells an earlier
    row had is that record with another day and other texts. A row with anything wrong is not known here: its
    reader says what it is.
    """

    def __init__(self, shared: Reading) -> None:
        index = shared.index
        alone = {COLUMN_OF.get(name, name): name for name in Activity.ALONE}
        self._shared, self._days, self._day = shared, shared.seen["date"], index["date"]
        self._texts = [
            (name, _FIELDS.index(name), index[column])
            for column, name in alone.items()
            if column in index and column != "date"
        ]
        self._others: Any = itemgetter(*(place for column, place in index.items() if column not in alone))
        self._kept: dict[Any, Sequence[Any]] = {}

    def keep(self, texts: list[str], record: object) -> None:
        """Remembers a row and its record, unless that is of a meeting that did not take place."""
        if isinstance(record, Activity) and len(self._kept) < _MOST_KEPT:
            self._kept[self._others(texts)] = _values(record)

    def known(self, texts: list[str]) -> Sequence[Any] | None:
        """The values of the activity in this row, in the order of its fields; None for whoever reads it."""
        earlier = self._kept.get(self._others(texts))
        if earlier is None:
            return None
        cell = texts[self._day]
        day = self._days.get(cell) or self._day_of(cell)
        if day is None or day < FIRST_DAY:
            return None
        values = [*earlier]
        values[_DAY] = day
        for name, field, place in self._texts:
            text = texts[place]
            if text and not (is_plain(text) and text[0] != "'"):
                text, code = settled(name, plain(text))
                if code:
                    return None
            values[field] = text
        return values

    def _day_of(self, cell: str) -> date | None:
        try:
            day = self._shared.day(plain(cell))
        except CellProblem:
            return None
        if len(self._days) < MOST_SEEN:
            self._days[cell] = day
        return day
