"""Runs the calibration and writes it down: python -m bench.calibration [--tenth] [--out docs/calibration.md].

All cores work, each on one thread. The tenth is what the tests repeat.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.pool
import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench import table
from bench.experiments import EXPERIMENTS, Observation
from bench.provenance import THREADS, commit, fingerprint

Task = tuple[str, int]
Outcome = dict[str, list[Observation]]


def main() -> None:
    """Runs, reports progress on the error stream, writes the file, and fails when a bar is missed."""
    wanted = _arguments()
    started, measured = (
        time.perf_counter(),
        f"commit {commit()}, analysis {fingerprint()} (sha256 of its source)",
    )
    outcome = run(tuple(EXPERIMENTS), tenth=wanted.tenth, shift=wanted.shift, progress=True)
    seconds = time.perf_counter() - started
    text = document(outcome, seconds, measured, shift=wanted.shift, tenth=wanted.tenth)
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)
    misses = [(key, one) for key, rows in outcome.items() for one in table.missed(EXPERIMENTS[key], rows)]
    for key, one in misses:
        print(f"missed: {key}: {one.claim.column} {one.value:.3f}, {table.bar(one.claim)}", file=sys.stderr)
    print(f"{seconds:.0f} s, {len(misses)} bars missed", file=sys.stderr)
    sys.exit(bool(misses))


def run(
    keys: tuple[str, ...],
    *,
    tenth: bool = False,
    shift: int = 0,
    progress: bool = False,
    workers: int | None = None,
) -> Outcome:
    """The observations of all seeds of these experiments in their order, or of those that tests repeat."""
    tasks = [
        (key, seed + shift)
        for key in keys
        for seed in EXPERIMENTS[key].seeds[:: EXPERIMENTS[key].repeat if tenth else 1]
    ]
    outcome: Outcome = {key: [] for key in keys}
    for name in THREADS:  # the workers are new processes and read this when they start
        os.environ.setdefault(name, "1")
    with multiprocessing.get_context("spawn").Pool(workers or os.cpu_count()) as pool:
        for number, (task, row) in enumerate(zip(tasks, _work(pool, tasks), strict=True)):
            outcome[task[0]].append(row)
            if progress and number % 50 == 0:
                print(f"{number}/{len(tasks)} {task[0]}", file=sys.stderr, flush=True)
    return outcome


def observe(task: Task) -> Observation:
    """One seed of one experiment."""
    key, seed = task
    return EXPERIMENTS[key].observe(seed)


def document(outcome: Outcome, seconds: float, measured: str, *, shift: int = 0, tenth: bool = False) -> str:
    """The whole file: the bars, the rates without a bar, then every figure by experiment."""
    of = {EXPERIMENTS[key]: rows for key, rows in outcome.items()}
    parts = [line for experiment, rows in of.items() for line in table.section(experiment, rows)]
    return "\n".join(
        [
            *_opening(outcome, seconds, measured, shift, tenth),
            *table.bars(of),
            *table.rates(of),
            "## Every figure",
            "",
            *parts,
        ]
    )


def _work(pool: multiprocessing.pool.Pool, tasks: list[Task]) -> Iterator[Observation]:
    return pool.imap(observe, tasks, chunksize=4)


def _opening(outcome: Outcome, seconds: float, measured: str, shift: int, tenth: bool) -> list[str]:
    logs = sum(len(rows) for rows in outcome.values())
    found = [one for key, rows in outcome.items() for one in table.results(EXPERIMENTS[key], rows)]
    barred = [one for one in found if one.passes is not None]
    kept = sum(bool(one.passes) for one in barred)
    moved = f", moved up by {shift}" if shift else ""
    return [
        "# Calibration: do the intervals and verdicts keep their promise?",
        "",
        "Made by `python -m bench.calibration --out docs/calibration.md`; do not edit by hand.",
        "",
        f"- {date.today():%d %B %Y}, {measured}",
        f"- {logs} seeds in {seconds:.0f} seconds on {os.cpu_count()} cores",
        f"- **{kept} of {len(barred)} bars kept**; {len(found) - len(barred)} figures without a bar",
        f"- seeds: {'a tenth' if tenth else 'all'} of those stated{moved}",
        "",
        *_READING,
        "",
    ]


_READING = (
    "Every log is simulated with a known answer (`bench/simulation.py`, `bench/confounders.py`,",
    "`bench/planted.py`), then judged by the product's own rules, with an entry on every day. A rate comes",
    "with its exact binomial 95 % interval, a median with the interval of its order statistics. An interval",
    "holds the truth when the true value lies in it. The true level is the floor over the mean level in",
    "the quarter after an average incident; totals are fixed and incidents drawn, so it differs from seed",
    "to seed: its median is given.",
    "`wrong` counts decided verdicts that the truth contradicts: those that say persists at a true level",
    "below .50 or a true retention below .75, and those that say falls back at a level of .50 or more and a",
    "retention of .90 or more.",
    "",
    "No threshold was changed for these figures and no seed was chosen: the thresholds are those of the",
    "method. Should one be changed, choose it with `--shift 100000`, which moves all seeds, and report it",
    "without. The tests repeat a tenth of the seeds (`tests/test_calibration.py`).",
)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tenth", action="store_true", help="only the seeds that the tests repeat")
    parser.add_argument("--shift", type=int, default=0, help="added to every seed: a second, independent set")
    parser.add_argument("--out", type=Path, help="the file to write; without it the text is printed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
