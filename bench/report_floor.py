"""A report from the command line beside the floor of its drawings: python -m bench.report_floor --cache DIR.

Both a new process: ours reads the log, reckons, draws and writes the web page of a quarter; the floor has
altair, pandas and vl-convert in memory and draws the very same pictures from a file. What each part of ours
takes stands in docs/report-speed.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench import gen, turns
from bench.goals import Asked, Figure, alone, drawn
from bench.report_speed import specs
from bench.serving import ROOT
from tracker import report
from tracker import store as stores
from tracker.analysis.quarter import Quarter
from tracker.report import fonts
from tracker.words import speak

FLOOR = "bench/floor/drawings.py"


def measure(asked: Asked) -> list[Figure]:
    """The ratio and our seconds, at the sizes that are judged."""
    found = []
    for size in asked.judged:
        place = asked.folder(f"report-{size}")
        database = gen.copied(asked.cache, size, place)
        drawings = _drawings(database, place / "drawings.json")
        contest = {
            "ours": turns.timed(partial(_ours, database, place / "report.html")),
            "floor": turns.timed(partial(_run, FLOOR, str(drawings), str(fonts.folder()))),
        }
        rounds = turns.in_turns(contest, max(3, asked.rounds // 4))
        beside = f"ours {rounds.median('ours'):.2f}, drawings {rounds.median('floor'):.2f} s"
        found.append(drawn("P8", rounds, turns.ratio_of("ours", "floor"), size=size, beside=beside))
        found.append(drawn("P8 s", rounds, turns.quantile_of("ours"), size=size))
    return found


def _drawings(database: Path, path: Path) -> Path:
    store = stores.open(database, now=lambda: datetime.now(UTC))
    today = datetime.now(UTC).date()
    material = report.gather(store, Quarter.last_full(gen.this_week()), today=today)
    document = report.document(material, say=speak("nl"), made_at=datetime.now(UTC))
    path.write_text(json.dumps(specs(document, "html"), default=str), encoding="utf-8")
    return path


def _ours(database: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    quarter = Quarter.last_full(gen.this_week())
    name = f"{quarter.year}Q{quarter.number}"
    words = ("--db", str(database), "report", name, "--format", "html", "-o", str(target), "--afresh")
    _run("-m", "tracker", *words)
    assert target.stat().st_size > 0


def _run(*words: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, capture_output=True)


if __name__ == "__main__":
    alone(measure, sizes=(100_000,), rounds=20)
