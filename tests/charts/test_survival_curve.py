"""The curves of what goes on: their steps, bands, marks and words, read from the finished spec."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.charts.spec_reading import NASTY, assert_only_in_the_data, assert_sound, assert_valid, layers, rows
from tracker.charts.lettering import width
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.survival import (
    HEIGHT,
    KINDS,
    MOST_DAYS,
    SurvivalGroup,
    SurvivalLabels,
    SurvivalStep,
    survival,
)

ON_AXIS = {0: "begin", 90: "90 dagen", 180: "180", 365: "1 jaar", 730: "2 jaar", 1095: "3 jaar"}
DUTCH = SurvivalLabels(
    locale="nl",
    days=lambda days: ON_AXIS.get(days, f"{days} dagen"),
    share=lambda share: f"{100 * share:.0f}%",
    between=lambda low, high: f"tussen {100 * low:.0f} en {100 * high:.0f}%",
    running="loopt nog",
    group="Groep",
    after="Na",
    going_on="Loopt nog",
    range="Marge",
)


def test_a_curve_starts_at_all_and_falls_straight_down_on_the_day_of_each_step():
    chart = spec([group("peace", (100, 0.75), (200, 0.5), until=300)])
    assert curve(chart) == [(0, 1.0), (100, 1.0), (100, 0.75), (200, 0.75), (200, 0.5), (300, 0.5)]
    assert "interpolate" not in layers(chart)["peace_line"]["mark"]


def test_the_value_on_every_day_is_that_of_the_last_step_before_it():
    made = group("heat", (30, 0.9), (95, 0.6), (400, 0.2), until=500)
    corners = curve(spec([made]))
    for day in range(500):
        slow = next(share for at, share in ((400, 0.2), (95, 0.6), (30, 0.9), (0, 1.0)) if at <= day)
        (drawn,) = {b for (left, a), (right, b) in pairwise(corners) if left <= day < right}
        assert drawn == slow


def test_a_band_is_stepped_too_and_missing_where_it_is_not_known():
    made = group("heat", (50, 0.8, 0.5, 0.9), (100, 0.4), (150, 0.3, 0.1, 0.6), until=200)
    known = [row for row in rows(spec([made]), "heat_band") if row["low"] is not None]
    assert [(row["day"], at(row["low"]), at(row["high"])) for row in known] == [
        (50, 0.5, 0.9),
        (100, 0.5, 0.9),
        (150, 0.1, 0.6),
        (200, 0.1, 0.6),
    ]
    assert len({row["piece"] for row in known}) == 2  # nothing is drawn across what is not known


def test_peace_is_solid_and_heat_dashed_so_they_differ_without_colour():
    chart = spec(both())
    assert "strokeDash" not in layers(chart)["peace_line"]["mark"]
    assert layers(chart)["heat_line"]["mark"]["strokeDash"]
    assert layers(chart)["peace_line"]["mark"]["color"] == LIGHT.floor
    assert layers(chart)["heat_line"]["mark"]["color"] == LIGHT.after


def test_who_still_runs_has_a_tick_on_its_curve_and_the_key_names_it():
    chart = spec([group("peace", (100, 0.5), until=300, running=(50, 100, 250, 900))])
    assert [(row["day"], at(row["y"])) for row in rows(chart, "peace_running")] == [
        (50, 1.0),
        (100, 0.5),
        (250, 0.5),
    ]
    assert rows(chart, "key_words")[0]["word"] == "loopt nog"
    assert "key_words" not in layers(spec([group("peace", (100, 0.5), until=300)]))


def test_the_days_that_are_compared_have_a_dot_as_far_as_they_were_followed():
    chart = spec([group("heat", (75, 0.8, 0.4, 0.9), until=200)])
    dots = [row for row in rows(chart, "heat_dots") if row["dot"]]
    assert [(row["day"], row["share"], row["range"]) for row in dots] == [
        (90, "80%", "tussen 40 en 90%"),
        (180, "80%", "tussen 40 en 90%"),
    ]
    assert [row["day"] for row in rows(chart, "marks")] == [90, 180, 365]


@pytest.mark.parametrize(("until", "end"), [(20, 365), (365, 365), (700, 700), (5000, MOST_DAYS)])
def test_the_axis_goes_to_a_year_or_as_far_as_anybody_was_followed(until, end):
    chart = spec([group("peace", (10, 0.9), until=until)])
    assert layers(chart)["peace_line"]["encoding"]["x"]["scale"]["domain"] == [0, end]
    assert curve(chart)[-1][0] == min(until, MOST_DAYS)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("until", [100, 365, 500, 730, 1095])
def test_no_two_words_under_the_axis_touch_and_the_compared_days_are_all_named(until, narrow):
    chart = spec([group("peace", until=until)], narrow=narrow)
    words = rows(chart, "tick_words")
    assert {"90 dagen", "180", "1 jaar"} <= {word["word"] for word in words}
    px = (290 if narrow else 330) / max(until, 365)
    for line in {word["y2"] for word in words}:
        ordered = sorted((word for word in words if word["y2"] == line), key=lambda word: word["day"])
        for left, right in pairwise(ordered):
            free = (right["day"] - left["day"]) * px
            assert free >= (width(left["word"]) + width(right["word"])) / 2


@pytest.mark.parametrize("shares", [(0.9, 0.88), (0.5, 0.5), (0.0, 0.02), (1.0, 1.0), (0.8, 0.2)])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_words_of_two_groups_do_not_touch_and_stay_in_the_picture(shares, narrow):
    made = [group(kind, (5, share), until=300) for kind, share in zip(KINDS, shares, strict=True)]
    chart = spec(made, narrow=narrow)
    first, second = sorted(rows(chart, "counts"), key=lambda row: row["y"])
    assert second["y"] - 9 >= first["under"] + 9
    assert first["y"] - 9 >= 0
    assert second["under"] - 2 <= chart["height"]
    assert {first["count"], second["count"]} == {"9 van de 11 lopen nog"}


def test_the_words_stand_beside_the_curves_or_on_a_phone_above_them_with_a_piece_of_line():
    wide, narrow = spec(both()), spec(both(), narrow=True)
    assert layers(wide)["counts"]["encoding"]["x"] == {"value": "width"}
    assert layers(narrow)["counts"]["encoding"]["x"] == {"value": 38}
    assert (
        layers(narrow)["heat_lead"]["mark"]["strokeDash"] == layers(narrow)["heat_line"]["mark"]["strokeDash"]
    )
    top = min(row["y"] for row in rows(narrow, "peace_line"))
    assert max(row["under"] for row in rows(narrow, "counts")) < top


def test_the_mouse_reads_the_group_the_day_the_share_and_its_range():
    tips = layers(spec(both()))["tooltips"]["encoding"]["tooltip"]
    assert [tip["title"] for tip in tips] == ["Groep", "Na", "Loopt nog", "Marge"]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_picture_is_valid_and_small_also_without_any_group(narrow):
    for made in (both(), []):
        chart = spec(made, narrow=narrow)
        assert_valid(chart)
        assert len(json.dumps(chart)) < 20_000


def test_what_is_in_a_name_stands_in_the_data_only():
    for typed in NASTY:
        made = SurvivalGroup(
            kind="peace", name=f"KENMERK {typed}", count=f"KENMERK {typed}", steps=(), running=(), until=9
        )
        for narrow in (False, True):
            assert_only_in_the_data(spec([made], narrow=narrow))


def test_a_kind_nobody_knows_is_a_mistake_of_the_programmer():
    with pytest.raises(AssertionError):
        spec([group("war", until=9)])


@settings(max_examples=25, deadline=None)
@given(some.data())
def test_any_groups_give_a_sound_picture(drawn):
    share = some.floats(0, 1) | some.just(float("nan"))
    band = some.none() | share
    day = some.integers(-5, 4000)
    step = some.builds(SurvivalStep, day=day, share=share, low=band, high=band)
    made = some.builds(
        SurvivalGroup,
        kind=some.sampled_from(KINDS),
        name=some.text(),
        count=some.text(),
        steps=some.lists(step, max_size=8).map(tuple),
        running=some.lists(day, max_size=8).map(tuple),
        until=day,
    )
    groups, palette = drawn.draw(some.lists(made, max_size=2)), drawn.draw(some.sampled_from([LIGHT, DARK]))
    spec(groups, palette=palette, narrow=drawn.draw(some.booleans()))


# Below: building groups, and reading them back.


def spec(groups, *, palette=LIGHT, narrow=False):
    chart = survival(groups, labels=DUTCH, palette=palette, description="Wat doorgaat.", narrow=narrow)
    assert_sound(chart)
    assert chart["description"] == "Wat doorgaat."
    return chart


def group(kind, *steps, until, running=()):
    made = [
        SurvivalStep(**dict(zip(("day", "share", "low", "high"), [*s, None, None], strict=False)))
        for s in steps
    ]
    name = "begonnen in vredestijd" if kind == "peace" else "begonnen na een incident"
    return SurvivalGroup(
        kind=kind, name=name, count="9 van de 11 lopen nog", steps=tuple(made), running=running, until=until
    )


def both():
    return [group("peace", (270, 0.9, 0.7, 1.0), until=700), group("heat", (75, 0.8, 0.5, 0.9), until=400)]


def curve(chart):
    name = next(name for name in layers(chart) if name.endswith("_line"))
    return [(row["day"], at(row["y"])) for row in rows(chart, name)]


def at(y):
    """The share at a height, in a wide picture."""
    return round(1 - (y - 6) / HEIGHT, 3)
