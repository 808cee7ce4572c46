"""The calm list of what goes quiet: each item asks for one of three decisions; empty when all is well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from tracker.analysis.rhythm import Rhythm
from tracker.analysis.structure import Structure
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.forms import saving
from tracker.records import END_REASONS, Arrangement, InvalidRecord, Occurrence, Pause, Record
from tracker.words import Words
from tracker.words.rhythms import END_REASONS as END_WORDS


def silent(structure: Structure) -> list[Rhythm]:
    """The arrangements that ask for a decision."""
    return [one for one in structure.rhythms if one.state in ("dormant", "late")]


def draw(say: Words, structure: Structure, *, asks: bool = False) -> None:
    """Dormant arrangements first, then those that falter; `asks`: the page asks something elsewhere."""
    write.heading(say("What goes quiet"))
    quiet = silent(structure)
    if not quiet:
        write.paragraph(_all_well(say, structure, asks))
        return
    decides = frame.may("edit")
    for one in sorted(quiet, key=lambda one: (not one.dormant, -(one.silence_days or 0))):
        with st.container(border=True, key=f"quiet_{one.agreed.id}"):
            write.paragraph(
                f"{say.cadence(one.agreed.cadence)} · {say.rhythm_state(one)}", strong=one.agreed.name
            )
            write.paragraph(say.quiet(one))
            if decides:
                with st.container(horizontal=True):
                    _plan(say, one)
                    _pause(say, one)
                    _stop(say, one)


def _all_well(say: Words, structure: Structure, asks: bool) -> str:
    if not structure.arrangements:
        return say("No arrangement has a rhythm yet.")
    if asks:
        return say("Everything is on rhythm.")
    return say("Everything is on rhythm. Nothing is needed this week.")


def _plan(say: Words, one: Rhythm) -> None:
    with st.popover(say("Plan a day")):
        day = st.date_input(
            say("Next meeting"),
            value=frame.today() + timedelta(days=14),
            min_value=frame.today(),
            max_value=frame.today() + timedelta(days=365),
            format="DD-MM-YYYY",
            key=f"plan.{one.agreed.id}",
        )
        write.paragraph(say("Only a meeting that was held ends the silence."))
        if st.button(say("Plan"), key=f"plan.save.{one.agreed.id}"):
            _decide(say, one, lambda: Occurrence(arrangement_id=one.agreed.id, due_on=day, state="planned"))


def _pause(say: Words, one: Rhythm) -> None:
    with st.popover(say("Pause with a reason")):
        until = st.date_input(
            say("Pause until"),
            value=frame.today() + timedelta(days=91),
            min_value=frame.today(),
            max_value=frame.today() + timedelta(days=365),
            format="DD-MM-YYYY",
            key=f"pause.{one.agreed.id}",
        )
        reason = st.text_input(say("Reason"), key=f"pause.why.{one.agreed.id}", max_chars=500)
        asked = st.button(say("Pause"), key=f"pause.save.{one.agreed.id}")
        if asked and not saving.holds_personal_data(say, reason):
            _decide(
                say,
                one,
                lambda: Pause(
                    arrangement_id=one.agreed.id, first_day=frame.today(), last_day=until, reason=reason
                ),
            )


def _stop(say: Words, one: Rhythm) -> None:
    with st.popover(say("Stop with a reason")):
        reason = st.selectbox(
            say("Why does it stop?"),
            END_REASONS,
            format_func=lambda code: say(END_WORDS[code]),
            key=f"stop.{one.agreed.id}",
        )
        if st.button(say("Stop"), key=f"stop.save.{one.agreed.id}"):
            _end(say, one, frame.today(), reason)


def _decide(say: Words, one: Rhythm, make: Callable[[], Record]) -> None:
    store, by = frame.current_store(), frame.actor()
    try:
        stored = store.add(make(), by=by)
    except InvalidRecord as refused:
        for name, code in refused.problems.items():
            write.paragraph(say.problem(code, name), role="alert", tone="problem")
        return
    frame.announce_added(say, say("Decided: {name}", name=one.agreed.name), stored)
    st.rerun()


def _end(say: Words, one: Rhythm, day: date, reason: str) -> None:
    store, by = frame.current_store(), frame.actor()
    stands = store.get(Arrangement, one.agreed.id)
    ended = replace(stands.record, ended_on=day, end_reason=reason)
    why = say("Ended on purpose")
    changed = store.correct(stands.id, ended, seen_version=stands.version, reason=why, by=by)
    undo = say("Undone right away")
    frame.announce(
        Done(
            say("Decided: {name}", name=one.agreed.name),
            lambda: store.correct(stands.id, stands.record, seen_version=changed.version, reason=undo, by=by),
        )
    )
    st.rerun()
