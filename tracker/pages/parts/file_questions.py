"""Reading uploaded files: what only their owner can know is asked, and what the columns hold can be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st

from tracker import exchange
from tracker.exchange import Preview, Question, Upload
from tracker.exchange.sheet import Line, Rows
from tracker.pages.around import frame, write
from tracker.pages.forms import guarding
from tracker.pages.parts import file_columns
from tracker.words import Words
from tracker.words.exports import table_name


def read(say: Words, uploads: Sequence[Upload]) -> Preview:
    """What the files hold, with every answer and choice that was given so far.

    What a file is about is asked before what its columns hold, and that before who an organisation is: the
    answer to one shows the next.
    """
    answers: dict[str, str] = {}
    asked: set[str] = set()
    plain = _answered(say, uploads, answers, asked, {})
    chosen = file_columns.columns(say, plain, frame.current_store().remembered_columns())
    found = _answered(say, uploads, answers, asked, chosen)
    return _kept(uploads, answers, chosen, file_columns.organisations(say, found))


def _answered(
    say: Words,
    uploads: Sequence[Upload],
    answers: dict[str, str],
    asked: set[str],
    mapping: dict[str, str],
) -> Preview:
    """Asks what cannot be known, each thing once, until no answer raises another question."""
    while True:
        preview = _kept(uploads, answers, mapping)
        new = [question for question in preview.questions if question.key not in asked]
        if not new:
            return preview
        for question in new:
            asked.add(question.key)
            if answer := _answer(say, question):
                answers[question.key] = answer


def _kept(
    uploads: Sequence[Upload],
    answers: dict[str, str],
    mapping: dict[str, str],
    organisations: dict[str, str] | None = None,
) -> Preview:
    """Read once for the same files, answers and log: a long list takes seconds."""
    store = frame.current_store()
    about = (
        store.state(),
        tuple((one.name, hash(one.data)) for one in uploads),
        _pairs(answers),
        _pairs(mapping),
        _pairs(organisations or {}),
        _pairs(guarding.explained()),
    )
    kept: dict[Any, Preview] = st.session_state.setdefault("previews", {})
    if about not in kept:
        while len(kept) > 3:
            kept.pop(next(iter(kept)))
        rows = st.empty()

        def watch(found: Rows) -> Iterator[Line]:
            bar = rows.progress(0.0)
            for number, one in enumerate(found):
                if number % 2000 == 0:
                    bar.progress(number / max(1, len(found)))
                yield one

        kept[about] = exchange.read(
            uploads,
            store,
            today=frame.today(),
            mapping=mapping,
            answers=answers,
            watch=watch,
            new_partners=organisations,
            explained=guarding.explained(),
        )
        rows.empty()
    return kept[about]


def _pairs(chosen: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(chosen.items()))


def _answer(say: Words, question: Question) -> str:
    with st.container(border=True, key=f"question_{question.kind}_{abs(hash(question.key))}"):
        write.paragraph(_text(say, question), strong=question.file)
        samples = dict(zip(question.choices, question.samples, strict=False))
        return (
            st.radio(
                _text(say, question),
                question.choices,
                index=None,
                format_func=lambda choice: _choice(say, question.kind, choice, samples.get(choice, "")),
                key=f"answer.{question.key}",
                label_visibility="collapsed",
            )
            or ""
        )


def _text(say: Words, question: Question) -> str:
    texts = {
        "encoding": say("The letters of this file can be read in more than one way. Which one is right?"),
        "date_order": say(
            "Days such as {day} can be read two ways. Which comes first?", day=question.samples[0]
        )
        if question.samples
        else say("Which comes first in the days of this file?"),
        "table": say("What does this file hold?"),
    }
    return texts[question.kind]


def _choice(say: Words, kind: str, choice: str, sample: str) -> str:
    if kind == "date_order":
        return {"day": say("the day"), "month": say("the month")}[choice]
    if kind == "table":
        return table_name(say, choice)
    return write.label(f"{sample} ({choice})")
