"""What was logged before: look it up, correct it, take it back, put it back, and see who did what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.wording import Wording
from tracker.pages.forms import entry, taking_back
from tracker.pages.parts import changed
from tracker.records import Activity, Incident, Occurrence, Record
from tracker.store import Change, Stored
from tracker.words import N_, Words

_PAGE = 25
_FORMS = {Incident: "incident", Activity: "activity"}
_TYPES = {
    Incident: N_("Incident"),
    Activity: N_("Activity"),
    Occurrence: N_("Meeting that did not simply go on"),
}


def draw(say: Words) -> None:
    """The newest entries as a list; one of them opened below it."""
    store = frame.current_store()
    shown = st.session_state.setdefault("entries_shown", _PAGE)
    withdrawn = st.checkbox(say("Show what was taken back instead"), key="withdrawn")
    found = store.recent(limit=shown, withdrawn=withdrawn)
    _elsewhere(say)
    if not found:
        write.paragraph(say("Nothing here yet. Choose above what you want to log."))
        return
    wording = Wording(say, store)
    names = {f"{type(one.record).__name__} {one.id}": _line(wording, one) for one in found}
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
        _open(wording, by_name[chosen])
    st.dataframe(_table(wording, found), hide_index=True, width="stretch", key="entries_table")
    if len(found) == shown and st.button(say("Show older ones too")):
        st.session_state["entries_shown"] = shown + _PAGE
        st.rerun()


def _elsewhere(say: Words) -> None:
    """Where to find what belongs to an incident or has an owner."""
    write.paragraph(
        say("Agreements, answers and what a domain said are changed and taken back where they stand.")
    )
    with st.container(horizontal=True):
        st.page_link("agreements.py", label=say("To all agreements"))
        st.page_link("after.py", label=say("To each incident"))
        frame.link("history.py", label=say("Who changed what"))


def _open(wording: Wording, stored: Stored[Any]) -> None:
    """One entry: what it says, its history, and what can be done with it."""
    say, store = wording.say, wording.store
    with st.container(border=True, key="opened"):
        write.heading(wording.title(stored))
        rows = [(name, value) for name, value in wording.values(stored.record).items() if value]
        write.table((say("Field"), say("Value")), rows, caption=say("What was logged"))
        form = _FORMS.get(type(stored.record))
        if form and not stored.withdrawn and st.button(say("Correct this"), key="correct"):
            entry.start(form, correct=stored)
            st.rerun()
        taking_back.draw(wording, stored)
        write.heading(say("History"), 3)
        head = (say("When"), say("Who"), say("What"), say("Reason"), say("From what to what"))
        changes = store.history(type(stored.record), stored.id)
        write.table(head, [_change(wording, change) for change in reversed(changes)], caption=say("History"))
        changed.link(say, type(stored.record), stored.id)


def _line(wording: Wording, stored: Stored[Any]) -> str:
    kind = wording.say(_TYPES[type(stored.record)])
    return f"{wording.say.short_date(_day(stored.record))} · {kind} · {wording.title(stored)}"


def _table(wording: Wording, found: list[Stored[Any]]) -> pd.DataFrame:
    say = wording.say
    rows = [
        (
            say.date(_day(one.record)),
            say(_TYPES[type(one.record)]),
            wording.title(one),
            wording.value(one.record, "partner_ids") if isinstance(one.record, Activity) else "",
        )
        for one in found
    ]
    return pd.DataFrame(rows, columns=[say("Day"), say("What"), say("Title"), say("Organisations")])


def _change(wording: Wording, change: Change[Any]) -> tuple[str, ...]:
    say = wording.say
    moved = "; ".join(changed.moved_lines(wording, change))
    return say.moment(change.at), change.actor, say.action_word(change.action), change.reason, moved


def _day(record: Record) -> date:
    """The day an entry is about."""
    return record.due_on if isinstance(record, Occurrence) else record.happened_on  # type: ignore[attr-defined]
