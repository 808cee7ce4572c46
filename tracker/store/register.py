"""What an administrator and a privacy officer see and do: accounts, settings, the access log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tracker.records import InvalidRecord, Record
from tracker.store import (
    access_log,
    accounts,
    changes,
    heads,
    old_copies,
    reading,
    retention,
    review,
    settings,
    standing_texts,
)
from tracker.store.access_log import Line
from tracker.store.accounts import Account
from tracker.store.connection import connected
from tracker.store.entrance import Entrance
from tracker.store.errors import StoreError
from tracker.store.heads import Head
from tracker.store.retention import Plan
from tracker.store.review import Access
from tracker.store.stamp import stamped
from tracker.store.standing_texts import Notice
from tracker.store.verification import Problem

# Why the texts of one record are taken: somebody asked for it, or they should never have been there.
ERASE_REASONS = ("asked", "personal_data", "mistake")


class Register(Entrance):
    """The administration of one database; each call is one transaction and asks the access rules."""

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        with self._view("manage_access") as db:
            return accounts.all_of(db)

    def set_roles(self, name: str, roles: Iterable[str], *, by: str) -> Account:
        """Gives somebody else these roles, none to keep the account out; counts at once.

        Raises `InvalidRecord` for one's own account, and for the last administrator.
        """
        with self._change(by, "manage_access") as (db, stamp):
            return accounts.set_roles(db, stamp, name, roles)

    def settings(self) -> dict[str, Any]:
        """Name -> value of what the municipality decided."""
        with self._view() as db:
            return settings.decided(db)

    def decide(self, name: str, value: Any, *, by: str) -> None:
        """Sets one setting; raises `InvalidRecord` for what it cannot be."""
        with self._change(by, "manage_settings") as (db, stamp):
            settings.decide(db, stamp, name, value)

    def overrides(self, first: date, last: date) -> dict[tuple[str, str], int]:
        """Kind and reason -> how many findings of the guard were let pass on these Dutch days."""
        with self._view() as db:
            since, before = changes.midnight(first), changes.midnight(last + timedelta(days=1))
            return access_log.overrides(db, since, before)

    def scan_texts(self) -> list[Notice]:
        """Every text that stands and looks like data of a person: where, never what."""
        with self._view("read_history") as db:
            return list(standing_texts.notices(db))

    def decide_all(self, wanted: Mapping[str, Any], *, by: str) -> None:
        """Sets several settings, all of them or, where one cannot be, none."""
        with self._change(by, "manage_settings") as (db, stamp):
            settings.decide_all(db, stamp, wanted)

    def log(self, *, actor: str = "", action: str = "", limit: int, before: int | None = None) -> list[Line]:
        """The newest lines of the access log; who may read only their own lines gets those alone."""
        if not self.may("read_log"):
            with self._view("read_own_log") as db:
                own = self.visitor.account
                return access_log.lines(db, actor=own, action=action, limit=limit, before=before)
        with self._view("read_log") as db:
            return access_log.lines(db, actor=actor, action=action, limit=limit, before=before)

    def years_kept(self) -> dict[str, int]:
        """Name of a setting -> how many years that is kept, as decided or as the product comes."""
        names = (settings.YEARS_OF_TEXT, settings.YEARS_OF_RECORDS, settings.YEARS_OF_LOG)
        with self._view() as db:
            return {name: settings.years(db, name) for name in names}

    def access_report(self, *, by: str) -> list[Access]:
        """Every account with its roles, since when, and what it did in the last year; asking is logged."""
        with self._change(by, "read_log") as (db, stamp):
            access_log.note(db, stamp, "read_log", object="access-report")
            return review.report(db, stamp)

    def over_age(self) -> Plan:
        """What a purge would take today, and what would stay and why."""
        with self._view("purge") as db:
            return retention.plan(db, self._today())

    def old_copies(self) -> dict[Path, tuple[date, bool]]:
        """Copy beside the database -> the day from which a purge removes it, and whether that has come."""
        with self._view("purge"):
            found, today = old_copies.copies(self.path), self._today()
        return {one: (day, day <= today) for one, day in found.items()}

    def purge(self, *, by: str) -> Plan:
        """Takes everything that is over its age: all of it or nothing; then the copies that are too old.

        Raises `Damaged` when not all is sound: what somebody else changed would be told as if it were ours.
        """
        with self._change(by, "purge") as (db, stamp):
            taken = retention.purge(db, stamp, self._steps)
        self._wipe()
        old_copies.remove([one for one, (_, old) in self.old_copies().items() if old])
        return taken

    def erase_text(self, kind: type[Record], record_id: int, *, by: str, reason_code: str) -> None:
        """Takes the free texts of one record, also from its history and from closed evaluations; who and why
        is logged, never what. Raises `UnknownRecord`, and `Damaged` as `purge` does.
        """
        if reason_code not in ERASE_REASONS:
            raise InvalidRecord({"reason_code": "unknown_code"})
        with self._change(by, "purge") as (db, stamp):
            reading.get(db, kind, record_id)
            retention.erase(db, stamp, self._steps, kind, record_id, reason_code)
        self._wipe()

    def head(self, *, restored: bool = False) -> Head:
        """How far history and access log have come, for a file outside the database."""
        with self._view("verify") as db:
            at = stamped(self._now, self._own_name()).at
            return heads.now(db, at, heads.RESTORED if restored else heads.HEAD)

    def beside_heads(self, lines: Iterable[Head | None]) -> list[Problem]:
        """What no longer is as these earlier heads say; [] when nothing was cut off or written anew."""
        with self._view("verify") as db:
            return list(heads.problems(db, lines))

    def _today(self) -> date:
        return stamped(self._now, self._own_name()).today

    def _wipe(self) -> None:
        """Writes the file anew, so that no page of it holds what went. What was freed has been overwritten
        already (`secure_delete`), so with somebody at work in it that can wait for the next purge."""
        with suppress(StoreError), connected(self.path) as db:
            db.conn.execute("VACUUM")
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
