"""The store -> its tables as an import reads them: the same headings, names instead of numbers.

A column that is added to `columns.FIELDS` is exported when the record has a field of that name; only links
and fields with another name than their column are named here.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.exchange import cells
from tracker.exchange.columns import FIELDS, VOCABULARY_OF
from tracker.exchange.names import name_key
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
    Record,
    ReviewNote,
    SeriesPoint,
    Silence,
)
from tracker.store import VOCABULARIES, Store

Cell = str | int | float | bool | date | None

RECORDS: dict[str, tuple[type[Record], ...]] = {
    "partners": (Partner,),
    "incidents": (Incident,),
    "arrangements": (Arrangement,),
    "activities": (Activity, Occurrence),
    "silences": (Silence,),
    "pauses": (Pause,),
    "recess": (Recess,),
    "agreements": (Agreement,),
    "check_backs": (CheckBack,),
    "framings": (Framing,),
    "incident_reviews": (IncidentReview,),
    "goals": (Goal,),
    "glossary": (GlossaryWord,),
    "meanings": (DomainMeaning,),
    "planned_shares": (PlannedShare,),
    "review_notes": (ReviewNote,),
    "quarter_reviews": (QuarterReview,),
    "series": (SeriesPoint,),
}
# Where a field of a record has another name than its column; the first that the record has counts.
_ATTRIBUTES = {
    "date": ("happened_on", "due_on", "answered_on", "held_on"),
    "start": ("started_on",),
    "end": ("ended_on",),
    "arrangement": ("arrangement_id",),
    "incident": ("incident_id",),
    "born_from": ("incident_id",),
    "partners": ("partner_ids",),
    "owner": ("owner_id",),
    "second_owner": ("second_owner_id",),
    "lead": ("lead_id",),
    "role": ("owner_role",),
    "due": ("due_on",),
    "done_on": ("closed_on",),
    "agreement": ("agreement_id",),
    "word": ("word_id",),
}


@dataclass(frozen=True)
class Table:
    """One table: its name, its headings and its rows, with as many cells as headings."""

    name: str
    headings: list[str]
    rows: list[list[Cell]]


def tables(store: Store, *, dutch: bool) -> Iterator[Table]:
    """Every table that stands (what was withdrawn stays out), with Dutch headings and labels when asked.

    A label is written only where an import would take it for the same code; a link to what was withdrawn
    is left empty.
    """
    words = _Words(store, dutch=dutch)
    yield Table("vocabulary", headings("vocabulary", dutch=dutch), list(_terms(store)))
    for name, record_types in RECORDS.items():
        records = (held.record for one in record_types for held in store.records(one))
        rows = [[words.cell(name, field, record) for field in FIELDS[name]] for record in records]
        yield Table(name, headings(name, dutch=dutch), rows)


def headings(table: str, *, dutch: bool) -> list[str]:
    """The first line of a table."""
    return [others.split()[0] if dutch and others else field for field, others in FIELDS[table].items()]


def _terms(store: Store) -> Iterator[list[Cell]]:
    for name in VOCABULARIES:
        for term in store.vocabulary(name, archived=True):
            yield [getattr(term, field) for field in FIELDS["vocabulary"]]


class _Words:
    """What stands in a cell for the values of a record."""

    def __init__(self, store: Store, *, dutch: bool) -> None:
        self._partners = {held.id: held.record.name for held in store.records(Partner)}
        self._arrangements = {held.id: held.record.name for held in store.records(Arrangement)}
        self._incidents = _incident_names(store)
        self._agreements = {held.id: held.record.text for held in store.records(Agreement)}
        self._glossary = {held.id: held.record.name for held in store.records(GlossaryWord)}
        self._labels = {name: _labels(store, name) for name in VOCABULARIES} if dutch else {}
        self._fixed = cells.DUTCH if dutch else {}

    def cell(self, table: str, field: str, record: Record) -> Cell:
        """The value of one field, as text, number, day or yes and no; None when the record has none."""
        value: Any = None
        for name in _ATTRIBUTES.get(field, (field,)):
            value = getattr(record, name, value)
        if value is None or value == "":
            return self._number_only(record) if field == "partners" else None
        match field:
            case "partners":
                names = [self._partners[one] for one in value if one in self._partners]
                return _listed(names) if names else self._number_only(record)
            case "partner_count":
                return value if getattr(record, "partner_ids", ()) else None
            case "arrangement":
                return self._arrangements.get(value)
            case "owner" | "second_owner" | "lead":
                return self._partners.get(value)
            case "agreement":
                return self._agreements.get(value)
            case "word":
                return self._glossary.get(value)
            case "incident" | "born_from":
                return self._incidents.get(value)
        held: Cell = value
        if vocabulary := VOCABULARY_OF.get(table, {}).get(field):
            return self._labels.get(vocabulary, {}).get(str(held), held)
        return self._fixed.get(field, {}).get(held, held) if isinstance(held, str) else held

    def _number_only(self, record: Record) -> Cell:
        """Where only the number of organisations is known it stands in the place of their names."""
        return None if getattr(record, "partner_ids", ()) else getattr(record, "partner_count", None)


def _incident_names(store: Store) -> dict[int, str]:
    """Id -> title; with the day before it where several bear the title."""
    held = store.records(Incident)
    times = Counter(name_key(one.record.title) for one in held)
    return {
        one.id: one.record.title
        if times[name_key(one.record.title)] == 1
        else f"{one.record.happened_on.isoformat()} {one.record.title}"
        for one in held
    }


def _labels(store: Store, vocabulary: str) -> dict[str, str]:
    """Code -> Dutch label, of those whose label means no other term."""
    terms = store.vocabulary(vocabulary, archived=True)
    meanings = Counter(
        key for one in terms for key in {name_key(one.code), name_key(one.nl), name_key(one.en)}
    )
    return {one.code: one.nl for one in terms if meanings[name_key(one.nl)] == 1}


def _listed(names: Iterable[str]) -> str:
    """`Politie; School`; a name that holds a sign of the list itself stands between quotes."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="").writerow(names)
    return text.getvalue() if '"' in text.getvalue() else text.getvalue().replace(";", "; ")
