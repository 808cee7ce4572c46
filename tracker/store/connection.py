"""A connection per unit of work: set up the safe way, rolled back and out of reach at the end.

One connection shared by sessions mixes their transactions and loses entries, so none is used by two `with`
blocks at once; one whose work is done may wait for the next (`idle`). A write takes the write lock at once
(BEGIN IMMEDIATE): a transaction that reads first and asks for the lock later fails under load whatever the
timeout.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from tracker.store import idle
from tracker.store.errors import Damaged, Missing, StoreError

# Before 3.51.3 two connections that write and checkpoint at once could corrupt a WAL database.
JOURNAL = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
PATIENCE_SECONDS = 10
MAY_WAIT = JOURNAL == "TRUNCATE" and os.name == "posix"
SETTINGS = ("synchronous = FULL", "trusted_schema = OFF", "secure_delete = ON", "recursive_triggers = ON")

_CODES = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "io",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
}


@contextmanager
def reading(path: Path, *, again: bool = False) -> Iterator[Database]:
    """One consistent view of the database, on which nothing can be written.

    `again`, here and in `writing`: on a connection that may have waited for this, and will wait for the next.

    Opened `mode=rw` and then `query_only`: a read-only file handle could not roll back what a killed
    process left half done, and every page would fail until somebody happened to write.
    """
    with _lent(path, again=again) as conn:
        conn.execute("PRAGMA query_only = ON")
        conn.execute("BEGIN")
        yield Database(conn, execute_plugins=False)
        conn.rollback()


@contextmanager
def writing(path: Path, *, foreign_keys: bool = True, again: bool = False) -> Iterator[Database]:
    """One transaction: stored as a whole when the block ends, not at all when it raises."""
    with _lent(path, again=again) as conn:
        conn.execute("PRAGMA query_only = OFF")
        conn.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        conn.execute(f"PRAGMA journal_mode = {JOURNAL}")
        conn.execute("BEGIN IMMEDIATE")
        yield Database(conn, execute_plugins=False)
        conn.execute("COMMIT")


@contextmanager
def _lent(path: Path, *, again: bool) -> Iterator[sqlite3.Connection]:
    """A connection to an existing file; when its work is done it waits for the next, or is closed. SQLite's
    errors become codes."""
    path, again = path.absolute(), again and MAY_WAIT
    with _as_store_errors(path):
        found = idle.take(path) if again else None
        opened, conn = found or (idle.identity(path), _open(path))
        try:
            yield conn
        except BaseException:
            conn.close()  # which rolls back what was under way
            raise
        left = idle.identity(path) if again else None
        if opened and left and idle.is_same_file(opened, left):
            idle.leave(path, left, conn)
        else:
            conn.close()


@contextmanager
def connected(path: Path) -> Iterator[Database]:
    """A connection to an existing file, rolled back and closed at the end."""
    with _lent(path, again=False) as conn:
        yield Database(conn, execute_plugins=False)
        conn.rollback()


def _open(path: Path) -> sqlite3.Connection:
    # `mode=rw` never makes a file: a typing error in a path is not a new, empty database.
    conn = sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=PATIENCE_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for setting in SETTINGS:
            conn.execute(f"PRAGMA {setting}")
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def _as_store_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        told = _as_store_error(path, error)
        if told is None:
            raise
        raise told from error
    except UnicodeDecodeError as error:  # a message of SQLite that quotes what no longer is text
        raise Damaged(path) from error


def _as_store_error(path: Path, error: sqlite3.DatabaseError) -> StoreError | None:
    """The code for trouble with the file; None for a mistake in our own SQL, which must surface."""
    # Text that is not UTF-8 is found by Python, not by SQLite, and is the one such error without a number.
    if isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode"):
        return Damaged(path)
    number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if number in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(path)
    if number == sqlite3.SQLITE_CANTOPEN and not path.exists():
        return Missing(path)
    return StoreError(path, _CODES[number]) if number in _CODES else None
