"""A picture on a page: drawn for a wide and for a narrow screen, once for as long as nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st
from streamlit import dataframe_util

from tracker.charts.palette import DARK, LIGHT, Palette
from tracker.pages.around import frame


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


@st.cache_resource(show_spinner=False, max_entries=64)
def _drawn(
    about: tuple[Hashable, ...], dark: bool, narrow: bool, _make: Callable[[Palette, bool], dict[str, Any]]
) -> dict[str, Any]:
    """Kept for as long as the log does not change: a picture takes a third of a second to make."""
    return packed(_make(DARK if dark else LIGHT, narrow))


def packed(spec: dict[str, Any]) -> dict[str, Any]:
    """The same drawing with its tables in the form in which Streamlit sends them.

    It would make that of them at every run of the page: of the timeline's sixteen tables in 70 ms.
    """
    if "datasets" not in spec:
        return spec
    as_sent = dataframe_util.convert_anything_to_arrow_bytes
    return spec | {"datasets": {name: as_sent(rows) for name, rows in spec["datasets"].items()}}
