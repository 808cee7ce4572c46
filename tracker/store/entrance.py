"""The one way into a database: who stands at the door, what they may do there, and what is told of a refusal.

Every view and every change of the store begins here, so no page, fragment, message or command gets past it.
Roles and sign-ins are read in the same transaction as the rest: what an administrator took away a second ago
is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from sqlite_utils import Database

from tracker.access import COMMAND, HOURS_SIGNED_IN, LOGGED, MANAGEMENT, ROLES, Actor, allowed, as_text
from tracker.privacy import Looked
from tracker.records import Activity, Incident
from tracker.store import access_log, accounts, settings
from tracker.store.connection import reading, writing
from tracker.store.errors import Denied, SignedOut, StoreError
from tracker.store.rows import Change, Stored
from tracker.store.schema import STEPS, Step
from tracker.store.stamp import Stamp, stamped


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """For whom a store works.

    `account` is who signed in and `since` when, with the `roles` that the identity provider gave; without an
    account it is whoever sits at the machine, or with `command` whoever runs a command on it, or with `facts`
    the dashboard itself, which reads once what it keeps for every visitor it let in.
    """

    account: str = ""
    since: datetime | None = None
    roles: frozenset[str] = frozenset()
    command: bool = False
    facts: bool = False
    origin: str = "page"


LOCAL = Visitor()
FACTS = Visitor(facts=True)
T = TypeVar("T")


class Entrance:
    """A database and for whom it is opened; safe to share between threads, for it holds no connection."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        visitor: Visitor = LOCAL,
        steps: tuple[Step, ...] = STEPS,
    ) -> None:
        self.path = path
        self.visitor = visitor
        self._now = now
        self._steps = steps

    def on_behalf_of(self, visitor: Visitor) -> Self:
        """The same database for somebody else."""
        return type(self)(self.path, now=self._now, visitor=visitor, steps=self._steps)

    def require(
        self, action: str, *, by: str = "", object: str = "", detail: Mapping[str, Any] | None = None
    ) -> None:
        """Lets pass, and logs, what `by` is about to do outside the store, as an export; raises `Denied`."""
        with self._view(action):
            pass
        if action in LOGGED:
            # A disk that is full here is a reason to take data elsewhere.
            with _also_when_nothing_fits(), self._change(by or self._own_name(), action) as (db, stamp):
                access_log.note(db, stamp, action, object=object, detail=detail)

    def sign_in(self) -> None:
        """Enters that this visitor signed in, with the roles that the identity provider gave."""
        with writing(self.path, again=True) as db:
            roles = self.visitor.roles & set(ROLES)
            stamp = stamped(self._now, self.visitor.account, origin=self.visitor.origin)
            accounts.sign_in(db, stamp, roles)

    def sign_out(self) -> None:
        """Ends every sign-in of this visitor's account until now, in whichever tab or browser."""
        with writing(self.path, again=True) as db:
            stamp = stamped(self._now, self.visitor.account, origin=self.visitor.origin)
            accounts.sign_out(db, stamp)

    def may(self, action: str) -> bool:
        """Whether this visitor may do it now: for what a page shows. A refusal is not logged."""
        with reading(self.path, again=True) as db:
            try:
                return allowed(self._actor(db, self.visitor.account).roles, action)
            except SignedOut:
                return False

    @contextmanager
    def _view(self, action: str = "view") -> Iterator[Database]:
        """One consistent view of the database for who may have it."""
        # Who looks for damage looks at the file itself, not at what an earlier view remembers of it.
        view = reading(self.path, again=action != "verify")
        with self._refusals_logged(self.visitor.account, action), view as db:
            self._admit(db, self.visitor.account, action)
            yield db

    @contextmanager
    def _change(self, by: str, action: str, looked: Looked = ()) -> Iterator[tuple[Database, Stamp]]:
        """A transaction and its stamp; the clock is read with the lock held, so entries follow it.

        What the guard found and `looked` let pass is counted in the access log, in the same transaction.
        """
        with (
            self._refusals_logged(by, "override" if looked else action),
            writing(self.path, again=True) as db,
        ):
            actor = self._admit(db, by, action)
            if looked and not allowed(actor.roles, "override"):
                raise Denied("override")
            stamp = stamped(self._now, actor.name, role=actor.role, origin=actor.origin, looked=looked)
            yield db, stamp
            for (where, field, kind, why), number in Counter(stamp.overridden).items():
                detail = {"field": field, "kind": kind, "why": why, "number": number}
                access_log.note(db, stamp, "override", object=where, detail=detail)

    @contextmanager
    def _unsigned(self, action: str) -> Iterator[Database]:
        """A transaction of which nobody is to know who made it, and when."""
        own = self.visitor.account
        with self._refusals_logged(own, action), writing(self.path, again=True) as db:
            self._admit(db, own, action)
            yield db

    def _admit(self, db: Database, by: str, action: str) -> Actor:
        actor = self._actor(db, by)
        if not allowed(actor.roles, action):
            raise Denied(action)
        return actor

    def _actor(self, db: Database, by: str) -> Actor:
        """Who this is now, or raises `SignedOut`. Nobody can act in the name of another account."""
        visitor = self.visitor
        if not visitor.account:
            return Actor(name=by, roles=self._roles_of_nobody(db), origin=visitor.origin)
        account = accounts.find(db, visitor.account)
        if account is None or visitor.since is None or by != visitor.account:
            raise SignedOut()
        if self._now() - visitor.since >= timedelta(hours=HOURS_SIGNED_IN):
            raise SignedOut()
        if account.valid_from and visitor.since <= account.valid_from:
            raise SignedOut()
        # Who lost every group has no access, whatever was set here.
        roles = account.roles if visitor.roles & set(ROLES) else frozenset[str]()
        return Actor(name=account.name, roles=roles, origin=visitor.origin)

    def _roles_of_nobody(self, db: Database) -> frozenset[str]:
        """Without an account: where people sign in, whoever sits at the machine may do nothing."""
        if self.visitor.command:
            return frozenset({COMMAND})
        if self.visitor.facts:
            return frozenset({MANAGEMENT})
        return frozenset() if accounts.any_known(db) else frozenset(ROLES)

    @contextmanager
    def _refusals_logged(self, by: str, action: str) -> Iterator[None]:
        """A refusal stands in the log although nothing else of the transaction stays."""
        try:
            yield
        except (Denied, SignedOut) as refused:
            with _also_when_nothing_fits(), writing(self.path, again=True) as db:
                role = self._role(db)
                stamp = stamped(self._now, by or self._own_name(), role=role, origin=self.visitor.origin)
                access_log.note(db, stamp, action, result=access_log.DENIED, detail={"code": refused.code})
            raise

    def _role(self, db: Database) -> str:
        account = accounts.find(db, self.visitor.account)
        return as_text(account.roles) if account else ""

    def _own_name(self) -> str:
        """Under which name this visitor does what has no name of its own."""
        return self.visitor.account or self.visitor.origin

    def _shown(self, db: Database, found: T) -> T:
        """What was found, without notes for who may not read those."""
        roles = self._actor(db, self.visitor.account).roles
        free = allowed(roles, "read_notes") or settings.shows_notes(db, roles)
        return found if free else cast(T, _hidden(found))


@contextmanager
def _also_when_nothing_fits() -> Iterator[None]:
    """A line of the log that the disk has no room for changes nothing of what was allowed or refused."""
    try:
        yield
    except StoreError as error:
        if error.code not in ("full", "read_only", "io"):
            raise


def _hidden(found: Any) -> Any:
    if isinstance(found, list):
        return [_hidden(one) for one in found]
    if isinstance(found, Stored):
        return replace(found, record=_without_note(found.record))
    if isinstance(found, Change):
        return replace(found, before=_without_note(found.before), after=_without_note(found.after))
    return found


def _without_note(record: Any) -> Any:
    """The record without its note. What was noted at an evaluation is for all who are there."""
    return replace(record, note="") if isinstance(record, Incident | Activity) else record
