"""The forms in use of one session, and what of them is laid on its desk for when the page is loaded anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from tracker.pages.around import frame, visiting
from tracker.pages.around.desk import DESKS
from tracker.store import Stored

DESK = "desk"  # the name of the id in the address; it stands there only while a form is half filled in
NOWHERE = ("scan",)  # nobody may find what somebody replied to the self-scan: a promise made there
_NOT_TYPED = ("problems", "findings", "conflict")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A form in use: `nonce` names its fields, `record` fills them, `stored` is what it corrects,
    `incident` the one that a new record is about, `typed` what was filled in before the page was loaded anew.

    The nonce is also the request of the save: a double click stores once. A draft belongs to one database:
    its ids and versions mean nothing in another.
    """

    nonce: str
    database: str
    record: Any = None
    stored: Stored[Any] | None = None
    incident: int | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)

    def began_with(self, kind: type, number: int) -> bool:
        """Whether it changes this record."""
        held = self.stored
        return held is not None and (type(held.record), held.id) == (kind, number)


def held() -> dict[str, Draft]:
    """Form -> its draft."""
    drafts: dict[str, Draft] = st.session_state.setdefault("drafts", {})
    return drafts


def touched() -> dict[str, Draft]:
    """Form -> its draft, of those in which somebody changed something."""
    nonces = st.session_state.get("touched", set())
    return {form: one for form, one in held().items() if one.nonce in nonces}


def leave() -> None:
    """Lays what is half filled in on the desk of this session, as it is now."""
    visitor, desk = visiting.current(), st.session_state.get(DESK)
    if visitor is not None and desk is not None:
        left = {form: with_typed(one) for form, one in touched().items() if form not in NOWHERE}
        DESKS.leave(desk, visitor.account, left, frame.now())


def with_typed(draft: Draft) -> Draft:
    """The draft with what stands in its fields now."""
    state, end = st.session_state, f".{draft.nonce}"
    names = [str(key).removesuffix(end) for key in state if str(key).endswith(end)]
    typed = {name: state[name + end] for name in names if name not in _NOT_TYPED}
    return replace(draft, typed={**draft.typed, **typed})
