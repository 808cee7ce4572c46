"""The threat level as a band: boxes with words, a double line at a new scale, hatch where it is not known."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.charts.spec_reading import layers
from tracker.charts.axes import calendar
from tracker.charts.frame import AXIS_PX, DAY_MS, day, frame
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.threat_band import BandLabels, Level, threat_band

DUTCH = BandLabels(
    locale="nl",
    title="Landelijk dreigingsniveau",
    short_title="Dreigingsniveau",
    new_scale="andere schaal",
    unknown="onbekend sinds 9 sep 2020",
)
FIRST, LAST = date(2013, 1, 1), date(2020, 12, 31)
LEVELS = (
    Level(first=FIRST, last=date(2016, 6, 30), word="substantieel", said="a"),
    Level(
        first=date(2016, 7, 1),
        last=date(2019, 12, 8),
        word="substantieel",
        said="b",
        sure=False,
        new_scale=True,
    ),
    Level(first=date(2019, 12, 9), last=date(2020, 9, 8), word="aanzienlijk", said="c"),
    Level(first=date(2020, 9, 9), last=LAST, word="", said="d"),
)


def spec(levels=LEVELS, **changed):
    known = {"first": FIRST, "last": LAST, "labels": DUTCH, "palette": LIGHT, "description": "Niveau"}
    return threat_band(levels, **{**known, **changed})


def rows(chart, name):
    return chart["datasets"][layers(chart)[name]["data"]["name"]]


def shown(chart) -> set[str]:
    """Every word that stands in the picture, not those of the tooltips."""
    found = set()
    for layer in chart["layer"]:
        if layer["mark"]["type"] == "text":
            found |= {row["word"] for row in chart["datasets"][layer["data"]["name"]]}
    return found


def test_the_band_shows_words_and_never_a_number():
    found = shown(spec())
    assert {"substantieel", "aanzienlijk", "andere schaal", "Landelijk dreigingsniveau"} <= found
    assert [word for word in found if re.search("[0-9]", word)] == [DUTCH.unknown]


def test_a_new_scale_is_a_double_line_on_its_day():
    lines = rows(spec(), "scale_breaks")
    assert len(lines) == 2
    assert sum(line["x"] for line in lines) / 2 == pytest.approx(
        round(day(date(2016, 7, 1))) * DAY_MS, abs=1e6
    )
    plain = [Level(first=FIRST, last=LAST, word="beperkt", said="x")]
    assert "scale_breaks" not in layers(spec(plain))
    assert "andere schaal" not in shown(spec(plain))


def test_what_is_not_known_is_hatched_has_no_box_and_says_since_when():
    chart = spec()
    assert len(rows(chart, "boxes")) == 3
    (hatched,) = rows(chart, "unknown")
    assert hatched["start"] == round(day(date(2020, 9, 9))) * DAY_MS
    assert DUTCH.unknown in shown(chart)


def test_a_stretch_that_was_not_known_earlier_does_not_say_unknown_since():
    early = [
        Level(first=FIRST, last=date(2014, 1, 1), word="", said="x"),
        Level(first=date(2014, 1, 2), last=LAST, word="beperkt", said="y"),
    ]
    assert DUTCH.unknown not in shown(spec(early))
    assert len(rows(spec(early), "unknown")) == 1


def test_a_box_of_which_the_day_is_not_certain_is_dashed():
    chart = spec()
    assert layers(chart)["boxes"]["mark"]["strokeDash"] == [1, 0]
    assert layers(chart)["unsure_boxes"]["mark"]["strokeDash"] == [4, 3]
    assert layers(chart)["unsure_boxes"]["transform"] == [{"filter": "!datum.sure"}]
    assert [row["sure"] for row in rows(chart, "boxes")] == [True, False, True]


def test_a_word_needs_a_box_that_it_fits_in():
    wide, _, short = rows(spec(), "words")
    assert wide["least"] < 300 < short["least"]
    assert layers(spec())["words"]["transform"][0] == {"filter": "width >= datum.least"}


def test_all_boxes_have_one_colour_so_that_only_the_word_tells_them_apart():
    for palette in (LIGHT, DARK):
        chart = spec(palette=palette)
        fills = {layers(chart)[name]["mark"]["fill"] for name in ("boxes", "unsure_boxes")}
        assert fills == {palette.surface}


def test_narrow_shows_the_last_twelve_months_under_a_short_title():
    chart = spec(narrow=True)
    assert "Dreigingsniveau" in shown(chart)
    assert len(rows(chart, "boxes")) == 1
    assert "andere schaal" not in shown(chart)


def test_a_record_of_which_nothing_is_known_is_all_hatch():
    chart = spec([Level(first=FIRST, last=LAST, word="", said="x")])
    assert "boxes" not in layers(chart)
    assert "unknown_hatch" in layers(chart)


def test_its_axis_takes_the_same_room_as_that_of_the_timeline_and_is_not_seen():
    at = frame(day(FIRST), day(LAST), highest=3.0, severest=0, narrow=False)
    across = layers(spec())["title"]["encoding"]["x"]["axis"]
    shared = calendar(at, LIGHT).to_dict()
    assert {name: across[name] for name in shared} == shared
    assert (across["labelOpacity"], across["ticks"], across["domain"]) == (0, False, False)
    assert layers(spec())["title"]["encoding"]["y"]["axis"]["minExtent"] == AXIS_PX
