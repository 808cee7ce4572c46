"""The held-strip: which meetings it shows, how, and in what words, read from its finished spec."""

from __future__ import annotations

import json
from datetime import date, timedelta

import altair as alt
import pytest

from tracker.charts.held_strip import MOST_MARKS, STATES, StripCell, StripLabels, StripRow, held_strip
from tracker.charts.palette import DARK, LIGHT

DUTCH = StripLabels(
    locale="nl",
    today="vandaag",
    last_12_months="laatste 12 maanden",
    held="doorgegaan",
    moved="verzet, wel doorgegaan",
    cancelled="afgelast",
    not_held="niet doorgegaan",
    unknown="niet bekend",
    recess="reces",
    planned="gepland",
    meeting="Overleg",
    day="Datum",
    state="Stand",
)
FIRST, TODAY = date(2024, 10, 4), date(2026, 10, 4)
SUMMER = (date(2026, 7, 11), date(2026, 8, 23))
NASTY = [
    "\"quotes' and `ticks`",
    "datum.y > 0 ? 'x' : toString(datum)",
    "<img src=x onerror=alert(1)>",
    "name:N",
    "a.b[0]\\.c",
    "😀 é ‮omgekeerd",
]


def test_every_expected_meeting_is_one_mark_on_its_own_day():
    days = [date(2026, 3, 2), date(2026, 3, 30), date(2026, 5, 11)]
    assert [cell["day"] for cell in cells(spec([row(days)]))] == [ms(day) for day in days]


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_own_mark_and_a_word_in_the_key(state):
    chart = spec([row([date(2026, 3, 2)], state)])
    assert {state, f"key_{state}"} <= set(layers(chart))
    assert {f"key_{other}" for other in STATES if other != state}.isdisjoint(layers(chart))
    assert [item["word"] for item in rows(chart, "key_words")] == [getattr(DUTCH, state, state)]


def test_no_two_states_look_alike_without_colour():
    chart = spec([row([date(2026, 3, 2)], state) for state in STATES])
    forms = [form(layers(chart)[state]) for state in STATES]
    assert len({json.dumps(one) for one in forms}) == len(STATES)


def test_only_a_meeting_nobody_knows_of_has_a_question_mark():
    assert "question_marks" in layers(spec([row([date(2026, 3, 2)], "unknown")]))
    assert "question_marks" not in layers(spec([row([date(2026, 3, 2)], "not_held")]))


def test_the_mouse_reads_the_meeting_the_day_and_what_became_of_it():
    cell = StripCell(day=date(2026, 3, 2), state="cancelled", word="afgelast: ziekte")
    chart = spec([arrangement("Weegploeg", cell)])
    titles = [tip["title"] for tip in layers(chart)["tooltips"]["encoding"]["tooltip"]]
    assert titles == ["Overleg", "Datum", "Stand"]
    assert cells(chart)[0]["word"] == "afgelast: ziekte"
    assert "utcFormat(datum.day" in json.dumps(layers(chart)["tooltips"]["transform"])


def test_only_a_row_that_needs_attention_is_bold():
    well = arrangement("Weegploeg")
    silent = arrangement("Scholenoverleg", state="stilgevallen, laatst in nov", strong=True)
    for narrow in (False, True):
        chart = spec([well, silent], narrow=narrow)
        assert [text["strong"] for text in rows(chart, "states")] == [False, True]
        assert layers(chart)["states"]["mark"]["fontWeight"] == {"expr": "datum.strong ? 700 : 400"}
        assert layers(chart)["names"]["mark"]["fontWeight"] == 400


def test_score_and_state_stand_right_of_the_row_and_on_a_phone_under_the_name():
    wide, narrow = (spec([arrangement("Weegploeg")], narrow=narrow) for narrow in (False, True))
    assert {"scores", "states", "heading"} <= set(layers(wide))
    assert layers(wide)["states"]["encoding"]["x"] == {"value": "width"}
    assert {"scores", "heading"}.isdisjoint(layers(narrow))
    assert layers(narrow)["states"]["encoding"]["x"] == {"value": 0}
    assert rows(narrow, "states")[0]["both"] == "11 van 12 · op ritme"


def test_an_arrangement_without_a_score_has_no_loose_dot_before_its_state():
    on_demand = arrangement("Crisisteam", score="", state="op afroep")
    assert rows(spec([on_demand], narrow=True), "states")[0]["both"] == "op afroep"


