"""Who was at the meetings of one arrangement, per organisation: a grid, a table, and who left."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.attendance import Attendance, attendance
from tracker.analysis.cooperation import Cooperation
from tracker.charts.attendance import AttendanceLabels, PartnerRow
from tracker.charts.attendance import attendance as attendance_chart
from tracker.pages.around import address, drawing, write
from tracker.words import Words

_STATES = {"there": "there", "absent": "absent", "unknown": "unknown", "before": "no_partner"}


def draw(say: Words, known: Cooperation) -> None:
    """One arrangement at a time, the one with the most absence first."""
    met = sorted(set(known.activities["arrangement"]) & set(known.arrangements))
    running = {n: known.arrangements[n].name for n in met if known.arrangements[n].ended_on is None}
    if not running:
        return
    write.heading(say("Who was at the meetings"))
    grids = {number: attendance(known, number) for number in running}
    first = max(grids, key=lambda number: (sum(row.left for row in grids[number].rows), -number))
    names = {str(number): name for number, name in running.items()}
    chosen = int(address.listed("arrangement", say("Arrangement"), names, str(first)))
    found = grids[chosen]
    conclusion = say.attendance_line(known, found)
    write.paragraph(conclusion, strong=running[chosen])
    if found.rows:
        _grid(say, known, found, f"{running[chosen]}: {conclusion}")
        with st.expander(say("View as a table")):
            _table(say, known, found)


def _grid(say: Words, known: Cooperation, found: Attendance, description: str) -> None:
    rows = [
        PartnerRow(
            name=known.partners[row.partner].name,
            states=tuple(_STATES[mark] for mark in row.marks),
            score=say("{held} of {known}", held=row.year[0], known=row.year[1]),
            note=say.presence_word(row),
        )
        for row in found.rows
    ]
    drawing.twice(
        "attendance",
        lambda palette, narrow: attendance_chart(
            found.meetings, rows, labels=_labels(say), palette=palette, description=description, narrow=narrow
        ),
        of=found.arrangement,
    )


def _table(say: Words, known: Cooperation, found: Attendance) -> None:
    head = (say("Organisation"), say("Last meetings"), say("Last there"), say("State"))
    rows = [
        (
            known.partners[row.partner].name,
            say.presence_score(row),
            say.date(row.last_there) if row.last_there else say("not once"),
            say.presence_word(row),
        )
        for row in found.rows
    ]
    write.table(head, rows, caption=say("Who was at the meetings"))


def _labels(say: Words) -> AttendanceLabels:
    return AttendanceLabels(
        locale=say.language,
        there=say("there"),
        absent=say("not there"),
        unknown=say("not written down"),
        no_partner=say("not a partner yet"),
        partner=say("Organisation"),
        meeting=say("Meeting"),
        state=say("State"),
        heading=say("last 12 months"),
        last_meetings=lambda n: say("last {n} meetings", n=n),
    )
