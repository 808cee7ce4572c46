"""No way in for data of people: every text, every reason, every word (T62), and what an override leaves.

Which texts there are is read off the records and off the tables, so one that nobody thought of fails here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from tests.store import logbook
from tests.store.test_store_batch import one_of_each
from tracker import store as stores
from tracker.privacy import BLOCKED, LookedAt, Reader
from tracker.records import Activity, InvalidRecord, Record, Shelf
from tracker.store import Denied, InvalidBatch, Store, Term, Visitor, guard, schema
from tracker.store.rows import TABLES
from tracker.store.stamp import Stamp
from tracker.store.terms import Term as AnyTerm

PHONE = "06-12345678"
FALSE_ALARM = (LookedAt(field="title", kind="phone", why="public_number"),)
# Columns of text that hold nothing a person types: what the product writes itself, each with its reason.
WRITTEN_BY_US = {
    "history": {"at", "actor", "action", "record_type", "code", "batch", "request", "content_hash", "chain"}
    | {"role", "origin"},
    "history, of guarded records": {"before", "after"},
    "about": {"identity"},
    "frozen_facts": {"digest"},
    "quarter_review": {"digest"},
    "scan_code": {"hash"},
    "scan_reply": {"reply", "statement"},
    "account": {"name", "roles", "set_by", "valid_from"},  # who signs in is the business of access
    "setting": {"name", "value"},  # one of the settings the product knows, of their own types
    "access_log": {"at", "actor", "role", "origin", "action", "object", "result", "detail", "chain"},
    "column_choice": {"field"},
    "_sqlite_migrations": {"migration_set", "name", "applied_at"},
}


@pytest.fixture
def store():
    with logbook.fresh_store() as fresh:
        yield fresh


def stamp() -> Stamp:
    return Stamp(by="test", at="2026-07-01T12:00:00.000Z", today=logbook.NOON.date())


def with_text(kind: Any, field: str) -> Record:
    """A record of this kind with a telephone number in one field, whatever its rules say of the others."""
    record: Any = object.__new__(kind)
    vars(record).update({one.name: "" for one in fields(kind)} | {field: PHONE})
    return record


TEXTS = [(kind, field) for kind in (*TABLES, AnyTerm) for field in guard.text_fields(kind)]


@pytest.mark.parametrize(("kind", "field"), TEXTS, ids=lambda one: getattr(one, "__name__", one))
def test_every_text_of_every_record_is_looked_at(kind: Any, field: str) -> None:
    assert guard.problems(stamp(), "", with_text(kind, field)) == {field: "looks_like_phone"}


def test_a_field_that_is_left_out_would_be_found() -> None:
    """The control: a guard that forgot one field lets its text pass, and the check above would see it."""
    kind: Any = Activity
    forgetful = [name for name in guard.text_fields(kind) if name != "note"]
    texts = {name: getattr(with_text(kind, "note"), name) for name in forgetful}
    assert guard.text_problems(stamp(), "", texts) == {}


def test_every_column_of_text_is_guarded_or_written_by_the_product(store: Store) -> None:
    tables = {TABLES[kind]: set(guard.text_fields(kind)) for kind in TABLES}  # type: ignore[arg-type]
    words = set(guard.text_fields(AnyTerm))
    guarded = tables | dict.fromkeys(schema.VOCABULARY_TABLES, words)
    guarded |= {"history": {"reason"}, "about": {"municipality"}, "column_choice": {"heading"}}
    assert unguarded(store, guarded) == []
    del guarded["goal"]
    assert ("goal", "text") in unguarded(store, guarded), "a table that is forgotten is found"


def unguarded(store: Store, guarded: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Columns of text that are neither guarded, nor days, nor written by the product."""
    left = []
    with logbook.raw(store.path) as db:
        for table in [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]:
            if table.startswith("sqlite_"):
                continue
            ours = WRITTEN_BY_US.get(table, set()) | WRITTEN_BY_US["history, of guarded records"]
            for _, name, declared, *_ in db.execute(f"SELECT * FROM pragma_table_info('{table}')"):
                day = name.endswith(("_on", "_to", "_day")) or name == "quarter"
                if declared == "TEXT" and not day and name not in ours | guarded.get(table, set()):
                    left.append((table, name))
    return left


def test_the_store_refuses_it_in_every_kind_of_record(store: Store) -> None:
    """Through the door itself, for each field in which a record may hold such a text at all."""
    refused, held_back = 0, 0
    for record in one_of_each():
        kind: Any = type(record)
        for field in guard.text_fields(kind):
            try:
                suspect = replace(record, **{field: PHONE})
            except InvalidRecord:
                held_back += 1  # a code from a list of the record's own
                continue
            with pytest.raises(InvalidBatch) as wrong:
                store.add_all([suspect], by="test", batch="een")
            assert wrong.value.rows[0].get(field) in ("looks_like_phone", "unknown_code"), (kind, field)
            refused += wrong.value.rows[0][field] == "looks_like_phone"
    assert (refused >= 25, held_back > 0) == (True, True)
    assert store.changes(stores.Asked(), limit=5) == []


