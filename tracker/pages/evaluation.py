"""The quarterly evaluation: nine questions with their facts, for the screen in the meeting."""

from __future__ import annotations

import streamlit as st

from tracker import report
from tracker.analysis.quarter import Quarter
from tracker.pages.around import address, frame, write
from tracker.pages.forms import choices
from tracker.pages.parts import agreement_list, meeting, meeting_closing, meeting_facts, meeting_writing
from tracker.pages.parts.meeting import Meeting
from tracker.records import REVIEW_TOPICS, Activity, Incident, QuarterReview
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES
from tracker.words.review import SHORT

_BEFORE, _CLOSING = "before", "closing"
_STEPS = (_BEFORE, *REVIEW_TOPICS, _CLOSING)
_MARK = " ●"


def draw() -> None:
    """One question at a time; quarter and question stand in the address."""
    say = frame.voice()
    with st.container(key="meeting"):
        quarters = _quarters()
        found = meeting.open_for(say, _asked(quarters))
        step = _step(say, found)
        if step == _BEFORE:
            _opening(say, found, quarters)
        elif step == _CLOSING:
            write.heading(say.decided_line([one.record for one in found.decisions]), 1)
            meeting_closing.draw(say, found)
        else:
            _question(say, found, step)


def _quarters() -> list[Quarter]:
    """Every quarter that was logged or evaluated, up to the running one, newest first."""
    store, today = frame.current_store(), frame.today()
    logged = [*store.records(Incident, limit=1), *store.records(Activity, limit=1)]
    days = [one.record.happened_on for one in logged]
    days += [one.record.quarter for one in store.records(QuarterReview)]
    oldest = min([Quarter.last_full(today), *map(Quarter.of, days)])
    found = [Quarter.of(today)]
    while found[-1] > oldest:
        found.append(found[-1].back(1))
    return found


def _asked(quarters: list[Quarter]) -> Quarter:
    """The quarter in the address, else the newest that is over."""
    chosen = st.session_state.get("filter.quarter") or st.query_params.get("quarter")
    return next((one for one in quarters if one.code == chosen), Quarter.last_full(frame.today()))


def _step(say: Words, found: Meeting) -> str:
    """The row of steps, and the buttons to turn a page; a presenter's remote sends the same keys."""
    used = {*found.notes, *(one.record.topic for one in found.decisions)}
    names = {_BEFORE: say("Last time")}
    for number, topic in enumerate(REVIEW_TOPICS, start=1):
        names[topic] = f"{number} {say(SHORT[topic])}{_MARK if topic in used else ''}"
    names[_CLOSING] = say("Close")
    with st.container(key="meeting_steps"):
        step = address.one("topic", say("Step of the meeting"), names, _BEFORE)
    place = _STEPS.index(step)
    where, turning = st.columns([7, 5], vertical_alignment="center")
    with where:
        write.paragraph(_place(say, found, step))
    with turning, st.container(horizontal=True, horizontal_alignment="right"):
        for label, to, key in ((say("Previous"), place - 1, "PageUp"), (say("Next"), place + 1, "PageDown")):
            there = 0 <= to < len(_STEPS)
            to_step = _STEPS[to] if there else step
            st.button(
                label, on_click=_turn, args=(to_step,), disabled=not there, shortcut=key, key=f"turn.{key}"
            )
    return step


def _turn(step: str) -> None:
    st.session_state["filter.topic"] = step


def _place(say: Words, found: Meeting, step: str) -> str:
    """Which quarter, which question, how many minutes, and since when the facts stand still."""
    place = ""
    if step in REVIEW_TOPICS:
        item = found.agenda[REVIEW_TOPICS.index(step)]
        number = REVIEW_TOPICS.index(step) + 1
        place = say.question_place(item.aim, number, len(REVIEW_TOPICS), item.minutes)
    stood = say.as_it_stood(found.frozen.closed_on) if found.frozen else ""
    legend = say("{mark} has a note or a decision", mark=_MARK.strip())
    marked = legend if step not in REVIEW_TOPICS and (found.notes or found.decisions) else ""
    return " · ".join(filter(None, (say.quarter(found.quarter.first), place, stood, marked)))


def _question(say: Words, found: Meeting, topic: str) -> None:
    item = found.agenda[REVIEW_TOPICS.index(topic)]
    write.heading(item.sections[0].heading, 1)
    write.heading(say(FIXED_CODES[topic]))
    facts, writing = st.columns([7, 5], gap="large")
    with facts:
        meeting_facts.draw(say, item.sections, found.facts)
    with writing:
        meeting_writing.draw(say, found, topic)


def _opening(say: Words, found: Meeting, quarters: list[Quarter]) -> None:
    """What became of the decisions of last time, before anything new is discussed."""
    store, today = frame.current_store(), frame.today()
    earlier = meeting.before(store, found.quarter)
    made = [one for one in meeting.decisions(store, earlier) if one.id in found.known.agreements]
    write.heading(say.became_line(earlier, [one.record for one in made], today), 1)
    left, right = st.columns([7, 5], gap="large")
    with left:
        roles = choices.terms(say, store, "role")
        for one in made:
            if one.record.state == "open":
                agreement_list.item(say, found.known, one.id, roles)
        closed = tuple(one.id for one in made if one.record.state != "open")
        if closed:
            agreement_list.closed_table(say, found.known, closed)
        if not made:
            write.paragraph(say("What is decided today stands here next time."))
    with right:
        names = {one.code: say.quarter(one.first) for one in quarters}
        address.listed("quarter", say("Which quarter?"), names, Quarter.last_full(today).code)
        _plan(say, found)


def _plan(say: Words, found: Meeting) -> None:
    rows = [(say("Last time"), say.number(report.OPENING_MINUTES))]
    rows += [(say(FIXED_CODES[item.topic]), say.number(item.minutes)) for item in found.agenda]
    with st.expander(say("The plan: {n} minutes", n=report.MINUTES)):
        write.table((say("Question"), say("Minutes")), rows, caption=say("The plan of the meeting"))


draw()
