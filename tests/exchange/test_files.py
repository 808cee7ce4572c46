"""Bytes of a file -> text, whoever saved it; what cannot be read for certain is refused."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path

import pytest

from tests.exchange.workbench import Bench, codes, told
from tracker.records import Incident

LINES = "datum;titel;ernst;plaats\n2024-02-10;Vechtpartij café;3;Één plein\n"


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("cp1252"),
        codecs.BOM_UTF16_LE + LINES.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LINES.encode("utf-16-be"),
        LINES.replace("\n", "\r\n").encode(),
        ("sep=;\r\n" + LINES.replace("\n", "\r\n")).encode("cp1252"),
        LINES.replace(";", ",").encode(),
        LINES.replace(";", "\t").encode(),
        ("sep=|\n" + LINES.replace(";", "|")).encode(),
    ],
)
def test_the_same_rows_come_out_however_the_file_was_saved(bench: Bench, data: bytes) -> None:
    preview = bench.read(bench.raw("incidents.csv", data))
    assert preview.problems == []
    (found,) = preview.found
    assert isinstance(found.record, Incident)
    assert (found.record.title, found.record.place) == ("Vechtpartij café", "Één plein")


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (LINES.encode("utf-16-le"), "not_text", 1),
        (b"PK\x03\x04\x00\x00", "not_text", 1),
        (LINES.encode() + "2024-02-11;café;3;x\n".encode("cp1252"), "mixed_encoding", 2),
        (b"datum;titel;ernst\n2024-02-10;\x81\x8d;3\n", "doubtful_encoding", 2),
        (b"\xff\xfed\x00\x00\xd8;\x00", "unknown_encoding", 1),
        (b"", "empty_file", 0),
        (b"\n \n", "empty_file", 0),
    ],
)
def test_letters_that_cannot_be_read_for_certain_are_not_guessed(
    bench: Bench, data: bytes, code: str, line: int
) -> None:
    preview = bench.read(bench.raw("incidents.csv", data))
    assert [(problem.code, problem.line) for problem in preview.problems] == [(code, line)]
    assert not preview.found


def test_a_quote_that_is_never_closed_does_not_swallow_rows(bench: Bench) -> None:
    rows = ["date,title,severity", "2024-01-01,goed,3", '2024-01-02,"open,3', "2024-01-03,verloren,3"]
    preview = bench.read(bench.file("incidents.csv", *rows))
    assert told(preview) == [(3, "", "broken_quotes")]
    rows[2] = '2024-01-02,"dicht",3'
    assert len(bench.read(bench.file("incidents.csv", *rows)).found) == 3


def test_a_cell_of_a_novel_is_refused_with_its_line(bench: Bench) -> None:
    preview = bench.read(bench.file("incidents.csv", "date,title,severity", f"2024-01-01,{'x' * 200_000},3"))
    assert told(preview) == [(2, "", "cell_too_long")]


def test_a_note_may_have_several_lines_and_later_rows_keep_their_line(bench: Bench) -> None:
    preview = bench.read(
        bench.file(
            "incidents.csv", "date,title,severity,note", '2024-01-01,a,3,"een', 'twee"', "geen dag,b,3,"
        )
    )
    assert told(preview) == [(4, "date", "bad_date")]


def test_a_row_of_another_width_is_named_and_not_shifted(bench: Bench) -> None:
    preview = bench.read(
        bench.file(
            "incidents.csv",
            "date,title,severity",
            "2024-01-01,te,veel,3",
            "2024-01-02,weinig",
            "2024-01-03,a,3,,",
        )
    )
    assert told(preview) == [(2, "", "wrong_cell_count"), (3, "", "wrong_cell_count")]
    assert len(preview.found) == 1


def test_empty_lines_are_no_rows(bench: Bench) -> None:
    preview = bench.read(
        bench.file("incidents.csv", "", "date,title,severity", "", ",,", "2024-01-01,a,3", "")
    )
    assert preview.problems == []
    assert len(preview.found) == 1


def test_a_folder_gives_its_tables_and_says_what_it_left_alone(bench: Bench) -> None:
    bench.file("incidents.csv", "date,title,severity", "2024-01-01,a,3")
    bench.file("calendar.csv", "a", "b")
    preview = bench.read(bench.folder)
    assert [file.table for file in preview.files] == ["incidents"]
    assert preview.ignored_files == ["calendar.csv", "tracker.db"]


def test_files_that_never_come_in_are_refused_by_name(bench: Bench) -> None:
    paths = [
        bench.file("agenda.csv", "date"),
        bench.file("notes.docx", "x"),
        bench.folder / "nowhere.csv",
    ]
    assert codes(bench.read(*paths)) == [
        "unknown_table",  # agenda.csv
        "format_not_supported",  # notes.docx
        "no_such_file",  # nowhere.csv
    ]
    empty = bench.folder / "empty"
    empty.mkdir()
    assert codes(bench.read(empty)) == ["nothing_to_import"]


def test_what_is_no_ordinary_file_is_not_called_missing(bench: Bench) -> None:
    device = bench.folder / "incidents.csv"
    device.symlink_to("/dev/null")
    assert codes(bench.read(device)) == ["no_plain_file"]
    device.unlink()
    assert codes(bench.read(device)) == ["no_such_file"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that refuses to be read")
def test_a_file_that_cannot_be_read_is_a_problem_and_no_crash(bench: Bench) -> None:
    (bench.folder / "incidents.csv").symlink_to("/proc/self/mem")
    good = bench.file("partners.csv", "name,domain", "Politie,safety")
    preview = bench.read(bench.folder / "incidents.csv", good)
    assert [(problem.file, problem.code) for problem in preview.problems] == [("incidents.csv", "unreadable")]
    assert preview.new_partners == ["Politie"]


def test_a_file_above_fifty_megabytes_is_refused_unread(bench: Bench) -> None:
    path = bench.file("incidents.csv", "date,title,severity")
    with path.open("r+b") as file:
        file.truncate(50_000_001)
    assert codes(bench.read(path)) == ["too_large"]


def test_letters_of_dos_or_apple_are_asked_about_and_never_guessed(bench: Bench) -> None:
    """T32. With a control: the same text as Windows saves it, and a closing quote, are no doubt."""
    text = "datum;titel;ernst\n2024-02-10;Rel bij café Één;3\n"
    for encoding in ("cp850", "mac_roman"):
        path = bench.raw("incidents.csv", text.encode(encoding))
        preview = bench.read(path)
        assert told(preview) == [(2, "", "doubtful_encoding")]
        (question,) = preview.questions
        assert "caf" in question.samples[question.choices.index(encoding)]
        answered = bench.read(path, answers={question.key: encoding})
        assert [found.record.title for found in answered.found if isinstance(found.record, Incident)] == [
            "Rel bij café Één"
        ]
    control = "datum;titel;ernst\n2024-02-10;Rel „café” – auto’s…;3\n".encode("cp1252")
    assert bench.read(bench.raw("incidents.csv", control)).problems == []


@pytest.mark.parametrize("letters", ["cafÃ©", "Ã‰Ã©n", "â€œcitaatâ€\x9d", "lost \ufffd letter", "Â§ 3"])
def test_letters_that_were_garbled_before_are_refused_with_their_line(bench: Bench, letters: str) -> None:
    """T32: nothing is stored that reads as Ã©; the control is the letter itself."""
    lines = ["date,title,severity", "2024-02-10,goed café,3", f"2024-02-11,{letters},3"]
    assert told(bench.read(bench.file("incidents.csv", *lines))) == [(3, "", "garbled_letters")]
    assert bench.read(bench.file("incidents.csv", *lines[:2], "2024-02-11,São Ângelo,3")).problems == []


def test_days_that_may_be_read_two_ways_are_asked_about_once(bench: Bench) -> None:
    path = bench.file("incidents.csv", "date,title,severity", "03/04/2024,a,3", "05/06/2024,b,3")
    preview = bench.read(path)
    (question,) = preview.questions
    assert (question.key, question.choices, question.samples) == (
        "date_order:incidents.csv",
        ("day", "month"),
        ("03/04/2024",),
    )
    assert codes(preview) == ["ambiguous_date"] * 2
    for key in (question.key, question.kind):
        answered = bench.read(path, answers={key: "month"})
        assert [getattr(found.record, "happened_on", None) for found in answered.found] == [
            date(2024, 3, 4),
            date(2024, 5, 6),
        ]
        assert answered.questions == []


def test_a_file_whose_name_says_nothing_is_asked_about(bench: Bench) -> None:
    path = bench.file("export (2).csv", "date,title,severity", "2024-04-03,a,3")
    (question,) = bench.read(path).questions
    assert "incidents" in question.choices
    assert bench.read(path, answers={question.key: "incidents"}).count(Incident) == 1


def test_what_the_columns_were_taken_for_can_be_kept_for_the_next_time(bench: Bench) -> None:
    path = bench.file("incidents.csv", "wanneer,titel,ernst,x", "2024-04-03,a,3,")
    preview = bench.read(path, mapping={"wanneer": "date"})
    assert preview.mapping == {"wanneer": "date", "titel": "title", "ernst": "severity"}
    assert preview.files[0].columns[-1] == ("x", "")
    assert bench.read(path, mapping=preview.mapping).problems == []
