"""The weeks around every incident laid over each other: single lines while they are few, then a mean.

Nothing is smoothed: a mean that looks ahead would rise before the incident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
from babel.dates import format_date

from tracker.analysis import policy
from tracker.charts.drawing import (
    Down,
    Rows,
    finished,
    finite,
    fitting,
    key,
    layer,
    one_line,
    pixels,
    span,
    text,
    tooltip,
)
from tracker.charts.frame import upward
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

FIRST, LAST = -4, 26  # weeks
TICKS = (-4, 4, 8, 13, 26)  # beside day 0; 13 weeks is a quarter, 26 half a year
HEIGHT, ENTRY = 210, 22  # px of the lines, and of each of the words above them
NARROW_PX, WIDE_PX = 290, 480  # the narrowest plots
DASHES = ([1, 0], [7, 3], [2, 3], [10, 3, 2, 3])
SWATCH = 30  # px of line before its words
BAR = "M-.25,-1H.25V1H-.25Z"  # where the next incident cuts a line


@dataclass(frozen=True, kw_only=True)
class Episode:
    """One incident: its name, its day, and the activities per week from week FIRST on.

    `rates` holds None for a week in which nothing was logged, and ends where the incident can no longer be
    followed: at today, or with `cut` where the next incident came.
    """

    name: str
    day: date
    rates: tuple[float | None, ...]
    cut: bool


@dataclass(frozen=True, kw_only=True)
class MeanWeek:
    """The mean of all incidents in one week, with its band (None where not known)."""

    week: int
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class FloorBand:
    """The floor in activities per week, likely between `low` and `high` (None where not known)."""

    rate: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class DayZeroLabels:
    """The words of the picture.

    On it: day_zero ("dag 0"), weeks_after ("weken na het incident"), floor, mean ("gemiddelde van 9"),
    single ("een incident"), cut ("volgend incident"). Heads of the tooltip: incident, date, week, rate,
    range; `number` says a rate ("1,6"), `between` two of them ("tussen 1,2 en 2,1").
    """

    locale: str
    day_zero: str
    weeks_after: str
    floor: str
    mean: str
    single: str
    cut: str
    incident: str
    date: str
    week: str
    rate: str
    range: str
    number: Callable[[float], str]
    between: Callable[[float, float], str]


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """Where things lie: weeks across, rates as px downward; `head` px above them for the words.

    `labelled` says that every line has its own name; `px` is the width of the narrowest plot.
    """

    top: float
    ticks: tuple[int, ...]
    head: int
    labelled: bool
    px: int

    @property
    def bottom(self) -> int:
        return self.head + HEIGHT

    @property
    def down(self) -> Down:
        return Down(bottom=self.bottom)

    def x(self, field: str, axis: alt.Axis | None = None) -> alt.X:
        return span(field, FIRST, LAST, axis)

    def at(self, rate: float) -> float:
        """A rate as px from the upper edge."""
        return round(self.bottom - HEIGHT * min(max(rate, 0.0), self.top) / self.top, 2)

    def left(self, week: float) -> float:
        """A week as px from the left edge of the narrowest plot."""
        return (week - FIRST) / (LAST - FIRST) * self.px


def day_zero(
    episodes: Sequence[Episode],
    *,
    mean: Sequence[MeanWeek],
    floor: FloorBand | None,
    labels: DayZeroLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container (`narrow`, for 390 px).

    Fewer incidents than are typical have a name and a dash each, and no mean whatever `mean` holds; from
    then on they are thin and grey, and `mean` is drawn as far as it goes. An episode without any known week
    is left out.
    """
    shown = [one for one in episodes if any(map(finite, _weeks(one.rates).values()))]
    labelled = len(shown) < policy.value("typical_incidents")
    drawn = [] if labelled else [one for one in mean if FIRST <= one.week <= LAST and finite(one.mean)]
    sheet = _sheet(shown, drawn, floor, labelled, narrow)
    datasets = {
        **_scale(sheet, labels),
        **_floor(sheet, floor, labels),
        **_lines(sheet, shown, labels),
        **_mean(sheet, drawn, labels),
        "entries": _entries(sheet, shown, drawn, labels),
    }
    if not labelled and any(one.cut for one in shown):
        datasets["key"] = list(key({"cut": labels.cut}, start=8, end=sheet.px, top=sheet.bottom + 62))
    if labelled:
        datasets["cut_words"] = list(_cut_words(sheet, datasets["cuts"], labels))
    layers = [*_ground(sheet, palette), *_drawing(sheet, labels, palette), *_words(sheet, palette)]
    return finished(
        layers,
        datasets,
        height=sheet.bottom,
        description=description,
        palette=palette,
        locale=labels.locale,
    )


