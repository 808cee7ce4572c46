"""The evaluation without a browser: from the decisions of last time to facts that stand still."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.pages.conftest import now
from tracker.analysis.quarter import Quarter
from tracker.records import (
    REVIEW_TOPICS,
    Activity,
    Agreement,
    Incident,
    Partner,
    QuarterReview,
    ReviewNote,
)
from tracker.store import Store
from tracker.words import speak

POLICE, SCHOOL = Partner(name="Politie", domain="safety"), Partner(name="School", domain="education")
QUARTER = Quarter.last_full(now().date())
SAY = speak("nl")


def met(quarter=QUARTER):
    """Somebody met in the quarter, so that it was logged."""
    return Activity(happened_on=quarter.first + timedelta(days=20), kind="training", partner_ids=(-1, -2))


def decided(text="Elke maand bellen", quarter=QUARTER, days=30, **changes):
    today = now().date()
    known = {"text": text, "owner_id": -1, "made_on": today - timedelta(days=60), "origin": "review"}
    due = today + timedelta(days=days)
    return Agreement(**{**known, "due_on": due, "quarter": quarter.first, "topic": "quiet", **changes})


def meeting(screen, *records, topic="", quarter="", **options):
    page = screen(*records, **options)
    for name, value in (("topic", topic), ("quarter", quarter)):
        if value:
            page.app.query_params[name] = value
    return page.go("evaluation.py")


def keyed(page, kind, key):
    return next(one for one in page.app.get(kind) if one.key == key)


def stored(page, kind):
    return [one.record for one in page.store.records(kind)]


def fill_decision(page, text="Scholenoverleg hervatten"):
    page.field("text_input", "text").set_value(text)
    page.field("selectbox", "owner_id").select("2")
    page.field("selectbox", "owner_role").select("community_officer")
    return page.run().click("Leg vast")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("topic", ["", *REVIEW_TOPICS, "closing"])
def test_every_step_works_on_an_empty_log(screen, topic, language):
    page = meeting(screen, topic=topic, language=language)
    assert page.heading()
    if not topic:
        assert (
            page.heading()
            == {
                "nl": "Er zijn geen besluiten van een eerdere evaluatie.",
                "en": "No earlier evaluation left a decision.",
            }[language]
        )


def test_a_decision_that_is_typed_is_an_agreement_of_this_question_and_stands_there_at_once(screen):
    page = fill_decision(meeting(screen, POLICE, SCHOOL, met(), topic="quiet"))
    [made] = stored(page, Agreement)
    assert (made.text, made.owner_id, made.owner_role) == ("Scholenoverleg hervatten", 2, "community_officer")
    assert (made.origin, made.quarter, made.topic) == ("review", QUARTER.first, "quiet")
    assert (made.made_on, made.due_on) == (now().date(), now().date() + timedelta(weeks=4))
    assert "In deze evaluatie is 1 besluit genomen." in page.text()
    assert "Scholenoverleg hervatten · School (" in page.text()
    assert "4 Stil ●" in page.app.get("button_group")[0].options
    page.click("Maak ongedaan")
    assert stored(page, Agreement) == []
    assert "nog niets besloten" in page.text()


def test_a_decision_without_an_owner_is_refused_in_words_and_nothing_typed_is_lost(screen):
    page = meeting(screen, POLICE, SCHOOL, met(), topic="quiet")
    page.field("text_input", "text").set_value("Half af")
    page.run().click("Leg vast")
    assert "Kies welke organisatie dit doet" in page.text()
    assert stored(page, Agreement) == []
    page.click("Volgende").click("Vorige")
    assert page.field("text_input", "text").value == "Half af"


def test_a_telephone_number_in_a_note_is_asked_about(screen):
    page = meeting(screen, topic="legal")
    page.field("text_area", "note").set_value("bel 06-12345678")
    page.run().click("Voeg toe")
    assert "lijkt een telefoonnummer" in page.text()
    assert stored(page, ReviewNote) == []


def test_a_note_is_kept_by_quarter_and_question_and_each_change_is_in_its_history(screen):
    page = meeting(screen, topic="legal")
    page.field("text_area", "note").set_value("Convenant loopt af")
    page.run().click("Voeg toe")
    assert stored(page, ReviewNote) == [
        ReviewNote(quarter=QUARTER.first, topic="legal", note="Convenant loopt af")
    ]
    page.field("text_area", "note").set_value("Convenant loopt af in maart")
    page.run().click("Sla de wijziging op")
    [note] = page.store.records(ReviewNote)
    assert (note.version, note.record.note) == (2, "Convenant loopt af in maart")
    added, changed = page.store.history(ReviewNote, note.id)
    assert (added.after.note, changed.after.note) == ("Convenant loopt af", "Convenant loopt af in maart")
    assert changed.reason
    assert page.click("Volgende").field("text_area", "note").value == ""


def test_an_empty_note_is_refused_in_words(screen):
    page = meeting(screen, topic="legal").click("Voeg toe")
    assert "Zeg in een paar woorden wat er uit deze vraag kwam." in page.text()
    assert stored(page, ReviewNote) == []


def test_a_colleague_who_wrote_meanwhile_is_not_overwritten(screen):
    note = ReviewNote(quarter=QUARTER.first, topic="legal", note="Eerst")
    page = meeting(screen, note, topic="legal")
    page.field("text_area", "note").set_value("Van mij").run()
    theirs = ReviewNote(quarter=QUARTER.first, topic="legal", note="Van haar")
    page.store.correct(1, theirs, seen_version=1, reason="anders", by="ander")
    page.run().click("Sla de wijziging op")
    assert "Iemand anders" in page.text()
    assert [one.note for one in stored(page, ReviewNote)] == ["Van haar"]


def test_the_next_quarter_opens_with_what_became_of_the_decisions(screen):
    before = QUARTER.back(1)
    done = decided("Gedaan werk", before, state="done", closed_on=now().date())
    page = meeting(
        screen,
        POLICE,
        SCHOOL,
        met(),
        decided("Te laat werk", before, days=-3),
        decided("Open werk", before),
        done,
    )
    name = SAY.quarter(before.first)
    assert page.heading() == (
        f"De evaluatie van het {name} gaf 3 besluiten: 1 gedaan, 1 nog niet gedaan en 1 te laat."
    )
    keyed(page, "button", "done.1").click()
    page.run()
    assert stored(page, Agreement)[0].state == "done"
    assert "2 gedaan en 1 nog niet gedaan" in page.heading()
    page.click("Laat vallen om deze reden")
    assert stored(page, Agreement)[1].state == "open"
    keyed(page, "text_input", "drop.why.2").set_value("geen geld")
    page.run().click("Laat vallen om deze reden")
    assert "gebeurt niet: geen geld" in page.text()


def test_changing_a_decision_keeps_of_which_evaluation_it_is(screen):
    page = meeting(screen, POLICE, SCHOOL, met(), decided(quarter=QUARTER.back(1)))
    page.click("Veranderen")
    page.field("text_input", "text").set_value("Elke week bellen")
    page.field("text_input", "reason").set_value("vaker nodig")
    page.run().click("Sla de wijziging op")
    [changed] = stored(page, Agreement)
    assert (changed.text, changed.quarter, changed.topic) == (
        "Elke week bellen", QUARTER.back(1).first, "quiet",
    )  # fmt: skip


def test_any_past_quarter_can_be_chosen_and_a_strange_one_is_not(screen):
    page = meeting(screen, POLICE, SCHOOL, met(QUARTER.back(6)), met(), quarter=QUARTER.back(6).code)
    chosen = keyed(page, "selectbox", "filter.quarter")
    assert chosen.value == QUARTER.back(6).code
    assert len(chosen.options) >= 7
    assert SAY.quarter(QUARTER.back(6).first) in page.click("Volgende").text()
    strange = meeting(screen, quarter="1999Q7", topic="happened")
    assert SAY.quarter(QUARTER.first) in strange.text()


def test_a_closed_evaluation_stands_still_and_says_what_would_differ(screen):
    page = meeting(screen, POLICE, SCHOOL, met(), topic="closing").click("Sluit deze evaluatie af")
    [closed] = stored(page, QuarterReview)
    assert (closed.quarter, closed.held_on) == (QUARTER.first, now().date())
    assert page.store.verify() == []
    assert f"Zoals het was op {SAY.date(now().date())}" in page.text()
    assert "Nu geteld verschilt er niets." in page.text()
    late = Incident(happened_on=QUARTER.first + timedelta(days=30), title="Vergeten", severity=5)
    page.store.add(late, by="test")
    page.run()
    assert "Incidenten: 1 in plaats van 0" in page.text()
    shown = meeting(screen, topic="happened")
    assert shown.heading() == "Er waren geen incidenten van ernst 3 of hoger."
    assert "Deze evaluatie is afgesloten" in shown.text()
    assert not [one for one in shown.app.get("text_area") if str(one.key).startswith("note.")]


def test_control_an_evaluation_that_is_not_closed_moves_with_the_log(screen):
    page = meeting(screen, POLICE, SCHOOL, met(), topic="happened")
    assert page.heading() == "Er waren geen incidenten van ernst 3 of hoger."
    late = Incident(happened_on=QUARTER.first + timedelta(days=30), title="Vergeten", severity=5)
    page.store.add(late, by="test")
    assert page.run().heading() == "Er was 1 incident van ernst 3 of hoger."


def test_opening_it_again_asks_a_reason(screen):
    page = meeting(screen, POLICE, SCHOOL, met(), topic="closing").click("Sluit deze evaluatie af")
    page.click("Heropen de evaluatie")
    assert len(stored(page, QuarterReview)) == 1
    keyed(page, "text_input", "why.QuarterReview.1.1").set_value("incident vergeten")
    page.run().click("Heropen de evaluatie")
    assert stored(page, QuarterReview) == []
    assert page.store.history(QuarterReview, 1)[-1].reason == "incident vergeten"
    assert "Sluit deze evaluatie af" in [one.label for one in page.app.button]


def test_facts_that_were_changed_are_not_shown_and_that_is_said(screen, monkeypatch):
    from tests.store.logbook import raw

    page = meeting(screen, POLICE, SCHOOL, met(), topic="closing").click("Sluit deze evaluatie af")
    with raw(page.path) as conn:
        conn.execute("UPDATE frozen_facts SET content = x'00'")
    page.run()
    assert "de feiten van een afgesloten evaluatie zijn weg of veranderd" in page.text()
    assert page.heading()


def test_one_that_was_closed_elsewhere_without_its_facts_is_counted_now(screen):
    closed = QuarterReview(quarter=QUARTER.first, held_on=QUARTER.last)
    page = meeting(screen, POLICE, SCHOOL, met(), closed, topic="closing")
    assert "de feiten zijn hier niet bewaard" in page.text()


def test_typing_a_decision_does_not_read_the_whole_log_again(screen, monkeypatch):
    asked = []
    log = Store.log
    monkeypatch.setattr(Store, "log", lambda *given: asked.append(1) or log(*given))
    page = meeting(screen, POLICE, SCHOOL, met(), topic="quiet")
    assert asked
    asked.clear()
    fill_decision(page)
    assert len(stored(page, Agreement)) == 1
    assert asked == []
    page.store.add(Activity(happened_on=QUARTER.last, kind="training", partner_ids=(1, 2)), by="test")
    page.run()
    assert asked


def test_an_agreement_of_the_quarter_itself_that_is_logged_late_is_counted_at_once(screen):
    page = meeting(screen, POLICE, SCHOOL, met(), topic="agreements")
    assert page.heading() == "Afspraken in dit kwartaal: 0 gemaakt, 0 gedaan en 0 vervallen."
    made = QUARTER.first + timedelta(days=9)
    late = Agreement(text="Bellen", owner_id=1, made_on=made, due_on=now().date())
    number = page.store.add(late, by="test").id
    assert page.run().heading() == "Afspraken in dit kwartaal: 1 gemaakt, 0 gedaan en 0 vervallen."
    done = replace(late, state="done", closed_on=made)
    page.store.correct(number, done, seen_version=1, reason="was gedaan", by="test")
    assert page.run().heading() == "Afspraken in dit kwartaal: 1 gemaakt, 1 gedaan en 0 vervallen."


def test_what_was_decided_and_noted_stands_together_at_the_end(screen):
    note = ReviewNote(quarter=QUARTER.first, topic="legal", note="Convenant loopt af")
    other = ReviewNote(quarter=QUARTER.back(2).first, topic="legal", note="Van eerder")
    page = meeting(screen, POLICE, SCHOOL, met(), decided(), note, other, topic="closing")
    assert page.heading() == "In deze evaluatie is 1 besluit genomen."
    assert "Convenant loopt af" in page.text()
    assert "Van eerder" not in page.text()
    assert {one.proto.label for one in page.app.get("download_button")} == {
        "Rapport (PDF)", "Dia’s (PPTX)", "Werkmap (XLSX)", "Webpagina (HTML)",
    }  # fmt: skip


def test_a_quarter_that_still_runs_is_not_closed_and_has_no_report_for_everybody(screen):
    running = Quarter.of(now().date())
    page = meeting(screen, POLICE, SCHOOL, met(running), topic="closing", quarter=running.code)
    assert "Sluit de evaluatie daarna af." in page.text()
    assert not [one for one in page.app.button if one.key == "close_evaluation"]
    keyed(page, "toggle", "for_everybody").set_value(True)
    page.run()
    assert "Het kwartaal loopt nog." in page.text()
    assert not page.app.get("download_button")


def test_a_quarter_that_is_over_can_be_closed_and_has_one(screen):
    """The control of the test above."""
    page = meeting(screen, POLICE, SCHOOL, met(), topic="closing")
    assert [one for one in page.app.button if one.key == "close_evaluation"]
    keyed(page, "toggle", "for_everybody").set_value(True)
    assert len(page.run().app.get("download_button")) == 4
