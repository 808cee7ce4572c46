"""Trust T24: whatever order people do things in, the store says what a plain dictionary says.

Hypothesis chooses the steps: entries, corrections, withdrawals, imports, undone imports, stale saves, a
restart, a backup put back. At least 2,000 of them a run.
"""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.store.logbook import DAY, MEMORY, NOON, activity, incident
from tests.trust.harness import sound
from tracker import store as stores
from tracker.records import Activity, Incident
from tracker.store import Conflict, Store

STEPS_A_RUN = 2_000
RUNS, STEPS = 48, 50
TYPES = {"incident": Incident, "activity": Activity}
texts = st.text(alphabet="abc éß漢", min_size=1, max_size=8).map(str.strip).filter(bool)
days = st.integers(0, 800).map(lambda back: DAY - timedelta(days=back))
kinds = st.sampled_from(sorted(TYPES))
rarely = st.sampled_from([False] * 7 + [True])


@dataclass(frozen=True)
class Held:
    """What the model knows of one record."""

    title: str
    version: int
    withdrawn: bool
    batch: str = ""
    corrected: bool = False


Key = tuple[str, int]


@cache
def a_new_one() -> Path:
    """An empty store, made once: every run begins with a copy."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    atexit.register(shutil.rmtree, folder)
    return stores.create(folder / "tracker.db", now=lambda: NOON).path


class Logbook(RuleBasedStateMachine):
    """The store beside a dictionary: (kind, id) -> what stands."""

    taken = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY))
        self.seconds, self.batches = count(), count()
        self.store = self.make(self.folder / "tracker.db")
        self.model: dict[Key, Held] = {}
        self.undone: set[str] = set()
        self.kept: tuple[dict[Key, Held], set[str]] | None = None

    def make(self, path: Path) -> Store:
        shutil.copy(a_new_one(), path)
        return stores.open(path, now=self.now)

    def now(self) -> Any:
        return NOON + timedelta(seconds=next(self.seconds))

    def teardown(self) -> None:
        for name, record_type in TYPES.items():
            stored = self.store.records(record_type, withdrawn=True)
            found = {(name, one.id): (one.record.title, one.version, one.withdrawn) for one in stored}
            assert found == self.told(name)
        sound(self.store)
        shutil.rmtree(self.folder)

    @invariant()
    def both_say_the_same(self) -> None:
        """Read from the file itself after every step; at the end through the store as well."""
        type(self).taken += 1
        with closing(sqlite3.connect(self.store.path)) as conn:
            for name in TYPES:
                rows = conn.execute(f"SELECT id, title, version, withdrawn FROM {name}")
                assert {(name, number): (*held, bool(gone)) for number, *held, gone in rows} == self.told(
                    name
                )

    def told(self, kind: str) -> dict[Key, tuple[str, int, bool]]:
        return {
            key: (held.title, held.version, held.withdrawn)
            for key, held in self.model.items()
            if key[0] == kind
        }

    def record(self, kind: str, title: str, day: Any = DAY) -> Any:
        return {"incident": incident, "activity": activity}[kind](day, title=title)

    def some(self, data: st.DataObject, *, withdrawn: bool) -> tuple[Key, Held] | None:
        fit = sorted(key for key, held in self.model.items() if held.withdrawn == withdrawn)
        if not fit:
            return None
        key = data.draw(st.sampled_from(fit))
        return key, self.model[key]

    @rule(kind=kinds, title=texts, day=days)
    def add(self, kind: str, title: str, day: Any) -> None:
        stored = self.store.add(self.record(kind, title, day), by="anna")
        assert (kind, stored.id) not in self.model  # an id is never given twice
        self.model[kind, stored.id] = Held(title, 1, False)

    @rule(data=st.data(), title=texts)
    def correct(self, data: st.DataObject, title: str) -> None:
        if some := self.some(data, withdrawn=False):
            (kind, number), held = some
            self.store.correct(
                number, self.record(kind, title), seen_version=held.version, reason="r", by="bert"
            )
            self.model[kind, number] = replace(held, title=title, version=held.version + 1, corrected=True)

    @rule(data=st.data(), title=texts, behind=st.integers(1, 3))
    def save_what_is_stale(self, data: st.DataObject, title: str, behind: int) -> None:
        if some := self.some(data, withdrawn=False):
            (kind, number), held = some
            with pytest.raises(Conflict):
                self.store.correct(
                    number,
                    self.record(kind, title),
                    seen_version=held.version - behind,
                    reason="r",
                    by="bert",
                )

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        if some := self.some(data, withdrawn=False):
            (kind, number), held = some
            self.store.withdraw(TYPES[kind], number, seen_version=held.version, reason="r", by="anna")
            self.model[kind, number] = replace(held, version=held.version + 1, withdrawn=True, corrected=True)

    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        if some := self.some(data, withdrawn=True):
            (kind, number), held = some
            self.store.restore(TYPES[kind], number, seen_version=held.version, reason="r", by="anna")
            self.model[kind, number] = replace(held, version=held.version + 1, withdrawn=False)

    @rule(chosen=st.lists(st.tuples(kinds, texts), min_size=1, max_size=5))
    def bring_in(self, chosen: list[tuple[str, str]]) -> None:
        batch = f"b{next(self.batches)}"
        ids = self.store.add_all([self.record(*one) for one in chosen], by="import", batch=batch)
        for (kind, title), number in zip(chosen, ids, strict=True):
            self.model[kind, number] = Held(title, 1, False, batch)

    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Takes back what nobody touched since; the rest stays."""
        open_batches = sorted({held.batch for held in self.model.values() if held.batch} - self.undone)
        if open_batches:
            batch = data.draw(st.sampled_from(open_batches))
            self.store.undo_batch(batch, reason="r", by="anna")
            self.undone.add(batch)
            for key, held in self.model.items():
                if held.batch == batch and not held.corrected:
                    self.model[key] = replace(held, version=2, withdrawn=True, corrected=True)

    @rule()
    def start_again(self) -> None:
        self.store = stores.open(self.store.path, now=self.now)

    @rule(now_and_then=rarely)
    def back_up(self, now_and_then: bool) -> None:
        if not now_and_then:
            return
        self.store.backup(self.folder / "copy.db")
        self.kept = (dict(self.model), set(self.undone))

    @precondition(lambda self: self.kept)
    @rule(now_and_then=rarely)
    def return_to_the_backup(self, now_and_then: bool) -> None:
        if not now_and_then:
            return
        stores.restore(self.folder / "copy.db", self.store.path, now=self.now)
        self.model, self.undone = dict(self.kept[0]), set(self.kept[1])


class Forgetful(Logbook):
    """The control: a store that corrects and does not say so."""

    def make(self, path: Path) -> Store:
        store = super().make(path)

        honest = store.correct

        def forgets(number: int, record: Any, *, seen_version: int, **how: Any) -> Any:
            stands = store.get(type(record), number)
            if stands.version == seen_version:
                return stands
            return honest(number, record, seen_version=seen_version, **how)

        store.correct = forgets
        return store


def run(machine: type[Logbook], runs: int, phases: Sequence[Phase] = tuple(Phase)) -> None:
    chosen = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        phases=phases,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_two_thousand_steps_in_any_order_say_what_the_dictionary_says():
    Logbook.taken = 0
    run(Logbook, RUNS)
    print(f"{Logbook.taken} steps")
    assert Logbook.taken >= STEPS_A_RUN


def test_a_store_that_forgets_a_correction_is_found():
    with pytest.raises(AssertionError):
        run(Forgetful, 20, [Phase.generate])  # found is enough: no shortest example
