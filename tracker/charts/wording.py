"""The words in the pictures that stand on a page and in the report, in the language of a voice."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from tracker.analysis.recurrence import Expected
from tracker.analysis.rhythm import Rhythm
from tracker.charts.floor_quarter import QuarterLabels
from tracker.charts.held_strip import StripCell, StripLabels, StripRow
from tracker.charts.labels import Labels
from tracker.words import Words

STRIP_DAYS = timedelta(days=730)
_AHEAD = timedelta(days=62)
_DENSE_DAYS = 21


def timeline_labels(say: Words) -> Labels:
    """Every word of the timeline."""
    return Labels(
        locale=say.language,
        week_of=say("Week of"),
        activities=say("Activities"),
        floor=say("Floor"),
        from_=say("from"),
        to=say("to"),
        extra=say("Extra"),
        incident=say("Incident"),
        date=say("Date"),
        severity=say("Severity (1-5)"),
        does_not_count=say("does not count"),
        peacetime=say("peacetime"),
        peacetime_days=lambda days: say("peacetime: {days}", days=say.days(days)),
        not_logged=say("not logged"),
        recess=say("recess"),
        today=say("today"),
        floor_label=say("floor: what is there without an incident too"),
        floor_label_short=say("floor"),
        extra_label=say("extra after an incident"),
    )


def strip_labels(say: Words) -> StripLabels:
    """Every word of the held-strip that is not of one row."""
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


def strip_row(say: Words, one: Rhythm, until: date) -> StripRow:
    """One arrangement of the held-strip, two years back from `until` and two months ahead."""
    shown = [meeting for meeting in one.expected if until - STRIP_DAYS <= meeting.due_on <= until + _AHEAD]
    cells = [_cell(say, meeting) for meeting in shown]
    if not one.agreed.cadence:
        held = [day for day in one.agreed.held if day >= until - STRIP_DAYS]
        cells = [StripCell(day=day, state="held", word=say.meeting_state("held")) for day in held]
    gaps = [(b - a).days for a, b in itertools.pairwise(cell.day for cell in cells)]
    return StripRow(
        name=one.agreed.name,
        cells=tuple(cells),
        score=say.rhythm_score(one),
        state=say.rhythm_state(one),
        strong=one.dormant,
        dense=bool(gaps) and sorted(gaps)[len(gaps) // 2] < _DENSE_DAYS,
    )


def quarter_labels(say: Words) -> QuarterLabels:
    """Every word of the floor per quarter."""
    return QuarterLabels(
        locale=say.language,
        rate=say("Activities per week"),
        floor=say("Floor"),
        range=say("Range"),
        activities=say("Activities"),
        year_earlier=say("a year earlier:"),
        quarter=lambda day: quarter_name(say, day),
        number=lambda rate: say.number(rate, 1),
    )


def quarter_name(say: Words, day: date) -> str:
    """The quarter of a day: "Q3 2026"."""
    return say("Q{quarter} {year}", quarter=(day.month + 2) // 3, year=day.year)


def _cell(say: Words, one: Expected) -> StripCell:
    return StripCell(day=one.held_on or one.due_on, state=one.state, word=say.meeting_state(one.state))
