"""Trust T21-T23: whoever else is at work, no entry is lost, overwritten unseen, refused as locked or doubled.

Five hundred random courses of two to four coordinators at one record, against a model in plain Python; then
eight writers at once, as threads and as processes.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.store.logbook import activity, fresh_folder, incident, now, partner
from tests.trust.harness import no_database_is_open, sound
from tracker import store as stores
from tracker.records import Activity, Incident, Partner
from tracker.store import Conflict, Store, Stored, StoreError

COURSES = 500
WRITERS, EACH = 8, 25


@pytest.fixture
def store() -> Iterator[Store]:
    with fresh_folder() as folder:
        yield stores.create(folder / "tracker.db", now=now)


Save = Callable[[Store, Stored, Incident, str], Stored]


def save(store: Store, seen: Stored, mine: Incident, by: str) -> Stored:
    """What the page does with what its visitor had seen."""
    return store.correct(seen.id, mine, seen_version=seen.version, reason="r", by=by)


def save_blindly(store: Store, seen: Stored, mine: Incident, by: str) -> Stored:
    """The control: writes over whatever stands."""
    stands = store.get(Incident, seen.id)
    return store.correct(seen.id, mine, seen_version=stands.version, reason="r", by=by)


def unseen_overwrites(store: Store, seed: int, save: Save) -> tuple[int, int]:
    """How often somebody's text was replaced by who had never seen it, and how often that was refused."""
    rnd = random.Random(seed)
    people = [f"p{number}" for number in range(rnd.randint(2, 4))]
    stands = store.add(incident(title=f"{seed}"), by="start")
    seen = dict.fromkeys(people, stands)
    told, overwritten, refused = [stands.record.title], 0, 0
    for step in range(rnd.randint(3, 7)):
        who, mine = rnd.choice(people), incident(title=f"{seed} {step}")
        what = rnd.choice(["look", "save", "save", "take back"])
        if what == "look":
            seen[who] = store.get(Incident, stands.id)
            assert seen[who] == stands
            continue
        try:
            before = stands
            stands = save(store, seen[who], mine, who) if what == "save" else take_back(store, seen[who], who)
            overwritten += before != seen[who]
            told += [mine.title] if what == "save" else []
            seen[who] = stands
        except Conflict as conflict:
            refused += 1
            shown = (conflict.theirs, conflict.mine)
            if shown != (stands, mine if what == "save" else None):
                raise AssertionError(f"both values were to be shown, not {shown}") from conflict
            seen[who] = stands
    history = store.history(Incident, stands.id)
    assert [one.after.title for one in history if one.action in ("add", "correct")] == told
    return overwritten, refused


def take_back(store: Store, seen: Stored, by: str) -> Stored:
    return store.withdraw(Incident, seen.id, seen_version=seen.version, reason="weg", by=by)


def test_five_hundred_courses_overwrite_nothing_that_was_not_seen(store: Store):
    outcomes = [unseen_overwrites(store, seed, save) for seed in range(COURSES)]
    assert sum(overwritten for overwritten, _ in outcomes) == 0
    assert (
        sum(refused for _, refused in outcomes) > COURSES
    )  # somebody was in the way more than once a course
    sound(store)


def test_who_saves_without_looking_does_overwrite(store: Store):
    """The control of the five hundred."""
    outcomes = []
    for seed in range(30):
        try:
            outcomes.append(unseen_overwrites(store, seed, save_blindly))
        except AssertionError:
            outcomes.append((1, 0))
    assert sum(overwritten for overwritten, _ in outcomes) > 10


@dataclass
class Done:
    """What one writer says it stored, how long each call took (seconds), and what went wrong."""

    added: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def work(path: Path, writer: int, steps: int) -> Done:
    """Adds, small imports, corrections of one shared record, withdrawals, and looks in between."""
    store, rnd, done = Store(path, now=now), random.Random(writer), Done()
    for step in range(steps):
        label, begun = f"{writer}-{step}", time.perf_counter()
        try:
            one_step(store, rnd.randrange(5), label)
            done.added.append(label)
        except StoreError as error:
            done.troubles.append(error.code)
        done.seconds.append(time.perf_counter() - begun)
    return done


