"""What the database already holds, so that a record that points at nothing is refused with a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from tracker.records import (
    DAYS_AHEAD,
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Incident,
    IncidentReview,
    InvalidRecord,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Record,
    ReviewNote,
    Scan,
    SeriesPoint,
    Shelf,
    refuse_far_dates,
)
from tracker.store.rows import TABLES

CODES: dict[type[Record], dict[str, str]] = {
    Partner: {"domain": "domain"},
    Arrangement: {
        "kind": "arrangement_kind",
        "phase": "phase",
        "owner_role": "role",
        "second_owner_role": "role",
    },
    Incident: {"kind": "incident_kind", "scale": "scale", "phenomenon": "phenomenon"},
    Activity: {"kind": "activity_kind", "mode": "mode", "phase": "phase"},
    Agreement: {"owner_role": "role"},
    Framing: {"domain": "domain"},
    DomainMeaning: {"domain": "domain"},
    PlannedShare: {"phase": "phase", "domain": "domain"},
}
LINKS: dict[type[Record], dict[str, str]] = {
    Arrangement: {
        "owner_id": "partner",
        "second_owner_id": "partner",
        "partner_ids": "partner",
        "incident_id": "incident",
    },
    Activity: {
        "arrangement_id": "arrangement",
        "incident_id": "incident",
        "partner_ids": "partner",
        "lead_id": "partner",
    },
    Occurrence: {"arrangement_id": "arrangement"},
    Pause: {"arrangement_id": "arrangement"},
    Agreement: {"owner_id": "partner", "incident_id": "incident", "arrangement_id": "arrangement"},
    CheckBack: {"incident_id": "incident", "arrangement_id": "arrangement", "agreement_id": "agreement"},
    Framing: {"incident_id": "incident"},
    IncidentReview: {"incident_id": "incident"},
    DomainMeaning: {"word_id": "glossary_word"},
}
LINKED = {table for links in LINKS.values() for table in links.values()}
# What there may be only one of: the fields that say which, and the field and code that tell it.
SOLE: dict[type[Record], tuple[tuple[str, ...], str, str]] = {
    CheckBack: (
        ("incident_id", "after_days", "arrangement_id", "agreement_id"),
        "answer",
        "answered_already",
    ),
    Framing: (("incident_id", "domain"), "domain", "framed_already"),
    IncidentReview: (("incident_id",), "incident_id", "reviewed_already"),
    SeriesPoint: (("happened_on", "series"), "value", "counted_already"),
    GlossaryWord: (("name",), "name", "exists_already"),
    DomainMeaning: (("word_id", "domain"), "domain", "meant_already"),
    PlannedShare: (("phase", "domain"), "share", "planned_already"),
    ReviewNote: (("quarter", "topic"), "note", "noted_already"),
    QuarterReview: (("quarter",), "quarter", "closed_already"),
    Scan: (("quarter",), "quarter", "scanned_already"),
}
ONE_OF_A_KIND = (Partner, Arrangement, Occurrence, *SOLE)  # these can clash
# What others of a batch may point at, or clash with.
EXPECTED = tuple(kind for kind, table in TABLES.items() if table in LINKED or kind in ONE_OF_A_KIND)


class Known:
    """The codes, ids, names and answers in the database, each read once and only when asked for."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._codes: dict[str, dict[str, bool]] = {}
        self._ids: dict[str, dict[int, bool]] = {}
        self._names: dict[str, dict[str, int]] = {}
        self._answers: dict[int, dict[str, int]] = {}
        self._soles: dict[type[Record], dict[tuple[Any, ...], int]] = {}

    def problems(
        self, record: Record, *, today: date, own_id: int = 0, before: Record | None = None
    ) -> dict[str, str]:
        """Field -> code of what keeps `record` from being stored; empty when it may.

        `before` is what the record replaces: a code or link that is archived or withdrawn may stay
        where it was, and is refused only as a new choice.
        """
        kind = type(record)
        found: dict[str, str] = {}
        try:
            refuse_far_dates(record, today)
        except InvalidRecord as refused:
            found.update(refused.problems)
        for field in CODES.get(kind, {}):
            code = getattr(record, field)
            if before is None or code != getattr(before, field):
                found |= _told(field, self._refusal(kind, field, code))
        for field in LINKS.get(kind, {}):
            for linked in _new_links(record, before, field):
                found |= _told(field, self._refusal(kind, field, linked))
        return found | _reopened(record, before) | self.clash(record, own_id)

    def problems_of_all(
        self, records: Shelf, ids: Sequence[int], *, today: date
    ) -> dict[int, dict[str, str]]:
        """Place in the batch -> problems, of the records that may not be stored.

        A batch holds few different days, codes and links, so each of these is looked at once. The records
        themselves are when one of these is wrong, or when they are of a kind that may clash.
        """
        found = {}
        for run in records.runs(*(ONE_OF_A_KIND if self._sound(records, today) else TABLES)):
            for place, record in enumerate(run.records(), run.start):
                if problems := self.problems(record, today=today, own_id=ids[place]):
                    found[place] = problems
        return found

    def clash(self, record: Record, own_id: int) -> dict[str, str]:
        """Field -> code of what only one record may have, when another than `own_id` has it already."""
        match record:
            case Partner() | Arrangement():
                first = self.names(TABLES[type(record)]).get(record.name.casefold(), own_id)
                return {} if first == own_id else {"name": "exists_already"}
            case Occurrence():
                first = self.answers(record.arrangement_id).get(record.due_on.isoformat(), own_id)
                return {} if first == own_id else {"due_on": "answered_already"}
        if type(record) in SOLE:
            named, field, code = SOLE[type(record)]
            first = self.soles(type(record)).get(_key(record, named), own_id)
            return {} if first == own_id else {field: code}
        return {}

    def expect(self, record: Record, record_id: int, *, place: int) -> None:
        """Counts `record` as present from now on: a batch may point at, and clash with, its own records.

        Others of the batch point at it by its `place`, below zero, or by the id it will have.
        """
        kind = type(record)
        table = TABLES[kind]
        if table in LINKED:
            self.ids(table).update({place: False, record_id: False})
        if kind not in ONE_OF_A_KIND:
            return
        if isinstance(record, Partner | Arrangement):
            self.names(table).setdefault(record.name.casefold(), record_id)
        elif isinstance(record, Occurrence):
            self.answers(record.arrangement_id).setdefault(record.due_on.isoformat(), record_id)
        else:
            self.soles(kind).setdefault(_key(record, SOLE[kind][0]), record_id)

    def _sound(self, records: Shelf, today: date) -> bool:
        """Whether no day, code or link of these records is wrong; those that may clash are left out."""
        days: set[date | None] = set()
        pointing: dict[tuple[type[Record], str], set[Any]] = {}
        for run in records.runs(*(kind for kind in TABLES if kind not in ONE_OF_A_KIND)):
            days.update(*(run.columns[name] for name in _DAYS[run.kind]))
            for name in (*CODES.get(run.kind, {}), *LINKS.get(run.kind, {})):
                pointing.setdefault((run.kind, name), set()).update(run.columns[name])
        return max(filter(None, days), default=today) <= today + timedelta(days=DAYS_AHEAD) and not any(
            self._refusal(kind, name, one)
            for (kind, name), values in pointing.items()
            for value in values
            for one in (value if isinstance(value, tuple) else (value,))
        )

    def _refusal(self, kind: type[Record], field: str, value: Any) -> str:
        """The code of what is wrong with one code or link; empty when it may be stored."""
        if value is None or value == "":
            return ""
        if vocabulary := CODES.get(kind, {}).get(field):
            return _gone(self.codes(vocabulary).get(value), "unknown_code", "archived_code")
        return _gone(self.ids(LINKS[kind][field]).get(value), "unknown_record", "withdrawn_record")

    def codes(self, vocabulary: str) -> dict[str, bool]:
        """Code -> whether it is archived."""
        if vocabulary not in self._codes:
            rows = self._db.conn.execute(f"SELECT code, archived FROM {vocabulary}")
            self._codes[vocabulary] = {code: bool(archived) for code, archived in rows}
        return self._codes[vocabulary]

    def ids(self, table: str) -> dict[int, bool]:
        """Id -> whether the record is withdrawn."""
        if table not in self._ids:
            rows = self._db.conn.execute(f"SELECT id, withdrawn FROM {table}")
            self._ids[table] = {record_id: bool(withdrawn) for record_id, withdrawn in rows}
        return self._ids[table]

    def names(self, table: str) -> dict[str, int]:
        """Name in lower case -> id, of records that are not withdrawn."""
        if table not in self._names:
            rows = self._db.conn.execute(f"SELECT name, id FROM {table} WHERE withdrawn = 0")
            self._names[table] = {name.casefold(): record_id for name, record_id in rows}
        return self._names[table]

    def answers(self, arrangement_id: int) -> dict[str, int]:
        """Due day of the arrangement -> id of what stands as its answer."""
        if arrangement_id not in self._answers:
            rows = self._db.conn.execute(
                "SELECT due_on, id FROM occurrence WHERE arrangement_id = ? AND withdrawn = 0",
                (arrangement_id,),
            )
            self._answers[arrangement_id] = dict(rows.fetchall())
        return self._answers[arrangement_id]

    def soles(self, kind: type[Record]) -> dict[tuple[Any, ...], int]:
        """What tells a record of a kind of which there is one each -> its id."""
        if kind not in self._soles:
            names, table = SOLE[kind][0], TABLES[kind]
            rows = self._db.conn.execute(f"SELECT id, {', '.join(names)} FROM {table} WHERE withdrawn = 0")
            self._soles[kind] = {tuple(map(_folded, key)): record_id for record_id, *key in rows}
        return self._soles[kind]


