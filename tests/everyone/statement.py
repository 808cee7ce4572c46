"""The known faults as tables: in English for who works here, in Dutch for what a municipality publishes.

`python -m tests.everyone.statement` writes them anew between the marks in docs/accessibility.md.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.everyone.known_faults import FAULTS, LIMITS, NOT_FOUND, Fault, Limit

PAGE = Path(__file__).parents[2] / "docs" / "accessibility.md"
_MARKS = re.compile(r"(<!-- (faults|gebreken) -->\n).*?(<!-- end -->)", re.DOTALL)
_HEADS = {
    "faults": ("WCAG", "what somebody meets", "what there is instead", "where it is known", "found by"),
    "gebreken": ("WCAG", "Wat u merkt", "Wat wij in plaats daarvan bieden", "Waar het bekend is"),
}


def page(text: str) -> str:
    """The page with the tables of today in it."""
    return _MARKS.sub(lambda found: f"{found[1]}{_table(found[2])}{found[3]}", text)


def _table(name: str) -> str:
    row = _english if name == "faults" else _dutch
    head = _HEADS[name]
    lines = [head, ("---",) * len(head), *(row(one) for one in (*FAULTS, *LIMITS))]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _english(one: Fault | Limit) -> tuple[str, ...]:
    by = (
        f"axe `{one.rule}` at `{one.selector}`"
        if isinstance(one, Fault)
        else f"“{one.text.strip(', ')}” on a Dutch page"
    )
    return one.criterion.en, one.means.en, one.instead.en, one.issue, by


def _dutch(one: Fault | Limit) -> tuple[str, ...]:
    return one.criterion.nl, one.means.nl, one.instead.nl, "nergens" if one.issue == NOT_FOUND else one.issue


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
