"""What every page stands in: the store, the day, the visitor's language, and what was just done.

The language lives in the session, because a fragment that runs alone sees nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from tracker import store
from tracker.pages.around import visiting
from tracker.records import DUTCH_TIME
from tracker.store import SignedOut, Store, Stored, StoreError
from tracker.words import LANGUAGES, Words, best_language, speak

_DEFAULT = "data/tracker.db"
# What somebody must be allowed to do to have a page at all.
_NEEDS = {"log": "edit", "files": "export_rows", "history": "read_history", "access": "read_own_log"}


@dataclass(frozen=True)
class Done:
    """What was just done in which database, in words, and how to undo it (None when it cannot be)."""

    text: str
    undo: Callable[[], Any] | None = None
    database: str = ""


def now() -> datetime:
    """The moment, in Dutch time: a record belongs to the Dutch day."""
    return datetime.now(DUTCH_TIME)


def today() -> date:
    """The Dutch calendar day."""
    return now().date()


def actor() -> str:
    """Who is working here, as the history names them."""
    return visiting.name()


def may(action: str) -> bool:
    """Whether this visitor may do it: for what a page shows. The store asks again when it is done."""
    try:
        return current_store().may(action)
    except StoreError:
        return False


def opens(page: str) -> bool:
    """Whether this visitor has the page at this address. Who sits at the machine has all of them, also when
    the database cannot be read."""
    visitor = visiting.current()
    own_machine = visitor is not None and not visitor.account
    return own_machine or page not in _NEEDS or may(_NEEDS[page])


def link(page: str, label: str, query_params: Mapping[str, str] | None = None) -> None:
    """A link to a page, for who has it: to another page there is nothing to link to."""
    if opens(page.removesuffix(".py")):
        st.page_link(page, label=label, query_params=query_params)


def choose_language() -> None:
    """Reads the language once a session: the address, else the browser; it stays in the address."""
    asked = st.query_params.get("lang", "")
    header = st.context.headers.get("Accept-Language") or ""
    if asked in LANGUAGES:
        st.session_state["language"] = asked
    elif "language" not in st.session_state:
        st.session_state["language"] = best_language(header)
    if st.session_state["language"] != best_language(header):
        st.query_params["lang"] = st.session_state["language"]


def voice() -> Words:
    """The words of the visitor's language."""
    return speak(st.session_state["language"])


def database() -> Path:
    """The municipality's own database, or the example beside it when that is being looked at."""
    own = own_database()
    return own.with_name("example.db") if st.session_state.get("example") else own


def own_database() -> Path:
    """The municipality's own database, which need not be there yet."""
    return Path(os.environ.get("TRACKER_DB", _DEFAULT))


def current_store() -> Store:
    """The open store of this visitor; raises `StoreError` when the file cannot be used.

    The example is nobody's data: whoever got in may try everything in it.
    """
    if st.session_state.get("example"):
        return opened(str(database()), True)
    return own_store()


def own_store() -> Store:
    """The municipality's own store, for whoever is looking, also while that is at the example."""
    visitor = visiting.current()
    if visitor is None:
        raise SignedOut()
    return opened(str(own_database()), False).on_behalf_of(visitor)


def announce(done: Done) -> None:
    """Keeps what was done for the top of the next page, where it can be undone."""
    st.session_state["done"] = replace(done, database=str(database()))


def announce_added(say: Words, text: str, stored: Stored[Any]) -> None:
    """Announces a record that was just added; undoing takes it back."""
    store, by, reason = current_store(), actor(), say("Undone right away")
    kind, version = type(stored.record), stored.version
    announce(Done(text, lambda: store.withdraw(kind, stored.id, seen_version=version, reason=reason, by=by)))


@lru_cache(maxsize=8)
def opened(path: str, example: bool) -> Store:
    """Checked once for each server and file; a `Store` holds no connection. No example is made empty."""
    return store.open(path, now=now) if example else store.create(path, now=now)
