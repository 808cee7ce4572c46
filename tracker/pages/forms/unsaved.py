"""What was half filled in when the page was loaded anew or the language changed: put back, and said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from secrets import token_urlsafe
from uuid import uuid4

import streamlit as st

from tracker.pages.around import frame, visiting, write
from tracker.pages.around.desk import DESKS
from tracker.pages.around.frame import Done
from tracker.pages.forms import drafts, entry
from tracker.pages.forms.drafts import DESK, Draft
from tracker.words import Words

_ON_THE_LOG = ("activity", "incident")
_BACK = "drafts_put_back"  # "put_back" is the button that puts a record back


def take_up() -> None:
    """Once a session: puts back what was typed before the page was loaded anew. Then the address tells where
    it lies for as long as something does.
    """
    visitor = visiting.current()
    if visitor is None:
        return
    state, asked, now = st.session_state, st.query_params.get(DESK, ""), frame.now()
    if DESK not in state:
        left = DESKS.find(asked, visitor.account, now)
        state[DESK] = asked if left else token_urlsafe(16)  # never an id that somebody else thought of
        _put_back(left)
    if DESKS.find(state[DESK], visitor.account, now):
        st.query_params[DESK] = state[DESK]
    elif asked:
        del st.query_params[DESK]


def show(say: Words) -> None:
    """One line and one button for as long as something that was put back is not stored.

    It has a place of its own also when it is empty, like what was just done.
    """
    place = st.empty()
    if not _standing():
        return
    with place.container(horizontal=True, vertical_alignment="center", key="put_back"):
        write.paragraph(say("What you were filling in is back. It is not stored yet."), role="status")
        st.button(say("Throw it away"), on_click=_throw_away, args=(say,), key="throw_away")


def _standing() -> dict[str, Draft]:
    """Form -> its draft, of what was put back here and neither stored nor thrown away since."""
    back, here = st.session_state.get(_BACK, set()), str(frame.database())
    return {form: one for form, one in drafts.touched().items() if one.nonce in back and one.database == here}


def _throw_away(say: Words) -> None:
    thrown = {form: drafts.with_typed(one) for form, one in _standing().items()}
    for form in thrown:
        entry.drop(form)
    frame.announce(Done(say("Thrown away: what you were filling in."), lambda: _again(thrown)))


def _again(thrown: Mapping[str, Draft]) -> None:
    _put_back(thrown)
    drafts.leave()


def _put_back(left: Mapping[str, Draft]) -> None:
    """Under new names: two tabs with one address each store what stands in them."""
    for form, one in left.items():
        fresh = drafts.held()[form] = replace(one, nonce=uuid4().hex)
        for marked in ("touched", _BACK):
            st.session_state.setdefault(marked, set()).add(fresh.nonce)
        if form in _ON_THE_LOG:
            entry.show(form)
