"""Dates, numbers and ranges as a reader writes them, and the language a browser asks for."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracker.words import best_language, speak
from tracker.words.voice import outward

NL, EN = speak("nl"), speak("en")
DAY = date(2025, 11, 4)


def test_dates_are_written_as_the_reader_writes_them():
    assert (NL.date(DAY), EN.date(DAY)) == ("4 november 2025", "4 November 2025")
    assert (NL.short_date(date(2025, 3, 4)), EN.short_date(date(2025, 3, 4))) == ("4 mrt 2025", "4 Mar 2025")
    assert (NL.month(date(2027, 3, 31)), EN.month(date(2027, 3, 31))) == ("maart 2027", "March 2027")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 31), "week 53 van 2026"),
        (date(2027, 1, 3), "week 53 van 2026"),
        (date(2027, 1, 4), "week 1 van 2027"),
        (date(2024, 12, 30), "week 1 van 2025"),
        (date(2024, 2, 29), "week 9 van 2024"),
    ],
)
def test_a_week_belongs_to_the_year_that_holds_its_thursday(day: date, words: str):
    assert NL.week(day) == words


def test_numbers_have_dutch_or_english_signs():
    assert (NL.number(1234567.891, 2), EN.number(1234567.891, 2)) == ("1.234.567,89", "1,234,567.89")
    assert (NL.number(1.6, 1), NL.number(2, 1), NL.number(1234)) == ("1,6", "2,0", "1.234")
    assert NL.number(-0.001) == "0"


def test_one_day_is_not_called_one_days():
    assert [EN.days(n) for n in (0, 1, 1.2, 28.4)] == ["0 days", "1 day", "1 day", "28 days"]
    assert NL.plural("{n} week", "{n} weeks", 1.5) == "1,5 weken"


def test_shares_are_said_by_fives():
    assert [NL.percent(share) for share in (0, 0.624, 0.626, 1)] == ["0%", "60%", "65%", "100%"]
    assert NL.percent(0.97, step=1) == "97%"


def test_a_range_is_never_shown_narrower_than_it_is():
    assert NL.percent_range(0.551, 0.749) == "55 tot 75%"
    assert NL.percent_range(0.549, 0.751) == "50 tot 80%"
    assert EN.percent_range(0.55, 0.75) == "55 to 75%"
    assert NL.percent_range(0.5, 0.5) == "50%"
    assert NL.range_words(19.9, 37.2) == "tussen 19 en 38"


@given(
    low=some.floats(0, 1e6),
    width=some.floats(0, 1e6),
    step=some.sampled_from([0.05, 0.1, 1.0, 5.0]),
)
def test_rounding_outward_covers_the_range_and_adds_less_than_two_steps(
    low: float, width: float, step: float
):
    below, above = outward(low, low + width, step)
    assert below <= low + 1e-6 * step
    assert above >= low + width - 1e-6 * step
    assert (above - below) - width < 2 * step + 1e-6


@pytest.mark.parametrize("hundredths", range(0, 101, 5))
def test_a_share_on_a_whole_five_is_left_alone(hundredths: int):
    assert NL.percent_range(hundredths / 100, hundredths / 100) == f"{hundredths}%"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", "nl"),
        ("en-GB,en;q=0.9", "en"),
        ("en-US,en;q=0.9,nl;q=0.8", "en"),
        ("de-DE,nl;q=0.8,en;q=0.9", "en"),
        ("de-DE,de;q=0.9", "nl"),
        ("nl-BE;q=0.4,en;q=0.3", "nl"),
        ("en;q=0.5,nl;q=0.5", "en"),
        ("en;q=0, *", "nl"),
        ("EN", "en"),
        ("en;q=much,nl;q=0.1", "nl"),
        ("en;q=nan", "nl"),
        (";;,,;q=,en ; q = 0.2", "en"),
    ],
)
def test_the_browser_gets_the_language_it_likes_best_and_dutch_when_in_doubt(header: str, language: str):
    assert best_language(header) == language


@given(some.text(max_size=80))
def test_whatever_a_browser_sends_it_gets_one_of_both_languages(header: str):
    assert best_language(header) in ("nl", "en")


def test_an_unknown_language_is_dutch():
    assert speak("fr").language == speak("").language == "nl"
    assert speak("en").language == "en"


def test_a_vocabulary_label_follows_the_language():
    term = SimpleNamespace(nl="lokale driehoek", en="local triangle")
    assert (NL.label(term), EN.label(term)) == ("lokale driehoek", "local triangle")


def test_a_list_is_read_as_a_person_reads_it():
    assert NL.and_list(["a", "b", "c"]) == "a, b en c"
    assert EN.and_list(["a"]) == "a"
    assert NL.and_list([]) == ""


def test_an_empty_text_stays_empty():
    assert NL("") == ""


def test_what_is_filled_in_is_never_read_as_a_pattern():
    assert EN("Since {day} nothing was logged.", day="{x} 100%s") == "Since {x} 100%s nothing was logged."
