"""Who may sign in as what, inside the caller's transaction.

Roles follow the identity provider at each sign-in until an administrator sets them here; then that holds.
A database in which nobody ever signed in belongs to the one who sits at the machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from tracker.access import ADMINISTRATOR, ROLES, as_text
from tracker.records import InvalidRecord
from tracker.store import access_log
from tracker.store.rows import moment
from tracker.store.stamp import Stamp

BY_SIGN_IN, BY_ADMINISTRATOR = "sign_in", "administrator"
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account: its roles now, who set them, and the moment before which its sign-ins no longer count."""

    name: str
    roles: frozenset[str]
    set_by: str
    valid_from: datetime | None


def any_known(db: Database) -> bool:
    """Whether anybody ever signed in."""
    return db.conn.execute("SELECT 1 FROM account LIMIT 1").fetchone() is not None


def find(db: Database, name: str) -> Account | None:
    """The account with this name."""
    row = db.conn.execute(
        "SELECT name, roles, set_by, valid_from FROM account WHERE name = ?", (name,)
    ).fetchone()
    return _account(*row) if row else None


def all_of(db: Database) -> list[Account]:
    """Every account, by name."""
    rows = db.conn.execute("SELECT name, roles, set_by, valid_from FROM account ORDER BY name").fetchall()
    return [_account(*row) for row in rows]


def sign_in(db: Database, stamp: Stamp, roles: Iterable[str]) -> Account:
    """Enters that somebody signed in, with the roles the identity provider gives."""
    given, known = frozenset(roles), find(db, stamp.by)
    if known is None or (known.set_by == BY_SIGN_IN and known.roles != given):
        _put(db, stamp.by, given, BY_SIGN_IN)
        detail = {"before": as_text(known.roles) if known else "", "after": as_text(given)}
        access_log.note(db, stamp, "roles_from_sign_in", object=stamp.by, detail=detail)
    account = find(db, stamp.by)
    assert account, "it was just put there"
    result = access_log.OK if given and account.roles else access_log.DENIED
    access_log.note(db, stamp, "sign_in", result=result, detail={"roles": as_text(account.roles)})
    return account


def sign_out(db: Database, stamp: Stamp) -> None:
    """From now on no earlier sign-in of this account counts, in whichever tab or browser it is."""
    db.conn.execute("UPDATE account SET valid_from = ? WHERE name = ?", (stamp.at, stamp.by))
    access_log.note(db, stamp, "sign_out")


def set_roles(db: Database, stamp: Stamp, name: str, roles: Iterable[str]) -> Account:
    """Sets the roles of somebody else, none to keep an account out; counts at once.

    Raises `InvalidRecord`: own_roles for one's own account, last_administrator when nobody else would be
    left who can do this.
    """
    given, known = frozenset(roles), find(db, name)
    assert given <= set(ROLES), given
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidRecord({"name": "required" if not name else "too_long"})
    if name == stamp.by:
        raise InvalidRecord({"roles": "own_roles"})
    others = [one for one in all_of(db) if one.name != name and ADMINISTRATOR in one.roles]
    before = known.roles if known else frozenset()
    if ADMINISTRATOR in before - given and not others:
        raise InvalidRecord({"roles": "last_administrator"})
    _put(db, name, given, BY_ADMINISTRATOR)
    detail = {"before": as_text(before), "after": as_text(given)}
    access_log.note(db, stamp, "manage_access", object=name, detail=detail)
    found = find(db, name)
    assert found, "it was just put there"
    return found


def _put(db: Database, name: str, roles: frozenset[str], set_by: str) -> None:
    db.conn.execute(
        "INSERT INTO account (name, roles, set_by, valid_from) VALUES (?, ?, ?, '') "
        "ON CONFLICT (name) DO UPDATE SET roles = excluded.roles, set_by = excluded.set_by",
        (name, as_text(roles), set_by),
    )


def _account(name: str, roles: str, set_by: str, valid_from: str) -> Account:
    return Account(
        name=name,
        roles=frozenset(roles.split()),
        set_by=set_by,
        valid_from=moment(valid_from) if valid_from else None,
    )
