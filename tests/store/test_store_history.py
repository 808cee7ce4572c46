"""The history only grows, and a sound database can prove itself."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from logbook import activity, incident, occurrence, pause, raw, recess, silence

from tracker.records import Activity
from tracker.store import Conflict, Problem, Store

COLUMNS = "seq, at, actor, action, record_type, version, reason, batch, added, content_hash, chain, request"
ROW = "1, '2026-01-01T00:00:00.000Z', 'x', 'add', 'partner', 1, '', '', 1, '', '', ''"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'iemand anders' WHERE seq = 1",
        "DELETE FROM history WHERE seq = 1",
        "DELETE FROM history",
        f"INSERT OR REPLACE INTO history ({COLUMNS}) VALUES ({ROW})",
        f"REPLACE INTO history ({COLUMNS}) VALUES ({ROW})",
        f"INSERT INTO history ({COLUMNS}) VALUES ({ROW}) ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
        f"INSERT OR REPLACE INTO history ({COLUMNS}) VALUES ({ROW.replace('1,', 'NULL,', 1)[:-2]}'click')",
        "UPDATE OR REPLACE history SET seq = 2 WHERE seq = 1",
    ],
)
def test_nobody_rewrites_the_history_also_not_with_another_program(town: Store, statement):
    town.add(activity(), by="anna", request="click")
    with raw(town.path) as conn:
        before = conn.execute("SELECT * FROM history").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="history only grows"):
            conn.execute(statement)
        assert conn.execute("SELECT * FROM history").fetchall() == before


def test_the_history_does_grow(town: Store):
    with raw(town.path) as conn:
        before = conn.execute("SELECT count(*) FROM history").fetchone()[0]
        town.add(activity(), by="anna")
        assert conn.execute("SELECT count(*) FROM history").fetchone()[0] == before + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE incident SET happened_on = '2026-02-30'",
        "UPDATE incident SET happened_on = '2026-2-3'",
        "UPDATE incident SET happened_on = '1999-12-31'",
        "UPDATE incident SET happened_on = '9999-01-01'",
        "UPDATE incident SET happened_on = 'morgen'",
        "UPDATE arrangement SET started_on = '2026-02-30'",
        "UPDATE incident SET severity = 6",
        "UPDATE incident SET severity = 'hoog'",
        "UPDATE incident SET kind = 'knitting'",
        "UPDATE incident SET averted = 2",
        "UPDATE activity SET mode = ''",
        "UPDATE activity SET count = 0.5",
        "UPDATE activity SET weight = -1",
        "UPDATE activity SET incident_id = 99",
        "UPDATE silence SET last_day = '2020-01-01'",
        "UPDATE pause SET last_day = '2020-01-01'",
        "UPDATE pause SET reason = ''",
        "UPDATE pause SET arrangement_id = 99",
        "UPDATE recess SET name = ''",
        "UPDATE recess SET last_day = '2020-01-01'",
        "UPDATE recess SET last_day = date(first_day, '+100 days')",
        "UPDATE occurrence SET due_on = '2026-06-01'",
        "UPDATE partner SET name = 'JONGERENWERK' WHERE id = 1",
        "DELETE FROM partner WHERE id = 1",
        "DELETE FROM domain WHERE code = 'safety'",
    ],
)
def test_the_database_itself_refuses_what_no_record_may_be(town: Store, statement):
    town.add(activity(partner_ids=(1,)), by="anna")
    for one in (silence(), pause(), recess(), occurrence(), occurrence(due_on=date(2026, 6, 2))):
        town.add(one, by="anna")
    with raw(town.path) as conn:
        conn.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute(statement)
        conn.execute("UPDATE incident SET happened_on = '2024-02-29'")
        conn.execute("UPDATE recess SET last_day = date(first_day, '+99 days')")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE incident SET title = 'Anders'",
            Problem(code="history_differs", where="incident", record_id=1),
        ),
        ("UPDATE incident SET withdrawn = 1", Problem(code="history_differs", where="incident", record_id=1)),
        ("UPDATE incident SET version = 2", Problem(code="versions", where="incident", record_id=1)),
        ("DELETE FROM incident", Problem(code="versions", where="incident", record_id=1)),
        ("UPDATE incident SET title = ' '", Problem(code="broken_record", where="incident", record_id=1)),
        (
            "UPDATE activity SET partner_total = 9",
            Problem(code="partner_total", where="activity", record_id=1),
        ),
        ("UPDATE activity SET title = 'x' WHERE id = 2", Problem(code="batch_differs", where="b")),
        ("DELETE FROM activity WHERE id = 3", Problem(code="batch_differs", where="b")),
        ("UPDATE activity_partner SET position = 5 - position", None),
        (
            "UPDATE activity_partner SET partner_id = 77",
            Problem(code="foreign_key", where="activity_partner"),
        ),
        ("CREATE TABLE extra (x)", Problem(code="schema_changed", where="")),
    ],
)
def test_verify_finds_what_did_not_come_through_here(town: Store, statement, problem):
    town.add(activity(partner_ids=(2,)), by="anna")
    town.add_all([activity(title="a"), activity(title="b"), incident()], by="import", batch="b")
    assert town.verify() == []
    with raw(town.path) as conn:
        conn.execute(statement)
    found = town.verify()
    assert found == [] if problem is None else problem in found


def test_verify_finds_a_row_that_no_entry_brought(town: Store):
    with raw(town.path) as conn:
        conn.execute("INSERT INTO partner (name, domain, added_seq) VALUES ('Stil', 'safety', 1)")
    assert Problem(code="versions", where="partner", record_id=3) in town.verify()


def test_what_was_taken_back_is_put_back_before_it_is_corrected(town: Store):
    town.add(activity(), by="anna")
    town.withdraw(Activity, 1, seen_version=1, reason="dubbel", by="bram")
    with pytest.raises(Conflict) as seen:
        town.correct(1, activity(title="x"), seen_version=2, reason="x", by="anna")
    assert seen.value.theirs.withdrawn
    assert (seen.value.change.actor, seen.value.change.reason) == ("bram", "dubbel")
    town.restore(Activity, 1, seen_version=2, reason="toch niet", by="anna")
    assert town.correct(1, activity(title="x"), seen_version=3, reason="x", by="anna").version == 4
    assert town.verify() == []


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        (
            "UPDATE history SET actor = 'x' WHERE seq = 12",
            Problem(code="chain", where="history", record_id=12),
        ),
        (
            "UPDATE history SET reason = 'x' WHERE seq = 13",
            Problem(code="chain", where="history", record_id=13),
        ),
        (
            "DELETE FROM history WHERE record_type = 'phase'",
            Problem(code="chain", where="history", record_id=4),
        ),
        (
            "UPDATE phase SET nl = 'Anders' WHERE code = 'primary'",
            Problem(code="batch_differs", where="phase"),
        ),
        ("UPDATE phase SET nl = '' || char(7)", Problem(code="broken_record", where="phase")),
        ("UPDATE scale SET nl = 'x' WHERE code = 'region'", Problem(code="history_differs", where="scale")),
    ],
)
def test_verify_finds_a_rewritten_history_even_when_the_guards_were_taken_away(town, statement, problem):
    town.archive_term("scale", "region", by="beheer")
    with raw(town.path) as conn:
        order = [row[0] for row in conn.execute("SELECT record_type FROM history ORDER BY seq LIMIT 4")]
        assert order.index("phase") == 2
        guards = conn.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'history_refuses%'"
        ).fetchall()
        for name, _ in guards:
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute(statement)
        for _, sql in guards:
            conn.execute(sql)
    assert problem in town.verify()
