"""Which domains met which: the lower half of a grid, the number of pairs of organisations in every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tracker.charts.drawing import Down, Rows, finished, fitting, layer, one_line, span, text, tooltip
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

TELLING_CHANGE = 2  # a pair more or less is chance
WIDEST_CELL = 92  # px: on a broad page the grid stays a grid
WIDE_PX, NARROW_PX = 560, 320  # the smallest screens that show it, without the page's margins
NAME_PX, NARROW_NAME_PX = 160, 84
NOTE_LINE = 19
TAIL = 26  # px under the grid for the names of the columns
CORNER = "M-1,-1H1V1Z"


@dataclass(frozen=True, kw_only=True)
class Domain:
    """One domain: its name, and a short one for where that does not fit on a phone ("veil.")."""

    name: str
    short: str


@dataclass(frozen=True, kw_only=True)
class PairCell:
    """Two domains (places in the list, in any order; twice the same is within one) and their pairs.

    `count` is the number of pairs of organisations that met, `before` the same in the period it is held
    against; None where that is not known.
    """

    first: int
    second: int
    count: int | None
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class PairLabels:
    """The words of the picture. `was` says an earlier number ("was 5"), `lost` that nothing is left.

    Heads of the tooltip: domain, with_, pairs, before; not_known stands there for a missing number.
    """

    locale: str
    was: Callable[[int], str]
    lost: str
    domain: str
    with_: str
    pairs: str
    before: str
    not_known: str


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """Where things lie: column and row of a domain, px of a cell on the smallest screen, px of the names.

    `inside` asks for the diagonal too. `stairs`: names that do not fit under their columns stand over them,
    where the upper half of the grid is empty. `listed`: changes that do not fit in a cell stand below.
    """

    size: int
    inside: bool
    cell: float
    cell_px: int
    head: int
    stairs: bool
    listed: bool
    narrow: bool

    @property
    def columns(self) -> int:
        return max(1, self.size if self.inside else self.size - 1)

    @property
    def bottom(self) -> int:
        return self.head + self.columns * self.cell_px

    @property
    def down(self) -> Down:
        return Down(bottom=self.bottom)

    def x(self, field: str) -> alt.X:
        """Columns from 0, none wider than WIDEST_CELL."""
        edge = alt.ExprRef(f"min(width, {WIDEST_CELL * self.columns})")
        return span(field, 0, self.columns, range=[0, edge])

    def top(self, row: int) -> float:
        """Pixels above the row of a domain."""
        return self.head + (row if self.inside else row - 1) * self.cell_px


def pairs_grid(
    domains: Sequence[Domain],
    cells: Sequence[PairCell],
    *,
    labels: PairLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container at most, and as high as its domains.

    Two domains without a cell are drawn as not known: 0 must be said. The diagonal is drawn for the domains
    that have a cell of their own. `narrow`, for 390 px, has the short names where the
    whole ones do not fit.
    """
    assert all(0 <= place < len(domains) for one in cells for place in (one.first, one.second)), "no domain"
    known = {(min(one.first, one.second), max(one.first, one.second)): one for one in cells}
    names = [one_line(one.name) for one in domains]
    changes = {place: _change(one, labels) for place, one in known.items()}
    sheet = _sheet(names, changes, inside=any(a == b for a, b in known), narrow=narrow)
    datasets = _datasets(sheet, domains, known, changes, labels)
    most = max([1, *(one.count or 0 for one in cells)])
    return finished(
        [*_cells(sheet, most, labels, palette), *_words(sheet, palette)],
        datasets,
        height=sheet.bottom,
        description=description,
        palette=palette,
        locale=labels.locale,
    )


def _change(cell: PairCell, labels: PairLabels) -> str:
    """What is worth saying of a cell beside its number."""
    if cell.count is None or cell.before is None:
        return ""
    if cell.count == 0 and cell.before > 0:
        return one_line(labels.lost)
    return one_line(labels.was(cell.before)) if abs(cell.count - cell.before) >= TELLING_CHANGE else ""


