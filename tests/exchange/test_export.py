"""What goes out comes in again as it was, and runs nothing on the way."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.exchange.workbench import TODAY, Bench, noon
from tracker import exchange, store
from tracker.analysis import assess
from tracker.analysis.question import Question
from tracker.exchange import example, export, spreadsheet_text, tables_out
from tracker.exchange.finding_json import verdict_object
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
    SeriesPoint,
    Silence,
)
from tracker.store import VOCABULARIES, Store, StoreError, Term
from tracker.words import speak
from tracker.words.exports import field_list

RECORDS = (
    Partner,
    Arrangement,
    Incident,
    Activity,
    Occurrence,
    Silence,
    Pause,
    Recess,
    Agreement,
    CheckBack,
    Framing,
    IncidentReview,
    SeriesPoint,
    Goal,
    GlossaryWord,
    DomainMeaning,
    PlannedShare,
    ReviewNote,
    QuarterReview,
)
FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "'=1+1",
    "''@x",
    "'s-Hertogenbosch",
    "- punt",
]


def fill(one: Store) -> None:
    """A little of everything, with texts that a spreadsheet, a list or a file may stumble over."""
    one.add_term(
        Term(vocabulary="activity_kind", code="stroll", nl="Wandeling", en="Stroll", joint=False), by="tester"
    )
    one.add_term(Term(vocabulary="domain", code="sea", nl="Zee; en strand", en="Sea"), by="tester")
    (training,) = [term for term in one.vocabulary("activity_kind") if term.code == "training"]
    one.correct_term(replace(training, nl="Oefendag", joint=False), by="tester")
    names = ["Politie", 'Stichting "De Brug"', "Zorg; wonen", "'t Huis", "=HYPERLINK(1)"]
    partners = [Partner(name=name, domain="sea") for name in names]
    arrangements = [
        Arrangement(name="Driehoek", kind="local_triangle", cadence="FREQ=WEEKLY;INTERVAL=4", grace_weeks=2),
        Arrangement(
            name="Oud, klaar",
            kind="steering_group",
            started_on=date(2020, 1, 1),
            ended_on=date(2024, 1, 1),
            end_reason="handed_over",
        ),
    ]
    incidents = [
        Incident(happened_on=date(2024, 2, 10), title="Brand", severity=4, note='twee\nregels; en "meer"'),
        Incident(happened_on=date(2024, 3, 10), title="brand", severity=3, averted=True, place="Één plein"),
        Incident(happened_on=date(2024, 4, 10), title="+ veel onrust", severity=2, kind="threat"),
    ]
    day = date(2024, 2, 12)
    activities = [
        Activity(happened_on=day, kind="aftercare", incident_id=-9, partner_ids=(-2, -1, -3), weight=2.5),
        Activity(happened_on=day, kind="aftercare", incident_id=-8, partner_ids=(-5, -4), partner_count=7),
        Activity(happened_on=day, kind="stroll", partner_count=3, count=4, weight=1 / 3, phase="prevention"),
        Activity(happened_on=day, kind="training", arrangement_id=-6, incident_id=-10, mode="structural"),
        Activity(happened_on=day, kind="training", arrangement_id=-6, mode="structural"),
        *(Activity(happened_on=day, kind="regular_meeting", title=text, note=text) for text in FORMULAS),
    ]
    phases = {term.code for term in one.vocabulary("phase")}
    activities[2] = replace(activities[2], phase=min(phases))
    others = [
        Occurrence(arrangement_id=-6, due_on=date(2024, 3, 12), state="cancelled", reason="ziekte; griep"),
        Occurrence(arrangement_id=-6, due_on=date(2026, 4, 14), state="planned"),
        Occurrence(arrangement_id=-6, due_on=date(2026, 5, 5), state="moved", moved_to=date(2026, 5, 7)),
        Silence(first_day=date(2023, 1, 2), last_day=date(2023, 2, 1), answer="nothing_happened"),
        Pause(arrangement_id=-6, first_day=date(2025, 1, 1), last_day=date(2025, 2, 1), reason="=verhuizing"),
        Recess(name="Zomer", first_day=date(2025, 7, 12), last_day=date(2025, 8, 24)),
    ]
    one.add_all([*partners, *arrangements, *incidents, *activities, *others], by="tester", batch="b")
    _promise(one)
    _evaluate(one)
    one.archive_term("activity_kind", "stroll", by="tester")
    gone = one.add(Incident(happened_on=date(2024, 5, 1), title="Vergissing", severity=5), by="tester")
    one.withdraw(Incident, gone.id, seen_version=1, reason="vergissing", by="tester")


def _promise(one: Store) -> None:
    """Owners and members, and every kind of promise, with links to all that can be linked to."""
    partner, other = (held.id for held in one.records(Partner)[:2])
    incident = one.records(Incident)[0].id
    stands = one.records(Arrangement)[0]
    owned = replace(
        stands.record,
        owner_id=partner,
        owner_role="chair",
        second_owner_id=other,
        partner_ids=(other, partner),
        phase="primary",
        goal="=samen kijken; en doen",
        incident_id=incident,
    )
    one.correct(stands.id, owned, seen_version=stands.version, reason="trekker", by="tester")
    day = date(2025, 3, 3)
    led = Activity(happened_on=day, kind="training", partner_ids=(partner, other), lead_id=other)
    tied = Agreement(
        text="-bellen; elke week",
        owner_id=partner,
        owner_role="youth_worker",
        made_on=day,
        due_on=date(2025, 6, 1),
        origin="incident",
        incident_id=incident,
        state="wont_do",
        closed_on=date(2025, 5, 1),
        reason="@geen geld",
    )
    plain = Agreement(text="Plan maken", owner_id=other, due_on=day, arrangement_id=stands.id)
    closed = Agreement(text="Klaar", owner_id=other, due_on=day, origin="review", state="done", closed_on=day)
    ids = one.add_all([led, tied, plain, closed], by="tester", batch="p")
    answered = {"incident_id": incident, "answered_on": day}
    one.add_all(
        [
            CheckBack(**answered, after_days=30, answer="lives", agreement_id=ids[1]),
            CheckBack(**answered, after_days=30, answer="changed", arrangement_id=stands.id),
            CheckBack(**answered, after_days=90, answer="nothing_left"),
            Framing(incident_id=incident, domain="care", wording="=angst", urgency=4),
            Framing(incident_id=incident, domain="safety", wording="Rust"),
            IncidentReview(incident_id=incident, held_on=day, context="een\nregel", result="+twee"),
            SeriesPoint(happened_on=day, series="=Media; krant", value=0),
            SeriesPoint(happened_on=day, series="Raadsvragen", value=2.5),
        ],
        by="tester",
        batch="q",
    )


def _evaluate(one: Store) -> None:
    """What a quarterly evaluation leaves, of every kind."""
    owner = one.records(Partner)[0].id
    quarter, day = date(2025, 4, 1), date(2025, 7, 3)
    decided = Agreement(
        text="=beter", owner_id=owner, made_on=day, due_on=day, origin="review", quarter=quarter, topic="told"
    )
    (word,) = one.add_all(
        [GlossaryWord(name="@signaal; zorg", meaning="-iets", shown_at="severity", clash=True)],
        by="tester",
        batch="w",
    )
    kept = [
        decided,
        Goal(text="+doel", measure="quiet_at_most", target=2.5, due_on=day, made_on=quarter),
        Goal(text="Doel", measure="reuse", target=80, due_on=day),
        GlossaryWord(name="Casus"),
        DomainMeaning(word_id=word, domain="sea", meaning="=iets op zee"),
        DomainMeaning(word_id=word, domain="care", meaning="iets anders"),
        PlannedShare(phase="primary", domain="sea", share="lead"),
        PlannedShare(phase="secondary", domain="care", share="none"),
        ReviewNote(quarter=quarter, topic="quiet", note='twee\nregels; en "meer"'),
        QuarterReview(quarter=quarter, held_on=day),
    ]
    one.add_all(kept, by="tester", batch="e")


def told(one: Store) -> dict[str, list[str]]:
    """Every record and term in words, field by field: a link is what it points at, whatever its number.

    It knows nothing of how files are made, so what an export leaves out is seen here.
    """
    partners = {held.id: held.record.name for held in one.records(Partner)}
    arrangements = {held.id: held.record.name for held in one.records(Arrangement)}
    incidents = {held.id: (held.record.title, held.record.happened_on) for held in one.records(Incident)}
    agreements = {held.id: held.record.text for held in one.records(Agreement)}
    links: dict[str, dict[int, Any]] = {
        "arrangement_id": arrangements,
        "incident_id": incidents,
        "agreement_id": agreements,
        "owner_id": partners,
        "second_owner_id": partners,
        "lead_id": partners,
        "word_id": {held.id: held.record.name for held in one.records(GlossaryWord)},
    }
    found: dict[str, list[str]] = {name: [] for name in VOCABULARIES}
    for name in VOCABULARIES:
        found[name] = sorted(map(repr, one.vocabulary(name, archived=True)))
    for kind in RECORDS:
        rows = [dict(vars(held.record)) for held in one.records(kind)]
        for row in rows:
            if "partner_ids" in row:
                row["partner_ids"] = [partners[link] for link in row["partner_ids"]]
            for field, names in links.items():
                if row.get(field) is not None:
                    row[field] = names[row[field]]  # type: ignore[index]
        found[kind.__name__] = sorted(map(repr, rows))
    return found


def judged(one: Store, until: date) -> dict[str, Any]:
    """The verdict as programs read it."""
    question = Question(until=until)
    return verdict_object(assess(one.log(question), question, one.meetings(until)), sentence="", next_step="")


def come_back(from_: Store, folder: Path, *, form: str) -> Store:
    """The store after a journey through files into an empty database."""
    out = folder / form
    if form == "xlsx":
        out = folder / "all.xlsx"
        export.save_file(out, export.workbook(from_, dutch=True))
    else:
        export.save_folder(from_, out, dutch=form == "dutch", field_list=field_list(speak("nl")))
    other = store.create(folder / f"{form}.db", now=noon)
    preview = exchange.read([out], other, today=TODAY)
    assert preview.problems == []
    exchange.write(other, preview, by="tester", batch="terug")
    again = exchange.read([out], other, today=TODAY)
    assert (list(again.found), again.new_kinds, again.changed_terms) == ([], [], [])
    return other


@pytest.mark.parametrize("form", ["dutch", "plain", "xlsx"])
def test_a_journey_through_files_into_an_empty_database_changes_nothing(bench: Bench, form: str) -> None:
    fill(bench.store)
    other = come_back(bench.store, bench.folder, form=form)
    assert told(other) == told(bench.store)
    for kind in RECORDS:
        assert len(other.records(kind)) == len(bench.store.records(kind))
    assert judged(other, TODAY) == judged(bench.store, TODAY)
    assert other.verify() == []


def test_the_example_comes_back_with_the_same_verdict(tmp_path: Path) -> None:
    """With a control: without its answers and meetings that were missed the verdict is another."""
    now = lambda: datetime(2026, 11, 27, 10, tzinfo=UTC)  # noqa: E731
    first = example.load(tmp_path / "example.db", now=now, by="tester")
    export.save_folder(first, tmp_path / "out", dutch=True, field_list=field_list(speak("nl")))
    other = store.create(tmp_path / "other.db", now=now)
    preview = exchange.read([tmp_path / "out"], other, today=date(2026, 11, 27))
    exchange.write(other, preview, by="tester", batch="terug")
    until = date(2026, 11, 27)
    assert told(other) == told(first)
    assert judged(other, until) == judged(first, until)
    poorer = store.create(tmp_path / "poorer.db", now=now)
    kept = exchange.read([tmp_path / "out" / "incidents.csv"], poorer, today=until)
    exchange.write(poorer, kept, by="tester", batch="half")
    assert judged(poorer, until) != judged(first, until)


def test_no_cell_of_a_csv_file_is_a_formula(bench: Bench) -> None:
    """T50. With a control: before they are made harmless the same texts do start as formulas."""
    fill(bench.store)
    starts = re.compile("[=+\\-@\t\r＝＋－＠]")
    (raw,) = [table for table in tables_out.tables(bench.store, dutch=True) if table.name == "activities"]
    assert any(isinstance(cell, str) and starts.match(cell) for row in raw.rows for cell in row)
    for dutch in (True, False):
        for table in tables_out.tables(bench.store, dutch=dutch):
            text = export.csv_bytes(table, dutch=dutch).decode("utf-8-sig")
            cells = [
                cell for row in csv.reader(io.StringIO(text), delimiter=";" if dutch else ",") for cell in row
            ]
            assert [cell for cell in cells if starts.match(cell.lstrip(" \xa0"))] == []


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(bench: Bench) -> None:
    fill(bench.store)
    bench.store.add(Incident(happened_on=TODAY, title="https://voorbeeld.nl", severity=1), by="tester")
    with zipfile.ZipFile(io.BytesIO(export.workbook(bench.store, dutch=True))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name]
    assert len([sheet for sheet in sheets if "<row" in sheet]) == len(tables_out.RECORDS) + 1
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


@given(st.text("'=+-@＝ \xa0ab1", max_size=6))
def test_every_text_is_found_back(text: str) -> None:
    safe = spreadsheet_text.harmless(text)
    assert spreadsheet_text.restored(safe) == text
    assert safe.lstrip(" \xa0")[:1] not in tuple("=+-@＝")


def test_a_dutch_file_is_what_a_dutch_spreadsheet_opens(bench: Bench) -> None:
    """T51: a mark, semicolons, decimal commas, days first, labels, ja and nee."""
    fill(bench.store)
    export.save_folder(bench.store, bench.folder / "out", dutch=True, field_list=field_list(speak("nl")))
    data = (bench.folder / "out" / "activities.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdatum;soort;titel;")
    first = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert (first["datum"], first["gewicht"], first["soort"]) == ("12-02-2024", "2,5", "Nazorg")
    assert first["aanleiding"] == "2024-03-10 brand"
    assert first["organisaties"] == '"Stichting ""De Brug""";Politie;"Zorg; wonen"'
    incidents = (bench.folder / "out" / "incidents.csv").read_text(encoding="utf-8-sig")
    assert "10-03-2024;brand;3;" in incidents
    assert ";ja;nee;" in incidents


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.slow
def test_libreoffice_reads_the_same_cells_and_no_formula(bench: Bench) -> None:
    fill(bench.store)
    export.save_folder(bench.store, bench.folder / "out", dutch=True, field_list=field_list(speak("nl")))
    file = bench.folder / "out" / "activities.csv"
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "fods", "--outdir", str(bench.folder), str(file)],
        check=True,
    )
    assert "table:formula" not in (bench.folder / "activities.fods").read_text()


