"""Logging an incident and a meeting without a mouse, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.conftest import Server
from tests.everyone.keys import Hands
from tracker import store
from tracker.records import Incident

MOST_STEPS = 60


def severity_of(server: Server, title: str) -> int:
    held = store.open(server.database, now=lambda: datetime.now(UTC)).records(Incident)
    return next(one.record.severity for one in held if one.record.title == title)


@pytest.mark.slow
def test_an_incident_and_a_repeated_meeting_are_logged_by_keyboard_alone(visit, server):
    visitor = visit(width=1280, height=900)
    visitor.go("/")
    page, hands = visitor.page, Hands(visitor)
    to = partial(hands.to, within=MOST_STEPS)
    to("^Incident vastleggen$")
    hands.enter()
    to("^Wat is er gebeurd")
    hands.type("Rellen bij het station")
    to("^1 ")
    hands.press("ArrowDown", "ArrowDown", "ArrowDown")
    visitor.settle()
    to("^Leg vast$")
    hands.enter()
    expect(page.get_by_text("Vastgelegd: Rellen bij het station")).to_be_visible()
    assert severity_of(server, "Rellen bij het station") == 4
    visitor.go("/")
    picture = page.locator(".st-key-wide [data-testid=stVegaLiteChart]")
    expect(picture.locator('[aria-label*="Rellen bij het station"]').first).to_be_attached()
    visitor.go("/log")
    to("^Leg vast$")
    hands.enter()
    visitor.go("/")
    to("^Herhaal")
    hands.enter()
    to("^Leg vast$")
    hands.enter()
    expect(page.get_by_text("Vastgelegd:").first).to_be_visible()
    assert visitor.complaints == []
