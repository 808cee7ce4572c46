"""Who has which part in which arrangement: a row an organisation, a column an arrangement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tracker.charts.drawing import (
    AREA,
    Grid,
    Rows,
    finished,
    fitting,
    key,
    layer,
    one_line,
    pixels,
    text,
    tooltip,
)
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

PARTS = ("owner", "second", "member", "outside")
MOST_COLUMNS, NARROW_COLUMNS = 12, 7
MOST_ROWS = 24
NAME_PX = 210
HEAD_LINES, HEAD_LINE = 3, 16
FULL_PX = 860  # the columns together on a broad page
_SHAPES = {"owner": "square", "second": "diamond", "member": "circle", "outside": "stroke"}
_HEADS: dict[str, Any] = {"size": 12, "bold": True}
_AREAS = {"owner": 210, "second": 170, "member": 90, "outside": 30}


@dataclass(frozen=True, kw_only=True)
class OwnedCell:
    """The part of an organisation in one arrangement, one of PARTS, and whether it was not there lately."""

    part: str
    away: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnerRow:
    """One organisation and its cell in every arrangement, in their order."""

    name: str
    cells: tuple[OwnedCell, ...]


@dataclass(frozen=True, kw_only=True)
class OwnerLabels:
    """The words of the picture: one a part, `away` for who was not there lately, heads of the tooltip.

    `owns` and `seconds` stand under a mark, so they are short. `left_out` says how many arrangements or
    organisations more the table has.
    """

    locale: str
    owner: str
    second: str
    member: str
    outside: str
    away: str
    owns: str
    seconds: str
    organisation: str
    arrangement: str
    part: str
    left_out: Callable[[int], str]


def ownership(
    arrangements: Sequence[str],
    rows: Sequence[OwnerRow],
    *,
    labels: OwnerLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container and as high as its rows.

    The first MOST_COLUMNS arrangements (`narrow`: NARROW_COLUMNS, by number) and MOST_ROWS organisations
    that have a part in them.
    """
    assert all(cell.part in PARTS for row in rows for cell in row.cells), "an organisation has no known part"
    assert all(len(row.cells) == len(arrangements) for row in rows), "a row misses an arrangement"
    names = arrangements[: NARROW_COLUMNS if narrow else MOST_COLUMNS]
    has = [row for row in rows if any(cell.part != "outside" for cell in row.cells[: len(names)])]
    drawn = has[:MOST_ROWS]
    head, row_px = (24, 58) if narrow else (HEAD_LINES * HEAD_LINE + 12, 46)
    sheet = Grid(
        columns=len(names),
        head=head,
        row_px=row_px,
        bottom=head + max(len(drawn), 1) * row_px,
        narrow=narrow,
    )
    datasets = _datasets(sheet, names, drawn, labels)
    more = len(arrangements) - len(names) + len(rows) - len(drawn)
    if more:
        datasets["left_out"] = [{"y": _foot(sheet) - 24, "word": one_line(labels.left_out(more))}]
    return finished(
        [
            *_ground(sheet, palette),
            *_cells(sheet, labels, palette),
            *_words(sheet, palette),
            *_key(sheet, palette),
        ],
        datasets,
        height=sheet.bottom,
        description=description,
        palette=palette,
        locale=labels.locale,
    )


# The rows of the datasets.


def _datasets(
    sheet: Grid, names: Sequence[str], rows: Sequence[OwnerRow], labels: OwnerLabels
) -> dict[str, Rows]:
    room = FULL_PX / max(len(names), 1) - 5
    columns = [
        {"column": n, "name": one_line(name), "word": str(n + 1) if sheet.narrow else _wrapped(name, room)}
        for n, name in enumerate(names)
    ]
    cells = [cell for n, row in enumerate(rows) for cell in _row(sheet, n, row, names, labels)]
    found = {one: getattr(labels, one) for one in PARTS if any(cell["part"] == one for cell in cells)}
    if any(cell["away"] for cell in cells):
        found["away"] = labels.away
    longest = max((width(one_line(row.name), size=14) for row in rows), default=0)
    start = 9 if sheet.narrow else 9 - min(longest, NAME_PX)
    return {
        "columns": columns,
        "numbers": [
            {"y": sheet.bottom + 16 + 19 * n, "word": fitting(f"{n + 1} {one['name']}", 330)}
            for n, one in enumerate(columns)
            if sheet.narrow
        ],
        "rows": [
            {
                "y": sheet.head + n * sheet.row_px + (14 if sheet.narrow else 18),
                "line": sheet.head + n * sheet.row_px,
                "name": one_line(row.name),
            }
            for n, row in enumerate(rows)
        ],
        "cells": cells,
        "key": [
            {**one, "shape": _SHAPES.get(one["kind"], "circle"), "area": _AREAS.get(one["kind"], 90)}
            for one in key(found, start=start, end=start + (300 if sheet.narrow else 760), top=_foot(sheet))
        ],
    }


