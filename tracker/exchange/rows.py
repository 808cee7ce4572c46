"""One row of text -> one record, or everything that is wrong with the row at once."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.exchange import cells
from tracker.exchange.cells import CellProblem
from tracker.exchange.names import Names, looks_like_person
from tracker.exchange.preview import Attendance, ImportedRecord
from tracker.exchange.spreadsheet_text import restored
from tracker.records import (
    DAYS_AHEAD,
    SEVERAL_LINES,
    Activity,
    Arrangement,
    Incident,
    InvalidRecord,
    Occurrence,
    Partner,
    Pause,
    Recess,
    SeriesPoint,
    Silence,
)

MOST_SEEN = 50_000
_BARE_NUMBER = re.compile(r"[0-9]+(?:[.,]0+)?")
# Where a field of a record has another name than its column.
COLUMN_OF = {
    "happened_on": "date",
    "due_on": "date",
    "started_on": "start",
    "ended_on": "end",
    "partner_ids": "partners",
    "partner_count": "partners",
    "arrangement_id": "arrangement",
    "incident_id": "incident",
    "owner_id": "owner",
    "second_owner_id": "second_owner",
    "lead_id": "lead",
    "closed_on": "done_on",
    "answered_on": "date",
    "held_on": "date",
    "agreement_id": "agreement",
    "word_id": "word",
}


def on_one_line(texts: list[str], index: Mapping[str, int]) -> list[str]:
    """The cells with a space for every line break (Alt+Enter in a spreadsheet); fields of several lines keep
    them."""
    kept = {index[name] for name in SEVERAL_LINES if name in index}
    return [
        re.sub(r"\r\n?", "\n", text) if place in kept else re.sub(r"\s*[\r\n]\s*", " ", text)
        for place, text in enumerate(texts)
    ]


class RowRefused(ValueError):
    """A row that breaks rules; `problems` maps each column's field to a code."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(str(problems))
        self.problems = problems


@dataclass(frozen=True)
class Reading:
    """What the rows of one sheet share: where each field stands, how its days are read, who is known.

    `seen` keeps what a cell in a field was read as: most columns hold few different ones.
    """

    index: Mapping[str, int]
    order: str
    names: Names
    today: date
    seen: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))

    def day(self, text: str) -> date:
        """A real day at most a year ahead."""
        found = cells.day(text, self.order)
        if (found - self.today).days > DAYS_AHEAD:
            raise CellProblem("too_far_ahead")
        return found


