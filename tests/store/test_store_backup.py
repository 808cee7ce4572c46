"""A backup counts when it was compared and verified; put back, it is there whole, and what stood is kept."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from logbook import activity, bytes_of, incident, now, partner, raw
from test_store_files import as_an_ordinary_user

from tracker import store as stores
from tracker.records import Incident, Partner
from tracker.store import Damaged, Missing, Newer, NotOurs, Store, StoreError, files, restoring
from tracker.store.connection import SETTINGS
from tracker.store.schema import STEPS

KEPT = "tracker.before-restore-20260701T120000Z.db"


def reopened(path: Path) -> Store:
    return stores.open(path, now=now)


def names(path: Path) -> list[str]:
    """Of the organisations, in the order they came."""
    stored = sorted(reopened(path).records(Partner), key=lambda one: one.id)
    return [one.record.name for one in stored]


def lines(path: Path) -> list[str]:
    """Everything in a database as text: the slow, obvious way to compare two."""
    with raw(path) as conn:
        return [line for line in conn.iterdump() if 'INTO "revision"' not in line]


@pytest.fixture
def copy(store: Store, path: Path) -> Path:
    """A backup with one organisation, of a database that has two by now."""
    store.add(partner("Politie"), by="anna")
    store.add_all([incident(note=f"regel {n}" * 20) for n in range(300)], by="import", batch="b")
    target = path.with_name("copy.db")
    store.backup(target)
    store.add(partner("GGD"), by="anna")
    return target


def zeroed_page(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(4096 * 9)
        file.write(bytes(4096))


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def entry_changed(path: Path) -> None:
    with raw(path) as conn:
        conn.execute("UPDATE incident SET severity = 5 WHERE id = 7")


def guard_taken_away(path: Path) -> None:
    with raw(path) as conn:
        conn.execute("DROP TRIGGER history_refuses_delete")


def newer_number(path: Path) -> None:
    with raw(path) as conn:
        conn.execute("PRAGMA user_version = 99")


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def other_file(path: Path) -> None:
    path.write_text("datum;soort\n" * 1000)


def gone(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "error", "code"),
    [
        (zeroed_page, Damaged, "damaged_backup"),
        (cut_in_half, Damaged, "damaged_backup"),
        (entry_changed, Damaged, "damaged_backup"),
        (guard_taken_away, Damaged, "damaged_backup"),
        (newer_number, Newer, "newer"),
        (emptied, NotOurs, "empty_file"),
        (other_file, NotOurs, "not_ours"),
        (gone, Missing, "missing"),
        (a_folder, NotOurs, "not_a_file"),
    ],
)
def test_a_backup_that_is_not_sound_is_refused_and_nothing_changes(copy, path, spoil, error, code):
    spoil(copy)
    before = bytes_of(path.parent)
    with pytest.raises(StoreError) as refused:
        stores.restore(copy, path, now=now)
    assert (type(refused.value), refused.value.code, refused.value.path) == (error, code, copy)
    assert bytes_of(path.parent) == before


def test_a_sound_backup_is_put_back_and_what_stood_is_kept(copy: Path, path: Path):
    stood, backup = path.read_bytes(), copy.read_bytes()
    assert stores.restore(copy, path, now=now) == path.with_name(KEPT)
    assert names(path) == ["Politie"]
    assert lines(path) == lines(copy)
    assert reopened(path).verify() == []
    assert (path.with_name(KEPT).read_bytes(), copy.read_bytes()) == (stood, backup)
    assert sorted(one.name for one in path.parent.iterdir() if one.stat().st_size) == sorted(
        ("copy.db", KEPT, "tracker.db")
    )
    assert {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()} == {0o600}


def test_what_was_kept_can_be_put_back_as_well(copy: Path, path: Path):
    kept = stores.restore(copy, path, now=now)
    later = stores.restore(kept, path.with_name("again.db"), now=now)
    assert (later, names(path.with_name("again.db"))) == (None, ["Politie", "GGD"])


def test_two_restores_in_one_second_do_not_write_over_what_was_kept(copy: Path, path: Path):
    stores.restore(copy, path, now=now)
    before = bytes_of(path.parent)
    with pytest.raises(StoreError) as refused:
        stores.restore(copy, path, now=now)
    assert (refused.value.code, refused.value.path) == ("target_exists", path.with_name(KEPT))
    assert bytes_of(path.parent) == before


def test_a_backup_comes_back_where_nothing_stands(copy: Path, path: Path):
    elsewhere = path.parent / "new" / "tracker.db"
    assert stores.restore(copy, elsewhere, now=now) is None
    assert lines(elsewhere) == lines(copy)


@pytest.mark.parametrize("damage", [zeroed_page, cut_in_half, guard_taken_away, newer_number])
def test_a_damaged_or_newer_database_of_ours_is_replaced_and_kept(copy: Path, path: Path, damage):
    damage(path)
    stood = path.read_bytes()
    stores.restore(copy, path, now=now)
    assert (names(path), reopened(path).verify()) == (["Politie"], [])
    assert path.with_name(KEPT).read_bytes() == stood


@pytest.mark.parametrize("damage", [emptied, other_file])
def test_what_is_not_ours_is_never_replaced(copy: Path, path: Path, damage):
    damage(path)
    before = bytes_of(path.parent)
    with pytest.raises(NotOurs):
        stores.restore(copy, path, now=now)
    assert bytes_of(path.parent) == before


def test_the_database_is_no_backup_of_itself(store: Store):
    with pytest.raises(StoreError) as refused:
        stores.restore(store.path, store.path, now=now)
    assert refused.value.code == "same_file"


def test_a_backup_of_an_earlier_version_is_put_back_upgraded_and_stays_as_it_was(path: Path):
    old = path.with_name("old.db")
    shutil.copy(Path(__file__).parent / "released/v1/tracker.db", old)
    before = old.read_bytes()
    stores.restore(old, path, now=now)
    assert (reopened(path).about().schema, reopened(path).verify()) == (len(STEPS), [])
    assert old.read_bytes() == before


def test_no_restore_while_somebody_holds_the_write_lock(copy: Path, path: Path, monkeypatch):
    monkeypatch.setattr("tracker.store.connection.PATIENCE_SECONDS", 0.05)
    with raw(path) as conn:
        conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as refused:
            stores.restore(copy, path, now=now)
        conn.execute("ROLLBACK")
    assert (refused.value.code, names(path)) == ("locked", ["Politie", "GGD"])
    assert not path.with_name(KEPT).exists()
    stores.restore(copy, path, now=now)
    assert names(path) == ["Politie"]


def test_no_restore_while_somebody_reads_without_end(copy: Path, path: Path, monkeypatch):
    monkeypatch.setattr("tracker.store.connection.PATIENCE_SECONDS", 0.05)
    with raw(path) as conn:
        conn.execute("BEGIN")
        conn.execute("SELECT * FROM about").fetchone()
        with pytest.raises(StoreError) as refused:
            stores.restore(copy, path, now=now)
    assert (refused.value.code, names(path)) == ("locked", ["Politie", "GGD"])
    assert not path.with_name(KEPT).exists()


def test_an_entry_between_keeping_and_writing_over_is_not_lost(copy: Path, path: Path, monkeypatch):
    """It would be in neither: so the restore is refused."""
    keep = restoring._keep
    writer = threading.Thread(target=lambda: reopened(path).add(partner("Halt"), by="anna"))

    def keeps_while_somebody_waits(*what) -> None:
        keep(*what)
        writer.start()  # gets the lock as soon as it is free

    settle = restoring.connected

    def waits_for_the_writer(where):
        if writer.ident and path == where:
            writer.join()
        return settle(where)

    monkeypatch.setattr(restoring, "_keep", keeps_while_somebody_waits)
    monkeypatch.setattr(restoring, "connected", waits_for_the_writer)
    with pytest.raises(StoreError) as refused:
        stores.restore(copy, path, now=now)
    assert (refused.value.code, names(path)) == ("locked", ["Politie", "GGD", "Halt"])
    assert not path.with_name(KEPT).exists()


def test_somebody_who_waits_to_write_goes_on_in_what_was_put_back(copy: Path, path: Path):
    """Not in a file that has lost its name: that is what moving a file over it would do."""
    store, stop, troubles, added = reopened(path), threading.Event(), [], []

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                store.add(partner(f"Partner {number}"), by="anna")
                added.append(f"Partner {number}")
            except StoreError as error:
                troubles.append(error.code)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        kept = None
        for _ in range(50):
            with suppress(StoreError):  # somebody was just in between: nothing is lost, try again
                kept = kept or stores.restore(copy, path, now=now)
        assert kept
    finally:
        stop.set()
        writer.join()
    assert troubles == []
    before, after = names(kept)[2:], names(path)[1:]
    assert [*before, *after] == added
    assert reopened(path).verify() == []


def test_what_was_shown_before_a_restore_is_never_taken_for_what_is_there_after(copy: Path, path: Path):
    store = reopened(path)
    seen = {store.state()}
    for number in range(3):
        store.add(partner(f"Partner {number}"), by="anna")
        seen.add(store.state())
    stores.restore(copy, path, now=now)
    for number in range(5):
        store.add(partner(f"Ander {number}"), by="anna")
        assert store.state() not in seen


def back_up(store: Store, target: Path) -> None:
    store.backup(target)


def put_back(store: Store, target: Path) -> None:
    stores.restore(store.path, target, now=now)


@pytest.mark.parametrize("make", [back_up, put_back])
def test_a_full_disk_leaves_no_half_copy(store: Store, path: Path, make: Callable):
    """The limit on the size of a file stands for the disk."""
    target = path.with_name("copy.db")
    usual, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size // 2, usual[1]))
    try:
        with pytest.raises(StoreError) as refused:
            make(store, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, ignored)
    assert refused.value.code in ("full", "io", "cannot_open")
    assert [one.name for one in path.parent.iterdir() if one.stat().st_size] == ["tracker.db"]
    make(store, target)
    assert reopened(target).verify() == []


@pytest.mark.parametrize("make", [back_up, put_back])
def test_a_folder_that_may_not_be_written_says_so(store: Store, path: Path, make: Callable):
    shut = path.parent / "shut"
    shut.mkdir()
    with as_an_ordinary_user(path.parent):
        shut.chmod(0o500)
        with pytest.raises(StoreError) as refused:
            make(store, shut / "copy.db")
        assert (refused.value.code, refused.value.path) == ("read_only", shut / "copy.db")
        shut.chmod(0o700)
        make(store, shut / "copy.db")
        assert [one.name for one in shut.iterdir()] == ["copy.db"]


def test_a_restore_into_a_folder_that_may_not_be_written_leaves_what_stood(copy: Path, path: Path):
    with as_an_ordinary_user(path.parent):
        path.parent.chmod(0o500)
        before = bytes_of(path.parent)
        with pytest.raises(StoreError) as refused:
            stores.restore(copy, path, now=now)
        assert refused.value.code == "read_only"
        assert bytes_of(path.parent) == before
        path.parent.chmod(0o700)
        assert stores.restore(copy, path, now=now) == path.with_name(KEPT)


def test_a_backup_is_refused_when_the_history_does_not_tell_what_stands(copy: Path, path: Path):
    """A page that is whole but says something else: only verifying finds it."""
    entry_changed(path)
    before = copy.read_bytes()
    with pytest.raises(Damaged) as refused:
        reopened(path).backup(copy)
    assert refused.value.path == path
    assert copy.read_bytes() == before


def test_a_backup_that_differs_from_the_database_does_not_count(store: Store, path: Path, monkeypatch):
    """A copy that lies is made by hand: of another, equally sound database."""
    other = stores.create(path.with_name("other.db"), now=now, municipality="Elders")
    honest = files.reading
    monkeypatch.setattr(files, "reading", lambda where: _Liar(honest(where), other.path))
    with pytest.raises(Damaged):
        store.backup(path.with_name("copy.db"))
    assert not path.with_name("copy.db").exists()
    monkeypatch.undo()
    stood = lines(path)
    store.backup(path.with_name("copy.db"))
    assert lines(path.with_name("copy.db")) == stood


class _Liar:
    """A view whose backup copies another database."""

    def __init__(self, view, other: Path) -> None:
        self.view, self.other = view, other

    def __enter__(self):
        self.db = self.view.__enter__()
        self.conn = self
        return self

    def __exit__(self, *what):
        return self.view.__exit__(*what)

    def __getattr__(self, name):
        return getattr(self.db.conn, name)

    def backup(self, target, **how) -> None:
        with raw(self.other) as conn:
            conn.backup(target, **how)


def test_without_replace_an_earlier_backup_stays(store: Store, copy: Path):
    before = copy.read_bytes()
    with pytest.raises(StoreError) as refused:
        store.backup(copy, replace=False)
    assert (refused.value.code, copy.read_bytes()) == ("backup_exists", before)
    store.backup(copy, replace=True)
    assert names(copy) == ["Politie", "GGD"]


def test_a_backup_made_while_others_write_holds_all_that_was_saved_before_it(store: Store, path: Path):
    """Each entry adds an organisation and a meeting in one go: in no copy may one be without the other."""
    stop, saved = threading.Event(), []

    def work(number: int) -> None:
        step = 0
        while not stop.is_set():
            step += 1
            label = f"{number}-{step}"
            store.add_all([partner(label), activity(title=label)], by=label, batch=label)
            saved.append(label)

    writers = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        for number in range(5):
            before, target = set(saved), path.with_name(f"copy{number}.db")
            store.backup(target)
            found = set(names(target))
            told = {one.record.title for one in reopened(target).records(type(activity()))}
            assert before <= found == told
            assert reopened(target).verify() == []
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert len(saved) > 5


def _restore_until_line(copy: Path, path: Path, number: int, spills: bool) -> None:
    """Restores, and kills itself before the line with this number of what the store's files do."""
    if spills:  # pages reach the file before the end, as with a database that is larger than memory
        from tracker.store import connection

        connection.SETTINGS = (*SETTINGS, "cache_size = 1")
    seen = 0

    def at_a_line(frame, event: str, _):
        nonlocal seen
        if not frame.f_code.co_filename.endswith(("store/files.py", "store/restoring.py")):
            return None
        if event == "line":
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return at_a_line

    sys.settrace(at_a_line)
    stores.restore(copy, path, now=now)
    sys.settrace(None)
    os._exit(0)


def _killed(copy: Path, path: Path, number: int, spills: bool = False) -> bool:
    process = multiprocessing.get_context("fork").Process(
        target=_restore_until_line, args=(copy, path, number, spills)
    )
    process.start()
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


@pytest.mark.parametrize("damage", [None, cut_in_half])
def test_a_killed_restore_leaves_the_old_or_the_new(copy: Path, path: Path, damage):
    """Killed at lines all over it, until it gets to its end; with damage the file is replaced instead."""
    if damage:
        damage(path)
    stood, content, number, after = path.read_bytes(), lines(copy), 3, []
    while _killed(copy, path, number, spills=number % 2 == 0):
        if damage and path.read_bytes() == stood:
            after.append("old")
        else:
            assert reopened(path).verify() == []
            after.append({2: "old", 1: "new"}[len(names(path))])
            assert after[-1] == "old" or lines(path) == content
        for leftover in path.parent.iterdir():
            if leftover != copy:
                leftover.unlink()
        path.write_bytes(stood)
        number += max(7, number // 6)
    assert "old" in after
    assert lines(path) == content
    assert len(reopened(path).records(Incident)) == 300
