"""Who was there: a row a partner, a column a meeting, in the order in which the meetings were held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import altair as alt

from tracker.charts.drawing import (
    AREA,
    Grid,
    Rows,
    finished,
    key,
    layer,
    one_line,
    pixels,
    text,
    tooltip,
)
from tracker.charts.frame import day
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

STATES = ("there", "absent", "unknown", "no_partner")
MOST_MEETINGS, NARROW_MEETINGS = 24, 8
BESIDE = 12  # with more meetings the columns need the room, and the note stands under the score
NAME_PX, NOTE_PX = 200, 230  # longer words end in an ellipsis; the tooltip has them whole
HEAD = 46  # px above the rows: years, and under them days
DAY_PX, YEAR_PX = 42, 40  # the least room for "24 sep" and for "2026"


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """One partner; `states` has one of STATES for every meeting, oldest first.

    `score` and `note` are words already: "5 van 11", "al 6 keer niet erbij". The note is bold, so it is for
    what needs attention, and "" otherwise.
    """

    name: str
    states: tuple[str, ...]
    score: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceLabels:
    """The words of the picture: one a state for key and tooltip; partner, meeting, state head the tooltip.

    `heading` stands over the scores ("laatste 12 maanden", or ""). `last_meetings` says that only so many
    are drawn ("laatste 8 bijeenkomsten").
    """

    locale: str
    there: str
    absent: str
    unknown: str
    no_partner: str
    partner: str
    meeting: str
    state: str
    heading: str
    last_meetings: Callable[[int], str]


def attendance(
    meetings: Sequence[date],
    rows: Sequence[PartnerRow],
    *,
    labels: AttendanceLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container and as high as its rows.

    `meetings` are the days of the meetings of one arrangement, ascending. The last MOST_MEETINGS are drawn
    (`narrow`, for 390 px: NARROW_MEETINGS), and the picture says so where older ones were left out.
    """
    assert all(state in STATES for row in rows for state in row.states), "a partner has no known state"
    assert all(len(row.states) == len(meetings) for row in rows), "a partner misses a meeting"
    first = max(0, len(meetings) - (NARROW_MEETINGS if narrow else MOST_MEETINGS))
    row_px = 68 if narrow else 36
    bottom = HEAD + max(len(rows), 1) * row_px
    sheet = Grid(columns=len(meetings) - first, row_px=row_px, head=HEAD, bottom=bottom, narrow=narrow)
    datasets = _datasets(sheet, meetings[first:], [row.states[first:] for row in rows], rows, labels)
    if first:
        said = one_line(labels.last_meetings(sheet.columns))
        datasets["left_out"] = [{"y": bottom + 12, "word": said}]
    layers = [*_ground(sheet, palette), *_cells(sheet, labels, palette), *_words(sheet, datasets, palette)]
    return finished(
        [*layers, *_key(sheet, palette)],
        datasets,
        height=bottom,
        description=description,
        palette=palette,
        locale=labels.locale,
    )


# The rows of the datasets.


def _datasets(
    sheet: Grid,
    meetings: Sequence[date],
    states: list[tuple[str, ...]],
    rows: Sequence[PartnerRow],
    labels: AttendanceLabels,
) -> dict[str, Rows]:
    texts = [_text_row(sheet, number, row) for number, row in enumerate(rows)]
    cells = [
        {"row": number, "column": column, "state": state}
        for number, line in enumerate(states)
        for column, state in enumerate(line)
    ]
    columns = list(_columns(meetings))
    found = {state: getattr(labels, state) for state in STATES if any(state in line for line in states)}
    names = max((width(one["name"], size=14) for one in texts), default=0)
    start = 9 if sheet.narrow else 9 - min(names, NAME_PX)
    foot = sheet.bottom + (42 if sheet.columns < len(rows[0].states if rows else ()) else 22)
    return {
        "columns": columns,
        "years": [one for one in columns if one["year"]],
        "rows": texts,
        "cells": cells,
        "states": [{"state": state, "said": one_line(word)} for state, word in found.items()],
        "key": list(key(found, start=start, end=start + (290 if sheet.narrow else 560), top=foot)),
        "heading": [{"word": one_line(labels.heading)}] if rows and labels.heading else [],
    }


