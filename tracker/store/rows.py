"""Records as rows and as JSON, and back: the only place that knows which column holds which field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import index
from typing import Any, Generic, TypeVar

from sqlite_utils import Database

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
    InvalidRecord,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Recess,
    Record,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
)
from tracker.store.errors import Damaged

R = TypeVar("R", bound=Record)
Cast = Callable[[Any], Any]

# In an order in which each only points at those before it.
TABLES: dict[type[Record], str] = {
    Partner: "partner",
    Incident: "incident",
    Arrangement: "arrangement",
    Activity: "activity",
    Occurrence: "occurrence",
    Silence: "silence",
    Pause: "pause",
    Recess: "recess",
    Agreement: "agreement",
    CheckBack: "check_back",
    Framing: "framing",
    IncidentReview: "incident_review",
    SeriesPoint: "series_point",
    Goal: "goal",
    GlossaryWord: "glossary_word",
    DomainMeaning: "domain_meaning",
    PlannedShare: "planned_share",
    ReviewNote: "review_note",
    QuarterReview: "quarter_review",
    Scan: "scan",
}
TYPES = {table: record_type for record_type, table in TABLES.items()}
# An empty choice is no row of its vocabulary.
EMPTY_IS_NULL = ("mode", "phase", "owner_role", "second_owner_role")
# Which organisations belong to a record stands in a table of its own: its name, and the column of the record.
PARTNERS: dict[type[Record], tuple[str, str]] = {
    Activity: ("activity_partner", "activity_id"),
    Arrangement: ("arrangement_partner", "arrangement_id"),
}
# Fields that came after the first schema, with what they are where nobody said anything. They are left out
# of the JSON there, so that what the history and the batches of an older database say still holds.
LATER: dict[type[Record], dict[str, Any]] = {
    Arrangement: {
        "owner_id": None,
        "owner_role": "",
        "second_owner_id": None,
        "second_owner_role": "",
        "partner_ids": [],
        "phase": "",
        "goal": "",
        "incident_id": None,
    },
    Activity: {"lead_id": None},
    Agreement: {"quarter": None, "topic": ""},
}


@dataclass(frozen=True, kw_only=True)
class Stored(Generic[R]):
    """A record as it stands: `version` counts its changes from 1, the rest says who added it and when.

    `recorded_at` (UTC) is when it was first recorded, apart from the day it happened; later changes
    are in its history. `batch` is the import it came with, or empty.
    """

    id: int
    version: int
    record: R
    recorded_at: datetime
    recorded_by: str
    withdrawn: bool
    batch: str


@dataclass(frozen=True, kw_only=True)
class Change(Generic[R]):
    """One entry of the history; `seq` orders entries even when the clock jumped.

    `action` is add, correct, withdraw or restore (archive, unarchive, delete for terms).
    `before` is None for add and restore, `after` for withdraw and delete.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    record_type: type[R]
    record_id: int | str
    version: int
    reason: str
    before: R | None
    after: R | None
    batch: str = ""


def columns(record_type: type[Record]) -> tuple[str, ...]:
    """The fields that are columns of the record's own table, in order."""
    return tuple(name for name, _ in TO_PLAIN[record_type] if name != "partner_ids")


def values(record: Record) -> dict[str, Any]:
    """Field -> plain value of one Python type per field, so that the same record is always the same JSON."""
    return {name: plain(getattr(record, name)) for name, plain in TO_PLAIN[type(record)]}


def cells(held: dict[str, Any]) -> list[Any]:
    """What the record's own table holds of these plain values, in the order of `stored_columns`."""
    row = [
        None if value == "" and name in EMPTY_IS_NULL else value
        for name, value in held.items()
        if name != "partner_ids"
    ]
    if "partner_count" in held:
        row.append(max(len(held["partner_ids"]), held["partner_count"] or 0))
    return row


def stored_columns(record_type: type[Record]) -> tuple[str, ...]:
    """The columns of the record's table: its fields, and for an activity how many organisations took part."""
    return columns(record_type) + (("partner_total",) if record_type is Activity else ())


