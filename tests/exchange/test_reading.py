"""Rows of the four files -> records: names, codes and links are found, and every wrong row is named."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.workbench import TODAY, Bench, codes, told
from tracker import exchange
from tracker.exchange import ImportRefused, write
from tracker.records import Activity, Arrangement, Incident, InvalidRecord, Occurrence, Partner, activity_mode
from tracker.store import InvalidBatch
from tracker.words import LANGUAGES, speak
from tracker.words.import_problems import PROBLEMS, problem_line
from tracker.words.imports import said_lines, warning_lines

INCIDENTS = "date,title,severity"
ACTIVITIES = "date,kind,title,arrangement,incident,partners,count,weight,state,moved_to,reason"


def activity(bench: Bench, **cells: str) -> list[str]:
    """Codes of the problems of one activity row, which is sound but for what is given."""
    row = {"date": "2024-02-12", "kind": "training"} | cells
    line = ",".join(row.get(heading, "") for heading in ACTIVITIES.split(","))
    return codes(bench.read(bench.file("activities.csv", ACTIVITIES, line)))


def test_the_four_files_find_each_other(bench: Bench) -> None:
    bench.take_in(
        bench.file(
            "activities.csv",
            "datum;soort;aanleiding;samenwerkingsvorm;organisaties",
            '10-2-2024;Acuut overleg;vechtpartij;DRIEHOEK;"Politie; gemeente"',
        ),
        bench.file("incidents.csv", "titel,ernst,datum", "Vechtpartij,Ernstig incident,2024-02-10"),
        bench.file("arrangements.csv", "naam,soort,ritme", "Driehoek,Lokale driehoek,4"),
        bench.file("partners.csv", "domein,naam", "Veiligheid,Politie", "governance,Gemeente"),
    )
    (held,) = bench.held(Activity)
    assert (held.kind, activity_mode(held), len(held.partner_ids)) == (
        "crisis_consultation",
        "structure_in_action",
        2,
    )
    assert [one.title for one in bench.held(Incident)] == ["Vechtpartij"]
    assert bench.held(Arrangement) == [
        Arrangement(name="Driehoek", kind="local_triangle", cadence="FREQ=WEEKLY;INTERVAL=4", grace_weeks=2)
    ]
    assert {one.name: one.domain for one in bench.held(Partner)} == {
        "Politie": "safety",
        "Gemeente": "governance",
    }
    assert bench.store.verify() == []


def test_names_in_the_store_are_found_in_a_later_import(bench: Bench) -> None:
    bench.take_in(
        bench.file("incidents.csv", INCIDENTS, "2024-02-10,Brand,3"),
        bench.file("partners.csv", "name,domain", "Politie,safety"),
    )
    preview = bench.take_in(
        bench.file("activities.csv", "date,kind,incident,partners", "2024-02-11,nazorg,brand,politie")
    )
    (held,) = bench.held(Activity)
    assert preview.new_partners == []
    assert (held.incident_id, held.partner_ids) == (1, (1,))


def test_an_import_of_meetings_alone_makes_its_arrangements(bench: Bench) -> None:
    preview = bench.take_in(
        bench.file(
            "activities.csv",
            "date,kind",
            "2024-01-08,Werkgroep A",
            "2024-02-08,werkgroep a",
            "2024-02-09,Stuurgroep",
        ),
        mapping={"kind": "arrangement"},
    )
    assert preview.new_arrangements == ["Werkgroep A", "Stuurgroep"]
    assert {one.kind for one in bench.held(Activity)} == {"regular_meeting"}
    assert {one.name: one.kind for one in bench.held(Arrangement)}["Stuurgroep"] == "steering_group"


def test_an_unknown_kind_becomes_a_joint_kind_of_our_own(bench: Bench) -> None:
    preview = bench.take_in(
        bench.file("activities.csv", "date,kind", "2024-01-08,Meet-up café", "2024-01-09,meet-up CAFÉ")
    )
    assert [(term.code, term.joint) for term in preview.new_kinds] == [("meet_up_cafe", True)]
    assert {one.kind for one in bench.held(Activity)} == {"meet_up_cafe"}
    again = bench.read(bench.file("activities.csv", "date,kind", "2024-03-08,Meet-up café"))
    assert (again.new_kinds, again.problems) == ([], [])


@pytest.mark.parametrize(
    "kind", ["regular_meeting", "Regulier overleg", "REGULAR MEETING", "regular-meeting"]
)
def test_a_kind_is_known_by_its_code_and_by_both_its_labels(bench: Bench, kind: str) -> None:
    preview = bench.read(bench.file("activities.csv", "date,kind", f"2024-01-08,{kind}"))
    assert preview.new_kinds == []
    assert [getattr(found.record, "kind", "") for found in preview.found] == ["regular_meeting"]


def test_a_bare_number_of_partners_is_a_number_and_not_a_name(bench: Bench) -> None:
    preview = bench.read(bench.file("activities.csv", "date,kind,partners", "2024-01-08,training,10.0"))
    (found,) = preview.found
    assert isinstance(found.record, Activity)
    assert (found.record.partner_count, found.record.partner_ids) == (10, ())


def test_a_meeting_that_was_not_simply_held_is_no_activity(bench: Bench) -> None:
    bench.take_in(
        bench.file(
            "activities.csv",
            ACTIVITIES,
            "2024-02-12,,,Weegploeg,,,,,afgezegd,,ziekte",
            "2024-03-12,,,Weegploeg,,,,,moved,2024-03-14,",
            "2024-04-12,,,Weegploeg,,,,,gehouden,,",
        )
    )
    assert [(one.state, one.due_on.month) for one in bench.held(Occurrence)] == [
        ("cancelled", 2),
        ("moved", 3),
    ]
    assert [one.happened_on.month for one in bench.held(Activity)] == [4]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"date": ""}, "required"),
        ({"date": "30-02-2024"}, "no_such_day"),
        ({"date": "1999-12-31"}, "too_early_date"),
        ({"date": "2027-04-02"}, "too_far_ahead"),
        ({"date": "9999-01-01"}, "too_far_ahead"),
        ({"date": "45292"}, "excel_serial"),
        ({"kind": ""}, "required"),
        ({"kind": "!!!"}, "bad_name"),
        ({"kind": "x" * 201}, "too_long"),
        ({"kind": "rechts\u202elinks"}, "hidden_characters"),
        ({"count": "0.25"}, "not_whole"),
        ({"count": "-1"}, "out_of_range"),
        ({"count": "veel"}, "bad_number"),
        ({"weight": "nan"}, "bad_number"),
        ({"partners": "Politie"}, "unknown_partner"),
        ({"partners": "20000"}, "out_of_range"),
        ({"incident": "Nooit gebeurd"}, "unknown_incident"),
        ({"state": "misschien"}, "unknown_state"),
        ({"state": "cancelled"}, "state_needs_arrangement"),
        ({"state": "cancelled", "arrangement": "Weegploeg"}, "required"),
        ({"state": "moved", "arrangement": "Weegploeg"}, "required"),
        ({"title": "x" * 201}, "too_long"),
        ({"title": "bel\x07"}, "hidden_characters"),
    ],
)
def test_a_wrong_activity_is_refused_with_the_rule_it_breaks(
    bench: Bench, cells: dict[str, str], code: str
) -> None:
    assert activity(bench) == []
    assert activity(bench, **cells) == [code]


def test_all_that_is_wrong_with_a_row_is_said_at_once(bench: Bench) -> None:
    preview = bench.read(
        bench.file("incidents.csv", "datum,titel,ernst,soort,oefening", "geen,,9,brand,soms")
    )
    assert told(preview) == [
        (2, "datum", "bad_date"),
        (2, "titel", "required"),
        (2, "soort", "unknown_code"),
        (2, "oefening", "not_yes_or_no"),
    ]


def test_one_wrong_row_keeps_everything_out(bench: Bench) -> None:
    rows = [f"2024-01-{day:02},training" for day in range(1, 29)]
    preview = bench.read(bench.file("activities.csv", "date,kind", *rows, "2024-02-30,Nieuwe soort"))
    revision = bench.store.revision()
    with pytest.raises(ImportRefused):
        exchange.write(bench.store, preview, by="tester", batch="batch")
    assert bench.store.revision() == revision
    bench.take_in(bench.file("activities.csv", "date,kind", *rows))
    assert len(bench.held(Activity)) == 28


def test_what_changed_since_the_preview_keeps_everything_out(bench: Bench) -> None:
    paths = [
        bench.file("partners.csv", "name,domain", "Politie,safety"),
        bench.file("activities.csv", "date,kind,partners", "2024-01-08,Nieuw soort,Politie"),
    ]
    preview = bench.read(*paths)
    bench.store.add(Partner(name="POLITIE", domain="safety"), by="colleague")
    revision = bench.store.revision()
    with pytest.raises(InvalidBatch):
        exchange.write(bench.store, preview, by="tester", batch="batch")
    assert bench.store.revision() == revision
    assert len(bench.read(*paths).doubles) == 1
    bench.take_in(*paths)
    assert (len(bench.held(Activity)), len(bench.held(Partner))) == (1, 1)


def test_slashes_are_read_when_the_file_proves_their_order(bench: Bench) -> None:
    rows = ["02/01/2024,training", "13/01/2024,training"]
    preview = bench.read(bench.file("activities.csv", "date,kind", *rows))
    assert [getattr(found.record, "happened_on", None) for found in preview.found] == [
        date(2024, 1, 2),
        date(2024, 1, 13),
    ]
    assert preview.files[0].slashes.order == "day"
    assert codes(bench.read(bench.file("activities.csv", "date,kind", rows[0]))) == ["ambiguous_date"]


def test_a_file_that_mixes_day_first_and_month_first_is_refused_with_one_line_of_each(bench: Bench) -> None:
    rows = ["04/04/2024,training", "25/03/2024,training", "26/03/2024,training", "03/14/2024,training"]
    assert codes(bench.read(bench.file("activities.csv", "date,kind", *rows[:3]))) == []
    preview = bench.read(bench.file("activities.csv", "date,kind", *rows))
    assert told(preview) == [(3, "date", "mixed_date_order"), (5, "date", "mixed_date_order")]
    assert [problem.text for problem in preview.problems] == ["25/03/2024", "03/14/2024"]
    doubtful = bench.read(bench.file("activities.csv", "date,kind", *rows, "03/04/2024,training"))
    assert codes(doubtful) == ["mixed_date_order", "mixed_date_order", "ambiguous_date"]


def test_a_line_break_in_a_cell_is_a_space_and_a_note_keeps_its_lines(bench: Bench) -> None:
    data = 'date,title,severity,note,place\r\n2024-02-10,"Rel bij\r\nhet plein",3,"een\r\ntwee","a\rb"\r\n'
    bench.take_in(bench.raw("incidents.csv", data.encode()))
    (held,) = bench.held(Incident)
    assert (held.title, held.place, held.note) == ("Rel bij het plein", "a b", "een\ntwee")
    path = bench.file("activities.csv", "date,kind,partners", '2024-02-11,"crisis\noverleg","Politie;\nGGD"')
    partners = bench.file("partners.csv", "name,domain", "Politie,safety", "GGD,care")
    preview = bench.take_in(path, partners)
    assert [term.nl for term in preview.new_kinds] == ["crisis overleg"]
    assert [len(one.partner_ids) for one in bench.held(Activity)] == [2]


def test_problems_stand_in_the_order_of_the_files_and_their_lines(bench: Bench) -> None:
    preview = bench.read(
        bench.file("partners.csv", "name,domain", "P001,safety"),
        bench.file(
            "activities.csv", "date,kind", "2024-13-01,training", "te,veel,cellen", "2024-02-30,training"
        ),
    )
    places = [(problem.file, problem.line) for problem in preview.problems]
    assert places == [
        ("activities.csv", 2),
        ("activities.csv", 3),
        ("activities.csv", 4),
        ("partners.csv", 2),
    ]


def test_an_unknown_organisation_is_a_problem_of_its_row(bench: Bench) -> None:
    assert activity(bench, partners="Voetbalclub") == ["unknown_partner"]
    assert activity(bench, partners="P001") == ["looks_like_person"]
    bench.store.add(Partner(name="Voetbalclub", domain="social"), by="tester")
    assert activity(bench, partners="Voetbalclub") == []


def test_headings_may_stand_in_any_order_case_and_language(bench: Bench) -> None:
    preview = bench.read(
        bench.file("incidents.csv", "ERNST, Titel ,Rechtmatig protest,Date", "1,Mars,ja,2024-01-08")
    )
    (found,) = preview.found
    assert found.record == Incident(
        happened_on=date(2024, 1, 8), title="Mars", severity=1, lawful_protest=True
    )


def test_unknown_columns_are_reported_and_change_nothing(bench: Bench) -> None:
    preview = bench.read(
        bench.file(
            "incidents.csv",
            "id,version,date,title,severity,severity_raw,approved_by",
            "7,9,2024-01-08,a,4.0,high,x",
        )
    )
    assert [heading for _, heading in preview.unknown_columns] == [
        "id",
        "version",
        "severity_raw",
        "approved_by",
    ]
    assert next(iter(preview.found)).record == Incident(happened_on=date(2024, 1, 8), title="a", severity=4)


def test_a_heading_that_is_missing_or_double_stops_the_file(bench: Bench) -> None:
    assert told(bench.read(bench.file("incidents.csv", "date,title", "2024-01-08,a"))) == [
        (1, "severity", "missing_column")
    ]
    assert told(bench.read(bench.file("activities.csv", "date", "2024-01-08"))) == [
        (1, "kind", "missing_column")
    ]
    assert told(
        bench.read(bench.file("incidents.csv", "date,datum,title,severity", "2024-01-08,2024-01-09,a,3"))
    ) == [(1, "datum", "double_column")]


def test_a_column_can_be_told_what_it_holds(bench: Bench) -> None:
    path = bench.file("incidents.csv", "wanneer,title,severity", "2024-01-08,a,3")
    assert codes(bench.read(path)) == ["missing_column"]
    assert codes(bench.read(path, mapping={"Wanneer": "date"})) == []
    assert codes(bench.read(path, mapping={"wanneer": "date", "waar": "place"})) == ["no_such_column"]


def test_two_incidents_of_one_title_need_their_day(bench: Bench) -> None:
    bench.take_in(bench.file("incidents.csv", INCIDENTS, "2024-01-08,Brand,3", "2024-05-08,Brand,3"))
    assert activity(bench, incident="Brand") == ["ambiguous_incident"]
    assert activity(bench, incident="2024-05-08 Brand") == []
    assert activity(bench, incident="08-05-2024: brand") == []
    assert activity(bench, incident="2024-05-09 Brand") == ["unknown_incident"]


def test_codes_for_persons_are_no_organisations(bench: Bench) -> None:
    preview = bench.read(
        bench.file("partners.csv", "name,domain", "P001,safety", "J.K.,care", "4711,care", "GGD,care")
    )
    assert codes(preview) == ["looks_like_person"] * 3
    assert preview.new_partners == ["GGD"]


def test_a_name_twice_in_the_files_is_said(bench: Bench) -> None:
    preview = bench.read(bench.file("partners.csv", "name,domain", "Politie,safety", "politie,care"))
    assert told(preview) == [(3, "name", "twice_in_files")]


def test_an_archived_kind_is_no_longer_a_choice(bench: Bench) -> None:
    assert activity(bench, kind="funding") == []
    bench.store.archive_term("activity_kind", "funding", by="tester")
    assert activity(bench, kind="Financiering") == ["archived_code"]


def test_what_is_shown_of_a_cell_is_short_and_steers_no_terminal(bench: Bench) -> None:
    preview = bench.read(bench.file("activities.csv", "date,kind", f"\x1b[31m{'9' * 90},training"))
    (problem,) = preview.problems
    assert len(problem.text) <= 40
    assert problem.text.isprintable()


def test_data_of_a_person_keeps_the_rows_out_until_its_kind_is_explained(bench: Bench) -> None:
    path = bench.file(
        "activities.csv",
        "date,kind,title,arrangement,note",
        "2024-02-10,training,Overleg van 10-02-2024,,kosten 12.500",
        "2024-02-11,training,bel 06-12345678,jan@voorbeeld.nl,ook 06-12345678 en piet@voorbeeld.nl",
    )
    found = [(one.line, one.column, one.code, one.text) for one in bench.read(path).problems]
    assert found == [
        (3, "title", "looks_like_phone", ""),
        (3, "arrangement", "looks_like_email", ""),
        (3, "note", "looks_like_phone", ""),
        (3, "note", "looks_like_email", ""),
    ]
    half = bench.read(path, explained={"phone": "public_number"})
    assert {one.code for one in half.problems} == {"looks_like_email"}
    whole = bench.read(path, explained={"phone": "public_number", "email": "no_person"})
    assert (whole.problems, whole.personal, whole.count(Activity)) == ([], [], 2)


def test_what_may_be_a_person_stops_nothing_in_the_preview_and_is_refused_without_a_look(
    bench: Bench,
) -> None:
    path = bench.file("activities.csv", "date,kind,title", "2024-02-10,training,Gesprek met mevr. Jansen")
    preview = bench.read(path)
    assert [(one.line, one.code) for one in preview.personal] == [(2, "looks_like_titled_name")]
    assert not preview.problems
    with pytest.raises(InvalidRecord, match="looks_like_titled_name"):
        write(bench.store, preview, by="tester", batch="een")
    write(bench.store, preview, by="tester", batch="een", ticked=True)
    (line,) = bench.store.register.log(action="override", limit=9)
    assert (line.object, line.detail["why"]) == ("import een", "looked_at")
    assert "Jansen" not in repr(line)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bsn 111222333", "bsn"),
        ("111.222.333", "bsn"),
        ("a@b.nl", "email"),
        ("NL91 ABNA 0417 1643 00", "iban"),
        ("+31 6 12345678", "phone"),
        ("(0118) 123456", "phone"),
    ],
)
def test_every_kind_of_data_of_a_person_is_noticed_in_a_file(bench: Bench, text: str, kind: str) -> None:
    for field in ("title", "note", "source", "place"):
        preview = bench.read(
            bench.file("incidents.csv", f"date,severity,title,{field}x,{field}", f"2024-02-10,3,a,x,{text}")
            if field != "title"
            else bench.file("incidents.csv", "date,severity,title", f"2024-02-10,3,{text}")
        )
        assert [(one.column, one.code) for one in preview.problems] == [(field, f"looks_like_{kind}")]


def test_a_refused_row_is_looked_at_too_and_its_text_is_not_repeated(bench: Bench) -> None:
    preview = bench.read(
        bench.file("activities.csv", "date,kind,partners", "2024-02-10,training,jan@voorbeeld.nl")
    )
    codes = [(problem.code, problem.text) for problem in preview.problems]
    assert codes == [("looks_like_email", ""), ("unknown_partner", "")]


def test_nothing_said_about_an_import_repeats_data_of_a_person(bench: Bench) -> None:
    preview = bench.read(
        bench.file(
            "activities.csv",
            "date,kind,arrangement,jan@voorbeeld.nl",
            "2024-02-10,piet@voorbeeld.nl,kees@voorbeeld.nl,x",
            "2024-02-10,training,Weegploeg,x",
        )
    )
    for language in LANGUAGES:
        say = speak(language)
        lines = [*said_lines(preview, "imported", say), *warning_lines(preview, "imported", say)]
        assert "@" not in "".join(lines)
        assert "Weegploeg" in "".join(lines)


def test_free_text_is_not_repeated_in_a_problem(bench: Bench) -> None:
    preview = bench.read(
        bench.file("incidents.csv", INCIDENTS + ",note", f"2024-01-08,a,3,{'geheim ' * 400}")
    )
    assert [(problem.code, problem.text) for problem in preview.problems] == [("too_long", "")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invisible_character_in_a_file_gets_the_advice_for_a_file(bench: Bench, language: str) -> None:
    say = speak(language)
    preview = bench.read(bench.file("incidents.csv", INCIDENTS, "2024-01-08,bel\x07,3"))
    (line,) = [problem_line(problem, say) for problem in preview.problems]
    assert line.startswith("incidents.csv, ")
    assert "title" in line
    assert line != f"incidents.csv: {say.problem('hidden_characters')}"
    assert say.problem("hidden_characters") not in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_says_where_what_and_what_to_do(bench: Bench, language: str) -> None:
    say = speak(language)
    preview = bench.read(
        bench.file("activities.csv", "date,kind,count", "31-12-24,training,1", "2024-01-08,training,x")
    )
    for problem, place in zip(preview.problems, (2, 3), strict=True):
        line = problem_line(problem, say)
        assert line.startswith("activities.csv")
        assert str(place) in line
        assert "code:" not in line
    assert all(say(text).strip() for text in PROBLEMS.values())


def test_days_up_to_a_year_ahead_may_be_planned(bench: Bench) -> None:
    assert activity(bench, date=TODAY.replace(year=2027).isoformat()) == []