def _text_row(sheet: Grid, number: int, row: PartnerRow) -> dict[str, Any]:
    score, note = one_line(row.score), one_line(row.note)
    return {
        "row": number,
        "y": sheet.head + number * sheet.row_px + (53 if sheet.narrow else sheet.row_px / 2),
        "name": one_line(row.name),
        "score": score,
        "note": note,
        "after": width(score) + 12,  # px before the note on a narrow sheet
    }


def _columns(meetings: Sequence[date]) -> Iterator[dict[str, Any]]:
    """The meetings; the first of a year has `year`, with `free` columns up to the next first of a year."""
    firsts = [n for n, at in enumerate(meetings) if not n or at.year != meetings[n - 1].year]
    following = dict(pairwise([*firsts, len(meetings) + 1]))
    for column, at in enumerate(meetings):
        yield {
            "column": column,
            "date": day(at),
            "last": len(meetings) - 1 - column,
            "year": column in following,
            "free": following.get(column, 0) - column,
            "edge": column - 0.5,
        }


# The layers.


def _ground(sheet: Grid, palette: Palette) -> list[alt.Chart]:
    """The years and the days over the columns, as many as there is room for; a line a row and a year."""
    written = {"year": "utcFormat(datum.date, '%Y')", "day": "utcFormat(datum.date, '%-d %b')"}
    years = layer("years", "years").transform_calculate(word=written["year"])
    years = years.transform_filter(f"datum.free * {sheet.room} >= {YEAR_PX}")
    years = years.mark_text(fontSize=13, fontWeight=600, color=palette.ink, aria=False)
    days = layer("days", "columns").transform_calculate(word=written["day"])
    days = days.transform_filter(f"datum.last % max(1, ceil({DAY_PX} / ({sheet.room}))) == 0")
    days = days.mark_text(fontSize=12, color=palette.ink2, aria=False)
    turn = layer("year_lines", "years").transform_filter("datum.column > 0")
    turn = turn.mark_rule(color=palette.grid, aria=False)
    line = layer("row_lines", "rows").mark_rule(color=palette.grid, aria=False)
    return [
        years.encode(sheet.x("column"), y=alt.value(8), text="word:N"),
        days.encode(sheet.x("column"), y=alt.value(28), text="word:N"),
        turn.encode(sheet.x("edge"), y=alt.value(18), y2=alt.value("height")),
        line.encode(sheet.down.y("y"), x=alt.value(0), x2=alt.value("width")),
    ]


def _cells(sheet: Grid, labels: AttendanceLabels, palette: Palette) -> list[alt.Chart]:
    """The marks, no larger than their column has room for, and over them a field that catches the mouse."""
    rows = alt.LookupData(data=alt.NamedData("rows"), key="row", fields=["y", "name"])
    columns = alt.LookupData(data=alt.NamedData("columns"), key="column", fields=["date"])
    states = alt.LookupData(data=alt.NamedData("states"), key="state", fields=["said"])

    def source(name: str) -> alt.Chart:
        found = layer(name, "cells").transform_lookup(lookup="row", from_=rows)
        return found.transform_calculate(side=f"clamp(0.72 * {sheet.room}, 4, 13)")

    catch = source("tooltips").transform_lookup(lookup="column", from_=columns)
    catch = catch.transform_lookup(lookup="state", from_=states)
    catch = catch.transform_calculate(
        area=f"pow(clamp({sheet.room}, 6, 30), 2)", held="utcFormat(datum.date, '%-d %B %Y')"
    )
    titles = {"name": labels.partner, "held": labels.meeting, "said": labels.state}
    catch = catch.mark_point(shape="square", filled=True, opacity=0, aria=False)
    catch = catch.encode(AREA, tooltip=tooltip(titles))
    marks = [*_marks(source, palette), catch]
    return [mark.encode(sheet.x("column"), sheet.down.y("y")) for mark in marks]


