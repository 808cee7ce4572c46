"""The tour of three steps: on an empty log, gone with a click or a first entry, back from the explanation."""

from __future__ import annotations

import pytest

from tests.pages.conftest import now
from tracker.pages.parts import tour
from tracker.records import Activity, Incident, Partner
from tracker.words import LANGUAGES, speak

FIRST = "Begin with your meetings"
LABELS = [label for *_, label in tour.STEPS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_log_shows_three_steps_each_with_a_way_there(screen, language):
    page, say = screen(language=language), speak(language)
    for number, (title, text, _, _) in enumerate(tour.STEPS, start=1):
        assert f"{number}. {say(title)}" in page.text()
        assert say(text) in page.text()
    links = [one.proto.label for one in page.app.get("page_link")]
    assert set(map(say, LABELS)) <= set(links)


def test_the_steps_go_with_one_click_and_stay_away_for_this_visit(screen):
    page = screen()
    page.click("Duidelijk. Haal deze stappen weg")
    assert speak("nl")(FIRST) not in page.text()
    assert speak("nl")(FIRST) not in page.go("log.py").go("today.py").text()


def test_the_first_entry_ends_them_for_everybody(screen):
    meeting = Activity(happened_on=now().date(), kind="regular_meeting", partner_ids=(-1, -2))
    partners = [Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")]
    page = screen(*partners, meeting, Incident(happened_on=now().date(), title="Onrust", severity=4))
    assert speak("nl")(FIRST) not in page.text()
    page.app.query_params["tour"] = "1"  # the link of the explanation
    assert speak("nl")(FIRST) in page.run().text()
    page.click("Duidelijk. Haal deze stappen weg")
    assert speak("nl")(FIRST) not in page.text()
    assert "tour" not in page.app.query_params


def test_the_explanation_leads_back_to_them(screen):
    page = screen().go("method.py")
    [back] = [one for one in page.app.get("page_link") if "tour=1" in str(one.proto)]
    assert back.proto.label == speak("nl")("How it works, in three steps")
