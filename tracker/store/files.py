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
from pathlib import Path
from secrets import token_hex

from tracker.records import Record
from tracker.store import schema, terms
from tracker.store.connection import connected, writing
from tracker.store.errors import Damaged, Missing, Newer, NotOurs, StoreError
from tracker.store.schema import STEPS, Step
from tracker.store.writing import stamped

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
    if not os.path.lexists(path):
        about = About(municipality=municipality, example=example, schema=len(steps))
        with _beside(path) as draft:
            with writing(draft, foreign_keys=False) as db:
                schema.prepare(db, steps)
                terms.seed(db, stamped(now, "tracker"))
                db.conn.execute(
                    "INSERT INTO about (id, municipality, example, identity) VALUES (1, ?, ?, ?)",
                    (about.municipality, about.example, token_hex(16)),
                )
            _move_if_free(draft, path)
        _settle(path)
    open_file(path, now=now, steps=steps)


def open_file(path: Path, *, now: Callable[[], datetime], steps: tuple[Step, ...] = STEPS) -> None:
    """Makes sure `path` holds our database in the shape of `steps`; otherwise raises, the file unchanged."""
    _refuse_foreign(path, len(steps))
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


def backup(path: Path, target: Path, steps: tuple[Step, ...] = STEPS) -> None:
    """A copy of the database as it stands at `target`, checked before it gets that name.

    Copied in one go: in small steps a copy starts again at every write, and may never end.
    An older backup of ours at `target` is replaced; anything else there is refused.
    """
    if target.exists():
        if target.samefile(path):
            raise StoreError(target, "same_file")
        if _header(target)[0] != schema.APPLICATION_ID or _unfinished(target):
            raise StoreError(target, "target_exists")
    with _beside(target) as draft:
        with connected(path) as db, closing(sqlite3.connect(draft)) as copy:
            db.conn.backup(copy, pages=-1)
        check(draft, steps)
        _flush(draft)
        os.replace(draft, target)
    _settle(target)


def _refuse_foreign(path: Path, newest: int) -> None:
    """Looks at the bytes alone: opening a strange file with SQLite could already leave something behind."""
    if not path.exists():
        raise Missing(path)
    if not path.is_file():
        raise NotOurs(path, "not_a_file")
    application_id, version = _header(path)
    if application_id != schema.APPLICATION_ID:
        raise NotOurs(path, "" if path.stat().st_size else "empty_file")
    # With a journal beside it the number in the file may be that of a write that never finished.
    if version > newest and not _unfinished(path):
        raise Newer(path)


def _header(path: Path) -> tuple[int, int]:
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
            schema.prepare(db, steps)
            terms.seed(db, stamped(now, "tracker"))


def _backup_name(path: Path, version: int, moment: datetime) -> Path:
    return path.with_name(f"{path.stem}.v{version}-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
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


def _move_if_free(draft: Path, path: Path) -> None:
    """Of two that create at once the first wins; the other leaves its draft and opens what the first made."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without links; there two that start in the same instant are not told apart.
        if not os.path.lexists(path):
            os.rename(draft, path)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _settle(path: Path) -> None:
    """A new name survives a power cut only when its folder has been written too."""
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
