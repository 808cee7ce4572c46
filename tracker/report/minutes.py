"""What the evaluation of a quarter left: its notes by question and its decisions, for the report."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.analysis.quarter import Quarter
from tracker.records import REVIEW_TOPICS, Agreement, ReviewNote
from tracker.store import Store


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """Notes as (question, what was said) in the order of the meeting, and decisions as they were made."""

    notes: tuple[tuple[str, str], ...] = ()
    decisions: tuple[Agreement, ...] = ()


def minutes(store: Store, quarter: Quarter) -> Minutes:
    """What people wrote and decided at the evaluation of `quarter`, whenever it was held."""
    notes = {
        one.record.topic: one.record.note
        for one in store.records(ReviewNote)
        if one.record.quarter == quarter.first
    }
    made = sorted(
        (one for one in store.records(Agreement) if one.record.quarter == quarter.first),
        key=lambda one: one.id,
    )
    return Minutes(
        notes=tuple((topic, notes[topic]) for topic in REVIEW_TOPICS if topic in notes),
        decisions=tuple(one.record for one in made),
    )
