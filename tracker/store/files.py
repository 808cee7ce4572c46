"""The database as a file: made whole or not at all, refused untouched, backed up before it changes shape."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import starmap, zip_longest
from operator import eq
from pathlib import Path
from secrets import token_hex

from sqlite_utils import Database

from tracker.records import Record
from tracker.store import access_log, guard, schema, terms, verification
from tracker.store.connection import connected, reading, writing
from tracker.store.errors import Damaged, Missing, Newer, NotOurs, StoreError
from tracker.store.places import refuse_network
from tracker.store.schema import STEPS, Step
from tracker.store.stamp import stamped

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_OS_CODES = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
}


@dataclass(frozen=True, kw_only=True)
class About(Record):
    """For which municipality the database is, whether it is the example, and its schema version."""

    municipality: str
    example: bool
    schema: int


def create_file(
    path: Path,
    *,
    now: Callable[[], datetime],
    municipality: str = "",
    example: bool = False,
    steps: tuple[Step, ...] = STEPS,
) -> None:
    """A database at `path`: built under another name and moved into place, or the one already there."""
    refuse_network(path)
    if not os.path.lexists(path):
        about = About(municipality=municipality, example=example, schema=len(steps))
        guard.refuse(stamped(now, "init"), "about", {"municipality": about.municipality})
        with beside(path) as draft:
            with writing(draft, foreign_keys=False) as db:
                bring_up_to_date(draft, db, now, steps)
                db.conn.execute(
                    "INSERT INTO about (id, municipality, example, identity) VALUES (1, ?, ?, ?)",
                    (about.municipality, about.example, token_hex(16)),
                )
            move_if_free(draft, path)
        settle(path)
    open_file(path, now=now, steps=steps)


def open_file(path: Path, *, now: Callable[[], datetime], steps: tuple[Step, ...] = STEPS) -> None:
    """Makes sure `path` holds our database in the shape of `steps`; otherwise raises, the file unchanged."""
    refuse_network(path)
    refuse_foreign(path, len(steps))
    if check(path, steps) < len(steps):
        _upgrade(path, now, steps)


def check(path: Path, steps: tuple[Step, ...]) -> int:
    """The schema version of a sound file; raises `Newer` or `Damaged`, and changes nothing."""
    try:
        with connected(path) as db:
            db.conn.execute("PRAGMA query_only = ON")
            found = schema.version(db)
            if found > len(steps):
                raise Newer(path)
            if db.conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise Damaged(path)
            if found == 0 or schema.fingerprint(db) != schema.expected_fingerprint(steps[:found]):
                raise Damaged(path, "schema_changed")
            return found
    except sqlite3.DatabaseError as error:
        # These statements are right on any sound file.
        raise Damaged(path) from error


def backup(path: Path, target: Path, steps: tuple[Step, ...] = STEPS, *, replace: bool = True) -> None:
    """A copy of the database as it stands at `target`, compared and verified before it gets that name.

    Copied in one go: in small steps a copy starts again at every write, and may never end. Compared within
    the same view, so that what others write meanwhile is in neither.
    With `replace` an older backup of ours at `target` is replaced; anything else there is refused.
    """
    if target.exists():
        if target.samefile(path):
            raise StoreError(target, "same_file")
        if header(target)[0] != schema.APPLICATION_ID or _unfinished(target):
            raise StoreError(target, "target_exists")
        if not replace:
            raise StoreError(target, "backup_exists")
    with beside(target) as draft:
        with reading(path) as db, closing(sqlite3.connect(draft)) as copy:
            schema.version(db)  # the view begins at the first look, not at BEGIN
            db.conn.backup(copy, pages=-1)
            if not all(starmap(eq, zip_longest(db.conn.iterdump(), copy.iterdump()))):
                raise Damaged(path)
        with told_as(path):
            verify(draft, steps)
        flush(draft)
        if replace:
            os.replace(draft, target)
        elif not move_if_free(draft, target):
            raise StoreError(target, "target_exists")
    settle(target)


def verify(path: Path, steps: tuple[Step, ...]) -> None:
    """Everything that should hold in the file holds; raises as `check` does, which is all for an old one."""
    if check(path, steps) == len(steps):
        with reading(path) as db:
            if any(verification.problems(db, steps)):
                raise Damaged(path)


@contextmanager
def told_as(path: Path, *, damaged: str = "") -> Iterator[None]:
    """What is wrong with a draft is said of the file it was made of; `damaged` is the code for damage."""
    try:
        yield
    except Newer as error:
        raise Newer(path) from error
    except Damaged as error:
        raise Damaged(path, damaged or error.code) from error


def refuse_foreign(path: Path, newest: int) -> None:
    """Looks at the bytes alone: opening a strange file with SQLite could already leave something behind."""
    if not path.exists():
        raise Missing(path)
    if not path.is_file():
        raise NotOurs(path, "not_a_file")
    application_id, version = header(path)
    if application_id != schema.APPLICATION_ID:
        raise NotOurs(path, "" if path.stat().st_size else "empty_file")
    # With a journal beside it the number in the file may be that of a write that never finished.
    if version > newest and not _unfinished(path):
        raise Newer(path)


def writable(path: Path) -> bool:
    """Whether the file may be written, and a journal laid beside it."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(one, os.W_OK, effective_ids=effective) for one in (path, path.absolute().parent))


