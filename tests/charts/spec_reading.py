"""Reading a finished Vega-Lite spec: its layers and rows by name, and what must hold for every picture."""

from __future__ import annotations

import json

import altair as alt

NASTY = [
    "\"quotes' and `ticks`",
    "datum.y > 0 ? 'x' : toString(datum)",
    "<img src=x onerror=alert(1)>",
    "name:N",
    "a.b[0]\\.c",
    "😀 é ‮omgekeerd",
]


def layers(chart):
    return {layer["name"]: layer for layer in chart["layer"]}


def rows(chart, layer):
    """The rows a layer reads, before its own filters."""
    return _read(chart, layers(chart)[layer])


def words(chart):
    """Every text the picture can show, of all datasets."""
    shown = (value for part in chart["datasets"].values() for row in part for value in row.values())
    return {value for value in shown if isinstance(value, str)}


def assert_valid(chart):
    """What Altair's schema allows; slow, so only a few charts are held against it."""
    alt.LayerChart.from_dict({key: part for key, part in chart.items() if key != "config"})


def assert_sound(chart):
    """JSON without NaN, no layer without rows or twice, no mark that speaks for itself, no tiny letter."""
    json.dumps(chart, allow_nan=False)
    assert all(_read(chart, layer) for layer in chart["layer"])
    assert len(layers(chart)) == len(chart["layer"]) > 0
    assert not [layer["name"] for layer in chart["layer"] if layer["mark"]["aria"] is not False]
    assert min(layer["mark"].get("fontSize", 12) for layer in chart["layer"]) >= 12


def assert_only_in_the_data(chart, mark="KENMERK"):
    """What users typed (it holds `mark`) is in the picture, and only as data."""
    assert any(mark in word for word in words(chart))
    apart = {key: part for key, part in chart.items() if key != "datasets"}
    assert mark not in json.dumps(apart, ensure_ascii=False)


def _read(chart, layer):
    """Data that all layers share, Altair moves to the top."""
    return chart["datasets"][layer.get("data", chart.get("data"))["name"]]
