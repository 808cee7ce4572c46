"""Beginning with the meetings that exist already: pick them from a list and say when each last met."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.forms import choices
from tracker.records import FIRST_DAY, Activity, Arrangement
from tracker.store import Stored
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
        _begin(say, days)
        del st.session_state["begin"]
        st.rerun()


def _begin(say: Words, days: dict[str, date | None]) -> None:
    """Makes the chosen arrangements with their last meeting; undoing takes all of it back."""
    store, by, reason = frame.current_store(), frame.actor(), say("Undone right away")
    made: list[Stored[Any]] = []
    for option, day in days.items():
        number = choices.arrangement_id(say, store, option, by)
        assert number is not None, "only new arrangements are offered"
        made.append(store.get(Arrangement, number))
        if day is not None:
            met = Activity(happened_on=day, kind="regular_meeting", arrangement_id=number)
            made.append(store.add(met, by=by))

    def undo() -> None:
        for one in reversed(made):
            store.withdraw(type(one.record), one.id, seen_version=one.version, reason=reason, by=by)

    frame.announce(Done(say.plural("{n} arrangement added.", "{n} arrangements added.", len(days)), undo))
