"""axe-core on what stands on the screen: every fault it finds, and which of them is known.

The script is the one that axe-playwright-python brings along; nothing else of that package is used. It is
handed over by the browser's remote control, so a page is looked at under the policy it is served with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

from tests.everyone.known_faults import Fault

# WCAG 2.2, levels A and AA; and axe's own good practice, such as landmarks and the order of headings.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
# The rules to which a theme makes a difference.
COLOURS = ("color-contrast", "link-in-text-block")
_LOOK = """async ([run, faults]) => {
  const known = (rule, element) => faults.findIndex(
    one => one[0] === rule && element instanceof Element && element.matches(one[1]));
  const found = await axe.run(document, {runOnly: run, resultTypes: ['violations'], elementRef: true});
  return found.violations.flatMap(one => one.nodes.map(node => [
    one.id, node.target.flat().join(' '), node.element ? node.element.outerHTML.slice(0, 240) : '',
    node.any.concat(node.all, node.none).map(check => check.message).join('; '),
    known(one.id, node.element)]));
}"""


@dataclass(frozen=True)
class Found:
    """One element that breaks one rule of axe; `known` is its place among the faults, -1 for a new one."""

    where: str
    rule: str
    selector: str
    html: str
    why: str
    known: int

    def __str__(self) -> str:
        return f"{self.where}: {self.rule} at {self.selector}: {self.why}\n    {self.html}"


def look(page: Page, where: str, faults: Sequence[Fault], *, colours_only: bool = False) -> list[Found]:
    """All that axe finds wrong with the page as it stands; or with its colours alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    run = {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": TAGS}
    told = page.evaluate(_LOOK, [run, [[one.rule, one.selector] for one in faults]])
    return [Found(where, *one) for one in told]


def gone(found: Sequence[Found], faults: Sequence[Fault]) -> list[Fault]:
    """The faults of the list that were met nowhere."""
    met = {one.known for one in found}
    return [fault for number, fault in enumerate(faults) if number not in met]


@cache
def _script() -> str:
    package = find_spec("axe_playwright_python")
    assert package is not None, "axe-core is missing: install requirements-dev.txt"
    assert package.origin is not None
    return Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")
