"""What the store can refuse, as one tree of exceptions that carry codes and never sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tracker.records import InvalidRecord


class StoreError(Exception):
    """The store could not do it; `code` says why and `path` which file."""

    default_code = "store"

    def __init__(self, path: Path | None = None, code: str = "") -> None:
        self.code = code or self.default_code
        self.path = path
        super().__init__(f"{self.code}: {path}" if path else self.code)


class Missing(StoreError):
    """There is no file at the path."""

    default_code = "missing"


class NotOurs(StoreError):
    """What is at the path was not made by this product."""

    default_code = "not_ours"


class Newer(StoreError):
    """A later version of the product wrote the file."""

    default_code = "newer"


class Damaged(StoreError):
    """The file is ours, but it no longer is what we wrote."""

    default_code = "damaged"


class UnknownRecord(StoreError):
    """There is no record with this id, or no term with this code."""

    default_code = "unknown_record"


class InUse(StoreError):
    """The term cannot go: records use it, or the product itself does."""

    default_code = "in_use"


class Denied(StoreError):
    """The access rules do not let this visitor do `action`; the attempt stands in the access log."""

    default_code = "denied"

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action


class SignedOut(StoreError):
    """The sign-in no longer counts: too long ago, signed out, or of an account that is not known."""

    default_code = "signed_out"


class WrongCode(StoreError):
    """The code gives no reply to a self-scan: it never did, it was used, or the round is closed."""

    default_code = "wrong_code"


class Conflict(StoreError):
    """Somebody changed it after you read it.

    `theirs` is what stands now (`Stored`, or `Term`), `mine` what was offered (None for a
    withdrawal or restore), `change` the last entry of its history (None for a term).
    """

    default_code = "conflict"

    def __init__(self, theirs: Any, mine: Any, change: Any = None) -> None:
        super().__init__()
        self.theirs = theirs
        self.mine = mine
        self.change = change


class InvalidBatch(InvalidRecord):
    """Some records of a batch break their rules; none was stored.

    `rows` maps each place in the list (from 0) to its problems; `problems` are those of the first.
    """

    def __init__(self, rows: dict[int, dict[str, str]]) -> None:
        super().__init__(rows[min(rows)])
        self.rows = rows
