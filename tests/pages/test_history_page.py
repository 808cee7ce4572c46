"""Who changed what: every change in words, and the way back to what was once said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tracker.pages.around.frame import now
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Goal,
    Incident,
    IncidentReview,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Recess,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
)
from tracker.store import KINDS
from tracker.words import speak

TODAY = now().date()
MEETING = Activity(happened_on=TODAY, kind="regular_meeting", title="Overleg zuid", partner_ids=(-1,))
PROMISE = Agreement(text="Elke maand bellen", owner_id=-1, due_on=TODAY, made_on=TODAY, origin="meeting")
TOWN = (Partner(name="Politie", domain="safety"), MEETING, PROMISE)


@pytest.fixture
def town(screen):
    """An agreement whose day somebody moved by a week."""
    page = screen(*TOWN)
    later = replace(promise(page).record, due_on=TODAY + timedelta(days=7))
    page.store.correct(1, later, seen_version=1, reason="meer tijd", by="anna")
    return page


def promise(page):
    return page.store.get(Agreement, 1)


def open_history(page, **address):
    for name, value in address.items():
        page.app.query_params[name] = value
    return page.go("history.py")


def links(page):
    return [one.proto.label for one in page.app.get("page_link")]


def begin(town):
    """The oldest version is chosen to be put back."""
    open_history(town, kind="agreement", id="1")
    [one for one in town.app.button if one.label == "Ga terug naar deze versie"][-1].click()
    return town.run()


def put_back(page, reason):
    page.field("text_input", "reason").set_value(reason)
    return page.click("Zet deze versie terug")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_change_says_who_when_why_and_from_what_to_what(screen, language):
    page, say = screen(*TOWN, language=language), speak(language)
    later = replace(promise(page).record, due_on=TODAY + timedelta(days=7))
    page.store.correct(1, later, seen_version=1, reason="meer tijd", by="anna")
    text = open_history(page).text()
    assert "anna" in page.heading()
    assert say("Reason: {reason}", reason="meer tijd") in text
    days = [say.date(day) for day in (TODAY, TODAY + timedelta(days=7))]
    assert f"{say('Planned for')}: {days[0]} → {days[1]}" in text
    assert f"{say('Agreement')} · {say('changed')}" in text
    assert "Elke maand bellen" in links(page)


def test_an_import_is_one_line_with_how_many_of_what_and_a_link_to_take_it_back(town):
    text = open_history(town).text()
    assert "Een import · vastgelegd" in text
    assert "Organisatie: 1; Activiteit: 1; Afspraak: 1" in text
    assert "Hoort bij import test" in text
    assert "Neem een import terug bij Bestanden" in links(town)
    town.store.undo_batch("test", reason="verkeerd", by="anna")
    text = town.run().text()
    assert "Een import · ingetrokken" in text
    assert "Activiteit: 1" in text.split("vastgelegd")[0]


def test_an_earlier_version_is_put_back_with_a_reason_and_undone_in_one_click(town):
    begin(town)
    put_back(town, "toch deze week")
    assert (promise(town).record.due_on, promise(town).version) == (TODAY, 3)
    assert town.store.history(Agreement, 1)[-1].reason == "toch deze week"
    assert "Teruggezet: Elke maand bellen" in town.text()
    town.click("Maak ongedaan")
    assert promise(town).record.due_on == TODAY + timedelta(days=7)


def test_without_a_reason_nothing_is_put_back_and_the_page_says_so(town):
    begin(town)
    town.click("Zet deze versie terug")
    assert promise(town).version == 2
    assert speak("nl").problem("required", "reason") in town.text()
    put_back(town, "nu met een reden")
    assert promise(town).version == 3


def test_what_was_taken_back_counts_again_once_a_version_is_put_back_and_not_after_undo(town):
    town.store.withdraw(Agreement, 1, seen_version=2, reason="dubbel", by="anna")
    begin(town)
    put_back(town, "niet dubbel")
    assert (promise(town).withdrawn, promise(town).record.due_on) == (False, TODAY)
    town.click("Maak ongedaan")
    assert (promise(town).withdrawn, promise(town).record.due_on) == (True, TODAY + timedelta(days=7))
    assert town.store.verify() == []


def test_who_comes_second_sees_both_versions_before_anything_is_put_back(town):
    begin(town)
    theirs = replace(promise(town).record, text="Elke week bellen")
    town.store.correct(1, theirs, seen_version=2, reason="vaker", by="bram")
    put_back(town, "toch deze week")
    assert promise(town).record.text == "Elke week bellen"
    assert "Iemand anders heeft dit intussen gewijzigd" in town.text()
    assert "Elke week bellen Elke maand bellen" in " ".join(town.text().split())
    town.click("Zet deze versie terug")
    assert promise(town).record.text == "Elke maand bellen"
    assert promise(town).version == 4


def test_the_version_that_stands_is_not_offered_again(town):
    open_history(town, kind="agreement", id="1")
    assert [one.label for one in town.app.button].count("Ga terug naar deze versie") == 1
    assert "2 wijzigingen" in town.heading()


def test_a_round_of_the_self_scan_is_not_opened_again_from_here(screen):
    page = screen(*TOWN)
    page.store.open_scan(TODAY.replace(month=1, day=1), 6, by="anna")
    page.store.close_scan(1, reason="klaar", by="anna")
    open_history(page, kind="scan", id="1")
    assert "2 wijzigingen" in page.heading()
    assert "Ga terug naar deze versie" not in [one.label for one in page.app.button]
    assert page.store.get(Scan, 1).record.closed_on


def test_thirty_at_a_time_the_newest_first(screen):
    page = screen(*TOWN)
    for n in range(40):
        page.store.add(replace(MEETING, title=f"Overleg {n}", partner_ids=()), by="anna")
    open_history(page)
    assert [name for name in links(page) if name.startswith("Overleg")][::29] == ["Overleg 39", "Overleg 10"]
    page.click("Naar oudere wijzigingen")
    assert [name for name in links(page) if name.startswith("Overleg")] == [
        f"Overleg {n}" for n in range(9, -1, -1)
    ]
    page.click("Terug naar de nieuwste")
    assert "Overleg 39" in links(page)


def test_filters_stand_in_the_address(town):
    town.store.add(Incident(happened_on=TODAY, title="Onrust", severity=3), by="bram")
    open_history(town, kind="agreement", who="anna")
    assert "Elke maand bellen" in links(town)
    assert "Onrust" not in links(town)
    assert "Een import" not in town.text()


def test_a_filter_that_leaves_nothing_says_so(town):
    open_history(town, kind="goal")
    assert town.heading() == "In dit deel is niets gewijzigd."


def test_a_word_of_a_list_has_its_history_too(town):
    town.store.archive_term("scale", "region", by="beheer")
    text = open_history(town).text()
    assert "Woord van een lijst · geen keuze meer" in text
    assert "Geen keuze meer: nee → ja" in text
    open_history(town, kind="scale", id="region")
    assert "1 wijziging" in town.heading()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_empty_database_says_what_will_stand_here(screen, language):
    page, say = open_history(screen(language=language)), speak(language)
    assert page.heading() == say("Nothing was changed yet.")
    assert say("Log a meeting") in links(page)


@pytest.mark.parametrize("number", ["99", "x", "-1", "9" * 30, "1e3"])
@pytest.mark.parametrize("kind", ["agreement", "scale"])
def test_an_address_that_names_nothing_says_so(town, kind, number):
    assert open_history(town, kind=kind, id=number).heading() == "Dit is er niet."


def test_hostile_text_is_text(screen):
    page = screen(*TOWN)
    evil = "<img src=x onerror=alert(1)> **dik** ![x](https://example.org/x.png)"
    changed = replace(promise(page).record, text=evil)
    page.store.correct(1, changed, seen_version=1, reason=evil, by="<b>anna</b>")
    open_history(page)
    bodies = " ".join(one.proto.body for one in page.app.get("html"))
    assert "&lt;img src=x" in bodies
    assert "<img" not in bodies
    assert "<b>anna" not in bodies
    label = next(label for label in links(page) if "dik" in label)
    assert "\\*\\*dik\\*\\*" in label
    assert "\\!\\[x\\]" in label
    open_history(page, kind="agreement", id="1")
    assert "<img" not in " ".join(one.proto.body for one in page.app.get("html"))


def test_every_kind_of_record_has_a_line_and_a_page_of_its_own(screen):
    page = screen(*TOWN)
    quarter = TODAY.replace(month=1, day=1)
    rest = [
        Incident(happened_on=TODAY, title="Onrust", severity=3),
        Arrangement(name="Weegploeg", kind="local_triangle"),
        Occurrence(arrangement_id=1, due_on=TODAY, state="not_held"),
        Silence(first_day=TODAY, last_day=TODAY, answer="nothing_happened"),
        Pause(arrangement_id=1, first_day=TODAY, last_day=TODAY, reason="ziekte"),
        Recess(name="Herfst", first_day=TODAY, last_day=TODAY),
        CheckBack(incident_id=1, after_days=30, answered_on=TODAY, answer="nothing_left"),
        Framing(incident_id=1, domain="care", wording="Er was angst"),
        IncidentReview(incident_id=1, held_on=TODAY, result="Het bleef rustig"),
        SeriesPoint(happened_on=TODAY, series="Media", value=4.0),
        Goal(text="Vaker bellen", measure="meetings_held", target=80.0, due_on=TODAY),
        GlossaryWord(name="Zorgsignaal", meaning="Iets wat opvalt"),
        DomainMeaning(word_id=1, domain="care", meaning="Een kind valt op"),
        PlannedShare(phase="primary", domain="social", share="lead"),
        ReviewNote(quarter=quarter, topic="quiet", note="Dat is goed zo"),
        QuarterReview(quarter=quarter, held_on=TODAY),
        Scan(quarter=quarter, opened_on=TODAY),
    ]
    for record in rest:
        page.store.add(record, by="anna")
    assert {type(record) for record in (*TOWN, *rest)} == set(KINDS.values())
    assert len(links(open_history(page))) >= len(rest)
    for code in KINDS:
        assert "1 wijziging" in open_history(page, kind=code, id="1").heading(), code
