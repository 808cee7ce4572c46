"""Running the rounds of the self-scan: opening one, more codes for it, and closing it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.analysis.quarter import Quarter
from tracker.analysis.self_scan import Round, least_replies
from tracker.pages.around import frame, write
from tracker.pages.parts import scan_codes
from tracker.records import InvalidRecord
from tracker.store import MOST_SCAN_CODES, Conflict, UnknownRecord
from tracker.words import Words

_QUARTERS, _FIRST_CODES = 5, 15


def draw(say: Words, rounds: Sequence[Round]) -> None:
    """The round that is open, and else a new one."""
    if not frame.may("run_scan"):
        return
    opened = [one for one in rounds if not one.closed]
    for one in opened:
        _open(say, one)
    if not opened:
        _new(say, rounds)


def _new(say: Words, rounds: Sequence[Round]) -> None:
    write.heading(say("A new round"))
    running = Quarter.of(frame.today())
    taken = {one.quarter for one in rounds}
    free = [running.back(n) for n in range(_QUARTERS) if running.back(n) not in taken]
    if not free:
        write.paragraph(say("Every quarter of the last year has a round. The next one opens next quarter."))
        return
    write.paragraph(
        say(
            "Everybody gets a code for one reply. Make a few more codes than there are people. Print them "
            "and let each draw one, so that nobody knows who has which."
        )
    )
    chosen = st.selectbox(
        say("About which quarter?"),
        [one.code for one in free],
        format_func={one.code: say.quarter(one.first) for one in free}.__getitem__,
        key="scan.quarter",
    )
    number = _number(say, "new", least_replies(), _FIRST_CODES)
    if st.button(say("Open the round and make the codes"), type="primary", key="scan.open"):
        _begin(say, next(one for one in free if one.code == chosen), number)


def _open(say: Words, one: Round) -> None:
    write.heading(say("The round that is open"))
    write.paragraph(say.scan_progress(one))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = _number(say, str(one.id), 1, 1)
        if st.button(say("Make more codes"), key=f"scan.more.{one.id}"):
            _more(say, one, number)
        with st.popover(say("Close the round")):
            write.paragraph(
                say(
                    "After that nobody can reply, and it cannot be opened again. With fewer than {n} replies "
                    "they are thrown away unseen.",
                    n=say.number(least_replies()),
                )
            )
            if st.button(say("Close it for good"), key=f"scan.close.{one.id}"):
                _close(say, one)


def _number(say: Words, key: str, least: int, value: int) -> int:
    given = st.number_input(
        say("How many codes?"),
        min_value=least,
        max_value=MOST_SCAN_CODES,
        value=value,
        step=1,
        key=f"scan.n.{key}",
    )
    return int(given)


def _begin(say: Words, quarter: Quarter, number: int) -> None:
    try:
        stored, codes = frame.current_store().open_scan(quarter.first, number, by=frame.actor())
    except InvalidRecord as refused:
        for field, code in refused.problems.items():
            write.paragraph(say.problem(code, field), role="alert", tone="problem")
        return
    scan_codes.keep(stored.id, codes)
    frame.announce_added(
        say, say("The self-scan of {quarter} is open.", quarter=say.quarter(quarter.first)), stored
    )
    st.rerun()


def _more(say: Words, one: Round, number: int) -> None:
    try:
        codes = frame.current_store().give_scan_codes(one.id, number)
    except (Conflict, UnknownRecord):
        _changed(say)
        return
    scan_codes.keep(one.id, codes)
    st.rerun()


def _close(say: Words, one: Round) -> None:
    try:
        frame.current_store().close_scan(one.id, reason=say("The round is over"), by=frame.actor())
    except (Conflict, UnknownRecord):
        _changed(say)
        return
    quarter = say.quarter(one.quarter.first)
    frame.announce(frame.Done(say("The self-scan of {quarter} is closed.", quarter=quarter)))
    st.rerun()


def _changed(say: Words) -> None:
    write.paragraph(say("Somebody else changed this in the meantime. Look again first."), role="alert")
