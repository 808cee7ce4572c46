"""Whatever is done to the history or the access log from outside is found, with the first bad number (T66;
BIO2 8.15.05, 8.15.06). What only a head kept outside can show is found with one and not without.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from logbook import incident, partner, raw
from test_store_access import Clock

from tracker import store as stores
from tracker.store import Head, Problem, Store, StoreError, heads
from tracker.store.access_log import chained as log_chained
from tracker.store.verification import TOLD
from tracker.store.writing import chained

MORNING = datetime(2026, 7, 1, 6, tzinfo=UTC)
LOGGED = "at, actor, role, origin, action, object, result, detail"


@pytest.fixture
def clock() -> Clock:
    return Clock(MORNING)


@pytest.fixture
def store(path: Path, clock: Clock) -> Store:
    return stores.create(path, now=clock)


@pytest.fixture
def busy(store: Store, clock: Clock) -> tuple[Store, list[Head]]:
    """Twelve changes by hand and as many lines of the log, with a head after each."""
    told = []
    for number in range(12):
        clock.turn(minutes=1)
        store.add(incident(title=f"Onrust {number}"), by="anna")
        store.require("export_rows", by="anna", object=f"{number}.csv")
        told.append(store.register.head())
    return store, told


def unguarded(path: Path, *statements: str) -> None:
    """Somebody with another program: guards dropped, statements run, guards put back as they were."""
    with raw(path) as conn:
        made = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in made:
            conn.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            conn.execute(statement)
        for _, sql in made:
            conn.execute(sql)


def chained_anew(path: Path) -> None:
    """As somebody would who knows how the chain is made."""
    with raw(path) as conn:
        made = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in made:
            conn.execute(f"DROP TRIGGER {name}")
        for table, columns, link in (("history", TOLD, chained), ("access_log", LOGGED, log_chained)):
            before = ""
            for seq, *said in conn.execute(f"SELECT seq, {columns} FROM {table} ORDER BY seq").fetchall():
                before = link(before, tuple(said))
                conn.execute(f"UPDATE {table} SET chain = ? WHERE seq = ?", (before, seq))
        for _, sql in made:
            conn.execute(sql)


def found(store: Store, told: list[Head]) -> list[tuple[str, str, int | None]]:
    problems = [*store.verify(), *store.register.beside_heads(told)]
    return [(one.code, one.where, one.record_id) for one in problems]


def test_what_nobody_touched_is_sound(busy: tuple[Store, list[Head]]):
    assert found(*busy) == []


@pytest.mark.parametrize("table", ["history", "access_log"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET actor = 'bram' WHERE seq = {seq}",
        "DELETE FROM {table} WHERE seq = {seq}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE seq = {seq}",
        "INSERT INTO {table} SELECT * FROM {table} WHERE seq = {seq} "
        "ON CONFLICT (seq) DO UPDATE SET actor = 'bram'",
    ],
)
def test_another_program_cannot_change_what_only_grows(
    busy: tuple[Store, list[Head]], table: str, statement: str
):
    store, told = busy
    with raw(store.path) as conn, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        conn.execute(statement.format(table=table, seq=10))
    assert found(store, told) == []


def test_a_guard_that_was_taken_away_is_missed(busy: tuple[Store, list[Head]]):
    store, told = busy
    with raw(store.path) as conn:
        conn.execute("DROP TRIGGER history_refuses_update")
    assert "schema_changed" in [code for code, _, _ in found(store, told)]


@pytest.mark.parametrize(("table", "code"), [("history", "chain"), ("access_log", "log_chain")])
@pytest.mark.parametrize("seq", [1, 7, 12])
@pytest.mark.parametrize(
    ("statement", "later"),
    [
        ("UPDATE {table} SET actor = 'bram' WHERE seq = {seq}", 0),
        ("UPDATE {table} SET at = '2020-01-01T00:00:00.000Z' WHERE seq = {seq}", 0),
        ("DELETE FROM {table} WHERE seq = {seq}", 1),
    ],
)
def test_without_its_guards_a_change_is_found_at_its_number(
    busy: tuple[Store, list[Head]], table: str, code: str, seq: int, statement: str, later: int
):
    store, _ = busy
    unguarded(store.path, statement.format(table=table, seq=seq))
    first = [one for one in store.verify() if one.code == code]
    # After the last line there is none that could show that it is gone: that is what heads are for.
    with raw(store.path) as conn:
        (last,) = conn.execute(f"SELECT max(seq) FROM {table}").fetchone()
    expected = [Problem(code=code, where=table, record_id=seq + later)] if seq + later <= last else []
    assert first == expected


@pytest.mark.parametrize("table", ["history", "access_log"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_tail_that_was_cut_off_is_found_only_beside_a_head(
    busy: tuple[Store, list[Head]], table: str, number: int
):
    store, told = busy
    with raw(store.path) as conn:
        (last,) = conn.execute(f"SELECT max(seq) FROM {table}").fetchone()
        ids = conn.execute("SELECT max(id) FROM incident").fetchone()[0]
    gone = [f"DELETE FROM {table} WHERE seq > {last - number}"]
    if table == "history":  # with the records, so that the database itself is sound
        gone = [f"DELETE FROM incident WHERE id > {ids - number}", *gone]
    unguarded(store.path, *gone)
    assert store.verify() == []
    assert found(store, told) == [("tail_cut", table, last - number + 1)]


@pytest.mark.parametrize("seq", [2, 9, 11])
def test_all_written_anew_is_found_only_beside_a_head(busy: tuple[Store, list[Head]], seq: int):
    """Who knows how the chain is made leaves a sound database."""
    store, told = busy
    unguarded(store.path, f"UPDATE access_log SET actor = 'bram' WHERE seq = {seq}")
    chained_anew(store.path)
    assert store.verify() == []
    assert found(store, told) == [("chain_changed", "access_log", seq)]


def test_history_and_record_written_anew_together_are_found(busy: tuple[Store, list[Head]]):
    store, told = busy
    with raw(store.path) as conn:
        (seq,) = conn.execute("SELECT seq FROM history WHERE record_id = 12").fetchone()
    unguarded(
        store.path,
        "UPDATE incident SET severity = 5 WHERE id = 12",
        f"UPDATE history SET after = replace(after, '\"severity\":3', '\"severity\":5') WHERE seq = {seq}",
    )
    chained_anew(store.path)
    assert store.verify() == []
    assert found(store, told) == [("chain_changed", "history", seq)]


def test_a_byte_changed_in_the_file_is_found(busy: tuple[Store, list[Head]]):
    """Every place where a text of the history or the log stands, one after the other."""
    store, told = busy
    whole = store.path.read_bytes()
    places = [place for place in range(len(whole)) if whole.startswith(b"anna", place)]
    missed = []
    for place in places[::4]:
        store.path.write_bytes(whole[:place] + b"bert" + whole[place + 4 :])
        try:
            noticed = bool(found(store, told))
        except StoreError:
            noticed = True
        missed += [] if noticed else [place]
    assert len(places) >= 24
    assert missed == [], f"{len(missed)} of {len(places[::4])}"


# What may change: a purge, and a backup that is put back.


def old_town(store: Store, clock: Clock) -> None:
    clock.at = datetime(2020, 7, 1, 6, tzinfo=UTC)
    store.add(partner(), by="anna")
    store.add(incident(date(2020, 5, 4), title="Oud"), by="anna")
    store.require("export_rows", by="anna")


def test_a_purge_accounts_for_the_chains_that_it_changed(store: Store, clock: Clock):
    old_town(store, clock)
    told = [store.register.head()]
    clock.at = MORNING
    store.add(partner("GGD"), by="anna")
    told.append(store.register.head())
    store.register.purge(by="beheer")
    assert found(store, told) == []
    told.append(store.register.head())
    clock.turn(days=400)
    store.add(incident(date(2027, 5, 4)), by="anna")
    store.register.erase_text(stores.KINDS["incident"], 2, by="beheer", reason_code="asked")
    assert found(store, told) == []


def test_a_change_before_a_purge_is_not_accounted_for_by_it(store: Store, clock: Clock):
    """The control: the history was written anew between the head and the purge."""
    old_town(store, clock)
    told = [store.register.head()]
    clock.at = MORNING
    unguarded(
        store.path, "UPDATE history SET actor = 'bram' WHERE action = 'add' AND record_type = 'partner'"
    )
    chained_anew(store.path)
    store.register.purge(by="beheer")
    assert store.verify() == []
    assert [code for code, _, _ in found(store, told)] == ["chain_changed"]


def test_a_change_after_a_purge_is_found_by_what_the_purge_left(store: Store, clock: Clock):
    """Also without a new head: the line of the purge says how it left the history."""
    old_town(store, clock)
    told = [store.register.head()]
    clock.at = MORNING
    store.register.purge(by="beheer")
    unguarded(store.path, "UPDATE history SET actor = 'bram' WHERE record_type = 'incident'")
    with raw(store.path) as conn:
        before = ""
        conn.execute("DROP TRIGGER history_refuses_update")
        for seq, *said in conn.execute(f"SELECT seq, {TOLD} FROM history ORDER BY seq").fetchall():
            before = chained(before, tuple(said))
            conn.execute("UPDATE history SET chain = ? WHERE seq = ?", (before, seq))
    codes = [code for code, _, _ in found(store, told)]
    assert "chain_changed" in codes


def test_after_a_backup_was_put_back_a_new_count_begins(busy: tuple[Store, list[Head]], path: Path):
    store, told = busy
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    store.add(incident(), by="anna")
    told.append(store.register.head())
    shutil.copy(copy, path)
    assert {code for code, _, _ in found(store, told)} == {"tail_cut"}
    told.append(store.register.head(restored=True))
    assert found(store, told) == []
    store.add(incident(), by="anna")
    assert found(store, told) == []


def test_another_database_in_its_place_is_found(busy: tuple[Store, list[Head]], path: Path):
    _, told = busy
    other = stores.create(path.with_name("other.db"), now=lambda: MORNING)
    assert found(other, told) == [("other_database", "heads", None)]


# The file of heads.


def test_heads_are_read_as_they_were_written(busy: tuple[Store, list[Head]], path: Path):
    _, told = busy
    file = path.with_name("tracker.db.heads")
    assert heads.read(file) == []
    for one in told:
        heads.append(file, one)
    assert heads.read(file) == told
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_line_that_cannot_be_read_is_a_problem_and_the_others_count(
    busy: tuple[Store, list[Head]], path: Path
):
    store, told = busy
    file = path.with_name("tracker.db.heads")
    heads.append(file, told[0])
    with file.open("a") as lines:
        lines.write('{"at": "half a li\n')
    heads.append(file, replace(told[1], history=(99, "x")))
    assert found(store, heads.read(file)) == [("bad_heads", "heads", 2), ("tail_cut", "history", 24)]
