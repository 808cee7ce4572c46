"""Every promise has a test, each test and the line it stands for exist, and docs/acceptance.md says so."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bench.acceptance import PAGE, ROOT, Row, page, rows, shown
from bench.acceptance_proof import unlike_an_assertion

PROMISES = range(1, 47)
ROWS = rows()


@cache
def named_in(module: str) -> frozenset[str]:
    """The tests in a module; empty when it is not there."""
    path = ROOT / module
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def rotten(row: Row) -> list[str]:
    """What a row names that is not there, or not just once."""
    tests = [
        one for one in (row.test, *row.also) if one.partition("::")[2] not in named_in(one.partition("::")[0])
    ]
    product = ROOT / row.file
    times = product.read_text(encoding="utf-8").count(row.remove) if product.is_file() else 0
    return tests + ([] if times == 1 else [f"{row.file} holds its line {times} times"])


def test_every_promise_has_one_row():
    assert [row.number for row in ROWS] == list(PROMISES)
    assert [row.number for row in ROWS if not (row.promise and row.where)] == []
    assert [row.number for row in ROWS if row.put == row.remove] == []


def test_every_test_and_every_line_that_is_named_exists():
    assert {row.number: found for row in ROWS if (found := rotten(row))} == {}


def test_the_page_is_what_the_rows_say_and_every_row_was_shown():
    days = shown(PAGE)
    assert sorted(days) == list(PROMISES)
    assert PAGE.read_text(encoding="utf-8") == page(ROWS, days)


def test_a_test_or_a_line_that_is_gone_is_noticed():
    row = replace(ROWS[0], test="tests/test_house.py::test_that_never_was", also=(), remove="no such line")
    assert rotten(row) == [row.test, f"{row.file} holds its line 0 times"]
    assert rotten(replace(ROWS[0], file="tracker/nowhere.py")) == [
        "tracker/nowhere.py holds its line 0 times"
    ]


def test_a_row_that_was_not_shown_has_no_day():
    told = page(ROWS, {row.number: date(2026, 11, 26) for row in ROWS[1:]})
    assert "**not shown**" in told.splitlines()[told.splitlines().index("|---|---|---|---|---|---|") + 1]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("AssertionError: assert 3 == 4", True),
        ("assert 3 == 4", True),
        ("Failed: DID NOT RAISE <class 'InvalidRecord'>", True),
        ("", False),
        ("error: ImportError: no module", False),
        ("KeyError: 'title'", False),
        ("AssertionError: ElementList(_list=[Exception(message='x')])", False),
    ],
)
def test_only_an_assertion_shows_that_a_line_matters(said: str, counts: bool):
    assert (unlike_an_assertion(said) == "") is counts