def _weeks(rates: Sequence[float | None]) -> dict[int, float | None]:
    """The rates by their week, as far as the picture goes."""
    return dict(zip(range(FIRST, LAST + 1), rates, strict=False))


def _sheet(
    shown: list[Episode], mean: list[MeanWeek], floor: FloorBand | None, labelled: bool, narrow: bool
) -> _Sheet:
    values = [rate for one in shown for rate in _weeks(one.rates).values() if finite(rate)]
    values += [value for week in mean for value in (week.mean, week.high) if finite(value)]
    values += [value for value in (floor.rate, floor.high) if finite(value)] if floor else []
    ticks, top = upward(max([3.0, *values]), HEIGHT)
    entries = len(shown) if labelled else (2 if mean else 1)
    return _Sheet(
        top=top,
        ticks=ticks,
        head=8 + ENTRY * entries,
        labelled=labelled,
        px=NARROW_PX if narrow else WIDE_PX,
    )


# The rows of the datasets.


def _scale(sheet: _Sheet, labels: DayZeroLabels) -> dict[str, Rows]:
    """The grid, the weeks under it, and the line of the incident."""
    lines = [{"y": sheet.at(rate), "word": str(rate), "zero": not rate} for rate in sheet.ticks]
    weeks = [{"week": week, "y": sheet.bottom, "word": str(week)} for week in TICKS]
    zero = {"week": 0, "y": sheet.bottom, "y2": 8, "word": one_line(labels.day_zero)}
    title = {"y": sheet.bottom + 40, "word": one_line(labels.weeks_after)}
    return {"grid": lines, "weeks": weeks, "zero": [zero], "title": [title]}


def _floor(sheet: _Sheet, floor: FloorBand | None, labels: DayZeroLabels) -> dict[str, Rows]:
    """The floor with its band over the whole width; its word stands under it, or above where it is low."""
    if floor is None or not finite(floor.rate):
        return {}
    low, high = ((v if finite(v) else floor.rate) for v in (floor.low, floor.high))
    under = sheet.at(low) + 13
    y = under if under < sheet.bottom - 8 else sheet.at(high) - 12
    row = {"y": sheet.at(floor.rate), "low": sheet.at(low), "high": sheet.at(high), "at": y}
    return {"floor": [row | {"start": FIRST, "end": LAST, "word": one_line(labels.floor)}]}


def _lines(sheet: _Sheet, shown: list[Episode], labels: DayZeroLabels) -> dict[str, Rows]:
    """The weeks of all incidents; a week that nobody logged is a gap. `alone`: no line reaches it."""
    points: Rows = []
    cuts: Rows = []
    for number, one in enumerate(shown):
        weeks = {week: rate for week, rate in _weeks(one.rates).items() if finite(rate)}
        piece = 0
        for week, rate in weeks.items():
            piece += week - 1 not in weeks
            alone = week - 1 not in weeks and week + 1 not in weeks
            said = one_line(labels.number(rate))
            row = {"episode": number, "piece": piece, "week": week, "y": sheet.at(rate), "said": said}
            points.append(row | ({"alone": True} if alone else {}))
        if one.cut:
            cuts.append({"week": max(weeks), "y": sheet.at(weeks[max(weeks)])})
    titles = [
        {
            "episode": number,
            "name": one_line(one.name),
            "when": format_date(one.day, "d MMMM y", labels.locale),
        }
        for number, one in enumerate(shown)
    ]
    return {"points": points, "cuts": cuts, "episodes": titles}


def _mean(sheet: _Sheet, mean: list[MeanWeek], labels: DayZeroLabels) -> dict[str, Rows]:
    rows = []
    for one in sorted(mean, key=lambda one: one.week):
        known = finite(one.low) and finite(one.high)
        row = {"week": one.week, "y": sheet.at(one.mean), "said": one_line(labels.number(one.mean))}
        low, high = (one.low, one.high) if known else (one.mean, one.mean)
        row |= {"low": sheet.at(low), "high": sheet.at(high)}
        between = one_line(labels.between(low, high)) if known else ""
        rows.append(row | {"between": between, "name": one_line(labels.mean)})
    return {"mean": rows}


