"""A power cut, simulated: what a disk may hold when the current goes, rebuilt from all that was asked of it.

1. `record` runs the product and keeps every statement of SQL it gives to SQLite, every file it links,
   renames, removes and flushes, and what it acknowledged.
2. `play` gives exactly these statements, in the same order and over the same connections, to a SQLite whose
   file system keeps a log of every write, truncation, flush and name (`apsw` lets us put one under it).
   At the end the same content must stand there, else the play was another.
3. `after_cut` rebuilds the folder as it may look when the power goes after any line of that log: what was
   flushed is there; of what was not, nothing, all, some, a first part, or a torn sector.

Two models of the names in a folder. "ext4": they come in order, and the flush of any file brings those before
it. "strict": only a flush of the folder brings them, and until then any of them may be missing.
"""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from tests.store.logbook import fresh_folder
from tests.trust.harness import dumped

SECTOR = 512
SHARED = "-shm"  # lives in memory only


@dataclass
class Recording:
    """What the product did: `lines` in order, and for each acknowledgement the hash of what then stood.

    A line is (what, name of the file, ...); `folder` is where it was recorded.
    """

    folder: Path
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    copied: set[str] = field(default_factory=set)  # made by SQLite's own backup: known only as whole files

    def ack(self, path: Path, *, backup: str = "") -> None:
        """The product returned: from now on what stands must survive. `backup` is a file it just finished."""
        self.lines.append(("ack", backup))
        self.states.append(state(path))


@dataclass
class Log:
    """What was asked of the disk, and at which place in it the n-th acknowledgement was given."""

    asked: list[tuple[Any, ...]]
    acks: list[int]
    backups: list[tuple[int, str, int]]  # place, name, number of the state that it holds


@dataclass(frozen=True)
class Cut:
    """What was found after one cut: `sound` is SQLite's own opinion, `state` which known state stands."""

    acknowledged: int
    sound: bool
    state: int | None
    backups_lost: int

    @property
    def lost(self) -> int:
        """Acknowledged changes that are gone."""
        return self.acknowledged if self.state is None else max(0, self.acknowledged - self.state)


def state(path: Path) -> str:
    """A hash of all that a database says."""
    return hashlib.sha256("\n".join(dumped(path)).encode()).hexdigest()


