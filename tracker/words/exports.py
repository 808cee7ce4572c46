"""What an export and an undo did, and the list of fields that goes with an export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.exchange.columns import FIELDS, REQUIRED, VOCABULARY_OF
from tracker.privacy import find
from tracker.records import (
    GOAL_MEASURES,
    REVIEW_TOPICS,
    SHARES,
    SHOWN_AT,
)
from tracker.store import Stored, Undone
from tracker.words import N_, Words
from tracker.words.field_names import FIELD_NAMES
from tracker.words.history import KINDS

HEADING = (N_("Table"), N_("Field"), N_("Dutch heading"), N_("Must be there"), N_("What it is"), N_("Values"))
# Columns whose field has another name, or none, on a form.
MEANINGS = {
    "date": N_("Day"),
    "arrangement": N_("Arrangement"),
    "incident": N_("After incident"),
    "partners": N_("Organisations, with ; between them, or only their number"),
    "participant": N_("An organisation that was there, or several with ; between them"),
    "start": N_("Started"),
    "end": N_("Ended"),
    "owner": N_("Owner"),
    "second_owner": N_("Second owner"),
    "born_from": N_("The incident it began after"),
    "lead": N_("Who took the lead"),
    "role": N_("Role of the owner"),
    "due": N_("Before which day"),
    "done_on": N_("Closed on"),
    "agreement": N_("Agreement"),
    "word": N_("Word of the glossary"),
    "vocabulary": N_("Which word list"),
    "code": N_("Code of the word"),
    "nl": N_("Dutch label"),
    "en": N_("English label"),
    "definition_nl": N_("Dutch definition"),
    "definition_en": N_("English definition"),
    "position": N_("Place in the list"),
    "archived": N_("No longer a choice"),
    "joint": N_("Counts as joint"),
    "cadence_weeks": N_("Usual weeks between two meetings"),
}
_FORMS = {
    "date": N_("a day"),
    "start": N_("a day"),
    "end": N_("a day"),
    "moved_to": N_("a day"),
    "first_day": N_("a day"),
    "last_day": N_("a day"),
    "due": N_("a day"),
    "made_on": N_("a day"),
    "done_on": N_("a day"),
    "origin": N_("incident, meeting or review, or the name of the incident or arrangement"),
    "cadence": N_("weeks, or a rule of RFC 5545"),
    "state": N_("empty (held), planned, moved, cancelled, not_held, recess"),
    "end_reason": N_("secured, handed_over, no_longer_needed"),
    "answer": N_("nothing_happened, not_logged"),
    "quarter": N_("a quarter such as 2026Q3, or its first day"),
}
# Where the same heading means something else in one table.
_FORMS_OF = {
    ("agreements", "state"): N_("empty (not done yet), done, wont_do"),
    ("check_backs", "answer"): N_("lives, changed, stopped, nothing_left"),
}
_CODES = {"share": SHARES, "measure": tuple(GOAL_MEASURES), "topic": REVIEW_TOPICS, "shown_at": SHOWN_AT}
_NUMBERS = (
    "severity",
    "count",
    "weight",
    "grace_weeks",
    "partner_count",
    "position",
    "cadence_weeks",
    "urgency",
    "after_days",
    "value",
    "target",
)
_TRUTHS = ("averted", "exercise", "lawful_protest", "reached", "archived", "joint", "clash")
TABLE_NAMES = {
    "vocabulary": N_("Word lists"),
    "partners": N_("Organisations"),
    "incidents": N_("Incidents"),
    "arrangements": N_("Arrangements"),
    "activities": N_("Activities"),
    "participants": N_("Who was at which meeting"),
    "silences": N_("Answers to silences"),
    "pauses": N_("Pauses"),
    "recess": N_("Recess"),
    "agreements": N_("Agreements"),
    "check_backs": N_("Looking back"),
    "framings": N_("How domains name it"),
    "incident_reviews": N_("Reviews of incidents"),
    "goals": N_("Shared goals"),
    "glossary": N_("Glossary"),
    "meanings": N_("Meanings for domains"),
    "planned_shares": N_("Planned parts of domains"),
    "review_notes": N_("Notes of evaluations"),
    "quarter_reviews": N_("Evaluations of quarters"),
    "series": N_("Counts from elsewhere"),
}
_NAMED = ("name", "title", "text", "series")


def table_name(say: Words, table: str) -> str:
    """What a table is called where somebody chooses it."""
    name = TABLE_NAMES[table]
    return say(name)


def field_name(say: Words, field: str) -> str:
    """What a field is called where somebody says what a column holds."""
    known = MEANINGS.get(field) or FIELD_NAMES.get(field)
    return say(known) if known else field


def field_list(say: Words) -> list[list[str]]:
    """A heading and a row for every field of every table that can be imported."""
    rows = [[say(text) for text in HEADING]]
    for table, fields in FIELDS.items():
        for field, dutch in fields.items():
            needed = say("yes") if field in REQUIRED[table] else ""
            names = (table, field, dutch.replace(" ", ", "))
            rows.append([*names, needed, field_name(say, field), _values(table, field, say)])
    return rows


def exported_lines(rows: Mapping[str, int], say: Words) -> Iterator[str]:
    """How many rows each table has."""
    for table, number in rows.items():
        yield say.plural("{table}: {n} row", "{table}: {n} rows", number, table=table)


def undone_lines(undone: Undone, say: Words) -> Iterator[str]:
    """How many entries an undo took back or put back, and each that it left with why."""
    number = sum(undone.withdrawn.values())
    if number or not undone.put_back:
        yield say.plural("{n} entry was taken back.", "{n} entries were taken back.", number)
    if undone.put_back:
        yield say.plural(
            "{n} entry is again as it was before the import.",
            "{n} entries are again as they were before the import.",
            len(undone.put_back),
        )
    for one in undone.touched:
        yield say("Left: {what}. It was changed since.", what=_named(one, say))
    for one in undone.in_use:
        yield say("Left: {what}. Something that stays uses it.", what=_named(one, say))


def _values(table: str, field: str, say: Words) -> str:
    if vocabulary := VOCABULARY_OF.get(table, {}).get(field):
        return say("a code or label of the word list {name}", name=vocabulary)
    if field in _CODES:
        return ", ".join(_CODES[field])
    if field in _NUMBERS:
        return say("a number")
    form = _FORMS_OF.get((table, field)) or _FORMS.get(field, N_("text"))
    return say("yes or no") if field in _TRUTHS else say(form)


def _named(one: Stored[Any], say: Words) -> str:
    """Its kind, day and name; a name that may hold data of a person is not repeated."""
    record = one.record
    kind = KINDS[type(record)]
    day = getattr(record, "happened_on", None) or getattr(record, "due_on", None)
    name = next(filter(None, (getattr(record, field, "") for field in _NAMED)), "")
    shown = "…" if find(name) else name
    return " ".join(part for part in (say(kind), day.isoformat() if day else "", shown) if part)
