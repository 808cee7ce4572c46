"""The held-strip: a row an arrangement, a mark for every meeting that was expected, by its real date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

import altair as alt

from tracker.charts.drawing import as_spec, layered
from tracker.charts.frame import DAY_MS, data, day, to_date
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

MOST_MARKS = 4000  # with the words beside them that stays under 5000 rows
AHEAD_DAYS = 120  # a meeting planned for next year must not press the past flat
NARROW_DAYS, NARROW_AHEAD_DAYS = 365, 60
LEAST_DAYS = 84  # a record of one day still gets an axis
NAME_PX, STATE_PX = 200, 230  # longer words end in an ellipsis; the tooltip has them whole
EDGE_PX = 8  # beside the first and the last mark
FOOT = 38  # px under the rows, for the words "recess" and "today"
KEY_LINE, KEY_WIDTH, NARROW_KEY_WIDTH = 24, 600, 265  # px; no wider than the smallest screen that shows it

# Shapes, in a square from -1 to 1 where they are paths: told apart in colour and in grey.
SQUARE = "M-1,-1H1V1H-1Z"
POINTED = "M-1,-1H.1L1,0L.1,1H-1Z"
CROSS = "M-.95,-.55L-.55,-.95L0,-.4L.55,-.95L.95,-.55L.4,0L.95,.55L.55,.95L0,.4L-.55,.95L-.95,.55L-.4,0Z"
DASH = "M-1,-.2H1V.2H-1Z"
STATES = ("held", "moved", "cancelled", "not_held", "unknown", "recess", "planned", "pending")
AREA = alt.Size("area", type="quantitative", scale=None, legend=None)


@dataclass(frozen=True, kw_only=True)
class StripCell:
    """One expected meeting; `state` is one of STATES, `word` says it in the tooltip."""

    day: date
    state: str
    word: str


@dataclass(frozen=True, kw_only=True)
class StripRow:
    """One arrangement with its meetings (none when it meets on demand).

    `score` and `state` are words already: "20 van 22", "op ritme". `strong` makes them bold, which is for
    dormant only; `dense` (every two weeks) takes smaller marks.
    """

    name: str
    cells: tuple[StripCell, ...]
    score: str
    state: str
    strong: bool
    dense: bool


@dataclass(frozen=True, kw_only=True)
class StripLabels:
    """The words of the picture: a word a state for the key, and `meeting`, `day`, `state` for tooltips.

    A pending meeting is named in the key by the word of its cell. `last_12_months` heads the scores.
    """

    locale: str
    today: str
    last_12_months: str
    held: str
    moved: str
    cancelled: str
    not_held: str
    unknown: str
    recess: str
    planned: str
    meeting: str
    day: str
    state: str


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """Where things lie: days since 1970 from `left` to `right`, rows of `row_px` downward to `bottom`.

    Meetings from `first` to `last` are drawn; `until` is today; `days_per_px` holds for a usual width.
    """

    first: float
    last: float
    until: float
    left: float
    right: float
    days_per_px: float
    row_px: int
    bottom: int
    narrow: bool

    def x(self, field: str, axis: alt.Axis | None = None) -> alt.X:
        """Milliseconds, as in the timeline; every layer names the same domain."""
        domain = [round(edge * DAY_MS) for edge in (self.left, self.right)]
        scale = alt.Scale(domain=domain, nice=False, zero=False)
        return alt.X(field, type="quantitative", axis=axis, scale=scale)

    def y(self, field: str) -> alt.Y:
        """Pixels downward from the first row, as data: so marks and words keep their places."""
        scale = alt.Scale(domain=[self.bottom, 0], nice=False, zero=False)
        return alt.Y(field, type="quantitative", axis=None, scale=scale)


def held_strip(
    rows: Sequence[StripRow],
    *,
    labels: StripLabels,
    palette: Palette,
    description: str,
    first: date,
    until: date,
    recess: Sequence[tuple[date, date]],
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container and as high as its rows.

    `until` is today; `recess` holds first and last days. Drawn are the meetings from `first` to four months
    after `until` (`narrow`, for 390 px: from twelve months before to two after). Above MOST_MARKS the oldest
    days are left out. `description` is the picture in words for who cannot see it.
    """
    assert all(cell.state in STATES for row in rows for cell in row.cells), "a cell has no known state"
    sheet = _sheet(rows, first, until, narrow)
    datasets = _datasets(sheet, rows, labels, recess)
    layers = [
        *_ground(sheet, datasets, palette),
        *_cells(sheet, datasets, labels, palette),
        *_words(sheet, datasets, palette),
        *_key(sheet, datasets, palette),
    ]
    chart = layered(layers, datasets, height=sheet.bottom, description=description)
    return as_spec(chart, palette, labels.locale)


