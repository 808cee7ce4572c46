"""The least a page can be: one line, which says another number at each run, and one button."""

from __future__ import annotations

import streamlit as st

st.session_state["run"] = st.session_state.get("run", 0) + 1
st.write(f"Hello {st.session_state['run']}")
st.button("Again")
