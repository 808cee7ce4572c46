"""The activity lane: peacetime, the slab of the floor and its fins, a dot a week, hatch for unknown."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tracker.charts import hatch
from tracker.charts.frame import Frame, data, days, to_date
from tracker.charts.labels import Labels
from tracker.charts.palette import Palette

MOST_STROKES = 900  # of hatch, 60 bytes each
LEAST_PEACE_DAYS = 28  # a shorter tint is a flicker, not a season


def peacetime(frame: Frame, peace: list[dict[str, Any]], palette: Palette) -> list[alt.Chart]:
    """Tint and top line of every spell; its word is placed with the other words."""
    if not peace:
        return []
    rows = [{**spell, "y": 0, "y2": frame.top} for spell in peace]
    source = alt.Chart(data(rows, day_fields=("start", "end")))
    x, x2 = frame.x("start"), alt.X2("end")
    tint = source.mark_rect(color=palette.peace_tint, aria=False).encode(x, x2, frame.y("y"), alt.Y2("y2"))
    line = source.mark_rule(color=palette.peace, strokeWidth=2.5, aria=False).encode(x, x2, frame.y("y2"))
    return [tint.properties(name="peace_tint"), line.properties(name="peace_line")]


def floor_and_fins(frame: Frame, points: pd.DataFrame, palette: Palette) -> list[alt.Chart]:
    """The slab up to its lower bound, the fins from the floor up, over them the soft band and its middle."""
    if points.empty:
        return []
    source = data(points[["day", "piece", "floor", "low", "high"]].assign(zero=0).to_dict("records"))
    fins = points[points.fin.notna()]

    slab = alt.Chart(source, name="slab").mark_area(color=palette.floor_fill, aria=False)
    band = alt.Chart(source, name="band").mark_area(color=palette.floor_soft, aria=False)
    middle = alt.Chart(source, name="floor").mark_line(color=palette.floor, strokeWidth=2.2, aria=False)
    x, piece = frame.x("day"), alt.Detail("piece", type="nominal")
    return [
        slab.encode(x, frame.y("zero"), alt.Y2("low"), piece),
        *(_fins(frame, fins, palette) if len(fins) else []),
        band.encode(x, frame.y("low"), alt.Y2("high"), piece),
        middle.encode(x, frame.y("floor"), piece),
    ]


def unknown_stretches(frame: Frame, unknown: list[tuple[float, float]], palette: Palette) -> list[alt.Chart]:
    """Paper over whatever lies behind, hatched over the full height: nobody knows, which is not zero."""
    if not unknown:
        return []
    rows = [{"start": start, "end": end, "y": 0, "y2": frame.top} for start, end in unknown]
    source = alt.Chart(data(rows, day_fields=("start", "end")), name="unknown")
    paper = source.mark_rect(color=palette.paper, aria=False)
    paper = paper.encode(frame.x("start"), alt.X2("end"), frame.y("y"), alt.Y2("y2"))
    strokes = [stroke for start, end in unknown for stroke in hatch.box(frame, start, end)]
    return [paper, *_strokes(frame, strokes, "unknown_hatch", palette.unknown)]


def dots(frame: Frame, weeks: list[dict[str, Any]], labels: Labels, palette: Palette) -> list[alt.Chart]:
    """A dot for every logged week, ringed with paper to show on the slab; a wider ring catches the mouse."""
    if not weeks:
        return []
    source = data(weeks)
    x, y = frame.x("day"), frame.y("count")
    size = 22 if len(weeks) <= 260 else 14
    dot = alt.Chart(source, name="dots").mark_point(
        size=size,
        filled=True,
        color=palette.ink,
        stroke=palette.paper,
        strokeWidth=0.9,
        opacity=0.92,
        aria=False,
    )
    catch = alt.Chart(source, name="dot_tooltips").mark_point(size=150, filled=True, opacity=0, aria=False)
    return [dot.encode(x, y), catch.encode(x, y, tooltip=_week_tooltip(weeks[0], labels))]


def week_rows(
    frame: Frame, weeks: pd.DataFrame, points: pd.DataFrame, labels: Labels
) -> list[dict[str, Any]]:
    """The logged weeks as dots: day (middle of the week), week (words), count, and the model's numbers."""
    logged = weeks[~weeks["unknown"].astype(bool)]
    mondays = days(logged["week"])
    middles = np.clip(mondays + 3, frame.first, frame.last)
    rows = [
        {"day": middle, "week": labels.long_day(to_date(monday)), "count": float(count)}
        for monday, middle, count in zip(mondays, middles, logged["count"], strict=True)
    ]
    if len(points):
        rows = [row | model for row, model in zip(rows, _model(points, middles), strict=True)]
    inside = (mondays + 6 >= frame.first) & (mondays <= frame.last)
    return [row for row, drawn in zip(rows, inside, strict=True) if drawn]


