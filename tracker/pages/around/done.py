"""What was just done stands at the top of the next page, in view also further down, with one undo."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.records import InvalidRecord
from tracker.store import StoreError
from tracker.words import Words


def show(say: Words) -> None:
    """What was just done, with one button to undo it; stays until something else is done.

    It has a place of its own also when it is empty: else all that stands below would move into another place
    of the page, and be drawn wrongly until the page is whole again.
    """
    place = st.empty()
    done: Done | None = st.session_state.get("done")
    if done is None or done.database != str(frame.database()):
        return
    with place.container(horizontal=True, vertical_alignment="center", key="done"):
        write.paragraph(done.text, role="status")
        if done.undo is not None:
            st.button(say("Undo"), on_click=_undo, args=(say, done))


def _undo(say: Words, done: Done) -> None:
    assert done.undo is not None
    try:
        done.undo()
    except (InvalidRecord, StoreError) as refused:
        why = say.problem(getattr(refused, "code", "conflict"))
        frame.announce(Done(say("Not undone: {what} {why}", what=done.text, why=why)))
    else:
        frame.announce(Done(say("Undone: {what}", what=done.text)))
