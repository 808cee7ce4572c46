"""The agreed meetings: the strip of what was held, what asks for an answer, and setting up a rhythm."""

from __future__ import annotations

import itertools
from datetime import timedelta

import streamlit as st

from tracker.analysis.question import Question
from tracker.analysis.recurrence import Expected
from tracker.analysis.rhythm import Rhythm
from tracker.analysis.structure import Structure
from tracker.charts.held_strip import StripCell, StripLabels, StripRow, held_strip
from tracker.charts.palette import DARK, LIGHT
from tracker.pages import answers, arrangement_form, backlog, begin, frame, readings, recess_form, write
from tracker.words import Words

_SHOWN = timedelta(days=730)
_AHEAD = timedelta(days=62)
_DENSE_DAYS = 21


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
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    until = frame.today()
    store = frame.current_store()
    for width in ("wide", "narrow"):
        spec = held_strip(
            [_row(say, one, until) for one in running],
            labels=_labels(say),
            palette=palette,
            description=say.structure_line(structure),
            first=until - _SHOWN,
            until=until,
            recess=store.meetings(until).recess,
            narrow=width == "narrow",
        )
        with st.container(key=width):
            st.vega_lite_chart(spec, theme=None, width="stretch", key=f"strip_{width}")


def _row(say: Words, one: Rhythm, until: object) -> StripRow:
    today = frame.today()
    shown = [e for e in one.expected if today - _SHOWN <= e.due_on <= today + _AHEAD]
    cells = [_cell(say, e) for e in shown]
    if not one.agreed.cadence:
        held = [day for day in one.agreed.held if day >= today - _SHOWN]
        cells = [StripCell(day=day, state="held", word=say.meeting_state("held")) for day in held]
    days = [cell.day for cell in cells]
    gaps = [(b - a).days for a, b in itertools.pairwise(days)]
    return StripRow(
        name=one.agreed.name,
        cells=tuple(cells),
        score=say.rhythm_score(one),
        state=say.rhythm_state(one),
        strong=one.dormant,
        dense=bool(gaps) and sorted(gaps)[len(gaps) // 2] < _DENSE_DAYS,
    )


def _cell(say: Words, one: Expected) -> StripCell:
    return StripCell(day=one.held_on or one.due_on, state=one.state, word=say.meeting_state(one.state))


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


def _labels(say: Words) -> StripLabels:
    return StripLabels(
        locale=say.language,
        today=say("today"),
        recess=say.meeting_state("recess"),
        last_12_months=say("last 12 months"),
        held=say.meeting_state("held"),
        moved=say.meeting_state("moved"),
        cancelled=say.meeting_state("cancelled"),
        not_held=say.meeting_state("not_held"),
        unknown=say.meeting_state("unknown"),
        planned=say.meeting_state("planned"),
        meeting=say("Meeting"),
        day=say("Day"),
        state=say("State"),
    )


draw()
