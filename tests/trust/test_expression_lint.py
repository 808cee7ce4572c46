"""T44: no text of a user becomes part of an expression of a chart, which the browser would run.

Read from the source: what is put into an expression is a constant or was read by a reviewer. What the charts
of all pages really send is looked at in the tour of `test_hostile_pages`, with `expressions`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.trust.touring import expressions

WRITTEN_AS = {"labelExpr", "titleExpr", "expr", "test", "filter", "calculate", "signal", "update"}
# What charts put into expressions besides constants: numbers, colours, states and expressions of their own
# making. Each was read: none is ever what a user typed. A new name here asks the reviewer to read it too.
REVIEWED = {
    "attendance.py": {"sheet.room", "written", "state", "times", "legible", "columns", "states", "rows"},
    "axes.py": {"january", "year", "month", "months"},
    "day_zero_layers.py": {"kind", "number", "only", "named"},
    "held_strip.py": {
        *("january", "text", "ticks", "room", "sheet.right", "sheet.left", "written", "shared", "legible"),
        *("state", "times", "palette.ink", "plain"),
    },
    "ownership.py": {"gone", "holds"},
    "pairs.py": {"self.columns"},
    "prevention.py": {"self.columns", "planned", "chosen"},
    "survival.py": {"kind"},
    "threat_band.py": {"sure"},
}


def put_in(source: str) -> set[tuple[int, str]]:
    """Line and name of everything but constants that ends up in an expression."""
    found = set()
    for place in _expressions(ast.parse(source)):
        found |= {(place.lineno, name) for name in _names(place)}
    return found


def _expressions(tree: ast.AST) -> Iterator[ast.expr]:
    """The arguments that Altair reads as expressions, and texts built out of `datum`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=attr)) if (
                attr.startswith("transform_") or attr == "ExprRef"
            ):
                yield from (*node.args, *(keyword.value for keyword in node.keywords))
            case ast.Call(func=ast.Attribute(attr="condition")):
                yield from node.args[:1]
            case ast.Call():
                yield from (keyword.value for keyword in node.keywords if keyword.arg in WRITTEN_AS)
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                yield from (v for k, v in pairs if isinstance(k, ast.Constant) and k.value in WRITTEN_AS)
            case ast.JoinedStr() | ast.BinOp() if "datum" in ast.unparse(node):
                yield node


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name):
            if not name.isupper():
                yield name
        case ast.Attribute():
            name = ast.unparse(node)
            if not name.startswith("alt.datum."):
                yield name
        case ast.Call():
            for part in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _names(part)
        case ast.Subscript(value=looked_up_in):
            yield from _names(looked_up_in)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _names(child)


def complaints(folder: Path) -> list[str]:
    """`file:line: name` of everything in an expression that no reviewer has read."""
    return sorted(
        f"{path.name}:{line}: {name}"
        for path in folder.glob("*.py")
        for line, name in put_in(path.read_text())
        if name not in REVIEWED.get(path.name, set())
    )


def test_no_text_of_a_user_becomes_an_expression() -> None:
    assert complaints(ROOT / "tracker/charts") == []


def test_what_was_reviewed_is_still_there() -> None:
    """So that the list does not allow what nobody reads any more."""
    for file, names in REVIEWED.items():
        found = {name for _, name in put_in((ROOT / "tracker/charts" / file).read_text())}
        assert names == found, file


def test_only_charts_write_expressions() -> None:
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        if path.parent.name != "charts":
            assert "datum." not in path.read_text(), path


@pytest.mark.parametrize(
    "line",
    [
        "chart.transform_calculate(word=f\"'{title}'\")",
        'chart.transform_calculate(word="\'" + title + "\'")',
        "chart.transform_filter('datum.name == %r' % title)",
        "chart.transform_filter(alt.datum.name == title)",
        "chart.transform_filter(title)",
        "chart.transform_lookup(lookup=title)",
        "alt.ExprRef(f'datum.x + {title}')",
        "alt.ExprRef(expr=title)",
        "alt.condition(f'datum.x == {title}', a, b)",
        "alt.Axis(labelExpr=title)",
        "{'signal': title}",
        "{'update': f'{title}'}",
        "whole = f'datum.{title}'",
        "whole = 'datum.' + title",
        "chart.transform_filter(quoted(title))",
        "chart.transform_filter(texts[0] or title)",
    ],
)
def test_positive_control_each_way_to_put_a_title_into_an_expression_is_noticed(tmp_path, line):
    (tmp_path / "timeline.py").write_text(line + "\n")
    assert any(told.endswith(": title") for told in complaints(tmp_path)), line


def test_positive_control_an_expression_anywhere_in_a_chart_is_found() -> None:
    chart = {
        "layer": [{"transform": [{"calculate": "'a'+1", "as": "b"}, {"filter": {"not": "datum.c"}}]}],
        "encoding": {"x": {"field": "d", "axis": {"labelExpr": "e"}, "condition": {"test": "f"}}},
        "params": [{"name": "g", "expr": "h"}],
        "datasets": {"rows": [{"field": "no expression", "expr": "no expression"}]},
        "data": {"values": [{"test": "no expression"}]},
    }
    assert sorted(expressions(chart)) == ["'a'+1", "b", "d", "datum.c", "e", "f", "h"]
