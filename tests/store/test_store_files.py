"""The file: made whole or not at all, refused untouched, backed up before it changes shape."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from logbook import activity, bytes_of, incident, now, partner, raw

from tracker import store as stores
from tracker.records import Activity, Incident, InvalidRecord, Partner
from tracker.store import Damaged, Missing, Newer, NotOurs, Store, StoreError, files, idle
from tracker.store.connection import JOURNAL, SETTINGS
from tracker.store.schema import APPLICATION_ID, STEPS, triggers


def colour(db) -> None:
    """A step of some later version: a column more, and a table built anew (which loses its triggers)."""
    db.conn.execute("ALTER TABLE about ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")
    db["silence"].transform(rename={"answer": "said"})
    db["silence"].transform(rename={"said": "answer"})


LATER = (*STEPS, colour)


def reopened(path: Path) -> Store:
    return stores.open(path, now=now)


def test_a_new_database_has_its_town_its_words_and_its_marks(store: Store):
    about = store.about()
    assert (about.municipality, about.example, about.schema) == ("Voorbeeldstad", False, len(STEPS))
    assert store.vocabulary("domain")
    assert store.verify() == []
    with raw(store.path) as conn:
        assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert conn.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        tables = conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    assert {name for name, strict in tables if not strict} <= {
        "_sqlite_migrations",
        "sqlite_schema",
        "sqlite_temp_schema",
        "sqlite_sequence",
    }


def test_only_its_owner_may_read_it(store: Store, path: Path):
    store.backup(path.with_name("copy.db"))
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_municipality_whose_name_is_no_text_is_refused_and_makes_no_file(path: Path):
    with pytest.raises(InvalidRecord) as refused:
        stores.create(path, now=now, municipality="x" * 300)
    assert refused.value.problems == {"municipality": "too_long"}
    assert not path.exists()


def test_the_folder_is_made_when_it_is_not_there(path: Path):
    assert stores.create(path.parent / "data" / "new" / "tracker.db", now=now).revision() > 0


def test_creating_where_ours_stands_opens_it(store: Store):
    store.add(partner(), by="anna")
    again = stores.create(store.path, now=now, municipality="Elders")
    assert again.about().municipality == "Voorbeeldstad"
    assert len(again.records(Partner)) == 1


def test_a_database_with_another_name_in_its_path_opens(path: Path):
    """A path is no address: its percent signs and question marks mean themselves."""
    odd = path.parent / "50% van ?wat#nu" / "é b.db"
    stores.create(odd, now=now)
    assert reopened(odd).about().schema == len(STEPS)


def empty_file(path: Path) -> None:
    path.touch()


def text_file(path: Path) -> None:
    path.write_text("datum;soort\n" * 100)


def folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_text("x")


def other_database(path: Path) -> None:
    with raw(path) as conn:
        conn.execute("CREATE TABLE geheim (x)")


def other_database_in_wal(path: Path) -> None:
    with raw(path) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA application_id = 7")


def newer_version(path: Path) -> None:
    files.create_file(path, now=now, steps=LATER)


def newer_number(path: Path) -> None:
    stores.create(path, now=now)
    with raw(path) as conn:
        conn.execute("PRAGMA user_version = 99")


def cut_in_half(path: Path) -> None:
    full(path)
    os.truncate(path, path.stat().st_size // 2)


def cut_to_the_header(path: Path) -> None:
    full(path)
    os.truncate(path, 100)


def zeroed_page(path: Path) -> None:
    full(path)
    overwrite(path, 4096 * 9, bytes(4096))


def scribbled_schema(path: Path) -> None:
    full(path)
    overwrite(path, 100, b"\xff" * 200)


def table_taken_away(path: Path) -> None:
    full(path)
    with raw(path) as conn:
        conn.execute("DROP TABLE silence")


def guard_taken_away(path: Path) -> None:
    full(path)
    with raw(path) as conn:
        conn.execute("DROP TRIGGER history_refuses_delete")


def full(path: Path) -> Store:
    store = stores.create(path, now=now)
    store.add_all([incident(note=f"regel {n}") for n in range(200)], by="import", batch="b")
    store.correct(1, incident(note="anders"), seen_version=1, reason="regel", by="anna")
    return store


def everything(store: Store) -> list:
    words = [store.vocabulary(name) for name in stores.VOCABULARIES]
    return [store.records(Incident), store.history(Incident, 1), *words]


def overwrite(path: Path, place: int, content: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(place)
        file.write(content)


@pytest.mark.parametrize(
    ("make", "error", "code"),
    [
        (empty_file, NotOurs, "empty_file"),
        (text_file, NotOurs, "not_ours"),
        (folder, NotOurs, "not_a_file"),
        (other_database, NotOurs, "not_ours"),
        (other_database_in_wal, NotOurs, "not_ours"),
        (newer_version, Newer, "newer"),
        (newer_number, Newer, "newer"),
        (cut_in_half, Damaged, "damaged"),
        (cut_to_the_header, Damaged, "damaged"),
        (zeroed_page, Damaged, "damaged"),
        (scribbled_schema, Damaged, "damaged"),
        (table_taken_away, Damaged, "schema_changed"),
        (guard_taken_away, Damaged, "schema_changed"),
    ],
)
@pytest.mark.parametrize("attempt", [stores.open, stores.create])
def test_what_is_not_a_sound_database_of_ours_is_refused_and_left_alone(path, make, error, code, attempt):
    make(path)
    for journal in path.parent.glob("*-journal"):
        journal.unlink()
    before = bytes_of(path.parent)
    with pytest.raises(StoreError) as refused:
        attempt(path, now=now)
    assert (type(refused.value), refused.value.code, refused.value.path) == (error, code, path)
    assert bytes_of(path.parent) == before


def test_a_sound_database_passes_the_same_check_and_is_left_alone_too(path: Path):
    full(path)
    before = bytes_of(path.parent)
    assert len(reopened(path).records(Incident)) == 200
    assert bytes_of(path.parent) == before


def test_a_missing_file_is_not_made_by_opening_it(path: Path):
    with pytest.raises(Missing):
        reopened(path)
    assert not path.exists()


def test_a_file_that_goes_away_while_open_is_missing_and_not_made_anew(store: Store):
    store.path.unlink()
    with pytest.raises(Missing):
        store.add(partner(), by="anna")
    with pytest.raises(Missing):
        store.revision()
    assert not store.path.exists()


@pytest.mark.parametrize("seed", range(30))
def test_no_flipped_bits_pass_unseen(path: Path, seed: int):
    """Found on opening or by `verify`, or in a place that holds nothing: then all reads as before."""
    store = full(path)
    told = everything(store)
    rnd = random.Random(seed)
    page = rnd.randrange(path.stat().st_size // 4096)
    content = path.read_bytes()
    for _ in range(8):
        place = page * 4096 + rnd.randrange(4096)
        overwrite(path, place, bytes([content[place] ^ (1 << rnd.randrange(8))]))
    try:
        opened = reopened(path)
        if opened.verify() == []:
            assert everything(opened) == told
    except StoreError:
        pass


def test_text_that_no_longer_is_text_is_damage_and_not_a_mistake_of_ours(town: Store):
    assert town.records(Incident)
    with raw(town.path) as conn:
        conn.execute("UPDATE incident SET title = CAST(x'ff41' AS TEXT)")
    with pytest.raises(Damaged):
        town.records(Incident)


def test_an_older_database_is_backed_up_checked_and_upgraded(path: Path):
    old = full(path)
    old.add(activity(), by="anna")
    records, revision = old.records(Incident), old.revision()
    files.open_file(path, now=now, steps=LATER)
    upgraded = Store(path, now=now, steps=LATER)
    assert upgraded.about().schema == len(LATER)
    assert upgraded.records(Incident) == records
    assert upgraded.revision() == revision
    assert upgraded.verify() == []
    backup = path.with_name(f"tracker.v{len(STEPS)}-20260701T120000Z.db")
    assert reopened(backup).records(Incident) == records
    assert len(list(path.parent.glob("*.db"))) == 2


def test_after_an_upgrade_every_trigger_is_there_again(path: Path):
    full(path)
    files.open_file(path, now=now, steps=LATER)
    with raw(path) as conn:
        found = {row[0] for row in conn.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")}
    assert found == set(triggers())


def test_a_step_that_fails_leaves_the_old_database_as_it_was(path: Path):
    full(path)

    def breaks(db) -> None:
        db.conn.execute("DROP TABLE silence")
        raise ZeroDivisionError

    before = bytes_of(path.parent)[path.name]
    with pytest.raises(ZeroDivisionError):
        files.open_file(path, now=now, steps=(*STEPS, breaks))
    assert bytes_of(path.parent)[path.name] == before
    assert reopened(path).verify() == []


def test_an_older_program_refuses_a_newer_database(path: Path):
    full(path)
    files.open_file(path, now=now, steps=LATER)
    with pytest.raises(Newer):
        reopened(path)


def test_a_backup_holds_everything_and_opens(store: Store, path: Path):
    store.add(partner(), by="anna")
    target = path.with_name("backup.db")
    store.backup(target)
    assert reopened(target).records(Partner) == store.records(Partner)
    store.add(partner("GGD"), by="anna")
    store.backup(target)
    assert len(reopened(target).records(Partner)) == 2
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []


def test_a_backup_never_replaces_what_is_not_a_backup(store: Store, path: Path):
    target = path.with_name("begroting.txt")
    target.write_text("belangrijk")
    for wrong, code in ((target, "target_exists"), (path, "same_file")):
        with pytest.raises(StoreError) as refused:
            store.backup(wrong)
        assert refused.value.code == code
    assert target.read_text() == "belangrijk"
    assert store.verify() == []


def test_a_damaged_database_gives_no_backup(store: Store, path: Path):
    store.add_all([incident(note=f"regel {n}") for n in range(200)], by="import", batch="b")
    overwrite(path, 4096 * 9, bytes(4096))
    with pytest.raises(Damaged):
        store.backup(path.with_name("backup.db"))
    assert not path.with_name("backup.db").exists()


def test_a_database_that_stays_locked_says_so(store: Store, monkeypatch):
    monkeypatch.setattr("tracker.store.connection.PATIENCE_SECONDS", 0.05)
    with raw(store.path) as conn:
        conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as refused:
            store.add(partner(), by="anna")
        assert refused.value.code == "locked"
        assert store.records(Partner) == []
        conn.execute("ROLLBACK")
    assert store.add(partner(), by="anna").id == 1


def test_a_full_disk_loses_nothing_that_was_saved(store: Store, monkeypatch):
    """The limit on pages stands for the disk: SQLite says the same."""
    store.add(partner(), by="anna")
    pages = store.path.stat().st_size // 4096
    monkeypatch.setattr("tracker.store.connection.SETTINGS", (*SETTINGS, f"max_page_count = {pages}"))
    idle.close()  # what waits was opened with more room
    with pytest.raises(StoreError) as refused:
        store.add_all([incident(note="x" * 2000)] * 50, by="import", batch="b")
    assert refused.value.code == "full"
    assert (len(store.records(Partner)), store.records(Incident)) == (1, [])
    monkeypatch.undo()
    idle.close()
    assert store.add(incident(), by="anna").id == 1
    assert store.verify() == []


@contextmanager
def as_an_ordinary_user(folder: Path) -> Iterator[None]:
    """Root may write everywhere, so root gives the folder to nobody and is nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for path in (folder, *folder.iterdir()):
        os.chown(path, nobody, -1)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_database_can_be_read_and_says_why_it_cannot_be_written(store: Store):
    with as_an_ordinary_user(store.path.parent):
        store.add(partner("Jeugdzorg"), by="anna")
        store.path.chmod(0o400)
        assert [one.record.name for one in store.records(Partner)] == ["Jeugdzorg"]
        with pytest.raises(StoreError) as refused:
            store.add(partner(), by="anna")
        assert refused.value.code == "read_only"


