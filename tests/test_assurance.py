"""docs/assurance.md names a test and a control for every promise, and both exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/assurance.md").read_text(encoding="utf-8")
PROMISED = {*range(1, 16), 17, 18, 19, *range(21, 31), *range(43, 67), 68, 69, 70}
ROW = re.compile(r"^\| T(\d+) \| (.+?) \| (\S+)::(\w+) \| (\S+)::(\w+) \|$", re.MULTILINE)


@cache
def named_in(module: str) -> frozenset[str]:
    """The tests in the module with this file name, wherever it stands; empty when there is none."""
    found = list((ROOT / "tests").rglob(module))
    assert len(found) < 2, f"two modules are called {module}"
    tree = ast.parse(found[0].read_text(encoding="utf-8")) if found else ast.Module([], [])
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(page: str) -> list[str]:
    """What a page names that is not there."""
    return [
        f"T{number}: {module}::{test}"
        for number, _, *named in ROW.findall(page)
        for module, test in (named[:2], named[2:])
        if test not in named_in(module)
    ]


def test_every_promise_has_a_test_and_a_control_that_exist():
    assert {int(row[0]) for row in ROW.findall(PAGE)} == PROMISED
    assert missing(PAGE) == []


def test_a_test_that_is_gone_is_noticed():
    row = "| T1 | a promise | test_kills.py::test_that_never_was | nowhere.py::test_x |"
    assert missing(row) == ["T1: test_kills.py::test_that_never_was", "T1: nowhere.py::test_x"]


def test_every_row_of_the_standards_rests_on_a_promise():
    rows = re.findall(r"^\| (?:ASVS|BIO2) .+? \| (.+?) \|$", PAGE, re.MULTILINE)
    assert len(rows) > 20
    assert {int(number) for row in rows for number in re.findall(r"T(\d+)", row)} <= PROMISED
