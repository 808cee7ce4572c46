"""Beginning with the meetings that exist already: pick them from a list and say when each last met."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.forms import choices
from tracker.records import FIRST_DAY, Activity
from tracker.words import Words


def draw(say: Words) -> None:
    """Three clicks: choose, date, save; a rhythm comes along as a proposal."""
    if not frame.may("edit"):
        return
    write.heading(say("Which meetings do you have already?"))
    write.paragraph(say("Choose them and fill in when they last met. The rhythm is a proposal."))
    store = frame.current_store()
    offered = {
        option: name for option, name in choices.arrangements(say, store).items() if option.startswith("new:")
    }
    chosen = st.multiselect(
        say("Meetings"),
        list(offered),
        format_func=lambda option: offered.get(option, option),
        placeholder=say("Choose from the list"),
        key="begin",
    )
    days = {
        option: st.date_input(
            say("{name}: last met on", name=offered[option].removeprefix(say("New: {name}", name=""))),
            value=None,
            min_value=FIRST_DAY,
            max_value=frame.today(),
            format="DD-MM-YYYY",
            key=f"begin.{option}",
        )
        for option in chosen
        if option in offered
    }
    if days and st.button(say("Show what goes quiet"), type="primary", key="begin.save"):
        by = frame.actor()
        for option, day in days.items():
            made = choices.arrangement_id(say, store, option, by)
            if day is not None:
                store.add(Activity(happened_on=day, kind="regular_meeting", arrangement_id=made), by=by)
        frame.announce(Done(say.plural("{n} arrangement added.", "{n} arrangements added.", len(days))))
        del st.session_state["begin"]
        st.rerun()
