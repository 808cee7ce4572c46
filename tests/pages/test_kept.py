"""What pages keep for every visitor: nobody who reads it changes it, and it goes when the log changes."""

from __future__ import annotations

import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pandas as pd
import pytest

from tests.pages.conftest import Screen
from tracker import store as stores
from tracker.analysis import assess
from tracker.analysis.question import Question
from tracker.pages.around import frame, readings
from tracker.pages.parts import picture
from tracker.records import Activity

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 2)
PAGES = ("today.py", "trend.py", "rhythm.py", "after.py", "partners.py", "agreements.py")


@pytest.fixture
def example(screen) -> Screen:
    """A visitor at the example, whose figures were read once."""
    page = screen(example=True)
    return replace(page, path=page.path.with_name("example.db"))


@pytest.fixture
def store(tmp_path) -> stores.Store:
    """An empty log of its own."""
    return stores.create(tmp_path / "own.db", now=lambda: datetime.now(UTC))


def activity(day: date) -> Activity:
    """A meeting of two organisations."""
    return Activity(happened_on=day, kind="dialogue", title="Overleg", partner_count=2)


def kept(path: Path) -> list[Any]:
    """The values that the pages of this log share, as they are now."""
    state, question = frame.opened(str(path), True).state(), Question(until=frame.today())
    shared = [
        readings.assessed(str(path), state, question),
        readings._around(str(path), state, question),
        readings._cooperation(str(path), state, question.until),
    ]
    drawn = [picture._spec(str(path), state, question, "nl", False, narrow, None) for narrow in (True, False)]
    return [*shared, *drawn, picture._weeks(str(path), state, question, "nl")]


def plain(value: Any) -> Any:
    """A value with all that is in it, for comparing; what it remembers for itself is left out."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.to_csv()
    if is_dataclass(value):
        return [(one.name, plain(getattr(value, one.name))) for one in fields(value)]
    if isinstance(value, dict):
        return [(plain(name), plain(one)) for name, one in value.items()]
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return sorted(map(repr, value)) if isinstance(value, set | frozenset) else repr(value)


def test_no_page_changes_what_all_visitors_share(example):
    page = example.app
    before = plain(kept(example.path))
    for name in PAGES:
        page.switch_page(name).run()
        assert not page.exception
    after = kept(example.path)
    assert plain(after) == before
    assert after[0] is kept(example.path)[0], "it was made anew, so the comparison says nothing"


def test_a_change_would_be_seen(example):
    before = plain(kept(example.path))
    kept(example.path)[0].timeline.weeks.iloc[0, 1] = 99
    assert plain(kept(example.path)) != before


def test_of_all_who_log_while_a_log_is_judged_the_last_is_judged_for_all(store, monkeypatch):
    """One at a time, and the one whose turn it is has the log as it then stands."""
    question, judged, go_on = Question(until=DAY), [], Event()

    def slow(log, asked, agreed):
        judged.append(log)
        assert go_on.wait(20)
        return assess(log, asked, agreed)

    monkeypatch.setattr(readings, "assess", slow)
    with ThreadPoolExecutor(4) as pool:
        asked = []
        for _ in range(4):
            store.add(activity(DAY), by="anna")
            asked.append(pool.submit(readings.assessed, str(store.path), store.state(), question))
            while not judged:
                sleep(0.01)
        go_on.set()
    found = [one.result() for one in asked]
    assert len(judged) == 2
    assert [one.finding.activities for one in found] == [1, 4, 4, 4]


READY = """
import gc, sys
from tracker.pages.around.warm import get_ready
get_ready()
assert gc.get_freeze_count() > 50_000, gc.get_freeze_count()
from streamlit.testing.v1 import AppTest
before = set(sys.modules)
page = AppTest.from_file("tracker/pages/main.py", default_timeout=120).run()
assert not page.exception, page.exception
print(sorted(name for name in set(sys.modules) - before if name.startswith(("tracker.", "altair", "scipy"))))
"""


def test_the_first_page_finds_its_modules_loaded(tmp_path):
    assert _said(READY, tmp_path / "t.db") == "[]"


LIGHT = """
import sys, dashboard
slow = ("numpy", "pandas", "altair", "scipy", "babel", "sqlite_utils", "tracker.store", "tracker.words")
print([name for name in slow if name in sys.modules])
"""


def test_the_server_answers_before_what_is_slow_to_load_is_there(tmp_path):
    """A browser fetches its files meanwhile, a second's work."""
    assert _said(LIGHT, tmp_path / "t.db") == "[]"


JUDGED = """
from tracker.pages.around import readings, warm
if {first}:
    warm.get_ready()
readings.assess = None
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("tracker/pages/main.py", default_timeout=120).run()
print(len(page.exception))
"""


@pytest.mark.parametrize(("first", "failures"), [(True, "0"), (False, "1")])
def test_the_first_visitor_finds_the_log_judged(store, first, failures):
    """Where nothing can be judged any more, only what was judged before can be shown."""
    assert _said(JUDGED.format(first=first), store.path) == failures


def _said(script: str, database: Path) -> str:
    """What a new process says that runs a script with this database."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"TRACKER_DB": str(database), "PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


HEAPS = """
import sys
from threading import Barrier, Thread
from tracker.pages.around.heap import settle
if sys.argv[1] == "shared":
    settle()
gate = Barrier(4)
def work():
    held = [bytearray(9_000) for _ in range(200)]
    gate.wait()
threads = [Thread(target=work) for _ in range(4)]
for one in threads:
    one.start()
for one in threads:
    one.join()
edges = (line.split()[:2] for line in open("/proc/self/maps"))
spans = [int(end, 16) - int(start, 16) for (start, end), how in ((e[0].split("-"), e[1]) for e in edges)
         if how == "---p"]
print(sum(span > 50 * 2**20 for span in spans))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has a heap for every thread")
@pytest.mark.parametrize(("how", "heaps"), [("shared", [0]), ("each its own", [1, 2, 3, 4])])
def test_threads_take_memory_from_one_heap_and_without_it_each_has_one(how, heaps):
    """A heap of a thread is set aside in 64 megabytes of addresses, of which most may not be touched yet."""
    words, settings = [sys.executable, "-c", HEAPS, how], {"PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(words, cwd=ROOT, env=settings, capture_output=True, text=True, check=True)
    assert int(done.stdout) in heaps
