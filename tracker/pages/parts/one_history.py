"""The whole history of one record or word: every version, and the way back to an earlier one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.around.wording import Wording
from tracker.pages.forms import entry, erasing, putting_back
from tracker.pages.parts import changed
from tracker.records import QuarterReview, Record, Scan
from tracker.store import KINDS, Change, Stored, UnknownRecord

# A round is closed for good and a closed evaluation names the facts of its evening: no way back to before.
_FINAL = (Scan, QuarterReview)


def draw(wording: Wording, kind: str, number: str) -> None:
    """Newest version first; what is being put back stands above them."""
    say = wording.say
    changes = _changes(wording, kind, number)
    if not changes:
        write.heading(say("There is no such record."), 1)
        frame.link("history.py", label=say("To all changes"))
        return
    what = changed.title(wording, changes[-1])
    write.heading(say.plural("{what}: {n} change", "{what}: {n} changes", len(changes), what=what), 1)
    frame.link("history.py", label=say("To all changes"))
    stands = wording.store.get(KINDS[kind], int(number)) if kind in KINDS else None
    if stands is not None and stands.withdrawn:
        write.paragraph(say("This was taken back. It does not count now."), tone="problem")
    if stands is not None and putting_back.begun(stands):
        putting_back.draw(wording)
    for change in reversed(changes):
        _version(wording, change, stands)
    if stands is not None and frame.may("purge"):
        erasing.draw(wording, stands)


def _changes(wording: Wording, kind: str, number: str) -> list[Change[Any]]:
    """None where the address names nothing that ever was."""
    if kind not in KINDS:
        return list(wording.store.term_history(kind, number))
    try:
        return wording.store.history(KINDS[kind], int(number))
    except (ValueError, OverflowError, UnknownRecord):
        return []


def _version(wording: Wording, change: Change[Any], stands: Stored[Any] | None) -> None:
    say = wording.say
    with st.container(key=f"history_line_{change.seq}"):
        write.paragraph(say.circumstances(change), strong=say.done_words(change))
        if moved := changed.moved_lines(wording, change):
            write.points(moved)
        version: Record | None = change.after
        if version is None:
            return
        with st.expander(say("What it said then")):
            caption = say("What it said then")
            write.table((say("Field"), say("Value")), changed.said(wording, version), caption=caption)
            if stands is None or isinstance(version, _FINAL):
                return
            differs = stands.withdrawn or version != stands.record
            if differs and st.button(say("Go back to this version"), key=f"version.{change.seq}"):
                entry.start(putting_back.FORM, correct=stands, says=version)
                st.rerun()
