"""Planned against done: a row a domain, a column a phase of prevention, number and words in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tracker.charts.drawing import Down, Rows, finished, fitting, layer, one_line, span, text, tooltip
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

PLANS = ("lead", "support", "none")
GAP = "white_spot"
UNKNOWN = "not_known"
NAME_PX, NARROW_NAME_PX = 160, 92
WIDEST_CELL = 230
WIDE_PX, NARROW_PX = 560, 320  # the smallest screens that show it, without the page's margins
HEAD = 26  # px over the rows for the names of the phases
CELL_PX, NARROW_CELL_PX = 46, 44
KEY_PX = 22


@dataclass(frozen=True, kw_only=True)
class PlanCell:
    """A domain in a phase (places in their lists): the planned part and what it came to.

    `planned` is one of PLANS; `state` is only drawn different for GAP (dashed) and UNKNOWN (hatched).
    `number`: at how many activities it was. `word` and `short` say the state, `part` the plan, `done` how
    often it led and was there.
    """

    domain: int
    phase: int
    planned: str
    state: str
    number: int
    word: str
    short: str
    part: str
    done: str


@dataclass(frozen=True, kw_only=True)
class PlanLabels:
    """The words of the picture. The tooltip is headed by domain, phase, state, part, done.

    `key_lead` and `key_support` say what a thick and a thin edge mean.
    """

    locale: str
    domain: str
    phase: str
    state: str
    part: str
    done: str
    key_lead: str
    key_support: str


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """Where things lie: px of a cell on the smallest screen, and downward."""

    rows: int
    columns: int
    cell: float
    cell_px: int
    narrow: bool

    @property
    def bottom(self) -> int:
        return HEAD + max(1, self.rows) * self.cell_px

    @property
    def down(self) -> Down:
        return Down(bottom=self.bottom)

    def x(self, field: str) -> alt.X:
        edge = alt.ExprRef(f"min(width, {WIDEST_CELL * self.columns})")
        return span(field, 0, self.columns, range=[0, edge])


def prevention_matrix(
    domains: Sequence[str],
    phases: Sequence[str],
    cells: Sequence[PlanCell],
    *,
    labels: PlanLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container at most and as high as its domains.

    The planned lead has a thick edge of ink, planned support a thin one; a white spot is a dashed cell with
    its word, what nobody knows is hatched with a question mark. `narrow` is for 390 px.
    """
    assert all(0 <= one.domain < len(domains) and 0 <= one.phase < len(phases) for one in cells), "no place"
    assert all(one.planned in PLANS for one in cells), "no such part"
    sheet = _sheet(domains, phases, narrow=narrow)
    most = max([1, *(one.number for one in cells)])
    return finished(
        [*_boxes(sheet, most, palette), *_words(sheet, palette), *_catch(sheet, labels)],
        _datasets(sheet, domains, phases, cells, labels),
        height=sheet.bottom,
        description=description,
        palette=palette,
        locale=labels.locale,
    )


def _sheet(domains: Sequence[str], phases: Sequence[str], *, narrow: bool) -> _Sheet:
    columns = max(1, len(phases))
    left = min(
        NARROW_NAME_PX if narrow else NAME_PX, max((width(one_line(one)) for one in domains), default=0)
    )
    cell = min(WIDEST_CELL, ((NARROW_PX if narrow else WIDE_PX) - left - 12) / columns)
    cell_px = NARROW_CELL_PX if narrow else CELL_PX
    return _Sheet(rows=len(domains), columns=columns, cell=cell, cell_px=cell_px, narrow=narrow)


# The rows of the datasets.


def _datasets(
    sheet: _Sheet,
    domains: Sequence[str],
    phases: Sequence[str],
    cells: Sequence[PlanCell],
    labels: PlanLabels,
) -> dict[str, Rows]:
    rows = [_cell_row(sheet, one) | _whole(one, domains, phases) for one in cells]
    most = NARROW_NAME_PX if sheet.narrow else NAME_PX
    return {
        "cells": rows,
        "hatches": [stroke for row in rows if row["state"] == UNKNOWN for stroke in _hatch(row)],
        "names": [
            {
                "y": HEAD + (place + 0.5) * sheet.cell_px,
                "word": fitting(name, most),
                "whole": one_line(name),
            }
            for place, name in enumerate(domains)
        ],
        "phases": [
            {"x": place + 0.5, "y": 12, "word": fitting(name, sheet.cell - 6), "whole": one_line(name)}
            for place, name in enumerate(phases)
        ],
        "key": list(_key(sheet, cells, labels)),
    }


def _cell_row(sheet: _Sheet, one: PlanCell) -> dict[str, Any]:
    """The box, and inside it the number over the words; a cell without a part has a small grey 0."""
    top, gap = HEAD + one.domain * sheet.cell_px, 3
    word = one_line(one.short if sheet.narrow else one.word)
    nothing = not one.number and one.planned == "none"
    middle = top + sheet.cell_px / 2
    sign = "?" if one.state == UNKNOWN else "" if one.state == GAP else str(one.number)
    return {
        "state": one.state,
        "planned": one.planned,
        "number": one.number,
        "start": one.phase + gap / sheet.cell,
        "end": one.phase + 1 - gap / sheet.cell,
        "middle": one.phase + 0.5,
        "upper": top + gap,
        "lower": top + sheet.cell_px - gap,
        "sign": sign,
        "sign_y": middle if nothing else middle - 8,
        "nothing": nothing,
        "word": "" if nothing else fitting(word, sheet.cell - 10, size=12),
        "word_y": middle if one.state == GAP else middle + 11,
    }


