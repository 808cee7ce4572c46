"""Looking back together on one incident: four questions, answered once and changed later if need be."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.wording import Wording
from tracker.pages.forms import entry, saving, taking_back
from tracker.pages.forms.fields import Fields
from tracker.records import IncidentReview
from tracker.words import Words
from tracker.words.field_names import FIELD_NAMES

QUESTIONS = ("context", "response", "result", "next_time")


def draw(say: Words, incident: int) -> None:
    """What stands, and a fold to fill it in."""
    form = f"review_{incident}"
    held = next(iter(frame.current_store().about_incident(IncidentReview, incident)), None)
    write.heading(say("Looking back on it together"), 3)
    if held is not None:
        rows = [
            (say(FIELD_NAMES[name]), getattr(held.record, name))
            for name in QUESTIONS
            if getattr(held.record, name)
        ]
        head = (say("Held on {day}", day=say.date(held.record.held_on)), say("Answer"))
        write.table(head, rows, caption=say("Looking back on it together"))
    if not frame.may("edit"):
        return
    draft = entry.draft(form)
    if held is not None and draft.stored is None:
        if st.button(say("Change these answers"), key=f"change.{form}"):
            entry.start(form, correct=held)
            st.rerun()
        with st.expander(say("Was it logged by mistake?")):
            taking_back.draw(Wording(say, frame.current_store()), held)
        return
    with st.expander(say("Fill in the four questions"), expanded=draft.stored is not None):
        fields = Fields(say, draft)
        day = fields.day(
            "held_on", say("When did you look back?"), draft.record.held_on if draft.record else None
        )
        said = {
            name: fields.text(name, say(FIELD_NAMES[name]), getattr(draft.record, name, ""))
            for name in QUESTIONS
        }
        saving.offer(
            say,
            fields,
            form,
            lambda: IncidentReview(incident_id=incident, held_on=day or frame.today(), **said),
            main=False,
        )
