"""Which function reads a row of which table."""

from __future__ import annotations

from collections.abc import Callable

from tracker.exchange import promise_rows, rows
from tracker.exchange.preview import ImportedRecord
from tracker.exchange.rows import Row

READERS: dict[str, Callable[[Row], ImportedRecord]] = {
    "partners": rows.partner,
    "incidents": rows.incident,
    "arrangements": rows.arrangement,
    "activities": rows.activity,
    "silences": rows.silence,
    "pauses": rows.pause,
    "recess": rows.recess,
    "agreements": promise_rows.agreement,
    "check_backs": promise_rows.check_back,
    "framings": promise_rows.framing,
    "incident_reviews": promise_rows.incident_review,
    "series": rows.series_point,
}
