"""Who has which role, what was decided, the access log, and taking the texts of one record away (T69)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tracker.access import ADMINISTRATOR, COORDINATOR, MANAGEMENT, MATRIX
from tracker.pages.around.frame import now
from tracker.records import Incident
from tracker.store import Visitor
from tracker.words import LANGUAGES, speak
from tracker.words.access import DID, SETTINGS

INCIDENT = Incident(happened_on=now().date(), title="Kanarie op het dak", severity=4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_of_the_access_rules_and_of_the_log_has_a_word(language):
    say = speak(language)
    assert MATRIX.keys() < DID.keys()
    words = [say.did_word(action) for action in DID]
    assert len(set(words)) == len(words)
    assert not set(words) & DID.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_signs_in_the_page_says_so_and_names_what_went_out(screen, language):
    page, say = screen(INCIDENT, language=language), speak(language)
    page.store.require("export_rows", by="anna", object="alles.zip")
    text = page.go("access.py").text()
    assert page.heading() == say("Nobody signs in here yet")
    assert say("an export of all rows") in text
    assert "alles.zip" in text
    assert "Kanarie" not in text


def test_without_a_line_the_page_says_so(screen):
    assert "Zo’n regel is er niet." in screen().go("access.py").text()


def test_whoever_sits_at_the_machine_cannot_lock_themselves_out_of_it(screen):
    """The first account ends that the machine itself may do everything."""
    page = screen().go("access.py")
    assert "Stel deze rollen in" not in [one.label for one in page.app.button]


def signed_in(store, name, role):
    visitor = Visitor(
        account=name, since=now() + timedelta(seconds=1), roles=frozenset({role}), origin="page"
    )
    mine = store.on_behalf_of(visitor)
    mine.sign_in()
    return mine


@pytest.fixture
def town(screen, monkeypatch):
    """The page as an administrator sees it who signed in; there are two others."""
    page, boss = screen(INCIDENT), "boss@stad.example"
    for name, role in (("anna@stad.example", COORDINATOR), ("tweede@stad.example", ADMINISTRATOR)):
        signed_in(page.store, name, role)
    mine = signed_in(page.store, boss, ADMINISTRATOR)
    monkeypatch.setattr("tracker.pages.around.visiting.current", lambda: mine.visitor)
    return page.run().go("access.py")


def roles_of(town):
    return {
        one.name: one.roles for one in signed_in(town.store, "kijker@x.nl", ADMINISTRATOR).register.accounts()
    }


def test_roles_are_set_for_somebody_else_and_count_at_once(town):
    assert town.heading() == "3 accounts hebben hier een rol"
    assert town.field("multiselect", "roles").value == [COORDINATOR], "what anna has stands chosen"
    town.field("multiselect", "roles").set_value([MANAGEMENT])
    town.click("Stel deze rollen in")
    assert "anna@stad.example heeft nu: leiding" in town.text()
    assert roles_of(town)["anna@stad.example"] == {MANAGEMENT}


def test_an_account_that_never_signed_in_gets_roles_too(town):
    town.field("selectbox", "account").set_value("")
    town.run()
    town.click("Stel deze rollen in")
    assert speak("nl").problem("required", "name") in town.text()
    town.field("text_input", "name").set_value("nieuw@stad.example")
    town.field("multiselect", "roles").set_value([COORDINATOR])
    town.click("Stel deze rollen in")
    assert "nieuw@stad.example heeft nu: coördinator" in town.text()


def test_nobody_changes_their_own_roles_and_it_says_so_beside_the_field(town):
    town.field("selectbox", "account").set_value("boss@stad.example")
    town.run()
    town.click("Stel deze rollen in")
    assert speak("nl").problem("own_roles") in town.text()
    assert roles_of(town)["boss@stad.example"] == {ADMINISTRATOR}


def test_every_line_that_the_log_can_hold_is_told_in_words(screen):
    page, say = screen(INCIDENT), speak("nl")
    boss = signed_in(page.store, "boss@stad.example", ADMINISTRATOR)
    name = "boss@stad.example"
    boss.register.set_roles("anna@stad.example", [COORDINATOR], by=name)
    boss.register.decide("years_of_text", 7, by=name)
    boss.register.decide("notes_shown_to", [MANAGEMENT], by=name)
    boss.register.erase_text(Incident, 1, by=name, reason_code="asked")
    told = [say.line_about(line) for line in boss.register.log(limit=5)]
    assert told == [
        "incident 1; de tekst van 1 gegeven, 0 hele gegevens",
        f"{say(SETTINGS['notes_shown_to'])}; zoals het programma komt → leiding",
        f"{say(SETTINGS['years_of_text'])}; zoals het programma komt → 7",
        "anna@stad.example; geen rol → coördinator",
        "",
    ]


def test_settings_are_kept_all_or_none_with_the_problem_beside_its_field(screen):
    page = screen().go("access.py")
    page.field("text_input", "years_of_text").set_value("7")
    page.field("text_input", "years_of_log").set_value("2")
    page.click("Bewaar deze instellingen")
    assert speak("nl").problem("out_of_range", "years_of_log") in page.text()
    assert page.store.register.settings() == {}
    page.field("text_input", "years_of_log").set_value("4")
    page.click("Bewaar deze instellingen")
    assert page.store.register.settings() == {"years_of_text": 7, "years_of_log": 4}
    page.field("text_input", "years_of_records").set_value("tien")
    page.click("Bewaar deze instellingen")
    assert speak("nl").problem("out_of_range", "years_of_records") in page.text()


def test_many_lines_are_shown_thirty_at_a_time(screen):
    page = screen()
    for number in range(35):
        page.store.require("export_rows", by="anna", object=f"bestand-{number:02}")
    text = page.go("access.py").text()
    assert "bestand-34" in text
    assert "bestand-04" not in text
    assert "bestand-04" in page.click("Naar oudere regels").text()
    assert "bestand-34" in page.click("Terug naar de nieuwste").text()


def test_the_explanation_leads_to_the_page(screen):
    page = screen().go("method.py")
    labels = [one.proto.label for one in page.app.get("page_link")]
    assert "Wie wat mag, en het toegangslogboek" in labels


# Taking the texts of one record away.


@pytest.fixture
def history(screen):
    page = screen(INCIDENT)
    page.app.query_params["kind"], page.app.query_params["id"] = "incident", "1"
    return page.go("history.py")


def test_texts_go_only_with_a_reason_and_a_tick(history):
    history.click("Wis de teksten")
    assert "Kies waarom de teksten weggaan." in history.text()
    history.field("selectbox", "erase_reason").set_value("asked")
    history.click("Wis de teksten")
    assert "Vink aan dat u weet dat het niet ongedaan kan worden gemaakt." in history.text()
    assert history.store.get(Incident, 1).record.title == "Kanarie op het dak"
    history.field("checkbox", "erase_sure").set_value(True)
    history.click("Wis de teksten")
    assert "De teksten van dit gegeven zijn weg." in history.text()
    assert history.store.get(Incident, 1).record.title == "—"
    assert b"Kanarie" not in history.path.read_bytes()
    assert "Kanarie" not in history.text()
    assert history.store.verify() == []


def test_there_is_no_way_back_to_a_text_that_was_taken_away(history):
    history.field("selectbox", "erase_reason").set_value("asked")
    history.field("checkbox", "erase_sure").set_value(True)
    history.click("Wis de teksten")
    labels = [one.label for one in history.app.button]
    assert "Maak ongedaan" not in labels
    assert "Ga terug naar deze versie" not in labels
