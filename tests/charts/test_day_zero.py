"""The weeks around incidents: single lines or a mean, the floor, the words, read from the finished spec."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.charts.spec_reading import (
    NASTY,
    assert_only_in_the_data,
    assert_sound,
    assert_valid,
    layers,
    rows,
    words,
)
from tracker.charts.day_zero import DayZeroLabels, Episode, FloorBand, MeanWeek, day_zero
from tracker.charts.lettering import width
from tracker.charts.palette import DARK, LIGHT

DUTCH = DayZeroLabels(
    locale="nl",
    day_zero="dag 0",
    weeks_after="weken na het incident",
    floor="vaste basis",
    mean="gemiddelde van 9",
    single="een incident",
    cut="volgend incident",
    incident="Incident",
    date="Datum",
    week="Week",
    rate="Activiteiten per week",
    range="Marge",
    number=lambda rate: f"{rate:.1f}".replace(".", ","),
    between=lambda low, high: f"tussen {low:.1f} en {high:.1f}",
)
FLOOR = FloorBand(rate=1.3, low=1.0, high=1.6)
MEAN = [MeanWeek(week=week, mean=2.0, low=1.5, high=2.5) for week in range(-4, 16)]


def test_a_line_has_its_weeks_from_four_before_the_incident():
    chart = spec([episode(0, (1.0, 2.0, 0.0, 1.0, 6.0, 4.0))])
    assert [(row["week"], row["said"]) for row in rows(chart, "line_0")] == [
        (-4, "1,0"),
        (-3, "2,0"),
        (-2, "0,0"),
        (-1, "1,0"),
        (0, "6,0"),
        (1, "4,0"),
    ]


def test_no_line_is_smoothed():
    for number in (2, 7):
        for name, layer in layers(spec(episodes(number))).items():
            assert "interpolate" not in layer["mark"], name
            assert not any("loess" in part or "window" in part for part in layer.get("transform", []))


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_is_joined_over_day_0_so_nothing_rises_before_it(narrow):
    for number in (4, 7):
        chart = spec(episodes(number), narrow=narrow)
        drawn = [name for name, layer in layers(chart).items() if layer["mark"]["type"] in ("line", "area")]
        assert drawn == ([f"line_{n}" for n in range(4)] if number == 4 else ["mean_band", "lines", "mean"])
        for name in drawn:
            sides = [{week < 0 for week in weeks} for weeks in strokes(chart, name).values()]
            assert {True} in sides, name  # before day 0 there are lines
            assert {False} in sides, name
            assert {True, False} not in sides, name


def test_a_known_week_beside_day_0_that_no_line_reaches_is_a_dot():
    before, after = rows(spec([episode(0, (None, None, None, 1.0, 5.0))]), "line_0")
    assert (before["week"], after["week"]) == (-1, 0)
    assert before["alone"] is after["alone"] is True
    pair = rows(spec([episode(0, (None, None, 1.0, 1.0, 5.0, 4.0))]), "line_0")
    assert not any(row.get("alone") for row in pair)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_unit_stands_above_the_axis_and_over_no_other_word(narrow):
    chart = spec(episodes(4), narrow=narrow)
    (unit,) = rows(chart, "unit")
    assert unit["word"] == "Activiteiten per week"
    assert unit["y"] + 14 <= min(row["y"] for row in rows(chart, "names"))
    assert unit["y"] + 14 <= rows(chart, "zero")[0]["y2"]


def test_few_lines_have_a_name_a_date_and_a_dash_each_and_no_mean():
    chart = spec(episodes(4))
    said = [row["word"] for row in rows(chart, "names") if row["kind"].startswith("line")]
    assert said == [
        "Rellen 0 · 10 feb 2024",
        "Rellen 1 · 11 mei 2024",
        "Rellen 2 · 11 aug 2024",
        "Rellen 3 · 10 nov 2024",
    ]
    dashes = [json.dumps(layers(chart)[f"line_{n}"]["mark"]["strokeDash"]) for n in range(4)]
    assert len(set(dashes)) == 4
    swatches = [json.dumps(layers(chart)[f"line_{n}_swatch"]["mark"]["strokeDash"]) for n in range(4)]
    assert swatches == dashes
    assert {"mean", "mean_band"}.isdisjoint(layers(chart))
    assert "gemiddelde van 9" not in words(chart)


def test_from_five_on_the_lines_are_thin_and_grey_and_the_mean_is_thick_with_its_band():
    chart = spec(episodes(5))
    assert layers(chart)["lines"]["mark"]["color"] == LIGHT.unknown
    assert layers(chart)["lines"]["mark"]["strokeWidth"] == 1
    assert layers(chart)["mean"]["mark"]["strokeWidth"] > 3
    assert [row["kind"] for row in rows(chart, "names")] == ["mean", "single"]
    assert "Rellen 0 · 10 feb 2024" not in words(chart)


def test_the_mean_stops_where_its_weeks_stop():
    assert [row["week"] for row in rows(spec(episodes(6)), "mean")] == list(range(-4, 16))
    bare = spec(episodes(6), mean=[])
    assert "mean" not in layers(bare)
    assert [row["kind"] for row in rows(bare, "single_word")] == ["single"]


def test_incidents_without_any_known_week_do_not_make_a_mean():
    blind = [episode(n, (None,) * 31) for n in range(9)]
    assert "mean" not in layers(spec([*episodes(4), *blind]))
    assert "mean" in layers(spec([*episodes(5), *blind]))


def test_a_week_that_nobody_logged_is_a_gap_and_a_week_between_two_gaps_a_dot():
    chart = spec([episode(0, (1.0, 1.0, None, 2.0, None, 3.0, 3.0))])
    points = rows(chart, "line_0")
    assert [(row["week"], row.get("alone", False)) for row in points] == [
        (-4, False),
        (-3, False),
        (-1, True),
        (1, False),
        (2, False),
    ]
    assert len({row["piece"] for row in points}) == 3
    assert "piece" in json.dumps(layers(chart)["line_0"]["encoding"]["detail"])


def test_a_line_that_the_next_incident_cuts_ends_with_a_mark_and_a_word():
    chart = spec([episode(0, (1.0,) * 12, cut=True), episode(1, (2.0,) * 31)])
    assert [row["week"] for row in rows(chart, "cuts")] == [7]
    assert [(row["week"], row["word"]) for row in rows(chart, "cut_words")] == [(7, "volgend incident")]
    assert "cuts" not in layers(spec(episodes(2)))


def test_among_many_lines_the_mark_of_a_cut_is_named_once_below():
    chart = spec([*episodes(5), episode(6, (1.0,) * 12, cut=True), episode(7, (1.0,) * 9, cut=True)])
    assert len(rows(chart, "cuts")) == 2
    assert "cut_words" not in layers(chart)
    assert [row["word"] for row in rows(chart, "key_words")] == ["volgend incident"]
    assert rows(chart, "key_words")[0]["y"] > chart["height"]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("weeks", [(12, 12, 12, 12), (12, 13, 14, 15), (31, 30, 31, 30), (5, 5, 6, 6)])
def test_the_words_of_lines_cut_in_the_same_weeks_do_not_touch(weeks, narrow):
    chart = spec([episode(n, (1.0,) * end, cut=True) for n, end in enumerate(weeks)], narrow=narrow)
    px = 290 if narrow else 480
    boxes = []
    for row in rows(chart, "cut_words"):
        x, wide = (row["week"] + 4) / 30 * px, width(row["word"], size=12)
        left = x + 6 if row["side"] == "left" else x - 6 - wide
        assert left >= 0
        assert left + wide <= px + 1
        boxes.append((left, left + wide, row["y"]))
    for one, other in itertools.combinations(boxes, 2):
        assert one[1] < other[0] or other[1] < one[0] or abs(one[2] - other[2]) >= 14


def test_the_names_stand_above_every_line():
    for narrow in (False, True):
        chart = spec([episode(n, (40.0,) * 31) for n in range(4)], narrow=narrow)
        lowest = max(row["y"] for row in rows(chart, "names"))
        assert lowest + 8 < min(row["y"] for row in rows(chart, "line_0"))


def test_a_long_name_is_cut_on_a_phone_and_its_date_stays_whole():
    name = "Explosie bij een woning aan de Burgemeester van Tuyll van Serooskerkenlaan"
    one = Episode(name=name, day=date(2024, 2, 10), rates=(1.0, 2.0), cut=False)
    said = rows(spec([one], narrow=True), "names")[0]["word"]
    assert said.startswith("Explosie")
    assert said.endswith("… · 10 feb 2024")
    assert name in words(spec([one], narrow=True))  # in the tooltip


def test_the_floor_lies_behind_all_and_is_named():
    for number, narrow in itertools.product((0, 2, 6), (False, True)):
        chart = spec(episodes(number), narrow=narrow)
        order = list(layers(chart))
        lines = [name for name in order if name in ("line_0", "lines", "mean")]
        assert all(order.index("floor_band") < order.index(name) for name in lines)
        assert rows(chart, "floor_band")[0]["start"] == -4
        assert rows(chart, "floor_band")[0]["end"] == 26
        assert "vaste basis" in words(chart)
    assert "floor_band" not in layers(spec(episodes(2), floor=None))


def test_the_line_of_the_incident_is_named_and_the_weeks_stand_under_the_axis():
    chart = spec(episodes(2))
    assert [(row["week"], row["word"]) for row in rows(chart, "zero_word")] == [(0, "dag 0")]
    assert [row["word"] for row in rows(chart, "weeks")] == ["-4", "4", "8", "13", "26"]
    assert {"weken na het incident"} <= words(chart)


def test_the_mouse_reads_the_incident_its_date_the_week_and_the_rate():
    tips = layers(spec(episodes(6)))["tooltips"]["encoding"]["tooltip"]
    assert [tip["title"] for tip in tips] == ["Incident", "Datum", "Week", "Activiteiten per week"]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_picture_is_valid_and_small_also_without_any_incident(narrow):
    for number in (0, 4, 5, 40):
        assert len(json.dumps(spec(episodes(number), narrow=narrow))) < 130_000
    assert_valid(spec([episode(0, (1.0, None, 2.0), cut=True)], narrow=narrow))
    assert_valid(spec(episodes(6), narrow=narrow))


@pytest.mark.parametrize("narrow", [False, True])
def test_what_users_typed_stands_in_the_data_only(narrow):
    for typed, number in itertools.product(NASTY, (1, 6)):
        one = Episode(name=f"KENMERK {typed}", day=date(2024, 2, 10), rates=(1.0,), cut=True)
        assert_only_in_the_data(spec([one] * number, narrow=narrow))


@settings(max_examples=25, deadline=None)
@given(some.data())
def test_any_incidents_give_a_sound_picture(drawn):
    rate = some.floats(0, 1e6) | some.just(float("nan"))
    maybe = some.none() | rate
    one = some.builds(
        Episode,
        name=some.text(),
        day=some.dates(),
        rates=some.lists(maybe, max_size=40).map(tuple),
        cut=some.booleans(),
    )
    week = some.builds(MeanWeek, week=some.integers(-9, 40), mean=rate, low=maybe, high=maybe)
    spec(
        drawn.draw(some.lists(one, max_size=8)),
        mean=drawn.draw(some.lists(week, max_size=6)),
        floor=drawn.draw(some.none() | some.builds(FloorBand, rate=rate, low=maybe, high=maybe)),
        palette=drawn.draw(some.sampled_from([LIGHT, DARK])),
        narrow=drawn.draw(some.booleans()),
    )


# Below: building incidents.


def spec(made, *, mean=MEAN, floor=FLOOR, palette=LIGHT, narrow=False):
    chart = day_zero(
        made, mean=mean, floor=floor, labels=DUTCH, palette=palette, description="Dag 0.", narrow=narrow
    )
    assert_sound(chart)
    assert chart["description"] == "Dag 0."
    return chart


def strokes(chart, name):
    """The weeks of every line or band that a layer draws: rows that share their detail are joined."""
    layer, found = layers(chart)[name], {}
    detail = layer["encoding"].get("detail", [])
    fields = [one["field"] for one in ([detail] if isinstance(detail, dict) else detail)]
    for row in rows(chart, name):
        found.setdefault(tuple(row[field] for field in fields), set()).add(row["week"])
    return found


def episode(number, rates, *, cut=False):
    day = date(2024, 2, 10) + timedelta(days=round(91.3 * number))
    return Episode(name=f"Rellen {number}", day=day, rates=rates, cut=cut)


def episodes(number):
    return [episode(n, tuple(1.0 + n % 3 + (week == 4) for week in range(31))) for n in range(number)]