def _sheet(names: list[str], changes: dict[Any, str], *, inside: bool, narrow: bool) -> _Sheet:
    columns = max(1, len(names) if inside else len(names) - 1)
    most = NARROW_NAME_PX if narrow else NAME_PX
    left = min(most, max(map(width, names), default=0)) + 12
    cell = min(WIDEST_CELL, ((NARROW_PX if narrow else WIDE_PX) - left) / columns)
    stairs = any(width(name) + 6 > cell for name in names[:columns])
    return _Sheet(
        size=len(names),
        inside=inside,
        cell=cell,
        cell_px=38 if narrow and cell < 44 else 48,
        head=22 if stairs and inside else 4,
        stairs=stairs,
        listed=any(width(change, size=12) + 6 > cell for change in changes.values()),
        narrow=narrow,
    )


# The rows of the datasets.


def _datasets(
    sheet: _Sheet,
    domains: Sequence[Domain],
    known: dict[tuple[int, int], PairCell],
    changes: dict[tuple[int, int], str],
    labels: PairLabels,
) -> dict[str, Rows]:
    places = [(a, b) for b in range(sheet.size) for a in range(b + 1) if a != b or (a, b) in known]
    cells = [_cell_row(sheet, place, known.get(place), changes.get(place, ""), labels) for place in places]
    for row, (a, b) in zip(cells, places, strict=True):
        row |= {"domain": one_line(domains[a].name), "with": one_line(domains[b].name)}
    told = [(place, change) for place, change in changes.items() if change and sheet.listed]
    foot = sheet.bottom + (8 if sheet.stairs else TAIL)
    return {
        "cells": cells,
        "hatches": [stroke for row in cells if row["count"] is None for stroke in _hatch(sheet, row)],
        "names": list(_row_names(sheet, domains)),
        "column_names": list(_column_names(sheet, domains)),
        "notes": [
            {"y": foot + 12 + n * NOTE_LINE, "word": _note(sheet, domains[a], domains[b], change)}
            for n, ((a, b), change) in enumerate(told)
        ],
    }


def _cell_row(
    sheet: _Sheet, place: tuple[int, int], cell: PairCell | None, change: str, labels: PairLabels
) -> dict[str, Any]:
    (column, row), gap = place, 2
    count, before = (cell.count, cell.before) if cell else (None, None)
    top = sheet.top(row)
    in_cell = change if not sheet.listed else ""
    return {
        "count": count,
        "start": column + gap / sheet.cell,
        "end": column + 1 - gap / sheet.cell,
        "middle": column + 0.5,
        "corner": column + 1 - 9 / sheet.cell,
        "corner_y": top + 9,
        "upper": top + gap,
        "lower": top + sheet.cell_px - gap,
        "y": top + sheet.cell_px / 2 - (8 if in_cell else 0),
        "under": top + sheet.cell_px / 2 + 11,
        "word": "?" if count is None else str(count),
        "change": in_cell,
        "marked": bool(change) and sheet.listed,
        "now": labels.not_known if count is None else str(count),
        "was": labels.not_known if before is None else str(before),
    }


