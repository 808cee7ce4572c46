"""One series by week, a panel under the timeline on the same days: bars in ink, unknown weeks hatched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from tracker.charts import activity
from tracker.charts.axes import base, today
from tracker.charts.drawing import as_spec, finite, fitting, layered, one_line
from tracker.charts.frame import Frame, data, day, days, frame
from tracker.charts.lettering import width
from tracker.charts.palette import Palette
from tracker.charts.timeline import NARROW_DAYS

PLOT = 84  # px of the bars
BAR_DAYS = 5.6  # of the seven days of a week
Stretch = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class PanelLabels:
    """The words of a panel: `title` names the series and its unit; `unknown` stands in a hatched stretch.

    Heads of the tooltip: week_of, value, with_value (how many days of the week have one). `number` says a
    value, `day` a day.
    """

    locale: str
    title: str
    unknown: str
    week_of: str
    value: str
    with_value: str
    number: Callable[[float], str]
    day: Callable[[date], str]


def panel(
    weeks: pd.DataFrame,
    unknown: Iterable[Stretch],
    incidents: Iterable[date],
    *,
    first: date,
    last: date,
    labels: PanelLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container, from `first` to `last` as the timeline above it.

    `weeks`: week (its Monday), total (NaN without a value), days; `unknown`: stretches without a value, both
    ends included; `incidents`: the days of the dotted lines. The axis starts at 0. `narrow`, for 390 px: the
    last twelve months.
    """
    first = max(first, last - timedelta(days=NARROW_DAYS)) if narrow else first
    bars = list(_bars(weeks, first, last, labels))
    at = _frame(first, last, max((row["total"] for row in bars), default=0.0), narrow)
    stretches = list(_inside(unknown, at))
    layers = [
        *base(at, palette),
        *activity.unknown_stretches(at, stretches, palette),
        *_incidents(at, incidents, palette),
        *_values(at, bars, labels, palette),
        *today(at, palette),
        *_words(at, stretches, labels, palette),
    ]
    return as_spec(layered(layers, height=at.height, description=description), palette, labels.locale)


def _frame(first: date, last: date, highest: float, narrow: bool) -> Frame:
    """The days of the timeline over a low plot, with room for at most three numbers beside it."""
    whole = frame(day(first), day(last), highest=max(highest, 3.0), severest=0, narrow=narrow)
    ticks = whole.ticks[:: 2 if len(whole.ticks) > 3 else 1]
    return replace(whole, plot=PLOT, ticks=ticks, top=max(highest, 3.0) * 1.06)


def _bars(weeks: pd.DataFrame, first: date, last: date, labels: PanelLabels) -> Iterable[dict[str, Any]]:
    """The weeks with a value that lie at least partly in the picture; a total of nothing has a dot."""
    for start, total, known in zip(days(weeks["week"]), weeks["total"], weeks["days"], strict=True):
        if not finite(total) or start + 6 < day(first) or start > day(last):
            continue
        monday = date.fromordinal(date(1970, 1, 1).toordinal() + int(start))
        yield {
            "start": max(start, day(first)),
            "end": min(start + BAR_DAYS, day(last) + 1),
            "middle": min(max(start + BAR_DAYS / 2, day(first)), day(last)),
            "total": float(total),
            "zero": not total,
            "week": labels.day(monday),
            "said": labels.number(float(total)),
            "known": str(int(known)),
        }


def _inside(unknown: Iterable[Stretch], at: Frame) -> Iterable[tuple[float, float]]:
    """The stretches as far as they lie in the picture; the last day of one is drawn to its end."""
    for begin, end in unknown:
        start, stop = max(day(begin), at.first), min(day(end) + 1, at.last)
        if stop > start:
            yield start, stop


def _incidents(at: Frame, incidents: Iterable[date], palette: Palette) -> list[alt.Chart]:
    """The dotted lines of the timeline, on the same days."""
    inside = sorted({day(one) for one in incidents if at.first <= day(one) <= at.last})
    if not inside:
        return []
    rows = [{"day": one, "y": 0, "top": at.top} for one in inside]
    mark = alt.Chart(data(rows), name="drop_lines").mark_rule(
        color=palette.incident, strokeWidth=1, strokeDash=[1, 3], opacity=0.8, aria=False
    )
    return [mark.encode(at.x("day"), at.y("y"), alt.Y2("top"))]


def _values(
    at: Frame, bars: Sequence[dict[str, Any]], labels: PanelLabels, palette: Palette
) -> list[alt.Chart]:
    if not bars:
        return []
    source = alt.Chart(data(list(bars), day_fields=("start", "end", "middle")))
    bar = source.mark_rect(color=palette.ink2, aria=False).properties(name="bars")
    zero = source.transform_filter("datum.zero").mark_point(
        filled=True, size=12, color=palette.ink2, opacity=1, aria=False
    )
    heads = {"week": labels.week_of, "said": labels.value, "known": labels.with_value}
    catch = source.mark_point(filled=True, size=130, opacity=0, aria=False).properties(name="tooltips")
    return [
        bar.encode(at.x("start"), alt.X2("end"), at.y("total"), alt.Y2Datum(0)),
        zero.properties(name="zeros").encode(at.x("middle"), at.y("total")),
        catch.encode(
            at.x("middle"),
            at.y("total"),
            tooltip=[alt.Tooltip(field, type="nominal", title=head) for field, head in heads.items()],
        ),
    ]


def _words(
    at: Frame, stretches: Sequence[tuple[float, float]], labels: PanelLabels, palette: Palette
) -> list[alt.Chart]:
    """The name above the panel, and one word in each hatched stretch that has room for it."""
    head = {"x": at.left, "y": float(at.value_at(8)), "word": fitting(labels.title, at.width - 8, bold=True)}
    layers = [_text("title", [head], at, align="left", fontWeight=600, color=palette.ink)]
    room = (width(one_line(labels.unknown), size=12) + 10) * at.days_per_px
    rows = [
        {"x": (start + end) / 2, "y": at.top / 2, "word": labels.unknown}
        for start, end in stretches
        if end - start >= room
    ]
    if rows:
        halo = {"stroke": palette.paper, "strokeWidth": 5, "strokeJoin": "round"}
        layers.append(_text("unknown_halo", rows, at, fontSize=12, color=palette.paper, **halo))
        layers.append(_text("unknown_words", rows, at, fontSize=12, color=palette.ink2))
    return layers


def _text(name: str, rows: list[dict[str, Any]], at: Frame, **style: Any) -> alt.Chart:
    mark = alt.Chart(data(rows, day_fields=("x",)), name=name).mark_text(aria=False, **style)
    return mark.encode(at.x("x"), at.y("y"), alt.Text("word", type="nominal"))