def test_the_field_list_names_every_field_and_is_no_table(bench: Bench) -> None:
    export.save_folder(bench.store, bench.folder / "out", dutch=False, field_list=field_list(speak("en")))
    with (bench.folder / "out" / "fields.csv").open(newline="") as file:
        listed = {(row["Table"], row["Field"]) for row in csv.DictReader(file)}
    for table in tables_out.tables(bench.store, dutch=False):
        assert {(table.name, heading) for heading in table.headings} <= listed
    preview = exchange.read([bench.folder / "out"], bench.store, today=TODAY)
    assert (preview.problems, list(preview.found), preview.ignored_files) == ([], [], ["fields.csv"])


def test_an_export_replaces_an_earlier_one_and_nothing_else(bench: Bench) -> None:
    fields = field_list(speak("nl"))
    for dutch in (True, False):
        export.save_folder(bench.store, bench.folder / "out", dutch=dutch, field_list=fields)
    own = bench.folder / "own"
    own.mkdir()
    (own / "incidents.csv").write_text("mijn,eigen,lijst\n")
    with pytest.raises(StoreError, match="target_exists"):
        export.save_folder(bench.store, own, dutch=True, field_list=fields)
    assert [path.name for path in own.iterdir()] == ["incidents.csv"]
    assert (own / "incidents.csv").read_text() == "mijn,eigen,lijst\n"
    with pytest.raises(StoreError, match="cannot_open"):
        export.save_folder(bench.store, own / "incidents.csv", dutch=True, field_list=fields)


def test_the_calendar_holds_what_is_planned_and_no_people(bench: Bench) -> None:
    fill(bench.store)
    feed = Calendar.from_ical(export.calendar(bench.store, today=TODAY))
    events = [(one["DTSTART"].dt, str(one["SUMMARY"]), str(one["STATUS"])) for one in feed.walk("VEVENT")]
    assert (date(2026, 4, 14), "Driehoek", "CONFIRMED") in events
    assert (date(2026, 5, 7), "Driehoek", "CONFIRMED") in events
    assert all(day >= TODAY for day, _, _ in events)
    assert {name for _, name, _ in events} == {"Driehoek"}
    assert len({one["UID"] for one in feed.walk("VEVENT")}) == len(events)
    assert not [one for one in feed.walk() if "ATTENDEE" in one or "ORGANIZER" in one]
