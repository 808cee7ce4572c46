"""Who may do what since when, and what they did with it: the yearly look at the rights (BIO2 5.18.02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from tracker.analysis import policy
from tracker.store import accounts
from tracker.store.rows import moment
from tracker.store.stamp import Stamp

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Access:
    """One account: its roles, since when and by whom, its last sign-in, and counts of the last year.

    None for a moment that the access log does not tell any more. `idle`: it has a role and did not sign in
    for as long as the policy allows.
    """

    name: str
    roles: frozenset[str]
    since: datetime | None
    set_by: str
    last_sign_in: datetime | None
    refusals: int
    exports: int
    idle: bool


def report(db: Database, stamp: Stamp) -> list[Access]:
    """Every account, by name."""
    today = moment(stamp.at)
    return [_access(db, one, today) for one in accounts.all_of(db)]


def _access(db: Database, account: accounts.Account, today: datetime) -> Access:
    set_at, set_by = db.conn.execute(
        "SELECT at, actor FROM access_log WHERE object = ? AND result = 'ok' "
        "AND action IN ('manage_access', 'roles_from_sign_in') ORDER BY seq DESC LIMIT 1",
        (account.name,),
    ).fetchone() or (None, "")
    (signed_in,) = db.conn.execute(
        "SELECT max(at) FROM access_log WHERE actor = ? AND action = 'sign_in' AND result = 'ok'",
        (account.name,),
    ).fetchone()
    refusals, exports = db.conn.execute(
        "SELECT count(*) FILTER (WHERE result = 'denied'), "
        "count(*) FILTER (WHERE result = 'ok' AND action IN ('export_rows', 'export_report')) "
        "FROM access_log WHERE actor = ? AND at >= ?",
        (account.name, _written(today - YEAR)),
    ).fetchone()
    last = moment(signed_in) if signed_in else None
    patience = timedelta(days=policy.value("idle_account_days"))
    return Access(
        name=account.name,
        roles=account.roles,
        since=moment(set_at) if set_at else None,
        set_by=set_by if account.set_by == accounts.BY_ADMINISTRATOR else "",
        last_sign_in=last,
        refusals=refusals,
        exports=exports,
        idle=bool(account.roles) and (last is None or today - last > patience),
    )


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
