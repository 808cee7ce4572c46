"""The evaluation in a real browser: the keys of a remote turn its questions, but not while somebody types."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def heading_after(visitor, key):
    visitor.page.keyboard.press(key)
    visitor.settle()
    return visitor.page.locator("h1").inner_text()


def test_the_keys_turn_the_questions_and_not_while_somebody_types(visit):
    visitor = visit(width=1280, height=720)
    visitor.go("/evaluation?data=example&topic=happened")
    page = visitor.page
    first = page.locator("h1").inner_text()
    assert heading_after(visitor, "PageDown") != first
    assert "topic=response" in page.url
    assert heading_after(visitor, "PageUp") == first
    note = page.get_by_role("textbox", name="Notitie bij deze vraag")
    note.fill("Wordt getypt")
    for key in ("PageDown", "PageUp", "PageDown"):
        page.keyboard.press(key)
    visitor.settle()
    assert page.locator("h1").inner_text() == first
    assert note.input_value() == "Wordt getypt"
    page.get_by_role("spinbutton", name=re.compile("Voor wanneer")).first.click()
    page.keyboard.press("PageDown")
    visitor.settle()
    assert page.locator("h1").inner_text() == first
    size = page.locator(".st-key-meeting [data-testid=stHtml] p").first.evaluate(
        "one => getComputedStyle(one).fontSize"
    )
    assert float(size.removesuffix("px")) >= 20


def test_a_decision_typed_in_the_meeting_stands_there_without_a_new_page(visit):
    visitor = visit(width=1280, height=720)
    visitor.go("/evaluation?data=example&topic=quiet")
    page = visitor.page
    page.get_by_role("textbox", name="Wat spreken we af?").fill("Scholenoverleg hervatten")
    page.get_by_role("combobox", name="Welke organisatie doet het?").click()
    page.get_by_role("option").nth(1).click()
    visitor.settle()
    page.get_by_role("button", name="Leg vast").click()
    visitor.settle()
    expect(page.locator("li", has_text="Scholenoverleg hervatten")).to_be_visible()
    expect(page.get_by_text("4 Stil ●")).to_be_visible()
