"""Trust T1-T4: a process killed with SIGKILL at a random moment loses nothing it said was stored.

Three hundred kills that count, over every kind of work; thousands by `python -m bench.durability`. What the
control of each kind breaks in the product is found by the same check.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.store.logbook import fresh_folder
from tests.trust.harness import Voice, found, killed, no_database_is_open
from tests.trust.kinds import KINDS, LIVE, Kind, one_trial, opened, trials, write_one
from tracker.store import restoring

KILLS = {
    "single writes": 90,
    "imports": 30,
    "migrations": 30,
    "backups": 30,
    "restores": 30,
    "evaluations closed": 30,
    "report files": 40,
    "imports undone": 20,
}
MOST_TRIALS = 25


def test_three_hundred_kills_over_every_kind_of_work():
    assert KILLS.keys() == KINDS.keys()
    assert sum(KILLS.values()) == 300


@pytest.mark.parametrize("name", KINDS)
def test_what_was_acknowledged_before_the_kill_stands_and_nothing_is_half(name: str):
    tally = trials(KINDS[name], KILLS[name])
    print(tally)
    assert (tally.trials, tally.fewest >= 1) == (KILLS[name], True)
    assert tally.inside > KILLS[name] // 2  # kills between two entries would prove little


class Careless(sqlite3.Connection):
    """A connection that never begins a transaction: every statement is stored by itself, on a slow disk."""

    def execute(self, sql: str, *parameters):
        what = sql.split()[0].upper()
        if what in ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"):
            return super().execute("SELECT 1")
        if what == "INSERT":
            time.sleep(0.002)
        return super().execute(sql, *parameters)


def without_transactions() -> None:
    sqlite3.connect = partial(sqlite3.connect, factory=Careless)


def slowly(draft: Path, path: Path, *_) -> None:
    """Writes the bytes over what stands, some at a time."""
    with draft.open("rb") as new, path.open("rb+" if path.exists() else "wb", buffering=0) as old:
        while some := new.read(4096):
            old.write(some)
            time.sleep(0.001)


def under_the_final_name() -> None:
    """A backup gets its name before it is whole."""
    os.replace = slowly


def copied_over() -> None:
    """A restore writes over the database without a transaction."""
    restoring._write_over = slowly


def straight_into_the_report(folder: Path, voice: Voice) -> None:
    """What `save_reports` does, without a draft."""
    from tests.trust.kinds import report_of

    for number in range(10_000):
        voice.begin(number)
        (folder / "report.pdf").write_bytes(report_of(number))
        voice.ack(number)


def broken(kind: Kind, spoil: Callable[[], None]) -> Kind:
    """The same work in a child whose product is spoiled first."""

    def work(folder: Path, voice: Voice) -> None:
        spoil()
        kind.work(folder, voice)

    return replace(kind, work=work)


def said_too_early(folder: Path, voice: Voice) -> None:
    """Acknowledges what is not stored yet."""
    store = opened(folder)
    for step in range(10_000):
        voice.begin(step)
        voice.ack(step)
        voice.ack(step + 1)
        write_one(store, step)


CONTROLS = {
    "single writes": broken(KINDS["single writes"], without_transactions),
    "said too early": replace(KINDS["single writes"], work=said_too_early),
    "imports": broken(KINDS["imports"], without_transactions),
    "migrations": broken(KINDS["migrations"], without_transactions),
    "backups": broken(KINDS["backups"], under_the_final_name),
    "restores": broken(KINDS["restores"], copied_over),
    "evaluations closed": broken(KINDS["evaluations closed"], without_transactions),
    "report files": replace(KINDS["report files"], work=straight_into_the_report),
    "imports undone": broken(KINDS["imports undone"], without_transactions),
}


@pytest.mark.parametrize("name", CONTROLS)
def test_a_product_that_is_broken_there_is_found_by_the_same_check(name: str):
    """The control of the three hundred."""
    kind = CONTROLS[name]
    with fresh_folder() as template:
        kind.prepare(template)
        assert any(found(partial(one_trial, kind, template, seed)) for seed in range(MOST_TRIALS))


def test_a_child_that_fails_of_itself_is_no_trial_that_passed(tmp_path: Path):
    def fails(voice: Voice) -> None:
        voice.ack(1)
        raise ZeroDivisionError

    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        killed(fails, after=50)


def test_a_trial_without_acknowledgements_or_without_a_kill_does_not_count():
    assert not killed(lambda voice: voice.begin(1), after=0).counts
    assert not killed(lambda voice: voice.ack(1), after=50).counts


def test_an_open_database_at_the_fork_is_noticed(tmp_path: Path):
    path = shutil.copy(Path(__file__).parents[1] / "store" / "released" / "v1" / LIVE, tmp_path)
    with sqlite3.connect(path) as conn:
        conn.execute("SELECT count(*) FROM about").fetchone()
        with pytest.raises(AssertionError):
            no_database_is_open()
    conn.close()
    no_database_is_open()
