"""Several logs are judged at once; what is found stands in their order, as if one came after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from tests.analysis.logs import a_log, every
from tracker.analysis import assess, quarters, reading, structure, verdict
from tracker.analysis.meetings import Meetings
from tracker.analysis.question import Question

END = date(2022, 12, 31)
QUESTION = Question(until=END)
BUSY = a_log(
    every(2) + every(1, date(2021, 3, 1), date(2021, 4, 15)),
    incidents=[(date(2020, 9, 1), 2), (date(2021, 3, 1), 4), (date(2022, 2, 1), 3)],
)
MEETINGS = Meetings(until=END, arrangements=())


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """No evening was judged before."""
    monkeypatch.setattr(quarters, "_kept", {})


@pytest.fixture
def alone(monkeypatch):
    """From here on one log is judged at a time, and anew."""

    def start() -> None:
        monkeypatch.setattr(reading, "cores", lambda: ThreadPoolExecutor(1))
        monkeypatch.setattr(quarters, "_kept", {})

    return start


@pytest.fixture
def judged(monkeypatch):
    """The last evenings of the logs that are judged from here on."""
    found = []
    judge = verdict.judge
    monkeypatch.setattr(verdict, "judge", lambda log, seen: found.append(log.last) or judge(log, seen))
    return found


def test_every_quarter_says_what_it_says_alone(alone):
    together = quarters.verdicts(BUSY, QUESTION, MEETINGS)
    alone()
    assert together == quarters.verdicts(BUSY, QUESTION, MEETINGS)
    assert [one.end for one in together] == sorted(one.end for one in together)
    assert len({one.finding.floor_now_per_week.value for one in together}) > 5


def test_a_judgement_says_what_it_says_alone(alone):
    together = assess(BUSY, QUESTION, MEETINGS)
    alone()
    assert together.finding == assess(BUSY, QUESTION, MEETINGS).finding


def test_an_entry_of_today_has_no_earlier_evening_judged_again(judged):
    """It is kept by all that it rests on, so what came to stand before an evening judges that one anew."""
    before = quarters.verdicts(BUSY, QUESTION, MEETINGS)
    assert len(judged) == len(before)
    judged.clear()
    today = replace(
        BUSY, activities=pd.concat([BUSY.activities, pd.Series([9.0], index=[pd.Timestamp(END)])])
    )
    assert quarters.verdicts(today, QUESTION, MEETINGS)[:-1] == before[:-1]
    assert judged == [END]
    judged.clear()
    half = replace(BUSY, activities=BUSY.activities.where(BUSY.activities.index > "2022-03-31", 3.0))
    assert quarters.verdicts(half, QUESTION, MEETINGS) != before
    assert len(judged) == len(before)


def test_only_so_many_evenings_are_kept(monkeypatch):
    monkeypatch.setattr(quarters, "_MOST_KEPT", 5)
    quarters.verdicts(BUSY, QUESTION, MEETINGS)
    assert len(quarters._kept) == 5


@pytest.mark.parametrize("judge", [assess, quarters.verdicts])
def test_what_cannot_be_judged_is_told(monkeypatch, judge):
    def broken(_meetings):
        raise ZeroDivisionError

    monkeypatch.setattr(structure, "structure", broken)
    with pytest.raises(ZeroDivisionError):
        judge(BUSY, QUESTION, MEETINGS)
