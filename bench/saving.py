"""What the store takes to keep one record: python -m bench.saving --cache DIR.

The call as a form makes it, with the rules, the guard on free text, the history and the wait for the disk.
Beside it what SQLite alone takes for two rows in the same file with the same settings.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

from bench import gen, turns
from bench.goals import Asked, Figure, alone, drawn
from bench.turns import Rounds
from tracker import store as stores
from tracker.records import Activity
from tracker.store.connection import JOURNAL, SETTINGS

_SMALL = 1_000


def measure(asked: Asked) -> list[Figure]:
    """Median and 95 % at a small log and at the large ones."""
    sizes = tuple(sorted({_SMALL, *asked.judged} & {_SMALL, *asked.sizes}))
    contest: dict[str, Callable[[], float]] = {}
    used: dict[int, list[float]] = {size: [] for size in sizes}
    for size in sizes:
        path = gen.copied(asked.cache, size, asked.folder(f"saving-{size}"))
        contest[f"ours {size}"] = turns.timed(_counted(_ours(path), used[size]))
        contest[f"alone {size}"] = turns.timed(_alone(path.with_name("alone.db")))
    rounds = turns.in_turns(contest, 4 * asked.rounds, warm_up=3)
    return [one for size in sizes for one in _figures(rounds, size, median(used[size]))]


def _counted(work: Callable[[], object], used: list[float]) -> Callable[[], None]:
    """The same work; `used` gets the seconds of the processor, which a busy disk does not stretch."""

    def run() -> None:
        began = time.process_time()
        work()
        used.append(time.process_time() - began)

    return run


def _figures(rounds: Rounds, size: int, used: float) -> Iterator[Figure]:
    beside = f"CPU {1000 * used:.1f} ms; SQLite alone {1000 * rounds.median(f'alone {size}'):.1f} ms"
    for key, share in (("P6 store", 0.5), ("P6 store p95", 0.95)):
        statistic = turns.quantile_of(f"ours {size}", share)
        yield drawn(key, rounds, statistic, times=1000, size=size, beside=beside)


def _ours(path: Path) -> Callable[[], object]:
    store = stores.open(path, now=lambda: datetime.now(UTC))
    partners, numbers = (1, 2, 3), count()

    def add() -> object:
        number = next(numbers)
        record = Activity(
            happened_on=gen.this_week(),
            kind="dialogue",
            title=f"Overleg nummer {number}",
            partner_ids=partners,
            note="Afgesproken: volgende week verder",
        )
        return store.add(record, by="bench", request=f"request {number}")

    return add


def _alone(path: Path) -> Callable[[], object]:
    """One transaction on a connection of its own, as the store opens it, and nothing around it."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"PRAGMA journal_mode = {JOURNAL}")
        db.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, text)")

    def add() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            for setting in (*SETTINGS, f"journal_mode = {JOURNAL}"):
                db.execute(f"PRAGMA {setting}")
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO entry (text) VALUES (?)", [("the record",), ("its history",)])
            db.execute("COMMIT")

    return add


if __name__ == "__main__":
    alone(measure, sizes=(1_000, 100_000), rounds=25)
