"""How long what was started goes on: a falling step curve a group, with its band and who still runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt

from tracker.charts.drawing import (
    Down,
    Rows,
    finished,
    finite,
    fitting,
    layer,
    one_line,
    pixels,
    span,
    text,
    tooltip,
)
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

KINDS = ("peace", "heat")
MARKS = (90, 180, 365)  # days
YEAR, MOST_DAYS = 365, 1100
HEIGHT, TOP = 240, 6  # px of the picture, and above the line of 100 %
LABEL_PX = 220  # room right of the picture
NARROW_PX, WIDE_PX = 290, 330  # the narrowest plots
ENTRY = 40  # px a group takes in the words


@dataclass(frozen=True, kw_only=True)
class SurvivalStep:
    """From `day` on (days since the start) `share` of the group goes on, likely between `low` and `high`.

    Shares are from 0 to 1; None where no band is known.
    """

    day: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class SurvivalGroup:
    """One curve: `kind` is one of KINDS (peace is drawn solid, heat dashed).

    `name` and `count` are words: "begonnen in vredestijd", "9 van de 11 lopen nog". `steps` are the days on
    which something ended, ascending; before the first all go on. `running`: for each that still runs, the
    days it has run. `until`: the last day anybody was followed; curve and band end there.
    """

    kind: str
    name: str
    count: str
    steps: tuple[SurvivalStep, ...]
    running: tuple[int, ...]
    until: int


@dataclass(frozen=True, kw_only=True)
class SurvivalLabels:
    """The words of the picture.

    `days` says a number of days on the axis, short: 0 "begin", 90 "90 dagen", 180 "180", 365 "1 jaar".
    `share` and `between` say shares from 0 to 1: "86%", "tussen 56 en 98%". The rest heads the tooltip.
    `running` names the ticks on the curves in the key: "loopt nog".
    """

    locale: str
    days: Callable[[int], str]
    share: Callable[[float], str]
    between: Callable[[float, float], str]
    running: str
    group: str
    after: str
    going_on: str
    range: str


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """Where things lie: days to `right`, shares as px downward; `head` px above 100 % for a phone's words."""

    right: int
    head: int
    narrow: bool

    @property
    def bottom(self) -> int:
        return self.head + TOP + HEIGHT

    @property
    def down(self) -> Down:
        return Down(bottom=self.bottom)

    def x(self, field: str, axis: alt.Axis | None = None) -> alt.X:
        return span(field, 0, self.right, axis)

    def at(self, share: float) -> float:
        """A share as px from the upper edge."""
        return round(self.bottom - HEIGHT * min(max(share, 0.0), 1.0), 2)


