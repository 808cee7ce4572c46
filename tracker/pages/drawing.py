"""A picture on a page: drawn for a wide and for a narrow screen, once for as long as nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from tracker.charts.palette import DARK, LIGHT, Palette
from tracker.pages import frame


def twice(key: str, drawn: Callable[[Palette, bool], dict[str, Any]], *, of: Hashable = "") -> None:
    """A picture for a wide and for a narrow screen; a style shows one of the two.

    `drawn` makes the spec in a palette, narrow or not, from the log as it stands today and from what the
    visitor chose, which is `of`.
    """
    store, dark = frame.current_store(), st.context.theme.type == "dark"
    about = (key, str(store.path), store.state(), st.session_state["language"], frame.today(), of)
    for width in ("wide", "narrow"):
        with st.container(key=f"{width}_{key}"):
            st.vega_lite_chart(
                _drawn(about, dark, width == "narrow", drawn),
                theme=None,
                width="stretch",
                key=f"{key}_{width}",
            )


@st.cache_data(show_spinner=False, max_entries=64)
def _drawn(
    about: tuple[Hashable, ...], dark: bool, narrow: bool, _make: Callable[[Palette, bool], dict[str, Any]]
) -> dict[str, Any]:
    """Kept for as long as the log does not change: a picture takes a third of a second to make."""
    return _make(DARK if dark else LIGHT, narrow)
