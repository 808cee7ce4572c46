"""The timeline and its figures for a chosen part of the log, with an address that can be shared."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from tracker.analysis.question import CALENDARS, Question
from tracker.pages import choices, course, frame, headline, picture, write
from tracker.records import FIRST_DAY, SEVERITIES
from tracker.words import Words


def draw() -> None:
    """Filters in one row, the sentence for what they leave, picture, figures, weeks."""
    say = frame.voice()
    whole = frame.assessment(Question(until=frame.today()))
    first = whole.finding.window.first
    if first is None:
        headline.draw(say, whole.finding)
        write.paragraph(say("As soon as something is logged, the picture stands here."))
        return
    top = st.container()
    question = _question(say, first)
    assessment = frame.assessment(question)
    with top:
        headline.draw(say, assessment.finding)
    picture.draw(say, question)
    write.heading(say("The figures behind the sentence"))
    picture.figures(say, assessment)
    course.floors(say, assessment)
    course.strip(say, question)
    write.heading(say("Week by week"))
    picture.weeks(say, assessment)


def _question(say: Words, first: date) -> Question:
    with st.expander(say("Look at a part of the log")), st.container(horizontal=True):
        since = _day(say("From"), "from", first)
        until = _day(say("Up to and including"), "until", frame.today())
        severity = st.segmented_control(
            say("Incidents from severity"),
            SEVERITIES[:4],
            default=1,
            required=True,
            key="severity",
            bind="query-params",
        )
        calendar = st.segmented_control(
            say("Count on"),
            CALENDARS,
            default=CALENDARS[0],
            required=True,
            key="calendar",
            bind="query-params",
            format_func={"working-days": say("working days"), "every-day": say("every day")}.__getitem__,
        )
        kinds = choices.terms(say, frame.current_store(), "activity_kind")
        chosen = st.multiselect(
            say("Only these activities"),
            list(kinds),
            format_func=kinds.__getitem__,
            key="kinds",
            bind="query-params",
            placeholder=say("All"),
        )
    if since > until:
        write.paragraph(
            say("The first day is after the last day. The whole log is shown."), role="alert", tone="problem"
        )
        since, until = first, frame.today()
    since = None if since == first else since
    return Question(since=since, until=until, calendar=calendar, min_severity=severity, kinds=tuple(chosen))


def _day(label: str, key: str, value: date) -> Any:
    return st.date_input(
        label,
        value=value,
        min_value=FIRST_DAY,
        max_value=frame.today(),
        format="DD-MM-YYYY",
        key=key,
        bind="query-params",
    )


draw()