def _row(
    sheet: Grid, n: int, row: OwnerRow, names: Sequence[str], labels: OwnerLabels
) -> Iterator[dict[str, Any]]:
    under = {"owner": labels.owns, "second": labels.seconds}
    for column, (cell, name) in enumerate(zip(row.cells, names, strict=False)):
        middle = sheet.head + n * sheet.row_px + (38 if sheet.narrow else 18)
        said = one_line(getattr(labels, cell.part))
        yield {
            "column": column,
            "y": middle,
            "below": middle + 19,
            "part": cell.part,
            "away": cell.away,
            "shape": _SHAPES[cell.part],
            "area": _AREAS[cell.part],
            "word": one_line(labels.away if cell.away else under.get(cell.part, "")),
            "said": f"{said}, {one_line(labels.away)}" if cell.away else said,
            "organisation": one_line(row.name),
            "arrangement": one_line(name),
        }


def _foot(sheet: Grid) -> int:
    """Px of the key, under the picture and on a narrow sheet under the names of the columns."""
    return sheet.bottom + 28 + (19 * sheet.columns + 14 if sheet.narrow else 20)


def _wrapped(name: str, room: float) -> str:
    """A name over at most three lines; the last one ends in an ellipsis when it does not fit."""
    lines = [""]
    for word in one_line(name).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, **_HEADS) > room and len(lines) < HEAD_LINES:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(fitting(line, room, **_HEADS) for line in lines)


# The layers.


def _ground(sheet: Grid, palette: Palette) -> list[alt.Chart]:
    """The names of the arrangements over their columns, and a thin line above every row."""
    line = layer("row_lines", "rows").mark_rule(color=palette.grid, aria=False)
    style = {"fontSize": 12, "color": palette.ink, "aria": False, "lineBreak": "\n", "lineHeight": HEAD_LINE}
    heads = layer("heads", "columns").mark_text(**style, baseline="line-top", fontWeight=600)
    heads = heads.encode(text=alt.Text("word", type="nominal"), tooltip=tooltip({"name": " "}))
    return [
        line.encode(sheet.down.y("line"), x=alt.value(0), x2=alt.value("width")),
        heads.encode(sheet.x("column"), y=alt.value(0)),
    ]


def _cells(sheet: Grid, labels: OwnerLabels, palette: Palette) -> list[alt.Chart]:
    """A shape a part: filled, or hollow for who was not there lately; under it a word where one is due."""
    titles = {"organisation": labels.organisation, "arrangement": labels.arrangement, "said": labels.part}
    tips = tooltip(titles)
    marks = [
        mark.encode(sheet.x("column"), sheet.down.y("y"), tooltip=tips)
        for mark in _shapes("cells", "cells", palette)
    ]
    words = text("cell_words", "cells", palette.ink2, fontSize=12)
    words = words.transform_filter(alt.datum.word != "")
    words = words.encode(sheet.x("column"), sheet.down.y("below"))
    return marks if sheet.narrow else [*marks, words]


def _shapes(name: str, dataset: str, palette: Palette) -> Iterator[alt.Chart]:
    filled = {"fill": palette.floor, "stroke": palette.floor, "strokeWidth": 1}
    hollow = {"fill": palette.paper, "stroke": palette.after, "strokeWidth": 2.5}
    bare = {"fill": palette.axis, "stroke": palette.axis, "strokeWidth": 1}
    gone = "(datum.away || datum.kind == 'away')"
    kinds = (
        ("there", f"datum.shape != 'stroke' && !{gone}", filled),
        ("away", gone, hollow),
        ("outside", "datum.shape == 'stroke'", bare),
    )
    for kind, holds, style in kinds:
        mark = layer(f"{name}_{kind}", dataset).transform_filter(holds)
        mark = mark.mark_point(filled=True, opacity=1, aria=False, **style)
        yield mark.encode(AREA, shape=alt.Shape("shape", type="nominal", scale=None, legend=None))


def _words(sheet: Grid, palette: Palette) -> list[alt.Chart]:
    """The name left of a row, on a narrow sheet above it."""
    style = {"dx": 0, "limit": 330} if sheet.narrow else {"align": "right", "dx": -14, "limit": NAME_PX}
    names = layer("names", "rows").mark_text(
        **{"align": "left", "fontSize": 14, "color": palette.ink, "aria": False, **style}
    )
    names = names.encode(text=alt.Text("name", type="nominal"), tooltip=tooltip({"name": " "}))
    numbers = text("numbers", "numbers", palette.ink2, align="left")
    left_out = text("left_out", "left_out", palette.muted, fontSize=12, align="left")
    left = alt.value(0)
    return [one.encode(sheet.down.y("y"), x=left) for one in (names, numbers, left_out)]


def _key(sheet: Grid, palette: Palette) -> list[alt.Chart]:
    """The shapes with their words, under the picture."""
    marks = [one.encode(pixels("x"), sheet.down.y("y")) for one in _shapes("key", "key", palette)]
    words = text("key_words", "key", palette.ink2, align="left", dx=14)
    return [*marks, words.encode(pixels("x"), sheet.down.y("y"))]
