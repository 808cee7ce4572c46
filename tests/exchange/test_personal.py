"""The guard on the rows of a file: each text looked at once, and nothing passes that it would find (T62)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.personal import guarded, marked
from tracker.privacy import Reader, find

PERSONAL = ("111222333", "111.222.333", "a@b.nl", "NL91 ABNA 0417 1643 00", "+31 6 12345678", "(0118) 123456")
AROUND = st.text("0123456789 .-/()+@\n,aé\u0663\u2011", max_size=12)


@given(AROUND, st.sampled_from(PERSONAL), AROUND)
def test_what_the_guard_would_find_is_found_among_many_texts(before: str, personal: str, after: str) -> None:
    text = before + personal + after
    found = Reader().hits(["Overleg", text, "12 jongeren"])
    assert found == ({text: find(text)} if find(text) else {})


@pytest.mark.parametrize("personal", PERSONAL)
def test_the_guard_does_find_these(personal: str) -> None:
    assert find(f"zie {personal} daar")


def test_a_reader_looks_again_at_what_it_found_and_never_at_what_was_harmless() -> None:
    reader = Reader()
    assert not reader.hits(["Overleg", "12 jongeren"])
    assert set(reader.hits(["Overleg", "BSN 111222333"])) == {"BSN 111222333"}
    assert set(reader.hits(["BSN 111222333"])) == {"BSN 111222333"}


def test_rows_looked_at_together_are_marked_as_each_would_be_alone() -> None:
    texts = ["Overleg", "12345678", *PERSONAL] * 9 + ["10-02-2024"] * 120
    rows = [(line, [str(line), text]) for line, text in enumerate(texts)]
    marks = list(marked(iter(rows), [1], Reader()))
    assert [(line, row) for line, row, _ in marks] == rows
    assert [found for *_, found in marks] == [{text: find(text)} if find(text) else {} for text in texts]


def test_days_and_numbers_are_not_looked_at_and_everything_else_is() -> None:
    index = {"date": 0, "title": 1, "count": 2, "incident": 3, "a field that came later": 4}
    assert guarded(index) == [1, 3, 4]
