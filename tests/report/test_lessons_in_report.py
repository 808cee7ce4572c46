"""What was recorded for the four lessons stands in the report and at the questions of the evaluation."""

from __future__ import annotations

import io
from datetime import date

import pytest

from tests.report import quarterly
from tests.store import logbook
from tracker import report
from tracker.analysis.self_scan import ASKED
from tracker.records import Incident
from tracker.store import Store
from tracker.words import speak

DAY = date(2025, 5, 20)
QUARTER = date(2025, 4, 1)
LATER = date(2025, 7, 2)


def with_lessons(store: Store) -> Store:
    """A municipality that records something for each lesson."""
    quarterly.two_years(store)
    incident = store.records(Incident)[-1].id
    store.add(
        logbook.framing(incident_id=incident, domain="care", wording="Angst in de wijk", urgency=5), by="t"
    )
    store.add(logbook.framing(incident_id=incident, domain="safety", wording="Rust", urgency=2), by="t")
    word = store.add(logbook.glossary_word("Zorgsignaal", clash=True, meaning="Iets wat opvalt"), by="t").id
    store.add(logbook.domain_meaning(word_id=word, meaning="Een kind valt op"), by="t")
    store.add(logbook.goal("Samen blijven komen", target=60.0, due_on=date(2025, 12, 31)), by="t")
    store.add(logbook.activity(DAY, partner_ids=(1, 2), lead_id=1, phase="primary", title="Lesdag"), by="t")
    scan, codes = store.open_scan(QUARTER, 6, by="t")
    for code in codes:
        store.reply_to_scan(code, dict.fromkeys(ASKED, 4))
    store.close_scan(scan.id, reason="klaar", by="t")
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    return with_lessons(quarterly.fresh(tmp_path_factory.mktemp("lessons")))


@pytest.fixture(scope="module")
def material(store: Store) -> report.Material:
    return quarterly.gathered(store)


TOLD = ("Zorgsignaal", "Een kind valt op", "Samen blijven komen", "Angst in de wijk")


@pytest.mark.parametrize("form", report.FORMATS)
def test_every_format_tells_of_the_lessons(material: report.Material, form: str):
    told = quarterly.said(form, quarterly.made(material, form))
    assert [text for text in TOLD[:3] if text not in told] == []
    say = speak("nl")
    assert say.scan_line(material.learned.rounds) in told
    assert say.goals_line(material.learned.progress) in told


@pytest.mark.parametrize("form", report.FORMATS)
def test_the_report_for_everybody_tells_nothing_that_people_typed_for_a_lesson(
    material: report.Material, form: str
):
    told = quarterly.said(form, quarterly.made(material, form, public=True))
    assert [text for text in TOLD if text in told] == []


def test_it_still_fits_on_four_pages_and_fourteen_slides(material: report.Material):
    import pypdf
    from pptx import Presentation

    assert len(pypdf.PdfReader(io.BytesIO(quarterly.made(material, "pdf"))).pages) <= 4
    assert len(Presentation(io.BytesIO(quarterly.made(material, "pptx"))).slides) <= 14


def test_each_lesson_stands_at_its_question(material: report.Material):
    say = speak("nl")
    at = {item.topic: [section.name for section in item.sections] for item in report.agenda(material, say)}
    assert say("Urgency") in at["happened"]
    assert say("Ownership") in at["missing"]
    assert {say("Shared goals"), say("Direction")} <= set(at["peacetime"])
    assert say("Self-scan") in at["told"]


def test_a_municipality_that_records_none_of_it_has_no_empty_headings(tmp_path):
    found = quarterly.gathered(quarterly.two_years(quarterly.fresh(tmp_path)))
    say = speak("nl")
    names = {section.name for section in report.document(found, say=say, made_at=quarterly.MADE).sections}
    assert names & {say("Urgency"), say("Shared goals"), say("Glossary"), say("Self-scan")} == set()


def test_a_self_scan_is_not_told_of_an_earlier_quarter(store: Store):
    early = report.gather(store, quarterly.QUARTER.back(2), today=LATER)
    assert early.learned.rounds == ()
    assert len(quarterly.gathered(store).learned.rounds) == 1
