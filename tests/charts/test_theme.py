"""The configuration speaks the reader's language and lets the page show through."""

import pytest

from tracker.charts.palette import DARK, LIGHT
from tracker.charts.theme import config


def test_dutch_months_are_abbreviated_as_the_dutch_do():
    months = config(LIGHT, "nl")["locale"]["time"]["shortMonths"]
    assert months == ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def test_english_months_start_with_a_capital():
    time = config(LIGHT, "en")["locale"]["time"]
    assert time["shortMonths"][9] == "Oct"
    assert time["months"][2] == "March"


def test_the_week_of_the_chart_library_starts_on_sunday():
    assert config(LIGHT, "nl")["locale"]["time"]["days"][0] == "zondag"
    assert config(LIGHT, "nl")["locale"]["time"]["shortDays"][1] == "ma"


@pytest.mark.parametrize(("locale", "decimal", "thousands"), [("nl", ",", "."), ("en", ".", ",")])
def test_numbers_are_written_as_in_the_language(locale, decimal, thousands):
    number = config(LIGHT, locale)["locale"]["number"]
    assert (number["decimal"], number["thousands"], number["grouping"]) == (decimal, thousands, [3])


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_page_shows_through_the_chart(palette):
    assert config(palette, "nl")["background"] is None


def test_no_font_family_ends_in_a_digit_because_that_hides_all_text():
    for family in config(LIGHT, "nl")["font"].split(","):
        assert not family.strip()[-1].isdigit()


def test_no_text_is_smaller_than_twelve_pixels():
    assert config(LIGHT, "nl")["axis"]["labelFontSize"] >= 12
    assert config(LIGHT, "nl")["text"]["fontSize"] >= 12
