"""What survives a kill, a power cut and a crowd: python -m bench.durability --out docs/durability.md.

The trials are those of tests/trust, only more of them. Every figure of the file comes from the run that
wrote it.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.store.logbook import activity, fresh_folder, now
from tests.trust import power
from tests.trust.harness import Tally, dumped
from tests.trust.kinds import KINDS, trials
from tests.trust.test_interleaving import WRITERS, at_once, in_processes, in_threads
from tests.trust.test_kills import KILLS
from tests.trust.test_power_loss import NEWER, a_working_day, told
from tracker import store as stores
from tracker.store.connection import JOURNAL

CONTROLS = (("WAL", "NORMAL"), ("DELETE", "FULL"), ("TRUNCATE", "NORMAL"), ("TRUNCATE", "OFF"))
BEYOND_CI = 10_000  # seeds that the tests do not use
DRILL_ROWS = 100_000
FULL_RUN = 3_000


def kills(number: int) -> list[Tally]:
    """So many kills that count, over the kinds as in the tests."""
    found = []
    for name, share in KILLS.items():
        wanted = max(1, round(number * share / sum(KILLS.values())))
        found.append(trials(KINDS[name], wanted, start=BEYOND_CI))
    return found


def kill_table(found: list[Tally]) -> Iterator[str]:
    """One row a kind."""
    yield "| Killed during | kills that count | acknowledged before | fewest | inside work | not counted |"
    yield "|---|---:|---:|---:|---:|---:|"
    for one in found:
        yield (
            f"| {one.kind} | {one.trials:,} | {one.acknowledged:,} | {one.fewest:,} "
            f"| {one.inside:,} | {one.not_counted:,} |"
        )
    counted, acknowledged = (sum(vars(one)[name] for one in found) for name in ("trials", "acknowledged"))
    yield f"| **together** | {counted:,} | {acknowledged:,} | | | |"


def cut_table(number: int) -> Iterator[str]:
    """One row for each setting and model of the folder; the product's own first."""
    yield "| journal, flushing | model | cuts | unsound | lost something | most lost | backups lost |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    with fresh_folder() as folder, fresh_folder() as work:
        day = a_working_day(folder, rounds=12)
        other = ("TRUNCATE", "FULL") if JOURNAL == "WAL" else NEWER
        own = [((), f"**as given: {JOURNAL}, FULL**"), (other, f"**{', '.join(other)}**")]
        controls = [(one, f"control: {', '.join(one)}") for one in CONTROLS]
        for settings, name in [*own, *controls]:
            log = power.play(day, *settings)
            each = number // 4 if (settings, name) in own else max(20, number // 20)
            for strict in (False, True):
                found = told(list(power.cuts(log, day, each, seed=BEYOND_CI, strict=strict, work=work)))
                yield (
                    f"| {name} | {'strict' if strict else 'ext4'} | {found.cuts:,} | {found.unsound:,} "
                    f"| {found.lost:,} | {found.most_lost:,} | {found.backups_lost:,} |"
                )


def crowd_table(steps: int) -> Iterator[str]:
    """Eight writers as threads and as processes: how long one step took."""
    yield "| eight writers | steps | lost | refused as locked | median | 95 % within | longest |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, run in (("threads", in_threads), ("processes", in_processes)):
        with fresh_folder() as folder:
            done = at_once(folder / "tracker.db", run, steps)
        seconds = sorted(second for one in done for second in one.seconds)
        told = [seconds[int(len(seconds) * share)] for share in (0.5, 0.95)] + [seconds[-1]]
        cells = " | ".join(f"{1000 * one:,.1f} ms" for one in told)
        lost = WRITERS * steps - sum(len(one.added) for one in done)  # `at_once` compared them with the file
        refused = sum(one.troubles.count("locked") for one in done)
        yield f"| {name} | {WRITERS * steps:,} | {lost:,} | {refused:,} | {cells} |"


def drill_lines(rows: int) -> Iterator[str]:
    """A backup of many entries, put back elsewhere and compared table by table."""
    with fresh_folder() as folder:
        store = stores.create(folder / "tracker.db", now=now)
        store.add_all([activity(title=f"overleg {n % 97}") for n in range(rows)], by="import", batch="b")
        backup = timed(lambda: store.backup(folder / "copy.db"))
        vacuum = timed(lambda: _vacuum(store.path, folder / "vacuum.db"))
        back = folder / "back.db"
        restore = timed(lambda: stores.restore(folder / "copy.db", back, now=now))
        same = _tables(folder / "copy.db") == _tables(back)
        assert same, "what was put back is not what was backed up"
    yield f"- {rows:,} entries: a backup with its comparison and verification took {backup:.1f} s"
    yield f"  (`VACUUM INTO`, which verifies nothing, {vacuum:.1f} s); to put it back took {restore:.1f} s."
    yield "- Every table of what was put back has the hash of that table in the backup."


def timed(work: Callable[[], object]) -> float:
    """Seconds on the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _vacuum(path: Path, target: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("VACUUM INTO ?", (str(target),))


def _tables(path: Path) -> dict[str, str]:
    """Table -> hash of all its rows."""
    lines: dict[str, list[str]] = {}
    for line in dumped(path, log=False):
        if line.startswith("INSERT INTO "):
            lines.setdefault(line.split('"')[1], []).append(line)
    return {name: hashlib.sha256("\n".join(rows).encode()).hexdigest() for name, rows in lines.items()}


def report(args: argparse.Namespace) -> Iterator[str]:
    """The lines of the file."""
    begun = time.perf_counter()
    yield "# What survives a kill, a power cut and a crowd"
    yield ""
    asked = f"--kills {args.kills} --cuts {args.cuts} --steps {args.steps}"
    yield f"Written by `python -m bench.durability {asked}`"
    yield f"on {datetime.now(UTC):%Y-%m-%d}, with Python {platform.python_version()}, SQLite"
    yield f"{sqlite3.sqlite_version}, on a machine that others were using too. What each trial does"
    yield "and checks stands in `tests/trust`; each check also finds a product that is broken on purpose."
    yield ""
    yield "## Killed with SIGKILL at a random moment"
    yield ""
    yield from kill_table(kills(args.kills))
    yield ""
    if args.kills < FULL_RUN:
        yield f"A full run has {FULL_RUN:,} kills; this one was shorter because the machine was shared."
        yield ""
    yield "Nothing acknowledged was lost, nothing was half, no database and no history was unsound: the first"
    yield "trial that finds otherwise ends the run. A trial counts when something was acknowledged before it."
    yield ""
    yield "## The power cut at a random moment"
    yield ""
    yield from cut_table(args.cuts)
    yield ""
    yield "The product's own settings are in bold: here, and with a SQLite from 3.51.3 on. The controls are"
    yield "settings it does not use; that they lose shows that the check can see it."
    yield ""
    yield "## Eight at once"
    yield ""
    yield from crowd_table(args.steps)
    yield ""
    yield "## Backup and return"
    yield ""
    yield from drill_lines(DRILL_ROWS)
    yield ""
    yield f"The run took {(time.perf_counter() - begun) / 60:.0f} minutes."


def main() -> None:
    """Runs all of it and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=3000)
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8") as file:
        for line in report(args):
            print(line, file=file, flush=True)


if __name__ == "__main__":
    main()
