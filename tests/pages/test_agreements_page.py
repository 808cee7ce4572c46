"""Agreements without a browser: made, kept, dropped with a reason, asked again after an incident."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.pages.parts.lasting import moment
from tracker.records import Activity, Agreement, Arrangement, CheckBack, Incident, Partner
from tracker.words import speak

POLICE = Partner(name="Politie", domain="safety")


def today():
    return now().date()


def an_agreement(text="Elke maand bellen", days=30, **changes):
    known = {"text": text, "owner_id": -1, "made_on": today() - timedelta(days=60)}
    return Agreement(**{**known, "due_on": today() + timedelta(days=days), **changes})


def agreements_page(screen, *records, **options):
    return screen(*records, **options).go("agreements.py")


def keyed(page, kind, key):
    return next(one for one in page.app.get(kind) if one.key == key)


def stored(page):
    return [one.record for one in page.store.records(Agreement)]


def test_an_empty_log_says_what_an_agreement_is(screen):
    page = agreements_page(screen)
    assert page.heading() == "Er is nog niets afgesproken. Een afspraak heeft een trekker en een datum."


def test_saving_without_an_owner_is_refused_in_plain_words_and_nothing_is_lost(screen):
    page = agreements_page(screen, POLICE)
    page.field("text_input", "text").set_value("Elke maand bellen")
    page.run().click("Leg vast")
    assert "Kies welke organisatie dit doet. Zonder trekker doet niemand het." in page.text()
    assert stored(page) == []
    assert page.field("text_input", "text").value == "Elke maand bellen"


def test_an_agreement_with_an_owner_is_stored_and_can_be_undone(screen):
    page = agreements_page(screen, POLICE)
    page.field("text_input", "text").set_value("Elke maand bellen")
    page.field("selectbox", "owner_id").select("1")
    page.field("selectbox", "owner_role").select("community_officer")
    page.run().click("Leg vast")
    [made] = stored(page)
    assert (made.text, made.owner_id, made.owner_role) == ("Elke maand bellen", 1, "community_officer")
    assert (made.made_on, made.due_on, made.state) == (today(), today() + timedelta(weeks=4), "open")
    assert page.heading() == "1 afspraak staat open."
    page.click("Maak ongedaan")
    assert stored(page) == []


def test_an_organisation_of_the_list_is_made_when_the_agreement_is_saved(screen):
    page = agreements_page(screen)
    page.field("text_input", "text").set_value("Elke maand bellen")
    page.field("selectbox", "owner_id").select("new:community_police")
    page.run().click("Leg vast")
    assert [one.record.name for one in page.store.records(Partner)] == ["Politie, wijk"]
    assert len(stored(page)) == 1


def test_one_click_says_it_was_done_and_one_takes_that_back(screen):
    page = agreements_page(screen, POLICE, an_agreement())
    page.click("Gedaan")
    [done] = stored(page)
    assert (done.state, done.closed_on) == ("done", today())
    assert "Gedaan: Elke maand bellen" in page.text()
    page.click("Maak ongedaan")
    assert stored(page)[0].state == "open"


def test_dropping_an_agreement_needs_a_reason(screen):
    page = agreements_page(screen, POLICE, an_agreement())
    page.click("Laat vallen om deze reden")
    assert "Zeg in een paar woorden waarom" in page.text() or "Zeg waarom" in page.text()
    assert stored(page)[0].state == "open"
    keyed(page, "text_input", "drop.why.1").set_value("geen geld")
    page.run().click("Laat vallen om deze reden")
    [dropped] = stored(page)
    assert (dropped.state, dropped.reason) == ("wont_do", "geen geld")
    assert "gebeurt niet: geen geld" in page.text()


def test_a_reason_with_a_telephone_number_is_not_stored(screen):
    page = agreements_page(screen, POLICE, an_agreement())
    keyed(page, "text_input", "drop.why.1").set_value("bel 06-12345678")
    page.run().click("Laat vallen om deze reden")
    assert stored(page)[0].state == "open"
    assert "lijkt" in page.text()


def test_an_overdue_agreement_is_on_the_home_page(screen):
    late = an_agreement("Plan maken", days=-3)
    met = Activity(happened_on=today() - timedelta(days=9), kind="regular_meeting", partner_ids=(-1,))
    page = screen(POLICE, late, met)
    assert "Afspraken die te laat zijn" in page.text()
    assert "Plan maken" in page.text()
    assert page.go("agreements.py").heading() == "1 afspraak staat open. 1 daarvan is te laat."


def test_due_today_is_not_late(screen):
    page = agreements_page(screen, POLICE, an_agreement(days=0))
    assert page.heading() == "1 afspraak staat open."


@pytest.mark.parametrize(
    ("language", "late"),
    [("nl", "te laat, de laatste dag was {day}"), ("en", "overdue, it was due on {day}")],
)
def test_the_last_day_itself_is_not_said_to_be_late(screen, language, late):
    page = agreements_page(screen, POLICE, an_agreement(days=-1), language=language)
    said = late.format(day=speak(language).date(today() - timedelta(days=1)))
    assert said in page.text()


def test_a_change_keeps_the_old_value_in_the_history(screen):
    page = agreements_page(screen, POLICE, an_agreement())
    page.click("Veranderen")
    page.field("text_input", "text").set_value("Elke week bellen")
    page.field("text_input", "reason").set_value("vaker nodig")
    page.run().click("Sla de wijziging op")
    assert stored(page)[0].text == "Elke week bellen"
    added, changed = page.store.history(Agreement, 1)
    assert (changed.before.text, changed.after.text) == ("Elke maand bellen", "Elke week bellen")
    assert changed.reason == "vaker nodig"
    assert added.action == "add"


def test_changing_one_agreement_keeps_what_was_typed_for_a_new_one(screen):
    page = agreements_page(screen, POLICE, an_agreement())
    page.field("text_input", "text").set_value("Half ingevuld")
    page.run().click("Veranderen")
    text = page.text()
    assert text.index("Deze afspraak veranderen") < text.index("Een afspraak maken")
    page.click("Laat het zoals het was")
    assert page.field("text_input", "text").value == "Half ingevuld"


def test_what_was_typed_stays_when_a_colleague_closes_the_agreement(screen):
    page = agreements_page(screen, POLICE, an_agreement())
    page.click("Veranderen")
    page.field("text_input", "text").set_value("Elke week bellen")
    page.field("text_input", "reason").set_value("vaker nodig")
    done = an_agreement(owner_id=1, state="done", closed_on=today())
    page.store.correct(1, done, seen_version=1, reason="test", by="colleague")
    page.run().click("Sla de wijziging op")
    assert "Iemand anders heeft dit intussen gewijzigd." in page.text()
    assert stored(page)[0].state == "done"


def closed(text="Elke maand bellen", **changes):
    return an_agreement(text, **{"state": "done", "closed_on": today() - timedelta(days=9), **changes})


def choose(page, form, number):
    keyed(page, "selectbox", f"standing.{form}").select(number)
    return page.run()


def take_back(page, kind, number, version=1, why="dubbel vastgelegd"):
    keyed(page, "text_input", f"why.{kind}.{number}.{version}").set_value(why)
    return page.run().click("Trek in")


def test_a_closed_agreement_can_be_opened_again_with_a_reason(screen):
    page = agreements_page(screen, POLICE, closed("Folder maken"), closed())
    choose(page, "change_agreement", 2).click("Veranderen")
    assert page.field("selectbox", "state").value == "done"
    page.field("selectbox", "state").select("open")
    page.run().click("Sla de wijziging op")
    assert stored(page)[1].state == "done", "without a reason nothing is changed"
    page.field("text_input", "reason").set_value("verkeerde knop")
    page.run().click("Sla de wijziging op")
    assert [one.state for one in stored(page)] == ["done", "open"]
    assert stored(page)[1].closed_on is None
    assert page.store.history(Agreement, 2)[-1].reason == "verkeerde knop"
    page.click("Maak ongedaan")
    assert stored(page)[1].state == "done"


def test_the_text_and_the_day_of_a_closed_agreement_can_be_put_right(screen):
    page = agreements_page(screen, POLICE, closed())
    choose(page, "change_agreement", 1).click("Veranderen")
    page.field("text_input", "text").set_value("Elke week bellen")
    page.field("date_input", "closed_on").set_value(today() - timedelta(days=3))
    page.field("text_input", "reason").set_value("tikfout")
    page.run().click("Sla de wijziging op")
    [one] = stored(page)
    assert (one.text, one.state, one.closed_on) == ("Elke week bellen", "done", today() - timedelta(days=3))


def test_why_an_agreement_was_dropped_can_be_put_right_but_not_left_empty(screen):
    page = agreements_page(screen, POLICE, closed(state="wont_do", reason="geen gelt"))
    choose(page, "change_agreement", 1).click("Veranderen")
    page.field("text_input", "reason").set_value("tikfout")
    page.field("text_input", "why_not").set_value(" ")
    page.run().click("Sla de wijziging op")
    assert "Dit is nog leeg. Vul het in." in page.text()
    assert stored(page)[0].reason == "geen gelt"
    page.field("text_input", "why_not").set_value("geen geld")
    page.run().click("Sla de wijziging op")
    assert (stored(page)[0].state, stored(page)[0].reason) == ("wont_do", "geen geld")


def test_a_closed_agreement_is_taken_back_with_a_reason_and_put_back_later(screen):
    page = choose(agreements_page(screen, POLICE, closed(), logged()), "change_agreement", 1)
    page.click("Trek in")
    assert len(stored(page)) == 1
    assert "Zeg in een paar woorden waarom" in page.text()
    take_back(page, "Agreement", 1)
    assert stored(page) == []
    assert "Ingetrokken: Elke maand bellen" in page.text()
    page.go("log.py").go("agreements.py")
    choose(page, "change_agreement", 1)
    keyed(page, "text_input", "why.Agreement.1.2").set_value("toch niet dubbel")
    page.run().click("Zet terug")
    assert len(stored(page)) == 1


def test_taking_back_an_agreement_can_be_undone_at_once(screen):
    page = choose(agreements_page(screen, POLICE, closed()), "change_agreement", 1)
    take_back(page, "Agreement", 1).click("Maak ongedaan")
    assert len(stored(page)) == 1


def test_an_open_agreement_that_was_logged_by_mistake_is_taken_back_where_it_stands(screen):
    page = agreements_page(screen, POLICE, an_agreement(), an_agreement("Folder maken"))
    keyed(page, "button", "change.2").click()
    take_back(page.run(), "Agreement", 2)
    assert [one.text for one in stored(page)] == ["Elke maand bellen"]
    assert "Deze afspraak veranderen" not in page.text()


def an_incident(days_ago, **changes):
    day = today() - timedelta(days=days_ago)
    return Incident(**{"happened_on": day, "title": "Rellen", "severity": 4, **changes})


def logged(days_ago=1):
    return Activity(happened_on=today() - timedelta(days=days_ago), kind="regular_meeting", partner_ids=(-1,))


def test_a_check_back_appears_by_itself_after_ninety_days_and_its_answer_is_kept(screen):
    from_it = an_agreement("Samen de wijk in", origin="incident", incident_id=-2)
    page = screen(POLICE, an_incident(95), from_it, logged())
    assert "90 dagen na “Rellen”" in page.text()
    assert "Samen de wijk in" in page.text()
    page.click("Loopt nog")
    [answer] = [one.record for one in page.store.records(CheckBack)]
    assert (answer.incident_id, answer.after_days, answer.answer, answer.agreement_id) == (1, 90, "lives", 1)
    assert "90 dagen na" not in page.text()
    page.click("Maak ongedaan")
    assert "90 dagen na “Rellen”" in page.text()


def test_no_check_back_before_thirty_days_nor_for_an_exercise_or_a_light_incident(screen):
    light = an_incident(100, severity=2)
    exercise = an_incident(100, exercise=True)
    page = screen(POLICE, an_incident(29), light, exercise, logged())
    assert "Terugkijken" not in page.text()


def test_when_nothing_came_of_an_incident_that_is_one_click(screen):
    page = screen(POLICE, an_incident(31), logged())
    page.click("Er kwam niets uit")
    [answer] = [one.record for one in page.store.records(CheckBack)]
    assert (answer.after_days, answer.answer) == (30, "nothing_left")
    assert "Terugkijken" not in page.text()


def test_an_agreement_made_in_a_check_back_is_about_its_incident(screen):
    page = screen(POLICE, an_incident(5, title="Brand"), an_incident(31), logged())
    page.click("Een afspraak maken").go("agreements.py")
    page.field("text_input", "text").set_value("Samen de wijk in")
    page.field("selectbox", "owner_id").select("1")
    page.run().click("Leg vast")
    [made] = stored(page)
    assert (made.origin, made.incident_id) == ("incident", 2)


def test_what_was_typed_for_an_agreement_stays_when_a_check_back_fills_in_the_incident(screen):
    page = agreements_page(screen, POLICE, an_incident(31), logged())
    assert page.field("selectbox", "origin").value == "meeting"
    page.field("text_input", "text").set_value("Half ingevuld")
    page.run().go("today.py").click("Een afspraak maken").go("agreements.py")
    assert page.field("selectbox", "origin").value == "incident"
    assert page.field("selectbox", "incident_id").value == "1"
    assert page.field("text_input", "text").value == "Half ingevuld"


def test_that_something_stopped_lands_in_what_lasts(screen):
    born = Arrangement(
        name="Tijdelijk overleg",
        kind="steering_group",
        started_on=today() - timedelta(days=90),
        incident_id=-2,
    )
    page = agreements_page(screen, POLICE, an_incident(95), born, logged())
    page.click("Is gestopt")
    row = " ".join(page.text().split())
    assert "1 samenwerkingsvorm is weggezakt." in row
    assert "gestopt" in row


def test_the_axis_of_what_lasts_counts_one_year_and_more_years():
    days = (0, 90, 365, 730, 1095)
    said = ["start", "90 days", "1 year", "2 years", "3 years"]
    assert [moment(speak("en"), n) for n in days] == said
    assert [moment(speak("nl"), n) for n in days] == ["begin", "90 dagen", "1 jaar", "2 jaar", "3 jaar"]


def test_the_hand_over_page_has_what_a_successor_needs(screen):
    runs = Arrangement(
        name="Weegploeg",
        kind="steering_group",
        cadence="FREQ=WEEKLY;INTERVAL=4",
        owner_id=-1,
        owner_role="chair",
        goal="Signalen vroeg delen",
    )
    ended = Arrangement(
        name="Oud overleg",
        kind="steering_group",
        started_on=today() - timedelta(days=500),
        ended_on=today() - timedelta(days=100),
        end_reason="secured",
    )
    dropped = an_agreement("Folder maken", state="wont_do", closed_on=today(), reason="geen geld")
    page = screen(POLICE, runs, ended, an_agreement(), dropped, logged())
    text = " ".join(page.go("handover.py").text().split())
    for said in (
        "Weegploeg",
        "Signalen vroeg delen",
        "Politie (Voorzitter)",
        "Zonder tweede trekker: Weegploeg.",
        "Elke maand bellen",
        "Oud overleg",
        "geborgd",
        "Folder maken",
        "geen geld",
        "Veiligheid",
    ):
        assert said in text


def test_more_than_three_check_backs_stand_in_a_fold(screen):
    page = screen(POLICE, *(an_incident(31 + n, title=f"Onrust {n}") for n in range(5)), logged())
    assert len([one for one in page.app.button if one.label == "Er kwam niets uit"]) == 5
    folded = [one for one in page.app.expander if one.label == "Toon er nog 2"]
    assert [button.label for button in folded[0].button].count("Er kwam niets uit") == 2
    page.click("Er kwam niets uit").click("Er kwam niets uit")
    assert "Toon er nog" not in "".join(one.label for one in page.app.expander)
