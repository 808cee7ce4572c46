"""Bytes of a file -> text, whoever saved it; what cannot be read for certain is refused."""

from __future__ import annotations

import codecs
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
        (b"datum;titel;ernst\n2024-02-10;\x81\x8d;3\n", "unknown_encoding", 2),
        (b"", "empty_file", 0),
        (b"\n \n", "empty_file", 0),
    ],
)
def test_letters_that_cannot_be_read_for_certain_are_not_guessed(
    bench: Bench, data: bytes, code: str, line: int
) -> None:
    preview = bench.read(bench.raw("incidents.csv", data))
    assert [(problem.code, problem.line) for problem in preview.problems] == [(code, line)]
    assert preview.found == []


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


def test_files_that_come_later_or_never_are_refused_by_name(bench: Bench) -> None:
    paths = [
        bench.file("participants.csv", "date,kind,participant", "2024-01-01,x,P001"),
        bench.file("series.csv", "date,series,value"),
        bench.file("agenda.csv", "date"),
        bench.file("book.xlsx", "x"),
        bench.folder / "nowhere.csv",
    ]
    assert codes(bench.read(*paths)) == [
        "unknown_table",  # agenda.csv
        "format_not_supported",  # book.xlsx
        "no_such_file",  # nowhere.csv
        "table_not_supported",  # participants.csv
        "table_not_supported",  # series.csv
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
