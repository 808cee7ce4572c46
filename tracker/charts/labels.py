"""The words a chart shows, handed in by whoever speaks the reader's language."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from babel.dates import format_date


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Every word in the timeline, in one language.

    `locale`: "nl" or "en". Tooltip rows: week_of, activities, floor (with from_ and to, its range), extra;
    incident, date, severity, does_not_count (said after the digit). In the picture: peacetime,
    peacetime_days (days as int -> text), not_logged, recess, today, floor_label, floor_label_short,
    extra_label.
    """

    locale: str
    week_of: str
    activities: str
    floor: str
    from_: str
    to: str
    extra: str
    incident: str
    date: str
    severity: str
    does_not_count: str
    peacetime: str
    peacetime_days: Callable[[int], str]
    not_logged: str
    recess: str
    today: str
    floor_label: str
    floor_label_short: str
    extra_label: str

    def day(self, day: datetime.date) -> str:
        """A day as it stands beside a mark: "10 feb 2024"."""
        return format_date(day, "d MMM y", self.locale)

    def long_day(self, day: datetime.date) -> str:
        """A day as it stands in a tooltip: "10 februari 2024"."""
        return format_date(day, "d MMMM y", self.locale)
