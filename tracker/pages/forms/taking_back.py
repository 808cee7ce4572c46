"""Taking one record back with a reason, or putting it back: on every page the same, undone in one click."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker import privacy
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.around.wording import Wording
from tracker.pages.forms import entry
from tracker.records import InvalidRecord
from tracker.store import Conflict, Stored


def draw(
    wording: Wording, stored: Stored[Any], *, form: str = "", words: tuple[str, str] | None = None
) -> None:
    """The reason and the button; the draft of `form`, which changed the same record, is over then.

    `words` are the question and the button where taking back is called something else.
    """
    if not frame.may("withdraw"):
        return
    say, which = wording.say, f"{type(stored.record).__name__}.{stored.id}"
    if words is None:
        again = (say("Why do you put it back?"), say("Put it back"))
        words = again if stored.withdrawn else (say("Why do you take it back?"), say("Take it back"))
    label, action = words
    key = f"why.{which}.{stored.version}"
    reason = st.text_input(label, key=key, max_chars=500)
    if st.button(action, key=f"take_back.{which}"):
        if privacy.find(reason):
            st.session_state[f"refused.{key}"] = say("This looks like data of a person. Take it out.")
            st.rerun()
        _change_standing(wording, stored, reason, key, form)
    if refused := st.session_state.get(f"refused.{key}"):
        write.paragraph(refused, role="alert", tone="problem")


def _change_standing(wording: Wording, stored: Stored[Any], reason: str, key: str, form: str) -> None:
    say, store, by = wording.say, wording.store, frame.actor()
    there, back = (store.restore, store.withdraw) if stored.withdrawn else (store.withdraw, store.restore)
    kind, what = type(stored.record), wording.title(stored)
    try:
        changed = there(kind, stored.id, seen_version=stored.version, reason=reason, by=by)
    except InvalidRecord as refused:  # no reason, or somebody answered the same again meanwhile
        field, code = next(iter(refused.problems.items()))
        st.session_state[f"refused.{key}"] = say.problem(code, field)
        return
    except Conflict:
        st.session_state[f"refused.{key}"] = say(
            "Somebody else changed this in the meantime. Look again first."
        )
        return
    text = say("Put back: {what}", what=what) if stored.withdrawn else say("Taken back: {what}", what=what)
    undone = say("Undone right away")
    entry.drop(form)
    frame.announce(
        Done(text, lambda: back(kind, stored.id, seen_version=changed.version, reason=undone, by=by))
    )
    st.rerun()
