"""A large file is read in pieces, and nobody sees where they meet."""

from __future__ import annotations

import random
import re

import pytest

from tracker.exchange import csv_text
from tracker.exchange.preview import RowProblem

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
