"""The timeline's facts become the signature picture: slab and fins, incidents above, unknown hatched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from tracker.analysis.finding import TimelineFacts
from tracker.charts import activity, incidents, recess
from tracker.charts.axes import base, today
from tracker.charts.curve import pieces
from tracker.charts.drawing import as_spec, layered
from tracker.charts.frame import Frame, data, day, days, frame
from tracker.charts.labels import Labels
from tracker.charts.palette import Palette
from tracker.charts.placing import Scene, words

NARROW_DAYS = 365


def timeline(
    facts: TimelineFacts,
    *,
    labels: Labels,
    palette: Palette,
    description: str,
    title: str = "",
    subtitle: str = "",
    since: date | None = None,
    narrow: bool = False,
) -> alt.LayerChart:
    """The timeline as wide as its container; `description` is its text for who cannot see it.

    Layers carry names (slab, fins, dots, unknown, ...). `since` is the first day drawn; `narrow` is
    another drawing, for 390 px: the last twelve months with shorter words. `title` and `subtitle` are for
    exported pictures; on a page the heading is the page's.
    """
    shown = _since(facts, since, narrow)
    the_frame = _frame(shown, narrow)
    scene = _scene(the_frame, shown, labels, narrow)
    layers, datasets = _named(_layers(scene, palette))
    chart = layered(layers, datasets, height=the_frame.height, description=description)
    return chart.properties(title=_title(title, subtitle, the_frame)) if title else chart


def to_spec(
    chart: alt.LayerChart, palette: Palette, labels: Labels, *, width: int | None = None
) -> dict[str, Any]:
    """The finished Vega-Lite dict; `width` in pixels is for pictures outside a page, without a container."""
    return as_spec(chart, palette, labels.locale) | ({"width": width} if width else {})


def _since(facts: TimelineFacts, since: date | None, narrow: bool) -> TimelineFacts:
    first = max(facts.first, since or facts.first)
    if narrow:
        first = max(first, facts.last - timedelta(days=NARROW_DAYS))
    return replace(facts, first=min(first, facts.last))


def _frame(facts: TimelineFacts, narrow: bool) -> Frame:
    first, last = day(facts.first), day(facts.last)
    weeks = facts.weeks[(days(facts.weeks["week"]) + 6 >= first) & ~facts.weeks["unknown"].astype(bool)]
    curve = facts.curve[(days(facts.curve["day"]) >= first) & (days(facts.curve["day"]) <= last)]
    counted = _highest(weeks["count"])
    modelled = max(_highest(curve["expected"]), _highest(curve["floor"]))
    in_frame = (days(facts.incidents["day"]) >= first) & (days(facts.incidents["day"]) <= last)
    severest = int(_highest(facts.incidents["severity"][in_frame]))
    # A model far above every week it explains would press the weeks flat: it is cut off at twice the highest.
    highest = max(counted, min(modelled, 2 * max(counted, 3.0)))
    return frame(first, last, highest=highest, severest=severest, narrow=narrow)


def _highest(column: pd.Series) -> float:
    numbers = column.astype(float).dropna()
    return float(numbers.max()) if len(numbers) else 0.0


def _scene(the_frame: Frame, facts: TimelineFacts, labels: Labels, narrow: bool) -> Scene:
    points = pieces(the_frame, facts.curve, facts.unknown)
    return Scene(
        frame=the_frame,
        marks=incidents.lollipops(the_frame, facts.incidents),
        peace=_spells(the_frame, facts.peace),
        unknown=_stretches(the_frame, facts.unknown),
        recess=_recess(the_frame, facts),
        points=points,
        dots=activity.week_rows(the_frame, facts.weeks, points, labels),
        labels=labels,
        narrow=narrow,
    )


def _spells(the_frame: Frame, peace: pd.DataFrame) -> list[dict[str, Any]]:
    """The spells long enough to tint, as far as they lie in the frame."""
    first, last = the_frame.first, the_frame.last
    rows = zip(days(peace["start"]), days(peace["end"]), peace["days"], peace["current"], strict=True)
    return [
        {"start": max(start, first), "end": min(end, last), "days": int(length), "current": bool(current)}
        for start, end, length, current in rows
        if length >= activity.LEAST_PEACE_DAYS and end > first and start < last
    ]


def _stretches(the_frame: Frame, unknown: pd.DataFrame) -> list[tuple[float, float]]:
    """Unknown stretches as far as they lie in the frame; the last day of one is drawn to its end."""
    ends = zip(days(unknown["start"]), days(unknown["end"]) + 1, strict=True)
    inside = ((max(start, the_frame.first), min(end, the_frame.last)) for start, end in ends)
    return [(start, end) for start, end in inside if end > start]


def _recess(the_frame: Frame, facts: TimelineFacts) -> list[tuple[float, float]]:
    """Recess as far as it lies in the frame."""
    ends = ((day(start), day(end) + 1) for start, end in facts.recess)
    inside = ((max(start, the_frame.first), min(end, the_frame.last)) for start, end in ends)
    return [(start, end) for start, end in inside if end > start]


def _layers(scene: Scene, palette: Palette) -> list[alt.Chart]:
    at = scene.frame
    return [
        *base(at, palette),
        *activity.peacetime(at, scene.peace, palette),
        *activity.floor_and_fins(at, scene.points, palette),
        *activity.unknown_stretches(at, scene.unknown, palette),
        *recess.strip(at, scene.recess, scene.unknown, scene.labels.recess, palette),
        *today(at, palette),
        *incidents.layers(at, scene.marks, scene.labels, palette),
        *activity.dots(at, scene.dots, scene.labels, palette),
        *_lettering(at, words(scene), palette),
    ]


def _named(layers: list[alt.Chart]) -> tuple[list[alt.Chart], dict[str, Any]]:
    """The layers with their rows moved to one place, where rows that several layers share stand once."""
    datasets: dict[str, Any] = {}
    for layer in layers:
        rows = layer.data["values"]
        name = next((name for name, known in datasets.items() if known is rows), layer.name)
        datasets[name] = rows
        layer.data = alt.NamedData(name)
    return layers, datasets


def _lettering(at: Frame, rows: list[dict[str, Any]], palette: Palette) -> list[alt.Chart]:
    """One layer for each kind and side; a word shows only at the widths it was placed for."""
    styles: dict[str, dict[str, Any]] = {
        "name": {"color": palette.ink},
        "peace": {"color": palette.peace, "fontWeight": 600},
        "unknown": {"color": palette.ink2, "fontSize": 12},
        "today": {"color": palette.ink, "fontSize": 12},
        "floor": {"color": palette.floor_text, "fontWeight": 600},
        "extra": {"color": palette.after_text, "fontWeight": 600},
    }
    charts = []
    for kind, align in sorted({(row["kind"], row["align"]) for row in rows}):
        own = [row for row in rows if (row["kind"], row["align"]) == (kind, align)]
        source = alt.Chart(data(own, day_fields=("x",)), name=f"words_{kind}_{align}")
        source = source.transform_filter("datum.least <= width && width < datum.most")
        mark = source.mark_text(align=align, aria=False, tooltip=None, **styles[kind])
        charts.append(mark.encode(at.x("x"), at.y("y"), alt.Text("text", type="nominal")))
    return charts


def _title(title: str, subtitle: str, at: Frame) -> alt.TitleParams:
    """Wrapped to the width the picture is exported at, because Vega does not break lines."""
    return alt.TitleParams(wrap(title, int(at.width / 9.2)), subtitle=wrap(subtitle, int(at.width / 6.5)))
