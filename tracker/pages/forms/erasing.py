"""Taking the texts of one record away for good, because somebody asks or they never belonged there."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.desk import DESKS
from tracker.pages.around.frame import Done
from tracker.pages.around.wording import Wording
from tracker.records import InvalidRecord
from tracker.store import ERASE_REASONS, Stored
from tracker.words import Words
from tracker.words.access import ERASE_REASONS as REASONS


def draw(wording: Wording, stands: Stored[Any]) -> None:
    """What goes and what stays, why, and a tick before the button works: there is no way back."""
    say, which = wording.say, f"{type(stands.record).__name__}.{stands.id}"
    with st.expander(say("Take its texts away for good")):
        write.paragraph(
            say(
                "Every text goes: from the record, from all its earlier versions and their reasons, and from "
                "closed evaluations. Day, kind, organisations and numbers stay, so no count changes. Backups "
                "hold the texts until they are 35 days old. This cannot be undone."
            )
        )
        reason = st.selectbox(
            say("Why do the texts go?"),
            ERASE_REASONS,
            index=None,
            format_func=lambda code: say(REASONS[code]),
            placeholder=say("Choose from the list"),
            key=f"erase_reason.{which}",
        )
        sure = st.checkbox(say("I know that this cannot be undone."), key=f"erase_sure.{which}")
        if st.button(say("Take the texts away"), key=f"erase.{which}"):
            _erase(say, stands, reason or "", sure, which)
        if problem := st.session_state.get(f"erase_problem.{which}"):
            write.paragraph(problem, role="alert", tone="problem")


def _erase(say: Words, stands: Stored[Any], reason: str, sure: bool, which: str) -> None:
    problem = "" if reason else say("Choose why the texts go.")
    problem = problem or ("" if sure else say("Tick that you know it cannot be undone."))
    if not problem:
        try:
            frame.current_store().register.erase_text(
                type(stands.record), stands.id, by=frame.actor(), reason_code=reason
            )
            DESKS.forget(type(stands.record), stands.id)
            # What was announced before may name it, and its undo would bring it back.
            frame.announce(Done(say("The texts of this record are gone.")))
        except InvalidRecord as refused:
            problem = say.problem(next(iter(refused.problems.values())))
    st.session_state[f"erase_problem.{which}"] = problem
    st.rerun()
