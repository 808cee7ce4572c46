"""A tour along every page of a dashboard: what runs, what was made of texts, what is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect

from tests.conftest import Visitor
from tests.trust.hostile import TEXTS
from tests.trust.serving import PATHS

# The pages, and what of a page only its address shows.
LOOKS = (
    *PATHS,
    *(f"/lessons?lesson={part}" for part in ("ownership", "language", "direction", "scan")),
    *(f"/evaluation?topic={topic}" for topic in ("happened", "quiet", "closing")),
    *(f"/history?kind={kind}&id=1" for kind in ("incident", "agreement")),
)
MADE_OF_TEXT = """() => {
  const made = [...document.querySelectorAll(
    '#hostile,.hostile,[src*=beacon],[href*=beacon],[srcset*=beacon],[poster*=beacon],[data*=beacon],'
    + '[style*=beacon],[ping],[onerror],[onload],[onmouseover],[onfocus],[ontoggle],[onbegin],[onstart],'
    + 'a[href^="javascript:"],iframe,object,embed,marquee,base,.katex')];
  const formatted = [...document.querySelectorAll('em,strong,b,code,del,h1,h2,h3,a,li,blockquote,pre,td')]
    .filter(one => one.textContent.trim() === 'hostile');
  return [...made, ...formatted].map(one => one.outerHTML.slice(0, 200));
}"""
READ = """() => [document.body.textContent, ...[...document.querySelectorAll('[aria-label],input,textarea')]
  .map(one => one.value || one.getAttribute('aria-label') || '')].join(' \\n ')"""

# Keys of a chart of which the text is an expression, or the name of a field (a dot in it is a path).
RUN = {
    *("expr", "calculate", "filter", "test", "labelExpr", "titleExpr", "signal", "update"),
    *("field", "as", "groupby", "lookup", "fields"),
}


@dataclass
class Seen:
    """What a tour met: `ran` and `made` must stay empty; of each page which texts stand on it whole."""

    ran: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    whole: dict[str, set[str]] = field(default_factory=dict)


def tour(visitor: Visitor, looks: tuple[str, ...], *, language: str) -> Seen:
    """Goes along `looks` and looks at each; dialogs and requests are among the complaints of the visitor.

    What the menu leads to is reached by the menu, which costs half of loading the page anew.
    """
    seen = Seen()
    for number, path in enumerate(looks):
        link = visitor.page.locator(f'a[data-testid=stTopNavLink][href$="{path}"]').first
        if number and "?" not in path and link.count():
            link.click()
            expect(link).to_have_attribute("aria-current", "page")
            visitor.settle()
        else:
            visitor.go(f"{path}{'&' if '?' in path else '?'}lang={language}")
        look(visitor, path, seen)
    return seen


def look(visitor: Visitor, path: str, seen: Seen) -> None:
    """Adds what stands on the page now."""
    page = visitor.page
    if page.evaluate("window.__x"):
        seen.ran.append(path)
    seen.made += [f"{path}: {one}" for one in page.evaluate(MADE_OF_TEXT)]
    said = " ".join(page.evaluate(READ).replace("\u2060", "").split())  # what `write.label` adds
    seen.whole.setdefault(path, set()).update(text for text in TEXTS if " ".join(text.split()) in said)


def expressions(chart: Any, key: str = "") -> Iterator[str]:
    """Everything in a chart that the browser runs or takes for the name of a field; not the data."""
    if isinstance(chart, str):
        if key in RUN:
            yield chart
    elif isinstance(chart, dict):
        for name, value in chart.items():
            if name not in ("datasets", "values"):
                yield from expressions(value, key if key in RUN and name not in RUN else name)
    elif isinstance(chart, list):
        for value in chart:
            yield from expressions(value, key)
