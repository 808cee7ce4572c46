"""The threat levels that ship with the product: only what was announced, and never as a number."""

from __future__ import annotations

import csv
from datetime import date

from logbook import now

from tracker import privacy
from tracker.analysis.threat_level import known_until, national, spells
from tracker.store import threat_levels
from tracker.store.national import LEVELS

ALL = threat_levels()


def test_the_announcements_stand_in_order_and_each_has_a_source():
    days = [one.day for one in ALL]
    assert days == sorted(set(days))
    assert all(day < now().date() for day in days)
    assert all(one.source for one in ALL)
    assert [one for one in ALL if privacy.find(one.source)] == []


def test_no_level_is_shipped_as_a_number():
    with LEVELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "level" not in rows[0]
    assert [row for row in rows if any(sign.isdigit() for sign in row["word"])] == []


def test_the_scale_changed_once_in_july_2016_and_the_band_marks_it():
    assert {one.levels for one in ALL if one.day < date(2016, 7, 1)} == {4}
    assert {one.levels for one in ALL if one.day >= date(2016, 7, 1)} == {5}
    found = spells(ALL, date(2012, 1, 1), date(2020, 1, 1))
    assert [(one.first, one.word) for one in found if one.new_scale] == [(date(2016, 7, 1), "substantial")]


def test_the_level_of_one_province_is_kept_and_never_national():
    (part,) = [one for one in ALL if one.area]
    assert (part.day, part.word) == (date(2019, 3, 18), "critical")
    found = spells(ALL, date(2019, 3, 1), date(2019, 4, 1))
    assert [one.word for one in found] == ["substantial"]
    assert "critical" not in [one.word for one in national(ALL)]


def test_what_is_not_certain_says_so():
    unsure = {one.day for one in ALL if one.certain != "yes"}
    assert {date(2008, 3, 6), date(2009, 11, 15), date(2016, 7, 1), date(2023, 5, 30)} <= unsure
    assert [one.day for one in ALL if one.certain == "no"] == [date(2008, 3, 6)]


def test_the_last_word_is_not_carried_past_nine_months():
    assert national(ALL)[-1].day == date(2025, 12, 9)
    assert known_until(ALL) == date(2026, 9, 8)
    assert [one.word for one in spells(ALL, date(2026, 9, 8), date(2026, 9, 9))] == ["substantial", ""]