def _entries(
    sheet: _Sheet, shown: list[Episode], mean: list[MeanWeek], labels: DayZeroLabels
) -> Rows:
    """The words above the lines, each with a piece of its line; right of the incident's line."""
    room = sheet.px - sheet.left(0) - SWATCH - 22
    if sheet.labelled:
        said = [(f"line_{number}", _named(one, room, labels.locale)) for number, one in enumerate(shown)]
    else:
        said = [("mean", fitting(labels.mean, room, bold=True))] if mean else []
        said.append(("single", fitting(labels.single, room)))
    return [{"kind": kind, "week": 0, "y": 12 + ENTRY * n, "word": word} for n, (kind, word) in enumerate(said)]


def _named(one: Episode, room: float, locale: str) -> str:
    """Name and date; a long name ends in an ellipsis, the date stays whole."""
    when = " · " + format_date(one.day, "d MMM y", locale)
    name = one_line(one.name)
    return (fitting(name, room - width(when, bold=True), bold=True) + when) if name else when[3:]


def _cut_words(sheet: _Sheet, cuts: Rows, labels: DayZeroLabels) -> Iterator[dict[str, Any]]:
    """The word beside the end of each line that was cut, where it touches no other such word."""
    word = one_line(labels.cut)
    wide = width(word, size=12)
    taken: list[tuple[float, float]] = []
    for cut in sorted(cuts, key=lambda cut: (cut["week"], cut["y"])):
        x = sheet.left(cut["week"]) + 8
        right = x + wide <= sheet.px
        left = x if right else x - 16 - wide
        ups = (-14.0, 14.0, -30.0, 30.0, -46.0, 46.0, -62.0)
        free = (
            cut["y"] + up
            for up in ups
            if sheet.head <= cut["y"] + up <= sheet.bottom - 8
            and all(abs(cut["y"] + up - y) >= 15 or abs(left - x2) >= wide + 6 for x2, y in taken)
        )
        y = next(free, cut["y"])
        taken.append((left, y))
        yield {"week": cut["week"], "y": y, "word": word, "side": "left" if right else "right"}


# The layers.


def _ground(sheet: _Sheet, palette: Palette) -> list[alt.Chart]:
    """The floor behind all, the grid, the axis with its weeks, and the line of the incident."""
    y, across = sheet.down.y, {"x": alt.value(0), "x2": alt.value("width")}
    ink = alt.condition(alt.datum.zero, alt.value(palette.axis), alt.value(palette.grid))
    band = layer("floor_band", "floor").mark_rect(color=palette.floor_soft, opacity=0.7, aria=False)
    line = layer("floor_line", "floor").mark_rule(color=palette.floor, strokeWidth=2.2, aria=False)
    ticks = layer("ticks", "weeks").transform_calculate(tick="datum.y + 5")
    ticks = ticks.mark_rule(color=palette.axis, aria=False)
    zero = layer("zero", "zero").mark_rule(
        color=palette.incident, strokeDash=[1, 3], strokeWidth=1.6, aria=False
    )
    below = {"baseline": "top", "dy": 9}
    return [
        layer("grid", "grid").mark_rule(aria=False).encode(y("y"), color=ink, **across),
        text("rates", "grid", palette.ink2, align="right", dx=-8).encode(y("y"), x=alt.value(0)),
        band.encode(sheet.x("start"), alt.X2("end"), y("low"), alt.Y2("high")),
        line.encode(sheet.x("start"), alt.X2("end"), y("y")),
        zero.encode(sheet.x("week"), y("y"), alt.Y2("y2")),
        ticks.encode(sheet.x("week"), y("y"), alt.Y2("tick")),
        text("weeks", "weeks", palette.ink2, **below).encode(sheet.x("week"), y("y")),
        text("zero_word", "zero", palette.incident, **below).encode(sheet.x("week"), y("y")),
        text("title", "title", palette.ink2, align="right").encode(y("y"), x=alt.value("width")),
    ]


