"""What is typed during the evaluation: the note of a question, and decisions as agreements of this review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.forms import choices, entry, saving
from tracker.pages.forms.fields import Fields
from tracker.pages.parts.meeting import Meeting
from tracker.records import Agreement, InvalidRecord, ReviewNote
from tracker.words import Words

_WEEKS = 4


def draw(say: Words, meeting: Meeting, topic: str) -> None:
    """Decision first, for it is typed live; what was decided so far stays in sight."""
    if meeting.review is not None:
        write.paragraph(say("This evaluation is closed. Open it again at the end to change it."))
        if topic in meeting.notes:
            write.heading(say("Note at this question"), 3)
            write.paragraph(meeting.notes[topic].record.note)
    elif frame.may("edit"):
        _decision(say, meeting, topic)
        _note(say, meeting, topic)
    listed(say, meeting)


def listed(say: Words, meeting: Meeting) -> None:
    """The decisions of this meeting, the newest first."""
    write.heading(say.decided_line([one.record for one in meeting.decisions]), 3)
    roles = choices.terms(say, frame.current_store(), "role")
    lines = [say.decision_line(meeting.known, one.record, roles) for one in reversed(meeting.decisions)]
    if lines:
        write.points(lines)


def _decision(say: Words, meeting: Meeting, topic: str) -> None:
    write.heading(say("New decision"), 3)
    form = f"decision_{meeting.quarter.code}_{topic}"
    fields, store = Fields(say, entry.draft(form)), frame.current_store()
    given: dict[str, Any] = {"text": fields.text("text", say("What do we agree?"), "")}
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        owners = choices.owners(say, store, None, fields.chosen("owner_id"))
        given["owner"] = fields.choice("owner_id", say("Which organisation does it?"), owners, "")
    with right:
        roles = choices.terms(say, store, "role", none=say("Not said"))
        given["role"] = fields.choice("owner_role", say("In which role?"), roles, "")
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        due = frame.today() + timedelta(weeks=_WEEKS)
        given["due_on"] = fields.day("due_on", say("Before when?"), due, ahead=True)
    with right:
        saving.offer(say, fields, form, lambda: _agreement(say, meeting, topic, given))


def _agreement(say: Words, meeting: Meeting, topic: str, given: dict[str, Any]) -> Agreement:
    """Without an owner it is refused before anything new is made."""
    if not given["owner"]:
        raise InvalidRecord({"owner_id": "required"} | ({} if given["text"] else {"text": "required"}))
    owner = choices.partner_ids(say, frame.current_store(), [given["owner"]], frame.actor())[0]
    return Agreement(
        text=given["text"],
        owner_id=owner,
        owner_role=given["role"],
        due_on=given["due_on"],
        made_on=min(frame.today(), given["due_on"]),
        origin="review",
        quarter=meeting.quarter.first,
        topic=topic,
    )


def _note(say: Words, meeting: Meeting, topic: str) -> None:
    """One note a question and quarter: written on as the meeting goes, each version kept in the history."""
    held, form = meeting.notes.get(topic), f"note_{meeting.quarter.code}_{topic}"
    fields = Fields(say, entry.draft_of(form, held))
    note = fields.text("note", say("Note at this question"), held.record.note if held else "")
    saving.offer(
        say,
        fields,
        form,
        lambda: ReviewNote(quarter=meeting.quarter.first, topic=topic, note=note),
        main=False,
        why=say("Written on during the evaluation") if held else "",
    )
