"""The quick look at a row lets nothing pass that the guard on free text would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.personal import marked, worth_a_look
from tracker.privacy import find

PERSONAL = ("111222333", "111.222.333", "a@b.nl", "NL91 ABNA 0417 1643 00", "+31 6 12345678", "(0118) 123456")
AROUND = st.text("0123456789 .-/()+@\n,aé\u0663\u2011", max_size=12)


@given(AROUND, st.sampled_from(PERSONAL), AROUND)
def test_what_the_guard_would_find_is_always_worth_a_look(before: str, personal: str, after: str) -> None:
    text = before + personal + after
    assert worth_a_look(["", text], [0, 1]) or not find(text)


@pytest.mark.parametrize("personal", PERSONAL)
def test_the_guard_does_find_these(personal: str) -> None:
    assert find(f"zie {personal} daar")
    assert worth_a_look([f"zie {personal} daar"], [0])


@pytest.mark.parametrize(
    "texts",
    [["Overleg 12", "12345678"], ["op 2024-02-10 om 14 uur", "25 mensen"], ["2024-02-10\n2024-02-11"]],
)
def test_days_and_numbers_are_not_worth_a_look(texts: list[str]) -> None:
    assert not worth_a_look(texts, list(range(len(texts))))


def test_rows_looked_at_together_are_marked_as_each_would_be_alone() -> None:
    texts = ["Overleg", "12345678", *PERSONAL] * 9 + ["10-02-2024"] * 120
    rows = [(line, [str(line), text]) for line, text in enumerate(texts)]
    assert list(marked(iter(rows), [1])) == [(line, row, worth_a_look(row, [1])) for line, row in rows]
