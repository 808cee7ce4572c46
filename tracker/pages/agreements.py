"""What was promised: what asks for an answer, what is open, making an agreement, and what lasts."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.agreements import asked, kept
from tracker.pages.around import frame, readings, write
from tracker.pages.forms import agreement_form
from tracker.pages.parts import agreement_list, lasting, looking_back


def draw() -> None:
    """One conclusion first; overdue agreements before the open ones."""
    say = frame.voice()
    known = readings.cooperation(frame.today())
    found = kept(known)
    write.heading(say.agreements_line(found), 1)
    if found.due:
        write.paragraph(say.on_time_line(found))
    looking_back.draw(say, known, asked(known), elsewhere=False)
    agreement_list.draw(say, known, found)
    agreement_form.draw(say)
    lasting.draw(say, known)
    st.page_link("handover.py", label=say("Hand-over page for a successor"))
    frame.link("history.py", label=say("Who changed what"))


draw()
