"""All that is measured about speed and scale, in one run: python -m bench.run --quick|--full --cache DIR.

The parts run one after the other, each as it runs alone, and what they found becomes docs/performance.md and
a file with every figure. A part that fails is told, and the others go on. Ten sessions at once come last: they
keep the machine's load high for a minute after them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import (
    browsing,
    checking,
    cold_start,
    fit_speed,
    gen,
    memory,
    pages,
    paper,
    peers,
    report_floor,
    saving,
    sessions,
    views,
)
from bench.goals import LARGE, LARGEST, Asked, Figure, as_json

Part = Callable[[Asked], list[Figure]]
# Each with the share of the rounds it takes: a cold start takes seconds where a run of a page takes a third.
PARTS: tuple[tuple[Part, float], ...] = (
    (pages.measure, 1.0),
    (browsing.measure, 1.0),
    (cold_start.measure, 0.35),
    (saving.measure, 1.0),
    (checking.measure, 0.35),
    (views.measure, 1.0),
    (memory.measure, 1.0),
    (report_floor.measure, 0.7),
    (peers.measure, 0.7),
    (sessions.measure, 0.5),
)
QUICK, FULL = ((1_000, 10_000, 30_000, LARGE), 8), ((1_000, 10_000, LARGE, LARGEST), 30)
_FEWEST_ROUNDS = 3


@dataclass
class Run:
    """What was found, minutes of every part, and the load of the machine before and after."""

    name: str
    figures: list[Figure] = field(default_factory=list)
    minutes: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    load: tuple[float, float] = (0.0, 0.0)
    fits: list[str] = field(default_factory=list)


def main() -> None:
    """Runs everything and writes both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--quick", action="store_true", help="up to 100,000 activities, few rounds")
    size.add_argument("--full", action="store_true", help="up to a million, for the record")
    parser.add_argument("--cache", type=Path, required=True, help="where made logs are kept between runs")
    parser.add_argument("--only", nargs="+", default=(), help="the parts to run, by the name of their module")
    parser.add_argument("--datasette", default="", help="the datasette program, when it is not on the PATH")
    parser.add_argument("--results", type=Path, help="every figure as JSON")
    parser.add_argument("--out", type=Path, help="the document; without it the text is printed")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sizes, rounds = FULL if wanted.full else QUICK
        asked = Asked(sizes, rounds, wanted.cache, Path(work), wanted.datasette)
        done = run("full" if wanted.full else "quick", asked, wanted.only)
    if wanted.results:
        told = {"run": done.name, "load": done.load, "minutes": done.minutes, "failed": done.failed}
        told["figures"] = [as_json(one) for one in done.figures]
        wanted.results.write_text(json.dumps(told, indent=1), encoding="utf-8")
    text = "\n".join([*paper.lines(done), ""])
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def run(name: str, asked: Asked, only: tuple[str, ...] = ()) -> Run:
    """All parts, or those of these names."""
    done = Run(name)
    for size in asked.sizes:
        gen.kept(asked.cache, size)
    before = os.getloadavg()[0]
    for part, share in PARTS:
        if not only or _name(part) in only:
            _one(done, part, replace(asked, rounds=max(_FEWEST_ROUNDS, round(share * asked.rounds))))
    if not only or "fit_speed" in only:
        began = time.perf_counter()
        done.fits = fit_speed.tables(asked.rounds // 4)
        done.minutes["fit_speed"] = (time.perf_counter() - began) / 60
    done.load = (before, os.getloadavg()[0])
    return done


def _one(done: Run, part: Part, asked: Asked) -> None:
    began, name = time.perf_counter(), _name(part)
    print(f"{name} ...", file=sys.stderr, flush=True)
    try:
        done.figures += part(asked)
    except (AssertionError, OSError, LookupError, ValueError, RuntimeError) as error:
        done.failed[name] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    done.minutes[name] = (time.perf_counter() - began) / 60
    print(f"{name}: {done.minutes[name]:.1f} minutes", file=sys.stderr, flush=True)


def _name(part: Part) -> str:
    return part.__module__.rpartition(".")[2]


if __name__ == "__main__":
    main()
