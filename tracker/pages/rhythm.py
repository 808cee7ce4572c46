"""The agreed meetings: the strip of what was held, what asks for an answer, and setting up a rhythm."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.question import Question
from tracker.analysis.rhythm import Rhythm
from tracker.analysis.structure import Structure
from tracker.charts.held_strip import held_strip
from tracker.charts.wording import STRIP_DAYS, strip_labels, strip_row
from tracker.pages.around import drawing, frame, readings, write
from tracker.pages.forms import arrangement_form, backlog, begin, recess_form
from tracker.pages.parts import answers
from tracker.words import Words


def draw() -> None:
    """What stands, first; below it what can be done."""
    say = frame.voice()
    finding = readings.assessment(Question(until=frame.today())).finding
    structure = finding.structure
    assert structure is not None, "pages always ask for both pillars"
    write.heading(say("Rhythm of the agreed meetings"), 1)
    write.paragraph(say.structure_line(structure))
    write.paragraph(say.both_verdicts(finding))
    running = [one for one in structure.rhythms if one.state != "ended"]
    if running:
        _strip(say, structure, running)
        with st.expander(say("View as a table")):
            _table(say, structure)
        answers.draw(say, running)
    begin.draw(say)
    if running:
        backlog.draw(say, running)
        arrangement_form.draw(say)
        recess_form.draw(say)


def _strip(say: Words, structure: Structure, running: list[Rhythm]) -> None:
    """The strip twice, wide and narrow; a style shows one."""
    until, recess = frame.today(), frame.current_store().meetings(frame.today()).recess
    drawing.twice(
        "strip",
        lambda palette, narrow: held_strip(
            [strip_row(say, one, until) for one in running],
            labels=strip_labels(say),
            palette=palette,
            description=say.structure_line(structure),
            first=until - STRIP_DAYS,
            until=until,
            recess=recess,
            narrow=narrow,
        ),
    )


def _table(say: Words, structure: Structure) -> None:
    head = (say("Arrangement"), say("Rhythm"), say("Last 12 months"), say("State"), say("Silence"))
    rows = [
        (
            one.agreed.name,
            say.cadence(one.agreed.cadence),
            say.rhythm_score(one),
            say.rhythm_state(one),
            say.quiet(one) if one.state != "ended" else "",
        )
        for one in structure.rhythms
    ]
    write.table(head, rows, caption=say("All arrangements"))


draw()
