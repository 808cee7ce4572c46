"""How the weeks around incidents are drawn: the floor behind, straight lines, and their names above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import altair as alt

from tracker.charts.drawing import Down, layer, pixels, span, text, tooltip
from tracker.charts.palette import Palette

FIRST, LAST = -4, 26  # weeks
HEIGHT, ENTRY = 210, 22  # px of the lines, and of each of the words above them
DASHES = ([1, 0], [7, 3], [2, 3], [10, 3, 2, 3])
SWATCH = 30  # px of line before its words
BAR = "M-.25,-1H.25V1H-.25Z"  # where the next incident cuts a line


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Where things lie: weeks across, rates as px downward; `head` px above them for the words.

    `labelled` says that every line has its own name; `px` is the width of the narrowest plot.
    """

    top: float
    ticks: tuple[int, ...]
    head: int
    labelled: bool
    narrow: bool
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


def layers(sheet: Sheet, titles: dict[str, str], palette: Palette) -> list[alt.Chart]:
    """All layers, from the back; `titles` heads the fields of the tooltips."""
    return [*_ground(sheet, palette), *_drawing(sheet, titles, palette), *_words(sheet, palette)]


def _ground(sheet: Sheet, palette: Palette) -> list[alt.Chart]:
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
        text("unit", "unit", palette.ink2, align="left").encode(y("y"), x=alt.value(0)),
    ]


def _drawing(sheet: Sheet, titles: dict[str, str], palette: Palette) -> Iterator[alt.Chart]:
    """Straight lines from week to week, none over day 0; with a mean they are thin and before its band."""
    y = sheet.down.y
    band = layer("mean_band", "mean").mark_area(color=palette.after_fill, opacity=0.9, aria=False)
    yield band.encode(sheet.x("week"), y("low"), alt.Y2("high"), detail="after:N")
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
    yield mean.encode(sheet.x("week"), y("y"), detail="after:N")
    yield _bars("cuts", "cuts", palette, 110 if sheet.labelled else 50).encode(sheet.x("week"), y("y"))
    yield from _tooltips(sheet, titles)


def _bars(name: str, dataset: str, palette: Palette, size: int) -> alt.Chart:
    """The mark of a line that was cut."""
    mark = layer(name, dataset)
    return mark.mark_point(shape=BAR, size=size, filled=True, opacity=1, color=palette.incident, aria=False)


def _tooltips(sheet: Sheet, titles: dict[str, str]) -> Iterator[alt.Chart]:
    """Fields around every week that catch the mouse, on a phone the finger."""
    named = alt.LookupData(data=alt.NamedData("episodes"), key="episode", fields=["name", "when"])
    catch = {"filled": True, "size": 130, "opacity": 0, "aria": False}
    points = layer("tooltips", "points").transform_lookup(lookup="episode", from_=named)
    said = {field: titles[field] for field in ("name", "when", "week", "said")}
    points = points.mark_point(**catch).encode(tooltip=tooltip(said))
    said = {"name": " "} | {field: titles[field] for field in ("week", "said", "between")}
    mean = layer("mean_tooltips", "mean").mark_point(**catch).encode(tooltip=tooltip(said))
    for mark in (points, mean):
        yield mark.encode(sheet.x("week"), sheet.down.y("y"))


def _words(sheet: Sheet, palette: Palette) -> Iterator[alt.Chart]:
    """The names above with a piece of their line, the word of the floor, and where lines were cut."""
    y = sheet.down.y
    halo = {"stroke": palette.paper, "strokeWidth": 4, "strokeJoin": "round"}
    floor = text("floor_word", "floor_word", palette.floor, align="left", dx=8, fontWeight=600)
    yield floor.encode(y("y"), x=alt.value("width"))
    for name, ink, style in (("cut_halos", palette.paper, halo), ("cut_words", palette.incident, {})):
        side = {"align": alt.ExprRef("datum.side"), "dx": alt.ExprRef("datum.side == 'left' ? 6 : -6")}
        yield text(name, "cut_words", ink, fontSize=12, **side, **style).encode(sheet.x("week"), y("y"))
    yield _bars("key_cut", "key", palette, 110).encode(pixels("x"), y("y"))
    yield text("key_words", "key", palette.ink2, align="left", dx=10).encode(pixels("x"), y("y"))
    yield from _swatches(sheet, palette)


def _swatches(sheet: Sheet, palette: Palette) -> Iterator[alt.Chart]:
    """A piece of every line with its name beside it, in the colour of its meaning."""
    kinds = [(f"line_{number}", palette.after, 2.4, dash) for number, dash in enumerate(DASHES)]
    if not sheet.labelled:
        kinds = [("mean", palette.after, 3.2, DASHES[0]), ("single", palette.unknown, 1, DASHES[0])]
    for kind, ink, thick, dash in [*kinds, ("floor", palette.floor, 2.2, DASHES[0])]:
        swatch = layer(f"{kind}_swatch", "entries").transform_filter(alt.datum.kind == kind)
        style = {"color": ink, "strokeWidth": thick, "strokeDash": dash, "opacity": 1}
        swatch = swatch.mark_point(
            shape="stroke", size=SWATCH**2, xOffset=8 + SWATCH / 2, aria=False, **style
        )
        yield swatch.encode(sheet.x("week"), sheet.down.y("y"))
    for name, only, ink, weight in (
        ("names", "datum.kind !== 'single' && datum.kind !== 'floor'", palette.after_text, 600),
        ("single_word", "datum.kind === 'single'", palette.ink2, 400),
        ("floor_entry", "datum.kind === 'floor'", palette.floor, 600),
    ):
        word = text(name, "entries", ink, align="left", dx=SWATCH + 16, fontWeight=weight)
        yield word.transform_filter(only).encode(sheet.x("week"), sheet.down.y("y"))
