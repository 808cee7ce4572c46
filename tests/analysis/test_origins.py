"""Born in heat or in peace, and whether a response used what was there already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.analysis.working_together import (
    Met,
    an_arrangement,
    an_incident,
    cooperation,
    met,
)
from tracker.analysis import origins
from tracker.analysis.origins import Reuse

INCIDENT = date(2024, 3, 1)
EARLY = met(date(2022, 1, 3), "YZ")
OLD, YOUNG, NEW = (INCIDENT - timedelta(days=n) for n in (90, 89, -5))


def heat(days: int, severity: int = 3) -> bool | None:
    log = cooperation(EARLY, incidents=[an_incident(INCIDENT, severity)])
    return origins.in_heat(log, INCIDENT + timedelta(days=days))


def test_heat_lasts_sixty_days_and_begins_on_the_day_itself():
    assert [heat(days) for days in (-1, 0, 60, 61)] == [False, True, True, False]


def test_only_a_serious_incident_that_counts_gives_heat():
    assert heat(10, severity=2) is False
    log = cooperation(EARLY, incidents=[an_incident(INCIDENT)])
    assert origins.in_heat(log, INCIDENT) is True
    assert origins.in_heat(replace(log, counts=frozenset()), INCIDENT) is False


def test_before_the_log_nobody_knows_whether_it_was_heat():
    log = cooperation(met(date(2024, 1, 1), "PQ"), incidents=[an_incident(INCIDENT)])
    days = [date(2020, 1, 1), date(2024, 2, 29), INCIDENT, date(2024, 1, 1) + timedelta(days=60)]
    assert [origins.in_heat(log, day) for day in days] == [None, None, True, True]
    assert origins.in_heat(cooperation(met(date(2024, 1, 1), "PQ")), date(2024, 3, 1)) is False
    assert origins.in_heat(cooperation(), date(2024, 3, 1)) is None


def test_the_last_of_two_incidents_is_the_one_before():
    log = cooperation(incidents=[an_incident(INCIDENT), an_incident(INCIDENT + timedelta(days=10))])
    days = [INCIDENT + timedelta(days=n) for n in (-1, 9, 10, 40, 71)]
    assert [origins.incident_before(log, day, 60) for day in days] == [None, 1, 2, 2, None]


def test_born_in_peace_counts_what_is_known():
    made = [
        an_arrangement("peace", started_on=date(2023, 5, 1)),
        an_arrangement("heat", started_on=INCIDENT + timedelta(days=60)),
        an_arrangement("first meeting", cadence="FREQ=MONTHLY"),
        an_arrangement("before the log", started_on=date(2019, 1, 1)),
        an_arrangement("nobody knows"),
    ]
    log = cooperation(
        EARLY, met(date(2024, 6, 1), "PQ", 3), arrangements=made, incidents=[an_incident(INCIDENT)]
    )
    found = origins.born_in_peace(log)
    assert (found.in_peace, found.known, found.unknown) == (2, 3, 2)
    assert found.share.value == pytest.approx(2 / 3)


def test_without_an_arrangement_nothing_was_born():
    assert origins.born_in_peace(cooperation()).share.why == "no_arrangements"


def ran(*rows: Met, started_on: date | None = OLD, first: Met | None = EARLY, **log: object) -> Reuse:
    """Responses to the one incident, through an arrangement of 90 days old unless the test says another."""
    made = [an_arrangement("oud", started_on=started_on), an_arrangement("nieuw", started_on=NEW)]
    known = {"arrangements": made, "incidents": [an_incident(INCIDENT)], **log}
    return origins.reuse(cooperation(*([first] if first else []), *rows, **known))  # type: ignore[arg-type]


def response(arrangement: int, days: int = 5, **more: object) -> Met:
    return met(INCIDENT + timedelta(days=days), "PQ", arrangement, incident=1, **more)


def test_three_of_four_responses_ran_through_what_existed():
    found = ran(response(1), response(1, 8), response(2, 9), response(1, 12), met(INCIDENT, "PQ", 1))
    assert (found.reused, found.known, found.unknown) == (3, 4, 0)
    assert (found.share.value, found.through) == (0.75, {1: (3, 4)})
    assert (found.share.low, found.share.high) == (
        pytest.approx(0.1941, abs=1e-4), pytest.approx(0.9937, abs=1e-4)
    )  # fmt: skip


def test_it_was_there_when_it_was_ninety_days_old():
    assert [ran(response(1), started_on=day).reused for day in (OLD, YOUNG)] == [1, 0]


def test_a_response_outside_any_arrangement_ran_through_nothing():
    found = ran(response(0), response(9))
    assert (found.reused, found.known) == (0, 2)


def test_a_row_counts_for_what_it_stands_for_and_no_response_is_no_share():
    found = ran(response(1, count=3), response(2))
    assert (found.reused, found.known) == (3, 4)
    assert ran(met(INCIDENT, "PQ", 1)).share.why == "no_responses"


def test_without_a_beginning_the_first_meeting_tells_the_age_when_the_log_is_old_enough():
    def told(first_meeting: date, log_began: date) -> tuple[int, int, int]:
        rows = [met(first_meeting, "PQ", 1), response(1)]
        found = ran(*rows, started_on=None, first=met(log_began, "YZ"))
        return found.reused, found.known, found.unknown

    assert told(OLD, OLD) == (1, 1, 0)
    assert told(YOUNG, OLD) == (0, 1, 0)  # the log was there, and it was not
    assert told(YOUNG, YOUNG) == (0, 0, 1)  # it may have met before the log began
    assert told(INCIDENT + timedelta(days=2), YOUNG) == (0, 0, 1)
    assert told(INCIDENT + timedelta(days=2), OLD) == (0, 1, 0)


def test_a_first_meeting_after_the_asked_evening_founded_nothing_yet():
    later = {1: date(2024, 6, 1)}
    made = [an_arrangement("later")]
    then, now = (
        cooperation(EARLY, arrangements=made, first_met=later, until=until)
        for until in (date(2024, 5, 31), date(2024, 6, 1))
    )
    assert (then.founded_on(1), now.founded_on(1)) == (None, date(2024, 6, 1))
    assert origins.born_in_peace(then).unknown == 1
