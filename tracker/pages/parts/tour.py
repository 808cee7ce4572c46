"""Three steps for who has never seen this: what to do first, what after each meeting, what each quarter.

All three stand on the page at once: nothing opens over it, and Tab and Enter go everywhere.
"""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import frame, write
from tracker.words import N_, Words

ASKED = "tour"  # in the address: 1 shows the steps, also in a log that is filled
_SEEN = "tour_seen"
STEPS = (
    (
        N_("Begin with your meetings"),
        N_("Choose the meetings that you have and say when they last met. You see at once what goes quiet."),
        "rhythm.py",
        N_("To the meetings"),
    ),
    (
        N_("Log what happens"),
        N_("A meeting or an incident takes a minute: the day, what it was, which organisations. No people."),
        "log.py",
        N_("To the log"),
    ),
    (
        N_("Look back each quarter"),
        N_("Today says what holds and how sure that is. With little in the log it says: too early."),
        "evaluation.py",
        N_("To the evaluation"),
    ),
)


def draw(say: Words, *, empty: bool) -> None:
    """The steps as long as nothing was logged and nobody waved them away here, or when they are asked for."""
    asked = st.query_params.get(ASKED) == "1"
    if not asked and (not empty or st.session_state.get(_SEEN) or not frame.may("edit")):
        return
    with st.container(border=True, key="tour"):
        write.heading(say("How it works, in three steps"))
        for column, (number, step) in zip(st.columns(3), enumerate(STEPS, start=1), strict=True):
            title, text, page, label = step
            with column:
                write.heading(f"{number}. {say(title)}", 3)
                write.paragraph(say(text))
                frame.link(page, say(label))
        st.button(say("Clear. Take these steps away"), on_click=_take_away, key="tour.away")


def link(say: Words) -> None:
    """From the explanation back to the steps."""
    st.page_link("today.py", label=say("How it works, in three steps"), query_params={ASKED: "1"})


def _take_away() -> None:
    """For this visit; the first entry in the log does so for good."""
    st.session_state[_SEEN] = True
    st.query_params.pop(ASKED, None)
