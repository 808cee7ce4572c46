"""What the eye meets: a confirmation stands in view, edges are one line, and nothing is cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tracker.words import speak

SAY = speak("nl")
LOG = "/log?data=example&lang=nl"
LOW, PHONE = {"width": 1280, "height": 700}, {"width": 390, "height": 700}
# What lies on top in the middle of an element: the element itself, or something that covers it.
ON_TOP = """node => {
    const {left, top, width, height} = node.getBoundingClientRect();
    return node.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""


# The words of the buttons that are not to be read to their end, and how many buttons there are.
CUT_OFF = """page => {
    const words = [...page.querySelectorAll('.stButton button *')].filter(one => one.textContent.trim());
    const cut = words.filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0);
    return [cut.map(one => one.textContent), words.length];
}"""


def test_no_button_is_cut_off_on_a_phone_and_a_positive_control(visit):
    """Before the others log something: the name of the latest meeting of the example is long."""
    visitor = visit(**PHONE)
    visitor.go("/?data=example&lang=nl")
    expect(visitor.page.get_by_role("button", name=SAY("Log a meeting"))).to_be_visible()
    main = visitor.page.get_by_test_id("stMain")
    cut, looked_at = main.evaluate(CUT_OFF)
    assert cut == []
    assert looked_at
    narrow = "white-space: nowrap !important; overflow: hidden !important"
    visitor.page.add_style_tag(content=f".stButton button * {{{narrow}; max-width: 4rem !important}}")
    assert main.evaluate(CUT_OFF)[0]


def log_it(page: Page) -> None:
    """Clicks the button at the foot of the form, as far down as the screen then stands."""
    page.get_by_role("button", name=SAY("Log it"), exact=True).click()
    expect(page.locator(".st-key-done")).to_be_attached()


@pytest.mark.parametrize("screen", [LOW, PHONE])
def test_what_was_done_and_its_undo_stand_in_view_where_the_button_was(visit, screen):
    visitor = visit(**screen)
    visitor.go(LOG)
    log_it(visitor.page)
    visitor.settle()
    done = visitor.page.locator(".st-key-done")
    undo = done.get_by_role("button", name=SAY("Undo"), exact=True)
    expect(done.get_by_role("status")).to_be_in_viewport(ratio=1)
    expect(undo).to_be_in_viewport(ratio=1)
    assert undo.evaluate(ON_TOP), "nothing covers it"


def test_positive_control_a_confirmation_that_stays_at_the_top_is_out_of_view(visit):
    visitor = visit(**LOW)
    visitor.go(LOG)
    log_it(visitor.page)
    visitor.settle()
    visitor.page.add_style_tag(content="[data-testid=stLayoutWrapper] {position: static !important}")
    expect(visitor.page.locator(".st-key-done").get_by_role("status")).not_to_be_in_viewport()


def test_the_language_switch_ends_where_the_page_ends(visit):
    visitor = visit(width=1280)
    visitor.go(LOG)
    switch = visitor.page.locator(".st-key-language").bounding_box()
    button = visitor.page.get_by_role("button", name=SAY("Start the example afresh")).bounding_box()
    assert switch is not None
    assert button is not None
    assert abs(switch["x"] + switch["width"] - button["x"] - button["width"]) <= 1


def test_a_link_to_a_page_is_underlined_and_begins_where_the_text_begins(visit):
    visitor = visit(width=1280)
    visitor.go("/files?data=example&lang=nl")
    words = visitor.page.get_by_test_id("stPageLink").get_by_text(SAY("What is and isn’t recorded"))
    title = visitor.page.get_by_role("heading", level=1)
    style = "one => getComputedStyle(one).textDecorationLine"
    assert words.evaluate(style) == "underline"
    assert abs(words.bounding_box()["x"] - title.bounding_box()["x"]) <= 1
