"""The static twin has exactly the elements of the home screen (trust.md 4.3): kinds, places, sizes."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date

import pytest

from bench import elements, gen, views
from bench.serving import ROOT


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The elements of a home screen with a picture, a table, silent arrangements and overdue agreements."""
    database = gen.make(tmp_path_factory.mktemp("twin") / "tracker.db", 400, date(2026, 3, 2)).path
    found = elements.of_home(database)
    kinds = {kind for _, kind, *_ in elements.census(found)}
    assert {"vega_lite_chart", "dataframe", "button", "popover", "html"} <= kinds
    return found


def twin_of(nodes, path):
    path.write_text(json.dumps(nodes), encoding="utf-8")
    return elements.of_twin(path)


def test_the_twin_draws_what_the_home_screen_draws(home, tmp_path):
    assert elements.census(twin_of(home, tmp_path / "twin.json")) == elements.census(home)


@pytest.mark.parametrize("part", ["an element", "a word", "a row", "a table of a drawing"])
def test_a_twin_that_lacks_something_is_seen(home, tmp_path, part):
    """Positive control: each kind of loss, once."""
    less = deepcopy(home)
    every = list(_all(less))
    drawing = next(one for one in every if one["kind"] == "vega_lite_chart")
    if part == "an element":
        next(one for one in every if len(one.get("children", [])) > 1)["children"].pop()
    elif part == "a word":
        next(one for one in every if one["kind"] == "html")["body"] += " more"
    elif part == "a row":
        table = next(one for one in every if one["kind"] == "dataframe")
        table["rows"] = {name: cells[:-1] for name, cells in table["rows"].items()}
    else:
        drawing["tables"].popitem()
    assert elements.census(twin_of(less, tmp_path / "twin.json")) != elements.census(home)


def test_an_element_that_the_twin_does_not_know_stops_it(home, tmp_path):
    with pytest.raises(AssertionError):
        twin_of([*home, {"kind": "hologram", "label": ""}], tmp_path / "twin.json")


def test_what_is_compared_with_the_tracker_imports_nothing_of_it():
    for path in (ROOT / "bench" / "floor").glob("*.py"):
        assert "import tracker" not in path.read_text()
        assert "from tracker" not in path.read_text()


def test_rows_in_a_drawing_are_counted_wherever_they_stand():
    rows = [{"a": 1}, {"a": 2}]
    spec = {"data": {"values": rows}, "layer": [{"data": {"values": rows[:1]}}], "datasets": {"x": rows}}
    assert views._inline(spec) == 5
    assert views._inline({"encoding": {"x": {"scale": {"domain": [1, 2]}}, "axis": {"values": [1, 2]}}}) == 0


def _all(nodes):
    for node in nodes:
        yield node
        yield from _all(node.get("children", []))
