"""The timeline and its figures for a chosen part of the log, with an address that can be shared."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tracker.analysis.question import Question
from tracker.pages.around import address, frame, readings, write
from tracker.pages.forms import choices
from tracker.pages.parts import attention, course, headline, picture, threat_level
from tracker.records import SEVERITIES
from tracker.words import Words

_FILTERS = ("from", "until", "severity", "calendar", "kinds", "aftermath")


def draw() -> None:
    """Filters in one row, the sentence for what they leave, picture, figures, weeks."""
    say = frame.voice()
    whole = readings.assessment(Question(until=frame.today()))
    first = whole.finding.window.first
    if first is None:
        headline.draw(say, whole.finding)
        write.paragraph(say("As soon as something is logged, the picture stands here."))
        frame.link("log.py", label=say("Log a meeting"))
        return
    top = st.container()
    question = _question(say, first)
    assessment = readings.assessment(question)
    with top:
        headline.draw(say, assessment.finding)
    threat_level.draw(say, assessment.timeline)
    picture.draw(say, question)
    attention.panels(say, assessment.timeline)
    write.heading(say("The figures behind the sentence"))
    picture.figures(say, assessment)
    course.floors(say, assessment)
    course.strip(say, question)
    write.heading(say("Week by week"))
    picture.weeks(say, question)


def _question(say: Words, first: date) -> Question:
    """What the filters ask; they open by themselves when a link brought some along."""
    calendars = {"working-days": say("working days"), "every-day": say("every day")}
    severities = {str(least): str(least) for least in SEVERITIES[:4]}
    with st.expander(say("Look at a part of the log"), expanded=address.is_set(_FILTERS)):
        with st.container(horizontal=True):
            since = address.day("from", say("From"), first)
            until = address.day("until", say("Up to and including"), frame.today())
            severity = address.one("severity", say("Incidents from severity"), severities, "1")
            calendar = address.one("calendar", say("Count on"), calendars, "working-days")
        kinds = choices.terms(say, frame.current_store(), "activity_kind")
        chosen = address.several("kinds", say("Only these activities"), kinds, placeholder=say("All"))
        aftermath = address.switch(
            "aftermath",
            say("The log starts in the middle of an aftermath"),
            help=say("Then the first months are not taken for a floor that shrinks."),
        )
    if address.is_set(_FILTERS):
        write.paragraph(
            say("This is the verdict on a part of the log, not on the whole of it."), tone="problem"
        )
    if since > until:
        write.paragraph(
            say("The first day is after the last day. The whole log is shown."), role="alert", tone="problem"
        )
        since, until = first, frame.today()
    return Question(
        since=None if since == first else since,
        until=until,
        calendar=calendar,
        min_severity=int(severity),
        kinds=chosen,
        starts_in_aftermath=True if aftermath else None,
    )


draw()
