"""Who is at the page: whoever sits at the machine, or who signed in, and since when."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any

import streamlit as st

from tracker.access import HOURS_SIGNED_IN, roles_of
from tracker.pages.around.signing_in import NOT_AT_ALL, PROXY, USER_HEADER, allow_list, how
from tracker.records import DUTCH_TIME
from tracker.store import LOCAL, Visitor

ROLES_HEADER = "X-Tracker-Roles"
_WARN_BEFORE = timedelta(minutes=30)


def current() -> Visitor | None:
    """Who is looking now; None when they have to sign in first.

    Read anew at every call: a fragment runs without the main script, and a session that somebody else goes
    on with must not keep the name it began with.
    """
    if how() == NOT_AT_ALL:
        return LOCAL
    found = _of_proxy() if how() == PROXY else _of_provider()
    if found is not None and st.session_state.setdefault("account", found.account) != found.account:
        st.session_state.clear()  # what somebody else typed here is not for this one
        st.session_state["account"] = found.account
    return found


def name() -> str:
    """Under which name the history knows who is looking."""
    found = current()
    if found is None:
        return "nobody"
    return found.account or getpass.getuser()


def ends_soon(now: datetime) -> datetime | None:
    """The Dutch time at which the sign-in ends, when that is within half an hour."""
    found = current()
    if found is None or found.since is None:
        return None
    end = found.since + timedelta(hours=HOURS_SIGNED_IN)
    return end.astimezone(DUTCH_TIME) if end - now <= _WARN_BEFORE else None


def _of_provider() -> Visitor | None:
    if not st.user.is_logged_in:
        return None
    told: dict[str, Any] = st.user.to_dict()
    account = next((str(told[one]) for one in _name_claims() if told.get(one)), "")
    if not account:
        return None
    given = told.get(os.environ.get("TRACKER_ROLES_CLAIM", "roles")) or ()
    claims = [given] if isinstance(given, str) else [str(one) for one in given]
    since = datetime.fromtimestamp(int(told.get("iat") or 0), UTC)
    return Visitor(
        account=account,
        since=since,
        roles=roles_of(claims, allow_list()),
        origin=f"page {_address()}".strip(),
    )


def _name_claims() -> list[str]:
    return [os.environ.get("TRACKER_NAME_CLAIM", "email"), "preferred_username", "sub"]


def _of_proxy() -> Visitor | None:
    """The front door has seen the secret: nobody but the proxy can have sent these headers."""
    headers = st.context.headers
    account = headers.get(USER_HEADER) or ""
    if not account:
        return None
    claims = [one.strip() for one in (headers.get(ROLES_HEADER) or "").split(",")]
    since = st.session_state.setdefault("since", datetime.now(UTC))
    return Visitor(
        account=account,
        since=since,
        roles=roles_of(claims, allow_list()),
        origin=f"page {_address()}".strip(),
    )


def _address() -> str:
    """The visitor's address: behind a proxy on this machine the one that the proxy tells."""
    near = st.context.ip_address or ""
    told = (st.context.headers.get("X-Forwarded-For") or "").rpartition(",")[2].strip()
    try:
        return str(ip_address(told if told and (not near or ip_address(near).is_loopback) else near))
    except ValueError:
        return ""