def test_a_long_name_ends_in_an_ellipsis_and_is_whole_in_the_tooltip():
    name = "Levensbeschouwelijk overleg met alle kerken en moskeeën van de gemeente"
    layer = layers(spec([arrangement(name)]))["names"]
    assert layer["mark"]["limit"] == 200
    assert layer["encoding"]["tooltip"]["field"] == "name"
    assert rows(spec([arrangement(name)]), "names")[0]["name"] == name


def test_a_phone_shows_the_last_twelve_months():
    old, recent = date(2025, 9, 1), date(2025, 11, 3)
    assert len(cells(spec([row([old, recent])]))) == 2
    assert [cell["day"] for cell in cells(spec([row([old, recent])], narrow=True))] == [ms(recent)]


def test_a_meeting_before_the_first_day_is_not_drawn():
    assert [cell["day"] for cell in cells(spec([row([FIRST - timedelta(days=1), FIRST])]))] == [ms(FIRST)]


def test_a_meeting_planned_for_next_year_does_not_press_the_past_flat():
    soon, far = TODAY + timedelta(days=30), TODAY + timedelta(days=300)
    chart = spec([row([soon, far], "planned")])
    assert [cell["day"] for cell in cells(chart)] == [ms(soon)]
    assert domain(chart)[1] < ms(far)


def test_the_line_of_today_stands_at_the_last_day_and_is_named():
    chart = spec([row([TODAY + timedelta(days=30)], "planned")])
    (today,) = rows(chart, "today")
    assert (today["day"], today["word"]) == (ms(TODAY), "vandaag")
    assert domain(chart)[0] < today["day"] < domain(chart)[1]


def test_a_recess_is_a_column_to_the_end_of_its_last_day_with_its_word():
    chart = spec([row([date(2026, 3, 2)])], recess=[SUMMER])
    (column,) = rows(chart, "recess_columns")
    assert (column["start"], column["end"]) == (ms(SUMMER[0]), ms(SUMMER[1] + timedelta(days=1)))
    assert [word["word"] for word in rows(chart, "recess_words")] == ["reces"]


def test_a_recess_outside_the_picture_is_not_drawn():
    long_ago = (date(2020, 7, 11), date(2020, 8, 23))
    assert "recess_columns" not in layers(spec([row([date(2026, 3, 2)])], recess=[long_ago]))


def test_the_words_of_two_recesses_close_together_do_not_touch():
    spring = [(date(2026, 4, 1), date(2026, 4, 30)), (date(2026, 5, 4), date(2026, 6, 3))]
    apart = [(date(2025, 4, 1), date(2025, 4, 30)), (date(2026, 4, 1), date(2026, 4, 30))]
    for recess, named in ((spring, 1), (apart, 2)):
        chart = spec([row([date(2026, 3, 2)])], recess=recess)
        assert len(rows(chart, "recess_columns")) == 2
        assert len(rows(chart, "recess_words")) == named


def test_a_fortnightly_row_has_smaller_marks():
    monthly, fortnightly = (
        row([TODAY - timedelta(days=step * n) for n in range(1, 9)], dense=dense)
        for step, dense in ((28, False), (14, True))
    )
    wide, small = rows(spec([monthly, fortnightly]), "names")
    assert (wide["step"], small["step"]) == (28, 14)
    assert wide["most"] > small["most"]


def test_the_picture_grows_with_its_rows_and_no_two_rows_share_a_line():
    for narrow in (False, True):
        chart = spec([arrangement(f"Overleg {n}") for n in range(200)], narrow=narrow)
        lines = [text["y"] for text in rows(chart, "names")]
        assert len(set(lines)) == 200
        assert max(lines) < chart["height"]


def test_two_arrangements_with_one_name_keep_their_own_rows():
    chart = spec([row([date(2026, 3, 2)]), row([date(2026, 3, 9)], "cancelled")])
    assert [cell["row"] for cell in cells(chart)] == [0, 1]


@pytest.mark.parametrize("narrow", [False, True])
def test_very_many_weekly_arrangements_over_ten_years_lose_whole_days_and_the_oldest_only(narrow):
    days = [TODAY - timedelta(days=7 * week) for week in range(520)]
    chart = spec([row(days) for _ in range(199)], first=date(2016, 10, 3), narrow=narrow)
    assert sum(map(len, chart["datasets"].values())) < 5000
    shown = sorted({cell["day"] for cell in cells(chart)})
    assert shown == [ms(day) for day in days[: len(shown)]][::-1]
    assert len(cells(chart)) == 199 * len(shown) <= MOST_MARKS
    assert domain(chart)[0] > ms(date(2026, 1, 1))
    assert len(json.dumps(chart)) < 500_000


