"""What the small pictures share: layers on named data, pixels downward as data, words that fit, a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeGuard

import altair as alt

from tracker.charts.frame import data
from tracker.charts.lettering import cut, width
from tracker.charts.palette import Palette
from tracker.charts.theme import config

LINE = 22  # px a line of the key takes
AREA = alt.Size("area", type="quantitative", scale=None, legend=None)
Rows = list[dict[str, Any]]
Layer = tuple[alt.Chart, dict[str, Any]]  # a mark on a dataset, and its channels


@dataclass(frozen=True, kw_only=True)
class Down:
    """Pixels downward from the upper edge to `bottom`, as data: marks and words keep their places."""

    bottom: float

    def y(self, field: str) -> alt.Y:
        """The channel of a field in pixels."""
        scale = alt.Scale(domain=[self.bottom, 0], nice=False, zero=False)
        return alt.Y(field, type="quantitative", axis=None, scale=scale)


def layer(name: str, dataset: str) -> alt.Chart:
    """An unfinished layer that reads one of the spec's datasets."""
    return alt.Chart(alt.NamedData(dataset), name=name)


def text(name: str, dataset: str, ink: str, **style: Any) -> alt.Chart:
    """The words of a dataset (its field `word`), 13 px unless told."""
    mark = layer(name, dataset).mark_text(**{"fontSize": 13, "color": ink, "aria": False, **style})
    return mark.encode(text=alt.Text("word", type="nominal"))


def tooltip(titles: dict[str, str]) -> list[alt.Tooltip]:
    """The lines of a tooltip: what it says of each field; the fields hold words already."""
    return [alt.Tooltip(field, type="nominal", title=title) for field, title in titles.items()]


def pixels(field: str) -> alt.X:
    """The channel of a field in pixels from the left edge."""
    return alt.X(field, type="quantitative", scale=None, axis=None)


def span(field: str, low: float, high: float, axis: alt.Axis | None = None, **scaled: Any) -> alt.X:
    """The channel of a field from `low` at the left edge to `high` at the right; the same in every layer."""
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, **scaled)
    return alt.X(field, type="quantitative", axis=axis, scale=scale)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where cells lie: `columns` across, rows of `row_px` downward from `head` to `bottom`."""

    columns: int
    row_px: int
    head: int
    bottom: int
    narrow: bool

    @property
    def down(self) -> Down:
        return Down(bottom=self.bottom)

    def x(self, field: str) -> alt.X:
        """Column 0 to the last, each with half a column on both sides."""
        return span(field, -0.5, max(self.columns, 1) - 0.5)

    @property
    def room(self) -> str:
        """Pixels a column has, as Vega computes it."""
        return f"width / {max(self.columns, 1)}"


def finished(
    layers: Sequence[alt.Chart],
    datasets: dict[str, Rows],
    *,
    height: float,
    description: str,
    palette: Palette,
    locale: str,
) -> dict[str, Any]:
    """The Vega-Lite spec, as wide as its container; a layer that has nothing to show is left out.

    `description` is the picture in words for who cannot see it. Days (fields `date`) become milliseconds;
    a number that is not finite becomes null.
    """
    kept = {name: data(rows, day_fields=("date",))["values"] for name, rows in datasets.items() if rows}
    drawn = [one for one in layers if one.data.name in kept]
    if not drawn:  # nothing at all is an empty picture, not an error
        kept["nothing"] = [{"y": 0}]
        drawn = [layer("nothing", "nothing").mark_point(opacity=0, aria=False)]
    return as_spec(layered(drawn, kept, height=height, description=description), palette, locale)


def layered(
    layers: Sequence[alt.Chart],
    datasets: Any = alt.Undefined,
    *,
    height: float,
    description: str,
) -> alt.LayerChart:
    """The layers as one chart, as wide as its container; `description` is for who cannot see it."""
    chart = alt.layer(*layers, datasets=datasets).resolve_axis(x="independent", y="independent")
    return chart.properties(
        width="container",
        height=height,
        description=description,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )


def as_spec(chart: alt.LayerChart, palette: Palette, locale: str) -> dict[str, Any]:
    """The Vega-Lite dict in the colours, letters and numbers of the house."""
    spec: dict[str, Any] = chart.to_dict(validate=False)  # the tests validate; it takes longer than drawing
    return spec | {"config": config(palette, locale)}


def finite(number: float | None) -> TypeGuard[float]:
    """Whether there is a number: what is not known may come as None or NaN."""
    return number is not None and isfinite(number)


def one_line(words: str) -> str:
    """Text without line breaks and double spaces: Vega would draw a line break as a second line."""
    return " ".join(words.split())


def fitting(words: str, room: float, **style: Any) -> str:
    """As much of a text as fits in `room` px, ending in an ellipsis where something was cut off."""
    words = one_line(words)
    most = len(words)
    while most > 1 and width(cut(words, most), **style) > room:
        most -= 1
    return cut(words, most)


def key(kinds: dict[str, str], *, start: float, end: float, top: float) -> Iterator[dict[str, Any]]:
    """The words of a key with room for a mark before each, in one line or more: x, y (px), kind, word."""
    x, y = start, top
    for kind, said in kinds.items():
        word = one_line(said)
        if x > start and x + 14 + width(word) > end:
            x, y = start, y + LINE
        yield {"x": x, "y": y, "kind": kind, "word": word}
        x += 34 + width(word)
