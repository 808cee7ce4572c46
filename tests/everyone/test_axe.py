"""Nobody is kept out: axe-core finds nothing on any page that is not in the list of known faults, nor less.

Each page is looked at with its folds open and with all that opens on it, in light and in dark. In the second
theme only the rules on colours run again: to the others a theme makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from playwright.sync_api import Browser

from tests.conftest import Server, Visitor, meeting
from tests.everyone import statement
from tests.everyone.axe import Found, gone, look
from tests.everyone.known_faults import FAULTS, LIMITS, NOT_FOUND, Limit
from tests.everyone.themes import in_both, unknown
from tests.everyone.walk import LOOKS, MOST_USED, along, forms
from tests.trust.serving import PATHS

_SAYS = """limits => limits.map(([selector, attribute, text]) =>
  [...document.querySelectorAll(selector)].some(
    one => (attribute ? one.getAttribute(attribute) || '' : one.innerText).includes(text)))"""
# What a page gets wrong when somebody forgets it; the name of the rule that finds it.
PLANTED = {
    "image-alt": "<img src='data:,' width='40' height='40'>",
    "button-name": "<button style='width: 40px; height: 40px'></button>",
    "color-contrast": "<p style='color: #999; background: #fff'>Dit is te licht om te lezen.</p>",
    "label": "<input type='text'>",
    "target-size": "<button style='width: 9px; height: 9px; padding: 0; border: 0'>a</button>" * 3,
    "heading-order": "<h6>Veel te diep</h6>",
}


@dataclass
class Walked:
    """What a walk met: what breaks a rule, the limits that are still there, and where it stopped."""

    found: list[Found] = field(default_factory=list)
    limits: set[Limit] = field(default_factory=set)
    stops: list[str] = field(default_factory=list)

    def stop(self, visitor: Visitor, where: str) -> None:
        """Looks at what stands there now, in the theme it has and in the other; then that one stays."""
        name = f"{where} ({visitor.page.viewport_size['width']} px)"
        self.stops.append(name)
        asked = [(one.selector, one.attribute, one.text) for one in LIMITS]
        said = visitor.page.evaluate(_SAYS, asked)
        self.limits.update(limit for limit, there in zip(LIMITS, said, strict=True) if there)
        self.found += in_both(visitor, name)


@pytest.fixture(scope="module")
def visiting(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors who stay for the whole module."""
    with meeting(browser) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def walked(server: Server, visiting: Callable[..., Visitor]) -> Walked:
    """The whole example in Dutch, part of it in English on a phone, and the empty dashboard in English."""
    seen = Walked()
    reader = visiting(server, locale="nl-NL")
    _stops(seen, reader, along(reader, LOOKS, language="nl", data="data=example"))
    _stops(seen, reader, forms(reader))
    phone = visiting(server, locale="en-GB", width=390, height=900)
    _stops(seen, phone, along(phone, MOST_USED, language="en", data="data=example"))
    newcomer = visiting(server, locale="en-GB", scheme="dark")
    _stops(seen, newcomer, along(newcomer, PATHS, language="en"))
    return seen


def _stops(seen: Walked, visitor: Visitor, walk: Iterable[str]) -> None:
    for where in walk:
        seen.stop(visitor, where)


def test_nothing_that_is_not_known_keeps_anybody_out(walked):
    assert len(walked.stops) > 65
    assert unknown(walked.found) == ""


def test_what_is_known_is_still_there(walked):
    """A fault that its maker mended leaves the list, and with it the accessibility statement."""
    assert gone(walked.found, FAULTS) == []
    assert set(LIMITS) - walked.limits == set()


@pytest.fixture(scope="module")
def plain(server: Server, visiting: Callable[..., Visitor]) -> Visitor:
    """A visitor at a page without faults."""
    visitor = visiting(server, locale="nl-NL")
    visitor.go("/method")
    assert look(visitor.page, "", FAULTS) == []
    return visitor


@pytest.mark.parametrize("rule", PLANTED)
def test_positive_control_a_planted_fault_is_found_and_not_excused(plain, rule):
    plain.page.evaluate(
        """html => {
      const place = document.createElement('div');
      place.id = 'planted';
      place.innerHTML = html;
      document.querySelector('h1').after(place);
    }""",
        PLANTED[rule],
    )
    found = look(plain.page, "", FAULTS)
    plain.page.evaluate("document.querySelector('#planted').remove()")
    assert rule in {one.rule for one in found}
    assert {one.known for one in found} == {-1}


def test_positive_control_a_page_without_our_rules_of_style_is_found(server, visiting):
    """The parts of a date are too small to hit, and the names of keys too pale, as Streamlit makes them."""
    visitor = visiting(server, locale="nl-NL")
    for path, rule in (("/trend", "target-size"), ("/evaluation", "color-contrast")):
        visitor.go(f"{path}?data=example&from=2025-01-01")
        where = (visitor.page, path, FAULTS)
        before = {one.rule for one in look(*where)}
        visitor.page.evaluate(
            "[...document.querySelectorAll('[data-testid=stHtml] style')].map(one => one.remove())"
        )
        assert rule not in before
        assert rule in {one.rule for one in look(*where)}


def test_positive_control_a_known_fault_that_is_nowhere_is_noticed(walked):
    mended = replace(FAULTS[0], selector="#never")
    assert gone(walked.found, (*FAULTS, mended)) == [mended]


def test_the_accessibility_statement_holds_the_list_of_today():
    text = statement.PAGE.read_text(encoding="utf-8")
    assert statement.page(text) == text, "write it anew: python -m tests.everyone.statement"
    for one in (*FAULTS, *LIMITS):
        assert one.means.en in text
        assert one.means.nl in text
        assert one.issue == NOT_FOUND or re.fullmatch(r"[\w.-]+/[\w.-]+#\d+", one.issue)
    for module in re.findall(r"`(tests/[\w/]+\.py)`", text):
        assert (statement.PAGE.parents[1] / module).exists(), module


def test_positive_control_a_table_that_was_not_renewed_is_noticed():
    text = statement.PAGE.read_text(encoding="utf-8")
    assert statement.page(text.replace(FAULTS[0].means.nl, "Iets anders.")) == text
