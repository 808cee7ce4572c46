"""A backup put back: verified on a copy, what stood kept beside it, then old or new as a whole.

A database in use is written over in place, in one transaction of SQLite: who waits for it then goes on with
the new content, and a process killed half-way leaves a journal that the next reader rolls back. Moving a file
over it would leave those who wait with the old one, and the journal of one could be taken for the other's.
Only a file that SQLite cannot read any more, so that nobody can be at work in it, is replaced as a file.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from io import FileIO
from pathlib import Path

from tracker.store import files
from tracker.store.connection import connected, writing
from tracker.store.errors import Damaged, StoreError
from tracker.store.places import refuse_network
from tracker.store.schema import STEPS, Step

_COMPANIONS = ("-journal", "-wal")
_ANY_VERSION = 2**32
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_HEADER = 100
_REVISIONS_BEYOND = 10**9  # more than a database is changed between a backup and its return


def restore(
    backup: Path, path: Path, *, now: Callable[[], datetime], steps: tuple[Step, ...] = STEPS
) -> Path | None:
    """Puts the content of `backup` at `path`, upgraded when it is older; where what stood is kept."""
    refuse_network(path)
    files.refuse_foreign(backup, len(steps))
    stands = os.path.lexists(path)
    if stands:
        # A newer one may be there: going back to before an upgrade is what backups are for.
        files.refuse_foreign(path, _ANY_VERSION)
        if path.samefile(backup):
            raise StoreError(backup, "same_file")
    kept = files.dated(path, "before-restore", now()) if stands else None
    with files.beside(path) as draft:
        _copy(backup, draft)
        with files.told_as(backup, damaged="damaged_backup"):
            _make_ready(draft, now, steps)
        if kept:
            _exchange(draft, path, kept)
        elif not files.move_if_free(draft, path):
            raise StoreError(path, "target_exists")
    files.settle(path)
    return kept


def _copy(path: Path, target: Path) -> None:
    """The bytes, with what lies beside them: SQLite never touches the backup itself."""
    shutil.copyfile(path, target)
    for suffix in _COMPANIONS:
        if (companion := path.with_name(path.name + suffix)).exists():
            shutil.copyfile(companion, target.with_name(target.name + suffix))


def _make_ready(draft: Path, now: Callable[[], datetime], steps: tuple[Step, ...]) -> None:
    """Checks the copy, brings it up to date, and lets its revisions begin beyond those of what stood.

    Counted on from the backup they would come by again, and what a running dashboard keeps for such a
    revision of what stood would be shown for another of this.
    """
    files.check(draft, steps)
    with writing(draft, foreign_keys=False) as db:
        files.bring_up_to_date(draft, db, now, steps)
        db.conn.execute("UPDATE revision SET n = n + ?", (_REVISIONS_BEYOND,))
    files.verify(draft, steps)
    with connected(draft) as db:
        db.conn.execute("PRAGMA journal_mode = TRUNCATE")  # all of it in the one file
    files.flush(draft)


def _exchange(draft: Path, path: Path, kept: Path) -> None:
    if os.path.lexists(kept):
        raise StoreError(kept, "target_exists")
    try:
        _write_over(draft, path, kept)
    except Damaged:
        kept.unlink(missing_ok=True)
        _replace(draft, path, kept)
    except (StoreError, OSError):
        kept.unlink(missing_ok=True)
        raise


def _write_over(draft: Path, path: Path, kept: Path) -> None:
    """Keeps what stands, then writes the draft over it; refuses when somebody wrote in between."""
    # Opened first and closed last: closing a file drops the locks that SQLite has on it in this process.
    with path.open("rb", buffering=0) as file:
        with connected(path) as db:
            db.conn.execute("PRAGMA journal_mode = TRUNCATE")
            db.conn.execute("BEGIN IMMEDIATE")
            seen = _head(file)
            _keep(file, kept)

        def watch(status: int, left: int, pages: int) -> None:
            # After the first page the lock is ours, and nothing has reached the file yet.
            first = left == pages - 1
            if status in _BUSY or (first and _head(file) != seen):
                raise StoreError(path, "locked")

        with connected(path) as db, closing(sqlite3.connect(draft)) as new:
            db.conn.execute("PRAGMA journal_mode = TRUNCATE")
            new.backup(db.conn, pages=1, progress=watch)


def _head(file: FileIO) -> bytes:
    """The first bytes, in which SQLite counts every transaction."""
    file.seek(0)
    return file.read(_HEADER)


def _keep(file: FileIO, kept: Path) -> None:
    file.seek(0)
    with files.beside(kept) as copy:
        with copy.open("wb") as target:
            shutil.copyfileobj(file, target)
        files.flush(copy)
        os.replace(copy, kept)
    files.settle(kept)


def _replace(draft: Path, path: Path, kept: Path) -> None:
    """What stood gets a second name, then the draft gets the first: at every moment one of them has it."""
    for suffix in _COMPANIONS:
        if (companion := path.with_name(path.name + suffix)).exists():
            os.replace(companion, kept.with_name(kept.name + suffix))
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
    os.replace(draft, path)
