"""What people think of one lesson, each quarter a dot with its range, or a question mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tracker.charts.drawing import Rows, as_spec, finite, layer, layered, text, tooltip
from tracker.charts.frame import data
from tracker.charts.palette import Palette

HEIGHT = 190
LEAST, MOST = 1, 5  # points
_TWO_LINES = "[slice(datum.label, 0, length(datum.label) - 5), slice(datum.label, -4)]"


@dataclass(frozen=True, kw_only=True)
class ScanMark:
    """A quarter, its name with the year last ("Q3 2026"), and the score with its range; None: nothing shows.

    `said` is the score in words, or why there is none.
    """

    quarter: str
    value: float | None
    low: float | None
    high: float | None
    said: str


@dataclass(frozen=True, kw_only=True)
class ScanLabels:
    """The words of the picture; `strong` and `concern` stand right of it at their borders, `score` heads the
    tooltip."""

    locale: str
    strong: str
    concern: str
    score: str


def scan_course(
    marks: Sequence[ScanMark],
    *,
    borders: tuple[float, float],
    labels: ScanLabels,
    palette: Palette,
    description: str,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container; `borders` are the points below which a lesson is
    a concern, and from which it is strong.

    In ink: what people think is not what was counted, and may not look like it.
    """
    known = [_row(one) for one in marks if finite(one.value)]
    unknown = [{**_row(one), "y": sum(borders) / 2, "word": "?"} for one in marks if not finite(one.value)]
    order = [one.quarter for one in marks]
    datasets: dict[str, Rows] = {
        "borders": [
            {"y": borders[1], "word": labels.strong, "above": True},
            {"y": borders[0], "word": labels.concern, "above": False},
        ],
        "marks": known,
        "unknown": unknown,
    }
    kept = {name: data(rows)["values"] for name, rows in datasets.items() if rows}
    layers = [one for one in _layers(order, labels, palette) if one.data.name in kept]
    chart = layered(layers, kept, height=HEIGHT, description=description)
    return as_spec(chart.resolve_axis(x="shared", y="shared"), palette, labels.locale)


def _row(one: ScanMark) -> dict[str, Any]:
    return {"quarter": one.quarter, "y": one.value, "low": one.low, "high": one.high, "said": one.said}


def _layers(order: list[str], labels: ScanLabels, palette: Palette) -> list[alt.Chart]:
    x = alt.X(
        "quarter",
        type="nominal",
        sort=order,
        scale=alt.Scale(domain=order, type="point", padding=0.5),
        axis=alt.Axis(title=None, labelAngle=0, labelOverlap="greedy", labelExpr=_TWO_LINES),
    )
    tips = tooltip({"quarter": " ", "said": labels.score})
    line = layer("borders", "borders").mark_rule(color=palette.axis, strokeDash=[4, 4], aria=False)
    above = text("strong", "borders", palette.ink2, align="left", dx=6, dy=-8)
    below = text("concern", "borders", palette.ink2, align="left", dx=6, dy=10)
    range_ = layer("ranges", "marks").mark_rule(color=palette.ink, strokeWidth=2, aria=False)
    dot = layer("dots", "marks").mark_point(
        filled=True, size=90, opacity=1, color=palette.ink, stroke=palette.paper, aria=False
    )
    mark = text("unknown", "unknown", palette.unknown, fontSize=16, fontWeight=600)
    return [
        range_.encode(x, _y("low"), alt.Y2("high")),
        line.encode(_y("y")),
        above.transform_filter(alt.datum.above).encode(_y("y"), x=alt.value("width")),
        below.transform_filter(~alt.datum.above).encode(_y("y"), x=alt.value("width")),
        dot.encode(x, _y("y"), tooltip=tips),
        mark.encode(x, _y("y"), tooltip=tips),
    ]


def _y(field: str) -> alt.Y:
    axis = alt.Axis(title=None, values=list(range(LEAST, MOST + 1)), format=".0f")
    return alt.Y(
        field, type="quantitative", axis=axis, scale=alt.Scale(domain=[LEAST, MOST], nice=False, zero=False)
    )
