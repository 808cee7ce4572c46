"""What it takes to look whether a database is sound: python -m bench.checking --cache DIR.

At every start (quick check, shape and version), and fully, with every entry of the history and every record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench import gen, turns
from bench.goals import LARGE, Asked, Figure, alone, drawn
from tracker import store as stores
from tracker.store import Store

_ROUNDS_OF_VERIFY = 3


def measure(asked: Asked) -> list[Figure]:
    """Both at every size; the full one of a larger log once, for it takes long."""
    paths = {size: gen.copied(asked.cache, size, asked.folder(f"checking-{size}")) for size in asked.sizes}
    start = turns.in_turns(
        {str(size): turns.timed(partial(_open, path)) for size, path in paths.items()}, asked.rounds
    )
    found = [
        drawn("P12", start, turns.quantile_of(str(size)), size=size, beside=_megabytes(path))
        for size, path in paths.items()
    ]
    for size, path in paths.items():
        large = size > LARGE
        verify = turns.in_turns(
            {str(size): turns.timed(_verified(path))}, 1 if large else _ROUNDS_OF_VERIFY, warm_up=0
        )
        found.append(drawn("P12 verify", verify, turns.quantile_of(str(size)), size=size))
    return found


def _open(path: Path) -> Store:
    return stores.open(path, now=lambda: datetime.now(UTC))


def _verified(path: Path) -> Callable[[], object]:
    store = _open(path)

    def verify() -> None:
        problems = store.verify()
        assert not problems, problems

    return verify


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.0f} MB"


if __name__ == "__main__":
    alone(measure, sizes=(1_000, 10_000, 30_000, 100_000), rounds=10)