def _model(points: pd.DataFrame, middles: np.ndarray) -> list[dict[str, float]]:
    """The model's numbers at the last drawn point before each week's middle."""
    near = points.iloc[np.maximum(np.searchsorted(points.day, middles, side="right") - 1, 0)]
    return near.assign(extra=near.expected - near.floor)[["floor", "low", "high", "extra"]].to_dict("records")


def _week_tooltip(row: dict[str, Any], labels: Labels) -> list[alt.Tooltip]:
    numbers = {"floor": labels.floor, "low": labels.from_, "high": labels.to, "extra": labels.extra}
    return [
        alt.Tooltip("week", type="nominal", title=labels.week_of),
        alt.Tooltip("count", type="quantitative", title=labels.activities, format=",.0f"),
        *(
            alt.Tooltip(field, type="quantitative", title=title, format=",.1f")
            for field, title in numbers.items()
            if field in row
        ),
    ]


def _fins(frame: Frame, fins: pd.DataFrame, palette: Palette) -> list[alt.Chart]:
    """Pale fill, hatch and a sharp upper edge: the extra, in a form that survives greyscale."""
    source = data(fins[["day", "fin", "floor", "expected"]].to_dict("records"))
    fill = alt.Chart(source, name="fins").mark_area(color=palette.after_fill, aria=False)
    edge = alt.Chart(source, name="fin_edge").mark_line(color=palette.after, strokeWidth=1.5, aria=False)
    x, fin = frame.x("day"), alt.Detail("fin", type="nominal")
    strokes = _hatched(frame, fins)
    return [
        fill.encode(x, frame.y("floor"), alt.Y2("expected"), fin),
        *_strokes(frame, strokes, "fin_hatch", palette.after),
        edge.encode(x, frame.y("expected"), fin),
    ]


def _hatched(frame: Frame, fins: pd.DataFrame) -> list[hatch.Stroke]:
    """The strokes in all fins, wider apart where there would be too many to send."""
    strokes: list[hatch.Stroke] = []
    for step in (6, 9, 14):
        strokes = [
            stroke
            for _, fin in fins.groupby("fin")
            if len(fin) > 1
            for stroke in hatch.between(
                frame, *fin[["day", "floor", "expected"]].to_numpy(float).T, step=step
            )
        ]
        if len(strokes) <= MOST_STROKES:
            break
    return strokes


def _strokes(frame: Frame, strokes: list[hatch.Stroke], name: str, color: str) -> list[alt.Chart]:
    if not strokes:
        return []
    rows = [dict(zip(("x", "x2", "y", "y2"), stroke, strict=True)) for stroke in strokes]
    mark = alt.Chart(data(rows, day_fields=("x", "x2")), name=name).mark_rule(
        color=color, strokeWidth=1, aria=False
    )
    return [mark.encode(frame.x("x"), alt.X2("x2"), frame.y("y"), alt.Y2("y2"))]
