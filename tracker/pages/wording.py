"""Records as a page shows them: a title for a list, and every field with its words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from tracker.records import Activity, Arrangement, Incident, Occurrence, Partner, Record, Silence
from tracker.store import Store, Stored
from tracker.words import N_, Words

_NAMES = {
    "happened_on": N_("Day"),
    "title": N_("Title"),
    "severity": N_("Severity (1-5)"),
    "kind": N_("Kind"),
    "place": N_("Place"),
    "scale": N_("Reach"),
    "phenomenon": N_("Phenomenon"),
    "averted": N_("Averted"),
    "exercise": N_("Exercise"),
    "lawful_protest": N_("Lawful protest"),
    "reached": N_("Reached us"),
    "source": N_("Source"),
    "note": N_("Note"),
    "arrangement_id": N_("Arrangement"),
    "incident_id": N_("After incident"),
    "partner_ids": N_("Organisations"),
    "partner_count": N_("Number of organisations"),
    "count": N_("Number of activities"),
    "weight": N_("Size"),
    "mode": N_("Reason for it"),
    "phase": N_("Prevention phase"),
    "due_on": N_("Planned for"),
    "state": N_("What became of it"),
    "moved_to": N_("Moved to"),
    "reason": N_("Reason"),
    "name": N_("Name"),
    "domain": N_("Domain"),
    "first_day": N_("First day"),
    "last_day": N_("Last day"),
    "answer": N_("Answer"),
    "cadence": N_("Rhythm"),
    "grace_weeks": N_("Weeks of grace"),
    "started_on": N_("Started"),
    "ended_on": N_("Ended"),
    "end_reason": N_("Why it ended"),
}
_CODES = {
    "planned": N_("planned"),
    "moved": N_("moved"),
    "cancelled": N_("cancelled"),
    "not_held": N_("not held"),
    "recess": N_("recess"),
    "nothing_happened": N_("nothing happened"),
    "not_logged": N_("not logged"),
    "secured": N_("secured"),
    "handed_over": N_("handed over"),
    "no_longer_needed": N_("no longer needed"),
}
_VOCABULARIES = {
    "scale": "scale",
    "phenomenon": "phenomenon",
    "mode": "mode",
    "phase": "phase",
    "domain": "domain",
}
_CODED = ("state", "answer", "end_reason")
_KINDS = {Incident: "incident_kind", Activity: "activity_kind", Arrangement: "arrangement_kind"}
_LINKS: dict[str, type[Record]] = {
    "arrangement_id": Arrangement,
    "incident_id": Incident,
    "partner_ids": Partner,
}


def title(say: Words, store: Store, stored: Stored[Any]) -> str:
    """What a record is called in a list: its own title or name, else its arrangement, else its kind."""
    record = stored.record
    if isinstance(record, Silence):
        return say(
            "{first} to {last}", first=say.short_date(record.first_day), last=say.short_date(record.last_day)
        )
    if isinstance(record, Partner | Arrangement):
        return record.name
    if getattr(record, "title", ""):
        return str(record.title)
    if record.arrangement_id is not None:
        return store.get(Arrangement, record.arrangement_id).record.name
    return _code(say, store, record, "kind")


def day(record: Record) -> date:
    """The day an entry is about."""
    return record.due_on if isinstance(record, Occurrence) else record.happened_on  # type: ignore[attr-defined]


def values(say: Words, store: Store, record: Record) -> dict[str, str]:
    """Every field of a record: its name -> its value, both in words; empty when nothing was said."""
    return {say(_NAMES[one.name]): _value(say, store, record, one.name) for one in fields(record)}  # type: ignore[arg-type]


def _value(say: Words, store: Store, record: Record, name: str) -> str:
    value = getattr(record, name)
    if value in (None, "", ()):
        return ""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, date):
        return say.date(value)
    if name in _LINKS:
        ids = value if isinstance(value, tuple) else (value,)
        return ", ".join(title(say, store, store.get(_LINKS[name], one)) for one in ids)
    if isinstance(value, int | float):
        return say.number(value, 0 if value == int(value) else 2)
    return _code(say, store, record, name)


def _code(say: Words, store: Store, record: Record, name: str) -> str:
    """The label of a code of a vocabulary, the word of a fixed code, else the text itself."""
    value = str(getattr(record, name))
    if name in _CODED:
        return say(_CODES[value])
    vocabulary = _KINDS.get(type(record)) if name == "kind" else _VOCABULARIES.get(name)
    if vocabulary is None:
        return value
    return next(say.label(term) for term in store.vocabulary(vocabulary, archived=True) if term.code == value)
