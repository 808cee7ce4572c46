"""What a municipality decided, inside the caller's transaction; the rest is as the product comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from tracker.access import MAY_BE_SHOWN_NOTES
from tracker.analysis import policy
from tracker.records import InvalidRecord
from tracker.store import access_log
from tracker.store.stamp import Stamp

NOTES_SHOWN_TO = "notes_shown_to"
YEARS_OF_TEXT, YEARS_OF_RECORDS, YEARS_OF_LOG = "years_of_text", "years_of_records", "years_of_log"
_YEARS = {YEARS_OF_TEXT: (1, 50), YEARS_OF_RECORDS: (1, 50), YEARS_OF_LOG: (3, 50)}


def years(db: Database, name: str) -> int:
    """How many years something is kept: as decided, else as the product comes."""
    return int(decided(db).get(name, policy.value(name)))


def decided(db: Database) -> dict[str, Any]:
    """Name -> value of every setting that was decided."""
    return {name: json.loads(value) for name, value in db.conn.execute("SELECT name, value FROM setting")}


def decide(db: Database, stamp: Stamp, name: str, value: Any) -> None:
    """Sets one setting, in the access log with what it was; raises `InvalidRecord` for what it cannot be."""
    code = _problem(name, value)
    if code:
        raise InvalidRecord({name: code})
    before = decided(db).get(name)
    db.conn.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(value)),
    )
    access_log.note(db, stamp, "manage_settings", object=name, detail={"before": before, "after": value})


def decide_all(db: Database, stamp: Stamp, wanted: Mapping[str, Any]) -> None:
    """Sets those that differ from what holds; none when one of them cannot be."""
    problems = {name: code for name, value in wanted.items() if (code := _problem(name, value))}
    if problems:
        raise InvalidRecord(problems)
    for name, value in wanted.items():
        usual = years(db, name) if name in _YEARS else decided(db).get(name, [])
        if value != usual:
            decide(db, stamp, name, value)


def shows_notes(db: Database, roles: Iterable[str]) -> bool:
    """Whether the municipality lets somebody with these roles read notes although the role does not."""
    return not set(decided(db).get(NOTES_SHOWN_TO, ())).isdisjoint(roles)


def _problem(name: str, value: Any) -> str:
    if name == NOTES_SHOWN_TO:
        right = isinstance(value, list) and set(value) <= MAY_BE_SHOWN_NOTES
        return "" if right else "unknown_code"
    if name not in _YEARS:
        return "unknown_code"
    least, most = _YEARS[name]
    right = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    return "" if right else "out_of_range"