def header(path: Path) -> tuple[int, int]:
    """Application id and schema version in the first bytes; (0, 0) when it is no SQLite file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except OSError as error:
        raise StoreError(path, "cannot_open") from error
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        return 0, 0
    return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")


def _unfinished(path: Path) -> bool:
    """Whether a journal or write-ahead log with something in it lies beside the file."""
    companions = (path.with_name(path.name + suffix) for suffix in ("-journal", "-wal"))
    return any(one.exists() and one.stat().st_size > 0 for one in companions)


def _upgrade(path: Path, now: Callable[[], datetime], steps: tuple[Step, ...]) -> None:
    """Takes the missing steps. The lock comes before the backup, so of two starters one does both."""
    with writing(path, foreign_keys=False) as db:
        found = schema.version(db)
        if found < len(steps):
            backup(path, _backup_name(path, found, now()), steps)
            bring_up_to_date(path, db, now, steps)
            if schema.has_log(db):
                told = {"before": found, "after": len(steps)}
                access_log.note(db, stamped(now, "tracker"), "upgrade", detail=told)


def bring_up_to_date(path: Path, db: Database, now: Callable[[], datetime], steps: tuple[Step, ...]) -> None:
    """Takes the missing steps, and adds the words that came with them.

    A file whose records point at what is not there was damaged before: no step may be blamed for it.
    """
    if db.conn.execute("PRAGMA foreign_key_check").fetchone():
        raise Damaged(path)
    schema.prepare(db, steps)
    terms.seed(db, stamped(now, "tracker"))


def _backup_name(path: Path, version: int, moment: datetime) -> Path:
    return dated(path, f"v{version}", moment)


def dated(path: Path, what: str, moment: datetime) -> Path:
    """A name beside `path` that says what a copy is and of when, as tracker.v3-20260701T120000Z.db."""
    return path.with_name(f"{path.stem}.{what}-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty file beside `path` that only its owner may read; gone afterwards unless renamed."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield draft
        finally:
            for suffix in ("", "-journal", "-wal", "-shm"):
                draft.with_name(draft.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(path, _OS_CODES.get(error.errno or 0, "cannot_open")) from error


def move_if_free(draft: Path, path: Path) -> bool:
    """Gives the draft its name, unless something has it: of two that create at once the first wins."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:
        # A file system without links; there two that start in the same instant are not told apart.
        if os.path.lexists(path):
            return False
        os.rename(draft, path)
    return True


def flush(path: Path) -> None:
    """Waits until the content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle(path: Path) -> None:
    """A new name survives a power cut only when its folder has been written too."""
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
