"""What is said of numbers from elsewhere and of the threat level: never more than they show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.analysis.attention import Attention, around, attention
from tracker.analysis.question import LoggedIncident
from tracker.analysis.threat_level import Announcement, Spell, spells
from tracker.records import SeriesPoint
from tracker.words import LANGUAGES, speak

NL, EN = speak("nl"), speak("en")
MONDAY = date(2024, 1, 1)
LEVELS = [
    Announcement(day=date(2013, 3, 13), word="substantial", levels=4, area="", certain="no", source="a"),
    Announcement(day=date(2016, 7, 1), word="substantial", levels=5, area="", certain="partly", source="b"),
    Announcement(day=date(2019, 3, 18), word="critical", levels=5, area="Utrecht", certain="yes", source="c"),
    Announcement(day=date(2019, 12, 9), word="significant", levels=5, area="", certain="yes", source="d"),
]


def series(values: dict[int, float], until: date = date(2025, 12, 31)) -> Attention:
    (found,) = attention(
        [
            SeriesPoint(happened_on=MONDAY + timedelta(days=n), series="Media", value=v)
            for n, v in values.items()
        ],
        until=until,
    )
    return found


def incidents(*days: int) -> list[LoggedIncident]:
    return [
        LoggedIncident(day=MONDAY + timedelta(days=day), title="Brand", severity=4, counts=True)
        for day in days
    ]


def test_a_panel_says_the_last_week_the_most_and_what_is_not_known():
    assert NL.series_line(series({0: 4, 8: 30, 21: 2.5})) == (
        "Media: 2,5 in de week van 22 januari 2024. Het meeste was 30, in de week van 8 januari 2024. "
        "1 van de 4 weken heeft geen waarde."
    )
    assert EN.series_line(series({0: 4})) == (
        "Media: 4 in the week of 1 January 2024. The most was 4, in the week of 1 January 2024."
    )


def test_a_series_around_incidents_is_described_and_called_attention():
    values = dict.fromkeys(range(0, 600, 7), 2.0) | {42 + 98 * n: 9.0 for n in range(5)}
    five = around(series(values), incidents(*(42 + 98 * n for n in range(5))))
    assert NL.series_around("Media", five) == (
        "Media rond 5 incidenten: gemiddeld 9,0 in de eerste week, en 2,0 per week in de vier weken ervoor."
    )
    three = around(series(values), incidents(42, 140, 238))
    assert NL.series_around("Media", three) == "Media rond 3 incidenten, elk met een eigen lijn."
    one = around(series(values), incidents(42))
    assert EN.series_around("Media", one) == "Media around one incident."
    none = around(series(values), [])
    assert EN.series_around("Media", none) == "No serious incident falls in the weeks of Media."


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_about_a_series_says_that_it_is_no_cooperation(language: str):
    say = speak(language)
    word = {"nl": "geen samenwerking", "en": "not cooperation"}[language]
    assert word in say.series_limits()
    assert word in say.series_around_limits()
    assert "door" not in NL.series_around_limits()


def test_a_name_with_braces_is_said_as_it_is():
    (found,) = attention([SeriesPoint(happened_on=MONDAY, series="{n} {0}", value=1)], until=MONDAY)
    assert EN.series_line(found).startswith("{n} {0}: 1 in the week of")


def test_the_level_is_a_word_with_its_day_or_said_to_be_not_known():
    known = spells(LEVELS, date(2018, 1, 1), date(2020, 3, 1))
    assert NL.threat_line(known) == "Het landelijke dreigingsniveau is aanzienlijk, sinds 9 december 2019."
    later = spells(LEVELS, date(2018, 1, 1), date(2021, 3, 1))
    assert NL.threat_line(later) == (
        "Het landelijke dreigingsniveau is hier onbekend sinds 9 september 2020. "
        "Het laatste woord was: aanzienlijk."
    )
    long_after = spells(LEVELS, date(2024, 1, 1), date(2024, 3, 1))
    assert EN.threat_line(long_after) == "The national threat level of this period is not known here."


def test_a_spell_says_what_is_not_certain_about_it():
    found = spells(LEVELS, date(2010, 1, 1), date(2021, 1, 1))
    assert [EN.threat_said(one) for one in found] == [
        "not known",
        "substantial?, since 13 March 2013; nobody has looked this up",
        "substantial, since 1 July 2016; another scale from here on, so not a rise or a fall; "
        "the day is not certain",
        "significant, since 9 December 2019",
        "not known",
    ]


def test_the_caveats_say_when_it_was_brought_up_to_date_and_what_is_not_drawn():
    said = list(NL.threat_limits(LEVELS))
    assert said[0] == (
        "Laatst bijgewerkt met de bekendmaking van 9 december 2019. "
        "Vanaf 9 maanden daarna is het niveau onbekend."
    )
    assert any("18 maart 2019" in line and "Utrecht" in line and "kritiek" in line for line in said)
    whole = [one for one in LEVELS if not one.area]
    assert not any("Utrecht" in line for line in NL.threat_limits(whole))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_level_is_ever_said_as_a_number(language: str):
    say = speak(language)
    for word in ("minimal", "limited", "significant", "substantial", "critical"):
        told = say.threat_word(Spell(first=MONDAY, last=MONDAY, word=word, since=MONDAY))
        assert told
        assert not any(sign.isdigit() for sign in told)
