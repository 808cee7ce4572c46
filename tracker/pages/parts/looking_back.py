"""The question that comes up by itself after an incident: does what came out of it still live?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.analysis.agreements import Asked
from tracker.analysis.cooperation import Cooperation
from tracker.pages.around import frame, write
from tracker.pages.forms import agreement_form, answer_form
from tracker.pages.parts import few_first
from tracker.records import CheckBack, InvalidRecord
from tracker.words import Words
from tracker.words.field_names import offered_word

_SHOWN = 3


def draw(say: Words, known: Cooperation, waiting: Sequence[Asked], *, elsewhere: bool = True) -> None:
    """Nothing when nothing waits; each item is one click, and the first few stand open.

    `elsewhere`: offers the page of agreements.
    """
    if not frame.may("edit") or not waiting:
        return
    write.heading(say("Looking back"))

    def questions(some: Sequence[Asked]) -> None:
        for one in some:
            _question(say, known, one, elsewhere)

    few_first.draw(say, waiting, _SHOWN, questions)


def _question(say: Words, known: Cooperation, one: Asked, elsewhere: bool) -> None:
    with st.container(border=True, key=f"back_{one.incident}_{one.after_days}"):
        write.paragraph(say.check_back_question(known, one))
        for number in one.arrangements:
            _item(say, one, known.arrangements[number].name, "arrangement_id", number)
        for number in one.agreements:
            _item(say, one, known.agreements[number].text, "agreement_id", number)
        if not one.arrangements and not one.agreements:
            _nothing(say, one, elsewhere)


def _item(say: Words, one: Asked, name: str, field: str, number: int) -> None:
    write.paragraph("", strong=name)
    with st.container(horizontal=True):
        for answer in answer_form.ANSWERS:
            key = f"back.{one.incident}.{one.after_days}.{field}.{number}.{answer}"
            if st.button(offered_word(say, answer), key=key):
                _store(say, one, answer, **{field: number})


def _nothing(say: Words, one: Asked, elsewhere: bool) -> None:
    """Either that is so, or somebody ties something to the incident now."""
    with st.container(horizontal=True):
        if st.button(
            offered_word(say, answer_form.NOTHING), key=f"back.{one.incident}.{one.after_days}.nothing"
        ):
            _store(say, one, answer_form.NOTHING)
        if elsewhere and st.button(say("Make an agreement"), key=f"make.{one.incident}"):
            agreement_form.start_after(one.incident)
            st.switch_page("agreements.py")


def _store(say: Words, one: Asked, answer: str, **about: int) -> None:
    store, by = frame.current_store(), frame.actor()
    record = CheckBack(
        incident_id=one.incident, after_days=one.after_days, answered_on=frame.today(), answer=answer, **about
    )
    try:
        stored = store.add(record, by=by)
    except InvalidRecord as refused:  # a colleague was first
        write.paragraph(say.problem(next(iter(refused.problems.values()))), role="alert", tone="problem")
        return
    frame.announce_added(say, say("Answered: {answer}", answer=offered_word(say, answer)), stored)
    st.rerun()