def one_step(store: Store, kind: int, label: str) -> None:
    """One change that leaves its label in the database, and for kind 4 a look at it."""
    if kind == 0:
        store.add(activity(title=label, partner_ids=(1,)), by=label)
    elif kind == 1:
        store.add_all([activity(title=label), incident()], by=label, batch=label)
    elif kind == 2:
        correct_until_it_stands(store, label)
    elif kind == 3:
        stored = store.add(partner(label), by=label)
        store.withdraw(Partner, stored.id, seen_version=1, reason="x", by=label)
    else:
        store.recent(limit=20)
        store.add(incident(title=label), by=label)


def correct_until_it_stands(store: Store, label: str) -> None:
    """As a coordinator does who is shown the other version, and saves again."""
    while True:
        seen = store.get(Incident, 1)
        try:
            store.correct(1, incident(title=label), seen_version=seen.version, reason="r", by=label)
            return
        except Conflict:
            continue


def in_threads(path: Path, steps: int) -> list[Done]:
    """Eight sessions of one dashboard."""
    found: list[Done] = []
    threads = [
        threading.Thread(target=lambda n=number: found.append(work(path, n, steps)))
        for number in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def in_processes(path: Path, steps: int) -> list[Done]:
    """Eight programs at one file."""
    no_database_is_open()
    pipes = []
    for number in range(WRITERS):
        heard, said = os.pipe()
        if os.fork() == 0:
            try:
                os.write(said, json.dumps(vars(work(path, number, steps))).encode())
            finally:
                os._exit(0)
        os.close(said)
        pipes.append(heard)
    told = []
    for heard in pipes:
        with os.fdopen(heard) as lines:
            told.append(Done(**json.loads(lines.read())))
        os.wait()
    return told


def stored_labels(store: Store) -> list[str]:
    """The label of every step that stands, each once."""
    labels = [one.recorded_by for one in store.records(Partner, withdrawn=True)]
    labels += [one.recorded_by for one in store.records(Activity)]
    labels += [one.actor for one in store.history(Incident, 1) if one.action == "correct"]
    return labels + [one.recorded_by for one in store.records(Incident) if one.record.title != "Onrust"]


def at_once(path: Path, run: Callable[[Path, int], list[Done]], steps: int) -> list[Done]:
    """Lets eight writers work, and checks that all they said was stored is there, once."""
    store = stores.create(path, now=now)
    store.add(partner("Politie"), by="start")
    store.add(incident(), by="start")
    done = run(path, steps)
    said = [label for one in done for label in one.added]
    assert [one.troubles for one in done] == [[]] * WRITERS
    alone = [label for label in stored_labels(store) if label != "start"]
    assert sorted(alone) == sorted(said)
    assert len(said) == WRITERS * steps
    sound(store)
    return done


@pytest.mark.parametrize("run", [in_threads, in_processes])
def test_eight_writers_lose_nothing_and_are_never_told_that_it_is_locked(run, tmp_path: Path):
    with fresh_folder() as folder:
        done = at_once(folder / "tracker.db", run, EACH)
    assert max(second for one in done for second in one.seconds) < 10  # the patience of a connection


def test_a_writer_that_waits_for_nobody_is_told_that_it_is_locked(monkeypatch):
    """The control: without patience the same work fails."""
    monkeypatch.setattr("tracker.store.connection.PATIENCE_SECONDS", 0)
    with fresh_folder() as folder, pytest.raises(AssertionError):
        at_once(folder / "tracker.db", in_processes, EACH)


def test_what_is_sent_twice_is_stored_once(store: Store):
    """A double click, a page loaded again, a connection that broke between the click and its answer."""
    first = store.add(incident(title="Onrust"), by="anna", request="click 1")
    reopened = stores.open(store.path, now=now)
    assert reopened.add(incident(title="Onrust"), by="anna", request="click 1") == first
    assert len(store.records(Incident)) == 1
    store.add(incident(title="Onrust"), by="anna", request="click 2")
    assert len(store.records(Incident)) == 2
