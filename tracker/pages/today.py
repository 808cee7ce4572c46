"""The home screen: one sentence about now, its certainty, the next step, one picture."""

from __future__ import annotations

import streamlit as st

from tracker.analysis import Assessment
from tracker.analysis.agreements import Kept, asked, kept
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.question import Question
from tracker.pages.around import example, frame, readings, write
from tracker.pages.around.wording import Wording
from tracker.pages.forms import begin, entry, silence
from tracker.pages.parts import agreement_list, calm, headline, looking_back, picture, threat_level, tour
from tracker.records import Activity
from tracker.store import Stored
from tracker.words import Words

_LINES = 5


def draw() -> None:
    """Today, or the first step when nothing was ever logged."""
    say = frame.voice()
    question = Question(until=frame.today())
    assessment = readings.assessment(question)
    known = readings.agreed(frame.today())
    waiting, promised = asked(known), kept(known)
    asks = bool(waiting or promised.overdue) or _asks(assessment)
    headline.draw(say, assessment.finding, asks=asks)
    empty = assessment.finding.case == "nothing_logged"
    _buttons(say, main=not empty)
    tour.draw(say, empty=empty)
    if empty:
        _first_step(say, assessment)
        return
    silence.ask(say, assessment)
    threat_level.draw(say, assessment.timeline)
    picture.draw(say, question)
    with st.expander(say("View as a table, or read how this was calculated")):
        picture.figures(say, assessment)
        picture.weeks(say, question)
    left, right = st.columns(2, gap="large")
    with left:
        calm.draw(say, assessment.finding.structure, asks=asks)
    with right:
        looking_back.draw(say, known, waiting)
        _overdue(say, known, promised)
        write.heading(say("What this does not say"))
        write.paragraph(say.limits())
        frame.link("history.py", label=say("Who changed what"))


def _asks(assessment: Assessment) -> bool:
    """Whether a silence below the headline waits for an answer."""
    structure = assessment.finding.structure
    return bool(assessment.silence or (structure is not None and calm.silent(structure)))


def _overdue(say: Words, known: Cooperation, promised: Kept) -> None:
    """The agreements that are overdue; nothing when all is well."""
    lines = agreement_list.overdue_lines(say, known, promised, most=_LINES)
    if lines:
        write.heading(say("Agreements that are overdue"))
        write.points(lines)
        st.page_link("agreements.py", label=say("To all agreements"))


def _buttons(say: Words, *, main: bool) -> None:
    """What is done most; on an empty page the first step is the main one."""
    if not frame.may("edit"):
        return
    latest = frame.current_store().latest_activity(frame.today())
    with st.container(horizontal=True):
        if st.button(say("Log a meeting"), type="primary" if main else "secondary", key="to_meeting"):
            entry.start("activity")
            st.switch_page("log.py")
        if st.button(say("Log an incident"), key="to_incident"):
            entry.start("incident")
            st.switch_page("log.py")
        if latest and st.button(write.label(_repeat_label(say, latest)), key="to_repeat"):
            entry.start("activity", repeat=latest.record)
            st.switch_page("log.py")


def _repeat_label(say: Words, latest: Stored[Activity]) -> str:
    what = Wording(say, frame.current_store()).title(latest)
    return say("Repeat: {what} of {day}", what=what, day=say.short_date(latest.record.happened_on))


def _first_step(say: Words, assessment: Assessment) -> None:
    """An empty database explains what to do first, and offers the example."""
    structure = assessment.finding.structure
    if structure is not None and structure.arrangements:
        calm.draw(say, structure)
    left, right = st.columns(2, gap="large")
    with left:
        begin.draw(say)
        write.paragraph(say("Incidents are not needed. You see what goes quiet at once."))
        write.paragraph(say("Organisations and roles only. Names of people do not belong here."))
        if st.button(say("Look at the example first"), key="to_example"):
            example.show()
            st.rerun()
    with right:
        write.heading(say("What a verdict needs"))
        names = {
            "record_days": say("days on record"),
            "activities": say("activities together"),
            "arrangements_with_rhythm": say("arrangements with a rhythm"),
            "expected_meetings": say("agreed meetings that fell due"),
        }
        rows = [
            (names[need.what], say.number(need.have), say.number(need.need))
            for need in assessment.finding.needed
            if need.what in names
        ]
        write.table((say("What"), say("now"), say("needed")), rows, caption=say("What a verdict needs"))


draw()
