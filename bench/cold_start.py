"""From starting the program to the first usable page in a browser: python -m bench.cold_start --cache DIR.

Hello, the twin and the dashboard take turns, each a new process and a visitor who was never there before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bench import elements, gen, serving, turns
from bench.goals import Asked, Figure, alone, drawn
from bench.pages import HELLO_NAME, absolute, ours, twin

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def measure(asked: Asked) -> list[Figure]:
    """The ratio to hello at the sizes that are judged."""
    found = []
    with serving.browsing() as browser:
        contest = {HELLO_NAME: _start(browser, asked.folder("hello"), serving.HELLO)}
        for size in asked.judged:
            place = asked.folder(f"cold-{size}")
            database = gen.copied(asked.cache, size, place)
            same = elements.written(place / "twin.json", database)
            contest[ours(size)] = _start(browser, place, serving.OURS, TRACKER_DB=str(database))
            contest[twin(size)] = _start(browser, place, serving.TWIN, BENCH_TWIN=str(same))
        rounds = turns.in_turns(contest, asked.rounds)
    for size in asked.judged:
        ratio = turns.ratio_of(ours(size), HELLO_NAME)
        found.append(drawn("P1", rounds, ratio, size=size, beside=absolute(rounds, size)))
    return found


def _start(browser: Browser, folder: Path, script: str, **environment: str) -> Callable[[], float]:
    def start() -> float:
        page = serving.opened(browser)
        began = time.perf_counter()
        with serving.starting(folder, script, **environment) as server:
            server.wait()
            page.goto(server.url)
            serving.drawn(page)
            spent = time.perf_counter() - began
            page.context.close()
        return spent

    return start


if __name__ == "__main__":
    alone(measure, sizes=(100_000,), rounds=10)
