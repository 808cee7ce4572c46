"""A connection that waited works only on the very file it was opened on, as it left it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from logbook import activity

from tracker.store import Missing, Store, idle
from tracker.store.connection import MAY_WAIT, reading, writing

pytestmark = pytest.mark.skipif(not MAY_WAIT, reason="in WAL mode, or on Windows, no connection may wait")
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def none_waits():
    idle.close()
    yield
    idle.close()


def which(store: Store) -> int:
    """The connection that a view works with, by its identity."""
    with reading(store.path, again=True) as db:
        return id(db.conn)


def test_the_next_view_uses_the_same_connection(store: Store):
    assert which(store) == which(store)


def test_two_views_at_once_have_a_connection_each(store: Store):
    with reading(store.path, again=True) as one, reading(store.path, again=True) as other:
        assert one.conn is not other.conn


def test_a_view_after_a_write_uses_the_connection_of_the_write(store: Store):
    store.add(activity(DAY), by="anna")
    first = which(store)
    store.add(activity(DAY), by="anna")
    assert which(store) == first
    assert len(store.recent()) == 2


def test_after_a_write_of_another_program_another_is_opened(store: Store):
    with reading(store.path, again=True) as db:
        before = db.conn
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("DELETE FROM recess")
        other.execute("CREATE TABLE more (id)")
    with reading(store.path, again=True) as db:
        assert db.conn is not before
    with pytest.raises(sqlite3.ProgrammingError):
        before.execute("SELECT 1")  # closed


def test_what_is_written_after_another_file_came_in_its_place_is_written_there(store: Store):
    """A connection that waited would write in a file that nobody finds any more."""
    store.add(activity(DAY), by="anna")
    copy = store.path.with_name("copy.db")
    copy.write_bytes(store.path.read_bytes())
    os.replace(copy, store.path)
    store.add(activity(DAY), by="anna")
    with closing(sqlite3.connect(store.path)) as other:
        assert other.execute("SELECT count(*) FROM activity").fetchone() == (2,)


def test_a_file_that_is_replaced_while_it_is_written_lets_no_connection_wait(store: Store):
    copy = store.path.with_name("copy.db")
    copy.write_bytes(store.path.read_bytes())
    with writing(store.path, again=True) as db:
        os.replace(copy, store.path)
        used = db.conn
    assert used not in [conn for _, _, conn in idle._waiting]


def write_and_fail(store: Store) -> None:
    with writing(store.path, again=True) as db:
        db.conn.execute("DELETE FROM activity")
        raise ZeroDivisionError


def test_a_write_that_failed_leaves_nothing_behind(store: Store):
    store.add(activity(DAY), by="anna")
    with pytest.raises(ZeroDivisionError):
        write_and_fail(store)
    assert not idle._waiting
    assert len(store.recent()) == 1


def test_another_file_at_the_same_place_is_read_itself(store: Store):
    store.add(activity(DAY), by="anna")
    copy = store.path.with_name("copy.db")
    copy.write_bytes(store.path.read_bytes())
    store.add(activity(DAY), by="anna")
    assert len(store.recent()) == 2
    os.replace(copy, store.path)
    assert len(store.recent()) == 1


def test_a_file_that_is_gone_is_missing_also_when_a_connection_to_it_waits(store: Store):
    store.revision()
    store.path.unlink()
    with pytest.raises(Missing):
        store.revision()


def test_who_looks_for_damage_opens_the_file_anew(store: Store):
    store.revision()
    with reading(store.path, again=True) as waiting:
        used = waiting.conn
    with reading(store.path) as db:
        assert db.conn is not used


def fail(store: Store, used: list[sqlite3.Connection]) -> None:
    with reading(store.path, again=True) as db:
        used.append(db.conn)
        raise ZeroDivisionError


def test_a_view_that_failed_leaves_nothing_behind(store: Store):
    used: list[sqlite3.Connection] = []
    with pytest.raises(ZeroDivisionError):
        fail(store, used)
    with reading(store.path, again=True) as db:
        assert db.conn is not used[0]


def test_a_waiting_connection_holds_no_lock(store: Store):
    store.revision()
    with sqlite3.connect(store.path, timeout=0) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        conn.rollback()


def test_nothing_can_be_written_on_one_that_waited(store: Store):
    store.revision()
    with reading(store.path, again=True) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.conn.execute("DELETE FROM activity")


def test_no_more_than_eight_wait(store: Store, tmp_path: Path):
    for number in range(12):
        copy = tmp_path / f"{number}.db"
        copy.write_bytes(store.path.read_bytes())
        with reading(copy, again=True):
            pass
    assert len(idle._waiting) == 8


def test_a_connection_may_go_from_one_thread_to_another(store: Store):
    store.revision()
    found: list[int] = []
    one = Thread(target=lambda: found.append(store.revision()))
    one.start()
    one.join()
    assert found == [store.revision()]
