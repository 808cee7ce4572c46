"""The timeline on a page: the picture twice (wide and narrow), and the same figures as a table and a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from tracker.analysis import Assessment
from tracker.analysis.finding import TimelineFacts
from tracker.analysis.question import Question
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.timeline import timeline, to_spec
from tracker.charts.wording import timeline_labels
from tracker.pages.around import drawing, frame, readings, write
from tracker.words import Words, speak


def draw(say: Words, question: Question, *, since: date | None = None) -> None:
    """The timeline for a wide and for a narrow screen; a style shows one of the two."""
    store = frame.current_store()
    dark = st.context.theme.type == "dark"
    for width in ("wide", "narrow"):
        spec = _spec(str(store.path), store.state(), question, say.language, dark, width == "narrow", since)
        with st.container(key=width):
            st.vega_lite_chart(spec, theme=None, width="stretch", key=f"timeline_{width}")


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=readings.KEYED)
def _spec(
    path: str, state: str, question: Question, language: str, dark: bool, narrow: bool, since: date | None
) -> dict[str, Any]:
    """The finished drawing, kept for as long as the log does not change: a third of a second to make."""
    say, assessment = speak(language), readings.assessed(path, state, question)
    labels, palette = timeline_labels(say), DARK if dark else LIGHT
    described = f"{say.sentence(assessment.finding)} {say.certainty(assessment.finding)}"
    chart = timeline(
        assessment.timeline,
        labels=labels,
        palette=palette,
        description=described,
        since=since,
        narrow=narrow,
    )
    return drawing.packed(to_spec(chart, palette, labels))


def figures(say: Words, assessment: Assessment) -> None:
    """The estimates in words: what each is worth and what it means."""
    head = (say("Figure"), say("Value"), say("What it means"))
    write.table(head, say.explanations(assessment.finding), caption=say("The figures behind the sentence"))
    for text in (
        say.what_counts(assessment.finding),
        say.sensitivity(assessment.finding),
        say.companion(assessment.finding),
    ):
        if text:
            write.paragraph(text)


def weeks(say: Words, question: Question) -> None:
    """The weeks of the picture as a table, newest first, and as a file."""
    store = frame.current_store()
    shown, sent = _weeks(str(store.path), store.state(), question, say.language)
    st.dataframe(sent, hide_index=True, width="stretch", height=320, key="weeks")
    st.download_button(
        say("Download as CSV"),
        data=lambda: csv_bytes(say, shown),
        file_name=say("weeks") + ".csv",
        mime="text/csv",
        on_click="ignore",
    )


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=readings.KEYED)
def _weeks(path: str, state: str, question: Question, language: str) -> tuple[pd.DataFrame, pa.Table]:
    """The finished table, and newest first as it is sent. Kept for as long as the log does not change:
    its numbers and days in words took a third of every run of the home screen, and sending pandas' table
    another fortieth, also while nobody had opened the fold."""
    made = weeks_table(speak(language), readings.assessed(path, state, question).timeline)
    return made, pa.Table.from_pandas(made.iloc[::-1], preserve_index=False)


def weeks_table(say: Words, facts: TimelineFacts) -> pd.DataFrame:
    """One row a week: Monday, activities, floor, extra, incidents; all words of the reader's language."""
    return pd.DataFrame(
        _rows(say, facts),
        columns=[say("Week of"), say("Activities"), say("Floor"), say("Extra"), say("Incidents")],
    )


def csv_bytes(say: Words, table: pd.DataFrame) -> bytes:
    """The table as a spreadsheet reads it: in Dutch with semicolons, formulas quoted."""
    safe = table.map(lambda cell: "'" + cell if cell.startswith(("=", "+", "-", "@", "\t")) else cell)
    separator = ";" if say.language == "nl" else ","
    return safe.to_csv(index=False, sep=separator, lineterminator="\r\n").encode("utf-8-sig")


def _rows(say: Words, facts: TimelineFacts) -> Iterator[tuple[str, ...]]:
    incidents = (
        facts.incidents.assign(
            week=facts.incidents["day"] - pd.to_timedelta(facts.incidents["day"].dt.day_of_week, unit="D")
        )
        if len(facts.incidents)
        else facts.incidents.assign(week=[])
    )
    titles = incidents.groupby("week")["title"].agg(", ".join) if len(incidents) else {}
    for row in facts.weeks.itertuples():
        known = not row.unknown
        yield (
            say.date(row.week.date()),
            say.number(row.count) if known else say("not known"),
            say.number(row.floor, 1) if known and pd.notna(row.floor) else "",
            say.number(row.extra, 1) if known and pd.notna(row.extra) else "",
            titles.get(row.week, ""),
        )