# The days, codes and links of each kind: all that can be wrong with a record but a clash.
_DAYS = {
    kind: [one.name for one in fields(kind) if str(one.type).startswith("date")]  # type: ignore[arg-type]
    for kind in TABLES
}


def _gone(state: bool | None, unknown: str, gone: str) -> str:
    """`state` None: never heard of; True: archived or withdrawn."""
    if state is None:
        return unknown
    return gone if state else ""


def _told(field: str, code: str) -> dict[str, str]:
    return {field: code} if code else {}


def _reopened(record: Record, before: Record | None) -> dict[str, str]:
    """A closed self-scan stays closed: what one reply more changed in its scores would be that reply."""
    again = isinstance(record, Scan) and isinstance(before, Scan) and before.closed_on is not None
    return {"closed_on": "stays_closed"} if again and record != before else {}


def _key(record: Record, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_folded(getattr(record, name)) for name in names)


def _folded(value: Any) -> Any:
    """A value as the database holds it, a text without differences in case."""
    if isinstance(value, date):
        return value.isoformat()
    return value.casefold() if isinstance(value, str) else value


def _new_links(record: Record, before: Record | None, field: str) -> set[Any]:
    return _links(record, field) - (_links(before, field) if before is not None else set())


def _links(record: Record, field: str) -> set[Any]:
    value = getattr(record, field)
    if value is None:
        return set()
    return set(value) if isinstance(value, tuple) else {value}
