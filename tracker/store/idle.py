"""Connections that wait for the same file to be used again: opening one costs more than most of its work.

One is used by one unit of work at a time, and only while its file is exactly as it left it: after a write by
another, a restore or a tampering by anybody it is closed and another opened. It holds no transaction and no
lock while it waits. That holds for a rollback journal on POSIX only: in WAL mode, and on Windows, an open
connection stands in the way of who replaces the file, so none waits there.
"""

from __future__ import annotations

import atexit
import os
import sqlite3
from collections import deque
from pathlib import Path
from threading import Lock

Identity = tuple[int, int, int, int, int]

_LIMIT = 8
_lock = Lock()
_waiting: deque[tuple[Path, Identity, sqlite3.Connection]] = deque()


def identity(path: Path) -> Identity | None:
    """Which file this is and as of when it was last written or given to others; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def take(path: Path) -> tuple[Identity, sqlite3.Connection] | None:
    """A waiting connection to this very file, now of whoever asked; None when there is none."""
    now = identity(path)
    with _lock:
        mine = [one for one in _waiting if one[0] == path]
        fitting = [one for one in mine if one[1] == now]
        gone = [one for one in mine if one[1] != now] + fitting[-1:]
        for one in gone:
            _waiting.remove(one)
    for _, left, conn in gone:
        if left != now:
            conn.close()
    return (fitting[-1][1], fitting[-1][2]) if fitting else None


def is_same_file(opened: Identity, now: Identity) -> bool:
    """Whether what stands at a path is the file that was opened there, whatever was written in it since."""
    return opened[:2] == now[:2]


def leave(path: Path, left: Identity, conn: sqlite3.Connection) -> None:
    """Lets a connection wait that left the file as `left` says; the eldest makes room."""
    with _lock:
        _waiting.append((path, left, conn))
        too_many = _waiting.popleft() if len(_waiting) > _LIMIT else None
    if too_many:
        too_many[2].close()


@atexit.register
def close() -> None:
    """Closes all that wait."""
    with _lock:
        every = list(_waiting)
        _waiting.clear()
    for _, _, conn in every:
        conn.close()


def _forget() -> None:
    """A forked process may not touch the connections of its parent, not even to close them."""
    global _lock, _waiting
    _inherited.append(_waiting)
    _lock, _waiting = Lock(), deque()


_inherited: list[deque[tuple[Path, Identity, sqlite3.Connection]]] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
