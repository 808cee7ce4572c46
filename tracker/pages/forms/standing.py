"""What stands on a page already: one of it chosen, then changed, taken back or put back right there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from tracker.pages.around import frame
from tracker.pages.around.wording import Wording
from tracker.pages.forms import entry, taking_back
from tracker.pages.parts import changed
from tracker.records import Record
from tracker.store import Stored
from tracker.words import Words


def draw(
    say: Words,
    title: str,
    form: str,
    kind: type[Record],
    belongs: Callable[[Stored[Any]], bool],
    fields: Callable[[], None],
) -> None:
    """A fold with the records of a kind that `belongs` says are of this place, what was taken back last.

    `fields` draws `form` once it is started. Nothing when there is nothing to choose.
    """
    if not frame.may("edit"):
        return
    store = frame.current_store()
    held = {one.id: one for one in store.records(kind, withdrawn=True) if belongs(one)}
    if not held:
        return
    wording, draft = Wording(say, store), entry.draft(form)
    names = {number: _name(wording, one) for number, one in held.items()}
    changing = draft.stored is not None and draft.stored.id in held
    with st.expander(title, expanded=changing):
        if changing:
            fields()
            return
        chosen = st.selectbox(
            say("Which of these?"),
            sorted(held, key=lambda number: held[number].withdrawn),
            index=None,
            format_func=lambda number: names.get(number, str(number)),
            placeholder=say("Choose from the list"),
            key=f"standing.{form}",
        )
        if chosen is not None:
            _chosen(wording, held[chosen], form)


def _chosen(wording: Wording, stored: Stored[Any], form: str) -> None:
    """What was taken back is put back before anything is changed in it."""
    if not stored.withdrawn and st.button(wording.say("Change"), key=f"change.{form}"):
        entry.start(form, correct=stored)
        st.rerun()
    taking_back.draw(wording, stored)
    changed.link(wording.say, type(stored.record), stored.id)


def _name(wording: Wording, one: Stored[Any]) -> str:
    title = wording.title(one)
    return wording.say("{what} (taken back)", what=title) if one.withdrawn else title
