"""What is too old to be kept, and its going: texts first, whole records later, in the caller's transaction.

A text goes from the record, from every entry of its history and from the facts of closed evaluations; day,
kind, organisations and numbers stay, so every count stays. What the history, its chain and the hash of an
import say is then told anew, as if the text had never been there: so a purge first asks whether all is sound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlite_utils import Database

from tracker.records import QuarterReview, Record
from tracker.store import (
    access_log,
    ages,
    frozen,
    going,
    reading,
    retelling,
    schema,
    settings,
    texts,
    verification,
    writing,
)
from tracker.store.errors import Damaged
from tracker.store.going import Held
from tracker.store.rows import SELECT_STORED, TABLES, as_json, from_json, stored_rows, values
from tracker.store.schema import Step
from tracker.store.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a purge takes: table -> how many records lose their text, and how many go; how many lines of the
    access log and remembered columns.

    `held` are records that are old enough to go and stay, by why and by what.
    """

    emptied: dict[str, int]
    gone: dict[str, int]
    log_lines: int
    columns: int
    held: tuple[Held, ...]

    def is_empty(self) -> bool:
        """Whether there is nothing to take."""
        return not (self.emptied or self.gone or self.log_lines or self.columns)


@dataclass
class _Emptying:
    """What the texts of some records of one kind become: rows, entries of the history, and what goes."""

    kind: type[Record]
    rows: dict[int, Record] = field(default_factory=dict)
    entries: dict[int, tuple[str, str | None, str | None]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


def plan(db: Database, today: date) -> Plan:
    """What a purge would take today."""
    text_day, record_day, log_day = _last_days(db, today)
    leaving = going.going(db, record_day, log_day)
    emptyings = [_emptying(db, kind, ages.old(db, kind, text_day)) for kind in TABLES]
    touched = {one.kind: one.touched - leaving.ids[one.kind] for one in emptyings}
    (columns,) = db.conn.execute("SELECT count(*) FROM column_choice").fetchone()
    return Plan(
        emptied={TABLES[kind]: len(ids) for kind, ids in touched.items() if ids},
        gone={TABLES[kind]: len(ids) for kind, ids in leaving.ids.items() if ids},
        log_lines=access_log.over_age(db, log_day.isoformat()),
        columns=columns,
        held=leaving.held,
    )


def purge(db: Database, stamp: Stamp, steps: tuple[Step, ...]) -> Plan:
    """Takes what is too old, logs how much and returns it; raises `Damaged` where something is wrong."""
    planned = plan(db, stamp.today)
    text_day, record_day, log_day = _last_days(db, stamp.today)
    leaving = going.going(db, record_day, log_day)
    ripe = {kind: ages.old(db, kind, text_day).keys() | leaving.ids[kind] for kind in TABLES}
    told = {"emptied": planned.emptied, "gone": planned.gone, "log_lines": planned.log_lines}
    forget = log_day.isoformat() if planned.log_lines else ""
    _carry_out(db, stamp, steps, ripe, leaving.ids, object="", told=told, forget=forget)
    return planned


def erase(
    db: Database, stamp: Stamp, steps: tuple[Step, ...], kind: type[Record], record_id: int, reason: str
) -> None:
    """Takes the texts of one record, whatever its age, and logs which and why."""
    told = {"emptied": {TABLES[kind]: 1}, "reason": reason}
    what = f"{TABLES[kind]} {record_id}"
    holds_any = bool(_emptying(db, kind, [record_id], on_request=True).touched)
    _carry_out(db, stamp, steps, {kind: {record_id}}, {}, object=what, told=told, forget="", on_request=True)
    if holds_any:  # a version of its own: who has the old one in a form cannot save it over this unseen
        stands = reading.get(db, kind, record_id)
        writing.put(db, stands, stands.record, stamp, reason=texts.GONE)


def _carry_out(
    db: Database,
    stamp: Stamp,
    steps: tuple[Step, ...],
    ripe: Mapping[type[Record], Collection[int]],
    leaving: dict[type[Record], set[int]],
    *,
    object: str,
    told: dict[str, Any],
    forget: str,
    on_request: bool = False,
) -> None:
    """Empties `ripe` and takes away `leaving`, then tells history, imports and logs anew."""
    # What was changed by another program would else be told as if it were ours.
    _refuse_unsound(db, steps)
    before, log_before = retelling.head(db), access_log.head(db)
    with schema.unguarded(db):
        batches = retelling.batches_of(db, {kind: set(ids) for kind, ids in ripe.items()})
        emptyings = [_emptying(db, kind, ids, on_request=on_request) for kind, ids in ripe.items()]
        changed = {seq for one in emptyings for seq in _empty(db, one)}
        changed |= going.remove(db, leaving)
        changed |= _clean_facts(db, {text for one in emptyings for text in one.texts}, batches)
        changed |= retelling.tell_batches(db, batches)
        if not on_request:
            db.conn.execute("DELETE FROM column_choice")
        retelling.chain_anew(db, changed)
        if forget:
            access_log.forget(db, forget)
    account = {"first": min(changed, default=0), "before": before, "after": retelling.head(db)}
    account |= {"log_before": log_before} if forget else {}
    access_log.note(db, stamp, "purge", object=object, detail={**told, **account})
    _refuse_unsound(db, steps)


def _refuse_unsound(db: Database, steps: tuple[Step, ...]) -> None:
    if any(verification.problems(db, steps)):
        raise Damaged()


def _last_days(db: Database, today: date) -> tuple[date, date, date]:
    """The last day whose texts, whose records and whose lines of the log are too old."""
    names = (settings.YEARS_OF_TEXT, settings.YEARS_OF_RECORDS, settings.YEARS_OF_LOG)
    text, record, log = (ages.years_before(today, settings.years(db, name)) for name in names)
    return text, record, log


def _emptying(db: Database, kind: type[Record], ids: Iterable[int], *, on_request: bool = False) -> _Emptying:
    """What there is to empty of these records: of the record, or only of what it once said."""
    found, wanted = _Emptying(kind), set(ids)
    if not wanted or not texts.free_texts(kind):
        return found
    statement = f"{SELECT_STORED[kind]} WHERE t.id IN (SELECT value FROM json_each(?))"
    for stored in stored_rows(db, kind, statement, (retelling.listed(wanted),)):
        clean = texts.emptied(stored.record, stored.id, on_request=on_request)
        if clean != stored.record:
            found.rows[stored.id] = clean
            found.texts |= _lost(stored.record, clean)
    _empty_entries(db, found, wanted, on_request)
    found.touched |= found.rows.keys()
    return found


def _empty_entries(db: Database, found: _Emptying, wanted: set[int], on_request: bool) -> None:
    for seq, record_id, reason, *told in db.conn.execute(
        "SELECT seq, record_id, reason, before, after FROM history "
        "WHERE record_type = ? AND record_id IN (SELECT value FROM json_each(?))",
        (TABLES[found.kind], retelling.listed(wanted)),
    ).fetchall():
        said = [from_json(found.kind, text) for text in told]
        clean = [one and texts.emptied(one, record_id, on_request=on_request) for one in said]
        before, after = (None if one is None else as_json(found.kind, values(one)) for one in clean)
        why = texts.GONE if reason else ""
        if [why, before, after] != [reason, *told]:
            found.entries[seq] = (why, before, after)
            found.touched.add(record_id)
            found.texts |= {reason} - {"", why}
            for was, is_now in zip(said, clean, strict=True):
                found.texts |= _lost(was, is_now) if was and is_now else set()


def _lost(was: Record, is_now: Record) -> set[str]:
    names = texts.free_texts(type(was))
    return {getattr(was, name) for name in names if getattr(was, name) != getattr(is_now, name)} - {""}


def _empty(db: Database, one: _Emptying) -> set[int]:
    """Writes it; the numbers of the entries that changed."""
    table, names = TABLES[one.kind], texts.free_texts(one.kind)
    if one.rows:
        db.conn.executemany(
            f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
            [
                (*(getattr(record, name) for name in names), record_id)
                for record_id, record in one.rows.items()
            ],
        )
    db.conn.executemany(
        "UPDATE history SET reason = ?, before = ?, after = ? WHERE seq = ?",
        [(*said, seq) for seq, said in one.entries.items()],
    )
    return set(one.entries)


def _clean_facts(db: Database, gone: set[str], batches: dict[type[Record], set[int]]) -> set[int]:
    """Takes these texts from the facts of closed evaluations; the entries that name those facts.

    A text that some record still has stays there too: it is no longer this record's alone.
    """
    own = {text for text in frozen.quoted(db, gone) if not _still_said(db, text)}
    moved = frozen.without(db, own, texts.GONE) if own else {}
    changed: set[int] = set()
    for old, new in moved.items():
        db.conn.execute("UPDATE quarter_review SET digest = ? WHERE digest = ?", (new, old))
        for (seq,) in db.conn.execute(
            "UPDATE history SET before = replace(before, ?1, ?2), after = replace(after, ?1, ?2) "
            "WHERE record_type = 'quarter_review' AND (instr(before, ?1) OR instr(after, ?1)) RETURNING seq",
            (old, new),
        ).fetchall():
            changed.add(seq)
    if moved:
        every = {record_id for (record_id,) in db.conn.execute("SELECT id FROM quarter_review")}
        batches |= retelling.batches_of(db, {QuarterReview: every})
    return changed


def _still_said(db: Database, text: str) -> bool:
    return any(
        db.conn.execute(f"SELECT 1 FROM {table} WHERE instr({name}, ?) LIMIT 1", (text,)).fetchone()
        for kind, table in TABLES.items()
        for name in texts.free_texts(kind)
    )
