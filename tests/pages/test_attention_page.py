"""Series and the threat level on the pages: apart from cooperation, and only where there is something."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.analysis import assess
from tracker.analysis.attention import around, attention
from tracker.analysis.question import LoggedIncident, Question
from tracker.analysis.threat_level import spells
from tracker.pages.parts import day_zero
from tracker.records import SeriesPoint
from tracker.store import threat_levels
from tracker.words import speak


def points(name: str = "Media", days: int = 400) -> list[SeriesPoint]:
    today = now().date()
    return [
        SeriesPoint(happened_on=today - timedelta(days=n), series=name, value=float(n % 5))
        for n in range(days)
    ]


def pictures(page) -> int:
    return len(page.app.get("vega_lite_chart"))


def test_without_a_series_trend_and_after_say_nothing_about_them(screen, three_years):
    page = screen(*three_years).go("trend.py")
    assert "Wat elders is geteld" not in page.text()
    assert "Wat elders is geteld" not in page.go("after.py").text()


def test_each_series_has_its_own_panel_under_the_timeline(screen, three_years):
    page = screen(*three_years, *points(), *points("Raadsvragen")).go("trend.py")
    text = page.text()
    assert "Wat elders is geteld" in text
    assert speak("nl").series_limits() in text
    assert text.index("Media:") < text.index("Raadsvragen:")
    assert pictures(page) == 3 + 2 * 2
    table = next(one.value for one in page.app.dataframe if "Media" in one.value.columns)
    assert list(table.columns) == ["Week van", "Media", "Raadsvragen"]


def test_the_sentence_is_the_same_with_and_without_series(screen, three_years):
    page = screen(*three_years)
    question = Question(until=now().date())
    before = speak("nl").sentence(assess(page.store.log(question), question).finding)
    page.store.add_all(points(), by="test", batch="reeks")
    assert page.go("trend.py").heading() == before


def test_a_series_has_a_day_0_of_its_own_that_says_it_is_attention(screen, three_years):
    page = screen(*three_years, *points(days=1100)).go("after.py")
    text = page.text()
    assert "Wat elders is geteld, rond de incidenten" in text
    assert speak("nl").series_around_limits() in text
    assert "Media rond 5 incidenten" in text
    assert pictures(page) == 4


def test_more_than_four_series_take_a_choice(screen, three_years):
    names = ["Een", "Twee", "Drie", "Vier", "Vijf"]
    page = screen(*three_years, *(one for name in names for one in points(name, 30))).go("trend.py")
    assert pictures(page) == 3 + 4 * 2
    page.app.multiselect(key="filter.series").set_value(["Vijf"])
    page.run()
    assert pictures(page) == 3 + 2
    assert "Vijf:" in page.text()
    assert "Een:" not in page.text()


@pytest.mark.parametrize("name", ["trend.py", "today.py"])
def test_the_threat_level_stands_there_for_who_asks_for_it(screen, three_years, name):
    page = screen(*three_years).go(name)
    assert "onbekend sinds" not in page.text()
    before = pictures(page)
    page.app.toggle(key="filter.threat").set_value(True)
    page.run()
    say, until = speak("nl"), now().date()
    question = Question(until=until)
    facts = assess(page.store.log(question), question).timeline
    found = spells(threat_levels(), facts.first, facts.last)
    assert say.threat_line(found) in page.text()
    assert all(line in page.text() for line in say.threat_limits(threat_levels()))
    assert pictures(page) == before + 2


def test_an_address_with_the_threat_level_shows_it_at_once(screen, three_years):
    page = screen(*three_years).go("log.py")
    page.app.query_params["threat"] = "1"
    page.go("trend.py")
    assert page.app.toggle(key="filter.threat").value
    assert pictures(page) == 5


def test_a_line_that_begins_after_week_minus_four_keeps_its_weeks():
    """An incident ten days into the record: the week of day 0 stays the week of day 0."""
    today = now().date()
    monday = today - timedelta(days=today.weekday() + 700)
    values = [
        SeriesPoint(happened_on=monday + timedelta(days=n), series="Media", value=9.0 if n == 10 else 1.0)
        for n in range(300)
    ]
    (found,) = attention(values, until=today)
    told = LoggedIncident(day=monday + timedelta(days=10), title="Brand", severity=4, counts=True)
    (line,) = day_zero.episodes(around(found, [told]), 1)
    assert line.rates[:6] == (None, None, None, 7.0, 15.0, 7.0)