def _sheet(rows: Sequence[StripRow], first: date, until: date, narrow: bool) -> _Sheet:
    today = day(until)
    start = max(day(first), today - NARROW_DAYS) if narrow else day(first)
    end = today + (NARROW_AHEAD_DAYS if narrow else AHEAD_DAYS)
    shown = sorted(at for row in rows for cell in row.cells if start <= (at := day(cell.day)) <= end)
    if len(shown) > MOST_MARKS:
        start = shown[-MOST_MARKS - 1] + 1  # a whole day goes, never a part of its rows
    left, last = min(start, today - LEAST_DAYS), max([today, *shown[-1:]])
    days_per_px, row_px = (last - left) / (314 if narrow else 544), 68 if narrow else 36
    return _Sheet(
        first=start,
        last=last,
        until=today,
        left=left - EDGE_PX * days_per_px,
        right=last + EDGE_PX * days_per_px,
        days_per_px=days_per_px,
        row_px=row_px,
        bottom=max(len(rows), 1) * row_px,  # without rows there is still room for the axis and today
        narrow=narrow,
    )


# The rows of the datasets.


def _datasets(
    sheet: _Sheet, rows: Sequence[StripRow], labels: StripLabels, recess: Sequence[tuple[date, date]]
) -> dict[str, list[dict[str, Any]]]:
    """What is drawn, by name, as far as there is any; user text stands here and nowhere else."""
    columns = list(_recess_columns(sheet, recess))
    cells = [cell for number, row in enumerate(rows) for cell in _cell_rows(sheet, number, row)]
    texts = [_text_row(sheet, number, row) for number, row in enumerate(rows)]
    found = {
        "recess_columns": columns,
        "recess_words": _recess_words(sheet, columns, labels.recess),
        "today": [{"day": sheet.until, "y": 0, "y2": sheet.bottom + 8, "word": labels.today}],
        "rows": texts,
        "cells": cells,
        "key": list(_key_rows(sheet, texts, cells, labels)),
        "heading": [{"word": labels.last_12_months}] if rows else [],
    }
    dated = ("day", "start", "end")
    return {name: data(values, day_fields=dated)["values"] for name, values in found.items() if values}


def _cell_rows(sheet: _Sheet, number: int, row: StripRow) -> Iterator[dict[str, Any]]:
    for cell in row.cells:
        if sheet.first <= (at := day(cell.day)) <= sheet.last:
            yield {"day": at, "row": number, "state": cell.state, "word": cell.word}


def _text_row(sheet: _Sheet, number: int, row: StripRow) -> dict[str, Any]:
    """What the cells of a row share; `step` is its usual number of days between two meetings."""
    days = sorted({day(cell.day) for cell in row.cells})
    score, state = " ".join(row.score.split()), " ".join(row.state.split())
    return {
        "row": number,
        "y": number * sheet.row_px + (54 if sheet.narrow else sheet.row_px / 2),
        "name": " ".join(row.name.split()),
        "score": score,
        "state": state,
        "both": " · ".join(filter(None, (score, state))),
        "strong": row.strong,
        "most": 8 if row.dense else 11,
        "step": median(b - a for a, b in pairwise(days)) if len(days) > 1 else 28,
    }


def _recess_columns(sheet: _Sheet, recess: Sequence[tuple[date, date]]) -> Iterator[dict[str, float]]:
    """The recesses as far as they lie on the sheet; the last day of one is drawn to its end."""
    for begin, last in sorted(recess):
        start, end = max(day(begin), sheet.left), min(day(last) + 1, sheet.right)
        if start < end:
            yield {"start": start, "end": end, "y": 0, "y2": sheet.bottom}


def _recess_words(sheet: _Sheet, columns: list[dict[str, float]], word: str) -> list[dict[str, Any]]:
    """The word under the longest recess and all half as wide as the word, as far as no two words touch."""
    apart = (width(word, size=12) + 8) * sheet.days_per_px
    found: list[dict[str, Any]] = []
    for column in sorted(columns, key=lambda column: column["start"] - column["end"]):
        middle, long = (column["start"] + column["end"]) / 2, column["end"] - column["start"]
        if not found or (long >= apart / 2 and all(abs(middle - other["day"]) >= apart for other in found)):
            found.append({"day": middle, "y": sheet.bottom + 10, "word": word})
    return found


def _key_rows(
    sheet: _Sheet, texts: list[dict[str, Any]], cells: list[dict[str, Any]], labels: StripLabels
) -> Iterator[dict[str, Any]]:
    """The states that are in the picture, in one line or more; they begin where the longest name begins."""
    names = max((width(text["name"], size=14) for text in texts), default=0)
    start = 8 if sheet.narrow else -min(names, NAME_PX)
    end = start + (NARROW_KEY_WIDTH if sheet.narrow else KEY_WIDTH)
    x, y = start, sheet.bottom + FOOT + 16
    said = {cell["state"]: cell["word"] for cell in reversed(cells)}
    for state in (state for state in STATES if state in said):
        word = getattr(labels, state, said[state])
        if x > start and x + 12 + width(word) > end:
            x, y = start, y + KEY_LINE
        yield {"x": x, "y": y, "state": state, "word": word, "side": 10}
        x += 32 + width(word)