class Row:
    """The cells of one row by field; what cannot be read is noted in `problems` and comes back as None."""

    __slots__ = ("_cells", "_columns", "_index", "names", "problems")

    def __init__(self, texts: list[str], columns: Reading) -> None:
        self._cells = texts
        self._columns = columns
        self._index = columns.index
        self.names = columns.names
        self.problems: dict[str, str] = {}

    def text(self, field: str) -> str:
        """The trimmed text of a cell; empty when the file has no such column."""
        place = self._index.get(field)
        return "" if place is None else plain(self._cells[place])

    def required(self, field: str) -> str:
        """The text of a cell that may not be empty."""
        text = self.text(field)
        if not text:
            self.problems.setdefault(field, "required")
        return text

    def read(self, field: str, reader: Callable[[str], Any], default: Any) -> Any:
        """What `reader` makes of the cell, `default` when it is empty, None when it cannot be read."""
        place = self._index.get(field)
        if place is None:
            return default
        cell, seen = self._cells[place], self._columns.seen[field]
        if cell in seen:
            return seen[cell]
        text = plain(cell)
        if not text:
            return default
        try:
            value = reader(text)
        except CellProblem as problem:
            self.problems.setdefault(field, problem.code)
            return None
        if len(seen) < MOST_SEEN:
            seen[cell] = value
        return value

    def day(self, field: str) -> date | None:
        """A real day at most a year ahead; None when empty."""
        found: date | None = self.read(field, self._columns.day, None)
        return found

    def required_day(self, field: str) -> Any:
        """A day that may not be missing."""
        found = self.day(field)
        if found is None:
            self.required(field)
        return found

    def code(self, field: str, vocabulary: str, default: str = "") -> Any:
        """The code of a vocabulary entry that the cell names by code or label."""
        if field not in self._index:
            return default
        return self.read(field, lambda text: self.names.term(vocabulary, text).code, default)

    def partners(self, text: str) -> tuple[tuple[int, ...], int | None]:
        """`Politie; School` -> their numbers; `12` -> no names, twelve organisations."""
        if _BARE_NUMBER.fullmatch(text):
            return (), cells.whole(text)
        return self.organisations(text), None

    def organisations(self, text: str) -> tuple[int, ...]:
        """`Politie; School` -> their numbers. A name that holds a ; itself stands between quotes."""
        parts = (
            next(csv.reader([text], delimiter=";", skipinitialspace=True)) if '"' in text else text.split(";")
        )
        known: list[int] = []
        refused: list[CellProblem] = []
        for name in filter(None, map(str.strip, parts)):
            try:
                known.append(self.names.partner(name))
            except CellProblem as problem:  # go on: whoever is asked about them is asked about all at once
                refused.append(problem)
        if refused:
            raise refused[0]
        return tuple(known)

    def record(self, record_type: Callable[..., ImportedRecord], **values: Any) -> ImportedRecord:
        """The record; raises `RowRefused` with what the cells and the rules of the record refuse."""
        if self.problems:
            raise RowRefused(self.problems)
        try:
            return record_type(**values)
        except InvalidRecord as invalid:
            raise RowRefused({COLUMN_OF.get(f, f): code for f, code in invalid.problems.items()}) from None


def partner(row: Row) -> ImportedRecord:
    """A row of partners.csv -> Partner."""
    name = _own_name(row, Partner)
    if looks_like_person(name):
        row.problems["name"] = "looks_like_person"
    domain = row.code("domain", "domain") if row.required("domain") else ""
    return row.record(Partner, name=name, domain=domain)


def arrangement(row: Row) -> ImportedRecord:
    """A row of arrangements.csv -> Arrangement; a rhythm without leeway gets the leeway of its kind."""
    kind = row.read("kind", lambda text: row.names.term("arrangement_kind", text), None)
    row.required("kind")
    rhythm = row.read("cadence", cells.cadence, "")
    usual = (kind.grace_weeks or 0) if kind and rhythm else 0
    return row.record(
        Arrangement,
        name=_own_name(row, Arrangement),
        kind=kind.code if kind else "",
        cadence=rhythm,
        grace_weeks=row.read("grace_weeks", cells.whole, usual),
        started_on=row.day("start"),
        ended_on=row.day("end"),
        end_reason=row.read("end_reason", cells.end_reason, ""),
        owner_id=row.read("owner", row.names.partner, None),
        owner_role=row.code("owner_role", "role"),
        second_owner_id=row.read("second_owner", row.names.partner, None),
        second_owner_role=row.code("second_owner_role", "role"),
        partner_ids=(row.read("partners", row.partners, ((), None)) or ((), None))[0],
        phase=row.code("phase", "phase"),
        goal=row.text("goal"),
        incident_id=row.read("born_from", row.names.incident, None),
    )


def incident(row: Row) -> ImportedRecord:
    """A row of incidents.csv -> Incident."""
    return row.record(
        Incident,
        happened_on=row.required_day("date"),
        title=row.required("title"),
        severity=_severity(row),
        kind=row.code("kind", "incident_kind", "other"),
        place=row.text("place"),
        scale=row.code("scale", "scale", "municipality"),
        phenomenon=row.code("phenomenon", "phenomenon", "unknown"),
        averted=row.read("averted", cells.truth, False),
        exercise=row.read("exercise", cells.truth, False),
        lawful_protest=row.read("lawful_protest", cells.truth, False),
        reached=row.read("reached", cells.truth, False),
        source=row.text("source"),
        note=row.text("note"),
    )


