"""A stretch that nobody logged: unknown until somebody says what it was."""

from __future__ import annotations

from datetime import date

import streamlit as st

from tracker.analysis import Assessment
from tracker.pages.around import frame, write
from tracker.pages.around.frame import Done
from tracker.records import Silence
from tracker.store import StoreError
from tracker.words import Words


def ask(say: Words, assessment: Assessment) -> None:
    """The newest such stretch, with both answers."""
    if not frame.may("edit"):
        return
    if assessment.silence is None:
        return
    first, last = assessment.silence
    with st.container(border=True, key="silence"):
        write.paragraph(
            say(
                "From {first} to {last} nothing was logged. Did nothing happen, or was it not logged?",
                first=say.date(first),
                last=say.date(last),
            )
        )
        with st.container(horizontal=True):
            for answer, words in (
                ("nothing_happened", say("Nothing happened")),
                ("not_logged", say("It was not logged")),
            ):
                st.button(words, key=answer, on_click=_answer, args=(say, first, last, answer))


def _answer(say: Words, first: date, last: date, answer: str) -> None:
    current, by = frame.current_store(), frame.actor()
    silence = Silence(first_day=first, last_day=last, answer=answer)
    try:
        stored = current.add(silence, by=by, request=f"silence {first} {last} {answer} {current.revision()}")
    except StoreError as refused:
        frame.announce(Done(say.problem(refused.code)))
        return
    text = say("Answered: {first} to {last}.", first=say.date(first), last=say.date(last))
    reason = say("Undone right after the answer")
    frame.announce(
        Done(
            text,
            lambda: current.withdraw(Silence, stored.id, seen_version=stored.version, reason=reason, by=by),
        )
    )
