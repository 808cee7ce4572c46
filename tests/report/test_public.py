"""The public report tells of nobody: small numbers cannot be read and cannot be found."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report import quarterly
from tests.store import logbook
from tracker import report
from tracker.report.public import Line, Shown, suppressed
from tracker.words import speak

LEAST = 5
TYPED = "Zoutkaai"


def a_line(parts: tuple[int, ...]) -> Line:
    return Line(total=sum(parts), parts={str(n): value for n, value in enumerate(parts)})


def consistent(shown: Shown, most: int) -> list[tuple[int, ...]]:
    """The attacker: every line of whole numbers that would have been shown like this."""
    ranges = [range(most + 1) if value is None else [value] for value in shown.parts.values()]
    return [parts for parts in itertools.product(*ranges) if suppressed(a_line(parts), LEAST) == shown]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_small_number_can_be_any_small_number(parts):
    shown = suppressed(a_line(tuple(parts)), LEAST)
    possible = consistent(shown, 12)
    assert tuple(parts) in possible
    for place, value in enumerate(parts):
        if 0 < value < LEAST:
            assert {one[place] for one in possible} == {1, 2, 3, 4}


def test_the_attacker_finds_a_number_that_is_shown_with_its_total():
    naive = [parts for parts in itertools.product(range(13), repeat=2) if parts[1] == 9 and sum(parts) == 11]
    assert naive == [(2, 9)]


def test_a_line_without_small_numbers_keeps_its_total():
    shown = suppressed(a_line((0, 7, 5)), LEAST)
    assert (shown.total, shown.hides_total, list(shown.parts.values())) == (12, False, [0, 7, 5])


def test_what_nobody_knows_is_not_called_small():
    shown = suppressed(Line(total=None, parts={"a": None}), LEAST)
    assert (shown.small, shown.hides_total) == (frozenset(), False)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A quarter with one to four of everything, and a word that was typed wherever something can be typed."""
    store = quarterly.two_years(quarterly.fresh(tmp_path_factory.mktemp("few")), text=TYPED)
    for severity in (1, 2, 3):
        one = logbook.incident(date(2025, 4, 7), title=TYPED, severity=severity, place=TYPED, note=TYPED)
        store.add(one, by="test")
    return quarterly.gathered(store)


def table(material, *, public: bool):
    found = report.document(material, say=speak("en"), made_at=quarterly.MADE, for_everybody=public)
    return next(one.table for one in found.sections if one.name == "Compared")


def test_no_small_number_stands_in_the_table(few):
    shown = [cell for row in table(few, public=True).rows for cell in row[1:]]
    assert [cell for cell in shown if isinstance(cell, int) and 0 < cell < LEAST] == []
    assert "fewer than 5" in shown
    whole = [cell for row in table(few, public=False).rows for cell in row[1:]]
    assert [cell for cell in whole if isinstance(cell, int) and 0 < cell < LEAST] != []


def test_every_total_that_is_shown_has_all_its_parts_shown(few):
    rows = table(few, public=True).rows
    totals = [place for place, row in enumerate(rows) if not row[0].startswith("of which")]
    checked = 0
    for place, following in itertools.pairwise([*totals, len(rows)]):
        for column in (1, 2, 3):
            under = [row[column] for row in rows[place + 1 : following]]
            if under and isinstance(rows[place][column], int):
                assert sum(under) == rows[place][column]
                checked += 1
            elif "fewer than 5" in under:
                assert rows[place][column] == "not shown"
                checked += 1
    assert checked > 5


@pytest.mark.parametrize("form", report.FORMATS)
def test_nothing_that_people_typed_is_in_the_public_report(few, form):
    words = quarterly.said(form, quarterly.made(few, form, public=True))
    assert TYPED not in words
    for name, _ in quarterly.PARTNERS:
        assert name not in words
    assert "Vliethoven" in words


def test_the_other_report_does_hold_what_people_typed(few):
    words = quarterly.said("xlsx", quarterly.made(few, "xlsx"))
    assert TYPED in words
    assert "Politie" in words


def test_a_filter_is_told_in_public_without_the_words_of_who_made_the_list(few):
    narrowed = replace(few, question=replace(few.question, kinds=("training",), min_severity=3))
    shown, whole = (
        dict(report.document(narrowed, say=speak("en"), made_at=quarterly.MADE, for_everybody=public).about)
        for public in (True, False)
    )
    assert shown["Filters"] == "incidents from severity 3; only some kinds of activities"
    assert whole["Filters"].startswith("incidents from severity 3; only ")
    assert whole["Filters"] != shown["Filters"]


def test_the_public_report_has_no_picture_of_weeks(few):
    found = report.document(few, say=speak("nl"), made_at=quarterly.MADE, for_everybody=True)
    assert found.picture is None
    assert [one.picture for one in found.sections] == [None] * len(found.sections)
    assert not any(sign.isdigit() for sign in found.sentence + found.certainty)