def _whole(one: PlanCell, domains: Sequence[str], phases: Sequence[str]) -> dict[str, str]:
    """What the mouse reads."""
    said = {"in_domain": domains[one.domain], "in_phase": phases[one.phase], "said": one.word}
    return {name: one_line(text) for name, text in (said | {"part": one.part, "done": one.done}).items()}


def _hatch(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Diagonal strokes near the corners, with room for the sign and the word in the middle."""
    wide, high = row["end"] - row["start"], row["lower"] - row["upper"]
    for offset in (-0.85, -0.7, -0.55, 0.55, 0.7, 0.85):
        a, b = max(0.0, offset), min(1.0, 1 + offset)
        yield {
            "start": row["start"] + a * wide,
            "end": row["start"] + b * wide,
            "upper": row["lower"] - (a - offset) * high,
            "lower": row["lower"] - (b - offset) * high,
        }


def _key(sheet: _Sheet, cells: Sequence[PlanCell], labels: PlanLabels) -> Iterator[dict[str, Any]]:
    """A swatch and its words a line, for the edges that the picture has."""
    said = {"lead": labels.key_lead, "support": labels.key_support}
    found = [kind for kind in said if any(one.planned == kind and one.state != GAP for one in cells)]
    for place, kind in enumerate(found):
        y = sheet.bottom + 16 + place * KEY_PX
        yield {"y": y, "upper": y - 7, "lower": y + 7, "planned": kind, "word": one_line(said[kind])}


# The layers.


def _boxes(sheet: _Sheet, most: int, palette: Palette) -> list[alt.Chart]:
    """Tints by number, hatches, and the edges that say the plan."""
    ramp = alt.Scale(domain=[0, most], range=[palette.heat_low, palette.heat_high], interpolate="lab")
    tint = alt.Color("number", type="quantitative", scale=ramp, legend=None)
    x, y = sheet.x, sheet.down.y
    boxed = {"x": x("start"), "x2": "end", "y": y("upper"), "y2": "lower"}
    box = {"cornerRadius": 3, "aria": False}
    tinted = layer("tints", "cells").transform_filter("datum.number > 0").mark_rect(**box)
    strokes = layer("unknown", "hatches").mark_rule(color=palette.unknown, strokeWidth=1, aria=False)
    return [
        tinted.encode(color=tint, **boxed),
        strokes.encode(**boxed),
        *(one.encode(**boxed) for one in _edges("", "cells", palette)),
        *(
            one.encode(x=alt.value(0), x2=alt.value(22), y=y("upper"), y2="lower")
            for one in _edges("key_", "key", palette)
        ),
    ]


def _edges(prefix: str, dataset: str, palette: Palette) -> Iterator[alt.Chart]:
    """Thick for who should lead, thin for who should support, dashed where they were not there at all."""
    box = {"cornerRadius": 3, "aria": False, "fillOpacity": 0}
    styles: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("lead", "datum.planned === 'lead'", {"stroke": palette.ink, "strokeWidth": 2.5}),
        ("support", "datum.planned === 'support'", {"stroke": palette.ink2, "strokeWidth": 1}),
    )
    for name, planned, style in styles:
        whole = layer(f"{prefix}{name}", dataset).transform_filter(f"{planned} && datum.state !== '{GAP}'")
        yield whole.mark_rect(**box, **style)
        if not prefix:
            gap = layer(f"gap_{name}", dataset).transform_filter(f"{planned} && datum.state === '{GAP}'")
            yield gap.mark_rect(**box, **style, strokeDash=[5, 4])


def _words(sheet: _Sheet, palette: Palette) -> list[alt.Chart]:
    """Names of rows and columns, the number and the words of a cell; a white spot is in bold."""
    whole = tooltip({"whole": " "})
    x, y = sheet.x, sheet.down.y
    names = text("row_names", "names", palette.ink, align="right", dx=-10)
    phases = text("column_names", "phases", palette.ink, fontWeight=600)
    key = text("key_words", "key", palette.ink2, align="left", dx=30)
    some, none, bold, plain = (
        layer(name, "cells").transform_filter(chosen)
        for name, chosen in (
            ("numbers", "!datum.nothing"),
            ("nothing", "datum.nothing"),
            ("gaps", f"datum.state === '{GAP}'"),
            ("words", f"datum.state !== '{GAP}'"),
        )
    )
    ink: dict[str, Any] = {"color": palette.ink, "aria": False}
    return [
        names.encode(y("y"), x=alt.value(0), tooltip=whole),
        phases.encode(x("x"), y("y"), tooltip=whole),
        some.mark_text(**ink, fontSize=16, fontWeight=600).encode(x("middle"), y("sign_y"), text="sign:N"),
        none.mark_text(color=palette.muted, aria=False, fontSize=13).encode(
            x("middle"), y("sign_y"), text="sign:N"
        ),
        bold.mark_text(**ink, fontSize=13, fontWeight=700).encode(x("middle"), y("word_y"), text="word:N"),
        plain.mark_text(**ink, fontSize=12).encode(x("middle"), y("word_y"), text="word:N"),
        key.encode(y("y"), x=alt.value(0)),
    ]


def _catch(sheet: _Sheet, labels: PlanLabels) -> list[alt.Chart]:
    """What the mouse reads over a cell."""
    titles = {
        "in_domain": labels.domain,
        "in_phase": labels.phase,
        "said": labels.state,
        "done": labels.done,
        "part": labels.part,
    }
    y = sheet.down.y
    catch = layer("tooltips", "cells").mark_rect(opacity=0, aria=False)
    return [
        catch.encode(sheet.x("start"), y("upper"), x2="end", y2="lower", tooltip=tooltip(titles)),
    ]
