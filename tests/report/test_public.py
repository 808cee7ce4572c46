"""The public report tells of nobody: small numbers cannot be read and cannot be found."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report import quarterly
from tests.report.quarterly import QUARTER
from tests.store import logbook
from tracker import report
from tracker.analysis.question import Question
from tracker.records import SeriesPoint
from tracker.report import public
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
@settings(max_examples=60)
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
def store(tmp_path_factory):
    """A quarter with one to four of everything, and a word that was typed wherever something can be typed."""
    store = quarterly.two_years(quarterly.fresh(tmp_path_factory.mktemp("few")), text=TYPED)
    for day in (date(2025, 4, 8), date(2025, 4, 9)):
        store.add(logbook.activity(day, kind="dialogue", partner_ids=(1, 2), title=TYPED), by="test")
    store.add(SeriesPoint(happened_on=date(2025, 4, 8), series=TYPED, value=3), by="test")
    for severity in (1, 2, 3):
        one = logbook.incident(date(2025, 4, 7), title=TYPED, severity=severity, place=TYPED, note=TYPED)
        store.add(one, by="test")
    return store


@pytest.fixture(scope="module")
def few(store):
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


Cells = dict[tuple[str, str], dict[str, object]]
EARLIER = [QUARTER.back(n) for n in range(5)]


@pytest.fixture(scope="module")
def five(store):
    """What the public reports of five quarters in a row show: (quarter, line) -> name of a cell -> cell."""
    return gathered_cells([table(quarterly.gathered(store, quarter), public=True) for quarter in EARLIER])


def gathered_cells(tables) -> Cells:
    """Everything that stands in some tables, those of the same quarter together; they never disagree."""
    found: Cells = {}
    for one in tables:
        line = ""
        for name, *cells in one.rows:
            line = line if name.startswith("of which") else name
            for quarter, cell in zip(one.head[1:], cells, strict=True):
                seen = found.setdefault((quarter, line), {}).setdefault(name, cell)
                assert seen == cell, (quarter, name)
    return found


def solved(found: Cells) -> dict[tuple[str, str, str], int]:
    """Who attacks: a line of which one number is missing gives it, for a total is the sum of its parts."""
    derived = {}
    for (quarter, line), cells in found.items():
        parts = {name: cell for name, cell in cells.items() if name != line}
        missing = [name for name, cell in parts.items() if not isinstance(cell, int)]
        if len(missing) == 1 and isinstance(cells.get(line), int):
            rest = sum(cell for cell in parts.values() if isinstance(cell, int))
            derived[quarter, line, missing[0]] = cells[line] - rest
    return derived


def hidden(found: Cells) -> list[tuple[str, str, str]]:
    return [(*place, name) for place, cells in found.items() for name, cell in cells.items()
            if cell == f"fewer than {LEAST}"]  # fmt: skip


def test_nothing_is_found_by_taking_the_reports_of_five_quarters_together(five):
    assert len(five) > 30
    assert len(hidden(five)) > 5
    assert solved(five) == {}


def test_the_attacker_finds_what_is_hidden_when_totals_are_shown(five, store):
    """The same tables by somebody who forgot the totals."""
    sides = [quarterly.gathered(store, quarter).comparison.now for quarter in EARLIER]
    totals = {say_quarter(side): public.lines(side) for side in sides}
    names = {speak("en")(label): key for key, (label, _) in public._LINES.items()}
    naive = {
        (quarter, line): {**cells, line: totals[quarter][names[line]].total}
        for (quarter, line), cells in five.items()
        if quarter in totals and len(cells) > 1
    }
    found = solved(naive)
    small = [n for n in found.values() if 0 < n < LEAST]
    assert len(small) > 1
    assert set(found) <= set(hidden(naive))


def say_quarter(side) -> str:
    return speak("en").quarter(side.counts.quarter.first)


def test_no_number_stands_outside_the_table_but_days_weeks_and_policy(few):
    found = report.document(few, say=speak("en"), made_at=quarterly.MADE, for_everybody=True)
    lines = [line for one in found.sections for line in (one.heading, *one.lines)]
    told = " ".join((found.sentence, found.certainty, *lines, *found.limits))
    assert "%" not in told
    dates = re.compile(r"(\d{1,2} )?[A-Z][a-z]+ \d{4}|Q\d \d{4}")
    weeks = re.compile(r"Weeks of recess: [^.]*\.|in \d+ of its \d+ weeks")
    left = re.sub(r"Numbers from 1 to 4 ", "", weeks.sub("", dates.sub("", told)))
    assert re.findall(r"\d+", left) == []


def test_a_public_report_takes_no_filters_for_two_of_them_can_be_subtracted(store):
    """Two tables, each without a small number in the line, whose difference is a small number."""
    asked = Question(until=QUARTER.last, kinds=("training",))
    whole, narrowed = (
        report.gather(store, QUARTER, today=quarterly.TODAY, question=question) for question in (None, asked)
    )
    totals = [
        suppressed(public.lines(one.comparison.now)["activities"], LEAST).total for one in (whole, narrowed)
    ]
    assert 0 < totals[0] - totals[1] < LEAST
    report.document(whole, say=speak("en"), made_at=quarterly.MADE, for_everybody=True)
    with pytest.raises(AssertionError, match="subtracted"):
        report.document(narrowed, say=speak("en"), made_at=quarterly.MADE, for_everybody=True)


def test_a_public_report_is_of_a_quarter_that_is_over(store):
    running = quarterly.gathered(store, QUARTER.back(-1))
    assert running.facts.counts.running
    with pytest.raises(AssertionError, match="still runs"):
        report.document(running, say=speak("en"), made_at=quarterly.MADE, for_everybody=True)


def test_the_public_report_has_no_picture_of_weeks(few):
    found = report.document(few, say=speak("nl"), made_at=quarterly.MADE, for_everybody=True)
    assert found.picture is None
    assert [one.picture for one in found.sections] == [None] * len(found.sections)
    assert not any(sign.isdigit() for sign in found.sentence + found.certainty)
