"""The incident lane: a lollipop an incident, whose height, size, fill and digit all say the severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tracker.charts.frame import Frame, data, days, to_date
from tracker.charts.labels import Labels
from tracker.charts.palette import Palette

HEAD_APART = 20  # px between two heads of one severity
NOT_COUNTED = "_not_counted"
NAMED_FROM = 4  # severity; below it the name is in the tooltip only


@dataclass(frozen=True, kw_only=True)
class Lollipop:
    """One incident: its foot stands on its day, its head leans aside where heads would cover each other."""

    day: float
    head: float
    title: str
    severity: int
    counts: bool

    @property
    def radius(self) -> float:
        """Of the head, in pixels."""
        return (head_size(self.severity) / np.pi) ** 0.5 + 1


def lollipops(frame: Frame, incidents: pd.DataFrame) -> list[Lollipop]:
    """The incidents in the frame, by day; heads of one severity stand at least HEAD_APART pixels apart."""
    found = pd.DataFrame({"day": days(incidents["day"])})
    for column in ("title", "severity", "counts"):
        found[column] = incidents[column].to_numpy()
    found = found[(found.day >= frame.first) & (found.day <= frame.last)].sort_values("day", kind="stable")
    found["head"] = found.groupby("severity")["day"].transform(lambda row: _apart(frame, row.to_numpy(float)))
    return [
        Lollipop(
            day=float(row.day),
            head=float(row.head),
            title=" ".join(str(row.title).split()),
            severity=int(row.severity),
            counts=bool(row.counts),
        )
        for row in found.itertuples()
    ]


def head_size(severity: int) -> float:
    """Area of the head in square pixels, as Vega measures a point."""
    return 115 + 37 * severity


def layers(frame: Frame, marks: list[Lollipop], labels: Labels, palette: Palette) -> list[alt.Chart]:
    """Drop lines into the week, stems, heads and digits; what does not count is hollow, dashed and grey."""
    sources = {}
    for counts in (False, True):
        if rows := [_row(frame, mark, labels, palette) for mark in marks if mark.counts == counts]:
            sources[counts] = alt.Chart(data(rows, day_fields=("day", "head")))
    charts = [_drop_lines(frame, sources[True], palette)] if True in sources else []
    charts += [_stems(frame, source, palette, counts) for counts, source in sources.items()]
    for counts, source in sources.items():  # all heads after all stems, so that no stem crosses a head
        charts += [_heads(frame, source, labels, palette, counts), _digits(frame, source, labels, counts)]
    return charts


def _drop_lines(frame: Frame, source: alt.Chart, palette: Palette) -> alt.Chart:
    mark = source.mark_rule(color=palette.incident, strokeWidth=1, strokeDash=[1, 3], opacity=0.8, aria=False)
    return mark.encode(frame.x("day"), frame.y("top"), alt.Y2Datum(0)).properties(name="drop_lines")


def _stems(frame: Frame, source: alt.Chart, palette: Palette, counts: bool) -> alt.Chart:
    color, dash, kind = _style(palette, counts)
    mark = source.mark_rule(color=color, strokeWidth=1.6, strokeDash=dash, aria=False)
    mark = mark.encode(
        frame.x("head"), alt.X2("day"), frame.y("y"), alt.Y2Datum(round(frame.severity_y(0), 3))
    )
    return mark.properties(name="stems" + kind)


def _heads(frame: Frame, source: alt.Chart, labels: Labels, palette: Palette, counts: bool) -> alt.Chart:
    color, dash, kind = _style(palette, counts)
    mark = source.mark_point(filled=True, stroke=color, strokeWidth=2, strokeDash=dash, opacity=1)
    mark = mark.encode(
        frame.x("head"),
        frame.y("y"),
        alt.Size("size", type="quantitative", scale=None, legend=None),
        alt.Fill("fill", type="nominal", scale=None, legend=None),
        alt.Description("said", type="nominal"),
        tooltip=_tooltip(labels),
    )
    return mark.properties(name="heads" + kind)


def _digits(frame: Frame, source: alt.Chart, labels: Labels, counts: bool) -> alt.Chart:
    mark = source.mark_text(fontSize=12, fontWeight=700, aria=False).encode(
        frame.x("head"),
        frame.y("y"),
        alt.Text("severity", type="nominal"),
        alt.Color("digit", type="nominal", scale=None, legend=None),
        tooltip=_tooltip(labels),  # the digit lies over the head and would keep the mouse from it
    )
    return mark.properties(name="digits" + ("" if counts else NOT_COUNTED))


def _tooltip(labels: Labels) -> list[alt.Tooltip]:
    rows = {"title": labels.incident, "date": labels.date, "weight": labels.severity}
    return [alt.Tooltip(field, type="nominal", title=word) for field, word in rows.items()]


def _style(palette: Palette, counts: bool) -> tuple[str, list[int], str]:
    """Colour, dash and the end of the layer's name."""
    return (palette.incident, [1, 0], "") if counts else (palette.unknown, [3, 2], NOT_COUNTED)


def _row(frame: Frame, mark: Lollipop, labels: Labels, palette: Palette) -> dict[str, Any]:
    fill, digit = _fill(mark, palette)
    date = labels.long_day(to_date(mark.day))
    weight = str(mark.severity) if mark.counts else f"{mark.severity}, {labels.does_not_count}"
    return {
        "day": mark.day,
        "head": mark.head,
        "y": frame.severity_y(mark.severity),
        "top": frame.top,
        "size": head_size(mark.severity),
        "severity": mark.severity,
        "fill": fill,
        "digit": digit,
        "title": mark.title,
        "date": date,
        "weight": weight,
        "said": f"{mark.title}, {date}, {labels.severity} {weight}",
    }


def _fill(mark: Lollipop, palette: Palette) -> tuple[str, str]:
    """The fill of the head and the colour of its digit."""
    if not mark.counts:
        return palette.paper, palette.muted
    if mark.severity >= NAMED_FROM:
        return palette.incident, palette.paper
    return (palette.incident_soft, palette.ink) if mark.severity == 3 else (palette.paper, palette.incident)


def _apart(frame: Frame, feet: np.ndarray) -> np.ndarray:
    """Head positions nearest to the feet that keep the heads apart: pooled neighbours share their shift."""
    room = frame.width / max(1, len(feet))
    steps = np.arange(len(feet)) * min(HEAD_APART, room) * frame.days_per_px
    pools: list[list[float]] = []  # mean, count
    for wanted in feet - steps:
        pools.append([wanted, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            before, many = pools[-1]
            pools[-1] = [(before * many + mean * count) / (many + count), many + count]
    shifted = np.concatenate([np.full(int(count), mean) for mean, count in pools])
    return np.clip(shifted, frame.left + 8 * frame.days_per_px, frame.right - steps[-1]) + steps
