"""One tour through the dashboard in a real browser, in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from tests.conftest import Visitor

ROOT = Path(__file__).parent.parent
WORDS = {
    "nl": {
        "meeting": "Bijeenkomst vastleggen", "incident": "Incident vastleggen", "save": "Leg vast",
        "logged": "Vastgelegd:", "what": "Wat is er gebeurd?", "serious": "4 · Maatschappelijke onrust",
        "arrangement": "Welke samenwerkingsvorm?", "new": "Nieuw: Lokale driehoek", "today": "Vandaag",
        "example": "Bekijk eerst het voorbeeld", "tag": "VOORBEELDDATA", "trend": "Trend",
    },
    "en": {
        "meeting": "Log a meeting", "incident": "Log an incident", "save": "Log it",
        "logged": "Logged:", "what": "What happened?", "serious": "4 · Social unrest",
        "arrangement": "Which arrangement?", "new": "New: Local triangle", "today": "Today",
        "example": "Look at the example first", "tag": "EXAMPLE DATA", "trend": "Trend",
    },
}  # fmt: skip
PAGES = [
    *(
        "/",
        "/log",
        "/rhythm",
        "/trend",
        "/partners",
        "/agreements",
        "/handover",
        "/after",
        "/lessons",
        *(f"/lessons?lesson={part}" for part in ("ownership", "language", "direction", "scan")),
        "/scan",
        "/evaluation",
        "/files",
        "/method",
    )
]
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def of_the_example(path: str) -> str:
    """The address of a page that shows the example."""
    return f"{path}{'&' if '?' in path else '?'}data=example"


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(re.escape(label))).click()
    page.get_by_role("option", name=option, exact=True).click()


def turn_to(visitor: Visitor, name: str) -> None:
    """Turns to a page by its name in the navigation."""
    link = visitor.page.get_by_role("link", name=name, exact=True)
    link.click()
    expect(link).to_have_attribute("aria-current", "page", timeout=20_000)
    visitor.settle()


def english_left_on(page: Page) -> list[str]:
    """English texts of the product that stand on a Dutch page."""
    with (ROOT / "tracker" / "words" / "nl.po").open("rb") as file:
        catalogue = read_po(file, locale="nl")
    texts = [one.id for one in catalogue if one.id and isinstance(one.id, str) and one.id != one.string]
    said = page.inner_text("body")
    return [text for text in texts if len(text) > 12 and "{" not in text and text in said]


def test_a_newcomer_logs_an_incident_and_a_meeting_and_reads_the_sentence(visit, server):
    """In Dutch, and then a colleague in English, who finds the arrangement that the first one made."""
    for language in ("nl", "en"):
        _log_and_read(visit, server, language)


def _log_and_read(visit, server, language):
    words, visitor = WORDS[language], visit(locale=LOCALES[language])
    page = visitor.page
    visitor.go("/")
    assert page.evaluate("document.documentElement.lang") == language
    page.get_by_role("button", name=words["incident"], exact=True).click()
    visitor.settle()
    page.get_by_role("textbox", name=words["what"]).fill(f"Onrust {language}")
    page.keyboard.press("Tab")
    visitor.settle()
    page.get_by_text(words["serious"], exact=True).click()
    visitor.settle()
    page.get_by_role("button", name=words["save"], exact=True).click()
    visitor.settle()
    expect(page.get_by_text(f"{words['logged']} Onrust {language}")).to_be_visible()
    turn_to(visitor, words["today"])
    page.get_by_role("button", name=words["meeting"], exact=True).click()
    visitor.settle()
    if language == "nl":
        choose(page, words["arrangement"], words["new"])
        visitor.settle()
    page.get_by_role("button", name=words["save"], exact=True).click()
    visitor.settle()
    expect(page.get_by_text(words["logged"])).to_be_visible()
    turn_to(visitor, words["today"])
    chart = page.locator(".st-key-wide [data-testid=stVegaLiteChart]")
    expect(chart.locator(f'[aria-label*="Onrust {language}"]').first).to_be_attached()
    said = subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(server.database), "--lang", language, "verdict"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    sentence = page.locator("h1").inner_text()
    assert sentence
    assert said.startswith(sentence)
    assert (chart.get_attribute("aria-label") or "").startswith(sentence)
    if language == "nl":
        assert english_left_on(page) == []


def test_positive_control_an_english_sentence_on_a_dutch_page_is_noticed(visit):
    visitor = visit(locale="nl-NL")
    visitor.go("/?lang=en")
    assert english_left_on(visitor.page)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_example_holds_english_when_it_is_dutch(visit, path):
    visitor = visit()
    visitor.go(of_the_example(path))
    expect(visitor.page.get_by_text("VOORBEELDDATA").first).to_be_visible()
    assert english_left_on(visitor.page) == []


def test_the_language_switch_reloads_the_page_and_stays(visit):
    visitor = visit()
    visitor.go("/trend?data=example")
    visitor.page.get_by_role("link", name="EN", exact=True).click()
    visitor.settle()
    expect(visitor.page.get_by_text("EXAMPLE DATA").first).to_be_visible()
    assert visitor.page.evaluate("document.documentElement.lang") == "en"
    turn_to(visitor, "Today")
    assert "lang=en" in visitor.page.url


def test_a_half_filled_form_survives_a_reload_and_a_change_of_language(visit):
    visitor = visit()
    visitor.go("/log")
    visitor.page.get_by_text("Meer, als u wilt").click()
    visitor.page.get_by_role("textbox", name="Onderwerp").fill("Half ingevuld")
    visitor.page.keyboard.press("Tab")
    visitor.settle()
    visitor.page.reload()
    visitor.settle()
    expect(visitor.page.get_by_text("staat er weer")).to_be_visible()
    visitor.page.get_by_text("Meer, als u wilt").click()
    assert visitor.page.get_by_role("textbox", name="Onderwerp").input_value() == "Half ingevuld"
    # The field is left by the click itself: what was typed reaches the server while the page goes.
    visitor.page.get_by_role("textbox", name="Onderwerp").fill("Half ingevuld, en meer")
    visitor.page.get_by_role("link", name="EN", exact=True).click()
    visitor.settle()
    expect(visitor.page.get_by_text("What you were filling in is back.")).to_be_visible()
    visitor.page.get_by_text("More, if you want").click()
    assert visitor.page.get_by_role("textbox", name="Subject").input_value() == "Half ingevuld, en meer"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(visit, width, scheme):
    visitor = visit(width=width, scheme=scheme)
    for path in (*PAGES, "/trend"):
        visitor.go(of_the_example(path))
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    shown = ".st-key-narrow" if width == 390 else ".st-key-wide"
    expect(visitor.page.locator(f"{shown} [data-testid=stVegaLiteChart]")).to_be_visible()
