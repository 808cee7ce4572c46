"""Ten people at work at once: python -m bench.sessions --cache DIR.

Each in a session of their own looks at the home screen, or logs a meeting, one after the other without
a pause, so everything that can wait waits. Every entry has a subject of its own: what the page says was
logged is compared with what the database holds afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench import gen, serving, turns
from bench.goals import Asked, Figure, alone
from tests.trust.wire import Wire, call
from tracker import store as stores
from tracker.records import Activity
from tracker.words import speak

PEOPLE, WRITES_EVERY = 10, 3
SAY = speak("nl")
_MARK = "Overleg van persoon"
_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass
class Work:
    """What one of them did: seconds of each look and each entry, and the subjects the page said it logged."""

    looks: list[float] = field(default_factory=list)
    entries: list[float] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)


def measure(asked: Asked) -> list[Figure]:
    """How long they waited, and how many entries were refused or lost, at the large log and the largest."""
    return [one for size in asked.judged for one in _of(asked, size)]


def _of(asked: Asked, size: int) -> Iterator[Figure]:
    place = asked.folder(f"sessions-{size}")
    database = gen.copied(asked.cache, size, place)
    with serving.running(place, serving.OURS, TRACKER_DB=str(database)) as server:
        with call(server.url) as first:
            first.run()
        with ThreadPoolExecutor(PEOPLE) as pool:
            done = list(pool.map(lambda who: at_work(server.url, who, asked.rounds), range(PEOPLE)))
    looks = [second for one in done for second in one.looks]
    entries = [second for one in done for second in one.entries]
    missing = lost(database, done)
    tried = sum(len(one.tried) for one in done)
    slow = turns.quantile(looks + entries, 0.95)
    beside = (
        f"median {median(looks + entries):.2f}; looks {turns.quantile(looks, 0.95):.2f}, "
        f"entries {turns.quantile(entries, 0.95):.2f} s"
    )
    yield Figure(key="P10", value=slow, size=size, rounds=f"{len(looks) + len(entries)}", beside=beside)
    kept = f"{tried} tried, {tried - missing} stored"
    yield Figure(key="P10 refused", value=missing, size=size, beside=kept)


def at_work(url: str, who: int, deeds: int) -> Work:
    """One person: looks, and every third time logs a meeting."""
    work = Work()
    with call(url) as line:
        line.run()
        log = line.pages()["log"]
        for number in range(deeds):
            if number % WRITES_EVERY:
                work.looks.append(turns.timed(line.run)())
            else:
                _write(line, log, f"{_MARK} {who} nummer {number}", work)
    return work


def lost(database: Path, done: list[Work]) -> int:
    """How many entries were tried and do not stand exactly once in the database, or were not confirmed."""
    store = stores.open(database, now=lambda: datetime.now(UTC))
    newest = store.records(Activity, newest_first=True, limit=10 * sum(len(one.tried) for one in done))
    titles = [one.record.title for one in newest]
    return sum(titles.count(title) != 1 or title not in one.confirmed for one in done for title in one.tried)


def _write(line: Wire, page: str, title: str, work: Work) -> None:
    """Opens the form, which is not counted, and saves it with this subject."""
    widgets = line.run(page=page).widgets()
    subject, save = widgets[SAY("Subject")], widgets[SAY("Log it")]
    work.tried.append(title)
    began = time.perf_counter()
    line.run(page=page, change=_filled(subject, title, save))
    while line.came[-1].script_finished == _AGAIN:  # a save draws the page once more
        line.wait()
    work.entries.append(time.perf_counter() - began)
    if SAY("Logged: {what}", what=title) in line.text():
        work.confirmed.append(title)


def _filled(subject: str, title: str, save: str) -> Callable[[Any], None]:
    def change(script: Any) -> None:
        for widget, name in ((subject, "string_value"), (save, "trigger_value")):
            state = script.widget_states.widgets.add()
            state.id = widget
            setattr(state, name, title if name == "string_value" else True)

    return change


if __name__ == "__main__":
    alone(measure, sizes=(100_000,), rounds=12)
