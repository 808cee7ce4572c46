"""How urgent each domain found an incident: a row an incident, a mark a domain from 1 to 5, the gap a bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tracker.charts.drawing import Down, Rows, finished, fitting, key, layer, one_line, span, text, tooltip
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

LEVELS = (1, 2, 3, 4, 5)
SHAPES = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
)
MOST_ROWS, NARROW_ROWS = 12, 6
HEAD = 30  # px above the rows, for the words of the scale
LABEL_PX = 116  # room of a domain's name beside its mark
NAME_PX, NOTE_PX = 230, 150
_STACK = 21  # px between two domains that say the same
_ABOVE = 17  # px from a mark up to the bar of the gap, so that no name lies on it
_TELLING = 2  # a step more or less is taste


@dataclass(frozen=True, kw_only=True)
class UrgencyRow:
    """One incident; `levels`: (place in the list of domains, 1..5), in any order.

    `when` and `note` are words already ("4 nov 2025", "verschil 3"); `said` is the row in one line.
    """

    name: str
    when: str
    levels: tuple[tuple[int, int], ...]
    note: str
    said: str

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest level."""
        levels = [level for _, level in self.levels]
        return min(levels, default=0), max(levels, default=0)


@dataclass(frozen=True, kw_only=True)
class UrgencyLabels:
    """The words of the picture: of both ends of the scale, and the heads of the tooltip.

    `last_incidents` says that only so many are drawn ("laatste 12 incidenten").
    """

    locale: str
    low: str
    high: str
    incident: str
    domain: str
    urgency: str
    last_incidents: Callable[[int], str]


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """Where things lie: `tops` of the rows in px, and their lower edge `bottom`."""

    tops: tuple[int, ...]
    bottom: int
    narrow: bool

    @property
    def down(self) -> Down:
        return Down(bottom=self.bottom)

    @property
    def ink_line(self) -> int:
        """Px from the top of a row to its first mark."""
        return 60 if self.narrow else 34

    def x(self, field: str) -> alt.X:
        """Room on the right for the name of a domain that says 5."""
        return span(field, 0.8, 5.3 if self.narrow else 5.8)


