"""The plain indicators of an evaluation: shares of few things, and what the log cannot tell."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.analysis import agreed
from tests.analysis.working_together import (
    UNTIL,
    Met,
    an_agreement,
    an_arrangement,
    an_incident,
    cooperation,
    met,
)
from tracker.analysis import indicators
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.indicators import Averted, Indicators, Part
from tracker.analysis.quarter import Quarter
from tracker.analysis.recurrence import Expected
from tracker.analysis.rhythm import Rhythm, rhythm
from tracker.records import IncidentReview

RIPE = date(2024, 6, 3)
DOMAINS = ("A", "B", "C")


def found(known: Cooperation, rhythms: tuple[Rhythm, ...] = (), **more: object) -> Indicators:
    log = agreed.meetings(until=known.until, first_entry=date(2015, 1, 1))
    return indicators.indicators(known, replace(log, **more), rhythms, Quarter(2024, 4), DOMAINS)


def told(part: Part) -> tuple[int, int]:
    return part.hits, part.trials


def reviewed(days: int) -> IncidentReview:
    return IncidentReview(incident_id=1, held_on=RIPE + timedelta(days=days), result="Sneller")


# --- days to the first joint activity ---------------------------------------------------------------


def test_the_median_of_six_has_the_whole_range_and_of_five_no_number():
    five, six = (indicators.median_days([3, 1, 4, 1, 5, 9][:n]) for n in (5, 6))
    assert (five.status, five.why, five.value) == ("hidden", "few_followed", None)
    assert (six.value, six.low, six.high) == (3.5, 1, 9)
    assert indicators.median_days([]).why == "no_followed"


def test_what_has_not_happened_yet_leaves_the_upper_end_open():
    one = indicators.median_days([0, 1, 2, 3, 4, None])
    assert (one.status, one.value, one.low, one.high) == ("open", None, 0, None)
    assert indicators.median_days([None] * 8).low is None


@pytest.mark.parametrize("n", [6, 7, 12, 20])
def test_the_interval_of_the_median_keeps_its_promise_and_is_not_wider_than_it_must(n):
    """Counted over every way in which n days can lie below or above the median."""
    one = indicators.median_days(list(range(n)))
    below = [math.comb(n, k) / 2**n for k in range(n + 1)]
    rank = int(one.low) + 1
    assert 1 - 2 * sum(below[:rank]) >= 0.95
    assert 1 - 2 * sum(below[: rank + 1]) < 0.95
    assert one.high == n - rank


def test_only_incidents_that_were_followed_for_four_weeks_have_days():
    days = [UNTIL - timedelta(days=n) for n in (27, 28, 100, 200, 300, 364, 365)]
    rows = [met(day + timedelta(days=place), "PQ") for place, day in enumerate(days)]
    known = found(cooperation(*rows, incidents=[an_incident(day, severity=1) for day in days]))
    assert known.followed == 5
    assert known.together.why == "few_followed"


def test_two_domains_can_come_later_than_two_organisations():
    days = [date(2024, month, 1) for month in range(3, 10)]
    rows = [met(day + timedelta(days=n), who) for day in days for n, who in ((1, "PQ"), (4, "PR"))]
    known = found(cooperation(*rows, incidents=map(an_incident, days), domains={"Q": "P"}))
    assert (known.together.value, known.across.value) == (1, 4)


# --- evaluation and aftercare -----------------------------------------------------------------------


@pytest.mark.parametrize(("days", "hits"), [(-1, 0), (0, 1), (56, 1), (57, 0)])
def test_an_incident_is_evaluated_when_somebody_looked_back_within_eight_weeks(days, hits):
    serious = [an_incident(RIPE)]
    looked = cooperation(incidents=serious, looked_back=[reviewed(days)])
    logged = cooperation(met(RIPE + timedelta(days=days), "PQ", incident=1, kind="evaluation"),
                         incidents=serious)  # fmt: skip
    for known in (looked, logged):
        assert told(found(known).evaluated) == (hits, 1)
    assert told(found(looked).aftercare) == (0, 1)


def test_aftercare_is_an_activity_tied_to_the_incident():
    def of(**row: object) -> tuple[int, int]:
        one = met(RIPE + timedelta(days=9), "PQ", **row)
        return told(found(cooperation(one, incidents=[an_incident(RIPE)])).aftercare)

    assert of(kind="aftercare", incident=1) == (1, 1)
    assert of(kind="aftercare") == (0, 1)
    assert of(kind="evaluation", incident=1) == (0, 1)


def test_an_incident_is_a_trial_when_its_eight_weeks_ran_out_in_the_last_year():
    days = [UNTIL - timedelta(days=n) for n in (55, 56, 420, 421)]
    assert told(found(cooperation(incidents=map(an_incident, days))).evaluated) == (0, 2)
    light = found(cooperation(incidents=[an_incident(RIPE, severity=2)])).evaluated
    assert (light.trials, light.share.why) == (0, "no_serious")


def test_follow_ups_are_what_was_agreed_at_the_evaluation_of_such_an_incident():
    due = date(2024, 9, 1)
    closed = {"state": "done", "closed_on": due}
    promises = [
        an_agreement(due, origin="review", incident_id=1, **closed),
        an_agreement(due, origin="review", incident_id=1),
        an_agreement(due, origin="review", incident_id=1, state="wont_do", closed_on=due, reason="Anders"),
        an_agreement(due, origin="incident", incident_id=1),
        an_agreement(UNTIL, origin="review", incident_id=1),
    ]
    assert told(found(cooperation(incidents=[an_incident(RIPE)], agreements=promises)).follow_ups) == (1, 2)


# --- knowledge and phases ---------------------------------------------------------------------------


def test_a_domain_is_taught_when_one_of_it_was_at_a_training_or_exercise():
    rows = [
        met(date(2024, 5, 1), "AX", kind="training"),
        met(date(2024, 5, 1), "AB", kind="dialogue"),
        met(date(2023, 12, 31), "C", kind="exercise"),
    ]
    part = found(cooperation(*rows)).taught
    assert told(part) == (1, 3)
    assert part.share.low == part.share.high == pytest.approx(1 / 3)


def test_a_training_of_which_nobody_wrote_down_who_came_tells_nothing():
    part = found(cooperation(met(date(2024, 5, 1), kind="training"))).taught
    assert part.share.why == "no_attendance"
    assert told(found(cooperation()).taught) == (0, 3)


def test_a_domain_without_organisations_cannot_be_taught():
    known = cooperation(met(date(2024, 5, 1), "A", kind="training"))
    assert told(found(replace(known, withdrawn=frozenset({3}))).taught) == (1, 2)
    assert found(replace(known, partners={})).taught.share.why == "no_partners"


def test_an_activity_without_a_phase_has_that_of_its_arrangement():
    rows = [met(date(2024, 5, n), "PQ", 1, phase="primary" if n < 4 else "") for n in range(1, 11)]
    rows.append(met(date(2024, 6, 1), "PQ", count=2))
    phases = found(cooperation(*rows, arrangements=[an_arrangement(phase="secondary")])).phases
    assert {code: told(part) for code, part in phases.items()} == {
        "primary": (3, 10),
        "secondary": (7, 10),
    }
    assert {part.unknown for part in phases.values()} == {2}


@pytest.mark.parametrize(("with_phase", "without", "stated"), [(7, 0, False), (8, 5, True), (8, 6, False)])
def test_phases_of_few_activities_are_counted_and_not_stated(with_phase, without, stated):
    rows = [met(date(2024, 5, 1), "PQ", phase="primary", count=with_phase)]
    rows += [met(date(2024, 5, 2), "PQ")] * without
    part = found(cooperation(*rows)).phases["primary"]
    assert part.hits == with_phase
    assert (part.share.stated, part.share.why) == (stated, "" if stated else "few_phases")


# --- age and stability ------------------------------------------------------------------------------

OLD = date(2019, 1, 8)


def standing(skip: range | tuple[int, ...] = (), *, answers: bool = True, start: date = OLD) -> Rhythm:
    """A monthly arrangement up to the end of 2024; the skipped months are said not to be held."""
    months = (UNTIL.year - start.year) * 12 + UNTIL.month - start.month + 1
    every = agreed.months(months, day=8, first=start)
    missed = [every[months - 1 - n] for n in skip]
    said = [agreed.answer(day) for day in missed] if answers else []
    one = agreed.an_arrangement([d for d in every if d not in missed], started_on=start, answers=said)
    return rhythm(one, agreed.meetings(one, until=UNTIL, first_entry=date(2015, 1, 1)))


def stable(*rhythms: Rhythm, start: date = OLD, **more: object) -> Part:
    rows: list[Met] = []
    known = cooperation(*rows, arrangements=[an_arrangement(started_on=start)])
    return found(known, rhythms, **more).stable


def test_an_old_arrangement_is_stable_until_it_misses_three_in_a_row():
    assert told(stable(standing())) == (1, 1)
    assert told(stable(standing((5, 6, 9, 10)))) == (1, 1)
    assert told(stable(standing((5, 6, 7)))) == (0, 1)
    assert told(stable(standing(range(40, 50)))) == (1, 1)


def test_what_nobody_answered_makes_stability_unknown():
    part = stable(standing((5, 6, 7), answers=False))
    assert (told(part), part.unknown, part.share.why) == ((0, 0), 1, "young_log")


def test_a_young_arrangement_and_a_young_log_have_no_stability():
    young = stable(standing(start=date(2022, 1, 8)), start=date(2022, 1, 8))
    assert young.share.why == "no_old_arrangements"
    short = stable(standing(), first_entry=date(2022, 6, 1))
    assert (short.unknown, short.share.why) == (1, "young_log")


def test_the_longest_run_is_that_of_reading_every_stretch():
    states = ("held", "moved", "not_held", "cancelled", "unknown")
    for combination in itertools.product(states, repeat=5):
        trials = [Expected(due_on=UNTIL, state=state) for state in combination]
        for unknown in (True, False):
            missed = {"not_held", "cancelled", *(["unknown"] if unknown else [])}
            slow = max(
                (b - a for a in range(6) for b in range(a, 6) if set(combination[a:b]) <= missed), default=0
            )
            assert indicators.longest_run(trials, unknown_as_missed=unknown) == slow


# --- averted ----------------------------------------------------------------------------------------


def test_what_was_averted_in_the_quarter_names_the_arrangements_it_ran_through():
    days = [date(2024, 11, 5), date(2024, 9, 30)]
    rows = [
        met(date(2024, 11, 5), "PQ", 1, incident=1),
        met(date(2024, 11, 6), "PQ", 1, incident=1),
        met(date(2024, 11, 6), "PQ", incident=1),
        met(date(2024, 11, 7), "PQ", 2),
    ]
    known = cooperation(*rows, incidents=[an_incident(day, averted=True) for day in days],
                        arrangements=[an_arrangement(), an_arrangement("Triage")])  # fmt: skip
    assert found(known).averted == (Averted(incident=1, through=(1,)),)