def _hatch(sheet: _Sheet, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Diagonal strokes over a cell that nobody knows of, with room for the sign in the middle."""
    wide, high = row["end"] - row["start"], row["lower"] - row["upper"]
    for offset in (-0.8, -0.6, -0.4, 0.4, 0.6, 0.8):
        a, b = max(0.0, offset), min(1.0, 1 + offset)
        yield {
            "start": row["start"] + a * wide,
            "end": row["start"] + b * wide,
            "upper": row["lower"] - (a - offset) * high,
            "lower": row["lower"] - (b - offset) * high,
        }


def _row_names(sheet: _Sheet, domains: Sequence[Domain]) -> Iterator[dict[str, Any]]:
    most = NARROW_NAME_PX if sheet.narrow else NAME_PX
    for row in range(0 if sheet.inside else 1, sheet.size):
        y = sheet.top(row) + sheet.cell_px / 2
        yield {"y": y, **_said(sheet, domains[row], most)}


def _column_names(sheet: _Sheet, domains: Sequence[Domain]) -> Iterator[dict[str, Any]]:
    """Under the columns; or where they do not fit there, at the upper end, in the empty half of the grid."""
    for column in range(sheet.columns if sheet.size > 1 or sheet.inside else 0):
        if not sheet.stairs:
            yield {"x": column + 0.5, "y": sheet.bottom + 14, **_said(sheet, domains[column], sheet.cell)}
            continue
        first = column if sheet.inside else column + 1
        room = (sheet.columns - column) * sheet.cell - 6
        yield {
            "x": column + 4 / sheet.cell,
            "y": sheet.top(first) - 11,
            **_said(sheet, domains[column], max(room, sheet.cell)),
        }


def _said(sheet: _Sheet, domain: Domain, room: float) -> dict[str, str]:
    """A name as it fits in `room` px, on a phone by its short form; the tooltip has it whole."""
    name = one_line(domain.name)
    short = one_line(domain.short) if sheet.narrow and width(name) > room else name
    return {"word": fitting(short, room), "whole": name}


def _note(sheet: _Sheet, first: Domain, second: Domain, change: str) -> str:
    """A change in words; on a phone by the short names where the whole ones do not fit."""
    whole = f"{one_line(first.name)} · {one_line(second.name)}: {change}"
    if not sheet.narrow or width(whole) <= NARROW_PX:
        return whole
    return f"{one_line(first.short)} · {one_line(second.short)}: {change}"


# The layers.


def _cells(sheet: _Sheet, most: int, labels: PairLabels, palette: Palette) -> list[alt.Chart]:
    """A tint with its number; a dashed cell for 0, a hatched one where it is not known."""
    ramp = alt.Scale(domain=[0, most], range=[palette.heat_low, palette.heat_high], interpolate="lab")
    tint = alt.Color("count", type="quantitative", scale=ramp, legend=None)
    titles = {"domain": labels.domain, "with": labels.with_, "now": labels.pairs, "was": labels.before}
    box = {"cornerRadius": 3, "aria": False}
    dashed = {**box, "fillOpacity": 0, "stroke": palette.unknown, "strokeDash": [3, 3]}
    tinted = layer("tints", "cells").transform_filter("datum.count > 0").mark_rect(**box)
    empty = layer("empty", "cells").transform_filter("datum.count === 0").mark_rect(**dashed)
    unknown = layer("unknown", "hatches").mark_rule(color=palette.unknown, strokeWidth=1, aria=False)
    catch = layer("tooltips", "cells").mark_rect(opacity=0, aria=False).encode(tooltip=tooltip(titles))
    corner = layer("corners", "cells").transform_filter("datum.marked")
    corner = corner.mark_point(shape=CORNER, size=49, filled=True, opacity=1, color=palette.ink, aria=False)
    numbers = text("numbers", "cells", palette.ink, fontSize=16, fontWeight=600)
    changes = layer("changes", "cells").mark_text(fontSize=12, color=palette.ink, aria=False)
    x, y = sheet.x, sheet.down.y
    boxed = {"x": x("start"), "x2": "end", "y": y("upper"), "y2": "lower"}
    return [
        tinted.encode(color=tint, **boxed),
        empty.encode(**boxed),
        unknown.encode(**boxed),
        numbers.encode(x("middle"), y("y")),
        changes.encode(x("middle"), y("under"), text="change:N"),
        corner.encode(x("corner"), y("corner_y")),
        catch.encode(**boxed),
    ]


def _words(sheet: _Sheet, palette: Palette) -> list[alt.Chart]:
    """The names of the rows and the columns, and the changes that found no room in their cells."""
    whole = tooltip({"whole": " "})
    names = text("row_names", "names", palette.ink2, align="right", dx=-10)
    columns = text("column_names", "column_names", palette.ink2, align="left" if sheet.stairs else "center")
    notes = text("notes", "notes", palette.ink2, align="left")
    return [
        names.encode(sheet.down.y("y"), x=alt.value(0), tooltip=whole),
        columns.encode(sheet.x("x"), sheet.down.y("y"), tooltip=whole),
        notes.encode(sheet.down.y("y"), x=alt.value(0)),
    ]
