"""What an administrator and a privacy officer see and do: accounts, settings, the access log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tracker.store import access_log, accounts, changes, settings, standing_texts
from tracker.store.access_log import Line
from tracker.store.accounts import Account
from tracker.store.entrance import Entrance
from tracker.store.standing_texts import Notice


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

    def log(self, *, actor: str = "", action: str = "", limit: int, before: int | None = None) -> list[Line]:
        """The newest lines of the access log; who may read only their own lines gets those alone."""
        if not self.may("read_log"):
            with self._view("read_own_log") as db:
                own = self.visitor.account
                return access_log.lines(db, actor=own, action=action, limit=limit, before=before)
        with self._view("read_log") as db:
            return access_log.lines(db, actor=actor, action=action, limit=limit, before=before)
