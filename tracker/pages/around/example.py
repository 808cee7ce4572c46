"""Turning to the example municipality and back; it lives in a database of its own."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import frame


def keep_in_address() -> None:
    """Reads once a session whether the address asks for the example, and keeps the address saying so."""
    if "example" not in st.session_state and st.query_params.get("data") == "example":
        show()
    if st.session_state.get("example"):
        st.query_params["data"] = "example"


def show() -> None:
    """The example from now on, made on first use."""
    from tracker.exchange import example

    st.session_state["example"] = True
    example.load(frame.database(), now=frame.now, by=frame.actor())


def renew() -> None:
    """Throws the example away and makes it again, up to this week."""
    frame.database().unlink(missing_ok=True)
    frame.opened.cache_clear()
    show()


def leave() -> None:
    """Back to the municipality's own data."""
    st.session_state["example"] = False
    st.query_params.pop("data", None)
