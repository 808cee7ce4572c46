"""The picture of the floor per quarter, read from its spec."""

from __future__ import annotations

import pandas as pd
import pytest

from tracker.charts.floor_quarter import QuarterLabels, floor_quarter
from tracker.charts.palette import DARK, LIGHT

LABELS = QuarterLabels(
    locale="nl",
    rate="Activiteiten per week",
    floor="vaste basis",
    range="tussen",
    activities="activiteiten",
    year_earlier="een jaar eerder:",
    quarter=lambda day: f"{(day.month + 2) // 3}e kwartaal {day.year}",
    number=lambda x: f"{x:.1f}".replace(".", ","),
)


def floors(quarters: int = 6, *, unknown: int = -1, hollow: int = -1) -> pd.DataFrame:
    starts = pd.date_range("2024-01-01", periods=quarters, freq="QS")
    frame = pd.DataFrame({"start": starts, "end": starts + pd.offsets.QuarterEnd(0)})
    frame["count"], frame["floor"], frame["low"], frame["high"] = 20, 1.5, 1.0, 2.0
    frame["hollow"] = [n == hollow for n in range(quarters)]
    frame.loc[frame.index == unknown, ["floor", "low", "high"]] = float("nan")
    return frame


def spec(frame, palette=LIGHT):
    return floor_quarter(frame, labels=LABELS, palette=palette, description="De vaste basis is gelijk.")


def rows(found, name):
    layer = next(layer for layer in found["layer"] if layer.get("name") == name)
    data = layer["data"]
    return data["values"] if "values" in data else found["datasets"][data["name"]]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_quarter_has_its_place_and_a_quarter_nobody_logged_has_no_number(palette):
    found = spec(floors(unknown=2), palette)
    assert len(rows(found, "dots")) == 6
    assert rows(found, "dots")[2]["floor"] is None
    assert found["description"] == "De vaste basis is gelijk."


def test_a_quarter_with_few_activities_is_hollow():
    assert [row["hollow"] for row in rows(spec(floors(hollow=3)), "dots")] == [False] * 3 + [True] + [
        False
    ] * 2


def test_the_last_value_is_written_and_a_year_earlier_is_a_line():
    found = spec(floors())
    assert rows(found, "last")[0]["text"] == "1,5"
    texts = [str(layer) for layer in found["layer"]] + [str(found.get("datasets", {}))]
    assert any("['een jaar eerder:', '1,5']" in text for text in texts)


def test_a_year_earlier_is_not_drawn_before_there_was_one():
    assert "een jaar eerder" not in str(spec(floors(3)))


def test_no_quarters_give_an_empty_picture():
    assert rows(spec(floors(0)), "dots") == []


@pytest.mark.parametrize("quarters", [0, 3, 6])
def test_no_mark_tells_a_screen_reader_its_english_fields(quarters):
    assert heard(spec(floors(quarters))) == []


def test_positive_control_a_mark_that_speaks_is_heard():
    found = spec(floors())
    dots = next(layer for layer in found["layer"] if layer.get("name") == "dots")
    del dots["mark"]["aria"]
    assert heard(found) == ["dots"]


def heard(found):
    """The layers a browser would give a name, which is made of their fields."""
    return [layer.get("name") for layer in found["layer"] if layer["mark"].get("aria", True)]


def test_the_axis_says_what_is_counted():
    assert [row["word"] for row in rows(spec(floors()), "unit")] == ["Activiteiten per week"]


@pytest.mark.parametrize(("last", "side"), [(1.4, 1), (1.5, 1), (1.6, -1)])
def test_the_last_value_and_that_of_a_year_earlier_stand_on_two_sides_of_the_line(last, side):
    frame = floors()
    frame.loc[frame.index[-1], "floor"] = last
    found = spec(frame)
    texts = [layer for layer in found["layer"] if layer["mark"]["type"] == "text"]
    value = next(layer["mark"]["dy"] for layer in texts if layer.get("name") == "last")
    words = next(layer["mark"]["dy"] for layer in texts if "een jaar eerder" in said(found, layer))
    assert value * side > 0 > words * side


def said(found, layer):
    data = layer["data"]
    return str(data["values"] if "values" in data else found["datasets"][data["name"]])
