"""Several logs are judged at once; what is found stands in their order, as if one came after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.analysis.logs import a_log, every
from tracker.analysis import assess, quarters, reading, structure
from tracker.analysis.meetings import Meetings
from tracker.analysis.question import Question

END = date(2022, 12, 31)
QUESTION = Question(until=END)
BUSY = a_log(
    every(2) + every(1, date(2021, 3, 1), date(2021, 4, 15)),
    incidents=[(date(2020, 9, 1), 2), (date(2021, 3, 1), 4), (date(2022, 2, 1), 3)],
)
MEETINGS = Meetings(until=END, arrangements=())


@pytest.fixture
def alone(monkeypatch):
    """From here on one log is judged at a time."""
    return lambda: monkeypatch.setattr(reading, "cores", lambda: ThreadPoolExecutor(1))


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


@pytest.mark.parametrize("judged", [assess, quarters.verdicts])
def test_what_cannot_be_judged_is_told(monkeypatch, judged):
    def broken(_meetings):
        raise ZeroDivisionError

    monkeypatch.setattr(structure, "structure", broken)
    with pytest.raises(ZeroDivisionError):
        judged(BUSY, QUESTION, MEETINGS)