def as_json(record_type: type[Record], held: dict[str, Any]) -> str:
    """Plain values of a record as JSON, the same text for equal records, also in a later schema."""
    later = LATER.get(record_type)
    if later:
        held = {name: value for name, value in held.items() if name not in later or value != later[name]}
    return ENCODER.encode(held)


def from_json(record_type: type[R], text: str | None) -> R | None:
    """The record that `as_json` wrote; a field that came later has its default, one that went is left out."""
    if text is None:
        return None
    return from_values(record_type, json.loads(text))


def from_values(record_type: type[R], held: dict[str, Any]) -> R:
    """The record with these plain values; raises `Damaged` when they break its rules."""
    try:
        return record_type(
            **{name: read(held[name]) for name, read in _FROM_PLAIN[record_type] if name in held}
        )
    except (InvalidRecord, ValueError, TypeError, AttributeError) as error:
        raise Damaged(code="broken_record") from error


def stored_rows(
    db: Database, record_type: type[R], statement: str, given: Iterable[Any] = ()
) -> list[Stored[R]]:
    """The rows of `statement`, which starts with `SELECT_STORED` of this kind (its table is `t`)."""
    rows = db.conn.execute(statement, tuple(given)).fetchall()
    partners = _partners_of(db, record_type, [row[0] for row in rows]) if record_type in PARTNERS else {}
    return [_stored(record_type, row, partners) for row in rows]


def moment(text: str) -> datetime:
    """The aware UTC time written as "2026-07-31T12:00:00.000Z"."""
    return datetime.fromisoformat(text)


def _stored(record_type: type[R], row: tuple[Any, ...], partners: dict[int, list[int]]) -> Stored[R]:
    record_id, version, withdrawn, at, actor, batch, *own = row
    held = dict(zip(columns(record_type), own, strict=True))
    if record_type in PARTNERS:
        held["partner_ids"] = partners.get(record_id, ())
    return Stored(
        id=record_id,
        version=version,
        record=from_values(record_type, held),
        recorded_at=moment(at),
        recorded_by=actor,
        withdrawn=bool(withdrawn),
        batch=batch,
    )


def _partners_of(db: Database, record_type: type[Record], ids: list[int]) -> dict[int, list[int]]:
    table, column = PARTNERS[record_type]
    found: dict[int, list[int]] = {}
    for record_id, partner in db.conn.execute(
        f"SELECT {column}, partner_id FROM {table} "
        f"WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY {column}, position",
        (json.dumps(ids),),
    ):
        found.setdefault(record_id, []).append(partner)
    return found


ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PLAIN: dict[str, Cast] = {"date": date.isoformat, "int": index, "float": float, "bool": bool, "str": str}


def _plain_as(annotation: str) -> Cast:
    """`index` refuses a float where a whole number belongs, and turns a numpy one into Python's."""
    if annotation.startswith("tuple"):
        return lambda value: [index(one) for one in value]
    to_plain = _PLAIN[annotation.split(" ")[0]]
    if "None" in annotation:
        return lambda value: None if value is None else to_plain(value)
    return to_plain


def _read_as(annotation: str) -> Cast:
    if annotation.startswith("tuple"):
        return tuple
    if annotation.startswith("date"):
        return lambda value: None if value is None else date.fromisoformat(value)
    if annotation == "bool":
        return bool
    return (lambda value: "" if value is None else value) if annotation == "str" else (lambda value: value)


# Field -> how to make it plain, and how to read it back, for each kind of record.
TO_PLAIN = {
    kind: tuple((field.name, _plain_as(str(field.type))) for field in fields(kind))  # type: ignore[arg-type]
    for kind in TABLES
}
_FROM_PLAIN = {
    kind: tuple((field.name, _read_as(str(field.type))) for field in fields(kind))  # type: ignore[arg-type]
    for kind in TABLES
}
SELECT_STORED = {
    kind: "SELECT t.id, t.version, t.withdrawn, h.at, h.actor, h.batch, "
    f"{', '.join(f't.{name}' for name in columns(kind))} "
    f"FROM {TABLES[kind]} t JOIN history h ON h.seq = t.added_seq"
    for kind in TABLES
}
