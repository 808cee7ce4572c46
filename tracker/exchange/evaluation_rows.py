"""One row of text about the evaluation -> a goal, a word or meaning, a planned share, a note, a review."""

from __future__ import annotations

from datetime import date

from tracker.exchange import cells
from tracker.exchange.preview import ImportedRecord
from tracker.exchange.rows import Row
from tracker.records import (
    DomainMeaning,
    GlossaryWord,
    Goal,
    PlannedShare,
    QuarterReview,
    ReviewNote,
)


def goal(row: Row) -> ImportedRecord:
    """A row of goals.csv -> Goal."""
    row.required("target")
    return row.record(
        Goal,
        text=row.required("text"),
        measure=row.read("measure", cells.measure, "") if row.required("measure") else "",
        target=row.read("target", cells.number, None),
        due_on=row.required_day("due"),
        made_on=row.day("made_on"),
    )


def glossary_word(row: Row) -> ImportedRecord:
    """A row of glossary.csv -> GlossaryWord."""
    return row.record(
        GlossaryWord,
        name=row.required("name"),
        meaning=row.text("meaning"),
        shown_at=row.read("shown_at", cells.shown_at, ""),
        clash=row.read("clash", cells.truth, False),
    )


def domain_meaning(row: Row) -> ImportedRecord:
    """A row of meanings.csv -> DomainMeaning of a word that is known."""
    row.required("word")
    return row.record(
        DomainMeaning,
        word_id=row.read("word", row.names.word, None),
        domain=row.code("domain", "domain") if row.required("domain") else "",
        meaning=row.required("meaning"),
    )


def planned_share(row: Row) -> ImportedRecord:
    """A row of planned_shares.csv -> PlannedShare."""
    return row.record(
        PlannedShare,
        phase=row.code("phase", "phase") if row.required("phase") else "",
        domain=row.code("domain", "domain") if row.required("domain") else "",
        share=row.read("share", cells.share, "") if row.required("share") else "",
    )


def review_note(row: Row) -> ImportedRecord:
    """A row of review_notes.csv -> ReviewNote."""
    return row.record(
        ReviewNote,
        quarter=_quarter(row),
        topic=row.read("topic", cells.topic, "") if row.required("topic") else "",
        note=row.required("note"),
    )


def quarter_review(row: Row) -> ImportedRecord:
    """A row of quarter_reviews.csv -> QuarterReview, without the facts that were kept where it was closed."""
    return row.record(QuarterReview, quarter=_quarter(row), held_on=row.required_day("date"))


def _quarter(row: Row) -> date | None:
    row.required("quarter")
    found: date | None = row.read("quarter", cells.quarter, None)
    return found
