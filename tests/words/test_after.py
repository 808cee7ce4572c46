"""What is said about the time after incidents, and about labels."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.words.around import CELLS, LABELS, PICTURES, TABLES, epochs, everything, incidents
from tracker.analysis.before_after import WINDOWS
from tracker.analysis.labels import CLASSES, against_timing
from tracker.words import LANGUAGES, after, speak

NL, EN = speak("nl"), speak("en")


def test_the_table_says_how_many_changed_of_how_many_that_can_be_compared():
    assert NL.before_after(TABLES["several"]) == (
        "Vergeleken met het jaar ervoor: in het eerste kwartaal meer na 2 incidenten en minder na 1 "
        "incident, van de 3 die te vergelijken zijn. "
        "Vanaf een half jaar was er minder na 1 incident, van de 3 die te vergelijken zijn."
    )
    assert EN.before_after(TABLES["several, no change"]) == (
        "In the first quarter after 2 incidents no change is certain. "
        "From half a year on no change is certain."
    )


def test_one_incident_is_not_counted_out_loud():
    assert NL.before_after(TABLES["one, more"]) == (
        "In het eerste kwartaal na het incident was er meer dan in het jaar ervoor. "
        "Vanaf een half jaar was er meer."
    )
    assert EN.before_after(incidents(("down", "down", "not over"))) == (
        "In the first quarter after the incident there was less than in the year before."
    )


def test_the_table_says_how_many_would_differ_by_chance_and_what_may_not_be_concluded():
    said = EN.before_after_limits(TABLES["several"])
    assert "a difference in 4 of 9 comparisons. By chance alone that would be about 0.5." in said
    assert "need not come from it" in said
    assert "rough" in said
    assert "rough" not in EN.before_after_limits(TABLES["one, more"])
    assert EN.before_after_limits(TABLES["none comparable"]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_what_stayed_may_differ_is_told_where_columns_are_compared(language: str):
    say = speak(language)
    assert re.search("vaste basis|floor", say.two_measures(TABLES["several"]))
    assert say.two_measures(TABLES["several"]).count(".") == 1  # one sentence
    assert say.two_measures(TABLES["none comparable"]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_incident_few_and_many_have_their_own_day_0(language: str):
    said = [speak(language).day_zero(one) for one in PICTURES.values()]
    assert len(set(said)) == len(said)
    assert all(said)


def test_a_few_incidents_have_no_average():
    assert NL.day_zero(PICTURES["three"]) == (
        "3 incidenten, elk met een eigen lijn. Een gemiddelde is er vanaf 5."
    )
    assert "stopt eerder, bij het volgende incident" in NL.day_zero_limits(PICTURES["three"])


def test_many_incidents_say_more_only_when_the_counts_do():
    assert EN.day_zero(PICTURES["many, more"]).startswith(
        "In the first week after an incident there is more than in the four weeks before: "
        "between 1.2 and 2.8 times as much."
    )
    none = EN.day_zero(PICTURES["many, like random dates"])
    assert none == (
        "Activity after the 27 incidents does not differ with certainty from that after random dates."
    )
    assert not re.search(r"\b(more|less)\b", none)


def test_where_the_average_stops_is_told_and_where_it_does_not_is_not():
    assert "stops after week 25: then fewer than 4 incidents" in EN.day_zero_limits(
        PICTURES["many, like random dates"]
    )
    assert "stops" not in EN.day_zero_limits(PICTURES["many, more"])


@pytest.mark.parametrize("word", ["up", "down"])
@pytest.mark.parametrize("span", range(3))
def test_each_span_has_its_own_words_in_both_directions(word: str, span: int):
    changed = [("none", 0.5, 2.0)] * 3
    changed[span] = (word, 1.5, 2.0) if word == "up" else (word, 0.2, 0.5)
    said = [speak(language).day_zero(epochs(9, *changed)) for language in LANGUAGES]
    assert [re.findall(r"meer|minder|more|less", one) for one in said] == [
        ["meer" if word == "up" else "minder"], ["more" if word == "up" else "less"]
    ]  # fmt: skip


def test_labels_stand_beside_the_range_of_the_timing():
    assert EN.labels_line(LABELS["more than the timing"]) == (
        "You call 80% structural; the timing says 45 to 60%. More is called structural than the timing shows."
    )
    assert NL.labels_line(LABELS["partly without a label"]) == (
        "U noemt 30% structureel en 40% heeft geen label; gelet op het tijdstip is het 45 tot 60%. "
        "Die twee passen bij elkaar."
    )


def test_of_fewer_than_eight_activities_no_percentage_is_said():
    assert NL.labels_line(LABELS["few"]).startswith("U noemt 3 van de 4 structureel en 1 van de 4")
    eight = against_timing({"structural": 6, "": 2}, LABELS["few"].timing)
    assert NL.labels_line(eight).startswith("U noemt 75% structureel en 25%")


def test_without_a_reason_the_timing_is_silent_all_the_same():
    assert NL.labels_line(LABELS["no timing, no reason"]) == (
        "U noemt 100% structureel. Het tijdstip zegt er niets over."
    )


def test_every_window_word_and_class_has_a_name():
    assert set(after.WINDOW_NAMES) == set(WINDOWS)
    assert set(after.CLASSES) == set(CLASSES)
    assert {cell.changed for cell in CELLS.values()} == set(after.CHANGED)


def test_a_cell_gives_a_ratio_with_its_range_or_the_reason_for_none():
    assert NL.after_ratio(CELLS["up"]) == "2,2 keer, tussen 1,1 en 4,1"
    assert NL.after_ratio(CELLS["rough"]).startswith("ongeveer")
    assert NL.after_ratio(CELLS["not over"]) == "niet bekend: de periode na het incident is nog niet voorbij"
    later = replace(CELLS["none"], ratio=replace(CELLS["none"].ratio, value=None, low=None, high=None,
                                                 status="missing", why="too_few_days"))  # fmt: skip
    assert "te weinig dagen" in NL.after_ratio(later)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", everything(EN))
def test_nothing_claims_a_cause_and_everything_can_be_read_in_one_breath(name: str, language: str):
    for said in everything(speak(language))[name]:
        banned = r"\b(because of|due to|caused|door(?=\s+\w)|vanwege|dankzij|wegens|leidt tot)\b"
        assert not re.search(banned, said.lower())
        assert [piece for piece in re.split(r"(?<=[.:;])\s+", said) if len(piece.split()) > 25] == []


@pytest.mark.parametrize("name", everything(EN))
def test_the_dutch_is_dutch_down_to_the_last_piece(name: str):
    """A text inside an f-string is not found by the collector, so it would stay English unseen."""
    dutch = " ".join(everything(NL)[name])
    assert not re.search(r"\b(the|than|there|is (?:certain|structural)|times|of the)\b", dutch)
