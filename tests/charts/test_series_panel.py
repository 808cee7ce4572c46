"""The panel of a series: its weeks from zero on the days of the timeline, and what is not known hatched."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from tests.charts.spec_reading import NASTY, layers
from tracker.charts.attention import BAR_DAYS, PanelLabels, panel
from tracker.charts.frame import DAY_MS, day
from tracker.charts.palette import DARK, LIGHT
from tracker.charts.timeline import NARROW_DAYS

FIRST, LAST = date(2023, 1, 2), date(2024, 12, 31)
DUTCH = PanelLabels(
    locale="nl",
    title="Media per week",
    unknown="geen waarde",
    week_of="Week van",
    value="Waarde",
    with_value="Dagen met een waarde",
    number=lambda value: f"{value:.0f}",
    day=lambda day: day.isoformat(),
)


def weeks(totals, start=FIRST):
    mondays = [start + timedelta(days=7 * n) for n in range(len(totals))]
    table = {"week": pd.to_datetime(mondays), "total": totals, "days": [0 if t != t else 7 for t in totals]}
    return pd.DataFrame(table)


def spec(totals=(3.0, 0.0, float("nan"), 12.0), unknown=(), incidents=(), **changed):
    known = {"first": FIRST, "last": LAST, "labels": DUTCH, "palette": LIGHT, "description": "Media"}
    return panel(weeks(totals), unknown, incidents, **{**known, **changed})


def rows(chart, name):
    """The rows that a layer reads; Altair shares equal rows under one name."""
    return chart["datasets"][layers(chart)[name]["data"]["name"]]


def ms(of: date) -> int:
    return round(day(of)) * DAY_MS


def test_a_bar_stands_on_its_week_and_starts_at_zero():
    chart = spec()
    bars = rows(chart, "bars")
    assert [(bar["start"], bar["total"], bar["week"]) for bar in bars] == [
        (ms(FIRST), 3.0, "2023-01-02"),
        (ms(FIRST) + 7 * DAY_MS, 0.0, "2023-01-09"),
        (ms(FIRST) + 21 * DAY_MS, 12.0, "2023-01-23"),
    ]
    assert bars[0]["end"] - bars[0]["start"] == pytest.approx(BAR_DAYS * DAY_MS, rel=1e-3)
    assert layers(chart)["bars"]["encoding"]["y2"] == {"datum": 0}


def test_a_counted_nothing_has_a_dot_and_a_week_without_a_value_has_no_mark():
    chart = spec()
    assert [bar["zero"] for bar in rows(chart, "zeros")] == [False, True, False]
    assert layers(chart)["zeros"]["transform"] == [{"filter": "datum.zero"}]
    assert len(rows(chart, "bars")) == 3


def test_a_stretch_without_a_value_is_hatched_and_named():
    stretch = (date(2023, 3, 6), date(2023, 9, 3))
    chart = spec(unknown=[stretch])
    (box,) = rows(chart, "unknown")
    assert (box["start"], box["end"]) == (ms(stretch[0]), ms(stretch[1]) + DAY_MS)
    assert "unknown_hatch" in layers(chart)
    assert [row["word"] for row in rows(chart, "unknown_words")] == ["geen waarde"]
    short = spec(unknown=[(date(2023, 3, 6), date(2023, 3, 12))])
    assert "unknown_words" not in layers(short)
    assert "unknown" in layers(short)
    assert "unknown" not in layers(spec())


def test_the_dotted_lines_stand_on_the_days_of_the_incidents_in_the_picture():
    inside, outside = date(2023, 6, 1), date(2022, 6, 1)
    chart = spec(incidents=[inside, outside, inside])
    assert [row["day"] for row in rows(chart, "drop_lines")] == [ms(inside)]
    assert layers(chart)["drop_lines"]["mark"]["strokeDash"] == [1, 3]


def test_its_days_are_those_of_the_timeline_above_it():
    domains = {
        str(layer["encoding"]["x"]["scale"]["domain"])
        for layer in spec()["layer"]
        if "scale" in layer["encoding"].get("x", {})
    }
    assert len(domains) == 1


def test_narrow_shows_the_last_twelve_months():
    start = LAST - timedelta(days=NARROW_DAYS + 30)
    monday = start - timedelta(days=start.weekday())
    chart = panel(
        weeks([1.0] * 20, monday), [], [], first=FIRST, last=LAST, labels=DUTCH, palette=DARK,
        description="Media", narrow=True,
    )  # fmt: skip
    assert 0 < len(rows(chart, "bars")) < 20
    assert min(bar["start"] for bar in rows(chart, "bars")) >= ms(LAST - timedelta(days=NARROW_DAYS))


def test_a_series_without_a_value_in_the_picture_is_hatched_and_has_no_bar():
    chart = spec(totals=(), unknown=[(FIRST, LAST)])
    assert "bars" not in layers(chart)
    assert "unknown_hatch" in layers(chart)


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_a_word_in_the_picture_and_nothing_else(name):
    from dataclasses import replace

    chart = spec(labels=replace(DUTCH, title=name))
    shown = {key: value for key, value in chart.items() if key != "datasets"}
    assert name not in str(shown)
    assert rows(chart, "title")[0]["word"]


def test_nothing_has_the_colour_of_cooperation_or_of_extra_activity():
    text = str(spec(unknown=[(date(2023, 3, 6), date(2023, 9, 3))], incidents=[date(2023, 6, 1)]))
    for colour in (LIGHT.floor, LIGHT.floor_fill, LIGHT.after, LIGHT.after_fill, LIGHT.peace):
        assert colour not in text
    assert LIGHT.ink2 in text
