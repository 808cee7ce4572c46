"""The grid of partners and meetings: which marks it shows, and in what words, read from its finished spec."""

from __future__ import annotations

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
from tracker.charts.attendance import STATES, AttendanceLabels, PartnerRow, attendance
from tracker.charts.palette import DARK, LIGHT

DUTCH = AttendanceLabels(
    locale="nl",
    there="erbij",
    absent="niet erbij",
    unknown="aanwezigheid niet ingevuld",
    no_partner="leeg: nog geen partner",
    partner="Partner",
    meeting="Bijeenkomst",
    state="Stand",
    heading="laatste 12 maanden",
    last_meetings=lambda number: f"laatste {number} bijeenkomsten",
)
LAST = date(2026, 9, 24)


def test_every_partner_has_a_cell_at_every_meeting_in_the_given_order():
    chart = spec(3, [partner("politie", "there", "absent", "there"), partner("GGD", *["there"] * 3)])
    assert [row["name"] for row in rows(chart, "names")] == ["politie", "GGD"]
    assert [(cell["row"], cell["column"], cell["state"]) for cell in chart["datasets"]["cells"]] == [
        (0, 0, "there"),
        (0, 1, "absent"),
        (0, 2, "there"),
        (1, 0, "there"),
        (1, 1, "there"),
        (1, 2, "there"),
    ]


@pytest.mark.parametrize("state", ["there", "absent", "unknown"])
def test_every_state_has_its_own_form_also_without_colour(state):
    forms = {name: form(layers(one_of_each())[name]) for name in ("there", "absent", "unknown")}
    assert [name for name in forms if forms[name] == forms[state]] == [state]


def test_who_was_not_yet_a_partner_has_no_mark_and_the_key_says_so_beside_a_bare_line():
    chart = one_of_each()
    picture = [layer for name, layer in layers(chart).items() if not name.startswith("key_")]
    filters = [part for layer in picture for part in layer.get("transform", []) if "filter" in part]
    assert not any("no_partner" in str(part["filter"]) for part in filters)
    assert [item["word"] for item in rows(chart, "key_words")] == [getattr(DUTCH, state) for state in STATES]
    bare = layers(chart)["key_no_partner"]
    assert (bare["mark"]["type"], bare["mark"]["orient"]) == ("tick", "horizontal")
    assert "'no_partner'" in str(bare["transform"])


def test_the_picture_is_valid_also_without_anybody():
    for chart in (one_of_each(), spec(0, []), spec(14, [partner("GGD", *["absent"] * 14)], narrow=True)):
        assert_valid(chart)


def test_the_key_names_only_what_is_in_the_picture():
    chart = spec(2, [partner("politie", "there", "there")])
    assert [item["word"] for item in rows(chart, "key_words")] == ["erbij"]


def test_only_the_note_is_bold_and_stands_beside_the_score():
    row = PartnerRow(name="school", states=("there", "absent"), score="1 van 2", note="al 6 keer niet erbij")
    for narrow in (False, True):
        chart = spec(2, [row], narrow=narrow)
        assert {"1 van 2", "al 6 keer niet erbij"} <= words(chart)
        assert layers(chart)["notes"]["mark"]["fontWeight"] == 700
        assert "fontWeight" not in layers(chart)["scores"]["mark"]


def test_with_many_meetings_the_note_stands_under_the_score_for_the_columns_need_the_room():
    row = PartnerRow(name="school", states=("absent",) * 13, score="0 van 13", note="al 13 keer niet erbij")
    few = spec(12, [PartnerRow(name="school", states=("absent",) * 12, score="0 van 12", note="al 12 keer")])
    assert "dy" not in layers(few)["notes"]["mark"]
    assert layers(spec(13, [row]))["notes"]["mark"]["dy"] > 0


def test_the_columns_have_the_days_of_their_meetings_and_every_year_is_named_once():
    chart = spec(12, [partner("politie", *["there"] * 12)])
    assert [row["date"] for row in rows(chart, "days")] == [ms(day) for day in days(12)]
    assert [row["column"] for row in rows(chart, "years")] == [0, 2]
    assert "%Y" in json.dumps(layers(chart)["years"]["transform"])


