"""T64: whatever fails, the visitor reads that it did, in a reference, and nothing of what it was about.

One server in which every page fails when its address asks for it: at once, in a fragment or in a callback.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.conftest import Server, Visitor
from tests.everyone.themes import in_both, unknown
from tests.trust.serving import PATHS, serving

SECRETS = ("999990019", "Kees van de hoek", "/srv/hidden/tracker.db", "SELECT note FROM incident")
FAILING = f"""
import sqlite3
import streamlit as st
from streamlit.navigation.page import StreamlitPage

drawn = StreamlitPage.run

def fail():
    try:
        int("{SECRETS[0]}x")
    except ValueError as error:
        raise sqlite3.OperationalError("{" ".join(SECRETS[1:])}") from error

@st.fragment
def piece():
    if st.button("fragment"):
        fail()

def run(self):
    how = st.query_params.get("fail", "")
    if how == "page":
        fail()
    if how == "pieces":
        piece()
        st.button("callback", on_click=fail)
    drawn(self)

StreamlitPage.run = run
"""
SAID = {"nl": "Hier ging iets mis", "en": "Something went wrong here"}
REFERENCE = re.compile(r"\b(?:nummer|number): ([0-9a-f]{8})\b")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("failing"), planted=FAILING) as running:
        yield running


def told(visitor: Visitor, server: Server, language: str) -> str:
    """The reference on the page, after checking that page and log hold what they must and nothing else."""
    expect(visitor.page.locator("h1", has_text=SAID[language])).to_be_visible()
    said = visitor.page.inner_text("body")
    (reference,) = REFERENCE.findall(said)
    log = server.log.read_text()
    assert log.count(f"Reference {reference}\n") == 1
    assert log.split(f"Reference {reference}\n")[1].count("sqlite3.OperationalError") >= 1
    for text in (*SECRETS, "OperationalError", "Traceback", ".py"):
        assert text not in visitor.page.content(), text
    for text in SECRETS:
        assert text not in log, text
    return reference


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_that_fails_says_so_and_nothing_more(visit, server, language):
    """In Dutch every page, in English one: it is one handler."""
    visitor = visit(locale="nl-NL")
    paths = PATHS if language == "nl" else PATHS[:1]
    references = set()
    for path in paths:
        visitor.go(f"{path}?fail=page&lang={language}")
        references.add(told(visitor, server, language))
    assert len(references) == len(paths)
    assert "in <module>" in server.log.read_text(), "the log says where it failed"


def test_the_page_that_says_so_keeps_nobody_out(visit, server):
    visitor = visit(locale="nl-NL")
    visitor.go("/trend?fail=page")
    told(visitor, server, "nl")
    assert unknown(in_both(visitor, "a page that failed")) == ""


@pytest.mark.parametrize("piece", ["fragment", "callback"])
def test_a_fragment_or_a_callback_that_fails_says_so_too(visit, server, piece):
    visitor = visit()
    visitor.go("/log?fail=pieces")
    visitor.page.get_by_role("button", name=piece, exact=True).click()
    visitor.settle()
    told(visitor, server, "nl")


def test_after_a_fault_the_other_pages_work_and_so_does_this_one_when_loaded_again(visit, server):
    visitor = visit()
    visitor.go("/log?fail=pieces")
    visitor.page.get_by_role("button", name="callback", exact=True).click()
    visitor.settle()
    told(visitor, server, "nl")
    visitor.page.get_by_role("link", name="Laad deze pagina opnieuw").click()
    visitor.settle()
    expect(visitor.page.locator("h1", has_text="Vastleggen")).to_be_visible()
    visitor.go("/log?fail=page")
    visitor.page.get_by_role("link", name="Bestanden", exact=True).click()
    visitor.settle()
    expect(visitor.page.locator("h1", has_text=SAID["nl"])).to_have_count(0)
    expect(visitor.page.locator("h1")).to_be_visible()


def test_positive_control_streamlits_own_box_is_noticed(visit, tmp_path):
    """Without our handler the box of Streamlit stands there, in English, and the text is in the log."""
    planted = (
        f"{FAILING}\nfrom tracker.pages.around import log_lines, mishap\nmishap.show = lambda error: False\n"
        "log_lines.keep_values_out_of_the_log = lambda: None\n"
    )
    with serving(tmp_path, planted=planted) as running:
        visitor = visit()
        visitor.url = running.url
        visitor.go("/log?fail=page")
        assert visitor.complaints == [f"an error stands on {running.url}/log?fail=page"]
        visitor.complaints.clear()
        with pytest.raises(AssertionError, match=SAID["nl"]):
            told(visitor, running, "nl")
        assert SECRETS[1] in running.log.read_text()
        visitor.page.close()
