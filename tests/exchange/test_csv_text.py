"""A large file is read in pieces, and nobody sees where they meet."""

from __future__ import annotations

import random
import re

import pytest

from tests.exchange.workbench import Bench
from tracker.exchange import csv_text
from tracker.exchange.preview import RowProblem
from tracker.words import speak
from tracker.words.imports import said_lines

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@pytest.mark.parametrize("ends", [["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]])
def test_the_lines_of_a_large_file_are_those_that_a_slow_search_finds(
    ends: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_text, "_PIECE", 100)
    chance = random.Random(3)
    texts = [chance.choice(["", "a,b", "é\u2028\x0bx", "z" * 150]) + chance.choice(ends) for _ in range(300)]
    text = "".join(texts) + "zonder einde"
    assert list(csv_text._lines(text.encode())) == [found.group() for found in LINE.finditer(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_rows_are_the_same_each_time_they_are_cut_from_the_file(encoding: str) -> None:
    lines = [
        "sep=;",
        "",
        "naam;noot",
        'é;"twee',
        'regels"',
        "",
        ";",
        "te;veel;cellen",
        "ruim;genoeg;",
        "laatste;",
    ]
    problems: list[RowProblem] = []
    sheet = csv_text.sheet("a.csv", "partners", lambda: "\n".join(lines).encode(encoding), problems)
    expected = [(4, ["é", "twee\nregels"]), (9, ["ruim", "genoeg"]), (10, ["laatste", ""])]
    assert [list(sheet.rows), list(sheet.rows), len(sheet.rows)] == [expected, expected, 3]
    assert [(problem.line, problem.code) for problem in problems] == [(8, "wrong_cell_count")]
    assert (sheet.header_line, sheet.several_lines) == (3, {4})


def test_rows_behind_a_broken_quote_are_never_there_and_it_is_told_once() -> None:
    problems: list[RowProblem] = []
    sheet = csv_text.sheet("a.csv", "partners", lambda: b'naam\na\n"b\nc\n', problems)
    assert [list(sheet.rows), list(sheet.rows)] == [[(2, ["a"])]] * 2
    assert [(problem.line, problem.code) for problem in problems] == [(3, "broken_quotes")]


TITLED = (
    "Overzicht overleggen, 2025",
    "",
    "datum;soort;titel",
    "01-02-2025;training;a, b, c",
    "08-02-2025;training;x",
)


@pytest.mark.parametrize(
    "first", [TITLED, ("Overzicht;;", *TITLED[1:]), ("a|b;;", "bijgewerkt;;", *TITLED[1:])]
)
def test_titles_above_the_headings_are_skipped_and_told(bench: Bench, first: tuple[str, ...]) -> None:
    file = bench.file("activiteiten.csv", *first)
    preview = bench.read(file)
    assert (preview.problems, len(preview.found)) == ([], 2)
    skipped = sum(bool(line.strip()) for line in first) - 3
    assert preview.files[0].above == skipped
    assert any("boven de kop" in line for line in said_lines(preview, "trial", speak("nl")))


def test_a_wrong_row_below_a_title_is_named_with_its_line_in_the_file(bench: Bench) -> None:
    file = bench.file("activiteiten.csv", *TITLED, "31-02-2025;training;x")
    assert [(one.line, one.code) for one in bench.read(file).problems] == [(6, "no_such_day")]


def test_without_a_title_nothing_is_skipped(bench: Bench) -> None:
    """The control: a heading stays one, also when the first rows below it are ragged or hold other signs."""
    file = bench.file(
        "activiteiten.csv", "datum;soort;titel", "01-02-2025;training;a, b", "x", "08-02-2025;training"
    )
    preview = bench.read(file)
    assert preview.files[0].above == 0
    assert [one.code for one in preview.problems] == ["wrong_cell_count", "wrong_cell_count"]


def test_titles_in_a_sheet_are_skipped_too(bench: Bench) -> None:
    rows = [
        ("Overzicht", None, None),
        (None, None, None),
        ("datum", "soort", "titel"),
        ("2025-02-01", "training", "x"),
    ]
    preview = bench.read(bench.book("log.xlsx", activiteiten=rows))
    assert (preview.problems, len(preview.found), preview.files[0].above) == ([], 1, 1)
