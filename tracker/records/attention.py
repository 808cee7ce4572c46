"""What was counted elsewhere, beside the log: media, council questions, reports to a hotline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.records.rule import Record, required

HIGHEST_VALUE = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class SeriesPoint(Record):
    """What one series (reeks) counted on one day: attention, never cooperation.

    A day without a point is not known, so a count of nothing is a point of 0. A weekly or monthly series
    has its value on one day of that week or month.
    """

    happened_on: date
    series: str
    value: float

    def broken_rules(self) -> dict[str, str]:
        return {
            "series": required(self.series),
            "value": "" if 0 <= self.value <= HIGHEST_VALUE else "out_of_range",
        }
