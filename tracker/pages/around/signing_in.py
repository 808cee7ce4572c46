"""How people sign in here, as the surroundings of the program say.

`TRACKER_SIGN_IN` says how: not at all (the dashboard answers on this machine only then), `oidc` (Streamlit's
own sign-in with the identity provider in `.streamlit/secrets.toml`), or `proxy` (a proxy signs people in and
names them in headers, with a secret that only it knows). `TRACKER_ROLES` lists which of the provider's roles
is which of ours.
"""

from __future__ import annotations

import os

from tracker.access import ROLES

HOW, WHICH_ROLES = "TRACKER_SIGN_IN", "TRACKER_ROLES"
NOT_AT_ALL, OIDC, PROXY = "", "oidc", "proxy"
USER_HEADER = "X-Tracker-User"


def how() -> str:
    """How people sign in here: not at all (""), `oidc` or `proxy`; raises `ValueError` for anything else."""
    chosen = os.environ.get(HOW, NOT_AT_ALL)
    if chosen not in (NOT_AT_ALL, OIDC, PROXY):
        raise ValueError(f"{HOW} is {chosen!r}; it is empty, {OIDC} or {PROXY}")
    return chosen


def allow_list() -> dict[str, str]:
    """The provider's name of a role -> ours, from `TRACKER_ROLES`: `name=coordinator,other=management`."""
    pairs = [pair.partition("=") for pair in os.environ.get(WHICH_ROLES, "").split(",") if pair.strip()]
    named = {name.strip(): role.strip() for name, _, role in pairs}
    wrong = [role for role in named.values() if role not in ROLES]
    if wrong:
        raise ValueError(f"{WHICH_ROLES} names {wrong[0]!r}; a role is one of {', '.join(ROLES)}")
    return named
