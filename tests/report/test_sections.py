"""What the report tells beside the verdict: the quarter in figures, what was counted elsewhere, filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.report import quarterly
from tests.report.quarterly import QUARTER, TODAY
from tests.store import logbook
from tracker import report
from tracker import store as stores
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Question
from tracker.records import Activity, Incident, IncidentReview, SeriesPoint
from tracker.report import Material
from tracker.report.document import Document, Section
from tracker.store import Store
from tracker.words import speak


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Store:
    return quarterly.two_years(quarterly.fresh(tmp_path_factory.mktemp("built")))


@pytest.fixture
def store(built: Store, tmp_path) -> Store:
    built.backup(tmp_path / "copy.db")
    return stores.open(tmp_path / "copy.db", now=lambda: quarterly.MADE)


def written(material: Material, *, public: bool = False) -> Document:
    return report.document(material, say=speak("en"), made_at=quarterly.MADE, for_everybody=public)


def section(material: Material, name: str, *, public: bool = False) -> Section | None:
    return next((one for one in written(material, public=public).sections if one.name == name), None)


def figures(material: Material) -> dict[str, str]:
    found = section(material, "In figures")
    assert found is not None
    assert found.table is not None
    return {str(name): str(value) for name, value, _ in found.table.rows}


# --- in figures -------------------------------------------------------------------------------------


def test_every_indicator_has_a_row_with_a_number_or_a_reason(store: Store):
    told = figures(quarterly.gathered(store))
    assert told["Evaluated"] == "0 of 2"  # the eight weeks of June 2024 ran out in July
    assert told["Knowledge up to date"] == "4 of 4"
    assert told["Aftercare"] == "0 of 2"
    assert told["Follow-ups done"] == "not known: no agreement fell due"
    assert told["Old and steady"].startswith("not known: no arrangement with a rhythm")
    assert told["From an incident to the first joint activity"] == (
        "not known: there are fewer than six incidents to follow"
    )
    met = [one for one in store.between(QUARTER.first, QUARTER.last) if len(one.record.partner_ids) > 1]
    lowest = 0.025 ** (1 / len(met))  # all of them were across domains: Clopper-Pearson has this end
    assert told["Across domains"] == f"{int(lowest * 20) * 5} to 100%"


def test_an_incident_that_was_looked_back_at_changes_the_heading(store: Store):
    def heading() -> str:
        found = section(quarterly.gathered(store), "In figures")
        assert found is not None
        return found.heading

    assert heading() == "0 of the 2 serious incidents of the last year were evaluated within 8 weeks."
    review = IncidentReview(incident_id=3, held_on=date(2025, 3, 3), result="Sneller bij elkaar")
    store.add(review, by="test")
    assert heading().startswith("1 of the 2 serious incidents")


def test_what_was_averted_is_named_with_what_it_ran_through(store: Store):
    averted = store.add(
        logbook.incident(date(2025, 5, 20), title="Rel in de maak", averted=True), by="test"
    ).id
    row = logbook.activity(date(2025, 5, 20), arrangement_id=1, incident_id=averted, partner_ids=(1, 2))
    store.add(row, by="test")
    found = section(quarterly.gathered(store), "In figures")
    assert found is not None
    assert found.table is not None
    rows = {row[1]: row[2] for row in found.table.rows if row[0] == "Averted"}
    assert rows == {"Rel in de maak": "Activities tied to it ran through Overleg A."}


def test_six_incidents_give_days_with_a_range(store: Store):
    for week in range(6):
        store.add(logbook.incident(date(2025, 3, 3) + timedelta(weeks=week), severity=1), by="test")
    told = figures(quarterly.gathered(store))["From an incident to the first joint activity"]
    met = [one.record.happened_on for one in store.records(Activity) if len(one.record.partner_ids) > 1]
    happened = [one.record.happened_on for one in store.records(Incident)]
    followed = [day for day in happened if date(2024, 6, 30) < day <= date(2025, 6, 2)]
    days = sorted(min((one - day).days for one in met if one >= day) for day in followed)
    assert len(days) == 8
    middle = (days[3] + days[4]) / 2
    assert told == f"{middle:g} days, between {days[0]} and {days[-1]}, over 8 incidents"


@pytest.mark.parametrize("form", ["xlsx", "pdf"])
def test_the_figures_stand_in_the_workbook_and_behind_the_first_page(store: Store, form: str):
    words = quarterly.said(form, quarterly.made(quarterly.gathered(store), form, "en"))
    assert "Knowledge up to date" in words
    assert "4 of 4" in words


# --- counted elsewhere ------------------------------------------------------------------------------


def test_without_series_only_the_level_is_told_with_its_caveat(store: Store):
    found = section(quarterly.gathered(store), "Counted elsewhere")
    assert found is not None
    assert found.heading == "The national threat level is substantial, since 12 December 2023."
    assert found.lines == (
        "No measures belong to a level. It is of the whole country and says nothing of this municipality.",
    )
    assert found.table is None


def test_a_series_is_told_with_its_weeks_and_its_caveat(store: Store):
    for week, value in ((0, 12), (1, 40), (3, 2.5)):
        point = SeriesPoint(happened_on=date(2025, 5, 5) + timedelta(weeks=week), series="Krant", value=value)
        store.add(point, by="test")
    store.add(SeriesPoint(happened_on=date(2025, 3, 31), series="Krant", value=99), by="test")
    store.add(SeriesPoint(happened_on=date(2025, 7, 1), series="Krant", value=98), by="test")
    found = section(quarterly.gathered(store), "Counted elsewhere")
    assert found is not None
    assert found.lines[0] == (
        "Krant: 2.5 in the week of 26 May 2025. The most was 40, in the week of 12 May 2025. "
        "1 of 4 weeks has no value."
    )
    assert "attention, not cooperation" in found.lines[1]
    assert found.table is not None
    assert [row[2] for row in found.table.rows] == [12, 40, None, 2.5]


def test_where_nothing_was_counted_and_no_level_is_known_there_is_no_such_section(store: Store):
    material = quarterly.gathered(store)
    assert section(replace(material, threat=()), "Counted elsewhere") is None
    old = report.gather(store, Quarter(2005, 1), today=TODAY)
    assert old.threat == ()


def test_the_level_is_as_it_was_announced_by_then(store: Store):
    old = report.gather(store, Quarter(2023, 4), today=TODAY)
    assert [one.word for one in old.threat] == ["significant", "substantial"]
    assert report.gather(store, Quarter(2023, 3), today=TODAY).threat[-1].word == "significant"


def test_everybody_may_know_the_level_but_not_the_name_of_a_series(store: Store):
    store.add(SeriesPoint(happened_on=date(2025, 5, 5), series="Krant", value=3), by="test")
    found = section(quarterly.gathered(store), "Counted elsewhere", public=True)
    assert found is not None
    assert found.heading.startswith("The national threat level is substantial")
    assert found.table is None
    assert "Krant" not in " ".join(found.lines)


# --- filters ----------------------------------------------------------------------------------------


def asked(store: Store, **chosen: object) -> Material:
    return report.gather(store, QUARTER, today=TODAY, question=Question(until=TODAY, **chosen))  # type: ignore[arg-type]


def test_a_filter_on_severity_changes_what_counts_and_stands_in_the_report(store: Store):
    whole, narrowed = asked(store), asked(store, min_severity=3)
    assert (whole.facts.counts.incidents, narrowed.facts.counts.incidents) == (1, 0)
    told = dict(written(narrowed).about)["Filters"]
    assert told.startswith("incidents from severity 3. Filters choose among incidents and activities.")
    assert dict(written(whole).about)["Filters"] == "none: the whole log"
    said = section(narrowed, "This quarter")
    assert said is not None
    assert "Filters are on; they stand at the end." in said.lines


def test_a_quarter_before_the_first_day_that_was_asked_is_not_known(store: Store):
    found = asked(store, since=date(2025, 5, 1)).comparison
    assert (found.now.known, found.before.known, found.year.known) == ("partly", "not_logged", "not_logged")
    assert found.change("activities", "before") is None
    assert found.now.value("activities") == sum(
        one.record.happened_on >= date(2025, 5, 1) and len(one.record.partner_ids) > 1
        for one in store.between(QUARTER.first, QUARTER.last)
    )


def test_a_log_that_starts_in_an_aftermath_is_told_as_such(store: Store):
    told = dict(written(asked(store, starts_in_aftermath=True)).about)["Filters"]
    assert told == "the log starts in the middle of an aftermath"
