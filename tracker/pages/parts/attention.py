"""What was counted elsewhere: a panel a series under the timeline, and each series around the incidents."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tracker.analysis.attention import Attention, around, unknown
from tracker.analysis.finding import TimelineFacts
from tracker.analysis.question import Question
from tracker.charts.attention import PanelLabels, panel
from tracker.pages.around import address, drawing, frame, readings, write
from tracker.pages.parts import day_zero
from tracker.words import Words

SHOWN = 4  # series at once; more of them take a choice


def panels(say: Words, facts: TimelineFacts) -> None:
    """A panel a series on the days of the timeline, and their weeks as a table; nothing without a series."""
    found = readings.series(facts.last, facts.first)
    if not found:
        return
    write.heading(say("What was counted elsewhere"))
    write.paragraph(say.series_limits())
    shown = _chosen(say, found)
    for place, one in enumerate(shown):
        _panel(say, place, one, facts)
    with st.expander(say("View the series as a table")):
        st.dataframe(
            weeks_table(say, shown), hide_index=True, width="stretch", height=320, key="series_weeks"
        )


def day_zeros(say: Words, question: Question) -> None:
    """Each series around the incidents, apart from what partners did; nothing without a series."""
    found = readings.series(question.until, question.since)
    if not found:
        return
    write.heading(say("What was counted elsewhere, around the incidents"))
    write.paragraph(say.series_around_limits())
    incidents = readings.log(str(frame.current_store().path), question).incidents
    for place, one in enumerate(_chosen(say, found)):
        epochs, name = around(one, incidents), write.label(one.name)
        write.heading(say.series_around(one.name, epochs), 3)
        if epochs.incidents:
            day_zero.draw_series(say, one.name, epochs, place)
            with st.expander(say("View {name} as a table", name=name)):
                table = day_zero.weeks_table(say, epochs, a_week=1)
                st.dataframe(table, hide_index=True, width="stretch", height=320)


def weeks_table(say: Words, shown: Sequence[Attention]) -> pd.DataFrame:
    """One row a week, newest first: Monday, and what each series added up to; empty where it has no value."""
    columns = {one.name: one.weeks.set_index("week")["total"] for one in shown}
    totals = pd.DataFrame(columns).sort_index(ascending=False)
    cells = totals.map(lambda total: say("no value") if pd.isna(total) else say.amount(total))
    cells.insert(0, say("Week of"), [say.date(week.date()) for week in cells.index], allow_duplicates=True)
    return cells


def _chosen(say: Words, found: Sequence[Attention]) -> list[Attention]:
    """The first few, or those that were chosen."""
    if len(found) <= SHOWN:
        return list(found)
    names = {one.name: one.name for one in found}
    chosen = address.several("series", say("Which series?"), names, placeholder=say("The first four"))
    return [one for one in found if one.name in chosen] or list(found[:SHOWN])


def _panel(say: Words, place: int, one: Attention, facts: TimelineFacts) -> None:
    line = say.series_line(one)
    write.heading(line, 3)
    counted = facts.incidents["day"][facts.incidents["counts"].astype(bool)]
    incidents = tuple(day.date() for day in counted)
    drawing.twice(
        f"series_{place}",
        lambda palette, narrow: panel(
            one.weeks,
            unknown(one, facts.first, facts.last),
            incidents,
            first=facts.first,
            last=facts.last,
            labels=_labels(say, one),
            palette=palette,
            description=line,
            narrow=narrow,
        ),
        of=(one.name, facts.first, facts.last, incidents),
    )


def _labels(say: Words, one: Attention) -> PanelLabels:
    return PanelLabels(
        locale=say.language,
        title=say("{name}, per week", name=one.name),
        unknown=say("no value"),
        week_of=say("Week of"),
        value=say("Value"),
        with_value=say("Days with a value"),
        number=say.amount,
        day=say.date,
    )