def _drawing(sheet: _Sheet, labels: DayZeroLabels, palette: Palette) -> Iterator[alt.Chart]:
    """The lines from week to week, straight; with a mean they are thin and its band lies behind them."""
    y = sheet.down.y
    band = layer("mean_band", "mean").mark_area(color=palette.after_fill, opacity=0.9, aria=False)
    yield band.encode(sheet.x("week"), y("low"), alt.Y2("high"))
    ink, thick = (palette.after, 2.4) if sheet.labelled else (palette.unknown, 1)
    for number, dash in enumerate(DASHES if sheet.labelled else [[1, 0]]):
        line = layer(f"line_{number}" if sheet.labelled else "lines", "points")
        line = line.transform_filter(alt.datum.episode == number) if sheet.labelled else line
        style = {"color": ink, "strokeWidth": thick, "strokeDash": dash}
        line = line.mark_line(opacity=1 if sheet.labelled else 0.55, aria=False, **style)
        yield line.encode(sheet.x("week"), y("y"), detail=["episode:N", "piece:N"])
    alone = layer("alone", "points").transform_filter("datum.alone === true")
    alone = alone.mark_point(filled=True, size=24, color=ink, opacity=1, aria=False)
    yield alone.encode(sheet.x("week"), y("y"))
    mean = layer("mean", "mean").mark_line(color=palette.after, strokeWidth=3.2, aria=False)
    yield mean.encode(sheet.x("week"), y("y"))
    yield _bars("cuts", "cuts", palette, 110 if sheet.labelled else 50).encode(sheet.x("week"), y("y"))
    yield from _tooltips(sheet, labels)


def _bars(name: str, dataset: str, palette: Palette, size: int) -> alt.Chart:
    """The mark of a line that was cut."""
    mark = layer(name, dataset)
    return mark.mark_point(shape=BAR, size=size, filled=True, opacity=1, color=palette.incident, aria=False)


def _tooltips(sheet: _Sheet, labels: DayZeroLabels) -> Iterator[alt.Chart]:
    named = alt.LookupData(data=alt.NamedData("episodes"), key="episode", fields=["name", "when"])
    catch = {"filled": True, "size": 130, "opacity": 0, "aria": False}
    titles = {"name": labels.incident, "when": labels.date, "week": labels.week, "said": labels.rate}
    points = layer("tooltips", "points").transform_lookup(lookup="episode", from_=named)
    points = points.mark_point(**catch).encode(tooltip=tooltip(titles))
    titles = {"name": " ", "week": labels.week, "said": labels.rate, "between": labels.range}
    mean = layer("mean_tooltips", "mean").mark_point(**catch).encode(tooltip=tooltip(titles))
    for mark in (points, mean):
        yield mark.encode(sheet.x("week"), sheet.down.y("y"))


def _words(sheet: _Sheet, palette: Palette) -> Iterator[alt.Chart]:
    """The names above with a piece of their line, the word of the floor, and where lines were cut."""
    y = sheet.down.y
    halo = {"stroke": palette.paper, "strokeWidth": 4, "strokeJoin": "round"}
    floor = {"align": "right", "dx": -4, "fontWeight": 600}
    for name, ink, style in (("floor_halo", palette.paper, halo), ("floor_word", palette.floor, {})):
        word = text(name, "floor", ink, **floor, **style)
        yield word.encode(sheet.x("end"), y("at"))
    for name, ink, style in (("cut_halos", palette.paper, halo), ("cut_words", palette.incident, {})):
        side = {"align": alt.ExprRef("datum.side"), "dx": alt.ExprRef("datum.side == 'left' ? 6 : -6")}
        yield text(name, "cut_words", ink, fontSize=12, **side, **style).encode(sheet.x("week"), y("y"))
    yield _bars("key_cut", "key", palette, 110).encode(pixels("x"), y("y"))
    yield text("key_words", "key", palette.ink2, align="left", dx=10).encode(pixels("x"), y("y"))
    yield from _swatches(sheet, palette)


def _swatches(sheet: _Sheet, palette: Palette) -> Iterator[alt.Chart]:
    kinds = [(f"line_{n}", palette.after, 2.4, dash) for n, dash in enumerate(DASHES)]
    if not sheet.labelled:
        kinds = [("mean", palette.after, 3.2, [1, 0]), ("single", palette.unknown, 1, [1, 0])]
    for kind, ink, thick, dash in kinds:
        swatch = layer(f"{kind}_swatch", "entries").transform_filter(alt.datum.kind == kind)
        style = {"color": ink, "strokeWidth": thick, "strokeDash": dash, "opacity": 1}
        swatch = swatch.mark_point(shape="stroke", size=SWATCH**2, xOffset=8 + SWATCH / 2, aria=False, **style)
        yield swatch.encode(sheet.x("week"), sheet.down.y("y"))
    strong = alt.ExprRef("datum.kind == 'single' ? 400 : 600")
    ink2 = alt.ExprRef(f"datum.kind == 'single' ? '{palette.ink2}' : '{palette.after_text}'")
    word = text("names", "entries", ink2, align="left", dx=SWATCH + 16, fontWeight=strong)
    yield word.encode(sheet.x("week"), sheet.down.y("y"))