WAYS_IN: dict[str, Callable[[Store], object]] = {
    "add": lambda store: store.add(logbook.activity(title=PHONE), by="test"),
    "correct": lambda store: store.correct(
        1, logbook.activity(note=PHONE), seen_version=1, reason="beter", by="test"
    ),
    "reason of a correction": lambda store: store.correct(
        1, logbook.activity(title="Anders"), seen_version=1, reason=PHONE, by="test"
    ),
    "put back": lambda store: store.put_back(
        1, logbook.activity(title=PHONE), seen_version=1, reason="terug", by="test"
    ),
    "withdraw": lambda store: store.withdraw(Activity, 1, seen_version=1, reason=PHONE, by="test"),
    "restore": lambda store: [
        store.withdraw(Activity, 1, seen_version=1, reason="dubbel", by="test"),
        store.restore(Activity, 1, seen_version=2, reason=PHONE, by="test"),
    ],
    "undo an import": lambda store: store.undo_batch("lijst", reason=PHONE, by="test"),
    "close a quarter": lambda store: (
        store.close_quarter(logbook.quarter_review(digest=""), b"{}", by="test")
        and store.close_scan(store.open_scan(logbook.QUARTER, 5, by="test")[0].id, reason=PHONE, by="test")
    ),
    "a word": lambda store: store.add_term(
        Term(vocabulary="incident_kind", code="own", nl=PHONE, en="x"), by="test"
    ),
    "a word changed": lambda store: store.correct_term(
        replace(store.vocabulary("incident_kind")[0], definition_nl=PHONE), by="test"
    ),
    "a word of an import": lambda store: store.add_all(
        [], by="test", batch="b", new_terms=[Term(vocabulary="incident_kind", code="own", nl=PHONE, en="x")]
    ),
    "a correction of an import": lambda store: store.add_all(
        [],
        by="test",
        batch="b",
        corrections=[stores.Correction(id=1, seen_version=1, record=logbook.activity(note=PHONE))],
        reason="lijst",
    ),
    "reason of an import": lambda store: store.add_all(
        [],
        by="test",
        batch="b",
        corrections=[stores.Correction(id=1, seen_version=1, record=logbook.activity(note="x"))],
        reason=PHONE,
    ),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_no_call_of_the_store_is_a_way_round(store: Store, way: str) -> None:
    store.add_all([logbook.activity(title="Overleg")], by="test", batch="lijst")
    with pytest.raises(InvalidRecord, match="looks_like_phone"):
        WAYS_IN[way](store)
    with logbook.raw(store.path) as db:
        assert PHONE not in "\n".join(db.iterdump())


def test_the_name_of_a_municipality_and_the_headings_of_a_file_are_looked_at(tmp_path, store: Store) -> None:
    with pytest.raises(InvalidRecord, match="looks_like_phone"):
        stores.create(tmp_path / "new.db", now=logbook.now, municipality=f"Stad {PHONE}")
    assert not (tmp_path / "new.db").exists()
    store.remember_columns({f"bel {PHONE}": "title", "wanneer": "date"})
    assert store.remembered_columns() == {"wanneer": "date"}


def test_a_false_alarm_passes_with_a_reason_and_is_counted_without_the_text(store: Store) -> None:
    stored = store.add(logbook.activity(title=f"Hulplijn {PHONE}"), by="Ans", looked=FALSE_ALARM)
    (line,) = store.register.log(action="override", limit=5)
    assert (line.actor, line.object, line.result) == ("Ans", f"activity {stored.id}", "ok")
    assert line.detail == {"field": "title", "kind": "phone", "why": "public_number", "number": 1}
    assert PHONE not in repr(line)
    store.correct(
        stored.id, replace(stored.record, note="Gebeld"), seen_version=1, reason="aangevuld", by="Ans"
    )
    assert len(store.register.log(action="override", limit=5)) == 1, "what stood is not asked about again"


@pytest.mark.parametrize(
    "looked",
    [
        (LookedAt(field="note", kind="phone", why="public_number"),),
        (LookedAt(field="title", kind="iban", why="public_number"),),
    ],
)
def test_a_reason_for_another_field_or_kind_opens_nothing(store: Store, looked) -> None:
    with pytest.raises(InvalidRecord, match="looks_like_phone"):
        store.add(logbook.activity(title=PHONE), by="Ans", looked=looked)
    assert store.register.log(action="override", limit=5) == []


@pytest.mark.parametrize("why", ["looked_at", "omdat het mag", PHONE, ""])
def test_what_is_blocked_takes_no_free_text_for_a_reason_and_no_tick(why: str) -> None:
    with pytest.raises(AssertionError):
        LookedAt(field="title", kind=BLOCKED[0], why=why)


def test_an_import_counts_once_for_each_field_and_kind(store: Store) -> None:
    rows = [logbook.activity(title=f"Hulplijn 06-1234567{n}") for n in range(3)]
    said = (LookedAt(field="", kind="phone", why="organisation_number"),)
    store.add_all(rows, by="Ans", batch="lijst", looked=said)
    (line,) = store.register.log(action="override", limit=5)
    assert (line.object, line.detail["number"]) == ("import lijst", 3)


def test_a_reader_that_was_handed_in_is_no_way_round(store: Store) -> None:
    reader = Reader()
    assert not reader.hits(["Overleg"])
    with pytest.raises(InvalidBatch) as wrong:
        store.add_all(Shelf([logbook.activity(title=PHONE)]), by="x", batch="b", reader=reader)
    assert wrong.value.rows == {0: {"title": "looks_like_phone"}}


def test_the_command_line_overrides_nothing_and_the_attempt_is_logged(store: Store) -> None:
    command = store.on_behalf_of(Visitor(command=True, origin="command"))
    with pytest.raises(Denied):
        command.add_all([logbook.activity(title=PHONE)], by="root", batch="b", looked=FALSE_ALARM)
    line = store.register.log(action="override", limit=1)[0]
    assert (line.result, line.origin) == ("denied", "command")
    assert store.recent() == []