# The layers.


def _chart(name: str, dataset: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(dataset), name=name)


def _ground(sheet: _Sheet, datasets: dict[str, Any], palette: Palette) -> list[alt.Chart]:
    """Recess columns, today with the axis, a line a row; on a narrow sheet paper under the words of a row."""
    across = {"x": alt.value(0), "x2": alt.value("width")}
    end = {"align": "right", "dx": 5} if sheet.right - sheet.until < 25 * sheet.days_per_px else {}
    column = _chart("recess_columns", "recess_columns").mark_rect(color=palette.recess, aria=False)
    today = _chart("today", "today").mark_rule(color=palette.ink, strokeWidth=1.3, aria=False)
    cover = _chart("covers", "rows").transform_calculate(upper="datum.y - 54", lower="datum.y - 14")
    cover = cover.mark_rect(color=palette.paper, aria=False)
    line = _chart("row_lines", "rows").mark_rule(color=palette.grid, aria=False)
    found = [
        column.encode(sheet.x("start"), alt.X2("end"), sheet.y("y"), alt.Y2("y2")),
        today.encode(sheet.x("day", _calendar(sheet, palette)), sheet.y("y"), alt.Y2("y2")),
        *([cover.encode(sheet.y("upper"), alt.Y2("lower"), **across)] if sheet.narrow else []),
        line.encode(sheet.y("y"), **across),
        _small("today_word", "today", palette.ink, dy=18, **end).encode(sheet.x("day"), sheet.y("y2")),
        _small("recess_words", "recess_words", palette.muted).encode(sheet.x("day"), sheet.y("y")),
    ]
    return [layer for layer in found if layer.data.name in datasets]


def _small(name: str, dataset: str, ink: str, **style: Any) -> alt.Chart:
    """The words beside the picture."""
    mark = _chart(name, dataset).mark_text(**{"fontSize": 12, "color": ink, "aria": False, **style})
    return mark.encode(text="word:N")


def _calendar(sheet: _Sheet, palette: Palette) -> alt.Axis:
    """Months above the rows, and the year in bold instead of January; where room lacks only the years."""
    step = next((step for step in (1, 2, 3, 6) if step >= sheet.days_per_px * 62 / 30.4), 12)
    days = (to_date(at) for at in range(int(sheet.left) + 1, int(sheet.last) + 1))
    months = [month for month in days if month.day == 1 and (month.month - 1) % step == 0]
    ticks = [round(day(month)) * DAY_MS for month in months]
    january, text = "utcmonth(datum.value)==0", "utcFormat(datum.value,'%b')"
    if any(month.month == 1 for month in months):
        text = f"width < {34 * len(ticks)} ? '' : {text}"
    elif ticks:  # somewhere the year must stand
        text = f"datum.value=={ticks[0]} ? utcFormat(datum.value,'%b %Y') : {text}"
    return alt.Axis(
        orient="top",
        domain=False,
        values=ticks,
        title=None,
        labelOverlap=False,
        labelExpr=f"{january} ? utcFormat(datum.value,'%Y') : {text}",
        labelFontWeight=alt.condition(january, alt.value(600), alt.value(400)),
        labelColor=alt.condition(january, alt.value(palette.ink), alt.value(palette.ink2)),
    )


def _cells(sheet: _Sheet, datasets: dict[str, Any], labels: StripLabels, palette: Palette) -> list[alt.Chart]:
    """The marks, no larger than their row has room for, and over them a field that catches the mouse."""
    room = f"width * datum.step / {sheet.right - sheet.left:.2f}"
    shared = alt.LookupData(data=alt.NamedData("rows"), key="row", fields=["y", "name", "step", "most"])

    def source(name: str) -> alt.Chart:
        looked_up = _chart(name, "cells").transform_lookup(lookup="row", from_=shared)
        return looked_up.transform_calculate(side=f"clamp(0.72 * {room}, 3.5, datum.most)")

    written = "utcFormat(datum.day, '%-d %B %Y')"
    catch = source("tooltips").transform_calculate(area=f"pow(clamp({room}, 7, 18), 2)", date=written)
    titles = {"name": labels.meeting, "date": labels.day, "word": labels.state}
    tips = [alt.Tooltip(field, type="nominal", title=title) for field, title in titles.items()]
    catch = catch.mark_point(shape="square", filled=True, opacity=0, aria=False).encode(AREA, tooltip=tips)
    found = [*_marks(source, datasets.get("cells", []), palette), catch]
    return [mark.encode(sheet.x("day"), sheet.y("y")) for mark in found] if "cells" in datasets else []