def _marks(source: Callable[[str], alt.Chart], palette: Palette, prefix: str = "") -> Iterator[alt.Chart]:
    """A layer a state, as wide as `side`; where nobody was a partner yet there is nothing."""
    hollow = {"fill": palette.paper, "strokeWidth": 1.5}
    shapes = (
        ("there", 1.0, {"fill": palette.floor, "strokeWidth": 0}),
        ("absent", 0.92, {**hollow, "stroke": palette.ink2}),
        ("unknown", 1.3, {**hollow, "stroke": palette.unknown, "strokeDash": [2, 2]}),
    )
    for state, times, style in shapes:
        chosen = source(prefix + state).transform_filter(alt.datum.state == state)
        chosen = chosen.transform_calculate(area=f"pow({times} * datum.side, 2)")
        yield chosen.mark_point(shape="circle", filled=True, opacity=1, aria=False, **style).encode(AREA)
    legible = "datum.state == 'unknown' && datum.side >= 8"
    sign = source(f"{prefix}question_marks").transform_filter(legible).transform_calculate(sign="'?'")
    yield sign.mark_text(fontSize=12, fontWeight=700, color=palette.ink2, aria=False).encode(text="sign:N")


def _words(sheet: Grid, datasets: dict[str, Rows], palette: Palette) -> list[alt.Chart]:
    """Name left of a row, score and note right of it; on a narrow sheet all above it."""
    left, right, down = alt.value(0), alt.value("width"), sheet.down
    left_out = text("left_out", "left_out", palette.muted, fontSize=12, align="left")
    shown = [left_out.encode(down.y("y"), x=left)]
    if sheet.narrow:
        whole = alt.ExprRef("width")
        name = _text("names", "name", palette.ink, dy=-40, limit=whole)
        score = _text("scores", "score", palette.ink2, dy=-22, fontSize=13)
        note = _text("notes", "note", palette.ink, dy=-22, fontSize=13, fontWeight=700)
        places = ((name, left), (score, left), (note, pixels("after")))
        return shown + [one.encode(down.y("y"), x=x) for one, x in places]
    beside = sheet.columns <= BESIDE
    scores = max((width(row["score"], size=14) for row in datasets["rows"]), default=0)
    aside = {"dx": 32 + scores} if beside else {"dx": 16, "dy": 8, "fontSize": 13}
    up = any(row["note"] for row in datasets["rows"]) and not beside
    lift = alt.ExprRef("datum.note ? -9 : 0") if up else 0
    name = _text("names", "name", palette.ink, align="right", dx=-14, limit=NAME_PX)
    score = _text("scores", "score", palette.ink2, dx=16, dy=lift)
    note = _text("notes", "note", palette.ink, fontWeight=700, limit=NOTE_PX, **aside)
    heading = text("heading", "heading", palette.muted, fontSize=12, align="left", dx=16)
    return [
        *shown,
        heading.encode(x=right, y=alt.value(28 if beside else 8)),
        name.encode(down.y("y"), x=left),
        score.encode(down.y("y"), x=right),
        note.encode(down.y("y"), x=right),
    ]


def _text(name: str, field: str, ink: str, **style: Any) -> alt.Chart:
    """A text a row; the tooltip has whole what is cut."""
    mark = layer(name, "rows").mark_text(
        **{"align": "left", "fontSize": 14, "color": ink, "aria": False, **style}
    )
    return mark.encode(text=alt.Text(field, type="nominal"), tooltip=tooltip({field: " "}))


def _key(sheet: Grid, palette: Palette) -> list[alt.Chart]:
    """The shapes with their words, under the picture; the bare line of a row for who was no partner yet."""

    def source(name: str) -> alt.Chart:
        return layer(name, "key").transform_calculate(side="13", state="datum.kind")

    words = text("key_words", "key", palette.ink2, align="left", dx=13)
    bare = source("key_no_partner").transform_filter(alt.datum.state == "no_partner")
    bare = bare.mark_tick(orient="horizontal", size=16, thickness=1, color=palette.axis, aria=False)
    marks = [*_marks(source, palette, "key_"), bare, words]
    return [one.encode(pixels("x"), sheet.down.y("y")) for one in marks]
