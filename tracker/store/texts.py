"""Which fields of a record people type freely, and a record without what they typed.

Found by introspection: a text that is no code and no rule is free text, so one that comes later is too.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from tracker.records import (
    Arrangement,
    GlossaryWord,
    Incident,
    InvalidRecord,
    Partner,
    Record,
    SeriesPoint,
)
from tracker.store.guard import text_fields
from tracker.store.known import CODES
from tracker.store.national import national_events
from tracker.store.rows import R

GONE = "—"
# Codes of the product's own and a rule of RFC 5545; those of a vocabulary stand in `CODES`.
_CODED = frozenset(
    (
        "answer",
        "cadence",
        "end_reason",
        "measure",
        "origin",
        "share",
        "shown_at",
        "state",
        "topic",
    )
)
# No two may have the same, so what stands in its place has the number of the record.
_NAMES: dict[type[Record], str] = {
    Partner: "name",
    Arrangement: "name",
    GlossaryWord: "name",
    SeriesPoint: "series",
}


def free_texts(kind: Any) -> tuple[str, ...]:
    """The fields of this kind of record in which people type what they like, in their order."""
    coded = _CODED.union(CODES.get(kind, ()))
    return tuple(name for name in text_fields(kind) if name not in coded)


def emptied(record: R, record_id: int, *, on_request: bool) -> R:
    """The record without its free texts; one that is required becomes a dash.

    The name of a series is what its points are added up by: it goes only `on_request`. Where an event of the
    product's own list comes from was not typed here, and says that it was marked already.
    """
    kind: Any = type(record)
    gone = dict.fromkeys(free_texts(kind), "")
    if isinstance(record, SeriesPoint) and not on_request:
        return record
    if kind in _NAMES:
        gone[_NAMES[kind]] = f"{GONE} {record_id}"
    if isinstance(record, Incident) and record.source in _own_sources():
        del gone["source"]
    try:
        return replace(record, **gone)  # type: ignore[type-var]
    except InvalidRecord as refused:
        needed = dict.fromkeys(refused.problems, GONE)
        assert needed.keys() <= gone.keys(), needed
        return replace(record, **gone | needed)  # type: ignore[type-var]


@cache
def _own_sources() -> frozenset[str]:
    return frozenset(event.source for event in national_events())