def activity(row: Row) -> ImportedRecord:
    """A row of activities.csv -> Activity, or the Occurrence of a meeting that did not simply take place."""
    happened_on = row.required_day("date")
    arrangement_id = row.read("arrangement", row.names.arrangement, None)
    state = row.read("state", cells.state, "held")
    if state not in ("held", None):
        return _occurrence(row, happened_on, arrangement_id, state)
    kind = row.read("kind", row.names.activity_kind, "regular_meeting" if row.text("arrangement") else "")
    if kind == "":
        row.problems.setdefault("kind", "required")
    nobody: tuple[tuple[int, ...], int | None] = ((), None)
    partner_ids, partner_count = row.read("partners", row.partners, nobody) or nobody
    return row.record(
        Activity,
        happened_on=happened_on,
        kind=kind,
        title=row.text("title"),
        arrangement_id=arrangement_id,
        incident_id=row.read("incident", row.names.incident, None),
        partner_ids=partner_ids,
        partner_count=row.read("partner_count", cells.whole, partner_count),
        count=row.read("count", cells.whole, 1),
        weight=row.read("weight", cells.number, None),
        mode=row.code("mode", "mode"),
        phase=row.code("phase", "phase"),
        note=row.text("note"),
        lead_id=row.read("lead", row.names.partner, None),
    )


def attendance(row: Row) -> Attendance:
    """A row of participants.csv -> Attendance: one organisation, or several with ; between them."""
    happened_on = row.required_day("date")
    kind = row.read("kind", row.names.standing_activity_kind, "")
    partner_ids = row.read("participant", row.organisations, ())
    for column, value in (("kind", kind), ("participant", partner_ids)):
        if not value:
            row.problems.setdefault(column, "required")
    if row.problems:
        raise RowRefused(row.problems)
    return Attendance(happened_on, kind, partner_ids)


def silence(row: Row) -> ImportedRecord:
    """A row of silences.csv -> Silence."""
    answer = row.read("answer", cells.silence_answer, "")
    return row.record(Silence, answer=answer, **_stretch(row))


def pause(row: Row) -> ImportedRecord:
    """A row of pauses.csv -> Pause."""
    row.required("arrangement")
    arrangement_id = row.read("arrangement", row.names.arrangement, None)
    return row.record(Pause, arrangement_id=arrangement_id, reason=row.text("reason"), **_stretch(row))


def recess(row: Row) -> ImportedRecord:
    """A row of recess.csv -> Recess."""
    return row.record(Recess, name=row.text("name"), **_stretch(row))


def series_point(row: Row) -> ImportedRecord:
    """A row of series.csv -> SeriesPoint, under the name the series has already."""
    row.required("value")
    return row.record(
        SeriesPoint,
        happened_on=row.required_day("date"),
        series=row.read("series", row.names.series, ""),
        value=row.read("value", cells.number, None),
    )


def plain(cell: str) -> str:
    """A cell without the spaces around it and the quote that keeps a spreadsheet from reckoning."""
    text = cell.strip()
    return restored(text) if text[:1] == "'" else text


def _stretch(row: Row) -> dict[str, Any]:
    return {field: row.required_day(field) for field in ("first_day", "last_day")}


def _own_name(row: Row, record_type: type[Partner] | type[Arrangement]) -> str:
    name = row.required("name")
    if row.names.named_in_files(record_type, name):
        row.problems["name"] = "twice_in_files"
    return name


def _occurrence(row: Row, due_on: date | None, arrangement_id: int | None, state: str) -> ImportedRecord:
    if not row.text("arrangement"):
        row.problems.setdefault("arrangement", "state_needs_arrangement")
    return row.record(
        Occurrence,
        arrangement_id=arrangement_id,
        due_on=due_on,
        state=state,
        moved_to=row.day("moved_to"),
        reason=row.text("reason"),
    )


def _severity(row: Row) -> Any:
    """A number, or a label of the vocabulary; its entries are coded 1 to 5."""
    text = row.required("severity")
    if _BARE_NUMBER.fullmatch(text):
        return row.read("severity", cells.whole, None)
    code = row.code("severity", "severity")
    return int(code) if code else None