def survival(
    groups: Sequence[SurvivalGroup],
    *,
    labels: SurvivalLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec for one group or two, as wide as its container.

    The axis goes to a year or as far as anybody was followed, MOST_DAYS at most. Each curve has its words at
    its end (`narrow`, for 390 px: above the picture), and a dot at 90, 180 and 365 days.
    """
    assert all(group.kind in KINDS for group in groups), "a group is of no known kind"
    followed = [min(group.until, MOST_DAYS) for group in groups]
    head = 8 + ENTRY * len(groups) if narrow else 0
    sheet = _Sheet(right=max([YEAR, *followed]), head=head, narrow=narrow)
    datasets = _datasets(sheet, groups, labels)
    layers = [*_ground(sheet, palette), *_curves(sheet, palette), *_points(sheet, labels, palette)]
    return finished(
        [*layers, *_words(sheet, palette)],
        datasets,
        height=sheet.bottom,
        description=description,
        palette=palette,
        locale=labels.locale,
    )


# The rows of the datasets.


def _datasets(sheet: _Sheet, groups: Sequence[SurvivalGroup], labels: SurvivalLabels) -> dict[str, Rows]:
    corners, points, running = [], [], []
    for number, group in enumerate(groups):
        shown = list(_stretches(sheet, group))
        corners += [{"group": number, "kind": group.kind, **corner} for corner in _corners(sheet, shown)]
        points += [
            {"kind": group.kind, "name": one_line(group.name), **point}
            for point in _telling(sheet, shown, labels)
        ]
        running += [
            {"kind": group.kind, "day": at, "y": sheet.at(_at(shown, at).share)}
            for at in sorted(set(group.running))
            if 0 <= at <= min(group.until, sheet.right)
        ]
    return {
        "grid": [
            {"y": sheet.at(share), "word": one_line(labels.share(share)), "zero": not share}
            for share in (0.0, 0.5, 1.0)
        ],
        "marks": [{"day": at, "y": sheet.at(1), "y2": sheet.bottom} for at in MARKS],
        "ticks": list(_ticks(sheet, labels)),
        "corners": corners,
        "points": points,
        "running": running,
        "entries": list(_entries(sheet, groups)),
        "key": [{"x": 4, "y": sheet.bottom + 64, "word": one_line(labels.running)}] if running else [],
    }


def _stretches(sheet: _Sheet, group: SurvivalGroup) -> Iterator[SurvivalStep]:
    """The steps on the sheet as far as they were followed, with the start before them, days ascending."""
    end = min(group.until, sheet.right)
    steps = {0: SurvivalStep(day=0, share=1.0, low=None, high=None)}
    steps |= {step.day: step for step in group.steps if 0 <= step.day <= end and finite(step.share)}
    yield from (steps[at] for at in sorted(steps))
    yield SurvivalStep(day=max(end, 0), share=steps[max(steps)].share, low=None, high=None)


def _corners(sheet: _Sheet, shown: list[SurvivalStep]) -> Iterator[dict[str, Any]]:
    """Both ends of every level: so the curve and its band are stepped, whatever draws them.

    `piece` numbers the runs in which a band is known.
    """
    piece = 0
    for step, following in pairwise(shown):
        known = finite(step.low) and finite(step.high)
        piece += not known
        for at in (step.day, following.day):
            row = {"day": at, "y": sheet.at(step.share), "piece": piece, "low": None, "high": None}
            yield row | ({"low": sheet.at(step.low), "high": sheet.at(step.high)} if known else {})


def _telling(sheet: _Sheet, shown: list[SurvivalStep], labels: SurvivalLabels) -> Iterator[dict[str, Any]]:
    """The points that tell their value: the days that are compared, which have a dot, and every step."""
    end = shown[-1].day
    days = {at: True for at in MARKS if at <= end}
    days |= {step.day: False for step in shown[1:-1] if step.day not in days}
    for at, dot in sorted(days.items()):
        step = _at(shown, at)
        known = finite(step.low) and finite(step.high)
        yield {
            "day": at,
            "y": sheet.at(step.share),
            "dot": dot,
            "after": one_line(labels.days(at)),
            "share": one_line(labels.share(step.share)),
            "range": one_line(labels.between(step.low, step.high)) if known else "",
        }


def _at(shown: list[SurvivalStep], day: int) -> SurvivalStep:
    """The level on a day; `shown` ends with a mere end."""
    return next(step for step in reversed(shown[:-1]) if step.day <= day)


def _ticks(sheet: _Sheet, labels: SurvivalLabels) -> Iterator[dict[str, Any]]:
    """The words under the axis; one that would touch another stands a line lower, or is left out."""
    years = range(2 * YEAR, sheet.right + 1, YEAR)
    px = (NARROW_PX if sheet.narrow else WIDE_PX) / sheet.right
    taken: list[tuple[int, float, float]] = []
    for at in (*reversed(MARKS), 0, *years):
        word = one_line(labels.days(at))
        half = width(word) / 2 + 4
        for line in (0, 1):
            box = (line, at * px - half, at * px + half)
            if all(box[0] != one[0] or box[1] >= one[2] or box[2] <= one[1] for one in taken):
                taken.append(box)
                yield {"day": at, "y": sheet.bottom, "y2": sheet.bottom + 18 + 16 * line, "word": word}
                break


def _entries(sheet: _Sheet, groups: Sequence[SurvivalGroup]) -> Iterator[dict[str, Any]]:
    """The words of each group: at the height of its end, apart from the other; or above, on a phone."""
    ends = [sheet.at(list(_stretches(sheet, group))[-1].share) for group in groups]
    order = sorted(range(len(groups)), key=lambda number: (ends[number], number))
    y = ENTRY / 4 - ENTRY
    for place, number in enumerate(order):
        group, wanted = groups[number], ends[number]
        lowest = sheet.bottom - ENTRY * (len(groups) - place) + ENTRY / 2
        y = 14 + ENTRY * number if sheet.narrow else min(max(wanted, y + ENTRY), lowest)
        yield {
            "kind": group.kind,
            "day": min(max(group.until, 0), sheet.right),
            "end": sheet.right,
            "from": wanted,
            "y": y,
            "under": y + 18,
            "word": fitting(group.name, 250 if sheet.narrow else LABEL_PX, bold=True),
            "count": fitting(group.count, 250 if sheet.narrow else LABEL_PX),
        }


# The layers.


def _of(kind: str, palette: Palette) -> tuple[str, str, str]:
    """The colour of line, band and word of a kind."""
    if kind == "peace":
        return palette.floor, palette.floor_soft, palette.floor
    return palette.after, palette.after_fill, palette.after_text


def _dash(kind: str) -> dict[str, Any]:
    return {} if kind == "peace" else {"strokeDash": [7, 3]}


def _ground(sheet: _Sheet, palette: Palette) -> list[alt.Chart]:
    """Lines at 0, 50 and 100 %, the axis, and a line at the days that are compared."""
    across = {"x": alt.value(0), "x2": alt.value("width")}
    line = layer("grid", "grid").mark_rule(aria=False)
    ink = alt.condition(alt.datum.zero, alt.value(palette.axis), alt.value(palette.grid))
    marks = layer("marks", "marks").mark_rule(color=palette.axis, strokeDash=[1, 3], aria=False)
    ticks = layer("ticks", "ticks").transform_calculate(tick="datum.y + 5")
    ticks = ticks.mark_rule(color=palette.axis, aria=False)
    y = sheet.down.y
    return [
        line.encode(y("y"), color=ink, **across),
        text("shares", "grid", palette.ink2, align="right", dx=-8).encode(y("y"), x=alt.value(0)),
        marks.encode(sheet.x("day"), y("y"), alt.Y2("y2")),
        ticks.encode(sheet.x("day"), y("y"), alt.Y2("tick")),
        text("tick_words", "ticks", palette.ink2).encode(sheet.x("day"), y("y2")),
    ]


def _curves(sheet: _Sheet, palette: Palette) -> Iterator[alt.Chart]:
    """The bands, and over them the curves; straight from corner to corner."""
    y = sheet.down.y
    for kind in reversed(KINDS):
        band = layer(f"{kind}_band", "corners").transform_filter(alt.datum.kind == kind)
        band = band.transform_filter("datum.low !== null")
        band = band.mark_area(color=_of(kind, palette)[1], opacity=0.7, aria=False)
        yield band.encode(sheet.x("day"), y("low"), alt.Y2("high"), detail=["group:N", "piece:N"])
    for kind in reversed(KINDS):
        line = layer(f"{kind}_line", "corners").transform_filter(alt.datum.kind == kind)
        style = {"color": _of(kind, palette)[0], "strokeWidth": 3, **_dash(kind)}
        line = line.transform_window(order="row_number()").mark_line(aria=False, **style)
        yield line.encode(sheet.x("day"), y("y"), detail="group:N", order="order:Q")


def _points(sheet: _Sheet, labels: SurvivalLabels, palette: Palette) -> Iterator[alt.Chart]:
    """Ticks for who still runs, dots at the days that are compared, and what the mouse reads."""
    titles = {"name": labels.group, "after": labels.after, "share": labels.going_on, "range": labels.range}
    for kind in KINDS:
        ink = _of(kind, palette)[0]
        tick = layer(f"{kind}_running", "running").transform_filter(alt.datum.kind == kind)
        tick = tick.mark_tick(orient="vertical", size=12, thickness=1.8, color=ink, aria=False)
        yield tick.encode(sheet.x("day"), sheet.down.y("y"))
        dot = layer(f"{kind}_dots", "points").transform_filter(alt.datum.kind == kind)
        dot = dot.transform_filter(alt.datum.dot)
        dot = dot.mark_point(filled=True, size=70, opacity=1, color=ink, stroke=palette.paper, aria=False)
        yield dot.encode(sheet.x("day"), sheet.down.y("y"))
    catch = layer("tooltips", "points").mark_point(filled=True, size=300, opacity=0, aria=False)
    yield catch.encode(sheet.x("day"), sheet.down.y("y"), tooltip=tooltip(titles))


def _words(sheet: _Sheet, palette: Palette) -> Iterator[alt.Chart]:
    """Name and count of each group, beside its end or above the picture with a piece of its line."""
    y, side = sheet.down.y, alt.value(38 if sheet.narrow else "width")
    aside = 0 if sheet.narrow else 12
    for kind in KINDS:
        ink, _, word = _of(kind, palette)
        place = layer(f"{kind}_lead", "entries").transform_filter(alt.datum.kind == kind)
        if sheet.narrow:
            swatch = place.mark_rule(color=ink, strokeWidth=3, aria=False, **_dash(kind))
            yield swatch.encode(y("y"), x=alt.value(2), x2=alt.value(30))
        else:
            lead = place.mark_rule(color=ink, strokeWidth=1, strokeDash=[1, 3], aria=False)
            yield lead.encode(sheet.x("day"), alt.X2("end"), y("from"), alt.Y2("y"))
        name = text(f"{kind}_name", "entries", word, align="left", dx=aside, fontWeight=700)
        yield name.transform_filter(alt.datum.kind == kind).encode(y("y"), x=side)
    count = layer("counts", "entries").mark_text(align="left", dx=aside, color=palette.ink2, aria=False)
    yield count.encode(y("under"), x=side, text="count:N")
    rung = layer("key_running", "key").mark_tick(
        orient="vertical", size=12, thickness=1.8, color=palette.ink2, aria=False
    )
    yield rung.encode(pixels("x"), y("y"))
    said = text("key_words", "key", palette.ink2, align="left", dx=8)
    yield said.encode(pixels("x"), y("y"))
