"""Every job can be done with the keys alone: Tab gets there, the focus can be seen, and nothing keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Server, meeting
from tests.everyone.keys import Hands
from tests.trust.serving import PATHS
from tracker.words import speak

SAY = speak("nl")
KEPT = 9  # so many times the same stop in a row: it does not let go; a table lets go after two
ALL_KINDS = 12  # so many kinds of things to stop at there are at least


@pytest.fixture(scope="module")
def hands(server: Server, browser: Browser) -> Iterator[Hands]:
    """Somebody without a mouse, on the example in Dutch."""
    with meeting(browser) as visitor:
        yield Hands(visitor(server, locale="nl-NL"))


@pytest.fixture
def at(hands: Hands) -> Callable[[str], Hands]:
    """Goes to a page of the example; from there on there are only keys."""

    def there(path: str) -> Hands:
        hands.visitor.go(f"{path}{'&' if '?' in path else '?'}data=example&lang=nl")
        return hands

    return there


def said(hands: Hands, text: str) -> None:
    """What was done stands at the top of the page."""
    expect(hands.visitor.page.locator(".st-key-done").get_by_text(text)).to_be_visible()


def undo(hands: Hands, what: str) -> None:
    hands.to(SAY("Undo"), "button")
    hands.enter()
    said(hands, SAY("Undone: {what}", what=what))


def test_an_incident_is_logged_and_undone(at):
    hands = at("/")
    hands.to(SAY("Log an incident"), "button")
    hands.enter()
    hands.to(re.escape(SAY("What happened?")), "text")
    hands.type("Onrust op het plein")
    hands.to("", "radio")
    hands.press("ArrowDown", "ArrowDown", "Space")
    hands.visitor.settle()
    hands.to(f"^{SAY('Log it')}$", "button")
    hands.enter()
    done = SAY("Logged: {what}", what="Onrust op het plein")
    said(hands, done)
    undo(hands, done)


def test_a_meeting_is_logged(at):
    hands = at("/log")
    hands.to(re.escape(SAY("Which arrangement?")), "combobox")
    hands.type("Kernteam")
    hands.enter()
    hands.to(f"^{SAY('Log it')}$", "button")
    hands.enter()
    said(hands, SAY("Logged: {what}", what="Kernteam"))


def test_an_entry_is_taken_back_with_a_reason_and_that_is_undone(at):
    hands = at("/log")
    choose(hands, SAY("Logged before"))
    hands.to(re.escape(SAY("Which entry?")), "combobox")
    hands.press("ArrowDown", "ArrowDown")
    hands.enter()
    hands.to(re.escape(SAY("Why do you take it back?")), "text")
    hands.type("dubbel vastgelegd")
    hands.to(f"^{SAY('Take it back')}$", "button")
    hands.enter()
    taken = hands.visitor.page.locator(".st-key-done p[role=status]").inner_text()
    assert taken.startswith(SAY("Taken back: {what}", what=""))
    undo(hands, taken)


def test_an_arrangement_is_set_up(at):
    hands = at("/rhythm")
    hands.to(f"^{SAY('Meetings')}", "combobox")
    hands.type("Regionaal netwerk")
    hands.enter()
    hands.press("Escape")
    hands.to("^day, ", "spinbutton")
    for part in ("01", "10", "2026"):
        hands.type(part)
    hands.to(f"^{SAY('Show what goes quiet')}$", "button")
    hands.enter()
    said(hands, SAY.plural("{n} arrangement added.", "{n} arrangements added.", 1))


def test_a_meeting_that_fell_due_gets_its_answer(at):
    hands = at("/rhythm")
    hands.to(f"{SAY('It took place')}$", "button")
    hands.enter()
    done = hands.visitor.page.locator(".st-key-done p[role=status]").inner_text()
    undo(hands, done)


def test_a_filter_of_the_trend_is_changed(at):
    hands = at("/trend")
    hands.to(re.escape(SAY("Look at a part of the log")), "summary")
    hands.enter()
    choose(hands, "3")
    assert "severity=3" in hands.visitor.page.url
    expect(
        hands.visitor.page.get_by_text(
            SAY("This is the verdict on a part of the log, not on the whole of it.")
        )
    ).to_be_visible()


@pytest.mark.parametrize(
    ("path", "label", "name"),
    [
        ("/evaluation?topic=closing", SAY("Web page (HTML)"), r"-partners\.html$"),
        ("/files", SAY("Workbook (XLSX)"), r"^tracker-.*\.xlsx$"),
    ],
)
def test_a_report_and_everything_there_is_are_taken_out(at, path, label, name):
    hands = at(path)
    hands.to(f"^{re.escape(label)}$", "button")
    with hands.visitor.page.expect_download(timeout=120_000) as download:
        hands.press("Enter")
    assert re.search(name, download.value.suggested_filename)


def choose(hands: Hands, option: str) -> None:
    """Moves within a row of options to the one that says so and takes it."""
    hands.to("", "radio")
    for _ in range(9):
        stop = hands.held()
        assert stop is not None
        if stop.name == option:
            break
        hands.press("ArrowRight")
    hands.press("Space")
    hands.visitor.settle()


@pytest.mark.parametrize("path", PATHS)
def test_tab_goes_all_around_a_page_and_is_kept_nowhere(at, path):
    hands = at(path)
    around = circle(hands)
    assert len(around) > 8
    assert around[0] == around[-1], f"Tab does not come back to {around[0]}, it stays at {around[-5:]}"


def circle(hands: Hands) -> list[str]:
    """The stops of Tab from the top of the page until it is there again, or until it stays where it is."""
    hands.press("Tab")
    first = hands.held()
    stops = [first]
    while len(stops) < 400:
        hands.press("Tab")
        stop = hands.held()
        if stop is None:
            continue
        hands.see(stop)
        stops.append(stop)
        if stop.number == first.number or len({one.number for one in stops[-KEPT:]}) == 1 < len(stops) - KEPT:
            break
    return [f"{one.role} {one.name} {one.number}" for one in stops]


def test_positive_control_a_page_that_keeps_the_focus_is_noticed(at):
    hands = at("/method")
    hands.visitor.page.evaluate(
        """() => {
      const held = document.createElement('button');
      held.textContent = 'vast';
      held.addEventListener('keydown', event => event.preventDefault());
      document.querySelector('[data-testid=stMainBlockContainer]').prepend(held);
    }"""
    )
    around = circle(hands)
    assert around[0] != around[-1]


def test_the_focus_is_seen_at_every_kind_of_stop(hands):
    """Runs last: the other tests have been everywhere. 1 is a line of 3:1 along half the outline."""
    assert len(hands.marks) > ALL_KINDS
    assert hands.unmarked == []


def test_positive_control_a_stop_without_a_mark_is_noticed(at):
    hands = at("/method")
    hands.visitor.page.evaluate(
        "() => document.querySelectorAll('a').forEach("
        "one => one.style.cssText += ';outline: none !important; box-shadow: none')"
    )
    hands.press("Tab")
    hands.press("Tab")
    stop = hands.held()
    assert hands.mark(stop) < 1
