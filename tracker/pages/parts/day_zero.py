"""The day-0 picture: every incident at the same zero, with its table in weeks."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from tracker.analysis import calendar, policy
from tracker.analysis.epochs import Epochs
from tracker.analysis.finding import Finding
from tracker.charts.day_zero import DayZeroLabels, Episode, FloorBand, MeanWeek
from tracker.charts.day_zero import day_zero as chart
from tracker.charts.palette import Palette
from tracker.pages.around import drawing
from tracker.words import Words

_WEEK = calendar.days_a_week(calendar.WORKING_DAYS)  # a reader counts in weeks


def draw(say: Words, epochs: Epochs, finding: Finding) -> None:
    """Single lines while they are few, thin ones with a mean from five on."""
    lines = episodes(epochs, _WEEK)
    floor = finding.floor_now_per_week
    band = FloorBand(rate=floor.value, low=floor.low, high=floor.high) if floor.value is not None else None
    labels, sentence = _labels(say, epochs), say.day_zero(epochs)
    drawing.twice(
        "day_zero",
        lambda palette, narrow: chart(
            lines,
            mean=_mean(epochs, a_week=_WEEK),
            floor=band,
            labels=labels,
            palette=palette,
            description=sentence,
            narrow=narrow,
        ),
    )


def draw_series(say: Words, name: str, epochs: Epochs, place: int) -> None:
    """The same picture of a series that was counted elsewhere: without a floor, and in ink.

    The colours of cooperation and of what comes after an incident stay with cooperation.
    """
    labels = replace(_labels(say, epochs), rate=say("{name}, per week", name=name))
    drawing.twice(
        f"day_zero_{place}",
        lambda palette, narrow: chart(
            episodes(epochs, a_week=1),
            mean=_mean(epochs, a_week=1),
            floor=None,
            labels=labels,
            palette=in_ink(palette),
            description=say.series_around(name, epochs),
            narrow=narrow,
        ),
        of=name,
    )


def in_ink(palette: Palette) -> Palette:
    """The palette in which nothing has the colour of extra activity."""
    return replace(palette, after=palette.ink2, after_fill=palette.recess, after_text=palette.ink)


def weeks_table(say: Words, epochs: Epochs, *, a_week: float = _WEEK) -> pd.DataFrame:
    """One row a week, a column an incident, and the mean where there is one; rates times `a_week`."""
    wide = epochs.curves.assign(name=[_name(say, row) for row in epochs.curves.itertuples()])
    shown = wide.pivot_table(index="week", columns="name", values="rate", dropna=False) * a_week
    if not epochs.mean.empty:
        shown[say("Mean")] = epochs.mean.set_index("week")["rate"] * a_week
    cells = shown.map(lambda rate: "" if pd.isna(rate) else say.number(rate, 1))
    cells.insert(0, say("Week"), [say.number(week) for week in cells.index])
    return cells


def episodes(epochs: Epochs, a_week: float) -> list[Episode]:
    """A line an incident, its rates times `a_week`."""
    found = epochs.curves.groupby(["day", "title"], sort=True)
    return [_episode(title, rows, a_week) for (_, title), rows in found]


def _episode(title: str, rows: pd.DataFrame, a_week: float) -> Episode:
    """Weeks before the record are gaps: a curve may begin after week -4."""
    first, weeks = int(-policy.value("epoch_weeks_before")), rows.set_index("week")["rate"]
    rates = (weeks.get(week, math.nan) for week in range(first, int(weeks.index[-1]) + 1))
    found = tuple(None if math.isnan(rate) else rate * a_week for rate in rates)
    return Episode(name=title, day=rows["day"].iloc[0].date(), rates=found, cut=bool(rows["cut"].iloc[-1]))


def _mean(epochs: Epochs, *, a_week: float) -> list[MeanWeek]:
    return [
        MeanWeek(
            week=int(row.week),
            mean=row.rate * a_week,
            low=_times(row.low, a_week),
            high=_times(row.high, a_week),
        )
        for row in epochs.mean.itertuples()
    ]


def _times(rate: float, a_week: float) -> float | None:
    return None if math.isnan(rate) else rate * a_week


def _name(say: Words, row: object) -> str:
    return f"{row.title} ({say.short_date(row.day.date())})"  # type: ignore[attr-defined]


def _labels(say: Words, epochs: Epochs) -> DayZeroLabels:
    return DayZeroLabels(
        locale=say.language,
        day_zero=say("day 0"),
        weeks_after=say("weeks after the incident"),
        floor=say("floor"),
        mean=say("mean of {n}", n=epochs.followed),
        single=say("one incident"),
        cut=say("next incident"),
        incident=say("Incident"),
        date=say("Date"),
        week=say("Week"),
        rate=say("Activities per week"),
        range=say("Likely"),
        number=lambda x: say.number(x, 1),
        between=lambda low, high: say.range_words(low, high, step=0.1, digits=1),
    )
