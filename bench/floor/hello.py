"""The least a page can be: one line and one button."""

from __future__ import annotations

import streamlit as st

st.write("Hello")
st.button("Again")
