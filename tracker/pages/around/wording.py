"""Records as a page shows them: a title for a list, and every field with its words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from tracker.pages.around import readings
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
    Partner,
    PlannedShare,
    QuarterReview,
    Recess,
    Record,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
)
from tracker.store import Store, Stored
from tracker.words import Words
from tracker.words.field_names import FIELD_NAMES, FIXED_CODES
from tracker.words.glossary import FIELDS

_VOCABULARIES = {
    "scale": "scale",
    "phenomenon": "phenomenon",
    "mode": "mode",
    "phase": "phase",
    "domain": "domain",
    "owner_role": "role",
    "second_owner_role": "role",
}
_CODED = ("state", "answer", "end_reason", "origin", "measure", "share", "topic")
# An incident was not taken back when what somebody said about it was: the title says what it is about.
_TITLES: dict[type[Record], tuple[str, ...]] = {
    CheckBack: ("incident_id", "arrangement_id", "agreement_id", "answer", "answered_on"),
    Framing: ("incident_id", "domain"),
    IncidentReview: ("incident_id", "held_on"),
    PlannedShare: ("phase", "domain"),
    DomainMeaning: ("word_id", "domain"),
    ReviewNote: ("quarter", "topic"),
    QuarterReview: ("quarter",),
    Scan: ("quarter",),
    SeriesPoint: ("series", "happened_on"),
}
_KINDS = {Incident: "incident_kind", Activity: "activity_kind", Arrangement: "arrangement_kind"}
_LINKS: dict[str, type[Record]] = {
    "arrangement_id": Arrangement,
    "incident_id": Incident,
    "partner_ids": Partner,
    "owner_id": Partner,
    "second_owner_id": Partner,
    "lead_id": Partner,
    "agreement_id": Agreement,
    "word_id": GlossaryWord,
}


class Wording:
    """Reads the names it needs once; made anew for every run of a page."""

    def __init__(self, say: Words, store: Store) -> None:
        self.say, self.store = say, store
        self._labels: dict[str, dict[str, str]] = {}
        self._read: dict[type[Record], dict[int, str]] = {}

    def title(self, one: Stored[Any] | Record) -> str:
        """What a record is called in a list: its own title or name, else its arrangement, else its kind."""
        record: Any = one.record if isinstance(one, Stored) else one
        if isinstance(record, Silence):
            days = map(self.say.short_date, (record.first_day, record.last_day))
            return self.say("{first} to {last}", **dict(zip(("first", "last"), days, strict=True)))
        if isinstance(record, Partner | Arrangement | Recess | GlossaryWord):
            return record.name
        if isinstance(record, Agreement | Goal):
            return record.text
        if type(record) in _TITLES:
            return " · ".join(filter(None, (self.value(record, name) for name in _TITLES[type(record)])))
        if getattr(record, "title", ""):
            return str(record.title)
        if record.arrangement_id is not None:
            return self._linked("arrangement_id", record.arrangement_id)
        return self._code(record, "kind")

    def values(self, record: Record) -> dict[str, str]:
        """Every field of a record: its name -> its value, both in words; empty when nothing was said."""
        return {self.say(FIELD_NAMES[one.name]): self.value(record, one.name) for one in fields(record)}  # type: ignore[arg-type]

    def value(self, record: Record, name: str) -> str:
        """One field of a record in words; empty when nothing was said."""
        value = getattr(record, name)
        if value in (None, "", ()):
            return ""
        if isinstance(value, bool):
            return self.say("yes") if value else self.say("no")
        if name == "quarter":
            return self.say.quarter(value)
        if isinstance(value, date):
            return self.say.date(value)
        if name in _LINKS:
            ids = value if isinstance(value, tuple) else (value,)
            return "; ".join(self._linked(name, one) for one in ids)  # a name may hold a comma
        if isinstance(value, int | float):
            return self.say.number(value, 0 if value == int(value) else 2)
        return self._code(record, name)

    def _linked(self, name: str, record_id: int) -> str:
        """The name behind a link; a linked incident or agreement is one of few, so it is read by itself."""
        if name in ("incident_id", "agreement_id"):
            return self.title(self.store.get(_LINKS[name], record_id))
        return self._names(_LINKS[name])[record_id]

    def _code(self, record: Record, name: str) -> str:
        """The label of a code of a vocabulary, the word of a fixed code, else the text itself."""
        value = str(getattr(record, name))
        if name in _CODED:
            return self.say(FIXED_CODES[value])
        if name == "shown_at":
            return self.say(FIELDS[value])
        vocabulary = _KINDS.get(type(record)) if name == "kind" else _VOCABULARIES.get(name)
        return self._label(vocabulary, value) if vocabulary else value

    def _names(self, kind: type[Record]) -> dict[int, str]:
        if kind not in self._read:
            self._read[kind] = readings.names(str(self.store.path), self.store.state(), kind)
        return self._read[kind]

    def _label(self, vocabulary: str, code: str) -> str:
        if vocabulary not in self._labels:
            terms = self.store.vocabulary(vocabulary, archived=True)
            self._labels[vocabulary] = {term.code: self.say.label(term) for term in terms}
        return self._labels[vocabulary][code]
