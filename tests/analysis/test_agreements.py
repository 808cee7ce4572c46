"""What was promised: open, overdue, kept on time, and what comes up again after an incident."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.analysis.working_together import an_agreement, an_answer, an_arrangement, an_incident, cooperation
from tracker.analysis import agreements
from tracker.analysis.agreements import Asked, Kept
from tracker.records import Agreement, Arrangement, CheckBack, Incident

TODAY = date(2024, 12, 31)
INCIDENT = date(2024, 3, 1)


def kept(*made: Agreement, until: date = TODAY) -> Kept:
    return agreements.kept(cooperation(agreements=made, until=until))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def done(due_on: date, closed_on: date, **changed: object) -> Agreement:
    return an_agreement(due_on, state="done", closed_on=closed_on, **changed)


def test_due_today_is_not_overdue():
    found = kept(an_agreement(ago(1)), an_agreement(TODAY), an_agreement(ago(-1)))
    assert (found.overdue, found.open) == ((1,), (2, 3))


def test_open_and_overdue_stand_by_the_day_they_are_due_and_closed_ones_newest_first():
    found = kept(
        an_agreement(ago(3)), an_agreement(ago(9)), an_agreement(ago(-9)), an_agreement(ago(-3)),
        done(ago(20), ago(20)), done(ago(30), ago(10)), done(ago(-5), ago(15)),
    )  # fmt: skip
    assert (found.overdue, found.open, found.closed) == ((2, 1), (4, 3), (6, 7, 5))


def test_kept_on_time_is_of_those_that_fell_due_in_a_year():
    found = kept(
        done(ago(10), ago(10)),
        done(ago(20), ago(30)),
        done(ago(30), ago(29)),
        an_agreement(ago(40)),
        an_agreement(ago(50), state="wont_do", closed_on=ago(60), reason="geen geld"),
        done(ago(365), ago(400)),
        an_agreement(TODAY),
    )
    assert (found.due, found.done_on_time, found.done_late, found.dropped) == (4, 2, 1, 1)
    assert (found.on_time.value, found.on_time.low) == (0.5, pytest.approx(0.0676, abs=1e-4))


def test_without_one_that_fell_due_there_is_no_share():
    assert (kept().on_time.status, kept(an_agreement(TODAY)).on_time.why) == ("missing", "no_agreements")
    assert kept(done(ago(364), ago(364))).due == 1
    assert kept(done(ago(365), ago(365))).due == 0


# Looking back.


def asked(
    days: int,
    *answers: CheckBack,
    made: tuple[Agreement, ...] = (),
    arrangements: tuple[Arrangement, ...] = (),
    incident: Incident | None = None,
) -> list[Asked]:
    """What is asked so many days after the incident."""
    until = INCIDENT + timedelta(days=days)
    log = cooperation(
        agreements=made, arrangements=arrangements, answers=answers, until=until,
        incidents=[incident or an_incident(INCIDENT)],
    )  # fmt: skip
    return agreements.asked(log)


def tied(due_on: date = date(2026, 1, 1), **changed: object) -> Agreement:
    """An agreement that came out of the incident, made a week after it."""
    known = {"made_on": INCIDENT + timedelta(days=7), "incident_id": 1, "origin": "incident"}
    return an_agreement(due_on, **{**known, **changed})


def said(moment: int, answer: str = "lives", **about: object) -> CheckBack:
    return an_answer(INCIDENT + timedelta(days=moment), answer, after_days=moment, **about)


def moments(found: list[Asked]) -> list[int]:
    return [one.after_days for one in found]


def test_a_check_back_appears_on_its_day_and_the_later_takes_the_place_of_the_earlier():
    told = {days: moments(asked(days, made=(tied(),))) for days in (0, 29, 30, 89, 90, 179, 180, 365, 366)}
    assert told == {0: [], 29: [], 30: [30], 89: [30], 90: [90], 179: [90], 180: [180], 365: [180], 366: []}
    assert asked(95, made=(tied(),))[0].due_on == INCIDENT + timedelta(days=90)


def test_what_was_answered_vanishes_until_the_next_moment():
    answers = [said(30, agreement_id=1)]
    assert [moments(asked(days, *answers, made=(tied(),))) for days in (30, 89, 90)] == [[], [], [90]]
    both = asked(30, *answers, made=(tied(), tied()))
    assert both[0].agreements == (2,)


def test_what_stopped_is_not_asked_about_again():
    answers = [said(30, "stopped", agreement_id=1), said(30, agreement_id=2)]
    assert asked(90, *answers, made=(tied(), tied()))[0].agreements == (2,)
    assert asked(90, answers[0], made=(tied(),)) == []


def test_what_was_closed_or_ended_by_decision_is_not_asked_about():
    closed = tied(state="done", closed_on=INCIDENT + timedelta(days=91))
    ended = an_arrangement(incident_id=1, ended_on=INCIDENT + timedelta(days=91), end_reason="secured")
    assert asked(95, made=(closed,), arrangements=(ended,)) == []
    running = an_arrangement(incident_id=1)
    assert asked(95, made=(closed,), arrangements=(running,))[0].arrangements == (1,)


def test_what_began_after_a_check_back_is_asked_about_at_the_next():
    late = tied(made_on=INCIDENT + timedelta(days=100))
    answers = [said(90, agreement_id=1)]
    told = [[one.agreements for one in asked(days, *answers, made=(tied(), late))] for days in (110, 180)]
    assert told == [[], [(1, 2)]]


def test_nothing_came_out_of_it_is_asked_and_answered_too():
    nothing = asked(30)
    assert (moments(nothing), nothing[0].arrangements, nothing[0].agreements) == ([30], (), ())
    assert asked(89, said(30, "nothing_left")) == []
    assert moments(asked(90, said(30, "nothing_left"))) == [90]


def test_only_a_serious_incident_that_counts_comes_up():
    assert asked(30, incident=an_incident(INCIDENT, severity=2)) == []
    assert moments(asked(30, incident=an_incident(INCIDENT, severity=3))) == [30]


def test_the_oldest_stands_first():
    happened = [an_incident(INCIDENT), an_incident(INCIDENT + timedelta(days=40))]
    found = agreements.asked(cooperation(incidents=happened, until=INCIDENT + timedelta(days=85)))
    assert [(one.incident, one.after_days) for one in found] == [(1, 30), (2, 30)]
    later = agreements.asked(cooperation(incidents=happened, until=INCIDENT + timedelta(days=92)))
    assert [(one.incident, one.after_days) for one in later] == [(2, 30), (1, 90)]


def test_an_arrangement_belongs_to_the_incident_it_was_tied_to_else_to_the_one_just_before():
    made = [
        an_arrangement("in heat", started_on=INCIDENT + timedelta(days=60)),
        an_arrangement("later", started_on=INCIDENT + timedelta(days=61)),
        an_arrangement("tied", started_on=INCIDENT + timedelta(days=200), incident_id=1),
        an_arrangement("tied to another", started_on=INCIDENT, incident_id=2),
    ]
    happened = [an_incident(INCIDENT), an_incident(date(2023, 1, 1))]
    log = cooperation(arrangements=made, incidents=happened, agreements=[tied(), an_agreement(TODAY)])
    assert agreements.came_out_of(log, 1) == ((1, 3), (1,))
    assert agreements.came_out_of(log, 2) == ((4,), ())
