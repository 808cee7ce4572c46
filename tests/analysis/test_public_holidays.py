"""The table of public holidays says what the library says that it was made with."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from holidays.countries import Netherlands

from tracker.analysis import calendar

YEARS = range(1950, 2101)


@pytest.fixture(scope="module")
def table() -> set[date]:
    with calendar.PUBLIC_HOLIDAYS.open(encoding="utf-8", newline="") as lines:
        return {date.fromisoformat(row["day"]) for row in csv.DictReader(lines)}


@pytest.mark.parametrize("decade", range(1950, 2101, 10))
def test_every_day_is_the_same_as_in_the_library(table, decade):
    years = [year for year in range(decade, decade + 10) if year in YEARS]
    assert {day for day in table if day.year in years} == set(Netherlands(years=years))


def test_a_day_that_is_missing_is_noticed(table):
    assert table - {date(2026, 12, 25)} != set(Netherlands(years=YEARS))


def test_outside_the_table_only_weekends_are_off():
    christmas_on_wednesday, saturday = date(2109, 12, 25), date(2109, 12, 28)
    assert calendar.exposure(christmas_on_wednesday, saturday).tolist() == [1.0, 1.0, 1.0, 0.0]
    assert calendar.exposure(date(2100, 12, 24), date(2100, 12, 25)).tolist() == [1.0, 0.0]
