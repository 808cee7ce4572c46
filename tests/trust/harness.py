"""A child process that says `ack <id>` after each thing that was stored, killed at a moment nobody chose.

The child is a fork of this process, so that a trial costs milliseconds instead of the start of Python. That
is fair because no connection is open when it forks (`no_database_is_open` looks): the child opens the file
itself, with the product's own settings, and shares no lock, page or journal with anybody. What is killed is
a process in the middle of real work on a real file.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tracker.store import Store, StoreError, idle

SECONDS_TO_DIE = 5.0


class Voice:
    """How a child tells what it begins and what it has stored; one write to a pipe a line."""

    def __init__(self, said: int) -> None:
        self._said = said

    def begin(self, name: object) -> None:
        """Something is about to be stored."""
        os.write(self._said, f"begin {name}\n".encode())

    def ack(self, name: object) -> None:
        """It was stored: whoever hears this may count on it."""
        os.write(self._said, f"ack {name}\n".encode())


Work = Callable[[Voice], None]


@dataclass(frozen=True)
class Trial:
    """What one child said before it was killed; `took` is how long it then lived (seconds)."""

    said: list[str]
    killed: bool
    took: float

    @property
    def acknowledged(self) -> list[str]:
        """What was said to be stored, in order."""
        return [line[4:] for line in self.said if line.startswith("ack ")]

    @property
    def counts(self) -> bool:
        """A trial that stored nothing, or was done before the signal, shows nothing."""
        return self.killed and bool(self.acknowledged)

    @property
    def inside(self) -> bool:
        """Whether the signal came while something was being stored."""
        return bool(self.said) and self.said[-1].startswith("begin ")


@dataclass
class Tally:
    """The trials of one kind that counted."""

    kind: str
    trials: int = 0
    not_counted: int = 0
    acknowledged: int = 0
    inside: int = 0
    fewest: int = field(default=10**9)

    def add(self, trial: Trial) -> None:
        """Counts one trial, and says how much it had acknowledged."""
        if not trial.counts:
            self.not_counted += 1
            return
        self.trials += 1
        self.acknowledged += len(trial.acknowledged)
        self.inside += trial.inside
        self.fewest = min(self.fewest, len(trial.acknowledged))
        where = "inside" if trial.inside else "between"
        print(f"{self.kind} {self.trials}: {len(trial.acknowledged)} acknowledged, killed {where}")


def killed(work: Work, *, after: float, by: signal.Signals = signal.SIGKILL) -> Trial:
    """Runs `work` in a child and sends it a signal after its first acknowledgement: `after` times as long
    again as it took to get there, so that a busy machine moves no kill to another part of the work.
    """
    no_database_is_open()
    begun = time.monotonic()
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        _live(work, heard, said)
    os.close(said)
    with os.fdopen(heard) as lines:
        first = list(_until_first_ack(lines))
        time.sleep(after * (time.monotonic() - begun))
        sent = time.monotonic()
        os.kill(child, by)
        rest = lines.read()
    _, status = os.waitpid(child, 0)
    told = [line for line in [*first, *rest.split("\n")] if line]
    broken = [line for line in told if line.startswith("broke ")]
    assert not broken, broken
    return Trial(told, os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 130, time.monotonic() - sent)


def sound(store: Store) -> None:
    """SQLite and the product both find nothing wrong, and every row has the entry that brought it."""
    with closing(sqlite3.connect(store.path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert list(rows_without_entry(conn)) == []
    assert store.verify() == []


def rows_without_entry(conn: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Table and id of each record whose history does not tell of its coming, counted without the product."""
    having = conn.execute(
        "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.name = 'added_seq' ORDER BY m.name"
    ).fetchall()
    assert having, "no table of records was found"
    for (table,) in having:
        yield from (
            (table, row)
            for (row,) in conn.execute(
                f"SELECT id FROM {table} t WHERE NOT EXISTS "
                "(SELECT 1 FROM history h WHERE h.seq = t.added_seq "
                "AND h.action = 'add' AND h.record_type = ? AND (h.record_id = t.id OR h.record_id IS NULL))",
                (table,),
            )
        )


def dumped(path: Path, *, log: bool = True) -> list[str]:
    """Everything in a database as text, the slow, obvious way to compare two; on demand without the access
    log, which tells of a backup only after it was made.

    Without its counter of revisions, the moment at which a step was taken, and which database it is.
    """
    with closing(sqlite3.connect(path)) as conn:
        lines = [line for line in conn.iterdump() if 'INTO "revision"' not in line]
    lines = [_OWN.sub("", line) if _OWN_TABLES.match(line) else line for line in lines]
    return lines if log else [line for line in lines if not _OF_LOG.match(line)]


_OF_LOG = re.compile("""INSERT INTO "(access_log"|sqlite_sequence" VALUES\\('access_log')""")


_OWN_TABLES = re.compile('INSERT INTO "(about|_sqlite_migrations)"')
_OWN = re.compile(r"'([0-9a-f]{32}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^']*)'")


def found(check: Callable[[], None]) -> bool:
    """Whether a check finds something wrong: for the controls, whose product was broken on purpose."""
    try:
        check()
    except (AssertionError, StoreError, sqlite3.DatabaseError):
        return True
    return False


def no_database_is_open() -> None:
    """A fork with an open database would share its locks: then a trial would prove nothing."""
    idle.close()  # what waits holds no lock, but would hide what does
    held = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            held.append(os.readlink(descriptor))
        except FileNotFoundError:  # the one of this very look
            continue
    assert not [one for one in held if one.split(" ")[0].endswith((".db", "-journal", "-wal"))], held


def _live(work: Work, heard: int, said: int) -> None:
    """The child: works until it is killed, and never comes back into the tests."""
    try:
        os.close(heard)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        work(Voice(said))
    except KeyboardInterrupt:
        os._exit(130)
    except BaseException:
        os.write(said, f"broke {traceback.format_exc()!r}\n".encode())
    finally:
        os._exit(0)


def _until_first_ack(lines) -> Iterator[str]:
    for line in lines:
        yield line.rstrip("\n")
        if line.startswith("ack "):
            return
