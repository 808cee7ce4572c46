"""The picture of a lesson over the quarters, read from its spec."""

from __future__ import annotations

import pytest

from tests.charts.spec_reading import NASTY, assert_only_in_the_data, assert_sound, assert_valid, layers, rows
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.scan_course import ScanLabels, ScanMark, scan_course

LABELS = ScanLabels(locale="nl", strong="sterk", concern="zorg", score="Gemiddeld")


def mark(quarter="K2 2026", value=3.4, low=2.8, high=4.0, said="3,4, tussen 2,8 en 4,0"):
    return ScanMark(quarter=quarter, value=value, low=low, high=high, said=said)


def hidden(quarter="K1 2026", said="minder dan 5 antwoorden"):
    return mark(quarter, None, None, None, said)


def drawn(*marks, labels=LABELS, palette=LIGHT):
    return scan_course(
        marks, borders=(3, 4), labels=labels, palette=palette, description="Regie: eerste keer"
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_quarter_is_a_dot_with_its_range_and_its_words(palette):
    spec = drawn(mark("K1 2026"), mark(), palette=palette)
    assert_sound(spec)
    assert_valid(spec)
    assert spec["description"] == "Regie: eerste keer"
    [_, last] = rows(spec, "dots")
    assert (last["y"], last["low"], last["high"]) == (3.4, 2.8, 4.0)
    assert last["said"] == "3,4, tussen 2,8 en 4,0"
    assert layers(spec)["dots"]["mark"]["color"] == palette.ink


def test_a_quarter_that_shows_nothing_is_a_question_mark_and_no_dot():
    spec = drawn(hidden(), mark())
    [asked] = rows(spec, "unknown")
    assert (asked["quarter"], asked["word"], asked["said"]) == ("K1 2026", "?", "minder dan 5 antwoorden")
    assert [row["quarter"] for row in rows(spec, "dots")] == ["K2 2026"]


def test_the_quarters_stand_in_their_order_and_the_scale_is_that_of_the_answers():
    spec = drawn(mark("K4 2025"), hidden("K1 2026"), mark("K2 2026"))
    x, y = (layers(spec)["dots"]["encoding"][channel] for channel in "xy")
    assert x["scale"]["domain"] == x["sort"] == ["K4 2025", "K1 2026", "K2 2026"]
    assert y["scale"]["domain"] == [1, 5]


def test_the_borders_of_the_words_are_drawn_and_named():
    borders = rows(drawn(mark()), "borders")
    assert {(row["y"], row["word"], row["above"]) for row in borders} == {
        (4, "sterk", True),
        (3, "zorg", False),
    }


def test_only_hidden_quarters_still_give_a_picture():
    spec = drawn(hidden(), hidden("K2 2026"))
    assert_sound(spec)
    assert "dots" not in layers(spec)


@pytest.mark.parametrize("nasty", NASTY)
def test_words_are_data_and_never_code(nasty):
    spec = drawn(mark(said=f"KENMERK {nasty}"))
    assert_only_in_the_data(spec)
