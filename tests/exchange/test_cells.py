"""What a cell of a spreadsheet may say, and what is too doubtful to guess."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange import cells
from tracker.exchange.cells import CellProblem
from tracker.exchange.slashes import DayCell, slashes
from tracker.records import FIRST_DAY

DAYS = st.dates(FIRST_DAY, date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-10",
        "2024-2-10",
        "10-02-2024",
        "10-2-2024",
        "2024/02/10",
        "2024-02-10T00:00:00",
        "10-02-2024 14:30",
    ],
)
def test_a_day_is_read_however_a_dutch_office_writes_it(text: str) -> None:
    assert cells.day(text) == date(2024, 2, 10)


@given(DAYS)
def test_every_day_survives_being_written_and_read(day: date) -> None:
    assert cells.day(day.isoformat()) == day
    assert cells.day(f"{day:%d-%m-%Y}") == day
    assert cells.day(f"{day:%d/%m/%Y}", "day") == day
    assert cells.day(f"{day:%m/%d/%Y}", "month") == day


@given(DAYS)
def test_with_slashes_and_no_proof_a_day_is_right_or_refused(day: date) -> None:
    text = f"{day:%d/%m/%Y}"
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(CellProblem, match="ambiguous_date"):
            cells.day(text)
    else:
        assert cells.day(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01/02/2024", "ambiguous_date"),
        ("2024-02-30", "no_such_day"),
        ("29-02-2023", "no_such_day"),
        ("12-31-2024", "no_such_day"),
        ("0000-01-01", "no_such_day"),
        ("31-12-24", "two_digit_year"),
        ("1/2/24", "two_digit_year"),
        ("45292", "excel_serial"),
        ("45292.5", "excel_serial"),
        ("10 feb 2024", "bad_date"),
        ("gisteren", "bad_date"),
        ("2024-02/10", "bad_date"),
        ("20240210", "bad_date"),
        ("٢٠٢٤-٠٢-١٠", "bad_date"),
        ("2024-02-10; DROP", "bad_date"),
    ],
)
def test_a_doubtful_day_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(CellProblem) as refused:
        cells.day(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("texts", "order", "mixed"),
    [
        (["01/02/2024", "31/12/2024"], "day", False),
        (["01/02/2024", "12/31/2024"], "month", False),
        (["01/02/2024", "03/04/2024"], "", False),
        (["31/12/2024", "12/31/2024"], "", True),
        (["13/13/2024", "12/31/2024"], "month", False),
        (["03/03/2024"], "", False),
        (["2024-01-31", "31-01-2024"], "", False),
    ],
)
def test_one_day_above_twelve_settles_the_order_of_the_file(
    texts: list[str], order: str, mixed: bool
) -> None:
    found = slashes(DayCell(line, 0, text) for line, text in enumerate(texts))
    assert (found.order, found.mixed) == (order, mixed)


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("12.0", 12), ("12,0", 12), ("0", 0), ("-3", -3)])
def test_a_whole_number_may_have_an_empty_fraction(text: str, value: int) -> None:
    assert cells.whole(text) == value


@pytest.mark.parametrize(("text", "value"), [("1,5", 1.5), ("1.5", 1.5), ("7", 7.0)])
def test_a_fraction_has_a_comma_or_a_point(text: str, value: float) -> None:
    assert cells.number(text) == value


@pytest.mark.parametrize(
    "text", ["1e3", "nan", "inf", "1.234,5", "1 000", "twaalf", "0x10", "1_000", "9" * 20]
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(CellProblem, match="bad_number"):
        cells.number(text)


def test_half_a_meeting_is_no_count() -> None:
    with pytest.raises(CellProblem, match="not_whole"):
        cells.whole("2,5")


@pytest.mark.parametrize("text", ["ja", "JA", "yes", "true", "Waar", "1", "1.0", "x", "J"])
def test_yes_has_many_forms(text: str) -> None:
    assert cells.truth(text) is True


@pytest.mark.parametrize("text", ["nee", "No", "false", "onwaar", "0", ""])
def test_no_and_empty_are_no(text: str) -> None:
    assert cells.truth(text) is False


def test_perhaps_is_neither_yes_nor_no() -> None:
    with pytest.raises(CellProblem, match="not_yes_or_no"):
        cells.truth("misschien")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("4", "FREQ=WEEKLY;INTERVAL=4"),
        ("4.0", "FREQ=WEEKLY;INTERVAL=4"),
        ("0", ""),
        ("RRULE:FREQ=YEARLY", "FREQ=YEARLY"),
    ],
)
def test_a_rhythm_is_a_number_of_weeks_or_a_rule(text: str, rule: str) -> None:
    assert cells.cadence(text) == rule


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "held"),
        ("Gehouden", "held"),
        ("afgezegd", "cancelled"),
        ("niet gehouden", "not_held"),
        ("recess", "recess"),
    ],
)
def test_a_state_is_read_in_dutch_and_english(text: str, state: str) -> None:
    assert cells.state(text) == state


def test_an_unknown_state_is_no_meeting_that_was_held() -> None:
    with pytest.raises(CellProblem, match="unknown_state"):
        cells.state("misschien")
