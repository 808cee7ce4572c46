"""What of an import the store holds already, counted: three equal rows against two stored ones is one new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any

from tracker.exchange.names import name_key
from tracker.exchange.preview import Double, Finds, Found, ImportedRecord, RowProblem
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

_ANSWERS = (Occurrence, SeriesPoint)


def split(found: Finds, store: Store) -> tuple[Finds, list[Double]]:
    """The new rows and the doubles, both in their own order; none of `found` may have a number.

    Equal rows are paired first, so that a row which differs only beside its key (day, title or
    kind, arrangement) takes what is left over.
    """
    kinds = found.records.kinds()
    stored: Counter[Any] = Counter(
        held.record for record_type in kinds for held in store.records(record_type)
    )
    if not stored:
        return found, []
    keys: Counter[Hashable] = Counter()
    for record, times in stored.items():
        keys[_key(record)] += times
    same = bytearray()
    for row in found:
        same.append(_take(stored, row.record))
        keys[_key(row.record)] -= same[-1]
    new, doubles = Finds(), []
    for row, known in zip(found, same, strict=True):
        if known or _take(keys, _key(row.record)):
            doubles.append(Double(row.file, row.line, not known))
        else:
            new.add(row)
    return new, doubles


class Answers:
    """What the rows so far answered for a meeting, or gave as the value of a series on a day."""

    def __init__(self) -> None:
        self._given: set[Hashable] = set()

    def again(self, row: Found) -> bool:
        """Whether this row answers what an earlier one did: which of both holds, nobody knows."""
        if not isinstance(row.record, _ANSWERS):
            return False
        key = _key(row.record)
        known = key in self._given
        self._given.add(key)
        return known


def same_entry(one: ImportedRecord, other: ImportedRecord) -> bool:
    """Whether whoever logged them would call these the same event, whatever else they say of it."""
    return _key(one) == _key(other)


def second_answer(row: Found) -> RowProblem:
    """What is wrong with a row that answers again."""
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
