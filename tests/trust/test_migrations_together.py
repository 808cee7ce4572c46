"""Trust T13-T15: eight programs upgrade one file, a backup amid eight writers, a drill that proves it."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import shutil
import threading
from pathlib import Path

import pytest

from tests.store.logbook import activity, fresh_folder, incident, now, partner
from tests.test_command_line import Run, run  # noqa: F401
from tests.trust.harness import dumped, found, no_database_is_open, sound
from tests.trust.kinds import LIVE, RELEASED, as_released, as_upgraded, released
from tracker import store as stores
from tracker.records import Activity, Partner
from tracker.store import Store, files
from tracker.store.schema import STEPS

STARTERS, BACKUPS = 8, 20


def _start(path: str, barrier, told) -> None:
    barrier.wait()
    try:
        stores.open(path, now=now)
        told.put("opened")
    except BaseException as error:
        told.put(repr(error))


def started(path: Path, number: int) -> list[str]:
    """What so many programs say that open one file at the same moment."""
    no_database_is_open()
    context = multiprocessing.get_context("fork")
    barrier, told = context.Barrier(number), context.Queue()
    starters = [context.Process(target=_start, args=(str(path), barrier, told)) for _ in range(number)]
    for one in starters:
        one.start()
    answers = [told.get(timeout=60) for _ in starters]
    for one in starters:
        one.join()
    return answers


@pytest.mark.parametrize("version", released())
def test_of_eight_programs_that_start_at_once_one_upgrades_and_all_go_on(version: int):
    with fresh_folder() as folder:
        path = folder / LIVE
        shutil.copy(RELEASED / f"v{version}" / LIVE, path)
        assert started(path, STARTERS) == ["opened"] * STARTERS
        assert dumped(path) == as_upgraded(version)
        (backup,) = folder.glob(f"tracker.v{version}-*.db")  # made once
        assert dumped(backup) == as_released(version)
        sound(stores.open(path, now=now))


def test_programs_that_do_not_wait_for_each_other_do_not_all_get_in(monkeypatch):
    """The control: without the patience of a connection some of the eight fail."""
    monkeypatch.setattr("tracker.store.connection.PATIENCE_SECONDS", 0)
    with fresh_folder() as folder:
        path = folder / LIVE
        shutil.copy(RELEASED / "v1" / LIVE, path)
        assert started(path, STARTERS) != ["opened"] * STARTERS


def pairs(store: Store, stop: threading.Event, writer: int, saved: list[str]) -> None:
    """Entries that add an organisation and a meeting in one go, until told to stop."""
    step = 0
    while not stop.is_set():
        step += 1
        label = f"{writer}-{step}"
        store.add_all([partner(label), activity(title=label)], by=label, batch=label)
        saved.append(label)
        stop.wait(0.3)


def check_backup(copy: Path, before: set[str]) -> None:
    """It is sound, holds what was stored before it began, and no entry by halves."""
    store = stores.open(copy, now=now)
    sound(store)
    names = {one.record.name for one in store.records(Partner)}
    titles = {one.record.title for one in store.records(Activity)}
    assert before <= names == titles


def test_twenty_backups_amid_eight_writers_hold_all_that_was_stored_before_each(tmp_path: Path):
    stop, saved = threading.Event(), []
    with fresh_folder() as folder:
        store = stores.create(folder / LIVE, now=now)
        writers = [threading.Thread(target=pairs, args=(store, stop, n, saved)) for n in range(8)]
        for writer in writers:
            writer.start()
        try:
            for number in range(BACKUPS):
                before = set(saved)
                store.backup(folder / f"copy{number}.db")
                check_backup(folder / f"copy{number}.db", before)
        finally:
            stop.set()
            for writer in writers:
                writer.join()
        assert len(saved) > BACKUPS
        assert found(lambda: check_backup(folder / "copy0.db", set(saved)))  # the control: it is older
        sound(store)


def table_hashes(path: Path) -> dict[str, str]:
    """Table -> hash of all its rows."""
    rows: dict[str, list[str]] = {}
    for line in dumped(path, log=False):
        if line.startswith("INSERT INTO "):
            rows.setdefault(line.split('"')[1], []).append(line)
    return {name: hashlib.sha256("\n".join(own).encode()).hexdigest() for name, own in rows.items()}


def test_what_is_put_back_elsewhere_has_the_same_tables_and_the_same_verdict(run: Run, tmp_path: Path):  # noqa: F811
    """The drill: 100,000 entries by `python -m bench.durability`."""
    run("init")
    store = stores.open("data/tracker.db", now=now)
    store.add_all([activity(partner_count=3) for _ in range(500)], by="import", batch="b")
    store.add(incident(), by="anna")
    assert run("backup", "copy.db").code == 0
    assert run("--db", "back.db", "restore", "copy.db").code == 0
    assert table_hashes(Path("back.db")) == table_hashes(Path("copy.db")) == table_hashes(store.path)
    own, back = (
        run("--db", one, "verdict", "--json", "--until", "2026-06-30") for one in (store.path, "back.db")
    )
    assert json.loads(own.out) == json.loads(back.out)
    store.add(incident(title="Later"), by="anna")
    assert table_hashes(Path("back.db")) != table_hashes(store.path)  # the control


def test_the_upgrade_that_is_tested_here_is_all_there_is():
    assert released() == list(range(1, len(STEPS)))
    assert files.STEPS == STEPS