@contextmanager
def record(folder: Path) -> Iterator[Recording]:
    """Keeps what the product does in `folder` while the block runs."""
    recording = Recording(folder)
    tell, numbers = recording.lines.append, iter(range(10**9))

    class Told(sqlite3.Connection):
        def __init__(self, database: Any, *more: Any, **options: Any) -> None:
            super().__init__(database, *more, **options)
            self.number, self.name = next(numbers), _name(database, folder)
            if self.name:
                tell(("open", self.name, self.number))

        def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
            tell(("sql", self.name, self.number, sql, tuple(values)))
            return super().execute(sql, values)

        def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
            held = [tuple(row) for row in rows]
            for row in held:
                tell(("sql", self.name, self.number, sql, row))
            return super().executemany(sql, held)

        def backup(self, target: sqlite3.Connection, **how: Any) -> None:
            super().backup(target, **how)
            recording.copied.add(getattr(target, "name", ""))

        def rollback(self) -> None:
            if self.in_transaction:
                tell(("sql", self.name, self.number, "ROLLBACK", ()))
            super().rollback()

        def close(self) -> None:
            super().close()
            if self.name:
                tell(("close", self.name, self.number))

    def connect(*given: Any, **options: Any) -> sqlite3.Connection:
        return honest["connect"](*given, **{**options, "factory": Told})

    def fsync(descriptor: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        tell(("flush folder",) if path == folder else ("flush", path.name, path.read_bytes()))
        honest["fsync"](descriptor)

    def link(old: Path, new: Path) -> None:
        honest["link"](old, new)
        tell(("link", Path(old).name, Path(new).name))

    def replace(old: Path, new: Path) -> None:
        tell(("written", Path(old).name, Path(old).read_bytes()))
        honest["replace"](old, new)
        tell(("rename", Path(old).name, Path(new).name))

    def unlink(path: Path) -> None:
        honest["unlink"](path)
        tell(("unlink", Path(path).name))

    honest = {"connect": sqlite3.connect, "fsync": os.fsync, "link": os.link}
    honest |= {"replace": os.replace, "unlink": os.unlink}
    with ExitStack() as restored:
        for where, ours in ((sqlite3, connect), (os, fsync), (os, link), (os, replace), (os, unlink)):
            restored.callback(setattr, where, ours.__name__, honest[ours.__name__])
            setattr(where, ours.__name__, ours)
        yield recording


def play(recording: Recording, journal: str = "", synchronous: str = "") -> Log:
    """The log of the disk under the recorded statements; with another journal or care instead of our own.

    A connection that does nothing is open all the time, as when a second person looks at the dashboard:
    else SQLite would tidy a write-ahead log after every change.
    """
    with fresh_folder() as folder:
        disk, log = _Disk(folder), Log([], [], [])
        log.asked = disk.asked
        connections: dict[int, apsw.Connection] = {}
        with ExitStack() as looking:
            for line in recording.lines:
                match line:
                    case ("open" | "sql" | "close", name, *_) if not name or name in recording.copied:
                        continue
                    case ("open", name, number):
                        connections[number] = disk.opened(name)
                    case ("sql", _, number, sql, values):
                        for _ in connections[number].execute(_with(sql, journal, synchronous), values):
                            pass
                    case ("close", _, number):
                        connections.pop(number).close()
                    case ("link", _, new):
                        disk.do(line)
                        other = looking.enter_context(closing(disk.opened(new)))
                        other.execute("SELECT count(*) FROM sqlite_schema").fetchall()
                    case ("ack", backup):
                        if backup:
                            # It holds what stood before it was made; the line that tells of it came after.
                            log.backups.append((len(log.asked), backup, len(log.acks) - 1))
                        log.acks.append(len(log.asked))
                    case _:
                        disk.do(line)
            assert state(folder / "tracker.db") == recording.states[-1], (
                "the same statements, another content"
            )
        return log


def cuts(
    log: Log, recording: Recording, number: int, *, seed: int, strict: bool, work: Path
) -> Iterator[Cut]:
    """So many cuts at random places after the database was made, each rebuilt and looked at."""
    known = {one: place for place, one in enumerate(recording.states)}
    for trial in range(number):
        rnd = random.Random(f"{seed} {trial}")
        place = rnd.randint(log.acks[0], len(log.asked))
        for old in work.iterdir():
            old.unlink()
        for name, content in after_cut(log.asked[:place], rnd, strict=strict).items():
            (work / name).write_bytes(content)
        done = sum(ack <= place for ack in log.acks) - 1
        held: dict[str, int] = {}
        for at, name, stands in log.backups:
            if at <= place:
                held[name] = stands
        gone = sum(_older(_found(work / name, known)[1], stands) for name, stands in held.items())
        yield Cut(done, *_found(work / "tracker.db", known), gone)


def after_cut(asked: list[tuple[Any, ...]], rnd: random.Random, *, strict: bool) -> dict[str, bytes]:
    """Name -> content of the files that a disk may hold when these were the last things asked of it."""
    content: dict[int, bytearray] = {}
    waiting: dict[int, list[tuple[Any, ...]]] = {}
    names: dict[str, int] = {}
    unsettled: list[tuple[Any, ...]] = []

    def settle(some: list[tuple[Any, ...]]) -> None:
        for what, name, number in some:
            if what == "gone":
                names.pop(name, None)
            else:
                names[name] = number

    for what, *about in asked:
        if what in ("write", "truncate"):
            waiting.setdefault(about[0], []).append((what, *about[1:]))
        elif what == "flush":
            number, with_folder = about
            for one in waiting.pop(number, []):
                _apply(content.setdefault(number, bytearray()), one)
            if with_folder or not strict:
                settle(unsettled)
                unsettled = []
        elif what == "flush folder":
            settle(unsettled)
            unsettled = []
        else:
            unsettled.append((what, *about))
    settle(
        [one for one in unsettled if rnd.random() < 0.5]
        if strict
        else unsettled[: rnd.randint(0, len(unsettled))]
    )
    for number, changes in waiting.items():
        for one in _survivors(changes, rnd):
            _apply(content.setdefault(number, bytearray()), one)
    return {name: bytes(content.get(number, b"")) for name, number in names.items()}


def _survivors(changes: list[tuple[Any, ...]], rnd: random.Random) -> list[tuple[Any, ...]]:
    """Of the writes that were not flushed those that reached the disk all the same."""
    match rnd.choice(["none", "all", "some", "first", "torn"]):
        case "none":
            return []
        case "all":
            return changes
        case "some":
            return [one for one in changes if rnd.random() < 0.5]
        case "first":
            return changes[: rnd.randint(0, len(changes))]
    kept = changes[: rnd.randint(1, len(changes))]
    what, *about = kept[-1]
    if what == "write" and len(about[1]) > SECTOR:
        sectors = rnd.randint(0, len(about[1]) // SECTOR)
        kept = [*kept[:-1], (what, about[0], about[1][: sectors * SECTOR])]
    return kept


def _apply(content: bytearray, change: tuple[Any, ...]) -> None:
    what, place, *data = change
    if what == "truncate":
        content.extend(bytes(max(0, place - len(content))))
        del content[place:]
        return
    content.extend(bytes(max(0, place - len(content))))
    content[place : place + len(data[0])] = data[0]


def _found(path: Path, known: dict[str, int]) -> tuple[bool, int | None]:
    """Whether SQLite finds the file sound, and which known state it holds."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as conn:
            sound = conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and not conn.execute("PRAGMA foreign_key_check").fetchall()
        return sound, known.get(state(path)) if sound else None
    except sqlite3.DatabaseError:
        return False, None


def _older(found: int | None, stands: int) -> bool:
    return found is None or found < stands


def _with(sql: str, journal: str, synchronous: str) -> str:
    if journal and sql.startswith("PRAGMA journal_mode"):
        return f"PRAGMA journal_mode = {journal}"
    if synchronous and sql.startswith("PRAGMA synchronous"):
        return f"PRAGMA synchronous = {synchronous}"
    return sql


def _name(database: Any, folder: Path) -> str:
    """The name of the file in our folder, or nothing when it is another."""
    path = Path(str(database).removeprefix("file://").partition("?")[0])
    return path.name if path.parent == folder else ""


class _Disk:
    """A folder, and all that is asked of it; a number stands for a file whatever its names are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[Any, ...]] = []
        self.numbers: dict[str, int] = {}
        self.files = 0
        self.vfs = _Watched(self)

    def opened(self, name: str) -> apsw.Connection:
        return apsw.Connection(str(self.folder / name), vfs=self.vfs.named)

    def number(self, name: str) -> int:
        if name not in self.numbers:
            self.files += 1
            self.numbers[name] = self.files
            self.asked.append(("named", name, self.files))
        return self.numbers[name]

    def do(self, line: tuple[Any, ...]) -> None:
        """What the product asked of the folder without SQLite."""
        match line:
            case ("link", old, new):
                os.link(self.folder / old, self.folder / new)
                self.numbers[new] = self.numbers[old]
                self.asked.append(("named", new, self.numbers[new]))
            case ("rename", old, new):
                os.replace(self.folder / old, self.folder / new)
                self.numbers[new] = self.numbers.pop(old)
                self.asked += [("named", new, self.numbers[new]), ("gone", old, 0)]
            case ("unlink", name):
                self.forget(name)
            case ("written", name, content):
                self.whole(name, content)
            case ("flush", name, content):
                self.whole(name, content)
                self.asked.append(("flush", self.number(name), False))
            case ("flush folder",):
                self.asked.append(("flush folder",))

    def whole(self, name: str, content: bytes) -> None:
        """A file that was not made by these statements: written as it was found, when it differs."""
        path = self.folder / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            self.asked += [("truncate", self.number(name), 0), ("write", self.number(name), 0, content)]

    def forget(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
        if self.numbers.pop(name, None):
            self.asked.append(("gone", name, 0))


class _Watched(apsw.VFS):
    """SQLite's own file system, with a log of what it does."""

    def __init__(self, disk: _Disk) -> None:
        self.disk, self.named = disk, f"watched {id(disk)}"
        super().__init__(self.named, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self.disk, name, flags)

    def xDelete(self, path: str, with_folder: bool) -> None:
        super().xDelete(path, with_folder)
        name = os.path.basename(path)
        if self.disk.numbers.pop(name, None):
            self.disk.asked.append(("gone", name, 0))
            if with_folder:
                self.disk.asked.append(("flush folder",))


class _File(apsw.VFSFile):
    """One open file; of a new journal SQLite flushes the folder too, the first time."""

    def __init__(self, disk: _Disk, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.asked = disk.asked if path else []
        self.number = disk.number(os.path.basename(path)) if path else 0
        journal = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_SUPER_JOURNAL
        self.with_folder = bool(flags[0] & apsw.SQLITE_OPEN_CREATE and flags[0] & journal)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self.asked.append(("write", self.number, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self.asked.append(("truncate", self.number, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.asked.append(("flush", self.number, self.with_folder))
        self.with_folder = False
