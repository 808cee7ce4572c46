"""The two axes, the ground line of the incident lane, and the line that is today."""

from __future__ import annotations

from datetime import date, timedelta

import altair as alt

from tracker.charts.frame import AXIS_PX, DAY_MS, Frame, data, day, to_date
from tracker.charts.palette import Palette

MONTH_PX = 62  # the least room for a month's name


def base(frame: Frame, palette: Palette) -> list[alt.Chart]:
    """The axes, with the line the lollipops stand on; it is there in every picture."""
    row = {"start": frame.left, "end": frame.right, "y": frame.severity_y(0) if frame.severest else 0}
    source = alt.Chart(data([row], day_fields=("start", "end")), name="ground")
    upward = alt.Axis(
        values=list(frame.ticks), title=None, format=",.0f", labelFlush=False, minExtent=AXIS_PX
    )
    mark = source.mark_rule(color=palette.grid, aria=False)
    return [mark.encode(frame.x("start", calendar(frame, palette)), alt.X2("end"), frame.y("y", upward))]


def today(frame: Frame, palette: Palette) -> list[alt.Chart]:
    """A full line at the last day."""
    source = alt.Chart(data([{"day": frame.last, "y": 0, "y2": frame.top}]), name="today")
    mark = source.mark_rule(color=palette.ink, strokeWidth=1.4, aria=False)
    return [mark.encode(frame.x("day"), frame.y("y"), alt.Y2("y2"))]


def calendar(frame: Frame, palette: Palette) -> alt.Axis:
    """Months, and the year in bold instead of January; weeks by their Monday in a short record."""
    months = _months(frame)
    if len(months) < 2:
        ticks = [tick * DAY_MS for tick in _mondays(frame)]
        return alt.Axis(values=ticks, title=None, labelExpr="utcFormat(datum.value,'%-d %b')")
    january = "utcmonth(datum.value)==0"
    year, month = "utcFormat(datum.value,'%Y')", "utcFormat(datum.value,'%b')"
    if not any(to_date(tick).month == 1 for tick in months):  # somewhere the year must stand
        month = f"datum.value=={months[0] * DAY_MS} ? utcFormat(datum.value,'%b %Y') : {month}"
    return alt.Axis(
        values=[tick * DAY_MS for tick in months],
        title=None,
        labelExpr=f"{january} ? {year} : {month}",
        labelFontWeight=alt.condition(january, alt.value(600), alt.value(400)),
        labelColor=alt.condition(january, alt.value(palette.ink), alt.value(palette.ink2)),
    )


def _months(frame: Frame) -> list[int]:
    """First days of months, so many apart that their names do not touch, January always among them."""
    wanted = frame.days_per_px * MONTH_PX / 30.4
    step = next((step for step in (1, 2, 3, 6, 12) if step >= wanted), 12 * max(1, round(wanted / 12)))
    first, last = to_date(frame.left), to_date(frame.right)
    years = range(first.year, last.year + 1)
    months = (date(year, month, 1) for year in years for month in range(1, 13))
    ticks = (int(day(month)) for month in months if (12 * month.year + month.month - 1) % step == 0)
    return [tick for tick in ticks if frame.left <= tick <= frame.right]


def _mondays(frame: Frame) -> list[int]:
    first = to_date(frame.first)
    monday = int(day(first - timedelta(days=first.weekday())))
    return [tick for tick in range(monday, int(frame.right) + 1, 7) if tick >= frame.left]
