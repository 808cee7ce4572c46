"""Public events elsewhere in the country, and marking those that reached this municipality."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import frame, write
from tracker.records import Incident
from tracker.store import NationalEvent, Stored, national_events
from tracker.words import Words


def draw(say: Words) -> None:
    """A list to read, and one choice: it reached us."""
    if not frame.may("edit"):
        return
    with st.expander(say("National events that reached us")):
        write.paragraph(
            say(
                "Mark an event when people here talked about it or partners called. Not when you acted on "
                "it: choosing by the response would make the response look bigger."
            )
        )
        events = {event.source + str(event.happened_on): event for event in reversed(national_events())}
        logged = {one.record.source + str(one.record.happened_on) for one in _logged()}
        open_ones = [key for key in events if key not in logged]
        chosen = st.selectbox(
            say("Which event?"),
            open_ones,
            format_func=lambda key: _line(say, events[key]),
            index=None,
            placeholder=say("Choose from the list"),
            key="national",
        )
        if chosen is not None and st.button(say("It reached us"), key="national.save"):
            _mark(say, events[chosen])
        rows = [
            (
                say.date(event.happened_on),
                event.title(say.language),
                event.place,
                say("reached us") if key in logged else "",
            )
            for key, event in events.items()
        ]
        head = (say("Day"), say("What happened"), say("Where"), say("Here"))
        write.table(head, rows, caption=say("National events"))


def _logged() -> list[Stored[Incident]]:
    return [one for one in frame.current_store().records(Incident) if one.record.source]


def _line(say: Words, event: NationalEvent) -> str:
    return f"{say.short_date(event.happened_on)} · {event.title(say.language)}"


def _mark(say: Words, event: NationalEvent) -> None:
    store, by = frame.current_store(), frame.actor()
    stored = store.add(event.as_incident(say.language), by=by)
    frame.announce_added(say, say("Logged: {what}", what=event.title(say.language)), stored)
    st.rerun()
