"""The day-0 picture and the table of incidents: what came after each, and whether something stayed."""

from __future__ import annotations

import math

import pandas as pd

from tracker.analysis import AroundIncidents, calendar
from tracker.analysis.before_after import WINDOWS, IncidentAfter
from tracker.analysis.epochs import Epochs
from tracker.analysis.finding import Finding
from tracker.analysis.ratchet import Step
from tracker.charts.day_zero import DayZeroLabels, Episode, FloorBand, MeanWeek
from tracker.charts.day_zero import day_zero as chart
from tracker.pages import drawing, write
from tracker.words import Words
from tracker.words.after import WINDOW_NAMES

_WEEK = calendar.days_a_week(calendar.WORKING_DAYS)  # a reader counts in weeks


def draw(say: Words, epochs: Epochs, finding: Finding) -> None:
    """Single lines while they are few, thin ones with a mean from five on."""
    episodes = [
        _episode(title, rows) for (_, title), rows in epochs.curves.groupby(["day", "title"], sort=True)
    ]
    mean = [
        MeanWeek(week=int(row.week), mean=row.rate * _WEEK, low=_per_week(row.low), high=_per_week(row.high))
        for row in epochs.mean.itertuples()
    ]
    floor = finding.floor_now_per_week
    band = FloorBand(rate=floor.value, low=floor.low, high=floor.high) if floor.value is not None else None
    labels, sentence = _labels(say, epochs), say.day_zero(epochs)
    drawing.twice(
        "day_zero",
        lambda palette, narrow: chart(
            episodes,
            mean=mean,
            floor=band,
            labels=labels,
            palette=palette,
            description=sentence,
            narrow=narrow,
        ),
    )


def weeks_table(say: Words, epochs: Epochs) -> pd.DataFrame:
    """One row a week, a column an incident, and the mean where there is one."""
    wide = epochs.curves.assign(name=[_name(say, row) for row in epochs.curves.itertuples()])
    shown = wide.pivot_table(index="week", columns="name", values="rate", dropna=False) * _WEEK
    if not epochs.mean.empty:
        shown[say("Mean")] = epochs.mean.set_index("week")["rate"] * _WEEK
    cells = shown.map(lambda rate: "" if pd.isna(rate) else say.number(rate, 1))
    cells.insert(0, say("Week"), [say.number(week) for week in cells.index])
    return cells


def table(say: Words, around: AroundIncidents) -> None:
    """Every counted incident: the three windows against the year before, and the ratchet in words."""
    found = around.table
    write.heading(say.before_after(found))
    if not found.incidents:
        return
    steps = {(one.day, one.title): one for one in around.steps}
    head = (say("Incident"), *(say(WINDOW_NAMES[name]) for name in WINDOWS), say("Did something stay?"))
    rows = [_row(say, one, steps.get((one.day, one.title))) for one in reversed(found.incidents)]
    write.table(head, rows, caption=say("What came after each incident, against the year before"))
    write.paragraph(say.before_after_limits(found))


def _row(say: Words, one: IncidentAfter, step: Step | None) -> tuple[str, ...]:
    name = f"{one.title} ({say.short_date(one.day)}, {one.severity})"
    windows = (_cell(say, one, window) for window in WINDOWS)
    return name, *windows, say.ratchet(step.retention_step if step else None)


def _cell(say: Words, one: IncidentAfter, window: str) -> str:
    after = one.windows[window]
    return f"{say.after_word(after)} · {say.after_ratio(after)}" if after.changed else say.after_ratio(after)


def _episode(title: str, rows: pd.DataFrame) -> Episode:
    rates = tuple(None if math.isnan(rate) else rate * _WEEK for rate in rows["rate"])
    day = rows["day"].iloc[0].date()
    return Episode(name=title, day=day, rates=rates, cut=bool(rows["cut"].iloc[-1]))


def _per_week(rate: float) -> float | None:
    return None if math.isnan(rate) else rate * _WEEK


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
