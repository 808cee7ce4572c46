"""The copies beside a database that the product made itself, and those that are too old to stay."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tracker.analysis import policy
from tracker.records import DUTCH_TIME
from tracker.store.errors import StoreError
from tracker.store.files import header, settle
from tracker.store.schema import APPLICATION_ID

_COMPANIONS = ("-journal", "-wal", "-shm")


def copies(path: Path) -> dict[Path, date]:
    """Copy -> the day on which it is too old: of an upgrade, of a restore, or of the timer, by its name.

    Only what bears such a name and is a database of ours: any other file is somebody's own.
    """
    name = re.compile(
        rf"{re.escape(path.stem)}(?:\.v\d+|\.before-restore)?-(\d{{8}}T\d{{6}})Z{re.escape(path.suffix)}"
    )
    found, days = {}, timedelta(days=int(policy.value("backup_days")))
    for one in sorted(path.parent.iterdir()):
        fits = name.fullmatch(one.name)
        if fits and one.is_file() and not one.is_symlink() and _is_ours(one):
            with suppress(ValueError):  # a name that says no moment is not of our making
                made = datetime.strptime(fits[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                found[one] = made.astimezone(DUTCH_TIME).date() + days
    return found


def remove(old: list[Path]) -> None:
    """Takes these away, with what SQLite may have left beside them."""
    for one in old:
        for suffix in ("", *_COMPANIONS):
            one.with_name(one.name + suffix).unlink(missing_ok=True)
    if old:
        settle(old[0])


def _is_ours(path: Path) -> bool:
    try:
        return header(path)[0] == APPLICATION_ID
    except StoreError:  # not ours to read is not ours to take away
        return False
