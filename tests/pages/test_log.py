"""Logging, correcting and taking back, without a browser; every outcome is read from the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker import privacy
from tracker.records import Activity, Arrangement, Incident, Partner


def log_page(screen, *records, **options):
    return screen(*records, **options).go("log.py")


def test_a_meeting_is_logged_with_a_new_arrangement_and_new_organisations(screen):
    page = log_page(screen)
    page.field("selectbox", "arrangement_id").set_value("new:local_triangle")
    page.field("multiselect", "partner_ids").set_value(["new:municipality_safety", "new:municipality_social"])
    page.run().click("Leg vast")
    [stored] = page.store.records(Activity)
    assert stored.record.happened_on == now().date()
    assert stored.record.kind == "regular_meeting"
    assert page.store.get(Arrangement, stored.record.arrangement_id).record.name == "Lokale driehoek"
    assert len(page.store.records(Partner)) == 2
    assert "Vastgelegd: Lokale driehoek" in page.text()


def test_an_incident_is_logged_with_three_fields(screen):
    page = log_page(screen)
    page.app.button_group[0].set_value("incident")
    page.run()
    page.field("text_input", "title").set_value("Rellen bij het station")
    page.field("radio", "severity").set_value(4)
    page.run().click("Leg vast")
    [stored] = page.store.records(Incident)
    assert (stored.record.title, stored.record.severity, stored.record.kind) == (
        "Rellen bij het station",
        4,
        "other",
    )
    assert "Vastgelegd: Rellen bij het station" in page.text()


def test_an_empty_incident_is_refused_in_words_beside_its_fields_and_nothing_is_lost(screen):
    page = log_page(screen)
    page.app.button_group[0].set_value("incident")
    page.run()
    page.field("text_input", "place").set_value("Centrum")
    page.run().click("Leg vast")
    assert page.store.records(Incident) == []
    assert "Geef een korte titel" in page.text()
    assert "Kies een ernst van 1 tot en met 5." in page.text()
    assert page.field("text_input", "place").value == "Centrum"


@pytest.mark.parametrize("text", ["bel 06 12345678", "mail a@b.nl", "bsn 111222333", "NL91ABNA0417164300"])
def test_what_looks_like_personal_data_is_held_until_somebody_says_it_is_not(screen, text):
    page = log_page(screen)
    page.field("text_input", "title").set_value(text)
    page.run().click("Leg vast")
    assert page.store.records(Activity) == []
    assert page.field("text_input", "title").value == text
    assert "Het staat hier" in page.text()
    kind = privacy.find(text)[0].kind
    page.field("selectbox", f"why.title.{kind}").set_value("public_number")
    page.run().click("Leg vast")
    assert [one.record.title for one in page.store.records(Activity)] == [text]


def test_a_name_with_a_title_needs_one_tick(screen):
    page = log_page(screen)
    page.field("text_input", "title").set_value("Gesprek met mevr. Jansen")
    page.run().click("Leg vast")
    assert page.store.records(Activity) == []
    page.field("checkbox", "accepted").set_value(True)
    page.run().click("Leg vast")
    assert len(page.store.records(Activity)) == 1


def test_what_is_missing_and_what_may_not_be_there_are_told_at_once(screen):
    page = screen()
    page.go("log.py")
    page.app.session_state["open_form"] = "incident"
    page.run()
    page.field("text_input", "title").set_value("bel 06-12345678")
    page.run().click("Leg vast")
    assert "Dit lijkt een telefoonnummer." in page.text()
    assert "Kies een ernst van 1 tot en met 5." in page.text()
    assert page.store.records(Incident) == []


def test_an_ordinary_subject_is_not_held(screen):
    page = log_page(screen)
    page.field("text_input", "title").set_value("Zaak 2026-123456, 12 maart, 1011 AB, 450 bezoekers")
    page.run().click("Leg vast")
    assert len(page.store.records(Activity)) == 1


def test_repeating_the_last_one_fills_the_form_for_today(screen):
    day = now().date() - timedelta(days=14)
    partners = [Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")]
    arrangement = Arrangement(name="Weegploeg", kind="radicalisation_weighing_team")
    meeting = Activity(
        happened_on=day, kind="training", arrangement_id=-3, partner_ids=(-1, -2), title="Scenario"
    )
    page = screen(*partners, arrangement, meeting)
    label = next(button.label for button in page.app.button if button.label.startswith("Herhaal"))
    page.click(label).click("Leg vast")
    repeated = page.store.latest_activity(now().date()).record
    assert repeated.happened_on == now().date()
    assert (repeated.kind, repeated.title, repeated.partner_ids) == ("training", "Scenario", (1, 2))
    assert len(page.store.records(Activity)) == 2


def test_the_last_meeting_of_any_arrangement_can_be_repeated(screen):
    partners = [Partner(name="Politie", domain="safety"), Partner(name="GGD", domain="care")]
    teams = [Arrangement(name=name, kind="neighbourhood_network") for name in ("Noord", "Zuid")]
    day = now().date() - timedelta(days=9)
    north = Activity(happened_on=day, kind="training", arrangement_id=-3, partner_ids=(-1, -2))
    south = Activity(happened_on=day + timedelta(days=5), kind="regular_meeting", arrangement_id=-4)
    page = log_page(screen, *partners, *teams, north, south)
    next(one for one in page.app.selectbox if one.key == "repeat_of").set_value(1)
    page.run().click("Leg vast")
    logged = page.store.latest_activity(now().date()).record
    assert (logged.happened_on, logged.kind) == (now().date(), "training")
    assert (logged.arrangement_id, logged.partner_ids) == (1, (1, 2))


def test_the_same_form_clicked_twice_is_stored_once(screen):
    page = log_page(screen)
    nonce = page.app.session_state["drafts"]["activity"].nonce
    page.click("Leg vast")
    again = page.store.add(Activity(happened_on=now().date(), kind="regular_meeting"), by="x", request=nonce)
    assert again.id == page.store.latest_activity(now().date()).id
    assert len(page.store.records(Activity)) == 1


def test_logging_can_be_undone_at_once(screen):
    page = log_page(screen).click("Leg vast")
    page.click("Maak ongedaan")
    assert page.store.records(Activity) == []
    assert "Ongedaan gemaakt" in page.text()


def an_incident(**changes):
    return Incident(**{"happened_on": now().date(), "title": "Onrust", "severity": 3, **changes})


def opened(screen, *records):
    page = log_page(screen, *records)
    page.app.button_group[0].set_value("entries")
    page.run()
    choice = next(one for one in page.app.selectbox if one.key == "chosen_entry")
    choice.set_value(choice.options[0] if choice.options[0] in ("Incident 1",) else "Incident 1")
    return page.run()


def test_a_correction_needs_a_reason_and_keeps_the_old_value_in_the_history(screen):
    page = opened(screen, an_incident()).click("Verbeter dit")
    page.field("text_input", "title").set_value("Onrust op het plein")
    page.run().click("Sla de wijziging op")
    assert page.store.get(Incident, 1).version == 1
    assert "Zeg in een paar woorden waarom" in page.text()
    page.field("text_input", "reason").set_value("Naam van de plek")
    page.run().click("Sla de wijziging op")
    assert page.store.get(Incident, 1).record.title == "Onrust op het plein"
    last = page.store.history(Incident, 1)[-1]
    assert (last.before.title, last.after.title, last.reason) == (
        "Onrust",
        "Onrust op het plein",
        "Naam van de plek",
    )


def test_two_people_correct_the_same_incident_and_the_second_sees_both_versions(screen):
    page = opened(screen, an_incident()).click("Verbeter dit")
    page.store.correct(1, an_incident(title="Van de ander"), seen_version=1, reason="eerder", by="ander")
    page.field("text_input", "title").set_value("Van mij")
    page.field("text_input", "reason").set_value("beter")
    page.run().click("Sla de wijziging op")
    assert page.store.get(Incident, 1).record.title == "Van de ander"
    assert "Van de ander" in page.text()
    assert "Van mij" in page.text()
    page.click("Sla de wijziging op")
    assert page.store.get(Incident, 1).record.title == "Van mij"
    assert page.store.get(Incident, 1).version == 3


def test_taking_back_needs_a_reason_and_can_be_put_back(screen):
    page = opened(screen, an_incident()).click("Trek in")
    assert not page.store.get(Incident, 1).withdrawn
    why = next(one for one in page.app.text_input if str(one.key).startswith("why."))
    why.set_value("dubbel vastgelegd")
    page.run().click("Trek in")
    assert page.store.get(Incident, 1).withdrawn
    assert [one.action for one in page.store.history(Incident, 1)] == ["add", "withdraw"]
    page.click("Maak ongedaan")
    assert not page.store.get(Incident, 1).withdrawn


def test_the_history_says_who_changed_what_and_why(screen):
    page = log_page(screen, an_incident())
    page.store.correct(
        1, an_incident(severity=5), seen_version=1, reason="erger dan gedacht", by="coordinator"
    )
    page.app.button_group[0].set_value("entries")
    page.run()
    next(one for one in page.app.selectbox if one.key == "chosen_entry").set_value("Incident 1")
    page.run()
    assert "coordinator" in page.text()
    assert "erger dan gedacht" in page.text()
    assert "Ernst (1-5): 3 → 5" in page.text()


def test_an_empty_log_says_that_nothing_is_there_yet(screen):
    page = log_page(screen)
    page.app.button_group[0].set_value("entries")
    assert "Hier staat nog niets. Kies hierboven" in page.run().text()


def test_the_earlier_entries_say_where_agreements_and_answers_are_put_right(screen):
    page = opened(screen, an_incident())
    assert "Afspraken, antwoorden en wat een domein zei verandert u" in page.text()
    assert {"agreements", "after"} <= {one.proto.page for one in page.app.get("page_link")}


def test_every_form_is_there_in_english_too(screen):
    page = log_page(screen, language="en")
    assert page.heading() == "Log"
    assert "Which arrangement?" in [one.label for one in page.app.selectbox]
