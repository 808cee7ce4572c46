"""The past two years of an arrangement in a minute: tick the months in which it met."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import streamlit as st

from tracker.analysis.recurrence import due_days
from tracker.analysis.rhythm import Rhythm
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.records import Activity
from tracker.words import Words

_MONTHS = 24
_COLUMNS = 6
_MIDDLE = 15


def draw(say: Words, running: list[Rhythm]) -> None:
    """A grid of 24 months; what is known already is ticked and stays."""
    if not frame.may("edit"):
        return
    write.heading(say("Fill in the past two years"))
    names = {one.agreed.id: one.agreed.name for one in running}
    chosen = st.selectbox(
        say("Which arrangement?"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        placeholder=say("Choose from the list"),
        key="backlog",
    )
    if chosen is None:
        return
    one = next(one for one in running if one.agreed.id == chosen)
    months = _months(frame.today())
    known = {(day.year, day.month) for day in one.agreed.held}
    ticked: list[tuple[int, int]] = []
    # In a form, so that a tick costs no run of the page: with 24 of them that was a third of the minute.
    with st.form(f"backlog.{chosen}", border=False):
        for start in range(0, _MONTHS, _COLUMNS):
            for column, month in zip(st.columns(_COLUMNS), months[start : start + _COLUMNS], strict=True):
                label = say.month(date(*month, 1))
                held = month in known
                tick = column.checkbox(label, value=held, disabled=held, key=f"month.{chosen}.{month}")
                if tick and not held:
                    ticked.append(month)
        asked = st.form_submit_button(say("Log the ticked months"), key="backlog.save")
    if asked and ticked:
        _log(say, one, ticked)


def _months(today: date) -> list[tuple[int, int]]:
    """The last 24 months, oldest first."""
    last = today.year * 12 + today.month - 1
    return [((last - n) // 12, (last - n) % 12 + 1) for n in reversed(range(_MONTHS))]


def _log(say: Words, one: Rhythm, ticked: list[tuple[int, int]]) -> None:
    """An activity on every day it fell due in a ticked month, or one in the middle when it did not."""
    records = [
        Activity(happened_on=day, kind="regular_meeting", arrangement_id=one.agreed.id)
        for month in ticked
        for day in _days(one, month)
    ]
    batch = f"backlog {one.agreed.id} {frame.now().isoformat()}"
    store, by, reason = frame.current_store(), frame.actor(), say("Undone right away")
    store.add_all(records, by=by, batch=batch)
    told = say.plural("{n} meeting logged.", "{n} meetings logged.", len(records))
    frame.announce(Done(told, lambda: store.undo_batch(batch, reason=reason, by=by)))
    st.rerun()


def _days(one: Rhythm, month: tuple[int, int]) -> list[date]:
    """The due days of the month up to today; its middle when the rhythm had not begun there."""
    first, last = date(*month, 1), date(*month, monthrange(*month)[1])
    due = due_days(one.agreed, first, min(last, frame.today()))
    return due or [min(first.replace(day=_MIDDLE), frame.today())]
