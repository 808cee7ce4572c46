"""The elements of a page as the page itself draws them, for the static twin to draw again."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from bench.serving import ROOT, TWIN

HOME = "tracker/pages/main.py"
Node = dict[str, Any]


def of_home(database: Path) -> list[Node]:
    """The elements of the home screen for a log."""
    return _drawn(HOME, TRACKER_DB=str(database))


def of_twin(path: Path) -> list[Node]:
    """The elements that the twin draws from a file."""
    return _drawn(TWIN, BENCH_TWIN=str(path))


def written(path: Path, database: Path) -> Path:
    """The file that makes the twin the twin of the home screen for this log."""
    path.write_text(json.dumps(of_home(database)), encoding="utf-8")
    return path


def census(nodes: list[Node]) -> Counter[tuple[str, ...]]:
    """How many elements there are of each kind, depth and size: bytes of text, of a drawing and its tables;
    rows and columns of a table; choices of a list."""
    return Counter(_counted(nodes, 0))


def _counted(nodes: list[Node], depth: int) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        sizes = [str(len(node.get(name, ""))) for name in ("label", "body", "spec", "options")]
        sizes += sorted(f"{name} {len(table)}" for name, table in node.get("tables", {}).items())
        sizes += sorted(f"{name} {len(cells)}" for name, cells in node.get("rows", {}).items())
        yield (str(depth), node["kind"], str(node.get("horizontal", "")), *sizes)
        yield from _counted(node.get("children", []), depth + 1)


def _drawn(script: str, **environment: str) -> list[Node]:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        page = AppTest.from_file(str(ROOT / script), default_timeout=120).run()
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert not page.exception, page.exception
    return _nodes(page.main)


def _nodes(block: Any) -> list[Node]:
    return [_node(child) for child in block.children.values()]


def _node(element: Any) -> Node:
    proto = getattr(element, "proto", None)
    node: Node = {"kind": str(element.type)}
    if hasattr(element, "children"):
        node["children"] = _nodes(element)
        node["horizontal"] = getattr(getattr(proto, "flex_container", None), "direction", 0) == 2
        node["label"] = getattr(getattr(proto, node["kind"], None), "label", "")
    if node["kind"] == "dataframe":
        rows = element.value.astype(str).to_dict("list")
        node["rows"] = {str(name): cells for name, cells in rows.items()}
    if node["kind"] == "vega_lite_chart":
        node["tables"] = {one.name: b64encode(one.data.data).decode() for one in proto.datasets}
    if hasattr(proto, "options") and node["kind"] in ("selectbox", "multiselect"):
        node["options"] = list(proto.options)
    for name in ("label", "body", "spec"):
        if isinstance(getattr(proto, name, None), str):
            node[name] = getattr(proto, name)
    return node
