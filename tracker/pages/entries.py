"""What was logged before: look it up, correct it, take it back, put it back, and see who did what."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tracker.pages import entry, frame, wording, write
from tracker.pages.frame import Done
from tracker.records import Activity, Incident, InvalidRecord, Occurrence
from tracker.store import Change, Conflict, Stored
from tracker.words import N_, Words

_PAGE = 25
_FORMS = {Incident: "incident", Activity: "activity"}
_TYPES = {
    Incident: N_("Incident"),
    Activity: N_("Activity"),
    Occurrence: N_("Meeting that did not simply go on"),
}
_ACTIONS = {
    "add": N_("logged"),
    "correct": N_("changed"),
    "withdraw": N_("taken back"),
    "restore": N_("put back"),
}


def draw(say: Words) -> None:
    """The newest entries as a list; one of them opened below it."""
    store = frame.current_store()
    shown = st.session_state.setdefault("entries_shown", _PAGE)
    withdrawn = st.checkbox(say("Show what was taken back instead"), key="withdrawn")
    found = store.recent(limit=shown, withdrawn=withdrawn)
    if not found:
        write.paragraph(say("Nothing here yet."))
        return
    names = {f"{type(one.record).__name__} {one.id}": _line(say, one) for one in found}
    by_name = dict(zip(names, found, strict=True))
    chosen = st.selectbox(
        say("Which entry?"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key="chosen_entry",
        placeholder=say("Choose an entry to look at it"),
    )
    if chosen is not None:
        _open(say, by_name[chosen])
    st.dataframe(_table(say, found), hide_index=True, width="stretch", key="entries_table")
    if len(found) == shown and st.button(say("Show older ones too")):
        st.session_state["entries_shown"] = shown + _PAGE
        st.rerun()


def _open(say: Words, stored: Stored[Any]) -> None:
    """One entry: what it says, its history, and what can be done with it."""
    store = frame.current_store()
    with st.container(border=True, key="opened"):
        write.heading(wording.title(say, store, stored), 3)
        rows = [(name, value) for name, value in wording.values(say, store, stored.record).items() if value]
        write.table((say("Field"), say("Value")), rows, caption=say("What was logged"))
        form = _FORMS.get(type(stored.record))
        if form and not stored.withdrawn and st.button(say("Correct this"), key="correct"):
            entry.start(form, correct=stored)
            st.rerun()
        _take_or_put_back(say, stored)
        write.heading(say("History"), 3)
        head = (say("When"), say("Who"), say("What"), say("Reason"), say("From what to what"))
        changes = store.history(type(stored.record), stored.id)
        write.table(head, [_change(say, change) for change in reversed(changes)], caption=say("History"))


def _take_or_put_back(say: Words, stored: Stored[Any]) -> None:
    label = say("Why do you put it back?") if stored.withdrawn else say("Why do you take it back?")
    key = f"why.{type(stored.record).__name__}.{stored.id}.{stored.version}"
    reason = st.text_input(label, key=key, max_chars=500)
    action = say("Put it back") if stored.withdrawn else say("Take it back")
    if st.button(action, key="take_back"):
        _change_standing(say, stored, reason, key)
    if refused := st.session_state.get(f"refused.{key}"):
        write.paragraph(refused, role="alert", tone="problem")


def _change_standing(say: Words, stored: Stored[Any], reason: str, key: str) -> None:
    store, by = frame.current_store(), frame.actor()
    there, back = (store.restore, store.withdraw) if stored.withdrawn else (store.withdraw, store.restore)
    kind, what = type(stored.record), wording.title(say, store, stored)
    try:
        changed = there(kind, stored.id, seen_version=stored.version, reason=reason, by=by)
    except InvalidRecord as refused:
        st.session_state[f"refused.{key}"] = say.problem(refused.problems["reason"], "reason")
        return
    except Conflict:
        st.session_state[f"refused.{key}"] = say(
            "Somebody else changed this in the meantime. Look again first."
        )
        return
    text = say("Put back: {what}", what=what) if stored.withdrawn else say("Taken back: {what}", what=what)
    undone = say("Undone right away")
    frame.announce(
        Done(text, lambda: back(kind, stored.id, seen_version=changed.version, reason=undone, by=by))
    )
    st.rerun()


def _line(say: Words, stored: Stored[Any]) -> str:
    when = say.short_date(wording.day(stored.record))
    return (
        f"{when} · {say(_TYPES[type(stored.record)])} · {wording.title(say, frame.current_store(), stored)}"
    )


def _table(say: Words, found: list[Stored[Any]]) -> pd.DataFrame:
    store = frame.current_store()
    rows = [
        (
            say.date(wording.day(one.record)),
            say(_TYPES[type(one.record)]),
            wording.title(say, store, one),
            wording.values(say, store, one.record).get(say("Organisations"), ""),
        )
        for one in found
    ]
    return pd.DataFrame(rows, columns=[say("Day"), say("What"), say("Title"), say("Organisations")])


def _change(say: Words, change: Change[Any]) -> tuple[str, ...]:
    store = frame.current_store()
    before = wording.values(say, store, change.before) if change.before else {}
    after = wording.values(say, store, change.after) if change.after else {}
    both = before and after
    moved = [
        f"{name}: {before[name]} → {after[name]}" for name in before if both and before[name] != after[name]
    ]
    when = change.at.astimezone(frame.AMSTERDAM)
    moment = f"{say.date(when.date())} {when:%H:%M}"
    return moment, change.actor, say(_ACTIONS[change.action]), change.reason, "; ".join(moved)
