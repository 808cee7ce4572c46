"""The one pair of axes of the timeline: days across, activities upward, with the incident lane above them.

The lanes share one vertical scale: the incident lane lies above the highest tick, the calendar strip
below zero. So every mark and every word stands in data units, and keeps its place at any size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import ceil, floor, log10
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

DAY_MS = 86_400_000
STRIP = 18  # px under zero, for the calendar and the words "not logged"
GAP = 14  # px between the incident lane and the activity lane: the word "today" stands here
ROW = 20  # px a point of severity
LEAST_DAYS = 14  # a record of one day still gets an axis
AXIS_PX = 36  # px left of the plot for its numbers: pictures of the same days lie straight under each other
HEAD_ROOM = 26  # px above the highest mark, where the word "peacetime" stands


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Where things are: days since 1970 across, activities per week upward, pixels from the top left.

    `first`..`last` is drawn, `left`..`right` is the axis with its margins; `top` ends the activity lane,
    `ticks` are its lines; `severest` the worst incident, `width` what the pixels are counted for.
    """

    first: float
    last: float
    left: float
    right: float
    top: float
    ticks: tuple[int, ...]
    severest: int
    width: int
    plot: int = 192

    @property
    def lane(self) -> int:
        """Pixels above the activity lane; without incidents only the word "today" stands there."""
        return GAP + 16 + ROW * max(self.severest, 3) if self.severest else GAP + 6

    @property
    def height(self) -> int:
        """Pixels of the whole drawing without its axis labels."""
        return self.lane + self.plot + STRIP

    @property
    def units_per_px(self) -> float:
        return self.top / self.plot

    @property
    def days_per_px(self) -> float:
        return (self.right - self.left) / self.width

    def at(self, width: int) -> Frame:
        """The same drawing, its pixels counted for another width."""
        return replace(self, width=width)

    def px(self, day: Any) -> Any:
        """Pixels from the left edge."""
        return (day - self.left) / self.days_per_px

    def day_at(self, px: Any) -> Any:
        return self.left + px * self.days_per_px

    def py(self, value: Any) -> Any:
        """Pixels from the upper edge."""
        return self.lane + self.plot - value / self.units_per_px

    def value_at(self, py: Any) -> Any:
        return (self.lane + self.plot - py) * self.units_per_px

    def severity_y(self, severity: Any) -> Any:
        """The height of a lollipop's head: the feet stand GAP above the activity lane."""
        return self.value_at(self.lane - GAP - 2 - ROW * severity)

    def x(self, field: str, axis: alt.Axis | None = None) -> alt.X:
        """The shared day axis, in milliseconds.

        Every layer names the same domain, or Vega-Lite widens it silently. Plain numbers, not dates:
        Vega-Lite reads the two ends of a rule as two kinds of date and warns.
        """
        domain = [_ms(self.left), _ms(self.right)]
        scale = alt.Scale(domain=domain, nice=False, zero=False)
        return alt.X(field, type="quantitative", axis=axis, scale=scale)

    def y(self, field: str, axis: alt.Axis | None = None) -> alt.Y:
        """The shared upward axis, from under the strip to above the incident lane."""
        domain = [round(float(self.value_at(edge)), 4) for edge in (self.height, 0)]
        scale = alt.Scale(domain=domain, nice=False, zero=False)
        return alt.Y(field, type="quantitative", axis=axis, scale=scale)


def frame(first: float, last: float, *, highest: float, severest: int, narrow: bool) -> Frame:
    """The frame for a stretch of days, its highest value and worst severity (0: no incidents, no lane)."""
    width, plot = (322, 180) if narrow else (980, 192)
    ticks, top = upward(max(highest, 3.0), plot)
    span = max(last - first, LEAST_DAYS)
    margin = span / width
    return Frame(
        first=first,
        last=last,
        left=first - 5 * margin,
        right=first + span + 10 * margin,
        top=top,
        ticks=ticks,
        severest=severest,
        width=width,
        plot=plot,
    )


def days(column: Any) -> np.ndarray:
    """Dates as days since 1970; an empty column of any type gives an empty array."""
    return pd.to_datetime(pd.Series(column)).to_numpy("datetime64[s]").astype("int64") / 86_400


def day(of: date) -> float:
    """One date as days since 1970."""
    return float((of - date(1970, 1, 1)).days)


def to_date(of: float) -> date:
    """Days since 1970 as a date."""
    return datetime.fromtimestamp(of * 86_400, UTC).date()


class _Rows(alt.InlineData):
    """Rows that Altair does not hold against its schema one by one, which took half of the drawing time."""

    _class_is_valid_at_instantiation = False


def data(rows: list[dict[str, Any]], *, day_fields: tuple[str, ...] = ("day",)) -> alt.InlineData:
    """Rows as inline values: days become UTC milliseconds, so no browser time zone moves them."""
    return _Rows(values=[{key: _plain(key, value, day_fields) for key, value in row.items()} for row in rows])


def _plain(key: str, value: Any, day_fields: tuple[str, ...]) -> Any:
    if key in day_fields:
        return _ms(value)
    if isinstance(value, (float, np.floating)):
        return round(float(value), 3) if np.isfinite(value) else None
    return value.item() if isinstance(value, np.generic) else value


def _ms(of: float) -> int:
    return round(of * 1440) * 60_000


def upward(highest: float, plot: int) -> tuple[tuple[int, ...], float]:
    """At most five whole-number ticks, and the lane's end: room for a word above the highest mark."""
    step = next(step for step in _steps(highest) if highest / step < 5)
    top = highest * plot / (plot - HEAD_ROOM)
    return tuple(range(0, floor(highest) + 1, step))[:5], top


def _steps(highest: float) -> list[int]:
    size = 10 ** max(0, ceil(log10(highest)) - 2)
    return [part * size for part in (1, 2, 5, 10, 20, 25, 50, 100)]
