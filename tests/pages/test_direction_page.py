"""Vision and direction without a browser: goals, the prevention matrix, and whom to involve."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.records import Activity, Arrangement, Goal, Incident, Partner, PlannedShare
from tracker.words import speak

NAMES = {"Politie": "safety", "Jongerenwerk": "social", "School De Brug": "education", "OM": "justice"}
DAY = timedelta(days=1)


def today():
    return now().date()


def town():
    """Four organisations (-1 to -4), a primary arrangement of youth work (-5), an incident (-6)."""
    made = [Partner(name=name, domain=domain) for name, domain in NAMES.items()]
    arranged = Arrangement(name="Jongeren", kind="steering_group", phase="primary", owner_id=-2)
    happened = today() - 60 * DAY
    incident = Incident(happened_on=happened, title="Rellen", severity=3, phenomenon="youth_street")
    return [*made, arranged, incident]


def met(days, *partners, **links):
    return Activity(happened_on=today() - days * DAY, kind="regular_meeting", partner_ids=partners, **links)


def planted():
    """Youth work leads with the police, once without; the school never comes; nothing is done in tertiary."""
    often = [met(10 * n, -1, -2, arrangement_id=-5, incident_id=-6) for n in (2, 3, 4)]
    return [
        *town(),
        *often,
        met(10, -2, arrangement_id=-5, incident_id=-6),
        met(8, -1, -4, phase="secondary"),
    ]


def a_goal(**changed):
    known = {"text": "Elk overleg heeft twee trekkers", "measure": "shared_owners", "target": 75}
    return Goal(**{**known, "due_on": today() + 30 * DAY, "made_on": today() - 100 * DAY, **changed})


def room(screen, *records, **options):
    page = screen(*records, **options)
    page.app.query_params["lesson"] = "direction"
    return page.go("lessons.py")


def goals(page):
    return [one.record for one in page.store.records(Goal)]


def filled(page, text="Samen verder", target="80", measure="agreements_on_time"):
    page.field("text_input", "text").set_value(text)
    page.field("selectbox", "measure").select(measure)
    page.field("text_input", "target").set_value(target)
    return page.run()


# Goals.


def test_an_empty_log_says_what_a_goal_is_and_shows_no_empty_picture(screen):
    page = room(screen)
    assert page.heading() == "Er is nog geen gezamenlijk doel. Bij een doel horen een getal en een dag."
    assert "Het laatste jaar is niets vastgelegd" in page.text()
    assert "Daarom volgt dit het plan." in page.text()
    assert page.app.get("vega_lite_chart") == []


@pytest.mark.parametrize(("typed", "target"), [("80", 80), ("80%", 80), (" 7,5 ", 7.5)])
def test_a_goal_is_stored_and_can_be_undone(screen, typed, target):
    page = filled(room(screen), target=typed).click("Leg vast")
    [made] = goals(page)
    assert (made.text, made.measure, made.target) == ("Samen verder", "agreements_on_time", target)
    assert (made.made_on, made.due_on) == (today(), today() + timedelta(weeks=26))
    assert page.heading() == "Het gezamenlijke doel is nog niet bereikt. Van 1 is het nog niet te zeggen."
    assert page.click("Maak ongedaan").heading().startswith("Er is nog geen gezamenlijk doel.")
    assert goals(page) == []


@pytest.mark.parametrize("typed", ["", "veel", "101", "-1", "inf", "nan"])
def test_a_target_that_is_no_such_number_is_refused_in_words_and_nothing_is_lost(screen, typed):
    page = filled(room(screen), target=typed).click("Leg vast")
    assert speak("nl").problem("out_of_range", "target") in page.text()
    assert goals(page) == []
    assert page.field("text_input", "text").value == "Samen verder"


def test_a_goal_without_a_text_is_refused_beside_its_field(screen):
    page = filled(room(screen), text="").click("Leg vast")
    assert speak("nl").problem("required", "text") in page.text()
    assert goals(page) == []


def test_how_a_goal_stands_is_counted_and_there_is_no_field_to_type_it_in(screen):
    page = room(screen, *town(), a_goal())
    assert "met een tweede trekker uit een ander domein: 0 van 1" in page.text()
    assert "onderweg" in page.text()
    assert page.heading() == "Het gezamenlijke doel is nog niet bereikt."
    assert [one for one in page.app.selectbox if str(one.key).startswith("status")] == []
    arranged = next(one for one in page.store.records(Arrangement))
    owned = Arrangement(**{**vars(arranged.record), "second_owner_id": 1})
    page.store.correct(arranged.id, owned, seen_version=arranged.version, reason="erbij", by="test")
    assert page.run().heading() == "Het gezamenlijke doel is bereikt."


def test_a_goal_whose_day_has_passed_without_it_is_not_reached(screen):
    page = room(screen, *town(), a_goal(due_on=today() - DAY), a_goal(due_on=today(), text="Vandaag"))
    assert (
        page.heading() == "Geen van de 2 gezamenlijke doelen is al bereikt. 1 was op zijn dag niet bereikt."
    )


def test_changing_a_goal_asks_a_reason_and_taking_it_back_too(screen):
    page = room(screen, *town(), a_goal())
    box = next(one for one in page.app.selectbox if one.key == "standing.change_goal")
    box.select(1)
    page.run().click("Veranderen")
    page.field("text_input", "target").set_value("50")
    page.run().click("Sla de wijziging op")
    assert goals(page)[0].target == 75
    page.field("text_input", "reason").set_value("te hoog gegrepen")
    page.run().click("Sla de wijziging op")
    assert goals(page)[0].target == 50
    assert goals(page)[0].made_on == today() - 100 * DAY
    box = next(one for one in page.app.selectbox if one.key == "standing.change_goal")
    box.select(1)
    page.run()
    why = next(one for one in page.app.text_input if str(one.key).startswith("why.Goal."))
    why.set_value("dubbel")
    page.run().click("Trek in")
    assert goals(page) == []


# The matrix.


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_planted_white_spot_is_named_and_the_default_is_called_that(screen, language):
    page = room(screen, *planted(), language=language)
    said = {
        "nl": (
            "in Primair niemand uit Onderwijs en Gemeenschap",
            "in Tertiair is niets vastgelegd",
            "pas aan",
        ),
        "en": (
            "in Primary nobody from Education and Community",
            "in Tertiary nothing was logged",
            "adjust it",
        ),
    }
    assert [text for text in said[language] if text not in page.text()] == []
    assert len(page.app.get("vega_lite_chart")) == 2


def test_the_lead_that_was_not_planned_is_a_question(screen):
    page = room(screen, *planted(), PlannedShare(phase="primary", domain="social", share="none"))
    assert "Primair: Sociaal trok het meest, 4 van de 4 keer dat het bekend is." in page.text()
    assert "Gepland: Onderwijs. Is dat wat u wilt?" in page.text()
    assert "trekt, niet gepland (trok er 4) · plan: geen rol" in page.text()


def test_what_the_picture_rests_on_is_said(screen):
    page = room(screen, *planted(), met(5, -1, -2), met(4, -1, -2, phase="response"))
    assert (
        "Het beeld bevat 5 van de 7 activiteiten van het laatste jaar. Zonder bekende fase: 1. "
        "Een respons, of werk voor elke fase: 1. Van 1 activiteit in het beeld is niet bekend wie trok."
    ) in page.text()


def test_the_plan_is_adjusted_by_cell_and_adjusted_again_with_a_reason(screen):
    page = room(screen, *planted())
    page.field("selectbox", "phase").select("primary")
    page.field("selectbox", "domain").select("education")
    page.field("selectbox", "share").select("none")
    adding = next(one for one in page.app.button if one.key == "save.planned_share")
    adding.click()
    page.run()
    [made] = page.store.records(PlannedShare)
    assert made.record == PlannedShare(phase="primary", domain="education", share="none")
    assert "in Primair niemand uit Gemeenschap" in page.text()
    page.field("selectbox", "domain").select("education")
    page.run().click("Verander dit deel van het plan")
    changing = [one for one in page.app.selectbox if str(one.key).startswith("share.")]
    changing[-1].select("support")
    reason = page.field("text_input", "reason")
    reason.set_value("toch wel")
    page.run().click("Sla de wijziging op")
    [made] = page.store.records(PlannedShare)
    assert made.record.share == "support"


def test_planning_the_same_cell_twice_is_refused_in_words(screen):
    page = room(screen, *town(), PlannedShare(phase="primary", domain="safety", share="lead"))
    next(one for one in page.app.button if one.key == "save.planned_share").click()
    page.run()
    assert speak("nl").problem("planned_already") in page.text()
    assert len(page.store.records(PlannedShare)) == 1


# Whom to involve.


def test_the_guide_counts_who_came_and_who_was_not_there_the_last_time(screen):
    page = room(screen, *planted())
    box = next(one for one in page.app.selectbox if one.key == "filter.about")
    box.select("youth_street")
    page.run()
    assert "Meestal erbij: Jongerenwerk (4 van 4); Politie (3 van 4)." in page.text()
    assert "Meestal erbij, maar de laatste keer niet: Politie." in page.text()
    assert "was er de laatste keer niet bij" in page.text()
    assert page.app.query_params["about"] == "youth_street"


def test_the_guide_names_the_domains_from_which_no_organisation_is_known(screen):
    page = room(screen, *planted())
    next(one for one in page.app.selectbox if one.key == "filter.phase").select("primary")
    page.run()
    assert "Er is geen organisatie bekend uit: Gemeenschap." in page.text()
    assert "Gevraagd en nog niet erbij: School De Brug." in page.text()


def test_what_somebody_typed_stays_text(screen):
    page = room(screen, *town(), a_goal(text="![x](http://a.example/x.png) <b>vet</b>"))
    raw = " ".join(one.proto.body for one in page.app.get("html"))
    assert "&lt;b&gt;vet" in raw
    assert "<b>vet" not in raw
