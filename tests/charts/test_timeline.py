"""Slab and fins: what the picture shows, hides and names, read from the finished spec."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from tracker.analysis.finding import TimelineFacts
from tracker.charts.labels import Labels
from tracker.charts.lettering import width
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.timeline import timeline, to_spec

DUTCH = Labels(
    locale="nl",
    week_of="Week van",
    activities="Activiteiten",
    floor="Vaste basis (model)",
    from_="van",
    to="tot",
    extra="Extra na een incident (model)",
    incident="Incident",
    date="Datum",
    severity="Ernst (1-5)",
    does_not_count="telt niet mee",
    peacetime="vredestijd",
    peacetime_days=lambda days: f"vredestijd: {days} dagen",
    not_logged="niet gelogd",
    recess="reces",
    today="vandaag",
    floor_label="vaste basis: wat er ook zonder incident is",
    floor_label_short="vaste basis",
    extra_label="extra na een incident",
)
LAST = date(2026, 10, 4)
NASTY = [
    "\"quotes' and `ticks`",
    "datum.y > 0 ? 'x' : toString(datum)",
    "<img src=x onerror=alert(1)>",
    "title:N",
    "a.b[0]\\.c",
    "**vet** ![](http://voorbeeld.nl/x.png)",
    "😀 é ‮omgekeerd",
]


def facts(
    incidents=(), *, first=date(2023, 10, 3), last=LAST, unknown=(), peace=(), fit=True, scale=1.0, count=None
) -> TimelineFacts:
    """Facts with a floor of 2 a week and a fin after every counted incident (day, title, severity)."""
    found = [(*incident, True)[:4] for incident in incidents]
    days = pd.date_range(first, last)
    rows, segment = [], 0
    for day in days:
        if any(counts and at == day.date() for at, _, _, counts in found):
            rows.append(_curve_row(day, segment, _extra(found, day, before=True), scale))
            segment += 1
        rows.append(_curve_row(day, segment, _extra(found, day), scale))
    columns = ["day", "segment", "floor", "floor_low", "floor_high", "expected"]
    mondays = pd.date_range(first - timedelta(days=first.weekday()), last, freq="W-MON")
    not_known = np.array(
        [any(start <= monday.date() <= end for start, end in unknown) for monday in mondays], bool
    )
    counts = [round(scale * (2 + number % 5)) if count is None else count for number in range(len(mondays))]
    return TimelineFacts(
        first=first,
        last=last,
        weeks=pd.DataFrame(
            {"week": mondays, "count": counts, "unknown": not_known, "floor": 2.0, "extra": 0.0}
        ),
        curve=pd.DataFrame(rows if fit else [], columns=columns),
        incidents=_dated(found, ["day", "title", "severity", "counts"], 1),
        peace=_dated(peace, ["start", "end", "days", "current"], 2),
        unknown=_dated(unknown, ["start", "end"], 2),
    )


def test_every_logged_week_is_a_dot():
    chart = spec(facts())
    assert len(rows(chart, "dots")) == len(facts().weeks)


def test_a_week_nobody_logged_has_no_dot():
    with_gap = facts(unknown=[(date(2025, 2, 10), date(2025, 3, 9))])
    shown = {row["week"] for row in rows(spec(with_gap), "dots")}
    assert len(shown) == len(with_gap.weeks) - 4
    assert not shown & {"10 februari 2025", "17 februari 2025", "24 februari 2025", "3 maart 2025"}


def test_a_week_with_zero_activities_is_a_dot_at_zero():
    assert {row["count"] for row in rows(spec(facts(count=0)), "dots")} == {0}


def test_the_slab_and_the_fins_stop_where_nobody_logged():
    gap = (date(2025, 2, 10), date(2025, 3, 9))
    chart = spec(facts([(date(2025, 1, 20), "Brand", 4)], unknown=[gap]))
    inside = range(ms(gap[0]) + 1, ms(gap[1] + timedelta(days=1)))
    for layer in ("slab", "fins", "fin_edge", "dots"):
        assert not [row for row in rows(chart, layer) if row["day"] in inside]
    assert len({row["piece"] for row in rows(chart, "slab")}) == 2
    assert len({row["fin"] for row in rows(chart, "fins")}) == 2
    for stroke in rows(chart, "fin_hatch"):
        assert stroke["x2"] <= inside.start + HOUR or stroke["x"] >= inside.stop - HOUR


def test_the_unknown_stretch_is_hatched_over_the_full_height_and_named():
    chart = spec(facts(unknown=[(date(2025, 2, 10), date(2025, 3, 9))]))
    (paper,) = rows(chart, "unknown")
    assert (paper["start"], paper["end"]) == (ms(date(2025, 2, 10)), ms(date(2025, 3, 10)))
    highest = max(stroke["y2"] for stroke in rows(chart, "unknown_hatch"))
    assert highest > 0.9 * paper["y2"]
    assert texts(chart, "unknown") == {"niet gelogd"}


def test_fins_stand_only_where_more_is_expected_than_the_floor():
    incident = date(2025, 1, 20)
    fins = rows(spec(facts([(incident, "Brand", 4)])), "fins")
    assert all(row["expected"] > row["floor"] for row in fins)
    assert min(row["day"] for row in fins) == ms(incident)
    assert max(row["day"] for row in fins) < ms(LAST)


def test_without_a_counted_incident_there_is_no_fin_and_no_label_for_it():
    chart = spec(facts([(date(2025, 1, 20), "Brand", 4, False)]))
    assert {"fins", "fin_edge", "fin_hatch"}.isdisjoint(layers(chart))
    assert not texts(chart, "extra")


def test_a_fin_begins_vertically_on_the_day_of_the_incident():
    incident = date(2025, 1, 20)
    fins = pd.DataFrame(rows(spec(facts([(incident, "Brand", 5)])), "fins"))
    first = fins[fins.day == ms(incident)]
    assert list(first.expected - first.floor) == [pytest.approx(5, abs=0.01)]


def test_the_slab_is_solid_up_to_the_lower_bound_and_soft_up_to_the_upper():
    chart = spec(facts())
    slab, band = layers(chart)["slab"], layers(chart)["band"]
    assert (slab["encoding"]["y"]["field"], slab["encoding"]["y2"]["field"]) == ("zero", "low")
    assert (band["encoding"]["y"]["field"], band["encoding"]["y2"]["field"]) == ("low", "high")
    assert {row["low"] for row in rows(chart, "slab")} == {1.5}


def test_without_a_fit_there_are_only_dots():
    chart = spec(facts([(date(2025, 1, 20), "Brand", 4)], fit=False))
    assert {"slab", "band", "floor", "fins"}.isdisjoint(layers(chart))
    assert rows(chart, "dots")
    assert "floor" not in rows(chart, "dots")[0]


def test_peacetime_shorter_than_four_weeks_is_not_tinted():
    spells = [
        (date(2024, 1, 1), date(2024, 1, 27), 27, False),
        (date(2024, 3, 1), date(2024, 3, 29), 28, False),
    ]
    (tinted,) = rows(spec(facts(peace=spells)), "peace_tint")
    assert tinted["start"] == ms(date(2024, 3, 1))


def test_the_current_peacetime_says_how_long_it_lasts():
    spells = [(date(2024, 1, 1), date(2024, 12, 27), 361, False), (date(2026, 2, 12), LAST, 234, True)]
    assert texts(spec(facts(peace=spells)), "peace") == {"vredestijd", "vredestijd: 234 dagen"}


def test_peacetime_counts_all_its_days_also_when_only_the_last_are_drawn():
    chart = spec(facts(peace=[(date(2024, 1, 1), LAST, 1007, True)]), since=date(2026, 8, 1))
    assert texts(chart, "peace") == {"vredestijd: 1007 dagen"}
    assert rows(chart, "peace_tint")[0]["start"] == ms(date(2026, 8, 1))


@pytest.mark.parametrize(("severity", "named"), [(1, False), (2, False), (3, False), (4, True), (5, True)])
def test_only_severe_incidents_are_named(severity, named):
    chart = spec(facts([(date(2025, 1, 20), "Brand in de haven", severity)]))
    assert bool(texts(chart, "name")) == named
    assert rows(chart, "heads")[0]["title"] == "Brand in de haven"


def test_a_name_stands_with_its_date():
    assert texts(spec(facts([(date(2024, 3, 10), "Rellen", 5)])), "name") == {"Rellen · 10 mrt 2024"}


def test_severity_shows_in_height_and_size_and_fill_and_digit():
    incidents = [(date(2024, month, 1), f"nummer {month}", month) for month in range(1, 6)]
    heads = rows(spec(facts(incidents)), "heads")
    for measure in ("y", "size", "severity"):
        values = [head[measure] for head in heads]
        assert values == sorted(set(values))
    assert [head["fill"] for head in heads] == [
        LIGHT.paper, LIGHT.paper, LIGHT.incident_soft, LIGHT.incident, LIGHT.incident
    ]  # fmt: skip


def test_an_incident_that_does_not_count_is_hollow_and_says_so():
    chart = spec(facts([(date(2025, 1, 20), "Elders", 5, False), (date(2025, 3, 20), "Hier", 5)]))
    (hollow,) = rows(chart, "heads_not_counted")
    assert hollow["fill"] == LIGHT.paper
    assert hollow["weight"] == "5, telt niet mee"
    assert layers(chart)["heads_not_counted"]["mark"]["stroke"] == LIGHT.unknown
    assert [row["day"] for row in rows(chart, "drop_lines")] == [ms(date(2025, 3, 20))]


def test_incidents_on_one_day_stand_on_one_foot_with_their_heads_apart():
    day = date(2025, 1, 20)
    heads = rows(spec(facts([(day, "Een", 4), (day, "Twee", 4), (day, "Drie", 4, False)])), "heads")
    assert {head["day"] for head in heads} == {ms(day)}
    assert len({head["head"] for head in heads}) == 2


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_tooltip():
    title = "Ongeregeldheden bij de noodopvang aan de Havenstraat met aanhoudingen " * 3
    chart = spec(facts([(date(2024, 3, 10), title, 5)]))
    (name,) = texts(chart, "name")
    assert "… · 10 mrt 2024" in name
    assert len(name) < 65
    assert rows(chart, "heads")[0]["title"] == title.strip()


@pytest.mark.parametrize(("narrow", "widths"), [(False, (560, 650, 800, 980, 1150)), (True, (290, 322, 400))])
def test_names_never_overlap_however_many_incidents_there_are(narrow, widths):
    chart = spec(facts(many(60), first=date(2016, 10, 3)), narrow=narrow)
    for wide in widths:
        boxes = [box(chart, word, wide) for word in words(chart) if fits(word, wide)]
        assert not [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if hits(a, b)]


@pytest.mark.parametrize("wide", [560, 760, 980, 1150])
def test_no_word_is_clipped_at_the_sides(wide):
    incidents = [
        (date(2023, 10, 4), "Meteen aan het begin", 5),
        (LAST, "Vandaag gebeurd, met een lange naam", 5),
    ]
    peace = [(date(2026, 9, 1), LAST, 33, True)]
    chart = spec(facts(incidents, peace=peace, unknown=[(date(2026, 9, 14), LAST)]))
    for word in words(chart):
        if fits(word, wide):
            left, right, *_ = box(chart, word, wide)
            assert left >= -10, word
            assert right <= wide + 10, word


def test_the_label_of_the_floor_stands_on_the_slab_where_it_is_thick_enough():
    chart = spec(facts(first=date(2024, 10, 3), count=9))
    assert texts(chart, "floor") == {DUTCH.floor_label}
    assert all(0 < word["y"] < 1.5 for word in words(chart) if word["kind"] == "floor")


def test_the_label_of_the_floor_is_left_out_on_a_thin_slab():
    assert not texts(spec(facts(count=400)), "floor")


def test_the_label_of_the_floor_avoids_the_unknown_stretch():
    gap = (date(2025, 6, 2), date(2026, 9, 6))
    chart = spec(facts(unknown=[gap], count=9))
    found = [word for word in words(chart) if word["kind"] == "floor"]
    assert found
    assert all(word["x"] < ms(gap[0]) or word["x"] > ms(gap[1]) for word in found)


def test_the_label_of_the_extra_stands_above_its_fin():
    chart = spec(facts([(date(2025, 1, 20), "Brand", 5)]))
    fins = pd.DataFrame(rows(chart, "fins"))
    (place,) = {
        (word["x"], word["y"]) for word in words(chart) if word["kind"] == "extra" and word["most"] > 1100
    }
    assert place[1] > fins[fins.day >= place[0]].expected.max()


@pytest.mark.parametrize("gap", [None, (date(2026, 5, 4), date(2026, 8, 2))])
def test_the_label_of_the_extra_covers_no_other_word_and_no_unknown_stretch(gap):
    incidents = [(date(2026, 2, 20), "Brand", 5)]
    chart = spec(facts(incidents, peace=[(date(2026, 1, 20), LAST, 257, True)], unknown=[gap] if gap else []))
    for wide in (650, 1000, 1150):
        shown = {word["kind"]: box(chart, word, wide) for word in words(chart) if fits(word, wide)}
        if "extra" in shown:
            assert not [kind for kind in shown if kind != "extra" and hits(shown["extra"], shown[kind])]
            x_scale = layers(chart)["ground"]["encoding"]["x"]["scale"]["domain"]
            edges = [(ms(day) - x_scale[0]) / (x_scale[1] - x_scale[0]) * wide for day in gap or ()]
            assert not edges or shown["extra"][1] < edges[0] or shown["extra"][0] > edges[1]


def test_today_is_a_line_with_its_word():
    chart = spec(facts())
    assert rows(chart, "today")[0]["day"] == ms(LAST)
    assert texts(chart, "today") == {"vandaag"}


def test_the_narrow_drawing_shows_twelve_months_with_shorter_words():
    chart = spec(facts([(date(2026, 3, 10), "Rellen", 5)], count=9), narrow=True)
    assert min(row["day"] for row in rows(chart, "slab")) == ms(LAST - timedelta(days=365))
    assert texts(chart, "name") == {"Rellen"}
    assert texts(chart, "floor") == {DUTCH.floor_label_short}


def test_nothing_from_before_the_first_day_is_drawn():
    since = date(2026, 1, 1)
    chart = spec(facts([(date(2025, 12, 31), "Oud", 5), (date(2026, 2, 1), "Nieuw", 5)]), since=since)
    for layer in ("slab", "dots", "heads"):
        assert min(row["day"] for row in rows(chart, layer)) >= ms(since)
    assert [head["title"] for head in rows(chart, "heads")] == ["Nieuw"]


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 5, 8, 17, 99, 100, 640, 999, 1000])
def test_the_upward_axis_has_at_most_five_whole_numbers(highest):
    chart = spec(facts(count=highest, fit=False))
    ticks = layers(chart)["ground"]["encoding"]["y"]["axis"]["values"]
    assert 2 <= len(ticks) <= 5
    assert ticks[0] == 0
    assert all(isinstance(tick, int) for tick in ticks)
    assert 0.5 * highest <= ticks[-1] <= max(highest, 3)


@pytest.mark.parametrize("days", [1, 30, 200, 366, 3 * 365, 3653])
def test_the_axis_of_days_always_says_something_and_never_too_much(days):
    chart = spec(facts(first=LAST - timedelta(days=days)))
    assert 2 <= len(layers(chart)["ground"]["encoding"]["x"]["axis"]["values"]) <= 17


def test_every_layer_has_the_same_two_scales():
    chart = spec(facts(many(5), unknown=[(date(2025, 2, 10), date(2025, 3, 9))]))
    for channel in ("x", "y"):
        assert len({json.dumps(layer["encoding"][channel]["scale"]) for layer in chart["layer"]}) == 1


@pytest.mark.parametrize("narrow", [False, True])
def test_the_spec_follows_the_schema_of_the_chart_library(narrow):
    full = facts(many(30), first=date(2016, 10, 3), unknown=[(date(2020, 3, 2), date(2020, 9, 6))])
    chart = timeline(full, labels=DUTCH, palette=DARK, description="x", title="Titel", narrow=narrow)
    assert chart.to_dict(validate=True)["layer"]


def test_the_chart_can_be_read_aloud():
    chart = spec(facts([(date(2025, 1, 20), "Brand", 4)]))
    assert chart["description"] == "De vaste basis blijft."
    assert rows(chart, "heads")[0]["said"] == "Brand, 20 januari 2025, Ernst (1-5) 4"


def test_a_screen_reader_is_not_sent_past_every_stroke_of_the_hatch():
    chart = spec(facts([(date(2025, 1, 20), "Brand", 4)], unknown=[(date(2025, 2, 10), date(2025, 3, 9))]))
    heard = [layer["name"] for layer in chart["layer"] if layer["mark"].get("aria", True)]
    assert heard == ["heads"]


@pytest.mark.parametrize("nasty", NASTY)
def test_what_people_typed_is_only_ever_data(nasty):
    chart = spec(facts([(date(2025, 1, 20), nasty, 5), (date(2025, 3, 20), nasty, 4, False)]))
    assert nasty in {row["title"] for row in rows(chart, "heads")}
    drawing = {key: value for key, value in chart.items() if key != "datasets"}
    assert json.dumps(nasty)[1:-1] not in json.dumps(drawing)


def test_a_title_is_there_only_for_an_exported_picture():
    assert "title" not in spec(facts())
    chart = spec(facts(), title="De vaste basis blijft", subtitle="VOORBEELDDATA " * 20)
    assert chart["title"]["text"] == ["De vaste basis blijft"]
    assert len(chart["title"]["subtitle"]) == 2


def test_an_exported_picture_has_a_width_of_its_own_and_a_page_gives_its_own():
    chart = timeline(facts(), labels=DUTCH, palette=LIGHT, description="x")
    assert to_spec(chart, LIGHT, DUTCH)["width"] == "container"
    assert to_spec(chart, LIGHT, DUTCH, width=1060)["width"] == 1060


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_spec_wears_one_palette(palette):
    chart = spec(facts(many(9), first=date(2016, 10, 3)), palette=palette)
    other = DARK if palette is LIGHT else LIGHT
    text = json.dumps(chart)
    assert palette.after in text
    assert other.after not in text
    assert chart["config"]["axis"]["labelColor"] == palette.ink2


@pytest.mark.parametrize("incidents", [0, 60, 150])
def test_ten_years_stay_small_enough_to_send(incidents):
    ten = facts(many(incidents), first=date(2016, 10, 3), unknown=[(date(2020, 3, 2), date(2020, 9, 6))])
    chart = spec(ten)
    assert len(json.dumps(chart, separators=(",", ":"))) < 250_000
    assert sum(map(len, chart["datasets"].values())) < 5000


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "edge",
    {
        "one day": {"first": LAST},
        "one day without a fit": {"first": LAST, "fit": False},
        "nothing logged at all": {"unknown": [(date(2023, 10, 2), LAST)], "fit": False},
        "no activities": {"count": 0},
        "no activities and no fit": {"count": 0, "fit": False},
        "an incident today": {"incidents": [(LAST, "Nu", 5)]},
        "an incident on the first day": {"incidents": [(date(2023, 10, 3), "Toen", 1)]},
        "only incidents that do not count": {"incidents": [(date(2025, 1, 20), "Elders", 3, False)]},
        "unknown until today": {"unknown": [(date(2026, 8, 3), LAST)]},
        "unknown from the start": {"unknown": [(date(2023, 10, 2), date(2024, 2, 4))]},
        "a thousand a week": {"scale": 160.0},
        "peacetime all along": {"peace": [(date(2023, 10, 3), LAST, 1097, True)]},
        "a leap day": {"incidents": [(date(2024, 2, 29), "Schrikkeldag", 4)]},
    }.items(),
    ids=lambda edge: edge[0],
)
def test_every_odd_record_still_gives_a_picture(edge, narrow):
    _, record = edge
    chart = spec(facts(**record), narrow=narrow)
    assert all(chart["datasets"][layer["data"]["name"]] for layer in chart["layer"])
    assert "NaN" not in json.dumps(chart)


def test_an_empty_record_gives_a_picture():
    nothing = pd.DataFrame()
    empty = TimelineFacts(
        first=LAST,
        last=LAST,
        weeks=nothing.reindex(columns=["week", "count", "unknown", "floor", "extra"]),
        curve=nothing.reindex(columns=["day", "segment", "floor", "floor_low", "floor_high", "expected"]),
        incidents=nothing.reindex(columns=["day", "title", "severity", "counts"]),
        peace=nothing.reindex(columns=["start", "end", "days", "current"]),
        unknown=nothing.reindex(columns=["start", "end"]),
    )
    assert set(layers(spec(empty))) == {"ground", "today", "words_today_right"}


# Below: reading a spec, and building facts.

HOUR = 3_600_000


def spec(of: TimelineFacts, *, palette=LIGHT, **options):
    chart = timeline(of, labels=DUTCH, palette=palette, description="De vaste basis blijft.", **options)
    return to_spec(chart, palette, DUTCH)


def layers(chart):
    return {layer["name"]: layer for layer in chart["layer"]}


def rows(chart, layer):
    return chart["datasets"][layers(chart)[layer]["data"]["name"]]


def words(chart):
    return [row for name in layers(chart) if name.startswith("words_") for row in rows(chart, name)]


def texts(chart, kind):
    """What the words of one kind say on a wide page."""
    at_this_width = (word for word in words(chart) if fits(word, 1000))
    return {word["text"] for word in at_this_width if word["kind"] == kind}


def box(chart, word, wide):
    """Left, right, upper, lower in pixels, with the text a tenth narrower than was guessed."""
    x_scale, y_scale = (layers(chart)["ground"]["encoding"][channel]["scale"]["domain"] for channel in "xy")
    x = (word["x"] - x_scale[0]) / (x_scale[1] - x_scale[0]) * wide
    y = (y_scale[1] - word["y"]) / (y_scale[1] - y_scale[0]) * chart["height"]
    long = width(word["text"], bold=word["kind"] in ("peace", "floor", "extra")) * 0.9
    left = {"left": x, "right": x - long, "center": x - long / 2}[word["align"]]
    return left, left + long, y - 6, y + 6


def fits(word, wide):
    return word["least"] <= wide < word["most"]


def hits(one, other):
    return one[0] < other[1] and one[1] > other[0] and one[2] < other[3] and one[3] > other[2]


def many(count):
    """Incidents of every severity, unevenly over ten years, some on one day, some that do not count."""
    start = date(2016, 10, 3)
    days = [start + timedelta(days=(number * number * 37) % 3600) for number in range(count)]
    return [
        (day, f"Incident met een gewone naam {number}", 1 + number % 5, number % 6 > 0)
        for number, day in enumerate(days)
    ]


def ms(day):
    return (day - date(1970, 1, 1)).days * 86_400_000


def _extra(found, day, before=False):
    since = [((day.date() - at).days, severity) for at, _, severity, counts in found if counts]
    return sum(severity * 0.5 ** (days / 26) for days, severity in since if days >= (1 if before else 0))


def _curve_row(day, segment, extra, scale):
    return (day, segment, 2 * scale, 1.5 * scale, 2.6 * scale, (2 + extra) * scale)


def _dated(found, columns, dates):
    frame = pd.DataFrame(list(found), columns=columns)
    for column in columns[:dates]:
        frame[column] = pd.to_datetime(frame[column])
    return frame


def test_recess_stands_in_the_strip_under_zero_and_only_where_it_was():
    of = facts()
    before = (of.first - timedelta(days=40), of.first - timedelta(days=20))
    inside = (of.last - timedelta(days=90), of.last - timedelta(days=50))
    chart = spec(replace(of, recess=(before, inside)))
    assert len(rows(chart, "recess")) == 1
    assert rows(chart, "recess")[0]["y2"] < 0
    assert "recess" not in layers(spec(of))
