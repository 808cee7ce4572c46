"""Many at once, and a process killed in the middle: nothing that was acknowledged is lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from logbook import activity, incident, now, partner

from tracker import store as stores
from tracker.records import Activity, Incident, Partner
from tracker.store import Conflict, Store


def test_eight_at_once_lose_nothing(town: Store):
    """Adds, batches, corrections of one shared record and withdrawals, all from eight threads."""
    added: list[tuple[type, int]] = []
    titles: list[str] = []
    withdrawn: list[int] = []
    troubles: list[BaseException] = []

    def work(number: int) -> None:
        rnd = random.Random(number)
        for step in range(25):
            try:
                one_step(rnd.randrange(4), f"{number}-{step}")
            except BaseException as error:
                troubles.append(error)
                raise

    def one_step(kind: int, label: str) -> None:
        if kind == 0:
            added.append((Activity, town.add(activity(title=label, partner_ids=(1, 2)), by=label).id))
        elif kind == 1:
            ids = town.add_all([activity(title=label), incident()], by=label, batch=label)
            added.extend(zip((Activity, Incident), ids, strict=True))
        elif kind == 2:
            titles.append(label)
            correct_until_it_stands(label)
        else:
            stored = town.add(partner(label), by=label)
            town.withdraw(Partner, stored.id, seen_version=1, reason="x", by=label)
            withdrawn.append(stored.id)

    def correct_until_it_stands(label: str) -> None:
        while True:
            seen = town.get(Incident, 1)
            try:
                town.correct(1, incident(title=label), seen_version=seen.version, reason="r", by=label)
                return
            except Conflict:
                continue

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(set(added)) == len(added)
    for kind, record_id in added:
        assert town.get(kind, record_id).version == 1
    assert all(town.get(Partner, record_id).withdrawn for record_id in withdrawn)
    told = [change.after.title for change in town.history(Incident, 1)]
    assert sorted(told[1:]) == sorted(titles)
    assert town.verify() == []


def test_one_click_from_eight_threads_is_one_record(town: Store):
    ids: list[int] = []

    def click() -> None:
        ids.append(town.add(activity(), by="anna", request="same").id)

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ids == [1] * 8
    assert len(town.records(Activity)) == 1


def _adds_until_killed(path: Path, said: int) -> None:
    store = stores.open(path, now=now)
    while True:
        stored = store.add(incident(title="x" * 150), by="kill")
        os.write(said, b"%d\n" % stored.id)


def _adds_one_batch(path: Path, said: int) -> None:
    rows = [incident(title=str(number)) for number in range(5_000)]
    os.write(said, b"0\n")
    stores.open(path, now=now).add_all(rows, by="kill", batch="b")


def _killed_after(seconds: float, work: Callable[[Path, int], None], path: Path) -> list[int]:
    """What `work` said in a process of its own, killed that long after its first word."""
    heard, said = os.pipe()
    process = multiprocessing.get_context("fork").Process(target=work, args=(path, said))
    process.start()
    os.close(said)
    with os.fdopen(heard) as lines:
        first = lines.readline()
        time.sleep(seconds)
        process.kill()
        told = [int(line) for line in (first + lines.read()).split("\n")[:-1]]
    process.join()
    return told


@pytest.mark.parametrize("seed", range(10))
def test_a_killed_process_loses_nothing_it_said_was_saved(path: Path, seed: int):
    store = stores.create(path, now=now)
    acknowledged = _killed_after(random.Random(seed).uniform(0, 0.08), _adds_until_killed, path)
    found = {stored.id for stored in stores.open(path, now=now).records(Incident)}
    assert acknowledged
    assert set(acknowledged) <= found
    assert len(found - set(acknowledged)) <= 1  # saved, and killed before it could say so
    assert store.verify() == []


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_import_is_there_whole_or_not_at_all(path: Path, seed: int):
    store = stores.create(path, now=now)
    _killed_after(random.Random(seed).uniform(0, 0.25), _adds_one_batch, path)
    assert len(store.records(Incident)) in (0, 5_000)
    assert stores.open(path, now=now).verify() == []
