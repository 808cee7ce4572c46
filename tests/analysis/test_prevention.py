"""The prevention matrix and whom to involve: what was planned, what was done, and where nobody was."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.analysis.working_together import (
    UNTIL,
    Met,
    an_arrangement,
    an_incident,
    cooperation,
    letters,
    met,
    number,
)
from tracker.analysis import prevention
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.involve import Involve, involve
from tracker.analysis.prevention import PHASES, Cell, Prevention
from tracker.records import PlannedShare

DAY = timedelta(days=1)
DOMAINS = ("safety", "social", "education", "care", "justice", "community")
CREW = {"P": "safety", "Q": "social", "R": "education", "S": "care", "T": "justice"}


def log(*rows: Met, **known: object) -> Cooperation:
    return cooperation(*rows, **{"domains": CREW, **known})  # type: ignore[arg-type]


def matrix(known: Cooperation, *planned: PlannedShare) -> Prevention:
    return prevention.prevention(known, prevention.plan(planned, DOMAINS))


def cell(found: Prevention, phase: str, domain: str) -> Cell:
    return next(one for one in found.cells if (one.phase, one.domain) == (phase, domain))


def done(who: str, phase: str, lead: str = "", days: int = 10, **more: object) -> Met:
    return met(UNTIL - days * DAY, who, phase=phase, lead=lead, **more)


# The plan.


def test_where_nobody_planned_the_default_stands_and_is_called_that():
    planned = prevention.plan([], DOMAINS)
    assert planned["primary", "social"] == planned["primary", "education"] == ("lead", True)
    assert planned["primary", "safety"] == planned["primary", "community"] == ("support", True)
    assert planned["tertiary", "justice"] == ("lead", True)
    assert planned["tertiary", "education"] == ("none", True)
    assert len(planned) == len(DOMAINS) * len(PHASES)


def test_what_was_planned_takes_the_place_of_the_default_in_its_own_cell_only():
    planned = prevention.plan([PlannedShare(phase="primary", domain="social", share="none")], DOMAINS)
    assert planned["primary", "social"] == ("none", False)
    assert planned["secondary", "social"] == ("lead", True)


def test_a_domain_or_a_phase_of_which_the_model_knows_nothing_has_no_part():
    planned = prevention.plan([PlannedShare(phase="response", domain="sport", share="lead")], ("sport",))
    assert set(planned.values()) == {("none", True)}


# What was done.


def test_who_leads_is_the_lead_of_the_activity_else_the_owner_of_its_arrangement():
    made = [an_arrangement("a", owner_id=number("Q"), phase="primary"), an_arrangement("b")]
    rows = [
        met(UNTIL, "PQ", 1),
        met(UNTIL, "PQR", 1, lead="R"),
        met(UNTIL, "PS", 2, phase="primary"),
    ]
    found = matrix(log(*rows, arrangements=made))
    assert [(one.led, one.took_part) for one in (cell(found, "primary", name) for name in DOMAINS)] == [
        (0, 3), (1, 1), (1, 0), (0, 1), (0, 0), (0, 0)
    ]  # fmt: skip
    [primary, *_] = found.phases
    assert (primary.activities, primary.lead_known, primary.nobody_known) == (3, 2, 0)


def test_the_phase_is_that_of_the_activity_else_of_its_arrangement():
    made = [an_arrangement("a", phase="primary"), an_arrangement("b")]
    rows = [
        met(UNTIL, "PQ", 1),
        met(UNTIL, "PQ", 1, phase="tertiary"),
        met(UNTIL, "PQ", 2, count=2),
        met(UNTIL, "PQ", phase="response"),
    ]
    found = matrix(log(*rows, arrangements=made))
    assert [one.activities for one in found.phases] == [1, 0, 1]
    assert (found.total, found.no_phase, found.outside) == (5, 2, 1)


def test_only_the_last_year_counts():
    rows = [done("PQ", "primary", days=days) for days in (0, 364, 365)]
    assert matrix(log(*rows)).total == 2


@pytest.mark.parametrize(
    ("planned", "lead", "who", "state"),
    [
        ("lead", "S", "ST", "leads"),
        ("lead", "T", "ST", "lead_takes_part"),
        ("lead", "T", "PT", "white_spot"),
        ("support", "S", "ST", "lead_helps"),
        ("support", "T", "ST", "supports"),
        ("support", "", "ST", "supports"),
        ("support", "T", "PT", "white_spot"),
        ("none", "S", "ST", "leads_unplanned"),
        ("none", "T", "ST", "takes_part"),
        ("none", "T", "PT", "empty"),
    ],
)
def test_what_a_cell_comes_to(planned, lead, who, state):
    found = matrix(
        log(done(who, "secondary", lead)), PlannedShare(phase="secondary", domain="care", share=planned)
    )
    assert cell(found, "secondary", "care").state == state


def test_a_planted_white_spot_is_the_only_one():
    everyone = [
        done("PQRST", phase, lead)
        for phase, lead in (("primary", "Q"), ("secondary", "P"), ("tertiary", "T"))
    ]
    found = matrix(log(*everyone))
    assert [(one.phase, one.domain) for one in found.white_spots] == [("primary", "community")]


def test_a_phase_in_which_nothing_was_done_has_a_white_spot_for_all_that_was_planned():
    found = matrix(log(done("PQRST", "primary", "Q")))
    spots = {(one.phase, one.domain) for one in found.white_spots}
    assert {domain for phase, domain in spots if phase == "tertiary"} == {
        "justice", "safety", "care", "social"
    }  # fmt: skip


def test_a_gap_is_no_gap_while_most_activities_have_no_phase():
    rows = [done("PQ", "primary")]
    few, many = (matrix(log(*rows, *[done("PQ", "")] * n)) for n in (0, 2))
    assert few.white_spots
    assert many.white_spots == ()
    assert cell(many, "tertiary", "justice").state == "not_known"
    assert cell(many, "primary", "social").state == "lead_takes_part"
    assert matrix(log()).white_spots == ()


def test_a_gap_is_no_gap_while_nobody_wrote_down_who_came_or_led():
    told = matrix(log(done("PQ", "primary"), done("", "tertiary", "T")))
    untold = matrix(log(done("PQ", "primary"), done("", "tertiary")))
    assert cell(told, "tertiary", "care").state == "white_spot"
    assert cell(untold, "tertiary", "care").state == "not_known"
    assert cell(untold, "primary", "education").state == "white_spot"


def slow(rows: list[Met], phase_of: dict[int, str], owner_of: dict[int, str]) -> tuple[Counter, Counter]:
    """One activity and one domain at a time."""
    led, took_part = Counter(), Counter()
    for row in rows:
        phase = row.phase or phase_of.get(row.arrangement, "")
        lead = CREW.get(row.lead or owner_of.get(row.arrangement, ""), "")
        for domain in DOMAINS:
            if domain == lead:
                led[phase, domain] += row.count
            elif any(CREW[letter] == domain for letter in row.who):
                took_part[phase, domain] += row.count
    return led, took_part


def test_the_matrix_equals_a_count_by_hand_in_any_log():
    chance = random.Random(3)
    for _ in range(25):
        made = [
            an_arrangement(str(n), phase=chance.choice(["", *PHASES]), owner_id=number(chance.choice("PQR")))
            for n in (1, 2)
        ]
        rows = [
            done(
                "".join(chance.sample("PQRST", chance.randrange(4))),
                chance.choice(["", "response", *PHASES]),
                chance.choice(["", "", *"PQRST"]),
                days=chance.randrange(300),
                arrangement=chance.choice([0, 1, 2]),
                count=chance.randrange(1, 4),
            )
            for _ in range(chance.randrange(30))
        ]
        found = matrix(log(*rows, arrangements=made))
        owners = {n: letters([one.owner_id or 0]) for n, one in enumerate(made, start=1)}
        led, took_part = slow(rows, {n: one.phase for n, one in enumerate(made, start=1)}, owners)
        for one in found.cells:
            place = (one.phase, one.domain)
            assert (one.led, one.took_part) == (led[place], took_part[place])
        inside = sum(one.activities for one in found.phases)
        assert found.total == inside + found.no_phase + found.outside == sum(row.count for row in rows)


# Whom to involve.


ASYLUM, YOUTH = (
    an_incident(date(2024, 3, 1), phenomenon=one) for one in ("asylum_reception", "youth_street")
)


def guide(*rows: Met, phenomenon: str = "", phase: str = "", **known: object) -> Involve:
    happened = {"incidents": [ASYLUM, YOUTH], **known}
    planned = prevention.plan([], DOMAINS)
    return involve(log(*rows, **happened), planned, phenomenon=phenomenon, phase=phase)


def after(who: str, incident: int = 1, days: int = 100, phase: str = "") -> Met:
    return met(UNTIL - days * DAY, who, incident=incident, phase=phase)


def test_who_came_after_incidents_of_the_phenomenon_with_times_and_the_last_day():
    rows = [after("PQ", days=90), after("PS", days=60), after("PQ", days=30), after("RT", 2, days=20)]
    found = guide(*rows, phenomenon="asylum_reception")
    assert (found.basis, found.activities, found.last) == ("phenomenon", 3, UNTIL - 30 * DAY)
    assert [(letters([one.partner]), one.times, one.missed_last) for one in found.usual] == [
        ("P", 3, False), ("Q", 2, False), ("S", 1, True)
    ]  # fmt: skip
    assert found.usual[2].last_there == UNTIL - 60 * DAY


def test_the_narrowest_choice_that_the_log_has_enough_of_is_taken():
    both = [after("PQ", phase="primary")] * 3
    more = [after("RS")] * 3
    asked = {"phenomenon": "asylum_reception", "phase": "primary"}
    assert guide(*both, *more, **asked).basis == "both"
    assert guide(*both[:2], *more, **asked).basis == "phenomenon"
    within = [done("TP", "primary")] * 3
    assert guide(*both[:2], *within, **asked).basis == "phase"
    assert guide(*both, phase="primary").basis == "phase"
    assert guide(*more).basis == "all"


def test_with_too_little_it_falls_back_on_the_plan_and_still_names_who_came():
    found = guide(after("PQ"), phenomenon="asylum_reception", phase="tertiary")
    assert (found.basis, found.activities) == ("plan", 1)
    assert letters(one.partner for one in found.usual) == "PQ"
    assert found.asked == ("safety", "justice", "social", "care")
    empty = guide(phenomenon="asylum_reception", phase="tertiary")
    assert (empty.basis, empty.activities, empty.usual, empty.last) == ("plan", 0, (), None)


def test_the_plan_names_who_was_never_there_and_domains_without_an_organisation():
    found = guide(*[after("PQ", phase="primary")] * 3, phase="primary")
    assert letters(found.absent) == "R"
    assert found.no_organisation == ("community",)
    assert guide(phase="response").asked == ()


def test_an_exercise_is_no_incident_to_learn_from_and_an_unnamed_activity_tells_nothing():
    played = replace(ASYLUM, exercise=True)
    asked = {"phenomenon": "asylum_reception", "incidents": [played]}
    assert guide(*[after("PQ")] * 3, **asked).activities == 0
    assert guide(*[after("PQ")] * 3, after("", days=1), phenomenon="asylum_reception").activities == 3


def test_an_organisation_that_was_taken_back_is_not_asked():
    known = replace(log(*[after("PQ")] * 3, incidents=[ASYLUM]), withdrawn=frozenset([number("Q")]))
    found = involve(known, prevention.plan([], DOMAINS), phenomenon="asylum_reception")
    assert letters(one.partner for one in found.usual) == "P"
    assert letters(found.absent) == "RST"


def test_the_usual_partners_equal_a_count_by_hand_in_any_log():
    chance = random.Random(5)
    for _ in range(20):
        rows = [
            after(
                "".join(chance.sample("PQRST", chance.randrange(4))),
                chance.choice([0, 1, 2]),
                chance.randrange(1, 600),
                chance.choice(["", "primary", "tertiary"]),
            )
            for _ in range(chance.randrange(4, 30))
        ]
        found = guide(*rows, phenomenon="youth_street")
        chosen = [row for row in rows if row.who and row.incident == 2]
        times = Counter(letter for row in chosen for letter in row.who)
        newest = max((row.day for row in chosen), default=None)
        assert {letters([one.partner]): one.times for one in found.usual} == times
        for one in found.usual:
            last = max(row.day for row in chosen if letters([one.partner]) in row.who)
            assert (one.last_there, one.missed_last) == (last, last < newest)
