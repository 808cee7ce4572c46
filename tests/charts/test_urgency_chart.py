"""The picture of urgency: a mark a domain, the gap a bar, in shape, colour and word."""

from __future__ import annotations

import json

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
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.urgency import SHAPES, UrgencyLabels, UrgencyRow, urgency

DOMAINS = ("Veiligheid", "Sociaal", "Onderwijs", "Zorg", "Justitie", "Gemeenschap", "Bestuur", "Landelijk")
DUTCH = UrgencyLabels(
    locale="nl",
    low="laag",
    high="hoog",
    incident="Incident",
    domain="Domein",
    urgency="Hoe urgent",
    last_incidents=lambda n: f"de laatste {n} incidenten",
)


def an_incident(*levels, name="Rellen", note="verschil 3"):
    return UrgencyRow(name=name, when="4 nov 2025", levels=tuple(enumerate(levels)), note=note, said="zinnen")


def spec(*incidents, domains=DOMAINS, palette=LIGHT, narrow=False):
    return urgency(
        incidents, domains, labels=DUTCH, palette=palette, description="wat er staat", narrow=narrow
    )


def test_every_domain_has_a_mark_at_its_level_with_its_own_shape_and_its_name():
    marks = rows(spec(an_incident(5, 2, 3)), "marks")
    assert [(one["word"], one["level"]) for one in marks] == [
        ("Veiligheid", 5),
        ("Sociaal", 2),
        ("Onderwijs", 3),
    ]
    assert len({one["shape"] for one in marks}) == 3
    assert len(set(SHAPES)) == len(DOMAINS)


def test_the_bar_runs_from_the_lowest_to_the_highest_and_agreement_has_none():
    [bar] = rows(spec(an_incident(5, 2, 3), an_incident(4, 4)), "gap_bars")
    assert (bar["low"], bar["high"]) == (2, 5)
    assert "gap_bars" not in layers(spec(an_incident(4, 4)))


def test_colour_says_highest_and_lowest_and_nothing_when_all_agree():
    assert [one["tone"] for one in rows(spec(an_incident(5, 2, 3)), "marks")] == ["high", "low", "middle"]
    assert {one["tone"] for one in rows(spec(an_incident(4, 4)), "marks")} == {"middle"}


def test_domains_that_say_the_same_stand_under_each_other_and_no_rows_meet():
    chart = spec(an_incident(3, 3, 3, 3), an_incident(1, 1))
    first = [one["y"] for one in rows(chart, "marks") if one["y"] < rows(chart, "row_lines")[1]["y"]]
    assert len(set(first)) == 4
    assert max(one["y"] for one in rows(chart, "marks")) < chart["height"]


def test_a_gap_of_two_or_more_is_bold_and_a_smaller_one_is_not():
    told = [
        one["telling"] for one in rows(spec(an_incident(5, 3), an_incident(5, 4), an_incident()), "notes")
    ]
    assert told == [True, False, False]
    assert "telling" in str(layers(spec(an_incident(5, 3)))["notes"]["mark"]["fontWeight"])


def test_an_incident_nobody_gave_a_number_has_its_row_and_no_mark():
    chart = spec(an_incident(note="niemand gaf een cijfer"))
    assert "marks" not in layers(chart)
    assert "niemand gaf een cijfer" in words(chart)
    assert_sound(chart)


def test_on_a_narrow_sheet_the_names_stand_in_a_key_of_who_spoke():
    chart = spec(an_incident(5, 2), narrow=True)
    assert "domain_words" not in layers(chart)
    assert [one["word"] for one in rows(chart, "key_words")] == ["Veiligheid", "Sociaal"]
    assert [one["kind"] for one in rows(chart, "key_marks")] == [one["shape"] for one in rows(chart, "marks")]


@pytest.mark.parametrize(("narrow", "most"), [(False, 12), (True, 6)])
def test_many_incidents_are_cut_and_the_picture_says_so(narrow, most):
    chart = spec(*(an_incident(5, 1, name=f"nr {n}") for n in range(20)), narrow=narrow)
    assert [one["name"] for one in rows(chart, "names")] == [f"nr {n}" for n in range(most)]
    assert f"de laatste {most} incidenten" in words(chart)
    assert "left_out" not in layers(spec(an_incident(5, 1), narrow=narrow))


def test_the_scale_is_one_to_five_in_every_layer():
    chart = spec(an_incident(5, 2))
    assert [one["word"] for one in rows(chart, "level_words")] == ["1 laag", "2", "3", "4", "5 hoog"]
    across = [part["encoding"]["x"] for part in chart["layer"] if "scale" in part["encoding"].get("x", {})]
    domains = [x["scale"]["domain"] for x in across if x["scale"]]
    assert len(domains) >= 4
    assert all(one == domains[0] for one in domains)


def test_a_level_outside_the_scale_is_a_mistake_of_the_programmer():
    with pytest.raises(AssertionError):
        spec(an_incident(6))


@pytest.mark.parametrize("narrow", [False, True])
def test_the_picture_is_valid(narrow):
    for chart in (spec(an_incident(5, 2, 2), narrow=narrow), spec(narrow=narrow)):
        assert_valid(chart)


@pytest.mark.parametrize("narrow", [False, True])
def test_what_users_typed_stands_in_the_data_only(narrow):
    for typed in NASTY:
        assert_only_in_the_data(spec(an_incident(5, 1, name=f"KENMERK {typed}"), narrow=narrow))


@settings(deadline=None, max_examples=30)
@given(
    some.lists(some.lists(some.integers(1, 5), max_size=8), max_size=15),
    some.booleans(),
    some.sampled_from([LIGHT, DARK]),
)
def test_whatever_was_said_the_picture_is_sound(levels, narrow, palette):
    chart = spec(*(an_incident(*one) for one in levels), narrow=narrow, palette=palette)
    assert_sound(chart)
    assert len(json.dumps(chart)) < 60_000
