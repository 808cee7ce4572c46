"""Series of counts from elsewhere: one value a series and day, in and out, and never a figure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.exchange.workbench import Bench, codes, told
from tracker.analysis import around_incidents, assess
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Question
from tracker.analysis.structure import structure
from tracker.exchange import example
from tracker.exchange.finding_json import verdict_object
from tracker.exchange.partners_json import partners_object
from tracker.exchange.rhythm_json import rhythm_object
from tracker.records import Activity, Record, SeriesPoint
from tracker.store import Store
from tracker.words import speak
from tracker.words.imports import said_lines, warning_lines

UNTIL = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
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


def test_a_name_that_looks_like_data_of_a_person_is_refused(bench: Bench) -> None:
    preview = bench.read(series(bench, "2024-01-08,jan@voorbeeld.nl,4"))
    assert "looks_like_email" in [one.code for one in preview.problems]


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


def figures(log: Store) -> str:
    """Every figure about cooperation, to the last decimal: verdict, around incidents, rhythm, partners."""
    question, quarter = Question(until=UNTIL), Quarter.last_full(UNTIL)
    read, met, known = log.log(question), log.meetings(UNTIL), log.cooperation(UNTIL)
    assessment, around = assess(read, question, met), around_incidents(read, question)
    assert around is not None
    asked = structure(met).rhythms
    domains = [term.code for term in log.vocabulary("domain")]
    told = [
        verdict_object(assessment, sentence=speak("nl").sentence(assessment.finding), next_step=""),
        rhythm_object(asked, until=UNTIL),
        partners_object(known, quarter, meetings=met, rhythms=asked, domains=domains),
        around.epochs.curves.to_dict("list"),
        around.epochs.mean.to_dict("list"),
        (around.table, around.steps, around.epochs.ratios),
        assessment.timeline.weeks.to_dict("list"),
        assessment.timeline.curve.to_dict("list"),
        log.modes(question),
    ]
    return repr(told)


def test_no_figure_changes_by_a_decimal_when_series_come_in(tmp_path: Path) -> None:
    """With a control: one activity more, on a day of the series, changes them."""
    log = example.load(tmp_path / "example.db", now=lambda: NOW, by="tester")
    before, standing = figures(log), len(log.records(SeriesPoint))
    points: list[Record] = [
        SeriesPoint(happened_on=UNTIL - timedelta(days=day), series=name, value=float(day % 40))
        for day in range(0, 1500)
        for name in ("Media", "Raadsvragen")
    ]
    log.add_all(points, by="tester", batch="reeksen")
    assert len(log.records(SeriesPoint)) == standing + 3000
    assert figures(log) == before
    assert log.recent(limit=1)[0].record != points[0]
    log.add(
        Activity(happened_on=UNTIL - timedelta(days=30), kind="training", partner_ids=(1, 2)), by="tester"
    )
    assert figures(log) != before
