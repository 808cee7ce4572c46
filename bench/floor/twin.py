"""The static twin of a page: the same elements in the same places with the same data, from a file.

Reads what `bench.pages` took off the real page and knows nothing of the tracker. What it costs is what
Streamlit takes to send such a page; all above that is ours.
"""

from __future__ import annotations

import datetime
import json
import os
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

Node = dict[str, Any]


def draw(nodes: list[Node], place: str = "0") -> None:
    """Draws these elements and what stands in them; `place` gives every widget a key of its own."""
    for number, node in enumerate(nodes):
        here = f"{place}.{number}"
        if node["kind"] in AROUND:
            _around(node, here)
        else:
            ALONE.get(node["kind"], _nothing)(node, here)


def _around(node: Node, here: str) -> None:
    children = node["children"]
    if children and all(child["kind"] == "column" for child in children):
        for number, (column, child) in enumerate(zip(st.columns(len(children)), children, strict=True)):
            with column:
                draw(child["children"], f"{here}.{number}")
        return
    with AROUND[node["kind"]](node):
        draw(children, here)


def _spec(node: Node) -> dict[str, Any]:
    """The drawing with its tables as they are sent, as the page hands it over."""
    tables = {name: b64decode(table) for name, table in node.get("tables", {}).items()}
    return json.loads(node["spec"]) | ({"datasets": tables} if tables else {})


def _nothing(node: Node, here: str) -> None:
    """An element the page has and the twin cannot: it counts against us, not for us."""


AROUND: dict[str, Callable[[Node], Any]] = {
    "flex_container": lambda node: st.container(horizontal=node["horizontal"]),
    "column": lambda node: st.container(),
    "expander": lambda node: st.expander(node["label"]),
    "popover": lambda node: st.popover(node["label"]),
}
ALONE: dict[str, Callable[[Node, str], Any]] = {
    "html": lambda node, here: st.html(node["body"]),
    "button": lambda node, here: st.button(node["label"], key=here),
    "toggle": lambda node, here: st.toggle(node["label"], key=here),
    "checkbox": lambda node, here: st.checkbox(node["label"], key=here),
    "text_input": lambda node, here: st.text_input(node["label"], key=here),
    "date_input": lambda node, here: st.date_input(node["label"], datetime.date(2026, 7, 3), key=here),
    "selectbox": lambda node, here: st.selectbox(node["label"], ["–"], key=here),
    "vega_lite_chart": lambda node, here: st.vega_lite_chart(_spec(node), key=here),
    "dataframe": lambda node, here: st.dataframe(pd.DataFrame(node["rows"])),
    "download_button": lambda node, here: st.download_button(node["label"], "", key=here),
}

draw(json.loads(Path(os.environ["BENCH_TWIN"]).read_text(encoding="utf-8")))
