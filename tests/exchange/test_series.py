"""Series of counts from elsewhere: one value a series and day, in and out, and never a figure."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.workbench import Bench, codes, told
from tracker.records import SeriesPoint
from tracker.words import speak
from tracker.words.imports import said_lines, warning_lines

ROWS = ("2024-01-08,Media,4", "2024-01-09,Media,0", "2024-01-08,Raadsvragen,1.5")


def series(bench: Bench, *rows: str, header: str = "date,series,value", name: str = "series.csv"):
    return bench.file(name, header, *rows)


def test_a_series_comes_in_with_its_zeros(bench: Bench) -> None:
    bench.take_in(series(bench, *ROWS))
    assert sorted(map(repr, bench.held(SeriesPoint))) == sorted(
        map(
            repr,
            [
                SeriesPoint(happened_on=date(2024, 1, 8), series="Media", value=4.0),
                SeriesPoint(happened_on=date(2024, 1, 9), series="Media", value=0.0),
                SeriesPoint(happened_on=date(2024, 1, 8), series="Raadsvragen", value=1.5),
            ],
        )
    )
    assert bench.store.verify() == []


def test_dutch_headings_a_dutch_name_and_a_decimal_comma_are_read(bench: Bench) -> None:
    file = bench.file("reeksen.csv", "datum;reeks;waarde", "08-01-2024;Media;2,5")
    bench.take_in(file)
    assert bench.held(SeriesPoint) == [SeriesPoint(happened_on=date(2024, 1, 8), series="Media", value=2.5)]


def test_a_sheet_of_a_workbook_is_read(bench: Bench) -> None:
    book = bench.book("log.xlsx", reeksen=[("datum", "reeks", "waarde"), (date(2024, 1, 8), "Media", 3)])
    bench.take_in(book)
    assert [one.value for one in bench.held(SeriesPoint)] == [3.0]


def test_the_same_file_twice_adds_nothing_and_another_value_is_named(bench: Bench) -> None:
    bench.take_in(series(bench, *ROWS))
    again = bench.take_in(series(bench, "2024-01-08,media,4", "2024-01-09,Media,7", "2024-01-10,Media,1"))
    assert [(double.line, double.differs) for double in again.doubles] == [(2, False), (3, True)]
    assert [found.record.value for found in again.found] == [1.0]
    assert len(bench.held(SeriesPoint)) == 4


def test_a_name_written_otherwise_is_the_same_series(bench: Bench) -> None:
    bench.take_in(series(bench, "2024-01-08,Media  berichten,4", "2024-01-09,media berichten,5"))
    bench.take_in(series(bench, "2024-01-10,MEDIA BERICHTEN,6"), batch="later")
    assert {one.series for one in bench.held(SeriesPoint)} == {"Media  berichten"}


@pytest.mark.parametrize("second", ["2024-01-08,MEDIA,9", "2024-01-08,Media,4"])
def test_a_second_value_of_a_day_is_refused_in_words(bench: Bench, second: str) -> None:
    preview = bench.read(series(bench, *ROWS, second))
    assert [(line, code) for line, _, code in told(preview)] == [(5, "counted_already")]
    assert list(warning_lines(preview, "refused", speak("nl"))) == [
        "series.csv, regel 5: Deze reeks heeft al een waarde voor deze dag. Houd een van de twee.",
        "Er is niets geïmporteerd.",
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2024-01-08,Media,-1", "out_of_range"),
        ("2024-01-08,Media,", "required"),
        ("2024-01-08,Media,veel", "bad_number"),
        ("2024-01-08,,4", "required"),
        (",Media,4", "required"),
        ("2024-13-08,Media,4", "no_such_day"),
        ("2028-01-08,Media,4", "too_far_ahead"),
        ("2024-01-08,P001,4", "looks_like_person"),
        ("2024-01-08,J.P.,4", "looks_like_person"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_rule(bench: Bench, row: str, problem: str) -> None:
    assert codes(bench.read(series(bench, ROWS[0].replace("08", "07"), row))) == [problem]


def test_a_name_that_looks_like_data_of_a_person_is_warned_of(bench: Bench) -> None:
    preview = bench.read(series(bench, "2024-01-08,jan@voorbeeld.nl,4"))
    assert [one.code for one in preview.personal] == ["looks_like_email"]


def test_the_import_says_how_many_values_it_adds(bench: Bench) -> None:
    preview = bench.read(series(bench, *ROWS))
    assert "3 nieuwe waarden van reeksen" in list(said_lines(preview, "imported", speak("nl")))


def test_an_import_of_series_is_taken_back(bench: Bench) -> None:
    bench.take_in(series(bench, *ROWS), batch="reeks")
    bench.store.undo_batch("reeks", reason="verkeerd", by="tester")
    assert bench.held(SeriesPoint) == []
    bench.take_in(series(bench, "2024-01-08,Media,9"), batch="opnieuw")
    assert [one.value for one in bench.held(SeriesPoint)] == [9.0]
    assert bench.store.verify() == []
