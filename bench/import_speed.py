"""How fast files come in, in one run: python -m bench.import_speed [--sizes 10000 100000] [--out FILE].

Each contestant runs in its own process, in turn within every round, so that a busy machine slows all of
them and memory is its own. Beside ours: the sqlite-utils command on the same file, and executemany of
rows that are tuples already, which is the floor of the library and validates nothing. Times are for reading;
no test leans on them.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.exponents import exponent
from bench.provenance import commit

TODAY = date(2026, 3, 31)
SIZES = (10_000, 30_000, 100_000)
ROWS_A_FILE = 500_000  # a million are more than the product takes in one file: it gets two
LARGEST_BOOK = 100_000
BESIDE = ("sqlite-utils", "executemany")
HEADING = ("date", "kind", "title", "arrangement", "partners", "count", "note")
KINDS = ("training", "aftercare", "regular_meeting", "dialogue", "network_day")
NOTES = (
    "Overleg over het plein, 12 deelnemers",
    "Terugblik op de week van 10-02-2024",
    "Kosten 12.500 euro",
    "",
    "Afgesproken: volgende week verder",
)


class Measured(NamedTuple):
    """One run: rows a second, seconds of the processor, and the most memory in MB its process ever held."""

    per_second: float
    cpu: float
    memory: float


def main() -> None:
    """Runs all rounds and writes the table, or one contestant when it is called by itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="rows; a million takes long")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="the file to write; without it the text is printed")
    parser.add_argument("--one", nargs=2, metavar=("CONTESTANT", "FILE"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.one:
        print(json.dumps(_run(wanted.one[0], Path(wanted.one[1]))))
        return
    text = "\n".join(_report(tuple(wanted.sizes), wanted.rounds))
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def rows(number: int) -> list[tuple[str, ...]]:
    """Rows as a municipality has them, always the same."""
    chance = random.Random(7)
    return [
        (
            (date(2015, 1, 1) + timedelta(days=chance.randrange(4_000))).isoformat(),
            chance.choice(KINDS),
            f"Titel {place}",
            f"Weegploeg {place % 20}",
            str(chance.randrange(2, 9)),
            "1",
            chance.choice(NOTES),
        )
        for place in range(number)
    ]


def _report(sizes: tuple[int, ...], rounds: int) -> list[str]:
    found: dict[tuple[str, int], list[Measured]] = {}
    size_of: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            paths = _files(Path(folder), size)
            size_of[size] = paths["csv"].stat().st_size / 1e6
            for number in range(rounds):
                for name, path in paths.items():
                    found.setdefault((name, size), []).append(apart(name, path))
                print(f"{size} rows, round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return [*_opening(rounds), *_table(found, size_of), *_growth(found, sizes), ""]


def _files(folder: Path, size: int) -> dict[str, Path]:
    """What each contestant reads."""
    made = folder / str(size) / "activities.csv"
    made.parent.mkdir()
    held = rows(size)
    write(made, held)
    for start in range(0, size if size > ROWS_A_FILE else 0, ROWS_A_FILE):
        write(made.with_name(f"part-{start}.csv"), held[start : start + ROWS_A_FILE])
    paths = {"csv": made, "sqlite-utils": made, "executemany": made}
    if size <= LARGEST_BOOK:
        paths["xlsx"] = _book(folder / str(size) / "activities.xlsx", held)
    return paths


def write(path: Path, held: list[tuple[str, ...]]) -> None:
    """The rows as a CSV file with their headings."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        writer.writerows(held)


def _book(path: Path, held: list[tuple[str, ...]]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("activities")
        sheet.write_row(0, 0, HEADING)
        for number, (happened_on, *rest) in enumerate(held, start=1):
            sheet.write_datetime(number, 0, datetime.fromisoformat(happened_on), day)
            sheet.write_row(number, 1, rest)
    return path


def apart(name: str, path: Path) -> Measured:
    """What one contestant takes for a file, in a process of its own."""
    command = [sys.executable, "-m", "bench.import_speed", "--one", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(*json.loads(done.stdout))


def _run(name: str, path: Path) -> Measured:
    number = sum(1 for _ in path.open("rb")) - 1 if path.suffix == ".csv" else int(path.parent.name)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "made.db"
        if name == "sqlite-utils":
            seconds, cpu = _timed(lambda: _sqlite_utils(database, path))
        elif name == "executemany":
            with path.open(newline="", encoding="utf-8") as file:
                held = [tuple(row) for row in csv.reader(file)][1:]
            seconds, cpu = _timed(lambda: _executemany(database, held))
        else:
            seconds, cpu = _ours(database, path)
        most = max(_most_held(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return Measured(number / seconds, cpu, most / 1024)


def _ours(database: Path, path: Path) -> tuple[float, float]:
    """Reading, validation, guard, doubles, and one transaction with its history."""
    from tracker import exchange, store

    paths = sorted(path.parent.glob("part-*.csv")) or [path]
    own = store.create(database, now=lambda: datetime(2026, 3, 31, 12, tzinfo=UTC))

    def bring_in() -> None:
        preview = exchange.read(paths, own, today=TODAY, as_table="activities")
        assert not preview.problems, preview.problems[:3]
        exchange.write(own, preview, by="bench", batch="bench")

    return _timed(bring_in)


def _sqlite_utils(database: Path, path: Path) -> None:
    command = ["insert", str(database), "activity", str(path), "--csv"]
    subprocess.run([sys.executable, "-m", "sqlite_utils", *command], check=True, capture_output=True)


def _executemany(database: Path, held: list[tuple[str, ...]]) -> None:
    with closing(sqlite3.connect(database)) as db, db:
        db.execute(f"CREATE TABLE activity (id INTEGER PRIMARY KEY, {', '.join(HEADING)})")
        marks = ", ".join("?" * len(HEADING))
        db.executemany(f"INSERT INTO activity ({', '.join(HEADING)}) VALUES ({marks})", held)


def _timed(go: object) -> tuple[float, float]:
    assert callable(go)
    before, started = _cpu(), time.perf_counter()
    go()
    return time.perf_counter() - started, _cpu() - before


def _most_held() -> int:
    """The most kB this program ever held: `ru_maxrss` would count the process that started it too."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:"))


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _opening(rounds: int) -> list[str]:
    made = (
        f"commit {commit()}; medians of {rounds} rounds in which all take turns, each in its own process. "
        "The bar is held against seconds of the processor: other work stretches those of the clock."
    )
    return [
        "# How fast files come in",
        "",
        "Made by `python -m bench.import_speed`; do not edit by hand.",
        "",
        made,
    ]


def _table(found: dict[tuple[str, int], list[Measured]], size_of: dict[int, float]) -> list[str]:
    lines = [
        "",
        "| what | rows | rows a second | CPU seconds | rows a CPU second | most memory, MB | bar |",
        "|---|---|---|---|---|---|---|",
    ]
    bars = {"csv": 30_000, "xlsx": 20_000}
    for (name, size), runs in sorted(found.items()):
        speed, cpu, memory = (median(values) for values in zip(*runs, strict=True))
        bar = ""
        if name in bars:
            room = 150 + 1.5 * size_of[size]
            fast = "pass" if size / cpu >= bars[name] else "missed"
            small = "pass" if memory <= room else "missed"
            bar = f"≥ {bars[name]} {fast}; ≤ {room:.0f} MB {small}"
        lines.append(
            f"| {name} | {size} | {speed:.0f} | {cpu:.2f} | {size / cpu:.0f} | {memory:.0f} | {bar} |"
        )
    return lines


def _growth(found: dict[tuple[str, int], list[Measured]], sizes: tuple[int, ...]) -> list[str]:
    times = {size: median(one.cpu for one in found["csv", size]) for size in sizes}
    shape = exponent(times)
    fits = "pass" if 0.9 <= shape <= 1.1 else "missed"
    return [
        "",
        f"Exponent of the CPU time with the rows (CSV): {shape:.2f}, bar 0.9 to 1.1: {fits}.",
        *(
            f"CPU time of ours over that of {other}, by size: {_ratios(found, sizes, other)}."
            for other in BESIDE
        ),
    ]


def _ratios(found: dict[tuple[str, int], list[Measured]], sizes: tuple[int, ...], other: str) -> str:
    """Of one round each, as they ran beside each other; the median of the rounds."""
    by_size = (
        median(
            ours.cpu / theirs.cpu for ours, theirs in zip(found["csv", size], found[other, size], strict=True)
        )
        for size in sizes
    )
    return ", ".join(f"{one:.1f}" for one in by_size)


if __name__ == "__main__":
    main()
