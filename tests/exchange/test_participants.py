"""Who was there: rows of participants.csv on the activity of that day and kind, and never a person."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.workbench import TODAY, Bench, codes, fresh, told
from tracker import exchange
from tracker.analysis.attendance import attendance
from tracker.exchange import ImportRefused
from tracker.records import Activity, Arrangement, InvalidRecord, Partner
from tracker.store import Conflict
from tracker.words import speak
from tracker.words.imports import said_lines, warning_lines

PARTNERS = ("name,domain", "Politie,safety", "School,education", "GGD,care")
LOG = ("date,kind,title", "2024-01-08,training,Rollen", "2024-02-10,aftercare,")
ROWS = ("2024-01-08,training,Politie", "2024-01-08,training,School", "2024-02-10,aftercare,GGD")


def organisations(bench: Bench) -> Path:
    return bench.file("partners.csv", *PARTNERS)


def log(bench: Bench, *rows: str) -> Path:
    return bench.file("activities.csv", *(rows or LOG))


def who(bench: Bench, *rows: str, header: str = "date,kind,participant") -> Path:
    return bench.file("participants.csv", header, *rows)


def named(bench: Bench) -> list[tuple[Activity, list[str]]]:
    """Every activity that stands, with who was there by name."""
    names = {held.id: held.record.name for held in bench.store.records(Partner, withdrawn=True)}
    return [(one, [names[number] for number in one.partner_ids]) for one in bench.held(Activity)]


def there(bench: Bench) -> dict[tuple[str, str], list[str]]:
    """Day and kind -> who was there, where no two activities share them."""
    return {(one.happened_on.isoformat(), one.kind): names for one, names in named(bench)}


def by_title(bench: Bench) -> dict[str, list[str]]:
    """Title -> who was there."""
    return {one.title: names for one, names in named(bench)}


BOTH = {("2024-01-08", "training"): ["Politie", "School"], ("2024-02-10", "aftercare"): ["GGD"]}


def test_rows_of_one_import_join_the_activity_of_their_day_and_kind(bench: Bench) -> None:
    preview = bench.take_in(organisations(bench), log(bench), who(bench, *ROWS))
    assert there(bench) == BOTH
    assert (preview.count(Activity), len(preview.attendance), preview.corrections) == (2, 3, [])
    assert [one.version for one in bench.store.records(Activity)] == [1, 1]
    assert bench.store.verify() == []


def test_an_activity_of_the_log_gets_who_was_there_as_a_correction(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench), batch="log")
    before = bench.held(Activity)
    preview = bench.take_in(who(bench, *ROWS), batch="wie")
    assert there(bench) == BOTH
    assert (len(preview.found), len(preview.corrections)) == (0, 2)
    last = bench.store.history(Activity, 1)[-1]
    assert (last.action, last.before, last.reason, last.batch) == ("correct", before[0], "a test", "wie")
    assert bench.store.verify() == []


def test_an_undo_gives_back_exactly_who_was_there_before(bench: Bench) -> None:
    rows = ("date,kind,partners,partner_count", "2024-01-08,training,School,12", "2024-02-10,aftercare,9,")
    bench.take_in(organisations(bench), log(bench, *rows), batch="log")
    before = bench.held(Activity)
    bench.take_in(who(bench, *ROWS), batch="wie")
    assert there(bench) == {**BOTH, ("2024-01-08", "training"): ["School", "Politie"]}
    assert [one.partner_count for one in bench.held(Activity)] == [12, 9]
    undone = bench.store.undo_batch("wie", reason="verkeerd", by="tester")
    assert (bench.held(Activity), len(undone.put_back), undone.touched) == (before, 2, [])
    assert len(bench.take_in(who(bench, *ROWS), batch="opnieuw").corrections) == 2
    assert bench.store.verify() == []


def test_an_undo_leaves_what_was_edited_by_hand_since(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench), batch="log")
    bench.take_in(who(bench, *ROWS), batch="wie")
    by_hand = Activity(happened_on=date(2024, 1, 8), kind="training", title="Rollen", partner_ids=(3,))
    bench.store.correct(1, by_hand, seen_version=2, reason="alleen de GGD", by="collega")
    undone = bench.store.undo_batch("wie", reason="verkeerd", by="tester")
    assert [one.record for one in undone.touched] == [by_hand]
    assert there(bench) == {("2024-01-08", "training"): ["GGD"], ("2024-02-10", "aftercare"): []}


def test_an_undo_takes_activities_that_came_with_it_and_their_attendance(bench: Bench) -> None:
    bench.take_in(organisations(bench), batch="partners")
    bench.take_in(log(bench), who(bench, *ROWS), batch="samen")
    bench.store.undo_batch("samen", reason="verkeerd", by="tester")
    assert bench.held(Activity) == []
    assert len(bench.held(Partner)) == 3


def test_the_same_files_twice_add_nothing_however_they_came_in(bench: Bench) -> None:
    """Together, apart, or the log first: afterwards every combination of the files says nothing new."""
    partners, activities, present = organisations(bench), log(bench), who(bench, *ROWS)
    for steps in ([(partners, activities, present)], [(partners, activities), (present,)]):
        bench.store.path.unlink()
        bench.store = fresh(bench.folder)
        for step in steps:
            bench.take_in(*step)
        revision, held = bench.store.revision(), bench.held(Activity)
        for again in ((present,), (activities, present), (partners, activities, present)):
            preview = bench.take_in(*again)
            assert (preview.new_rows, preview.corrections, preview.changes_nothing) == (0, [], True)
            assert not any(double.differs for double in preview.doubles)
        assert (bench.held(Activity), bench.store.revision()) == (held, revision)


def test_the_log_first_and_then_both_adds_only_who_was_there(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench))
    preview = bench.take_in(log(bench), who(bench, *ROWS))
    assert there(bench) == BOTH
    assert (len(preview.found), len(preview.corrections), len(preview.doubles)) == (0, 2, 2)
    assert not any(double.differs for double in preview.doubles)


def test_a_row_that_says_it_again_is_counted_as_here_already(bench: Bench) -> None:
    preview = bench.take_in(organisations(bench), log(bench), who(bench, *ROWS, ROWS[0].upper()))
    assert ([row.line for row in preview.attendance], len(preview.doubles)) == ([2, 3, 4], 1)
    assert there(bench) == BOTH


def test_what_somebody_wrote_down_by_hand_is_added_to_and_never_taken_off(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench, "date,kind,partners", "2024-01-08,training,GGD; School"))
    bench.take_in(who(bench, *ROWS[:2]))
    assert there(bench) == {("2024-01-08", "training"): ["GGD", "School", "Politie"]}


def test_of_several_activities_in_the_log_nobody_can_know_which(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench, *LOG, "2024-01-08,training,Andere"))
    preview = bench.read(who(bench, *ROWS))
    assert told(preview) == [(2, "kind", "several_activities")]
    (problem, _) = warning_lines(preview, "refused", speak("nl"))
    assert problem == (
        "participants.csv, regel 2, kolom kind: “2024-01-08 training” Er zijn op deze dag meer activiteiten "
        "van deze soort. Haal de rijen van deze dag weg en vul met de hand in wie er waren, in het logboek "
        "of in activities.csv."
    )
    with pytest.raises(ImportRefused):
        exchange.write(bench.store, preview, by="tester", batch="b", reason="r")
    assert bench.read(who(bench, ROWS[2])).problems == []


def test_several_activities_in_the_same_import_are_refused_too(bench: Bench) -> None:
    rows = (*LOG, "2024-01-08,training,Andere")
    assert codes(bench.read(organisations(bench), log(bench, *rows), who(bench, *ROWS))) == [
        "several_activities"
    ]


def test_the_activity_that_comes_with_it_is_meant_and_not_another_in_the_log(bench: Bench) -> None:
    """Also the second time, when both stand in the log; a list without its activities cannot tell."""
    bench.take_in(organisations(bench), log(bench, "date,kind,title", "2024-01-08,training,Andere"))
    for _ in range(2):
        bench.take_in(log(bench), who(bench, *ROWS))
        assert by_title(bench) == {"Andere": [], "Rollen": ["Politie", "School"], "": ["GGD"]}
    assert codes(bench.read(who(bench, *ROWS))) == ["several_activities"]


@pytest.mark.parametrize(
    "row", ["2024-01-09,training,Politie", "2024-01-08,aftercare,Politie", "2024-01-08,vlaggen,Politie"]
)
def test_without_an_activity_of_that_day_and_kind_nothing_is_made(bench: Bench, row: str) -> None:
    bench.take_in(organisations(bench), log(bench))
    preview = bench.read(who(bench, ROWS[0], row))
    assert told(preview) == [(3, "kind", "no_activity")]
    assert preview.new_kinds == []
    (problem, _) = warning_lines(preview, "refused", speak("en"))
    assert "Import activities.csv together with this file, or log the activity first." in problem
    assert bench.read(who(bench, ROWS[0])).problems == []


def test_a_withdrawn_activity_and_a_cancelled_meeting_are_no_activity(bench: Bench) -> None:
    rows = ("date,kind,arrangement,state,reason", "2024-01-08,training,Driehoek,,")
    cancelled = "2024-02-10,regular_meeting,Driehoek,cancelled,ziekte"
    bench.take_in(organisations(bench), log(bench, *rows, cancelled))
    assert codes(bench.read(who(bench, "2024-02-10,regular_meeting,Politie"))) == ["no_activity"]
    assert codes(bench.read(who(bench, ROWS[0]))) == []
    bench.store.withdraw(Activity, 1, seen_version=1, reason="dubbel", by="tester")
    assert codes(bench.read(who(bench, ROWS[0]))) == ["no_activity"]


def test_while_activities_are_refused_none_is_called_missing(bench: Bench) -> None:
    """The control: with the row repaired, the day that has no activity is named."""
    missing = "2024-03-01,training,Politie"
    broken = log(bench, *LOG, "2024-13-01,training,")
    assert codes(bench.read(organisations(bench), broken, who(bench, missing))) == ["no_such_day"]
    assert codes(bench.read(organisations(bench), log(bench), who(bench, missing))) == ["no_activity"]


@pytest.mark.parametrize("code", ["P001", "J.P.", "1234", "Politie; P001"])
def test_a_code_for_a_person_is_refused_also_when_somebody_confirms_it(bench: Bench, code: str) -> None:
    bench.take_in(organisations(bench), log(bench))
    confirmed = {code: "safety", "P001": "safety"}
    preview = bench.read(who(bench, ROWS[0], f"2024-01-08,training,{code}"), organisations=confirmed)
    assert told(preview) == [(3, "participant", "looks_like_person")]
    assert preview.unknown_partners == []
    (problem, _) = warning_lines(preview, "refused", speak("nl"))
    assert problem.endswith(
        "Dit lijkt een code voor een persoon. Schrijf de organisatie op, of haal deze rij weg."
    )


def test_an_unknown_organisation_is_made_only_after_somebody_said_its_domain(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench))
    present = who(bench, ROWS[0], "2024-01-08,training,Jeugdhulp", "2024-01-08,training,jeugdhulp")
    refused = bench.read(present)
    assert told(refused) == [(3, "participant", "unknown_partner"), (4, "participant", "unknown_partner")]
    assert refused.unknown_partners == ["Jeugdhulp"]
    bench.take_in(present, organisations={"Jeugdhulp": "care"}, batch="wie")
    assert there(bench)["2024-01-08", "training"] == ["Politie", "Jeugdhulp"]
    undone = bench.store.undo_batch("wie", reason="verkeerd", by="tester")
    assert (undone.withdrawn, undone.in_use) == ({Partner: 1}, [])
    assert there(bench)["2024-01-08", "training"] == []
    assert bench.store.verify() == []


def test_a_cell_with_data_of_a_person_is_refused(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench))
    preview = bench.read(who(bench, "2024-01-08,training,jan@voorbeeld.nl"))
    assert ("looks_like_email", "participant") in [(one.code, one.column) for one in preview.problems]
    assert {problem.text for problem in preview.problems} == {""}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",training,Politie", "required"),
        ("2024-01-08,,Politie", "required"),
        ("2024-01-08,training,", "required"),
        ("2024-01-08,training, ; ", "required"),
        ("2024-13-08,training,Politie", "no_such_day"),
        ("2028-01-08,training,Politie", "too_far_ahead"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_rule(bench: Bench, row: str, problem: str) -> None:
    bench.take_in(organisations(bench), log(bench))
    assert [(line, code) for line, _, code in told(bench.read(who(bench, ROWS[0], row)))] == [(3, problem)]


def test_a_missing_column_is_named(bench: Bench) -> None:
    preview = bench.read(who(bench, "2024-01-08,Politie", header="date,participant"))
    assert told(preview) == [(1, "kind", "missing_column")]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("deelnemers.csv", "Datum;Soort;Deelnemer"),
        ("aanwezigheid.csv", "aanwezig;activiteit;datum;tafel"),
        ("participants.csv", "Organisatie;Type;Datum"),
    ],
)
def test_a_dutch_list_with_semicolons_is_read(bench: Bench, name: str, header: str) -> None:
    bench.take_in(organisations(bench), log(bench))
    cells = {"datum": "08-01-2024", "tafel": "3"}
    cells |= dict.fromkeys(("soort", "activiteit", "type"), "Training of studiebijeenkomst")
    cells |= dict.fromkeys(("deelnemer", "aanwezig", "organisatie"), '"Politie; School"')
    label = next(term.nl for term in bench.store.vocabulary("activity_kind") if term.code == "training")
    row = ";".join(cells[heading.lower()] for heading in header.split(";"))
    bench.take_in(bench.file(name, header, row.replace("Training of studiebijeenkomst", label)))
    assert there(bench)["2024-01-08", "training"] == ["Politie", "School"]


def test_a_workbook_with_a_sheet_of_participants_is_read(bench: Bench) -> None:
    day = date(2024, 1, 8)
    book = bench.book(
        "log.xlsx",
        deelnemers=[("datum", "soort", "deelnemer"), (day, "training", "Politie"), (day, "training", "GGD")],
        activiteiten=[("datum", "soort"), (day, "training")],
        organisaties=[("naam", "domein"), ("Politie", "safety"), ("GGD", "care")],
    )
    bench.take_in(book)
    assert there(bench) == {("2024-01-08", "training"): ["Politie", "GGD"]}


def test_a_kind_of_the_users_own_is_known_when_its_activities_come_with_it(bench: Bench) -> None:
    rows = log(bench, "date,kind", "2024-01-08,Scrum of scrums")
    bench.take_in(organisations(bench), rows, who(bench, "2024-01-08,scrum of  scrums,Politie"))
    assert there(bench) == {("2024-01-08", "scrum_of_scrums"): ["Politie"]}
    bench.store.archive_term("activity_kind", "scrum_of_scrums", by="tester")
    assert bench.read(who(bench, "2024-01-08,Scrum of scrums,GGD")).problems == []


def test_a_log_that_changed_after_the_look_keeps_the_whole_list_out(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench))
    present = who(bench, *ROWS, "2024-01-08,training,Jeugdhulp")
    preview = bench.read(present, organisations={"Jeugdhulp": "care"})
    (first, *_) = bench.store.records(Activity)
    by_hand = replace(first.record, note="zie dossier")
    bench.store.correct(first.id, by_hand, seen_version=1, reason="aanvulling", by="collega")
    with pytest.raises(Conflict):
        exchange.write(bench.store, preview, by="tester", batch="wie", reason="r")
    assert (there(bench), len(bench.held(Partner))) == ({key: [] for key in BOTH}, 3)
    bench.take_in(present, organisations={"Jeugdhulp": "care"})
    assert there(bench)["2024-01-08", "training"] == ["Politie", "School", "Jeugdhulp"]
    assert bench.held(Activity)[0].note == "zie dossier"


def test_an_import_without_a_reason_changes_no_activity_of_the_log(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench))
    preview = bench.read(who(bench, *ROWS))
    with pytest.raises(InvalidRecord):
        exchange.write(bench.store, preview, by="tester", batch="wie")
    assert there(bench) == {key: [] for key in BOTH}


def test_the_import_says_what_it_would_do(bench: Bench) -> None:
    bench.take_in(organisations(bench), log(bench))
    present = who(bench, *ROWS)
    assert list(said_lines(bench.read(present), "imported", speak("nl"))) == [
        "3 nieuwe rijen over wie er waren",
        "Bij 2 activiteiten in het logboek komen organisaties die er waren erbij. Er gaat niemand af.",
    ]
    bench.take_in(present)
    assert list(said_lines(bench.read(present), "imported", speak("nl"))) == [
        "Niets nieuws.",
        "3 rijen staan er al in: overgeslagen.",
    ]


def test_from_an_empty_database_the_grid_shows_who_was_at_the_meetings(bench: Bench) -> None:
    bench.file("partners.csv", *PARTNERS)
    days = [TODAY - timedelta(days=28 * back) for back in (3, 2, 1)]
    log(bench, "date,kind,arrangement", *(f"{day},regular_meeting,Driehoek" for day in days))
    present = zip(days, ("Politie", "Politie; School", "School"), strict=True)
    who(bench, *(f'{day},regular_meeting,"{names}"' for day, names in present))
    bench.take_in(bench.folder)
    (triangle,) = bench.store.records(Arrangement)
    grid = attendance(bench.store.cooperation(TODAY), triangle.id)
    names = {held.id: held.record.name for held in bench.store.records(Partner)}
    assert grid.meetings == tuple(days)
    assert {names[row.partner]: row.marks for row in grid.rows} == {
        "Politie": ("there", "there", "absent"),
        "School": ("before", "there", "there"),
    }
    assert grid.present == (1, 2, 1)


def test_what_came_in_goes_out_with_its_activity_and_comes_back(bench: Bench) -> None:
    """An export has no list of its own: the activities hold who was there, also of several on a day."""
    from tracker.exchange import export
    from tracker.words.exports import field_list

    bench.take_in(organisations(bench), log(bench), who(bench, *ROWS))
    bench.take_in(log(bench, "date,kind,title,partners", "2024-01-08,training,Andere,GGD"))
    out = bench.folder / "out"
    export.save_folder(bench.store, out, dutch=False, field_list=field_list(speak("en")))
    assert not (out / "participants.csv").exists()
    before = by_title(bench)
    bench.store.path.unlink()
    bench.store = fresh(bench.folder)
    bench.take_in(out)
    assert before == {"Rollen": ["Politie", "School"], "Andere": ["GGD"], "": ["GGD"]}
    assert by_title(bench) == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from(["Politie", "School", "GGD"])), min_size=1, max_size=12
    ),
    cut=st.integers(0, 12),
    seed=st.integers(0, 99),
)
def test_parts_in_any_order_add_up_and_undo_to_nothing(bench: Bench, rows, cut: int, seed: int) -> None:
    """The oracle: the set of (day, organisation) in the rows, whatever way they came in."""
    bench.store.path.unlink()
    bench.store = fresh(bench.folder)
    bench.take_in(
        organisations(bench), log(bench, "date,kind", *(f"2024-01-0{day},training" for day in range(1, 7)))
    )
    empty = bench.held(Activity)
    lines = [f"2024-01-0{day},training,{name}" for day, name in rows]
    random.Random(seed).shuffle(lines)
    parts = [part for part in (lines[:cut], lines[cut:], lines) if part]
    for number, part in enumerate(parts):
        preview = bench.take_in(who(bench, *part), batch=f"deel {number}")
        assert len(preview.attendance) + len(preview.doubles) == len(part)
    found = {(int(day[-2:]), name) for (day, _), names in there(bench).items() for name in names}
    assert found == set(rows)
    known = {one.batch for one in bench.store.imports()}
    for number in reversed(range(len(parts))):
        if f"deel {number}" in known:
            assert bench.store.undo_batch(f"deel {number}", reason="terug", by="tester").touched == []
    assert bench.held(Activity) == empty
    assert bench.store.verify() == []