def test_a_long_past_is_cut_to_what_fits_and_the_picture_says_so():
    rowed = [partner("politie", *["absent"] * 6, *["there"] * 24)]
    wide, narrow = spec(30, rowed), spec(30, rowed, narrow=True)
    assert [len(chart["datasets"]["columns"]) for chart in (wide, narrow)] == [24, 8]
    assert {cell["state"] for cell in wide["datasets"]["cells"]} == {"there"}
    assert rows(wide, "days")[-1]["date"] == rows(narrow, "days")[-1]["date"] == ms(LAST)
    assert "laatste 24 bijeenkomsten" in words(wide)
    assert "laatste 8 bijeenkomsten" in words(narrow)
    assert "left_out" not in layers(spec(8, [partner("politie", *["there"] * 8)], narrow=True))


def test_the_picture_grows_with_its_rows_and_no_two_share_a_line():
    for narrow in (False, True):
        chart = spec(2, [partner(f"partner {n}", "there", "absent") for n in range(20)], narrow=narrow)
        lines = [row["y"] for row in rows(chart, "names")]
        assert len(set(lines)) == 20
        assert max(lines) < chart["height"]


def test_twenty_partners_at_twenty_four_meetings_stay_small():
    chart = spec(24, [partner(f"partner {n}", *["there"] * 24) for n in range(20)])
    assert len(json.dumps(chart)) < 60_000


def test_the_mouse_reads_partner_day_and_what_was_the_case():
    tips = layers(one_of_each())["tooltips"]["encoding"]["tooltip"]
    assert [tip["title"] for tip in tips] == ["Partner", "Bijeenkomst", "Stand"]


def test_a_long_name_is_cut_on_the_page_and_whole_in_the_tooltip():
    name = "Samenwerkingsverband Passend Onderwijs Noordoost-Vliethoven en omstreken"
    layer = layers(spec(1, [partner(name, "there")]))["names"]
    assert (layer["mark"]["limit"], layer["encoding"]["tooltip"][0]["field"]) == (200, "name")


@pytest.mark.parametrize("narrow", [False, True])
def test_what_users_typed_stands_in_the_data_only(narrow):
    for typed in NASTY:
        said = f"KENMERK {typed}"
        row = PartnerRow(name=said, states=("there",), score=said, note=said)
        assert_only_in_the_data(spec(1, [row], narrow=narrow))


def test_a_row_that_misses_a_meeting_and_a_state_nobody_knows_are_mistakes_of_the_programmer():
    for row in (partner("politie", "there"), partner("politie", "there", "asleep")):
        with pytest.raises(AssertionError):
            spec(2, [row])


@settings(max_examples=40, deadline=None)
@given(some.data())
def test_any_grid_gives_a_sound_picture(drawn):
    meetings = sorted(drawn.draw(some.lists(some.dates(date(1990, 1, 1), date(2100, 1, 1)), max_size=30)))
    states = some.tuples(*[some.sampled_from(STATES)] * len(meetings))
    row = some.builds(PartnerRow, name=some.text(), states=states, score=some.text(), note=some.text())
    made, narrow = drawn.draw(some.lists(row, max_size=6)), drawn.draw(some.booleans())
    palette = drawn.draw(some.sampled_from([LIGHT, DARK]))
    chart = attendance(
        meetings, made, labels=DUTCH, palette=palette, description="Wie erbij was.", narrow=narrow
    )
    assert_sound(chart)
    assert chart["description"] == "Wie erbij was."


# Below: building rows.


def spec(meetings, made, *, narrow=False):
    chart = attendance(
        days(meetings), made, labels=DUTCH, palette=LIGHT, description="Wie erbij was.", narrow=narrow
    )
    assert_sound(chart)
    return chart


def one_of_each():
    return spec(len(STATES), [partner("politie", *STATES)])


def partner(name, *states):
    return PartnerRow(name=name, states=states, score="1 van 2")


def days(number):
    return [LAST - timedelta(days=28 * back) for back in reversed(range(number))]


def form(layer):
    """A mark without its colours and its size: hollow or not, dash."""
    return [bool(layer["mark"].get("stroke")), layer["mark"].get("strokeDash")]


def ms(day):
    return (day - date(1970, 1, 1)).days * 86_400_000
