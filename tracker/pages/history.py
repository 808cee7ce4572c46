"""Who changed what, when and why: newest first, or all of one record, of which a version can be put back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages.around import address, frame, write
from tracker.pages.around.wording import Wording
from tracker.pages.parts import changed, one_history
from tracker.records import FIRST_DAY
from tracker.store import KINDS, VOCABULARIES, Asked, Bulk, Change, Term
from tracker.words import Words

_PAGE = 30
_WORDS = "word_list"
_FILTERS = ("kind", "who", "from", "until")


def draw() -> None:
    """The history of the record that the address names, else of everything."""
    say = frame.voice()
    kind, number = (st.query_params.get(name, "") for name in ("kind", "id"))
    if number and (kind in KINDS or kind in VOCABULARIES):
        one_history.draw(Wording(say, frame.current_store()), kind, number)
    else:
        _everything(say)


def _everything(say: Words) -> None:
    """One line a change, thirty at a time; a filter begins at the newest again."""
    conclusion = st.container()
    with st.expander(say("Look at a part of the history"), expanded=address.is_set(_FILTERS)):
        asked = _filters(say)
    filters, edge = st.session_state.get("history_before", (asked, None))
    edge = edge if filters == asked else None
    found = frame.current_store().changes(asked, limit=_PAGE + 1, before=edge)
    with conclusion:
        newest = frame.current_store().changes(asked, limit=1) if edge else found
        write.heading(say.history_line(newest, part=address.is_set(_FILTERS)), 1)
        if not newest:
            write.paragraph(
                say("What people log, change or take back is written down here, with the reason.")
            )
            frame.link("log.py", label=say("Log a meeting"))
    wording = Wording(say, frame.current_store())
    for line in found[:_PAGE]:
        _line(wording, line)
    _turn(say, asked, found, edge)


def _turn(say: Words, asked: Asked, found: list[Change[Any] | Bulk], edge: int | None) -> None:
    """To what is older, and back to the newest."""
    with st.container(horizontal=True):
        if len(found) > _PAGE and st.button(say("To older changes")):
            st.session_state["history_before"] = (asked, found[_PAGE - 1].seq)
            st.rerun()
        if edge and st.button(say("Back to the newest")):
            del st.session_state["history_before"]
            st.rerun()


def _filters(say: Words) -> Asked:
    kinds = {code: say.kind_word(kind) for code, kind in KINDS.items()} | {_WORDS: say.kind_word(Term)}
    people = {name: name for name in frame.current_store().actors()}
    with st.container(horizontal=True):
        kind = address.listed("kind", say("What was changed"), {"": say("Everything"), **kinds}, "")
        by = address.listed("who", say("Who changed it"), {"": say("Everybody"), **people}, "")
        first = address.day("from", say("From"), FIRST_DAY)
        last = address.day("until", say("Up to and including"), frame.today())
    if first > last:
        write.paragraph(
            say("The first day is after the last day. All days are shown."), role="alert", tone="problem"
        )
        first, last = FIRST_DAY, frame.today()
    return Asked(
        kind=Term if kind == _WORDS else KINDS.get(kind),
        by=by,
        first=None if first == FIRST_DAY else first,
        last=None if last == frame.today() else last,
    )


def _line(wording: Wording, line: Change[Any] | Bulk) -> None:
    """What happened, to what, and from what to what."""
    say = wording.say
    with st.container(key=f"history_line_{line.seq}"):
        write.paragraph(say.circumstances(line), strong=say.done_words(line))
        if isinstance(line, Bulk):
            write.paragraph(say.bulk_line(line))
            if line.action == "add":
                frame.link("files.py", label=say("Take an import back on Files"))
            return
        changed.named_link(wording, line)
        if moved := changed.moved_lines(wording, line):
            write.points(moved)


draw()
