"""The end of an evaluation: its facts are kept as they stand, or it is opened again with a reason."""

from __future__ import annotations

import streamlit as st

from tracker import report
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.around.wording import Wording
from tracker.pages.forms import choices, entry, taking_back
from tracker.pages.parts import agreement_list, meeting_report
from tracker.pages.parts.meeting import Meeting, material
from tracker.records import REVIEW_TOPICS, InvalidRecord, QuarterReview
from tracker.words import N_, Words
from tracker.words.field_names import FIXED_CODES


def draw(say: Words, meeting: Meeting) -> None:
    """What was decided and noted, the button that closes, and the report."""
    if frame.may("edit"):
        if meeting.review is None:
            _close(say, meeting)
        else:
            _closed(say, meeting)
    if frame.may("export_report"):
        meeting_report.draw(say, meeting)
    roles = choices.terms(say, frame.current_store(), "role")
    waiting = [n for n in meeting.numbers() if meeting.known.agreements[n].state == "open"]
    if waiting:
        write.heading(say("Decisions of this evaluation"))
    for number in waiting:
        agreement_list.item(say, meeting.known, number, roles)
    rows = [
        (say(FIXED_CODES[topic]), meeting.notes[topic].record.note)
        for topic in REVIEW_TOPICS
        if topic in meeting.notes
    ]
    if rows:
        write.heading(say("Notes of this evaluation"))
        write.table(
            (say("Question"), say("Note at this question")), rows, caption=say("Notes of this evaluation")
        )


def _close(say: Words, meeting: Meeting) -> None:
    last = meeting.quarter.last
    if frame.today() <= last:
        write.paragraph(
            say("The quarter runs until {day}. Close the evaluation after that.", day=say.date(last))
        )
        return
    write.paragraph(
        say("Closing keeps the facts as they stand today. What is logged later no longer moves this report.")
    )
    if entry.half_filled():
        write.paragraph(say("A form holds something that is not stored yet."), role="alert")
    if st.button(say("Close this evaluation"), type="primary", key="close_evaluation"):
        with st.spinner(say("The facts are being kept. This takes about ten seconds.")):
            _keep(say, meeting)


def _keep(say: Words, meeting: Meeting) -> None:
    """Record and facts in one go; who closes it second is told, and nothing is kept twice."""
    store, by, now = frame.current_store(), frame.actor(), frame.now()
    facts = report.freeze(report.gather(store, meeting.quarter, today=now.date()), now)
    review = QuarterReview(quarter=meeting.quarter.first, held_on=now.date())
    try:
        closed = store.close_quarter(review, facts, by=by)
    except InvalidRecord as refused:
        for field, code in refused.problems.items():
            write.paragraph(say.problem(code, field), role="alert", tone="problem")
        return
    undone = say("Undone right away")
    frame.announce(
        Done(
            say(N_("Closed: the evaluation of {quarter}"), quarter=say.quarter(meeting.quarter.first)),
            lambda: store.withdraw(
                QuarterReview, closed.id, seen_version=closed.version, reason=undone, by=by
            ),
        )
    )
    st.rerun()


def _closed(say: Words, meeting: Meeting) -> None:
    """Which counts would differ now, and opening it again."""
    assert meeting.review is not None
    if meeting.frozen is None:
        day = say.date(meeting.review.record.held_on)
        write.paragraph(
            say("Closed on {day}; its facts were not kept here, so they are counted now.", day=day)
        )
    else:
        now = report.counted(material(meeting.quarter))
        write.paragraph(say.moved_line(meeting.frozen.counts, now))
    with st.expander(say("Open this evaluation again")):
        words = (say("Why do you open it again?"), say("Open it again"))
        taking_back.draw(Wording(say, frame.current_store()), meeting.review, words=words)
