"""Lesson 2: who owns what, and how the lead moved."""

from __future__ import annotations

import streamlit as st

from tracker.analysis import ownership, partners
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.ownership import Matrix
from tracker.analysis.quarter import Quarter
from tracker.charts.ownership import OwnedCell, OwnerLabels, OwnerRow
from tracker.charts.ownership import ownership as ownership_chart
from tracker.pages.around import drawing, frame, readings, write
from tracker.pages.forms import choices
from tracker.words import Words

_QUARTERS = 8


def draw(say: Words) -> None:
    """One conclusion first, then the matrix, the lead over time, and what to ask."""
    known = readings.cooperation(frame.today())
    gaps = partners.ownership(known)
    conclusion = say.owned_line(gaps)
    write.heading(conclusion, 1)
    if not gaps.running:
        write.paragraph(say("Log a meeting and choose an arrangement. Then give it an owner on Rhythm."))
        frame.link("log.py", label=say("Log a meeting"))
        return
    write.points(say.ownership_lines(known, gaps))
    found = ownership.matrix(known)
    if found.rows:
        _matrix(say, known, found, conclusion)
    st.page_link("rhythm.py", label=say("Choose owners on Rhythm"))
    store = frame.current_store()
    domains = choices.terms(say, store, "domain")
    _lead(say, known, domains)
    phases = (domains, choices.terms(say, store, "phase"))
    asked = say.ownership_questions(known, found, ownership.phase_leads(known), phases)
    if asked:
        write.heading(say("What to ask"))
        write.points(asked)


def _matrix(say: Words, known: Cooperation, found: Matrix, conclusion: str) -> None:
    """The picture twice, wide and narrow, and as a table with an arrangement a row."""
    write.heading(say("Who has which part"))
    names = [known.arrangements[number].name for number in found.arrangements]
    rows = [
        OwnerRow(
            name=known.partners[partner].name,
            cells=tuple(OwnedCell(part=one.part, away=one.away) for one in parts),
        )
        for partner, parts in found.rows.items()
    ]
    drawing.twice(
        "ownership",
        lambda palette, narrow: ownership_chart(
            names, rows, labels=_labels(say), palette=palette, description=conclusion, narrow=narrow
        ),
    )
    with st.expander(say("View as a table")):
        head = (
            say("Arrangement"),
            say("Owner"),
            say("Second owner"),
            say("Takes part"),
            say("Not there lately"),
        )
        cells = [(name, *_columns(known, found, place)) for place, name in enumerate(names)]
        write.table(head, cells, caption=say("Who has which part"))


def _columns(known: Cooperation, found: Matrix, place: int) -> tuple[str, str, str, str]:
    """Owner, second owner, who takes part, and who of them was not there lately; a name may hold a comma."""
    parts = {partner: row[place] for partner, row in found.rows.items()}
    by_part = [[n for n, one in parts.items() if one.part == part] for part in ownership.PARTS[:-1]]
    away = [n for n, one in parts.items() if one.away]
    owner, second, member, gone = (
        "; ".join(known.partners[n].name for n in group) for group in (*by_part, away)
    )
    return owner, second, member, gone


def _lead(say: Words, known: Cooperation, domains: dict[str, str]) -> None:
    """Who led most in every quarter that was read; the running quarter is not over and stays out."""
    last = Quarter.last_full(frame.today())
    quarters = [one for one in map(last.back, range(_QUARTERS - 1, -1, -1)) if one.first >= known.since]
    led = ownership.led(known, quarters)
    if not any(one.by or one.unknown for one in led):
        return
    write.heading(say("How the lead moved"))
    write.paragraph(say.lead_shift(led, domains))
    head, rows = say.led_table(led, domains)
    write.table(head, rows, caption=say("How the lead moved"))
    write.paragraph(
        say("Counted in activities. Where nobody wrote down who led, the owner of today counts as the lead.")
    )


def _labels(say: Words) -> OwnerLabels:
    return OwnerLabels(
        locale=say.language,
        owner=say("owner"),
        second=say("second owner"),
        member=say("takes part"),
        outside=say("not in it"),
        away=say("not there lately"),
        owns=say("owner"),
        seconds=say("second"),
        organisation=say("Organisation"),
        arrangement=say("Arrangement"),
        part=say("Part"),
        left_out=lambda n: say.plural(
            "{n} more row or column stands in the table", "{n} more rows or columns stand in the table", n
        ),
    )
