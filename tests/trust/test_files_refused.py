"""Trust T8-T10, T12, T17, T18: what is not a sound database of ours is refused, and no byte of it changes.

Two hundred damages to a copy are found, or are in a place that says nothing; copies made with `cp` while
somebody writes; a program of every earlier schema against a newer file; a folder that may only be read.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from tests.pages.conftest import Screen, screen  # noqa: F401
from tests.store.logbook import activity, bytes_of, fresh_folder, incident, now, partner
from tests.test_command_line import Run, run  # noqa: F401
from tests.trust.harness import dumped
from tracker import store as stores
from tracker.records import Incident, Partner
from tracker.store import Damaged, Newer, Store, StoreError, files
from tracker.store.schema import STEPS

DAMAGES, PAGE, NOBODY = 200, 4096, 65534
PAGES = ("log", "rhythm", "trend", "partners", "after", "agreements", "lessons", "files", "method", "history")


def filled(path: Path) -> Store:
    """A store with entries, corrections, an import and an undone one."""
    store = stores.create(path, now=now, municipality="Voorbeeldstad")
    store.add(partner("Politie"), by="anna")
    store.add_all([incident(title=f"kenmerk {n}", note=f"regel {n}") for n in range(150)], by="i", batch="b1")
    store.add_all([activity(title=f"weg {n}") for n in range(20)], by="i", batch="b2")
    store.undo_batch("b2", reason="verkeerd", by="anna")
    store.correct(1, incident(title="Anders"), seen_version=1, reason="titel", by="anna")
    return store


@pytest.fixture(scope="module")
def sound_one() -> Iterator[Path]:
    """The file, unharmed."""
    with fresh_folder() as folder:
        yield filled(folder / "tracker.db").path


def flipped_bits(content: bytearray, rnd: random.Random) -> None:
    for _ in range(8):
        content[rnd.randrange(len(content))] ^= 1 << rnd.randrange(8)


def zeroed_page(content: bytearray, rnd: random.Random) -> None:
    at = PAGE * rnd.randrange(len(content) // PAGE)
    content[at : at + PAGE] = bytes(PAGE)


def swapped_pages(content: bytearray, rnd: random.Random) -> None:
    one, other = (PAGE * place for place in rnd.sample(range(len(content) // PAGE), 2))
    first, second = content[one : one + PAGE], content[other : other + PAGE]
    content[one : one + PAGE], content[other : other + PAGE] = second, first


def cut_short(content: bytearray, rnd: random.Random) -> None:
    del content[rnd.randrange(len(content)) :]


def bad_header(content: bytearray, rnd: random.Random) -> None:
    content[rnd.choice([0, 3, 16, 17, 20, 60, 63, 68, 71])] ^= 0xFF


def torn_write(content: bytearray, rnd: random.Random) -> None:
    at = 512 * rnd.randrange(len(content) // 512)
    content[at : at + 512] = rnd.randbytes(512)


HARMS = (flipped_bits, zeroed_page, swapped_pages, cut_short, bad_header, torn_write)


def outcome(path: Path) -> str:
    """How the product takes this file: refused at the start, found by `verify`, or passed."""
    try:
        store = stores.open(path, now=now)
    except StoreError as error:
        return f"start: {error.code}"
    try:
        problems = store.verify()
    except StoreError as error:
        return f"verify: {error.code}"
    return f"verify: {problems[0].code}" if problems else "passed"


def test_two_hundred_damages_are_found_or_change_nothing_that_is_said(sound_one: Path):
    whole, told, found = sound_one.read_bytes(), dumped(sound_one), dict.fromkeys(HARMS, 0)
    with fresh_folder() as folder:
        path = folder / "tracker.db"
        for seed in range(DAMAGES):
            harm, content = HARMS[seed % len(HARMS)], bytearray(whole)
            harm(content, random.Random(seed))
            path.write_bytes(content)
            said = outcome(path)
            if said == "passed":
                assert dumped(path) == told, (seed, harm.__name__)
            found[harm] += said != "passed"
            if said.startswith("start"):
                assert path.read_bytes() == content, "a refused file was written to"
            for other in folder.glob("*-journal"):
                other.unlink()
    print({harm.__name__: number for harm, number in found.items()})
    assert found[cut_short] == found[bad_header] == sum(seed % len(HARMS) == 3 for seed in range(DAMAGES))
    assert sum(found.values()) > DAMAGES * 3 // 4


@pytest.mark.parametrize("seed", range(20))
def test_one_changed_letter_of_what_was_stored_is_always_found(sound_one: Path, seed: int):
    """The structure stays whole: only a hash of the content can tell."""
    rnd, whole = random.Random(seed), sound_one.read_bytes()
    text = f"kenmerk {rnd.randrange(1, 150)}".encode()
    at = rnd.choice([place for place in range(len(whole)) if whole.startswith(text, place)])
    content = bytearray(whole)
    content[at + rnd.randrange(7)] ^= 1
    with fresh_folder() as folder:
        path = folder / "tracker.db"
        path.write_bytes(content)
        with closing(sqlite3.connect(path)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert outcome(path).startswith("verify: ")


def test_a_file_without_damage_passes(sound_one: Path):
    """The control of all damages."""
    assert outcome(sound_one) == "passed"


@pytest.mark.parametrize(
    ("file", "code"),
    [(None, 1), (b"", 3), (b"datum;soort\n" * 500, 3), (b"SQLite format 3\x00" + bytes(4080), 3)],
)
def test_a_command_says_in_one_line_what_is_wrong_with_the_file(run: Run, file: bytes | None, code: int):  # noqa: F811
    path = Path("data/tracker.db")
    path.parent.mkdir()
    if file is not None:
        path.write_bytes(file)
    before = bytes_of(Path())
    answer = run("verify")
    assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    assert bytes_of(Path()) == before


def test_a_damaged_database_is_refused_on_the_page_and_stays_as_it_is(screen, tmp_path: Path):  # noqa: F811
    path = tmp_path / "tracker.db"
    filled(path)
    content = bytearray(path.read_bytes())
    content[PAGE * 9 : PAGE * 10] = bytes(PAGE)
    path.write_bytes(content)
    shown = screen()
    assert shown.heading() == "De database is nu niet te gebruiken"
    assert "Zet de laatste back-up terug" in shown.text()
    assert path.read_bytes() == content


def of_schema(version: int, path: Path) -> None:
    """A database as that release made it; the newest is made now."""
    if version == len(STEPS):
        stores.create(path, now=now)
    else:
        shutil.copy(Path(__file__).parents[1] / "store" / "released" / f"v{version}" / "tracker.db", path)


@pytest.mark.parametrize("own", range(1, len(STEPS) + 1))
@pytest.mark.parametrize("found", range(1, len(STEPS) + 1))
def test_an_earlier_program_refuses_a_newer_file_and_changes_no_byte(own: int, found: int):
    """Every release against every other; its own, the control, it opens, and leaves alone as well."""
    with fresh_folder() as folder:
        path = folder / "tracker.db"
        of_schema(found, path)
        before = bytes_of(folder)
        if own < found:
            with pytest.raises(Newer) as refused:
                files.open_file(path, now=now, steps=STEPS[:own])
            assert (refused.value.code, refused.value.path) == ("newer", path)
        else:
            assert files.check(path, STEPS[:own]) == found
        assert bytes_of(folder) == before


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_records_that_point_at_nothing_are_damage_also_when_no_page_is(version: int):
    """A copy made while somebody wrote may be whole page by page, and hold a record without its entry."""
    with fresh_folder() as folder:
        copy, path = folder / "copy.db", folder / "tracker.db"
        of_schema(version, copy)
        assert stores.restore(copy, folder / "good.db", now=now) is None  # the control: whole, it comes back
        with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
            conn.execute("INSERT INTO recess VALUES (99, 'x', '2026-05-01', '2026-05-02', 1, 0, 12345)")
        before = bytes_of(folder)
        with pytest.raises(Damaged) as refused:
            stores.restore(copy, path, now=now)
        assert (refused.value.code, refused.value.path) == ("damaged_backup", copy)
        if version < len(STEPS):
            with pytest.raises(Damaged):
                stores.open(copy, now=now)
        assert {name: bytes_of(folder)[name] for name in before} == before


def slowly_copied(source: Path, target: Path) -> None:
    """What `cp` does, in pieces."""
    with source.open("rb", buffering=0) as old, target.open("wb", buffering=0) as new:
        while some := old.read(16 * PAGE):
            new.write(some)
            time.sleep(0.002)


def test_a_copy_made_with_cp_while_somebody_writes_is_put_back_whole_or_refused():
    stop, saved = threading.Event(), []
    with fresh_folder() as folder:
        store = filled(folder / "tracker.db")

        def work() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                store.add_all([incident(note="x" * 500)] * 20, by="i", batch=f"w{number}")
                saved.append(number)

        writer = threading.Thread(target=work)
        writer.start()
        refused, accepted, codes = 0, 0, set()
        try:
            for number in range(20):
                before, copy = len(saved), folder / f"copy{number}.db"
                slowly_copied(store.path, copy)
                back = folder / f"back{number}.db"
                try:
                    stores.restore(copy, back, now=now)
                except Damaged as error:
                    codes.add(error.code)
                    refused += 1 - back.exists()
                else:
                    accepted += 1
                    restored = stores.open(back, now=now)
                    assert restored.verify() == []
                    assert len(restored.imports(10**6)) >= before
        finally:
            stop.set()
            writer.join()
        print(f"{refused} copies refused, {accepted} put back whole")
        assert refused + accepted == 20
        assert refused > 0  # the control: such copies are indeed bad
        assert codes == {"damaged_backup"}
        quiet = folder / "quiet.db"
        slowly_copied(store.path, quiet)
        stores.restore(quiet, folder / "again.db", now=now)


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Root may write everywhere, so root gives the folder away and is nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    import_module("sqlite3.dump")  # which a backup loads: nobody may not read where Python itself lies
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, -1)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_what_may_only_be_read_is_read_and_every_write_is_refused(file: int, folder: int):
    with fresh_folder() as place, as_nobody(place):
        store = filled(place / "tracker.db")
        assert stores.writable(store.path)
        for journal in place.glob("*-journal"):
            journal.unlink()
        store.path.chmod(file)
        place.chmod(folder)
        before = bytes_of(place)
        try:
            assert not stores.writable(store.path)
            reopened = stores.open(store.path, now=now)
            assert len(reopened.records(Incident)) == 150
            assert reopened.verify() == []
            for write in (
                lambda: reopened.add(partner("GGD"), by="anna"),
                lambda: reopened.add_all([incident()], by="i", batch="b3"),
                lambda: reopened.withdraw(Partner, 1, seen_version=1, reason="r", by="anna"),
                lambda: reopened.undo_batch("b1", reason="r", by="anna"),
            ):
                with pytest.raises(StoreError) as refused:
                    write()
                assert refused.value.code in ("read_only", "cannot_open")
            assert bytes_of(place) == before
        finally:
            place.chmod(0o700)
            store.path.chmod(0o600)
        assert reopened.add(partner("GGD"), by="anna").id == 2  # without a restart


def test_every_page_opens_where_nothing_may_be_written_and_says_so(screen, tmp_path: Path, monkeypatch):  # noqa: F811
    """The folder is in memory, so that nobody may reach it."""
    with fresh_folder() as place:
        path = filled(place / "tracker.db").path
        monkeypatch.setenv("TRACKER_DB", str(path))
        shown: Screen = screen()
        said = "U kunt hier kijken, maar er kan niets worden bewaard"
        assert said not in shown.text()  # the control: it may be written
        with as_nobody(place):
            path.chmod(0o400)
            place.chmod(0o500)
            try:
                for page in PAGES:
                    assert said in shown.go(f"{page}.py").text(), page
            finally:
                place.chmod(0o700)
                path.chmod(0o600)
        assert said not in shown.run().text()


def test_a_released_database_in_a_folder_that_may_not_be_written_is_not_upgraded_by_halves(tmp_path: Path):
    released = Path(__file__).parents[1] / "store" / "released" / "v1" / "tracker.db"
    with fresh_folder() as place, as_nobody(place):
        path = place / "tracker.db"
        shutil.copy(released, path)
        place.chmod(0o500)
        try:
            with pytest.raises(StoreError) as refused:
                stores.open(path, now=now)
            assert refused.value.code in ("read_only", "cannot_open")
            assert path.read_bytes() == released.read_bytes()
        finally:
            place.chmod(0o700)
        assert stores.open(path, now=now).verify() == []
