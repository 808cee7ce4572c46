"""The sentences of the evaluation: what became of decisions, and which counts moved since it was closed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.store.logbook import agreement
from tracker.analysis.quarter import Quarter
from tracker.records import REVIEW_TOPICS
from tracker.words import speak
from tracker.words.review import SHORT

Q2, EVENING = Quarter(2026, 2), date(2026, 9, 30)


def made(due: date, **changes):
    return agreement(due_on=due, made_on=date(2026, 7, 1), **changes)


DONE = made(date(2026, 9, 1), state="done", closed_on=date(2026, 8, 1))
DROPPED = made(date(2026, 9, 1), state="wont_do", closed_on=date(2026, 8, 1), reason="geen geld")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "No earlier evaluation left a decision."),
        ([DONE], "The evaluation of Q2 2026 left 1 decision: 1 done."),
        ([made(EVENING)], "The evaluation of Q2 2026 left 1 decision: 1 not done yet."),
        ([made(date(2026, 9, 29))], "The evaluation of Q2 2026 left 1 decision: 1 overdue."),
        (
            [DONE, DONE, DROPPED, made(EVENING)],
            "The evaluation of Q2 2026 left 4 decisions: 2 done, 1 not done yet and 1 dropped with a reason.",
        ),
    ],
)
def test_what_became_of_the_decisions_is_one_sentence_that_adds_up(found, said):
    assert speak("en").became_line(Q2, found, EVENING) == said


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ({}, {}, "Counted now, nothing differs."),
        ({"held": 3, "due": 4}, {"held": 3, "due": 4}, "Counted now, nothing differs."),
        ({"held": 3}, {"held": 4}, "Counted now it differs: of which held: 4 instead of 3."),
        ({"weeks": None}, {"weeks": 0}, "Counted now it differs: Weeks: 0 instead of not known."),
        ({"held": 3, "gone": 1}, {"held": 3, "new": 2}, "Counted now, nothing differs."),
    ],
)  # fmt: skip
def test_only_counts_that_moved_are_named(then, now, said):
    assert speak("en").moved_line(then, now) == said


def test_every_question_has_a_short_name_in_both_languages():
    assert tuple(SHORT) == REVIEW_TOPICS
    for language in ("nl", "en"):
        assert len({speak(language)(name) for name in SHORT.values()}) == len(REVIEW_TOPICS)
