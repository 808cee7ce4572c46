"""Logging in a minute: a meeting, an incident, or a look at what was logged before."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import address, frame, write
from tracker.pages.forms import activity_form, entries, entry, incident_form

_FORMS = ("activity", "incident", "entries")


def draw() -> None:
    """One of three forms, which stands in the address; the draft of each is kept while looking at another."""
    say = frame.voice()
    write.heading(say("Log"), 1)
    names = {
        "activity": say("Meeting or activity"),
        "incident": say("Incident"),
        "entries": say("Logged before"),
    }
    wanted = st.session_state.pop("open_form", None)
    standing = st.session_state.get("form", address.asked("form"))
    st.session_state["form"] = next(one for one in (wanted, standing, _FORMS[0]) if one in _FORMS)
    form = st.segmented_control(
        say("What do you want to log?"),
        _FORMS,
        required=True,
        format_func=names.__getitem__,
        key="form",
        persist_state="session",
        label_visibility="collapsed",
    )
    address.keep("form", form, _FORMS[0])
    if form == "entries":
        entries.draw(say)
        return
    with st.container(key="form_fields"):
        if form == "incident":
            incident_form.draw(say, entry.draft(form))
        else:
            activity_form.draw(say, entry.draft(form))


draw()
