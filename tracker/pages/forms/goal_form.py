"""The form of a shared goal: what for, how it is counted, how much, and before when."""

from __future__ import annotations

import math
from datetime import timedelta

import streamlit as st

from tracker.pages.around import frame
from tracker.pages.forms import entry, saving
from tracker.pages.forms.fields import Fields
from tracker.records import GOAL_MEASURES, Goal, InvalidRecord
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES

CHANGE = "change_goal"
_NEW = "goal"
_WEEKS = 26


def draw(say: Words) -> None:
    """A fold with a new goal; open while somebody fills it in."""
    if not frame.may("edit"):
        return
    with st.expander(say("Make a shared goal")), st.container(key="form_fields"):
        _form(say, Fields(say, entry.draft(_NEW)), _NEW)


def draw_change(say: Words) -> None:
    """The fields of the goal that is being changed."""
    with st.container(key="form_change"):
        _form(say, Fields(say, entry.draft(CHANGE)), CHANGE)


def _form(say: Words, fields: Fields, form: str) -> None:
    known: Goal | None = fields.draft.record
    text = fields.text("text", say("What do you want to reach together?"), known.text if known else "")
    measures = {code: say(FIXED_CODES[code]) for code in GOAL_MEASURES}
    measure = fields.choice(
        "measure",
        say("How is it counted?"),
        measures,
        known.measure if known else "",
        help=say("The count comes from the log, so that nobody has to judge it."),
    )
    label = say("How many per cent?") if GOAL_MEASURES[measure] else say("How many?")
    target = fields.text("target", label, f"{known.target:g}" if known else "")
    due = known.due_on if known else frame.today() + timedelta(weeks=_WEEKS)
    due_on = fields.day("due_on", say("On which day at the latest?"), due, ahead=True)
    made = known.made_on if known else frame.today()

    def record() -> Goal:
        assert due_on is not None
        how_much = _number(target)
        if how_much is None:
            raise InvalidRecord({"target": "out_of_range"} | ({} if text.strip() else {"text": "required"}))
        earliest = min(made, due_on) if made else None
        return Goal(text=text, measure=measure, target=how_much, due_on=due_on, made_on=earliest)

    saving.offer(say, fields, form, record, main=known is None)


def _number(typed: str) -> float | None:
    """What somebody typed as a number: "80", "80%", "7,5"; None when it is none."""
    try:
        number = float(typed.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
