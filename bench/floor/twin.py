"""The static twin of a page: the same elements in the same places with the same data, from a file.

Reads what `bench.elements` took off the real page and knows nothing of the tracker. The file is read once for
all runs. What it costs is what Streamlit takes to send such a page; all above that is ours.
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


@st.cache_resource(show_spinner=False)
def ready(path: str) -> list[Node]:
    """The elements of the file, with their drawings and tables as they are handed over."""
    return [_ready(node) for node in json.loads(Path(path).read_text(encoding="utf-8"))]


def _ready(node: Node) -> Node:
    made = node | {"children": [_ready(child) for child in node.get("children", [])]}
    if "spec" in node:
        tables = {name: b64decode(table) for name, table in node.get("tables", {}).items()}
        made["spec"] = json.loads(node["spec"]) | ({"datasets": tables} if tables else {})
    if "rows" in node:
        made["rows"] = pd.DataFrame(node["rows"])
    return made


def draw(nodes: list[Node], place: str = "0") -> None:
    """Draws these elements and what stands in them; `place` gives every widget a key of its own."""
    for number, node in enumerate(nodes):
        here = f"{place}.{number}"
        if node["kind"] in AROUND:
            _around(node, here)
        else:
            ALONE[node["kind"]](node, here)


def _around(node: Node, here: str) -> None:
    children = node["children"]
    if children and all(child["kind"] == "column" for child in children):
        for number, (column, child) in enumerate(zip(st.columns(len(children)), children, strict=True)):
            with column:
                draw(child["children"], f"{here}.{number}")
        return
    with AROUND[node["kind"]](node):
        draw(children, here)


AROUND: dict[str, Callable[[Node], Any]] = {
    "flex_container": lambda node: st.container(horizontal=node["horizontal"]),
    "expander": lambda node: st.expander(node["label"]),
    "popover": lambda node: st.popover(node["label"]),
}
# An element that the page gets and this list does not know stops the twin: it would be a twin no more.
ALONE: dict[str, Callable[[Node, str], Any]] = {
    "html": lambda node, here: st.html(node["body"]),
    "empty": lambda node, here: st.empty(),
    "button": lambda node, here: st.button(node["label"], key=here),
    "toggle": lambda node, here: st.toggle(node["label"], key=here),
    "checkbox": lambda node, here: st.checkbox(node["label"], key=here),
    "text_input": lambda node, here: st.text_input(node["label"], key=here),
    "text_area": lambda node, here: st.text_area(node["label"], key=here),
    "date_input": lambda node, here: st.date_input(node["label"], datetime.date(2026, 7, 3), key=here),
    "selectbox": lambda node, here: st.selectbox(node["label"], node["options"], key=here),
    "multiselect": lambda node, here: st.multiselect(node["label"], node["options"], key=here),
    "vega_lite_chart": lambda node, here: st.vega_lite_chart(node["spec"], theme=None, key=here),
    "dataframe": lambda node, here: st.dataframe(node["rows"], key=here),
    "download_button": lambda node, here: st.download_button(node["label"], "", key=here),
    "page_link": lambda node, here: st.page_link("https://example.org", label=node["label"]),
}

draw(ready(os.environ["BENCH_TWIN"]))
