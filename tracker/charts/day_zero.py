"""The weeks around every incident laid over each other: single lines while they are few, then a mean.

Nothing is smoothed and nothing is joined over day 0: week 0 stands where it begins, so a line from week -1
to it would rise before the incident.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from tracker.analysis import policy
from tracker.charts.day_zero_layers import DASHES, ENTRY, FIRST, HEIGHT, LAST, SWATCH, Sheet, layers
from tracker.charts.drawing import Rows, finished, finite, fitting, key, one_line
from tracker.charts.frame import upward
from tracker.charts.lettering import width
from tracker.charts.palette import Palette

TICKS = (-4, 4, 8, 13, 26)  # beside day 0; 13 weeks is a quarter, 26 half a year
NARROW_PX, WIDE_PX = 290, 480  # the narrowest plots


@dataclass(frozen=True, kw_only=True)
class Episode:
    """One incident: its name, its day, and the activities per week from week -4 on.

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
    range; `rate` is also the unit above the axis. `number` says a rate ("1,6"), `between` two of them
    ("tussen 1,2 en 2,1").
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
    floor = floor if floor and finite(floor.rate) else None
    shown = [one for one in episodes if any(map(finite, _weeks(one.rates).values()))]
    labelled = len(shown) < min(policy.value("typical_incidents"), len(DASHES) + 1)
    drawn = [] if labelled else [one for one in mean if FIRST <= one.week <= LAST and finite(one.mean)]
    sheet = _sheet(shown, drawn, floor, labelled, narrow)
    datasets = {
        **_scale(sheet, labels),
        **_floor(sheet, floor, labels),
        **_lines(sheet, shown, labels),
        **_mean(sheet, drawn, labels),
        "entries": _entries(sheet, shown, drawn, floor, labels),
    }
    if not labelled and any(one.cut for one in shown):
        datasets["key"] = list(key({"cut": labels.cut}, start=8, end=sheet.px, top=sheet.bottom + 62))
    if labelled:
        datasets["cut_words"] = list(_cut_words(sheet, datasets["cuts"], labels))
    titles = {"name": labels.incident, "when": labels.date, "week": labels.week, "said": labels.rate}
    return finished(
        layers(sheet, titles | {"between": labels.range}, palette),
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
) -> Sheet:
    values = [rate for one in shown for rate in _weeks(one.rates).values() if finite(rate)]
    values += [value for week in mean for value in (week.mean, week.high) if finite(value)]
    values += [floor.rate, floor.high if finite(floor.high) else 0.0] if floor else []
    ticks, top = upward(max([3.0, *values]), HEIGHT)
    entries = (len(shown) if labelled else 1 + bool(mean)) + (narrow and floor is not None)
    return Sheet(
        top=top,
        ticks=ticks,
        head=ENTRY + max(10, ENTRY * entries - 8),
        labelled=labelled,
        narrow=narrow,
        px=NARROW_PX if narrow else WIDE_PX,
    )


# The rows of the datasets.


def _scale(sheet: Sheet, labels: DayZeroLabels) -> dict[str, Rows]:
    """The grid, the weeks under it, and the line of the incident."""
    lines = [{"y": sheet.at(rate), "word": str(rate), "zero": not rate} for rate in sheet.ticks]
    weeks = [{"week": week, "y": sheet.bottom, "word": str(week)} for week in TICKS]
    zero = {"week": 0, "y": sheet.bottom, "y2": ENTRY + 8, "word": one_line(labels.day_zero)}
    title = {"y": sheet.bottom + 40, "word": one_line(labels.weeks_after)}
    unit = {"y": 10, "word": fitting(labels.rate, sheet.px)}
    return {"grid": lines, "weeks": weeks, "zero": [zero], "title": [title], "unit": [unit]}


def _joined(week: int, weeks: Collection[int]) -> bool:
    """Whether a line runs from a week to the next: both are known, and day 0 is not between them."""
    return week in weeks and week + 1 in weeks and week + 1 != 0


def _floor(sheet: Sheet, floor: FloorBand | None, labels: DayZeroLabels) -> dict[str, Rows]:
    """The floor with its band over the whole width; its word stands right of it, or on a phone above."""
    if floor is None:
        return {}
    low, high = (value if finite(value) else floor.rate for value in (floor.low, floor.high))
    row = {"y": sheet.at(floor.rate), "low": sheet.at(low), "high": sheet.at(high)}
    word = [] if sheet.narrow else [row | {"word": one_line(labels.floor)}]
    return {"floor": [row | {"start": FIRST, "end": LAST}], "floor_word": word}


def _lines(sheet: Sheet, shown: list[Episode], labels: DayZeroLabels) -> dict[str, Rows]:
    """The weeks of all incidents, in pieces: a week that nobody logged is a gap, and so is day 0.

    `alone`: no line reaches it.
    """
    points: Rows = []
    cuts: Rows = []
    for number, one in enumerate(shown):
        weeks = {week: rate for week, rate in _weeks(one.rates).items() if finite(rate)}
        piece = 0
        for week, rate in weeks.items():
            piece += not _joined(week - 1, weeks)
            alone = not _joined(week - 1, weeks) and not _joined(week, weeks)
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


def _mean(sheet: Sheet, mean: list[MeanWeek], labels: DayZeroLabels) -> dict[str, Rows]:
    """The weeks of the mean; its line and its band are broken at day 0 too (`after`)."""
    rows = []
    for one in sorted(mean, key=lambda one: one.week):
        known = finite(one.low) and finite(one.high)
        row = {"week": one.week, "y": sheet.at(one.mean), "said": one_line(labels.number(one.mean))}
        low, high = (one.low, one.high) if known else (one.mean, one.mean)
        row |= {"low": sheet.at(low), "high": sheet.at(high), "after": one.week >= 0}
        between = one_line(labels.between(low, high)) if known else ""
        rows.append(row | {"between": between, "name": one_line(labels.mean)})
    return {"mean": rows}


def _entries(
    sheet: Sheet,
    shown: list[Episode],
    mean: list[MeanWeek],
    floor: FloorBand | None,
    labels: DayZeroLabels,
) -> Rows:
    """The words above the lines, each with a piece of its line; right of the incident's line."""
    room = sheet.px - sheet.left(0) - SWATCH - 22
    if sheet.labelled:
        said = [(f"line_{number}", _named(one, room, labels.locale)) for number, one in enumerate(shown)]
    else:
        said = [("mean", fitting(labels.mean, room, bold=True))] if mean else []
        said += [("single", fitting(labels.single, room))] if shown else []
    said += [("floor", fitting(labels.floor, room, bold=True))] if sheet.narrow and floor else []
    return [
        {"kind": kind, "week": 0, "y": 12 + ENTRY * (place + 1), "word": word}
        for place, (kind, word) in enumerate(said)
    ]


def _named(one: Episode, room: float, locale: str) -> str:
    """Name and date; a long name ends in an ellipsis, the date stays whole."""
    when = " · " + format_date(one.day, "d MMM y", locale)
    name = one_line(one.name)
    return (fitting(name, room - width(when, bold=True), bold=True) + when) if name else when[3:]


def _cut_words(sheet: Sheet, cuts: Rows, labels: DayZeroLabels) -> Iterator[dict[str, Any]]:
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
