"""After a test that drew a page, a new process starts as if none had been drawn."""

from __future__ import annotations

import sys

from streamlit.testing.v1 import AppTest

MAIN = sys.modules["__main__"]


def page() -> None:
    import streamlit as st

    st.write("hello")


def test_positive_control_a_page_takes_the_place_of_the_main_module():
    AppTest.from_function(page).run()
    assert sys.modules["__main__"] is not MAIN


def test_the_main_module_is_back_in_the_next_test():
    assert sys.modules["__main__"] is MAIN
