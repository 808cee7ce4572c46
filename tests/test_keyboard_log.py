"""Logging an incident and a meeting without a mouse, in a real browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Server, Visitor
from tracker import store
from tracker.records import Incident

FOCUSED = """() => {
  const one = document.activeElement;
  const labels = [...(one.labels || [])].map(label => label.innerText).join(' ');
  return one.getAttribute('aria-label') || labels || one.innerText || '';
}"""
MOST_STEPS = 60


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what is called `name` has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if re.search(name, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"no {name} within {MOST_STEPS} steps of the keyboard")


def press(visitor: Visitor, *keys: str) -> None:
    for key in keys:
        visitor.page.keyboard.press(key)
    visitor.settle()


def severity_of(server: Server, title: str) -> int:
    held = store.open(server.database, now=lambda: datetime.now(UTC)).records(Incident)
    return next(one.record.severity for one in held if one.record.title == title)


@pytest.mark.slow
def test_an_incident_and_a_repeated_meeting_are_logged_by_keyboard_alone(visit, server):
    visitor = visit(width=1280, height=900)
    visitor.go("/")
    page = visitor.page
    tab_to(page, "^Incident vastleggen$")
    press(visitor, "Enter")
    tab_to(page, "^Wat is er gebeurd")
    page.keyboard.type("Rellen bij het station")
    tab_to(page, "^1 ")
    press(visitor, "ArrowDown", "ArrowDown", "ArrowDown")
    tab_to(page, "^Leg vast$")
    press(visitor, "Enter")
    expect(page.get_by_text("Vastgelegd: Rellen bij het station")).to_be_visible()
    assert severity_of(server, "Rellen bij het station") == 4
    visitor.go("/")
    picture = page.locator(".st-key-wide [data-testid=stVegaLiteChart]")
    expect(picture.locator('[aria-label*="Rellen bij het station"]').first).to_be_attached()
    visitor.go("/log")
    tab_to(page, "^Leg vast$")
    press(visitor, "Enter")
    visitor.go("/")
    tab_to(page, "^Herhaal")
    press(visitor, "Enter")
    tab_to(page, "^Leg vast$")
    press(visitor, "Enter")
    expect(page.get_by_text("Vastgelegd:").first).to_be_visible()
    assert visitor.complaints == []
