"""Along every page and all that opens on it: folds, pop-ups, lists, calendars, refused forms, undo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from playwright.sync_api import Page, expect

from tests.conftest import Visitor
from tests.trust.serving import PATHS
from tracker.records import REVIEW_TOPICS
from tracker.words import speak

# The pages, and what of a page only its address shows.
LOOKS = (
    *PATHS,
    *(f"/lessons?lesson={part}" for part in ("ownership", "language", "direction", "scan")),
    *(f"/evaluation?topic={topic}" for topic in (*REVIEW_TOPICS, "closing")),
    *(f"/history?kind={kind}&id=1" for kind in ("incident", "agreement")),
)
MOST_USED = ("/", "/log", "/rhythm", "/trend", "/evaluation")
_UNFOLD = """() => {
  const shut = [...document.querySelectorAll('details:not([open]) > summary')];
  shut.forEach(one => one.click());
  return shut.length;
}"""
# What fades in is no fainter to who reads it a moment later.
_IN_FULL = """selector => {
  let one = document.querySelector(selector);
  if (!one) return false;
  for (; one; one = one.parentElement) if (getComputedStyle(one).opacity !== '1') return false;
  return true;
}"""


def along(visitor: Visitor, looks: Sequence[str], *, language: str, data: str = "") -> Iterator[str]:
    """Stops at every page with all its folds open, then at each thing that opens on it; yields where."""
    for path in looks:
        marks = "&".join(filter(None, (data, f"lang={language}")))
        visitor.go(f"{path}{'&' if '?' in path else '?'}{marks}")
        unfold(visitor)
        yield path
        for label in _pop_ups(visitor.page):
            visitor.page.get_by_test_id("stPopoverButton").filter(has_text=label, visible=True).first.click()
            visitor.settle()
            yield f"{path}: {label}"
            visitor.page.keyboard.press("Escape")


def unfold(visitor: Visitor) -> None:
    """Opens every fold, also those within another."""
    while visitor.page.evaluate(_UNFOLD):
        visitor.settle()


def forms(visitor: Visitor) -> Iterator[str]:
    """Along what a visitor who fills something in meets, in Dutch; the last two steps store something."""
    yield from _log(visitor)
    yield from _files(visitor)
    visitor.go("/rhythm?data=example&lang=nl")
    held = re.compile(re.escape(speak("nl")("It took place")) + "$")  # its shape stands before the word
    visitor.page.get_by_role("button", name=held).first.click()
    visitor.settle()
    expect(visitor.page.get_by_role("button", name=speak("nl")("Undo"), exact=True)).to_be_visible()
    yield "/rhythm: just done"
    visitor.go("/evaluation?data=example&lang=nl&topic=closing")
    visitor.page.get_by_role("button", name=speak("nl")("Close this evaluation"), exact=True).click()
    expect(visitor.page.get_by_role("button", name=speak("nl")("Undo"), exact=True)).to_be_visible(
        timeout=90_000
    )
    visitor.settle()
    unfold(visitor)
    yield "/evaluation: closed"


def _log(visitor: Visitor) -> Iterator[str]:
    page, say = visitor.page, speak("nl")
    visitor.go("/log?data=example&lang=nl")
    unfold(visitor)
    page.get_by_role("textbox", name=say("Subject")).fill("Half ingevuld")
    page.keyboard.press("Tab")
    visitor.settle()
    yield "/log: a half-filled form"
    page.get_by_role("button", name=re.compile("Choose date")).first.click()
    visitor.settle()
    yield "/log: the calendar"
    page.keyboard.press("Escape")
    for number, box in enumerate(page.get_by_role("combobox").filter(visible=True).all()[:2]):
        box.click()
        expect(page.get_by_role("option").first).to_be_visible()
        yield f"/log: list {number}"
        page.keyboard.press("Escape")
    page.get_by_test_id("stTooltipIcon").filter(visible=True).first.hover()
    page.wait_for_function(_IN_FULL, arg="[data-testid=stTooltipContent]")
    yield "/log: help of a field"
    page.mouse.move(0, 0)
    _turn(visitor, say("Incident"))
    page.get_by_role("button", name=say("Log it"), exact=True).click()
    visitor.settle()
    expect(page.get_by_role("alert").first).to_be_visible(timeout=30_000)
    yield "/log: a form that is refused"
    _turn(visitor, say("Logged before"))
    page.get_by_role("combobox", name=re.compile(re.escape(say("Which entry?")))).click()
    page.get_by_role("option").nth(1).click()
    visitor.settle()
    unfold(visitor)
    yield "/log: an entry with its history"


def _files(visitor: Visitor) -> Iterator[str]:
    rows = {
        "good.csv": "datum;soort;titel\n12-01-2026;training;Oefening met de wijkteams\n",
        "wrong.csv": "datum;soort;titel;iets\n31-02-2026;training;Een dag die niet bestaat;x\n",
    }
    for name, text in rows.items():
        visitor.go("/files?data=example&lang=nl")
        visitor.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
        )
        heading = speak("nl")("What these files would do")
        expect(visitor.page.get_by_role("heading", name=heading)).to_be_visible()
        visitor.settle()
        unfold(visitor)
        yield f"/files: {name}"


def _turn(visitor: Visitor, form: str) -> None:
    visitor.page.get_by_test_id("stButtonGroup").get_by_text(form, exact=True).click()
    visitor.settle()


def _pop_ups(page: Page) -> list[str]:
    """What the buttons that open something say, each once; two that say the same hold the same."""
    buttons = page.get_by_test_id("stPopoverButton").filter(visible=True)
    return list(dict.fromkeys(text.split("\n")[0] for text in buttons.all_inner_texts()))