@pytest.mark.skipif(JOURNAL == "WAL", reason="a write-ahead log needs no rolling back")
def test_what_a_killed_process_left_half_done_is_rolled_back_by_the_next_reader(path: Path):
    """A handle that may only read could not do that, and every page would fail."""
    store = full(path)
    copy = path.with_name("crashed.db")
    with raw(path) as conn:
        conn.execute("PRAGMA cache_size = 1")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE incident SET title = hex(randomblob(90))")
        copy.write_bytes(path.read_bytes())
        copy.with_name("crashed.db-journal").write_bytes(path.with_name("tracker.db-journal").read_bytes())
        conn.execute("ROLLBACK")
    with raw(copy) as conn:
        conn.execute("PRAGMA query_only = ON")
    assert Store(copy, now=now).records(Incident) == store.records(Incident)
    assert reopened(copy).verify() == []


def _create(path: str, barrier, told) -> None:
    barrier.wait()
    store = stores.create(path, now=now, municipality=str(os.getpid()))
    store.add(partner(f"Partner {os.getpid()}"), by="anna")
    told.put(store.about().municipality)


def _upgrade(path: str, barrier, told) -> None:
    barrier.wait()
    files.open_file(Path(path), now=now, steps=LATER)
    told.put("done")


def _at_once(work, path: Path, count: int) -> list[str]:
    context = multiprocessing.get_context("fork")
    barrier, told = context.Barrier(count), context.Queue()
    processes = [context.Process(target=work, args=(str(path), barrier, told)) for _ in range(count)]
    for process in processes:
        process.start()
    answers = [told.get(timeout=30) for _ in processes]
    for process in processes:
        process.join()
    assert all(process.exitcode == 0 for process in processes)
    return answers


def test_four_that_create_at_once_share_one_database(path: Path):
    answers = _at_once(_create, path, 4)
    assert len(set(answers)) == 1
    assert len(reopened(path).records(Partner)) == 4
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []


def test_of_four_that_upgrade_at_once_one_does(path: Path):
    full(path)
    assert _at_once(_upgrade, path, 4) == ["done"] * 4
    assert Store(path, now=now, steps=LATER).verify() == []
    assert len(list(path.parent.glob(f"tracker.v{len(STEPS)}-*.db"))) == 1


def test_the_journal_is_the_safe_one_for_this_version_of_sqlite(store: Store):
    store.add(partner(), by="anna")
    with raw(store.path) as conn:
        (mode,) = conn.execute("PRAGMA journal_mode").fetchone()
    assert (mode == "wal") == (sqlite3.sqlite_version_info >= (3, 51, 3))


def test_activities_survive_a_closed_and_opened_file(store: Store):
    store.add(activity(), by="anna")
    assert reopened(store.path).records(Activity) == store.records(Activity)
