"""What somebody is logging or correcting right now, kept in the session until it is stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import streamlit as st

from tracker.pages.around import frame
from tracker.records import Activity, Record
from tracker.store import Stored


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A form in use: `nonce` names its fields, `record` fills them, `stored` is what it corrects,
    `incident` the one that a new record is about.

    The nonce is also the request of the save: a double click stores once. A draft belongs to one database:
    its ids and versions mean nothing in another.
    """

    nonce: str
    database: str
    record: Any = None
    stored: Stored[Any] | None = None
    incident: int | None = None


def start(
    form: str,
    *,
    repeat: Activity | None = None,
    correct: Stored[Any] | None = None,
    says: Record | None = None,
    incident: int | None = None,
) -> None:
    """Opens a form: empty, filled like an earlier activity but on today, to correct what is stored (with
    what it `says` instead), or about an incident."""
    record = says or (correct.record if correct else None)
    if repeat is not None:
        record = replace(repeat, happened_on=frame.today(), incident_id=None, count=1, weight=None)
    _drafts()[form] = _draft(record=record, stored=correct, incident=incident)
    show(form)


def draft(form: str) -> Draft:
    """The draft of a form, an empty one at first."""
    standing = _drafts().get(form)
    if standing is None or standing.database != str(frame.database()):
        standing = _drafts()[form] = _draft()
    return standing


def draft_of(form: str, stored: Stored[Any] | None) -> Draft:
    """The draft of a form that writes on what is stored, if anything; untouched, it follows newer ones."""
    standing = draft(form)
    seen = standing.stored.version if standing.stored else 0
    newest = stored.version if stored else 0
    if seen != newest and standing.nonce not in st.session_state.get("touched", set()):
        record = stored.record if stored else None
        standing = _drafts()[form] = _draft(record=record, stored=stored)
    return standing


def drop(form: str) -> None:
    """Forgets a draft, so that the form is empty again."""
    _drafts().pop(form, None)


def half_filled() -> bool:
    """True when a form holds something that was not stored yet."""
    used = {one.nonce for one in _drafts().values()}
    return any(nonce in used for nonce in st.session_state.get("touched", set()))


def touch(nonce: str) -> None:
    """Remembers that somebody changed a field of this draft."""
    st.session_state.setdefault("touched", set()).add(nonce)


def show(form: str) -> None:
    """Makes `form` the one that the log page opens with."""
    st.session_state["open_form"] = form


def _draft(**filled: Any) -> Draft:
    return Draft(nonce=uuid4().hex, database=str(frame.database()), **filled)


def _drafts() -> dict[str, Draft]:
    return st.session_state.setdefault("drafts", {})
