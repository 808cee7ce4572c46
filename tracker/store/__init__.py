"""Records in, records and counts out: one SQLite file that never loses or silently changes an entry.

`create` and `open` give a `Store`; every call on it is one transaction on a connection of its own.
Nothing here asks the clock: `now` is a callable that returns an aware datetime.

What can go wrong carries a code, and `words` makes the sentence:

    StoreError            code: locked, read_only, full, io, cannot_open, target_exists,
    │                     backup_exists, same_file, network_disk
    ├── Missing           missing: there is no file
    ├── NotOurs           not_ours, empty_file, not_a_file: refused, not one byte changed
    ├── Newer             newer: written by a later version of the product; refused likewise
    ├── Damaged           damaged, schema_changed, broken_record, damaged_backup
    ├── UnknownRecord     unknown_record: no such id or code
    ├── Conflict          conflict: somebody else was first; `.theirs` stands, `.mine` was offered
    ├── Denied            denied: the access rules do not let this visitor do it; it is logged
    ├── SignedOut         signed_out: the sign-in no longer counts
    ├── WrongCode         wrong_code: a code of the self-scan that opens nothing, for whatever reason
    └── InUse             in_use: records still use the code, or the product itself does
    InvalidRecord         (of tracker.records) what the user gave breaks a rule, field -> code
    └── InvalidBatch      the same for many records: `.rows` maps each place in the list to its problems
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tracker.store import files, restoring
from tracker.store.access_log import Line
from tracker.store.accounts import Account
from tracker.store.batch_corrections import Correction
from tracker.store.batches import Import, Undone
from tracker.store.changes import Asked, Bulk
from tracker.store.entrance import FACTS, LOCAL, Visitor
from tracker.store.errors import (
    Conflict,
    Damaged,
    Denied,
    InUse,
    InvalidBatch,
    Missing,
    Newer,
    NotOurs,
    SignedOut,
    StoreError,
    UnknownRecord,
    WrongCode,
)
from tracker.store.files import About, writable
from tracker.store.going import Held
from tracker.store.guard import text_fields
from tracker.store.heads import Head
from tracker.store.national import NationalEvent, national_events, threat_levels
from tracker.store.register import ERASE_REASONS, Register
from tracker.store.retention import Plan
from tracker.store.review import Access
from tracker.store.rows import TYPES as KINDS
from tracker.store.rows import Change, Stored
from tracker.store.scan import MOST_CODES as MOST_SCAN_CODES
from tracker.store.schema import VOCABULARY_TABLES as VOCABULARIES
from tracker.store.standing_texts import Notice
from tracker.store.store import Store
from tracker.store.terms import Term
from tracker.store.verification import Problem

__all__ = [
    "ERASE_REASONS",
    "FACTS",
    "KINDS",
    "LOCAL",
    "MOST_SCAN_CODES",
    "VOCABULARIES",
    "About",
    "Access",
    "Account",
    "Asked",
    "Bulk",
    "Change",
    "Conflict",
    "Correction",
    "Damaged",
    "Denied",
    "Head",
    "Held",
    "Import",
    "InUse",
    "InvalidBatch",
    "Line",
    "Missing",
    "NationalEvent",
    "Newer",
    "NotOurs",
    "Notice",
    "Plan",
    "Problem",
    "Register",
    "SignedOut",
    "Store",
    "StoreError",
    "Stored",
    "Term",
    "Undone",
    "UnknownRecord",
    "Visitor",
    "WrongCode",
    "create",
    "national_events",
    "open",
    "restore",
    "text_fields",
    "threat_levels",
    "writable",
]


def create(
    path: Path | str, *, now: Callable[[], datetime], municipality: str = "", example: bool = False
) -> Store:
    """The store at `path`, made with the default vocabularies when no file is there.

    An existing file of ours is opened as `open` does (its own municipality stays);
    anything else raises a `StoreError` and is left untouched. A municipality's name that breaks
    the rules of texts raises `InvalidRecord`.
    """
    place = Path(path)
    files.create_file(place, now=now, municipality=municipality, example=example)
    return Store(place, now=now)


def open(path: Path | str, *, now: Callable[[], datetime]) -> Store:
    """The store in the existing file `path`, upgraded when it is older (with a checked backup beside it).

    Raises `Missing`, `NotOurs`, `Newer` or `Damaged` without changing one byte.
    """
    place = Path(path)
    files.open_file(place, now=now)
    return Store(place, now=now)


def restore(backup: Path | str, path: Path | str, *, now: Callable[[], datetime]) -> Path | None:
    """Puts the content of `backup` at `path`; where what stood there is kept, None when nothing did.

    The backup is verified first and never written to. Raises a `StoreError` (`locked` while somebody
    writes at `path`), and then what stood is there unchanged.
    """
    return restoring.restore(Path(backup), Path(path), now=now)
