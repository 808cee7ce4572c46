"""The floor of every quarter with its interval: a dot where there is enough, a ring where chance rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from tracker.charts.palette import Palette
from tracker.charts.theme import config

_HEIGHT = 220
_YEAR = 4  # quarters


@dataclass(frozen=True, kw_only=True)
class QuarterLabels:
    """The words of the picture; `quarter` says a row's quarter ("Q3 2026"), `number` a rate, and `rate` is
    the unit above the axis."""

    locale: str
    rate: str
    floor: str
    range: str
    activities: str
    year_earlier: str
    quarter: Any
    number: Any


def floor_quarter(
    floors: pd.DataFrame, *, labels: QuarterLabels, palette: Palette, description: str
) -> dict[str, Any]:
    """The finished Vega-Lite spec for `analysis.quarters.floor_by_quarter`, as wide as its container.

    A quarter that nobody logged has its place and no mark. The dashed line is the floor a year before the
    last quarter that has one.
    """
    rows = _rows(floors, labels)
    known = [row for row in rows if row["floor"] is not None]
    order = [row["quarter"] for row in rows]
    layers = [
        _unit(labels, palette),
        _intervals(rows, order, palette),
        _dots(rows, order, labels, palette),
        *_last(known, below=_below_year_earlier(rows, known), palette=palette),
        *_year_earlier(rows, known, labels, palette),
    ]
    chart = alt.layer(*layers).properties(
        width="container",
        height=_HEIGHT,
        description=description,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    return chart.to_dict() | {"config": config(palette, labels.locale)}


def _rows(floors: pd.DataFrame, labels: QuarterLabels) -> list[dict[str, Any]]:
    return [_row(row, labels) for row in floors.itertuples()]


def _row(row: Any, labels: QuarterLabels) -> dict[str, Any]:
    """A quarter as plain values; None where nothing is known."""
    known = not pd.isna(row.floor)
    between = (row.low, row.high) if known else (None, None)
    return {
        "quarter": labels.quarter(row.start.date()),
        "count": int(row.count),
        "floor": round(float(row.floor), 3) if known else None,
        "low": round(float(row.low), 3) if known else None,
        "high": round(float(row.high), 3) if known else None,
        "hollow": bool(row.hollow),
        "text": labels.number(row.floor) if known else "",
        "range": f"{labels.number(between[0])} - {labels.number(between[1])}" if known else "",
    }


def _x(order: list[str]) -> alt.X:
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelSeparation=10)
    return alt.X("quarter:N", sort=order, scale=alt.Scale(domain=order), axis=axis)


def _y(field: str) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=4, format=",.1~f")
    return alt.Y(f"{field}:Q", scale=alt.Scale(zero=True, nice=True), axis=axis)


def _unit(labels: QuarterLabels, palette: Palette) -> alt.Chart:
    """What is counted, above the axis."""
    mark = alt.Chart(alt.Data(values=[{"word": labels.rate}]), name="unit")
    style = {"align": "left", "fontSize": 13, "color": palette.ink2, "aria": False}
    return mark.mark_text(**style).encode(x=alt.value(0), y=alt.value(-14), text="word:N")


def _intervals(rows: list[dict[str, Any]], order: list[str], palette: Palette) -> alt.Chart:
    mark = alt.Chart(alt.Data(values=rows), name="intervals").transform_filter("datum.floor != null")
    return mark.mark_rule(color=palette.floor, strokeWidth=2.5, aria=False).encode(
        _x(order), _y("low"), alt.Y2("high")
    )


def _dots(rows: list[dict[str, Any]], order: list[str], labels: QuarterLabels, palette: Palette) -> alt.Chart:
    mark = alt.Chart(alt.Data(values=rows), name="dots").transform_filter("datum.floor != null")
    fill = alt.condition("datum.hollow", alt.value(palette.paper), alt.value(palette.floor))
    tips = [
        alt.Tooltip("quarter:N", title=" "),
        alt.Tooltip("text:N", title=labels.floor),
        alt.Tooltip("range:N", title=labels.range),
        alt.Tooltip("count:Q", title=labels.activities, format=",.0f"),
    ]
    # Without a name of its own a mark tells a screen reader its fields, in the words of the program.
    style = {"filled": True, "size": 110, "stroke": palette.floor, "strokeWidth": 2, "opacity": 1}
    return mark.mark_point(**style, aria=False).encode(_x(order), _y("floor"), fill=fill, tooltip=tips)


def _last(known: list[dict[str, Any]], *, below: bool, palette: Palette) -> list[alt.Chart]:
    """The last value stands beside its dot, on its own side of the line of a year earlier."""
    if not known:
        return []
    mark = alt.Chart(alt.Data(values=[known[-1]]), name="last")
    style = {"align": "left", "fontWeight": 600, "fontSize": 14, "color": palette.floor, "aria": False}
    return [
        mark.mark_text(**style, dx=10, dy=12 if below else -12).encode(
            alt.X("quarter:N"), alt.Y("floor:Q"), text="text:N"
        )
    ]


def _below_year_earlier(rows: list[dict[str, Any]], known: list[dict[str, Any]]) -> bool:
    """Whether the last value is not above that of a year before."""
    place = rows.index(known[-1]) - _YEAR if known else -1
    earlier = rows[place]["floor"] if place >= 0 else None
    return earlier is not None and bool(earlier >= known[-1]["floor"])


def _year_earlier(
    rows: list[dict[str, Any]], known: list[dict[str, Any]], labels: QuarterLabels, palette: Palette
) -> list[alt.Chart]:
    """A dashed line at the floor of the same quarter a year before the last one."""
    place = rows.index(known[-1]) - _YEAR if known else -1
    if place < 0 or rows[place]["floor"] is None:
        return []
    value = {"floor": rows[place]["floor"], "text": [labels.year_earlier, rows[place]["text"]]}
    source = alt.Chart(alt.Data(values=[value]))
    line = source.mark_rule(color=palette.ink2, strokeDash=[4, 4], aria=False).encode(alt.Y("floor:Q"))
    # On the side of the line where the last value is not: the two words stand close.
    beside = -18 if _below_year_earlier(rows, known) else 12
    text = source.mark_text(align="left", dx=6, dy=beside, color=palette.ink2, aria=False)
    return [line, text.encode(alt.Y("floor:Q"), x=alt.value("width"), text="text:N")]