def _marks(
    source: Callable[[str], alt.Chart], rows: list[dict[str, Any]], palette: Palette, prefix: str = ""
) -> Iterator[alt.Chart]:
    """The layers of the states that are there, as high as `side`; `source` gives a chart by its name."""
    states = {row["state"] for row in rows}
    for state, times, style in _shapes(palette):
        if state in states:
            chosen = source(prefix + state).transform_filter(f"datum.state == '{state}'")
            chosen = chosen.transform_calculate(area=f"pow({times} * datum.side, 2)")
            yield chosen.mark_point(filled=True, opacity=1, aria=False, **style).encode(AREA)
    if "unknown" in states:
        legible = "datum.state == 'unknown' && datum.side > 5"
        letter = source(f"{prefix}question_marks").transform_filter(legible)
        letter = letter.transform_calculate(area="max(9, 1.2 * datum.side)", sign="'?'")
        yield letter.mark_text(fontWeight=700, color=palette.ink2, aria=False).encode(AREA, text="sign:N")


def _shapes(palette: Palette) -> list[tuple[str, float, dict[str, Any]]]:
    """State, size and style."""
    solid, ring = {"strokeWidth": 0}, {"shape": "circle", "fill": palette.paper, "strokeWidth": 1.3}
    return [
        ("held", 1.0, {"shape": SQUARE, "fill": palette.floor, **solid}),
        ("moved", 1.05, {"shape": POINTED, "fill": palette.floor, **solid}),
        ("cancelled", 1.0, {"shape": CROSS, "fill": palette.ink, **solid}),
        ("not_held", 0.9, {**ring, "shape": SQUARE, "stroke": palette.ink}),
        ("unknown", 1.4, {**ring, "stroke": palette.unknown, "strokeDash": [2, 2]}),
        ("recess", 1.0, {"shape": DASH, "fill": palette.muted, **solid}),
        ("planned", 0.92, {**ring, "stroke": palette.floor}),
        ("pending", 0.42, {"shape": "circle", "fill": palette.ink2, **solid}),
    ]


def _words(sheet: _Sheet, datasets: dict[str, Any], palette: Palette) -> list[alt.Chart]:
    """Name left of a row, score and state right of it; on a narrow sheet all above it. Strong is bold."""
    if "rows" not in datasets:
        return []
    left, right, whole = alt.value(0), alt.value("width"), alt.ExprRef("width")
    if sheet.narrow:
        name = _text("names", "name", palette, dy=-40, limit=whole)
        state = _text("states", "both", palette, palette.ink2, dy=-22, fontSize=13, limit=whole)
        return [text.encode(sheet.y("y"), x=left) for text in (name, state)]
    scores = max(60, 18 + max(width(row["score"], bold=True, size=14) for row in datasets["rows"]))
    name = _text("names", "name", palette, align="right", dx=-10, limit=NAME_PX)
    score = _text("scores", "score", palette, palette.ink, dx=16)
    state = _text("states", "state", palette, palette.ink2, dx=16 + scores, limit=STATE_PX)
    heading = _small("heading", "heading", palette.muted, align="left", dx=16)
    return [
        heading.encode(x=right, y=alt.value(-17)),
        name.encode(sheet.y("y"), x=left),
        *(text.encode(sheet.y("y"), x=right) for text in (score, state)),
    ]


def _text(name: str, field: str, palette: Palette, plain: str = "", **style: Any) -> alt.Chart:
    """A text a row, bold ink where it is strong (names never are); the tooltip has whole what is cut."""
    ink = alt.ExprRef(f"datum.strong ? '{palette.ink}' : '{plain}'") if plain else palette.ink
    weight = alt.ExprRef("datum.strong ? 700 : 400") if plain else 400
    style = {"align": "left", "fontSize": 14, "color": ink, "fontWeight": weight, "aria": False} | style
    whole = alt.Tooltip(field, type="nominal", title=" ")
    return _chart(name, "rows").mark_text(**style).encode(text=alt.Text(field, type="nominal"), tooltip=whole)


def _key(sheet: _Sheet, datasets: dict[str, Any], palette: Palette) -> list[alt.Chart]:
    """The shapes with their words, under the picture."""
    if "key" not in datasets:
        return []
    x, y = alt.X("x", type="quantitative", scale=None, axis=None), sheet.y("y")
    shapes = _marks(lambda name: _chart(name, "key"), datasets["key"], palette, "key_")
    words = _small("key_words", "key", palette.ink2, fontSize=13, align="left", dx=12)
    return [layer.encode(x, y) for layer in (*shapes, words)]
