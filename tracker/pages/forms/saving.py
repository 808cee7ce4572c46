"""The end of every form: the reason of a correction, the save, and what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from tracker import privacy
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.around.wording import Wording
from tracker.pages.forms import entry, findings
from tracker.pages.forms.fields import Fields
from tracker.records import InvalidRecord, Record
from tracker.store import Change, Conflict, Stored
from tracker.words import Words


def offer(
    say: Words,
    fields: Fields,
    form: str,
    make: Callable[[], Record],
    *,
    main: bool = True,
    why: str = "",
) -> None:
    """The button that stores what `make` returns; what breaks a rule is said beside its field.

    `why` is the reason of a change where it needs no asking.
    """
    corrects = fields.draft.stored is not None
    asks = corrects and not why
    reason = fields.text("reason", say("Why do you change it?"), "") if asks else why
    fields.problems_elsewhere()
    _show_conflict(say, fields, form, make)
    with st.container(horizontal=True):
        label = say("Save the change") if corrects else say("Log it") if main else say("Add")
        if st.button(label, type="primary" if main else "secondary", key=f"save.{form}"):
            _save(say, fields, form, make, reason)
        if asks and st.button(say("Leave it as it was"), key=f"leave.{form}"):
            entry.drop(form)
            entry.show("entries")
            st.rerun()


def holds_personal_data(say: Words, reason: str) -> bool:
    """Says so where the reason of a decision, asked outside a form, looks like data of a person."""
    found = bool(privacy.find(reason))
    if found:
        write.paragraph(say("This looks like data of a person. Take it out."), role="alert", tone="problem")
    return found


def _save(say: Words, fields: Fields, form: str, make: Callable[[], Record], reason: str) -> None:
    """Stores once for each draft, however often the button is clicked."""
    store, by, draft = frame.current_store(), frame.actor(), fields.draft
    looked = findings.looked(fields)
    try:
        if draft.stored is None:
            stored = store.add(make(), by=by, request=draft.nonce, looked=looked)
        else:
            version = _seen(fields).version
            stored = store.correct(
                draft.stored.id, make(), seen_version=version, reason=reason, by=by, looked=looked
            )
    except InvalidRecord as refused:
        fields.refuse(findings.with_texts(fields, refused.problems))
    except Conflict as conflict:
        _keep(fields, conflict.theirs, conflict.change)
        st.rerun()
    entry.drop(form)
    _announce(say, stored, corrects=_seen(fields))
    st.rerun()


def _announce(say: Words, stored: Stored[Record], corrects: Stored[Any] | None) -> None:
    store, by = frame.current_store(), frame.actor()
    what = Wording(say, store).title(stored)
    if corrects is None:
        frame.announce_added(say, say("Logged: {what}", what=what), stored)
        return
    reason = say("Undone right away")
    frame.announce(
        Done(
            say("Changed: {what}", what=what),
            lambda: store.correct(
                stored.id, corrects.record, seen_version=stored.version, reason=reason, by=by
            ),
        )
    )


def _keep(fields: Fields, theirs: Stored[Any], change: Change[Any] | None) -> None:
    """Remembers what somebody else made of it, for this draft."""
    st.session_state[f"conflict.{fields.draft.nonce}"] = (theirs, change)


def _conflict(fields: Fields) -> tuple[Stored[Any], Change[Any] | None] | None:
    return st.session_state.get(f"conflict.{fields.draft.nonce}")


def _seen(fields: Fields) -> Stored[Any] | None:
    """The version the visitor has seen: what the draft began with, or the other one once it was shown."""
    conflict = _conflict(fields)
    return conflict[0] if conflict else fields.draft.stored


def _show_conflict(say: Words, fields: Fields, form: str, make: Callable[[], Record]) -> None:
    """Both versions side by side; nothing is stored until the visitor chooses."""
    conflict = _conflict(fields)
    if conflict is None:
        return
    theirs, change = conflict
    if theirs.withdrawn:
        _show_withdrawal(say, fields, theirs, change)
        return
    wording = Wording(say, frame.current_store())
    write.paragraph(
        say("Somebody else changed this in the meantime. Save again to keep yours, or take theirs."),
        role="alert",
    )
    mine, other = wording.values(make()), wording.values(theirs.record)
    rows = [(name, mine[name], other[name]) for name in mine if mine[name] != other[name]]
    write.table(("", say("Yours"), say("Theirs")), rows, caption=say("Both versions"))
    if st.button(say("Take theirs"), key=f"theirs.{form}"):
        entry.start(form, correct=theirs)
        st.rerun()


def _show_withdrawal(say: Words, fields: Fields, theirs: Stored[Any], change: Change[Any] | None) -> None:
    """What was taken back does not count, so it is put back before anything is changed in it."""
    who, why = (change.actor, change.reason) if change else (theirs.recorded_by, "")
    write.paragraph(
        say("{who} took this back in the meantime: {why}. It does not count now.", who=who, why=why),
        role="alert",
    )
    if st.button(say("Put it back"), key="put_back"):
        back = frame.current_store().restore(
            type(theirs.record),
            theirs.id,
            seen_version=theirs.version,
            reason=say("Put back to change it"),
            by=frame.actor(),
        )
        _keep(fields, back, None)
        st.rerun()
