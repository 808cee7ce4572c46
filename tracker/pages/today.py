"""The home screen: one sentence about now, its certainty, the next step, one picture."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tracker.analysis import Assessment
from tracker.analysis.question import Question
from tracker.pages import begin, calm, entry, example, frame, headline, picture, write
from tracker.pages.frame import Done
from tracker.pages.wording import Wording
from tracker.records import Activity, Silence
from tracker.store import Stored, StoreError
from tracker.words import Words


def draw() -> None:
    """Today, or the first step when nothing was ever logged."""
    say = frame.voice()
    question = Question(until=frame.today())
    assessment = frame.assessment(question)
    headline.draw(say, assessment.finding)
    empty = assessment.finding.case == "nothing_logged"
    _buttons(say, main=not empty)
    if empty:
        _first_step(say, assessment)
        return
    _ask_about_silence(say, assessment)
    picture.draw(say, question)
    with st.expander(say("View as a table, or read how this was calculated")):
        picture.figures(say, assessment)
        picture.weeks(say, assessment)
    left, right = st.columns(2, gap="large")
    with left:
        calm.draw(say, assessment.finding.structure)
    with right:
        write.heading(say("What this does not say"))
        write.paragraph(say.limits())


def _buttons(say: Words, *, main: bool) -> None:
    """What is done most; on an empty page the first step is the main one."""
    latest = frame.current_store().latest_activity()
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
        write.table(("", say("now"), say("needed")), rows, caption=say("What a verdict needs"))


def _ask_about_silence(say: Words, assessment: Assessment) -> None:
    """A stretch that nobody logged is unknown until somebody says what it was."""
    if assessment.silence is None:
        return
    first, last = assessment.silence
    with st.container(border=True, key="silence"):
        write.paragraph(
            say(
                "From {first} to {last} nothing was logged. Did nothing happen, or was it not logged?",
                first=say.date(first),
                last=say.date(last),
            )
        )
        with st.container(horizontal=True):
            for answer, words in (
                ("nothing_happened", say("Nothing happened")),
                ("not_logged", say("It was not logged")),
            ):
                st.button(words, key=answer, on_click=_answer, args=(say, first, last, answer))


def _answer(say: Words, first: date, last: date, answer: str) -> None:
    current, by = frame.current_store(), frame.actor()
    silence = Silence(first_day=first, last_day=last, answer=answer)
    try:
        stored = current.add(silence, by=by, request=f"silence {first} {last} {answer} {current.revision()}")
    except StoreError as refused:
        frame.announce(Done(say.problem(refused.code)))
        return
    text = say("Answered: {first} to {last}.", first=say.date(first), last=say.date(last))
    reason = say("Undone right after the answer")
    frame.announce(
        Done(
            text,
            lambda: current.withdraw(Silence, stored.id, seen_version=stored.version, reason=reason, by=by),
        )
    )


draw()
