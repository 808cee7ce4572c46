"""The arithmetic of the stopwatch, and that docs/stopwatch.md tells of every job (promises 1, 37, 38, 44)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bench import keystrokes
from bench.acceptance import ROOT
from bench.keystrokes import Sheet, Step
from bench.stopwatch import JOBS, Job, Timed, page

PAGE = ROOT / "docs/stopwatch.md"
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| (\d+) s: ([^|]+) \| (\d+) \|", re.MULTILINE)


def told(text: str) -> list[tuple[int, str, int]]:
    """(row, what, bar) of every job on the page."""
    return [(int(row), what, int(bar)) for row, what, bar, _, _ in ROW.findall(text)]


def test_the_operators_are_those_of_the_literature():
    assert [Step("", **{name: 1}).seconds for name in ("minds", "hands", "keys", "clicks")] == [
        1.35, 0.40, 0.28, pytest.approx(1.10 + 0.20)
    ]  # fmt: skip
    assert round(60 / (5 * keystrokes.KEY)) == 43  # words of five keys a minute


def test_a_job_in_a_spreadsheet_is_the_sum_of_its_steps_reckoned_by_hand():
    one = Sheet((Step("open", minds=1, clicks=2), Step("type", hands=1, keys=10)), "a row")
    assert one.seconds == pytest.approx(1.35 + 2 * 1.30 + 0.40 + 2.80)
    assert (one.clicks, one.keys) == (2, 10)
    assert keystrokes.INCIDENT.seconds == pytest.approx(4 * 1.35 + 0.40 + 42 * 0.28)


def test_two_hundred_words_are_read_in_a_minute():
    assert keystrokes.reading_seconds(200) == 60
    assert keystrokes.reading_seconds(0) == 0


def test_the_page_tells_of_every_job_with_its_bar_and_its_steps():
    text = PAGE.read_text(encoding="utf-8")
    assert told(text) == [(job.row, job.what, job.limit) for job in JOBS]
    for job in JOBS:
        for step in job.sheet.steps if job.sheet else ():
            assert f"| {step.what} |" in text
        assert not job.sheet or f"| {job.sheet.seconds:.0f}, {job.sheet.clicks}, {job.sheet.keys} |" in text


def test_the_page_calls_missed_what_took_longer_than_its_bar():
    for _, what, bar, word, seconds in ROW.findall(PAGE.read_text(encoding="utf-8")):
        assert word == ("kept" if int(seconds) <= int(bar) else "**missed**"), what


def a_page(seconds: float) -> str:
    job = Job("a job", 1, "do it", 60, lambda _: None, keystrokes.REPEAT)
    return page([Timed(job, seconds, 5.0, 2, 3, 0)], date(2026, 11, 26), "abc1234")


def test_a_job_that_takes_too_long_is_called_missed_and_who_is_quicker_is_said():
    assert "60 s: **missed** | 61 |" in a_page(61.0)
    assert "60 s: kept | 60 |" in a_page(60.0)
    assert a_page(61.0).count("| the spreadsheet |") == 1
    assert a_page(1.0).count("| the dashboard |") == 1


def test_a_page_of_other_jobs_is_noticed():
    assert told(a_page(1.0)) == [(1, "do it", 60)] != [(job.row, job.what, job.limit) for job in JOBS]
