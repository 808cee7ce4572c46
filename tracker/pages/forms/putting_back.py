"""Putting an earlier version of a record back: with a reason, with an undo, never over a change unseen."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.around.wording import Wording
from tracker.pages.forms import entry, findings
from tracker.pages.forms.fields import Fields
from tracker.pages.parts import changed
from tracker.records import InvalidRecord
from tracker.store import Change, Conflict, Store, Stored

FORM = "put_back"


def begun(stands: Stored[Any]) -> bool:
    """Whether somebody is putting a version of this record back."""
    seen = entry.draft(FORM).stored
    return seen is not None and (type(seen.record), seen.id) == (type(stands.record), stands.id)


def draw(wording: Wording) -> None:
    """What would change, the reason, and what somebody else did meanwhile."""
    say, fields = wording.say, Fields(wording.say, entry.draft(FORM))
    with st.container(border=True, key="form_change"):
        _meanwhile(wording, fields)
        seen = _seen(fields)
        rows = changed.moved(wording, seen.record, fields.draft.record)
        if rows:
            head = (say("Field"), say("As it stands"), say("As it was"))
            write.table(head, rows, caption=say("What putting it back changes"))
        else:
            write.paragraph(say("It says the same; only that it was taken back changes."))
        reason = fields.text("reason", say("Why do you put this version back?"), "")
        fields.problems_elsewhere()
        with st.container(horizontal=True):
            if st.button(say("Put this version back"), type="primary", key=f"save.{FORM}"):
                _save(wording, fields, seen, reason)
            if st.button(say("Leave it as it was"), key=f"leave.{FORM}"):
                entry.drop(FORM)
                st.rerun()


def _save(wording: Wording, fields: Fields, seen: Stored[Any], reason: str) -> None:
    say, store, by = wording.say, wording.store, frame.actor()
    try:
        back = store.put_back(
            seen.id,
            fields.draft.record,
            seen_version=seen.version,
            reason=reason,
            by=by,
            looked=findings.looked(fields),
        )
    except InvalidRecord as refused:
        fields.refuse(refused.problems)
    except Conflict as conflict:
        st.session_state[_conflict(fields)] = (conflict.theirs, conflict.change)
        st.rerun()
    entry.drop(FORM)
    undone = say("Undone right away")
    frame.announce(
        Done(
            say("Put back: {what}", what=wording.title(back)),
            lambda: _undo(store, seen, back, reason=undone, by=by),
        )
    )
    st.rerun()


def _undo(store: Store, seen: Stored[Any], back: Stored[Any], *, reason: str, by: str) -> None:
    """What stood stands again, and does not count again where it did not."""
    if back.record != seen.record:
        back = store.correct(back.id, seen.record, seen_version=back.version, reason=reason, by=by)
    if seen.withdrawn:
        store.withdraw(type(seen.record), seen.id, seen_version=back.version, reason=reason, by=by)


def _seen(fields: Fields) -> Stored[Any]:
    """What the visitor knows to stand: from the start, or since it was shown."""
    shown: tuple[Stored[Any], Change[Any] | None] | None = st.session_state.get(_conflict(fields))
    seen = shown[0] if shown else fields.draft.stored
    assert seen is not None, "a version of something is put back"
    return seen


def _meanwhile(wording: Wording, fields: Fields) -> None:
    """Says who changed it since; the table below shows their version beside this one."""
    shown = st.session_state.get(_conflict(fields))
    if shown is None:
        return
    say, (theirs, change) = wording.say, shown
    if theirs.withdrawn:
        who, why = (change.actor, change.reason) if change else (theirs.recorded_by, "")
        text = say("{who} took this back in the meantime: {why}. It does not count now.", who=who, why=why)
    else:
        text = say("Somebody else changed this in the meantime. Both versions stand below.")
    write.paragraph(text, role="alert")


def _conflict(fields: Fields) -> str:
    return f"conflict.{fields.draft.nonce}"
