"""After an incident, without a browser: day 0 for none, a few and many, the ratchet, one incident."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.records import Activity, Arrangement, CheckBack, Framing, Incident, IncidentReview, Partner

POLICE, CARE = Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")


def today():
    return now().date()


def an_incident(days_ago, title="Rellen", **changes):
    day = today() - timedelta(days=days_ago)
    return Incident(**{"happened_on": day, "title": title, "severity": 4, **changes})


def meetings(every=3, days=1300):
    return [
        Activity(happened_on=today() - timedelta(days=n), kind="regular_meeting", partner_ids=(-1, -2))
        for n in range(0, days, every)
    ]


def after_page(screen, *records, **options):
    return screen(*records, **options).go("after.py")


def charts(page):
    return [json.loads(one.proto.spec) for one in page.app.get("vega_lite_chart")]


def drawn(page):
    """The words in the data of the first picture."""
    sets = page.app.get("vega_lite_chart")[0].proto.datasets
    return b" ".join(one.data.data for one in sets).decode("utf-8", "replace")


def test_an_empty_log_says_what_to_log(screen):
    page = after_page(screen)
    assert page.heading() == "Er is nog niets vastgelegd."
    assert charts(page) == []


def test_without_an_incident_there_is_no_day_0_and_no_picture(screen):
    page = after_page(screen, POLICE, CARE, *meetings())
    assert page.heading() == "In deze periode telt geen ernstig incident mee, dus er is geen dag 0."
    assert charts(page) == []
    assert "Een ernstig incident (3 of hoger) dat u vastlegt, krijgt hier zijn lijn." in page.text()


def test_two_incidents_have_a_line_each_and_no_average(screen):
    two = [an_incident(500, "Rellen"), an_incident(900, "Brand")]
    page = after_page(screen, POLICE, CARE, *two, *meetings())
    assert page.heading() == "2 incidenten, elk met een eigen lijn."
    assert "Een gemiddelde is er vanaf 5." in page.text()  # under the heading
    wide, narrow = charts(page)
    assert wide["description"] == narrow["description"] == f"{page.heading()} Een gemiddelde is er vanaf 5."
    assert "Rellen" in drawn(page)
    assert "Brand" in drawn(page)
    assert "gemiddelde van" not in drawn(page)


def test_twenty_incidents_have_an_average(screen):
    many = [an_incident(190 + 55 * n, f"Rellen {n}") for n in range(20)]
    page = after_page(screen, POLICE, CARE, *many, *meetings(days=1400))
    assert "eigen lijn" not in page.heading()
    assert "gemiddelde van" in drawn(page)


def test_each_incident_has_a_row_with_what_stayed_in_words(screen):
    page = after_page(screen, POLICE, CARE, an_incident(600), *meetings())
    text = " ".join(page.text().split())
    assert "Bleef er iets?" in text
    assert "terug op het oude niveau" in text or "geen verandering is zeker" in text
    assert "Rellen" in text
    assert "“Bleef er iets?” kan iets anders zeggen dan de cijfers ervoor" in text


def test_a_planted_step_is_said_to_have_stayed(screen):
    """After the incident partners meet twice as often, and go on doing so."""
    more = [
        Activity(happened_on=today() - timedelta(days=n), kind="training", partner_ids=(-1, -2))
        for n in range(1, 600, 3)
    ]
    page = after_page(screen, POLICE, CARE, an_incident(600), *meetings(), *more)
    assert "het bleef hoger" in page.text()


def test_exercises_and_light_incidents_draw_no_line(screen):
    none = [an_incident(500, exercise=True), an_incident(700, severity=2)]
    page = after_page(screen, POLICE, CARE, *none, *meetings())
    assert page.heading() == "In deze periode telt geen ernstig incident mee, dus er is geen dag 0."


def test_the_days_of_one_incident_are_filled_in_from_the_log(screen):
    incident = an_incident(40)
    first = Activity(
        happened_on=incident.happened_on + timedelta(days=2),
        kind="regular_meeting",
        title="Kernteam bijeen",
        partner_ids=(-1, -2),
        incident_id=-3,
    )
    page = after_page(screen, POLICE, CARE, incident, first, *meetings(every=50))
    text = " ".join(page.text().split())
    assert "De eerste gezamenlijke activiteit was er na 2 dagen." in text
    assert "Kernteam bijeen" in text
    assert "dag 2" in text


def test_a_domain_says_how_it_names_an_incident_and_the_gap_in_urgency_is_told(screen):
    care = Framing(incident_id=-3, domain="care", wording="Angst in gezinnen", urgency=2)
    page = after_page(screen, POLICE, CARE, an_incident(40), care, *meetings(every=50))
    page.field("selectbox", "domain").select("safety")
    page.field("text_input", "wording").set_value("Verstoring van de orde")
    page.field("selectbox", "urgency").select("5")
    page.run().click("Voeg toe")
    said = {one.record.domain: one.record for one in page.store.records(Framing)}
    assert (said["safety"].wording, said["safety"].urgency) == ("Verstoring van de orde", 5)
    text = " ".join(page.text().split())
    assert "Angst in gezinnen" in text
    assert "De urgentie verschilt 3 punten: Veiligheid zegt 5, Zorg zegt 2." in text


def keyed(page, kind, key):
    return next(one for one in page.app.get(kind) if one.key == key)


def choose(page, form, number):
    keyed(page, "selectbox", f"standing.{form}").select(number)
    return page.run()


def take_back_or_put_back(page, button, kind, version, why="per ongeluk"):
    keyed(page, "text_input", f"why.{kind}.1.{version}").set_value(why)
    return page.run().click(button)


CARE_SAID = Framing(incident_id=-3, domain="care", wording="Angst in gezinnen", urgency=2)


def test_what_a_domain_said_is_changed_with_a_reason(screen):
    page = after_page(screen, POLICE, CARE, an_incident(40), CARE_SAID, *meetings(every=50))
    choose(page, "change_framing_1", 1).click("Veranderen")
    page.field("text_input", "wording").set_value("Onrust in gezinnen")
    page.field("text_input", "reason").set_value("beter gezegd")
    page.run().click("Sla de wijziging op")
    [one] = page.store.records(Framing)
    assert (one.record.domain, one.record.wording, one.version) == ("care", "Onrust in gezinnen", 2)


def test_what_a_domain_said_is_taken_back_and_put_back_later(screen):
    page = after_page(screen, POLICE, CARE, an_incident(40), CARE_SAID, *meetings(every=50))
    choose(page, "change_framing_1", 1)
    take_back_or_put_back(page, "Trek in", "Framing", 1)
    assert page.store.records(Framing) == []
    assert "Ingetrokken: Rellen · Zorg" in page.text()
    page.click("Maak ongedaan")
    assert len(page.store.records(Framing)) == 1
    choose(page, "change_framing_1", 1)
    take_back_or_put_back(page, "Trek in", "Framing", 3)
    page.go("log.py").go("after.py")
    choose(page, "change_framing_1", 1)
    take_back_or_put_back(page, "Zet terug", "Framing", 4)
    assert len(page.store.records(Framing)) == 1


def test_a_framing_is_not_put_back_beside_a_newer_one_of_that_domain(screen):
    page = after_page(screen, POLICE, CARE, an_incident(40), CARE_SAID, *meetings(every=50))
    page.store.withdraw(Framing, 1, seen_version=1, reason="fout", by="test")
    page.store.add(Framing(incident_id=1, domain="care", urgency=4), by="test")
    choose(page.run(), "change_framing_1", 1)
    take_back_or_put_back(page, "Zet terug", "Framing", 2)
    assert "Dit domein heeft het al gezegd." in page.text()
    assert [one.id for one in page.store.records(Framing)] == [2]


def answered(answer="stopped"):
    born = Arrangement(
        name="Tijdelijk overleg",
        kind="steering_group",
        started_on=today() - timedelta(days=90),
        incident_id=-3,
    )
    day = today() - timedelta(days=5)
    back = CheckBack(incident_id=-3, after_days=90, answered_on=day, answer=answer, arrangement_id=-4)
    return POLICE, CARE, an_incident(95), born, back, *meetings(every=50)


def test_an_answer_to_a_check_back_can_be_changed_long_after(screen):
    page = after_page(screen, *answered())
    choose(page, "answer_1", 1).click("Veranderen")
    assert page.field("selectbox", "answer").options == ["loopt nog", "loopt anders verder", "is gestopt"]
    page.field("selectbox", "answer").select("lives")
    page.field("text_input", "reason").set_value("verkeerde knop")
    page.run().click("Sla de wijziging op")
    [back] = page.store.records(CheckBack)
    assert (back.record.answer, back.record.answered_on) == ("lives", today() - timedelta(days=5))
    assert "90 dagen Tijdelijk overleg loopt nog" in " ".join(page.text().split())


def test_an_answer_that_is_taken_back_is_asked_again(screen):
    page = after_page(screen, *answered())
    assert "Terugkijken" not in page.text()
    choose(page, "answer_1", 1)
    take_back_or_put_back(page, "Trek in", "CheckBack", 1)
    assert page.store.records(CheckBack) == []
    assert "90 dagen na “Rellen”" in page.text()
    page.click("Maak ongedaan")
    assert len(page.store.records(CheckBack)) == 1


def test_that_nothing_came_of_an_incident_has_no_other_answer(screen):
    nothing = CheckBack(incident_id=-3, after_days=30, answered_on=today(), answer="nothing_left")
    page = after_page(screen, POLICE, CARE, an_incident(40), nothing, *meetings(every=50))
    choose(page, "answer_1", 1).click("Veranderen")
    assert page.field("selectbox", "answer").options == ["er kwam niets uit"]


def test_the_shares_of_all_labels_stand_in_a_table_and_add_to_a_hundred(screen):
    page = after_page(screen, POLICE, CARE, an_incident(40), *meetings(every=50))
    said = " ".join(page.text().split())
    shares = re.search(r"Structureel \d+ (\d+)% .+? \d+ (\d+)% .+? \d+ (\d+)% Geen label \d+ (\d+)%", said)
    assert shares, said
    assert sum(map(int, shares.groups())) == 100


def test_a_framing_without_words_is_refused_beside_its_field(screen):
    page = after_page(screen, POLICE, CARE, an_incident(40), *meetings(every=50))
    page.click("Voeg toe")
    assert page.store.records(Framing) == []
    assert "Zeg in een paar woorden hoe dit domein het noemt" in page.text()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_four_questions_are_answered_once_and_can_be_changed(screen, language):
    words = {
        "nl": ("Voeg toe", "Verander deze antwoorden", "Sla de wijziging op"),
        "en": ("Add", "Change these answers", "Save the change"),
    }[language]
    page = after_page(screen, POLICE, CARE, an_incident(40), *meetings(every=50), language=language)
    page.field("text_area", "result").set_value("De buurt bleef rustig")
    page.run()
    buttons = [one for one in page.app.button if one.label == words[0]]
    buttons[-1].click()
    page.run()
    [held] = page.store.records(IncidentReview)
    assert held.record.result == "De buurt bleef rustig"
    page.click(words[1])
    page.field("text_area", "next_time").set_value("Eerder bellen")
    page.field("text_input", "reason").set_value("aanvulling")
    page.run().click(words[2])
    [held] = page.store.records(IncidentReview)
    assert (held.record.next_time, held.version) == ("Eerder bellen", 2)
    assert "Eerder bellen" in page.text()


def test_a_look_back_is_taken_back_and_asked_again(screen):
    looked_back = IncidentReview(incident_id=-3, held_on=today(), result="Dit was een ander incident")
    page = after_page(screen, POLICE, CARE, an_incident(40), looked_back, *meetings(every=50))
    assert "Dit was een ander incident" in page.text()
    take_back_or_put_back(page, "Trek in", "IncidentReview", 1)
    assert page.store.records(IncidentReview) == []
    page.field("text_area", "result").set_value("De buurt bleef rustig")
    page.run()
    [one for one in page.app.button if one.label == "Voeg toe"][-1].click()
    page.run()
    assert [one.record.result for one in page.store.records(IncidentReview)] == ["De buurt bleef rustig"]
