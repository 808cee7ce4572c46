"""The rhythm for programs: the promised keys, the counts of a year, and never a number that is none."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.exchange.workbench import Bench
from tracker.analysis.structure import structure
from tracker.exchange.rhythm_json import rhythm_object
from tracker.records import Arrangement, Occurrence

UNTIL = date(2024, 6, 28)
COUNTS = ["expected", "held", "moved", "cancelled", "not_held", "recess", "unknown", "planned"]
KEYS = [
    *("name", *COUNTS, "adherence_upper", "adherence_lower", "state", "silence_days", "last_held"),
    *("earlier_gaps", "longer_gaps", "last_12_months", "prior_24_months", "ratio_12_24", "trend_per_year"),
]


def told(bench: Bench, until: date = UNTIL) -> list[dict[str, Any]]:
    rhythms = structure(bench.store.meetings(until)).rhythms
    held = json.loads(json.dumps(rhythm_object(rhythms, until=until), allow_nan=False))
    assert held["until"] == until.isoformat()
    return list(held["arrangements"])


def agree(bench: Bench, cadence: str, *held: date) -> int:
    """A Weegploeg from January 2024 that met on these days."""
    named = f"Weegploeg,unrest_core_team,{cadence},2024-01-08"
    bench.take_in(
        bench.file("arrangements.csv", "name,kind,cadence,start", named),
        bench.file("activities.csv", "date,kind,arrangement", *(f"{day},training,Weegploeg" for day in held)),
    )
    return bench.store.records(Arrangement)[0].id


def test_without_arrangements_the_list_is_empty(bench: Bench) -> None:
    assert told(bench) == []


def test_each_meeting_of_the_year_is_counted_once(bench: Bench) -> None:
    due = [date(2024, 1, 8) + timedelta(weeks=4 * n) for n in range(6)]
    number = agree(bench, "FREQ=WEEKLY;INTERVAL=4", due[0], due[1])
    answers = {
        due[2]: {"state": "cancelled", "reason": "sick"},
        due[3]: {"state": "not_held"},
        due[4]: {"state": "moved", "moved_to": due[4] + timedelta(days=3)},
    }
    for day, answer in answers.items():
        bench.store.add(Occurrence(arrangement_id=number, due_on=day, **answer), by="tester")
    (one,) = told(bench)
    assert list(one) == KEYS
    counts = {name: one[name] for name in COUNTS}
    assert counts["planned"] > 0
    assert counts | {"planned": 0} == {
        "expected": 6, "held": 2, "moved": 1, "cancelled": 1, "not_held": 1, "recess": 0, "unknown": 1,
        "planned": 0,
    }  # fmt: skip
    assert (one["adherence_upper"]["value"], one["adherence_lower"]["value"]) == (3 / 5, 3 / 6)
    assert (one["silence_days"], one["last_held"]) == (57, "2024-05-02")


def test_planned_are_the_meetings_of_the_year_ahead(bench: Bench) -> None:
    agree(bench, "FREQ=YEARLY", date(2024, 6, 10))
    assert [(one["held"], one["planned"]) for one in told(bench)] == [(1, 1)]


@pytest.mark.parametrize(("gaps", "longer"), [((60, 10), 1), ((5, 10), 0)])
def test_the_silence_is_set_against_earlier_gaps(bench: Bench, gaps: tuple[int, int], longer: int) -> None:
    last = UNTIL - timedelta(days=30)
    agree(bench, "", last - timedelta(days=sum(gaps)), last - timedelta(days=gaps[1]), last)
    (one,) = told(bench)
    assert (one["silence_days"], one["earlier_gaps"], one["longer_gaps"]) == (30, 2, longer)
    assert (one["last_12_months"], one["prior_24_months"]) == (3, 0)


def test_who_never_met_has_no_silence_and_no_numbers(bench: Bench) -> None:
    agree(bench, "FREQ=WEEKLY")
    (one,) = told(bench)
    assert (one["silence_days"], one["last_held"], one["earlier_gaps"]) == (None, None, 0)
    for name in ("ratio_12_24", "trend_per_year"):
        assert (one[name]["value"], one[name]["low"], one[name]["high"]) == (None, None, None)
