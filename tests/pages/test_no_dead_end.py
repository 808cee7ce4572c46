"""On an empty log every page has a next step beside the navigation: a field, a link or a button."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Screen

PAGES = sorted(path.name for path in (Path(__file__).parents[2] / "tracker" / "pages").glob("*.py"))
PAGES = [name for name in PAGES if name not in ("__init__.py", "main.py")]
STEPS = (
    "button", "page_link", "download_button", "file_uploader", "text_input", "text_area", "multiselect",
)  # fmt: skip


def steps(page: Screen) -> list[str]:
    """What can be done on the page."""
    return [kind for kind in STEPS for one in page.app.get(kind)]


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_page_has_a_next_step(screen, name):
    assert steps(screen().go(name))


BARE = """
import streamlit as st
st.html("<h1>Niets</h1><p>Er is nog niets.</p>")
"""


def test_a_page_without_one_would_be_found(tmp_path):
    bare = Screen(AppTest.from_string(BARE).run(), tmp_path)
    assert steps(bare) == []