def test_eight_arrangements_over_two_years_lose_nothing():
    days = [TODAY - timedelta(days=14 * n) for n in range(52)]
    assert len(cells(spec([row(days) for _ in range(8)]))) == 8 * 52


@pytest.mark.parametrize(("palette", "narrow"), [(LIGHT, False), (DARK, True)])
@pytest.mark.parametrize(
    "arrangements",
    {
        "none": [],
        "one that meets on demand": [("Crisisteam", [])],
        "one with one meeting": [("Driehoek", [TODAY])],
        "two meetings on one day": [("Driehoek", [TODAY, TODAY])],
        "only meetings to come": [("Driehoek", [TODAY + timedelta(days=20)])],
        "only meetings long ago": [("Driehoek", [date(2010, 1, 1)])],
        "a leap day": [("Driehoek", [date(2024, 2, 29)])],
        "no name": [("", [TODAY])],
    }.items(),
    ids=lambda case: case[0],
)
def test_every_odd_record_still_gives_a_valid_picture(arrangements, palette, narrow):
    made = [row(days, name=name) for name, days in arrangements[1]]
    chart = spec(made, palette=palette, narrow=narrow, first=date(2024, 2, 1))
    alt.LayerChart.from_dict({key: part for key, part in chart.items() if key != "config"})
    assert all(chart["datasets"][layer["data"]["name"]] for layer in chart["layer"])
    assert "NaN" not in json.dumps(chart)


def test_a_first_day_that_is_today_still_gives_an_axis_with_months_and_a_year():
    chart = spec([row([TODAY])], first=TODAY)
    axis = layers(chart)["today"]["encoding"]["x"]["axis"]
    assert len(axis["values"]) >= 2
    assert "%Y" in axis["labelExpr"]


@pytest.mark.parametrize("narrow", [False, True])
def test_what_users_typed_stands_in_the_data_only(narrow):
    cell = StripCell(day=date(2026, 3, 2), state="pending", word="KENMERK woord")
    for text in NASTY:
        typed = arrangement(f"KENMERK {text}", cell, state=f"KENMERK {text}", score=f"KENMERK {text}")
        chart = spec([typed], narrow=narrow)
        assert rows(chart, "names")[0]["name"] == f"KENMERK {text}"
        del chart["datasets"]
        assert "KENMERK" not in json.dumps(chart, ensure_ascii=False)


def test_the_picture_has_its_description_and_no_mark_speaks_for_itself():
    chart = spec([row([date(2026, 3, 2)], state) for state in STATES], recess=[SUMMER])
    assert chart["description"] == "Alle overleggen houden hun ritme."
    assert not [layer["name"] for layer in chart["layer"] if layer["mark"]["aria"] is not False]


def test_no_letter_in_the_picture_is_smaller_than_twelve_pixels():
    chart = spec([row([date(2026, 3, 2)])], recess=[SUMMER])
    assert min(layer["mark"].get("fontSize", 12) for layer in chart["layer"]) >= 12


def test_a_state_nobody_knows_is_a_mistake_of_the_programmer():
    with pytest.raises(AssertionError):
        spec([row([date(2026, 3, 2)], "forgotten")])


# Below: building rows, and reading a spec.


def spec(arrangements, *, palette=LIGHT, first=FIRST, recess=(), narrow=False):
    return held_strip(
        arrangements,
        labels=DUTCH,
        palette=palette,
        description="Alle overleggen houden hun ritme.",
        first=first,
        until=TODAY,
        recess=recess,
        narrow=narrow,
    )


def arrangement(name, *made, score="11 van 12", state="op ritme", strong=False, dense=False):
    return StripRow(name=name, cells=made, score=score, state=state, strong=strong, dense=dense)


def row(days, state="held", *, name="Lokale driehoek", dense=False):
    return arrangement(name, *(StripCell(day=day, state=state, word=state) for day in days), dense=dense)


def layers(chart):
    return {layer["name"]: layer for layer in chart["layer"]}


def rows(chart, layer):
    return chart["datasets"][layers(chart)[layer]["data"]["name"]]


def cells(chart):
    return chart["datasets"].get("cells", [])


def domain(chart):
    return layers(chart)["today"]["encoding"]["x"]["scale"]["domain"]


def form(layer):
    """A mark without its colours and its size: shape, solid or hollow, dash."""
    mark = layer["mark"]
    return [mark["shape"], bool(mark.get("stroke")), mark.get("strokeDash")]


def ms(day):
    return (day - date(1970, 1, 1)).days * 86_400_000
