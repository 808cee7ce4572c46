"""What fell due and has no answer yet: one click says what became of it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tracker.analysis.recurrence import Expected
from tracker.analysis.rhythm import Rhythm
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.forms import saving
from tracker.records import Activity, InvalidRecord, Occurrence, Record
from tracker.words import Words

_SHOWN = 8


def draw(say: Words, running: list[Rhythm]) -> None:
    """The newest unanswered meetings, each with two buttons and a fold for the rest."""
    if not frame.may("edit"):
        return
    write.heading(say("What became of these meetings?"))
    open_ones = _unanswered(running)
    if not open_ones:
        write.paragraph(say("Every meeting that fell due has an answer."))
        return
    for one, due in open_ones[:_SHOWN]:
        _ask(say, one, due)
    if len(open_ones) > _SHOWN:
        write.paragraph(say("{n} more stand in the past. Tick them below.", n=len(open_ones) - _SHOWN))


def _unanswered(running: list[Rhythm]) -> list[tuple[Rhythm, Expected]]:
    found = [(one, due) for one in running for due in one.expected if due.state in ("unknown", "pending")]
    return sorted(found, key=lambda pair: pair[1].due_on, reverse=True)


def _ask(say: Words, one: Rhythm, due: Expected) -> None:
    key = f"{one.agreed.id}.{due.due_on}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"due.{key}".replace(".", "_")):
        write.paragraph(say.date(due.due_on), strong=one.agreed.name)
        st.button(say("It took place"), key=f"held.{key}", on_click=_held, args=(say, one, due.due_on))
        missed = Occurrence(arrangement_id=one.agreed.id, due_on=due.due_on, state="not_held")
        st.button(say("It did not"), key=f"missed.{key}", on_click=_add, args=(say, one, missed))
        with st.popover(say("Otherwise")):
            _otherwise(say, one, due.due_on, key)


def _otherwise(say: Words, one: Rhythm, due: date, key: str) -> None:
    """Cancelled with a reason, moved to another day, or recess."""
    reason = st.text_input(say("Cancelled, with this reason"), key=f"reason.{key}", max_chars=500)
    asked = st.button(say("Cancelled"), key=f"cancelled.{key}")
    if asked and not saving.holds_personal_data(say, reason):
        _try(say, one, {"state": "cancelled", "due_on": due, "reason": reason})
    moved = st.date_input(say("Moved to this day"), value=None, key=f"moved_to.{key}", format="DD-MM-YYYY")
    if st.button(say("Moved"), key=f"moved.{key}"):
        _try(say, one, {"state": "moved", "due_on": due, "moved_to": moved})
    if st.button(say("It was recess"), key=f"recess.{key}"):
        _try(say, one, {"state": "recess", "due_on": due})


def _try(say: Words, one: Rhythm, given: dict[str, object]) -> None:
    try:
        answer = Occurrence(arrangement_id=one.agreed.id, **given)  # type: ignore[arg-type]
    except InvalidRecord as refused:
        for name, code in refused.problems.items():
            write.paragraph(say.problem(code, name), role="alert", tone="problem")
        return
    _add(say, one, answer)
    st.rerun()


def _held(say: Words, one: Rhythm, day: date) -> None:
    """A held meeting is an activity; who was there is taken from the last one and can be corrected."""
    last = frame.current_store().last_of_arrangement(one.agreed.id)
    partners = last.record.partner_ids if last else ()
    _add(
        say,
        one,
        Activity(
            happened_on=min(day, frame.today()),
            kind="regular_meeting",
            arrangement_id=one.agreed.id,
            partner_ids=partners,
        ),
    )


def _add(say: Words, one: Rhythm, record: Record) -> None:
    store, by = frame.current_store(), frame.actor()
    try:
        stored = store.add(record, by=by)
    except InvalidRecord as refused:
        frame.announce(Done(say.problem(next(iter(refused.problems.values())))))
        return
    frame.announce_added(say, say("Answered: {name}", name=one.agreed.name), stored)
