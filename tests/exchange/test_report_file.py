"""A report is a file that a spreadsheet opens safely, and it never goes over somebody's work."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracker.exchange import report_file

HEADING = ["File", "Message"]


def test_a_report_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    rows = [("a;b.csv", 'hij zei "nee"'), ("é", "twee\nregels")]
    path.write_bytes(report_file.as_bytes(HEADING, rows, delimiter=";"))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row) for row in csv.reader(file, delimiter=";")] == [tuple(HEADING), *rows]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0", "＝", " =", "\u00a0-"])
def test_no_cell_of_a_report_is_a_formula(start: str) -> None:
    assert report_file.harmless(f"{start}1+1") == f"'{start}1+1"
    assert report_file.harmless(f"som: {start}1+1") == f"som: {start}1+1"


def test_a_report_goes_over_an_earlier_report_and_over_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    assert report_file.refusal(path, [HEADING]) == ""
    assert report_file.refusal(path, [HEADING]) == ""
    path.write_bytes(report_file.as_bytes(HEADING, [], delimiter=","))
    assert report_file.refusal(path, [["Bestand"], HEADING]) == ""
    path.write_text("File,Message,date\nmijn,werk,x\n")
    assert report_file.refusal(path, [HEADING]) == "target_exists"
    assert path.read_text().endswith("mijn,werk,x\n")
    assert report_file.refusal(tmp_path, [HEADING]) == "target_exists"


def test_a_report_needs_a_folder_that_is_there(tmp_path: Path) -> None:
    assert report_file.refusal(tmp_path / "nowhere" / "report.csv", [HEADING]) == "cannot_open"