def urgency(
    incidents: Sequence[UrgencyRow],
    domains: Sequence[str],
    *,
    labels: UrgencyLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container; the newest incident first, as given.

    The first MOST_ROWS are drawn (`narrow`, for 390 px: NARROW_ROWS), and the picture says so.
    """
    assert all(level in LEVELS for row in incidents for _, level in row.levels), "a level is not 1..5"
    shown = incidents[: NARROW_ROWS if narrow else MOST_ROWS]
    sheet = _sheet(shown, narrow)
    datasets = _datasets(sheet, shown, domains, labels)
    if len(shown) < len(incidents):
        word = one_line(labels.last_incidents(len(shown)))
        datasets["left_out"] = [{"y": sheet.bottom + 14, "word": word}]
    return finished(
        [*_ground(sheet, palette), *_marks(sheet, labels, palette), *_words(sheet, palette)],
        datasets,
        height=sheet.bottom,
        description=description,
        palette=palette,
        locale=labels.locale,
    )


def _sheet(shown: Sequence[UrgencyRow], narrow: bool) -> _Sheet:
    tops, at = [], HEAD
    for row in shown:
        tops.append(at)
        most = max((sum(level == one for _, level in row.levels) for one in LEVELS), default=1)
        at += (80 if narrow else 54) + (max(most, 1) - 1) * _STACK
    return _Sheet(tops=tuple(tops), bottom=max(at, HEAD + 40), narrow=narrow)


# The rows of the datasets.


def _datasets(
    sheet: _Sheet, shown: Sequence[UrgencyRow], domains: Sequence[str], labels: UrgencyLabels
) -> dict[str, Rows]:
    marks = [
        mark for top, row in zip(sheet.tops, shown, strict=True) for mark in _row(sheet, top, row, domains)
    ]
    used = sorted({mark["place"] for mark in marks})
    kinds = {SHAPES[place % len(SHAPES)]: domains[place] for place in used}
    ends = {1: f"1 {labels.low}", 5: f"5 {labels.high}"}
    return {
        "levels": [{"level": one, "word": one_line(ends.get(one, str(one)))} for one in LEVELS],
        "rows": [_texts(sheet, top, row) for top, row in zip(sheet.tops, shown, strict=True)],
        "gaps": [
            {"y": top + sheet.ink_line - _ABOVE, "low": row.span[0], "high": row.span[1]}
            for top, row in zip(sheet.tops, shown, strict=True)
            if row.span[1] > row.span[0]
        ],
        "marks": marks,
        "key": list(key(kinds, start=9, end=300, top=sheet.bottom + 40)) if sheet.narrow else [],
    }


def _row(sheet: _Sheet, top: int, row: UrgencyRow, domains: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The marks of one incident; domains that say the same stand under each other."""
    low, high = row.span
    taken: dict[int, int] = {}
    for place, level in sorted(row.levels):
        name = one_line(domains[place])
        step = taken[level] = taken.get(level, -1) + 1
        yield {
            "place": place,
            "level": level,
            "y": top + sheet.ink_line + step * _STACK,
            "shape": SHAPES[place % len(SHAPES)],
            "tone": "middle" if low == high else {low: "low", high: "high"}.get(level, "middle"),
            "word": fitting(name, LABEL_PX),
            "domain": name,
            "incident": one_line(row.name),
        }


def _texts(sheet: _Sheet, top: int, row: UrgencyRow) -> dict[str, Any]:
    low, high = row.span
    return {
        "y": top,
        "middle": top + sheet.ink_line,
        "name": one_line(row.name),
        "shown": fitting(row.name, 330 if sheet.narrow else NAME_PX, size=14),
        "when": one_line(row.when),
        "note": one_line(row.note),
        "said": one_line(row.said) or one_line(row.note),
        "telling": high - low >= _TELLING,
        "after": width(row.when) + 12,
    }


# The layers.


def _ground(sheet: _Sheet, palette: Palette) -> list[alt.Chart]:
    """The scale: a line and a word a level; a thin line above every incident."""
    lines = layer("level_lines", "levels").mark_rule(color=palette.grid, aria=False)
    words = text("level_words", "levels", palette.muted, fontSize=12)
    parting = layer("row_lines", "rows").mark_rule(color=palette.grid, aria=False)
    bar = layer("gap_bars", "gaps").mark_rule(
        color=palette.axis, strokeWidth=4, strokeCap="round", aria=False
    )
    return [
        lines.encode(sheet.x("level"), y=alt.value(20), y2=alt.value("height")),
        words.encode(sheet.x("level"), y=alt.value(8)),
        parting.encode(sheet.down.y("y"), x=alt.value(0), x2=alt.value("width")),
        bar.encode(sheet.x("low"), sheet.down.y("y"), x2="high"),
    ]


def _marks(sheet: _Sheet, labels: UrgencyLabels, palette: Palette) -> list[alt.Chart]:
    """A shape a domain; colour only repeats where it stands: the highest, the lowest, or between."""
    scale = alt.Scale(domain=["high", "low", "middle"], range=[palette.incident, palette.floor, palette.ink2])
    tips = tooltip({"incident": labels.incident, "domain": labels.domain, "level": labels.urgency})
    dots = layer("marks", "marks").mark_point(
        size=120, filled=True, opacity=1, stroke=palette.paper, strokeWidth=1, aria=False
    )
    dots = dots.encode(
        sheet.x("level"),
        sheet.down.y("y"),
        shape=alt.Shape("shape", type="nominal", scale=None, legend=None),
        fill=alt.Fill("tone", type="nominal", scale=scale, legend=None),
        tooltip=tips,
    )
    if sheet.narrow:
        return [dots, *_key(sheet, palette)]
    names = text("domain_words", "marks", palette.ink, align="left", dx=11)
    return [dots, names.encode(sheet.x("level"), sheet.down.y("y"))]


def _key(sheet: _Sheet, palette: Palette) -> list[alt.Chart]:
    """On a narrow sheet the names stand under the picture."""
    x = alt.X("x", type="quantitative", scale=None, axis=None)
    shape = alt.Shape("kind", type="nominal", scale=None, legend=None)
    marks = layer("key_marks", "key").mark_point(
        size=100, filled=True, opacity=1, fill=palette.ink2, aria=False
    )
    words = text("key_words", "key", palette.ink2, align="left", dx=12)
    return [marks.encode(x, sheet.down.y("y"), shape=shape), words.encode(x, sheet.down.y("y"))]


def _words(sheet: _Sheet, palette: Palette) -> list[alt.Chart]:
    """Name and day left of the row, the gap right of it; on a narrow sheet all above its marks."""
    left, right, down = alt.value(0), alt.value("width"), sheet.down
    weight = alt.ExprRef("datum.telling ? 700 : 400")
    left_out = text("left_out", "left_out", palette.muted, fontSize=12, align="left")
    shown = [left_out.encode(down.y("y"), x=left)]
    if sheet.narrow:
        parts = (
            (_text("names", "shown", palette.ink, dy=15, fontWeight=600), left),
            (_text("days", "when", palette.ink2, dy=33, fontSize=13), left),
            (_text("notes", "note", palette.ink, dy=33, fontSize=13, fontWeight=weight), _pixels("after")),
        )
        return shown + [one.encode(down.y("y"), x=x) for one, x in parts]
    parts = (
        (_text("names", "shown", palette.ink, align="right", dx=-14, fontWeight=600), left),
        (_text("days", "when", palette.ink2, align="right", dx=-14, dy=17, fontSize=13), left),
        (_text("notes", "note", palette.ink, dx=14, limit=NOTE_PX, fontWeight=weight), right),
    )
    return shown + [one.encode(down.y("middle"), x=x) for one, x in parts]


def _text(name: str, field: str, ink: str, **style: Any) -> alt.Chart:
    """A text a row; the tooltip has whole what is cut."""
    mark = layer(name, "rows").mark_text(
        **{"align": "left", "fontSize": 14, "color": ink, "aria": False, **style}
    )
    return mark.encode(text=alt.Text(field, type="nominal"), tooltip=tooltip({"name": " ", "said": " "}))


def _pixels(field: str) -> alt.X:
    return alt.X(field, type="quantitative", scale=None, axis=None)
