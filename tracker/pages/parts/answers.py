"""What fell due and has no answer yet: one click says what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from tracker.analysis.recurrence import Expected
from tracker.analysis.rhythm import Rhythm
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.pages.forms import saving
from tracker.records import Activity, InvalidRecord, Occurrence, Record
from tracker.store import StoreError
from tracker.words import N_, Words

_SHOWN = 8
_LATER = timedelta(days=7)
# Key, the shape it has in the strip, its word: in the order in which they are likely.
_STATES = (
    ("held", "■", N_("It took place")),
    ("not_held", "□", N_("It did not")),
    ("cancelled", "✕", N_("Cancelled")),
    ("moved", "◗", N_("Moved")),
    ("recess", "–", N_("It was recess")),
)


def draw(say: Words, running: list[Rhythm]) -> None:
    """The newest unanswered meetings, each with a button for every answer."""
    if not frame.may("edit"):
        return
    write.heading(say("What became of these meetings?"))
    _put_right(say)
    open_ones = _unanswered(running)
    if not open_ones:
        write.paragraph(say("Every meeting that fell due has an answer."))
        return
    write.paragraph(say("One click is an answer. Without one a meeting counts as not known."), tone="quiet")
    for one, due in open_ones[:_SHOWN]:
        _ask(say, one, due)
    if len(open_ones) > _SHOWN:
        n = len(open_ones) - _SHOWN
        more = say.plural("{n} more in the past. Tick it below.", "{n} more in the past. Tick them below.", n)
        write.paragraph(more)


def _unanswered(running: list[Rhythm]) -> list[tuple[Rhythm, Expected]]:
    found = [(one, due) for one in running for due in one.expected if due.state in ("unknown", "pending")]
    return sorted(found, key=lambda pair: pair[1].due_on, reverse=True)


def _ask(say: Words, one: Rhythm, due: Expected) -> None:
    key = f"{one.agreed.id}.{due.due_on}"
    place = f"due.{key}".replace(".", "_")
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=place):
        write.paragraph(say.date(due.due_on), strong=one.agreed.name)
        for state, shape, word in _STATES:
            label = f"{shape} {say(word)}"
            st.button(label, key=f"{state}.{key}", on_click=_answer, args=(say, one, due.due_on, state))


def _answer(say: Words, one: Rhythm, due: date, state: str) -> None:
    """Stores what was clicked; the day of a moved and the reason of a cancelled one are asked after it."""
    if state == "held":
        _add(say, one, _held(one, due))
        return
    given = {
        "moved": {"moved_to": _a_week_later(one, due)},
        "cancelled": {"reason": say("reason not filled in yet")},
    }.get(state, {})
    answer = Occurrence(arrangement_id=one.agreed.id, due_on=due, state=state, **given)  # type: ignore[arg-type]
    number = _add(say, one, answer)
    if given and number is not None:
        st.session_state["just_answered"] = (str(frame.database()), number, one.agreed.name)


def _a_week_later(one: Rhythm, due: date) -> date:
    """Or the day before the next one falls due, when that is sooner."""
    following = [other.due_on - timedelta(days=1) for other in one.expected if other.due_on > due]
    return max(due, min([due + _LATER, *following]))


def _held(one: Rhythm, day: date) -> Activity:
    """A held meeting is an activity; who was there is taken from the last one and can be corrected."""
    last = frame.current_store().last_of_arrangement(one.agreed.id)
    return Activity(
        happened_on=min(day, frame.today()),
        kind="regular_meeting",
        arrangement_id=one.agreed.id,
        partner_ids=last.record.partner_ids if last else (),
    )


def _add(say: Words, one: Rhythm, record: Record) -> int | None:
    """The number under which the answer is kept, None when it was refused."""
    store, by = frame.current_store(), frame.actor()
    st.session_state.pop("just_answered", None)
    try:
        stored = store.add(record, by=by)
    except InvalidRecord as refused:
        frame.announce(Done(say.problem(next(iter(refused.problems.values())))))
        return None
    frame.announce_added(say, say("Answered: {name}", name=one.agreed.name), stored)
    return stored.id


def _put_right(say: Words) -> None:
    """The day or the reason of the answer just given, which one click can only guess."""
    path, number, name = st.session_state.get("just_answered", ("", 0, ""))
    if path != str(frame.database()) or (stored := frame.current_store().get(Occurrence, number)).withdrawn:
        return
    known, key = stored.record, f"{number}.{stored.version}"
    given: dict[str, Any]
    with st.container(horizontal=True, vertical_alignment="bottom", key="just_answered_fields"):
        if known.state == "moved":
            label = say("{name}, of {day}: moved to", name=name, day=say.date(known.due_on))
            given = {"moved_to": st.date_input(label, known.moved_to, key=f"day.{key}", format="DD-MM-YYYY")}
        else:
            label = say("{name}, of {day}: cancelled because", name=name, day=say.date(known.due_on))
            given = {"reason": st.text_input(label, key=f"reason.{key}", max_chars=500).strip()}
        asked = st.button(say("Fill in"), key=f"fill_in.{key}")
    if asked and given == {"moved_to": known.moved_to}:
        _close()
    new = all(given.values()) and replace(known, **given) != known
    if (asked or new) and not saving.holds_personal_data(say, str(given.get("reason", ""))):
        _correct(say, number, stored.version, known, given, name)


def _correct(
    say: Words, number: int, version: int, known: Occurrence, given: dict[str, Any], name: str
) -> None:
    store, by = frame.current_store(), frame.actor()
    why = say("Filled in right away")
    try:
        changed = store.correct(number, replace(known, **given), seen_version=version, reason=why, by=by)
    except (InvalidRecord, StoreError) as refused:
        problem = next(iter(getattr(refused, "problems", {}).items()), ("", "conflict"))
        write.paragraph(say.problem(problem[1], problem[0]), role="alert", tone="problem")
        return
    frame.announce_added(say, say("Answered: {name}", name=name), changed)
    _close()


def _close() -> None:
    del st.session_state["just_answered"]
    st.rerun()
