"""The nine questions of the evaluation hold the facts of the report in its words, in a quiet quarter too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.report import quarterly
from tests.store import logbook
from tracker import report
from tracker.privacy import LookedAt
from tracker.records import REVIEW_TOPICS
from tracker.report.document import Section
from tracker.words import speak

SAY = speak("nl")


@pytest.fixture
def store(tmp_path):
    return quarterly.fresh(tmp_path)


def agenda(store):
    return {one.topic: one for one in report.agenda(quarterly.gathered(store), SAY)}


def texts(sections: tuple[Section, ...]) -> list[str]:
    return [text for one in sections for text in (one.heading, *one.lines)]


def test_the_nine_questions_stand_in_their_order_and_take_ninety_minutes_with_the_opening(store):
    found = report.agenda(quarterly.gathered(store), SAY)
    assert tuple(one.topic for one in found) == REVIEW_TOPICS
    assert sum(one.minutes for one in found) + report.OPENING_MINUTES == report.MINUTES == 90
    aims = [one.aim for one in found]
    assert list(dict.fromkeys(aims)) == ["purposeful", "sustainable", "legitimate"]
    assert aims == sorted(aims, key=["purposeful", "sustainable", "legitimate"].index)


def test_every_fact_of_the_report_that_the_agenda_tells_is_told_in_the_same_words(store):
    quarterly.two_years(store)
    material = quarterly.gathered(store)
    written = {one.name: one for one in report.document(material, say=SAY, made_at=quarterly.MADE).sections}
    shared = [one for item in report.agenda(material, SAY) for one in item.sections if one.name in written]
    assert {one.name for one in shared} >= {"Wat gebeurde er", "Ritme", "Wie erbij was", "Wat overleefde"}
    for one in shared:
        told = written[one.name]
        assert (one.heading, one.lines, one.table) == (told.heading, told.lines, told.table)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_empty_log_has_a_conclusion_at_every_question(store, language):
    for item in report.agenda(quarterly.gathered(store), speak(language)):
        assert item.sections, item.topic
        assert item.sections[0].heading, item.topic


def test_a_quarter_without_an_incident_tells_what_was_done_in_peacetime(store):
    partners = quarterly.with_partners(store)
    for week in range(60):
        day = quarterly.QUARTER.last - timedelta(weeks=week)
        store.add(logbook.activity(day, partner_ids=tuple(partners[:2])), by="test")
    found = agenda(store)
    assert found["happened"].sections[0].heading == "Er waren geen incidenten van ernst 3 of hoger."
    assert "dagen van dit kwartaal waren vredestijd" in found["peacetime"].sections[0].heading
    assert found["happened"].sections[1].heading == (
        "Er was geen incident dat domeinen verschillend konden noemen."
    )


def test_what_each_domain_calls_an_incident_stands_at_the_first_question(store):
    quarterly.two_years(store)
    incident = next(
        one.id for one in store.records(logbook.Incident) if one.record.happened_on == date(2025, 5, 12)
    )
    for domain, wording, urgency in (("care", "Er was angst", 2), ("safety", "Een vechtpartij", 5)):
        said = logbook.framing(incident_id=incident, domain=domain, wording=wording, urgency=urgency)
        store.add(said, by="test")
    named = agenda(store)["happened"].sections[1]
    assert named.heading == "Bij 1 van 1 incident staat hoe een domein het noemt."
    assert [row[2:] for row in named.table.rows] == [("Er was angst", 2), ("Een vechtpartij", 5)]
    assert "De urgentie verschilt 3 punten" in named.lines[0]


def test_a_text_that_looks_like_data_of_a_person_is_counted_and_never_repeated(store):
    partners = quarterly.with_partners(store)
    clean = agenda(store)["legal"].sections
    assert clean[0].heading.startswith("Geen tekst over incidenten")
    promise = logbook.agreement(
        "Bel 06-12345678", owner_id=partners[0], made_on=date(2025, 5, 1), due_on=date(2025, 9, 1)
    )
    said = (LookedAt(field="text", kind="phone", why="public_number"),)
    store.add(promise, by="test", looked=said)
    found = agenda(store)["legal"].sections
    assert found[0].heading.startswith("1 tekst over incidenten")
    assert "12345678" not in " ".join(texts(found))
    assert "In dit kwartaal mocht niets" in " ".join(texts(found)), "it was let pass in a later quarter"


def test_notes_and_decisions_of_the_evaluation_are_in_the_report_of_the_partners_only(store):
    quarterly.two_years(store)
    quarter = quarterly.QUARTER.first
    store.add(logbook.review_note(quarter=quarter, note="Dat is goed zo"), by="test")
    decision = logbook.agreement(
        "Elk kwartaal bellen",
        due_on=date(2025, 9, 1),
        made_on=date(2025, 7, 3),
        origin="review",
        quarter=quarter,
        topic="quiet",
    )
    store.add(decision, by="test")
    store.add(logbook.review_note(quarter=date(2025, 1, 1), note="Van eerder"), by="test")
    material = quarterly.gathered(store)
    written = report.document(material, say=SAY, made_at=quarterly.MADE)
    (evaluation,) = (one for one in written.sections if one.name == "Evaluatie")
    assert evaluation.heading == "In deze evaluatie is 1 besluit genomen."
    assert evaluation.lines == ("Wat viel stil, en is dat goed zo? Dat is goed zo",)
    assert [row[0] for row in evaluation.table.rows] == ["Elk kwartaal bellen"]
    public = report.document(material, say=SAY, made_at=quarterly.MADE, for_everybody=True)
    assert "goed zo" not in repr(public)
    assert "bellen" not in repr(public)
