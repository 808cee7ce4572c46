"""After a test that drew a page, a new process starts as if none had been drawn."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

MAIN = sys.modules["__main__"]


def page() -> None:
    import streamlit as st

    st.write("hello")


@pytest.fixture(scope="module")
def drawn() -> ModuleType:
    """What stands in the place of the main module once a fixture of many tests has drawn a page."""
    AppTest.from_function(page).run()
    return sys.modules["__main__"]


def test_positive_control_a_page_takes_the_place_of_the_main_module(drawn: ModuleType):
    assert drawn is not MAIN
    assert sys.modules["__main__"] is drawn


@pytest.mark.parametrize("again", [1, 2])
def test_the_main_module_is_back_in_the_next_test(again: int):
    assert sys.modules["__main__"] is MAIN
