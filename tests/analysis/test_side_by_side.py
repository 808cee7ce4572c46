"""Several logs are judged at once; what is found stands in their order, as if one came after the other."""

from __future__ import annotations

import time
from datetime import date

import pytest

from tests.analysis.logs import a_log, every
from tracker.analysis import quarters, reading, sensitivity, series, verdict
from tracker.analysis.meetings import Meetings
from tracker.analysis.question import Question

END = date(2022, 12, 31)
QUESTION = Question(until=END)
BUSY = a_log(
    every(2) + every(1, date(2021, 3, 1), date(2021, 4, 15)),
    incidents=[(date(2020, 9, 1), 2), (date(2021, 3, 1), 4), (date(2022, 2, 1), 3)],
)


def one_after_the_other(judge, logs):
    return [judge(one) for one in logs]


@pytest.fixture
def alone(monkeypatch):
    """From here on one log is judged at a time."""
    return lambda: monkeypatch.setattr(reading, "side_by_side", one_after_the_other)


def test_the_first_stands_first_also_when_it_takes_longest():
    def slow(number: int) -> int:
        time.sleep(0.05 * (number == 0))
        return number

    assert reading.side_by_side(slow, range(20)) == list(range(20))


def test_what_cannot_be_judged_is_told():
    with pytest.raises(ZeroDivisionError):
        reading.side_by_side(lambda number: 1 / number, [1, 0, 2])


def test_every_quarter_says_what_it_says_alone(alone):
    meetings = Meetings(until=END, arrangements=())
    together = quarters.verdicts(BUSY, QUESTION, meetings)
    alone()
    assert together == quarters.verdicts(BUSY, QUESTION, meetings)
    assert len({one.finding.floor_now_per_week.value for one in together}) > 5


def test_what_a_verdict_leans_on_is_what_it_is_alone(alone):
    seen = reading.read(series.daily(BUSY, QUESTION), BUSY.incidents)
    finding = verdict.judge(BUSY, seen)
    together = sensitivity.sensitive_to(BUSY, QUESTION, finding)
    alone()
    assert together == sensitivity.sensitive_to(BUSY, QUESTION, finding)
