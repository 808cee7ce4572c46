"""The course of the floor and of the verdict: a picture per quarter and a strip of words."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tracker.analysis import Assessment, quarters
from tracker.analysis.quarters import QuarterVerdict
from tracker.analysis.question import Question
from tracker.charts.floor_quarter import floor_quarter
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.wording import quarter_labels, quarter_name
from tracker.pages.around import frame, readings, write
from tracker.words import Words


def floors(say: Words, assessment: Assessment) -> None:
    """The floor per quarter: a sentence, the picture, the numbers."""
    conclusion = say.floor_course(assessment.finding)
    write.heading(conclusion)
    write.paragraph(say("Open circle: fewer than ten activities in that quarter. The line is its range."))
    if assessment.floors["floor"].notna().any():
        palette = DARK if st.context.theme.type == "dark" else LIGHT
        spec = floor_quarter(
            assessment.floors, labels=quarter_labels(say), palette=palette, description=conclusion
        )
        st.vega_lite_chart(spec, theme=None, width="stretch", key="floor_quarter")
    with st.expander(say("View the quarters as a table")):
        head = (say("Quarter"), say("Activities"), say("Floor per week"), say("Range"))
        rows = [_row(say, row) for row in assessment.floors.itertuples()]
        write.table(head, rows, caption=say("The floor of every quarter"))


def strip(say: Words, question: Question) -> None:
    """The verdict as it looked at the end of every quarter, and why it changed."""
    write.heading(say("The verdict through time"))
    store = frame.current_store()
    found = _verdicts(str(store.path), store.state(), question)
    rows = []
    for before, after in zip([None, *found], found, strict=False):
        why = say.change(before.finding if before else None, after.finding)
        rows.append((say.date(after.end), say.verdict_word(after.finding), why))
    head = (say("On the evening of"), say("Verdict"), say("Why it changed"))
    write.table(head, rows[::-1], caption=say("The verdict at the end of every quarter"))


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=readings.KEYED)
def _verdicts(path: str, state: str, question: Question) -> list[QuarterVerdict]:
    """Kept for as long as the log does not change: a twelfth of a second for each quarter."""
    return quarters.verdicts(readings.log(path, question), question, readings.meetings(path, question.until))


def _row(say: Words, row: Any) -> tuple[str, ...]:
    name, count = quarter_name(say, row.start.date()), say.number(row.count)
    if pd.isna(row.floor):
        return name, count, say("not known"), ""
    return name, count, say.number(row.floor, 1), say.range_words(row.low, row.high, step=0.1, digits=1)
