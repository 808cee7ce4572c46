"""A large file is read in pieces, and nobody sees where they meet."""

from __future__ import annotations

import random
import re

import pytest

from tracker.exchange import csv_text

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
