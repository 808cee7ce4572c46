"""Changing an arrangement: its rhythm, its promotion from temporary to standing, its end with a reason."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tracker.pages import choices, entry, frame, saving, write
from tracker.pages.fields import Fields
from tracker.records import END_REASONS, Arrangement
from tracker.words import Words
from tracker.words.rhythms import END_REASONS as END_WORDS

_WEEKS = (1, 2, 3, 4, 6, 8, 13, 26, 52)


def draw(say: Words) -> None:
    """Choose one, change it; a temporary group becomes a standing one by its kind and a rhythm."""
    write.heading(say("Change an arrangement"))
    write.paragraph(say("Give a temporary group a rhythm and another kind, or an end with a reason."))
    store = frame.current_store()
    names = {one.id: one.record.name for one in store.records(Arrangement)}
    draft = entry.draft("arrangement")
    chosen = st.selectbox(
        say("Which one?"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        placeholder=say("Choose from the list"),
        key="change_arrangement",
    )
    if chosen is None:
        return
    if draft.stored is None or draft.stored.id != chosen:
        entry.start("arrangement", correct=store.get(Arrangement, chosen))
        draft = entry.draft("arrangement")
    _form(say, Fields(say, draft), draft.record)


def _form(say: Words, fields: Fields, known: Arrangement) -> None:
    rhythms = {"": say("on demand"), **{_rule(weeks): say.cadence(_rule(weeks)) for weeks in _WEEKS}}
    rhythms.setdefault(known.cadence, say.cadence(known.cadence))
    kinds = choices.terms(say, frame.current_store(), "arrangement_kind", known.kind)
    graces = {str(weeks): say.plural("{n} week", "{n} weeks", weeks) for weeks in range(9)}
    graces.setdefault(str(known.grace_weeks), say.plural("{n} week", "{n} weeks", known.grace_weeks))
    given: dict[str, Any] = {
        "name": fields.text("name", say("Name"), known.name),
        "kind": fields.choice("kind", say("What kind of arrangement?"), kinds, known.kind),
        "cadence": fields.choice("cadence", say("How often does it meet?"), rhythms, known.cadence),
        "grace_weeks": fields.choice("grace_weeks", say("Late after"), graces, str(known.grace_weeks)),
    }
    ends = {"": say("It goes on"), **{code: say(END_WORDS[code]) for code in END_REASONS}}
    end = fields.choice("end_reason", say("Does it stop?"), ends, known.end_reason)

    def record() -> Arrangement:
        day = known.ended_on or frame.today()
        return Arrangement(
            name=given["name"],
            kind=given["kind"],
            cadence=given["cadence"],
            grace_weeks=int(given["grace_weeks"]),
            started_on=known.started_on,
            ended_on=day if end else None,
            end_reason=end,
        )

    saving.offer(say, fields, "arrangement", record, main=False)


def _rule(weeks: int) -> str:
    return f"FREQ=WEEKLY;INTERVAL={weeks}"
