"""What of an import the store holds already, counted: three equal rows against two stored ones is one new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any

from tracker.exchange.names import name_key
from tracker.exchange.preview import Double, Found, ImportedRecord, RowProblem
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Goal,
    Incident,
    IncidentReview,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Recess,
    ReviewNote,
    SeriesPoint,
    Silence,
)
from tracker.store import Store


def split(found: list[Found], store: Store) -> tuple[list[Found], list[Double]]:
    """The new rows and the doubles, both in their own order.

    Equal rows are paired first, so that a row which differs only beside its key (day, title or
    kind, arrangement) takes what is left over.
    """
    types = {type(row.record) for row in found}
    stored = Counter(held.record for record_type in types for held in store.records(record_type))
    if not stored:
        return found, []
    keys: Counter[Hashable] = Counter()
    for record, times in stored.items():
        keys[_key(record)] += times
    kinds: list[str] = [""] * len(found)
    for place, row in enumerate(found):
        if _take(stored, row.record):
            keys[_key(row.record)] -= 1
            kinds[place] = "same"
    for place, row in enumerate(found):
        if not kinds[place] and _take(keys, _key(row.record)):
            kinds[place] = "differs"
    new = [row for row, kind in zip(found, kinds, strict=True) if not kind]
    doubles = [
        Double(row.file, row.line, kind == "differs") for row, kind in zip(found, kinds, strict=True) if kind
    ]
    return new, doubles


def second_answers(found: list[Found]) -> Iterator[RowProblem]:
    """The rows that answer for a meeting, or give the value of a series on a day, that an earlier row gave.

    Which of them holds, nobody knows.
    """
    answered = set()
    for row in found:
        if isinstance(row.record, Occurrence | SeriesPoint):
            if _key(row.record) in answered:
                yield _second_answer(row)
            answered.add(_key(row.record))


def same_entry(one: ImportedRecord, other: ImportedRecord) -> bool:
    """Whether whoever logged them would call these the same event, whatever else they say of it."""
    return _key(one) == _key(other)


def _second_answer(row: Found) -> RowProblem:
    meeting = isinstance(row.record, Occurrence)
    field, code = ("due_on", "answered_already") if meeting else ("value", "counted_already")
    return RowProblem(row.file, row.line, "", code, field=field)


def _take(counter: Counter[Any], entry: Hashable) -> bool:
    if counter[entry] <= 0:
        return False
    counter[entry] -= 1
    return True


def _key(record: ImportedRecord) -> Hashable:
    """What makes two entries the same event in the eyes of whoever logged them."""
    match record:
        case Partner() | Arrangement():
            return type(record), name_key(record.name)
        case Incident():
            return Incident, record.happened_on, name_key(record.title), name_key(record.place)
        case Activity():
            return Activity, record.happened_on, record.kind, name_key(record.title), record.arrangement_id
        case Occurrence():
            return Occurrence, record.due_on, record.arrangement_id
        case Pause():
            return Pause, record.first_day, record.arrangement_id
        case Agreement():
            return Agreement, name_key(record.text), record.owner_id, record.due_on
        case CheckBack():
            about = (record.arrangement_id, record.agreement_id)
            return CheckBack, record.incident_id, record.after_days, *about
        case Framing():
            return Framing, record.incident_id, record.domain
        case IncidentReview():
            return IncidentReview, record.incident_id
        case Goal():
            return Goal, name_key(record.text), record.measure
        case GlossaryWord():
            return GlossaryWord, name_key(record.name)
        case DomainMeaning():
            return DomainMeaning, record.word_id, record.domain
        case PlannedShare():
            return PlannedShare, record.phase, record.domain
        case ReviewNote():
            return ReviewNote, record.quarter, record.topic
        case QuarterReview():
            return QuarterReview, record.quarter
        case SeriesPoint():
            return SeriesPoint, record.happened_on, name_key(record.series)
        case Silence() | Recess():
            return type(record), record.first_day, record.last_day
