"""Changing what was answered to a check-back: the answer itself, and the day it was given."""

from __future__ import annotations

from dataclasses import replace

from tracker.pages.around import frame
from tracker.pages.forms import entry, saving
from tracker.pages.forms.fields import Fields
from tracker.records import CHECK_BACK_ANSWERS, CheckBack
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES

NOTHING = "nothing_left"
ANSWERS = tuple(answer for answer in CHECK_BACK_ANSWERS if answer != NOTHING)


def draw_change(say: Words, form: str) -> None:
    """The fields of the answer that is being changed; that nothing came of it has no other answer."""
    fields = Fields(say, entry.draft(form))
    known: CheckBack = fields.draft.record
    fitting = (NOTHING,) if known.answer == NOTHING else ANSWERS
    answers = {answer: say(FIXED_CODES[answer]) for answer in fitting}
    answer = fields.choice("answer", say("Answer"), answers, known.answer)
    day = fields.day("answered_on", say("On which day was this the answer?"), known.answered_on)
    saving.offer(
        say,
        fields,
        form,
        lambda: replace(known, answer=answer, answered_on=day or frame.today()),
        main=False,
    )
