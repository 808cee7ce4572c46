"""A run of everything -> the lines of docs/performance.md."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from bench import goals
from bench.turns import MOST_LOAD

if TYPE_CHECKING:
    from bench.found import Run


def lines(done: Run) -> Iterator[str]:
    """Where and when it ran, a row a figure, what each part took, and how fast a log is fitted."""
    yield from ("# How fast it is, and how that grows", "")
    yield f"Made by `python -m bench.run --{done.name}`; do not edit by hand."
    yield ""
    yield from _where(done)
    yield from ("", "## The goals", "")
    yield from _how()
    yield ""
    yield from goals.table(done.figures)
    yield ""
    yield _counted(done)
    yield ""
    yield "P7 for every size and form of a file stands in `docs/import-speed.md`, what a report takes part by"
    yield "part in `docs/report-speed.md`. P13, the time of the test suite, is seen where the suite runs."
    yield from ("", "## What each part of the run took", "", "| part | minutes | |", "|---|---:|---|")
    for name, minutes in done.minutes.items():
        yield f"| `bench.{name}` | {minutes:.1f} | {done.failed.get(name, '')} |"
    yield from ("", *done.fits)


def _where(done: Run) -> Iterator[str]:
    before, after = done.load
    yield f"- {date.today():%d-%m-%Y}, product of commit {done.product}; Python"
    yield f"  {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores"
    yield f"- load of the machine {before:.1f} at the start and {after:.1f} at the end"
    busy = sum("busy" in one.rounds for one in done.figures)
    if busy:
        yield f"- {busy} of {len(done.figures)} figures come from a busy machine: hardly a round was quiet"


def _how() -> Iterator[str]:
    yield "Everybody who is compared takes turns within every round: the page, its static twin, which draws"
    yield "the same elements with the same data and reckons nothing, and hello, a line and a button. A ratio"
    yield "is of medians, with the 95 % interval of 2,000 draws of whole rounds; a figure keeps its bar when"
    yield f"the upper end of its interval does. Rounds with a load above {MOST_LOAD:g} do not count: `rounds`"
    yield "says how many do, of how many."


def _counted(done: Run) -> str:
    verdicts = [goals.verdict(one) for one in done.figures]
    passed, missed = verdicts.count(goals.PASSED), verdicts.count(goals.MISSED)
    return f"Of {passed + missed} figures with a bar {passed} keep it and {missed} do not."
