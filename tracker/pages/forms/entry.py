"""What somebody is logging or correcting right now, kept in the session until it is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import streamlit as st

from tracker.pages.around import frame
from tracker.pages.forms import drafts
from tracker.pages.forms.drafts import NOWHERE, Draft
from tracker.records import Activity, Record
from tracker.store import Stored


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
    drafts.held()[form] = _draft(record=record, stored=correct, incident=incident)
    drafts.leave()
    show(form)


def draft(form: str) -> Draft:
    """The draft of a form, an empty one at first."""
    standing = drafts.held().get(form)
    if standing is None or standing.database != str(frame.database()):
        standing = drafts.held()[form] = _draft()
    return standing


def draft_of(form: str, stored: Stored[Any] | None) -> Draft:
    """The draft of a form that writes on what is stored, if anything; untouched, it follows newer ones."""
    standing = draft(form)
    seen = standing.stored.version if standing.stored else 0
    newest = stored.version if stored else 0
    if seen != newest and standing.nonce not in st.session_state.get("touched", set()):
        record = stored.record if stored else None
        standing = drafts.held()[form] = _draft(record=record, stored=stored)
    return standing


def drop(form: str) -> None:
    """Forgets a draft, so that the form is empty again."""
    drafts.held().pop(form, None)
    drafts.leave()


def half_filled() -> bool:
    """True when a form holds something that was not stored yet."""
    return bool(drafts.touched())


def would_be_lost() -> bool:
    """True when a form holds something that does not survive loading the page anew."""
    return any(form in NOWHERE for form in drafts.touched())


def touch(nonce: str) -> None:
    """Remembers that somebody changed a field of this draft."""
    st.session_state.setdefault("touched", set()).add(nonce)
    drafts.leave()


def show(form: str) -> None:
    """Makes `form` the one that the log page opens with."""
    st.session_state["open_form"] = form


def _draft(**filled: Any) -> Draft:
    return Draft(nonce=uuid4().hex, database=str(frame.database()), **filled)
