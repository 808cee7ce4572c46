"""One row of text about a promise -> an agreement, a check-back, a framing or a look back at one incident."""

from __future__ import annotations

from typing import Any

from tracker.exchange import cells
from tracker.exchange.cells import CellProblem
from tracker.exchange.preview import ImportedRecord
from tracker.exchange.rows import Row
from tracker.records import Agreement, CheckBack, Framing, IncidentReview


def agreement(row: Row) -> ImportedRecord:
    """A row of agreements.csv -> Agreement; `origin` is where it was made, or that incident or meeting."""
    row.required("owner")
    state = row.read("state", cells.agreement_state, "open")
    links = _origin(row)
    return row.record(
        Agreement,
        text=row.required("text"),
        owner_id=row.read("owner", row.names.partner, None),
        owner_role=row.code("role", "role"),
        made_on=row.day("made_on"),
        due_on=row.required_day("due"),
        state=state,
        closed_on=row.day("done_on"),
        reason=row.text("reason"),
        quarter=row.read("quarter", cells.quarter, None),
        topic=row.read("topic", cells.topic, ""),
        **links,
    )


def check_back(row: Row) -> ImportedRecord:
    """A row of check_backs.csv -> CheckBack."""
    row.required("incident")
    return row.record(
        CheckBack,
        incident_id=row.read("incident", row.names.incident, None),
        after_days=row.read("after_days", cells.whole, 0),
        answered_on=row.required_day("date"),
        answer=row.read("answer", cells.check_back_answer, ""),
        arrangement_id=row.read("arrangement", row.names.arrangement, None),
        agreement_id=row.read("agreement", row.names.agreement, None),
    )


def framing(row: Row) -> ImportedRecord:
    """A row of framings.csv -> Framing."""
    row.required("incident")
    return row.record(
        Framing,
        incident_id=row.read("incident", row.names.incident, None),
        domain=row.code("domain", "domain") if row.required("domain") else "",
        wording=row.text("wording"),
        urgency=row.read("urgency", cells.whole, None),
    )


def incident_review(row: Row) -> ImportedRecord:
    """A row of incident_reviews.csv -> IncidentReview."""
    row.required("incident")
    return row.record(
        IncidentReview,
        incident_id=row.read("incident", row.names.incident, None),
        held_on=row.required_day("date"),
        context=row.text("context"),
        response=row.text("response"),
        result=row.text("result"),
        next_time=row.text("next_time"),
    )


def _origin(row: Row) -> dict[str, Any]:
    """Columns of their own name an incident or arrangement; else the origin may be the name of one."""
    links = {
        "incident_id": row.read("incident", row.names.incident, None),
        "arrangement_id": row.read("arrangement", row.names.arrangement, None),
    }
    text = row.text("origin")
    if not text:
        return {"origin": "incident" if links["incident_id"] is not None else "meeting", **links}
    try:
        return {"origin": cells.origin(text), **links}
    except CellProblem:
        pass
    if row.names.knows_arrangement(text):
        return {**links, "origin": "meeting", "arrangement_id": row.names.arrangement(text)}
    return {**links, "origin": "incident", "incident_id": row.read("origin", row.names.incident, None)}
