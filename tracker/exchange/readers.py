"""Which function reads a row of which table."""

from __future__ import annotations

from collections.abc import Callable

from tracker.exchange import evaluation_rows, promise_rows, rows
from tracker.exchange.preview import Attendance, ImportedRecord
from tracker.exchange.rows import Row

READERS: dict[str, Callable[[Row], ImportedRecord | Attendance]] = {
    "partners": rows.partner,
    "incidents": rows.incident,
    "arrangements": rows.arrangement,
    "activities": rows.activity,
    "participants": rows.attendance,
    "silences": rows.silence,
    "pauses": rows.pause,
    "recess": rows.recess,
    "agreements": promise_rows.agreement,
    "check_backs": promise_rows.check_back,
    "framings": promise_rows.framing,
    "incident_reviews": promise_rows.incident_review,
    "goals": evaluation_rows.goal,
    "glossary": evaluation_rows.glossary_word,
    "meanings": evaluation_rows.domain_meaning,
    "planned_shares": evaluation_rows.planned_share,
    "review_notes": evaluation_rows.review_note,
    "quarter_reviews": evaluation_rows.quarter_review,
    "series": rows.series_point,
}
