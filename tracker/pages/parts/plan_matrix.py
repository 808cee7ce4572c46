"""The prevention matrix on a page: the white spots, the picture, the table, and adjusting the plan."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.prevention import PHASES, Cell, Prevention
from tracker.charts.prevention import PlanCell, PlanLabels, prevention_matrix
from tracker.pages.around import drawing, write
from tracker.pages.forms import plan_form
from tracker.words import Words
from tracker.words.direction import SHORT_STATES, STATES


def draw(say: Words, found: Prevention, phases: dict[str, str], domains: dict[str, str]) -> None:
    """The white spots by name stand above the picture."""
    conclusion = say.white_spots_line(found, phases, domains)
    write.heading(conclusion)
    write.paragraph(say.plan_origin(found))
    if found.total:
        _picture(say, found, phases, domains, conclusion)
        write.points(say.led_lines(found, phases, domains))
        write.paragraph(say.matrix_told(found))
    with st.expander(say("View as a table")):
        head = (say("Domain"), *(phases.get(code, code) for code in PHASES))
        cells = {(one.phase, one.domain): say.cell_line(one) for one in found.cells}
        rows = [(name, *(cells[phase, code] for phase in PHASES)) for code, name in domains.items()]
        write.table(head, rows, caption=say("Who leads and who supports in each phase"))
    plan_form.draw(say)


def _picture(
    say: Words, found: Prevention, phases: dict[str, str], domains: dict[str, str], conclusion: str
) -> None:
    places = {code: number for number, code in enumerate(domains)}
    cells = [_cell(say, one, places[one.domain]) for one in found.cells]
    drawing.twice(
        "prevention",
        lambda palette, narrow: prevention_matrix(
            list(domains.values()),
            [phases.get(code, code) for code in PHASES],
            cells,
            labels=_labels(say),
            palette=palette,
            description=conclusion,
            narrow=narrow,
        ),
    )


def _cell(say: Words, one: Cell, domain: int) -> PlanCell:
    led, more = say.number(one.led), say.number(one.took_part)
    return PlanCell(
        domain=domain,
        phase=PHASES.index(one.phase),
        planned=one.planned,
        state=one.state,
        number=one.led + one.took_part,
        word=say(STATES[one.state]),
        short=say(SHORT_STATES[one.state]),
        part=say.share_word(one),
        done=say("led {led}, at {more} more", led=led, more=more),
    )


def _labels(say: Words) -> PlanLabels:
    return PlanLabels(
        locale=say.language,
        domain=say("Domain"),
        phase=say("Prevention phase"),
        state=say("State"),
        part=say("Planned part"),
        done=say("Activities in a year"),
        key_lead=say("thick edge: should lead"),
        key_support=say("thin edge: should support"),
    )
