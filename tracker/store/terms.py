"""The municipality's own word lists: labels and definitions in two languages, archived rather than lost.

A term in use is never deleted, also not when only the history still speaks of it.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from tracker.records import InvalidRecord, Record
from tracker.store import guard
from tracker.store.errors import Conflict, InUse, UnknownRecord
from tracker.store.known import CODES
from tracker.store.rows import TABLES, Change, moment
from tracker.store.schema import VOCABULARY_TABLES as VOCABULARIES
from tracker.store.stamp import Stamp
from tracker.store.writing import content_hash, enter

DEFAULTS = Path(__file__).resolve().parents[2] / "data" / "vocabulary"
EXTRAS = {
    "activity_kind": ("joint", "mode"),
    "arrangement_kind": ("cadence_weeks", "grace_weeks"),
    "partner_kind": ("domain",),
}
# The product reckons with these codes themselves: their labels may change, the lists may not.
FIXED = ("mode", "severity")
# What a record is when nobody chose: always a choice.
NEEDED = {
    ("incident_kind", "other"),
    ("scale", "municipality"),
    ("phenomenon", "unknown"),
    ("activity_kind", "regular_meeting"),
}
_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_CODES_WITH_HISTORY = "SELECT DISTINCT code FROM history WHERE record_type = ? AND code IS NOT NULL"
_BASE = ("code", "nl", "en", "definition_nl", "definition_en", "position", "archived")


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """One entry of a vocabulary; `position` 0 puts a new one at the end.

    `joint` and `mode` (an activity kind's own way of working) belong to activity_kind, `domain` to
    partner_kind, `cadence_weeks` and `grace_weeks` (None: on demand) to arrangement_kind.
    """

    vocabulary: str
    code: str
    nl: str
    en: str
    definition_nl: str = ""
    definition_en: str = ""
    position: int = 0
    archived: bool = False
    joint: bool | None = None
    domain: str = ""
    cadence_weeks: int | None = None
    grace_weeks: int | None = None
    mode: str = ""

    def broken_rules(self) -> dict[str, str]:
        cadence, grace = self.cadence_weeks, self.grace_weeks
        return {
            "vocabulary": "" if self.vocabulary in VOCABULARIES else "unknown_code",
            "code": "" if _CODE.fullmatch(self.code) else "bad_code",
            "nl": "" if self.nl else "required",
            "en": "" if self.en else "required",
            "joint": "required" if self.vocabulary == "activity_kind" and self.joint is None else "",
            "domain": "required" if self.vocabulary == "partner_kind" and not self.domain else "",
            "cadence_weeks": "" if cadence is None or 1 <= cadence <= 520 else "out_of_range",
            "grace_weeks": "" if grace is None or 0 <= grace <= 52 else "out_of_range",
        }


def seed(db: Database, stamp: Stamp) -> None:
    """Fills every vocabulary that has no entry in the history yet with its defaults, and enters that."""
    told = {name for (name,) in db.conn.execute("SELECT DISTINCT record_type FROM history")}
    for name in VOCABULARIES:
        if name in told:
            continue
        terms = list(defaults(name))
        for term in terms:
            _insert(db, term)
        enter(db, stamp, "add", name, batch="defaults", added=len(terms), content_hash=terms_hash(terms))


def terms_hash(terms: Iterable[Term]) -> str:
    """A hash of terms in order of their codes."""
    ordered = sorted(terms, key=lambda term: term.code)
    return content_hash(enumerate(map(_to_json, ordered)))


def standing_and_first(db: Database, name: str) -> tuple[bool, list[Term]]:
    """Whether the terms stand as their history says, and the ones the list began with."""
    first = {term.code: term for term in vocabulary(db, name, archived=True)}
    as_told = True
    codes = [code for (code,) in db.conn.execute(_CODES_WITH_HISTORY, (name,))]
    for code in codes:
        changes = history(db, name, code)
        as_told = as_told and changes[-1].after == first.get(code)
        began = changes[0].before
        first.pop(code, None)
        if began is not None:
            first[code] = began
    return as_told, list(first.values())


def defaults(vocabulary: str) -> Iterator[Term]:
    """The terms the product comes with, in order."""
    with (DEFAULTS / f"{vocabulary}.csv").open(encoding="utf-8", newline="") as lines:
        for position, row in enumerate(csv.DictReader(lines), start=1):
            yield Term(
                vocabulary=vocabulary, position=position, **{name: _read(name, row[name]) for name in row}
            )


def vocabulary(db: Database, name: str, *, archived: bool) -> list[Term]:
    """The terms of one vocabulary in their order, archived ones only when asked for."""
    columns = _columns(name)
    rows = db.conn.execute(
        f"SELECT {', '.join(columns)} FROM {name} "
        f"{'' if archived else 'WHERE archived = 0'} ORDER BY position, code"
    )
    return [_term(name, dict(zip(columns, row, strict=True))) for row in rows]


def term(db: Database, name: str, code: str) -> Term:
    """One term; raises `UnknownRecord`."""
    for found in vocabulary(db, name, archived=True):
        if found.code == code:
            return found
    raise UnknownRecord()


def add_term(db: Database, term: Term, stamp: Stamp) -> Term:
    """Stores a new term at the end of its list, or where its position says."""
    if term.vocabulary in FIXED:
        raise InvalidRecord({"vocabulary": "fixed_list"})
    standing = vocabulary(db, term.vocabulary, archived=True)
    problems = guard.problems(stamp, f"{term.vocabulary} {term.code}", term) | _unknown_codes(db, term)
    if any(one.code == term.code for one in standing):
        problems["code"] = "exists_already"
    if problems:
        raise InvalidRecord(problems)
    if not term.position:
        term = replace(term, position=max((one.position for one in standing), default=0) + 1)
    _enter(db, stamp, "add", None, term)
    _insert(db, term)
    return term


def correct_term(
    db: Database, term_now: Term, stamp: Stamp, *, seen: Term | None, action: str = "correct"
) -> Term:
    """Puts `term_now` in the place of the term with its code; raises `Conflict` when that is not `seen`."""
    stands = term(db, term_now.vocabulary, term_now.code)
    if seen is not None and seen != stands:
        raise Conflict(stands, term_now)
    if term_now.archived and not stands.archived and _needed(term_now.vocabulary, term_now.code):
        raise InUse()
    where = f"{term_now.vocabulary} {term_now.code}"
    problems = guard.problems(stamp, where, term_now, before=stands) | _unknown_codes(db, term_now)
    if problems:
        raise InvalidRecord(problems)
    if not term_now.position:
        term_now = replace(term_now, position=stands.position)
    _enter(db, stamp, action, stands, term_now)
    columns = _columns(term_now.vocabulary)
    db.conn.execute(
        f"UPDATE {term_now.vocabulary} SET {', '.join(f'{name} = ?' for name in columns)} WHERE code = ?",
        (*_cells(term_now), term_now.code),
    )
    return term(db, term_now.vocabulary, term_now.code)


def set_archived(db: Database, name: str, code: str, stamp: Stamp, *, archived: bool) -> Term:
    """Takes a term out of the choices or puts it back; raises `InUse` when the product needs it."""
    stands = term(db, name, code)
    if stands.archived == archived:
        return stands
    return correct_term(
        db,
        replace(stands, archived=archived),
        stamp,
        seen=None,
        action="archive" if archived else "unarchive",
    )


def delete_term(db: Database, name: str, code: str, stamp: Stamp) -> None:
    """Deletes a term that nothing ever used; raises `InUse` otherwise."""
    stands = term(db, name, code)
    if _needed(name, code) or _used(db, name, code):
        raise InUse()
    _enter(db, stamp, "delete", stands, None)
    db.conn.execute(f"DELETE FROM {name} WHERE code = ?", (code,))


def history(db: Database, name: str, code: str) -> list[Change[Term]]:
    """Every change of one term since the defaults, oldest first."""
    rows = db.conn.execute(
        "SELECT seq, at, actor, action, before, after FROM history "
        "WHERE record_type = ? AND code = ? ORDER BY seq",
        (name, code),
    )
    return [
        Change(
            seq=seq,
            at=moment(at),
            actor=actor,
            action=action,
            record_type=Term,
            record_id=code,
            version=0,
            reason="",
            before=from_json(before),
            after=from_json(after),
        )
        for seq, at, actor, action, before, after in rows
    ]


def _needed(name: str, code: str) -> bool:
    return name in FIXED or (name, code) in NEEDED


def _used(db: Database, name: str, code: str) -> bool:
    """Whether a record, the history or another term has the code."""
    in_records = [
        (TABLES[record_type], column)
        for record_type, vocabularies in CODES.items()
        for column, vocabulary_name in vocabularies.items()
        if vocabulary_name == name
    ]
    in_terms = [(vocabulary_name, name) for vocabulary_name, extras in EXTRAS.items() if name in extras]
    return any(_spoken_of(db, table, column, code) for table, column in in_records + in_terms)


def _spoken_of(db: Database, table: str, column: str, code: str) -> bool:
    """By a row as it stands, or as it stood."""
    return bool(
        db.conn.execute(
            f"SELECT 1 FROM {table} WHERE {column} = ? UNION ALL SELECT 1 FROM history WHERE record_type = ? "
            "AND ? IN (json_extract(before, '$.' || ?), json_extract(after, '$.' || ?)) LIMIT 1",
            (code, table, code, column, column),
        ).fetchone()
    )


def _unknown_codes(db: Database, term: Term) -> dict[str, str]:
    """`domain` and `mode` of a term are themselves terms."""
    return {
        field: "unknown_code"
        for field in ("domain", "mode")
        if getattr(term, field) and not _exists(db, field, getattr(term, field))
    }


def _exists(db: Database, name: str, code: str) -> bool:
    return db.conn.execute(f"SELECT 1 FROM {name} WHERE code = ?", (code,)).fetchone() is not None


def _columns(name: str) -> tuple[str, ...]:
    """The columns of a vocabulary's table; an unknown vocabulary is a programmer's mistake."""
    assert name in VOCABULARIES, f"no such vocabulary: {name}"
    return _BASE + EXTRAS.get(name, ())


def _cells(term: Term) -> list[Any]:
    held = asdict(term)
    return [held[name] if held[name] != "" or name in _BASE else None for name in _columns(term.vocabulary)]


def _insert(db: Database, term: Term) -> None:
    columns = _columns(term.vocabulary)
    db.conn.execute(
        f"INSERT INTO {term.vocabulary} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        _cells(term),
    )


def _term(name: str, row: dict[str, Any]) -> Term:
    held = {
        field: "" if value is None and field in ("domain", "mode") else value for field, value in row.items()
    }
    return Term(vocabulary=name, **{field: _as_bool(field, value) for field, value in held.items()})


def _as_bool(field: str, value: Any) -> Any:
    return bool(value) if field in ("archived", "joint") else value


def _read(field: str, text: str) -> Any:
    """One cell of a default list."""
    if field == "joint":
        return text == "1"
    if field in ("cadence_weeks", "grace_weeks"):
        return int(text) if text else None
    return text


def _enter(db: Database, stamp: Stamp, action: str, before: Term | None, after: Term | None) -> None:
    named = after or before
    assert named is not None
    enter(
        db,
        stamp,
        action,
        named.vocabulary,
        code=named.code,
        before=None if before is None else _to_json(before),
        after=None if after is None else _to_json(after),
    )


def _to_json(term: Term) -> str:
    return json.dumps(asdict(term), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | None) -> Term | None:
    """The term that the history wrote."""
    return None if text is None else Term(**json.loads(text))
