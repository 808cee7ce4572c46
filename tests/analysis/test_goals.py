"""Shared goals: what each measure counts, and what may be said of it on which day."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.analysis import agreed, logs
from tests.analysis.working_together import (
    an_agreement,
    an_arrangement,
    an_incident,
    cooperation,
    met,
    number,
)
from tracker.analysis import goals, proportion
from tracker.analysis.estimate import Estimate
from tracker.analysis.goals import Measured, Progress, Seen
from tracker.analysis.question import Question
from tracker.records import GOAL_MEASURES, Goal, IncidentReview

UNTIL = date(2024, 11, 15)
FIRST, LAST = date(2024, 7, 1), date(2024, 9, 30)  # the last full quarter by then
DAY = timedelta(days=1)


def a_goal(measure: str = "domains_met", target: float = 3, **changed: object) -> Goal:
    known = {"text": "Samen verder", "measure": measure, "target": target, "due_on": UNTIL + 60 * DAY}
    return Goal(**{**known, **changed})  # type: ignore[arg-type]


def seen(
    *rows: object,
    until: date = UNTIL,
    arranged: Iterable[object] = (),
    logged: Iterable[date] | None = None,
    incidents: Iterable[object] = (),
    **known: object,
) -> Seen:
    """Everything read up to one evening; the log has an entry every week unless the test says otherwise."""
    happened = list(incidents)
    serious = [(one.happened_on, one.severity) for one in happened]  # type: ignore[attr-defined]
    entries = logs.every(7, date(2022, 1, 3), until) if logged is None else logged
    days = [row.day for row in rows if len(row.who) > 1 and row.day <= until]  # type: ignore[attr-defined]
    log = logs.a_log(days, first=date(2022, 1, 3), last=until, entries=entries, incidents=serious)
    return Seen(
        log=log,
        meetings=agreed.meetings(*arranged, until=until, first_entry=date(2022, 1, 3)),  # type: ignore[arg-type]
        known=cooperation(*rows, until=until, incidents=happened, **known),  # type: ignore[arg-type]
        question=Question(until=until),
    )


def stands(goal: Goal, found: Seen, until: date = UNTIL) -> Progress:
    [one] = goals.progress({1: goal}, until, lambda _: found)
    return one


def held(times: int, of: int) -> object:
    """A monthly arrangement of which so many of the last meetings took place."""
    first = agreed.months(31, first=date(2022, 5, 10))
    due = [day for day in first if UNTIL - 365 * DAY < day <= UNTIL][-of:]
    missed = [agreed.answer(day) for day in due[times:]]
    return agreed.an_arrangement(due[:times], started_on=due[0], answers=missed)


# What each measure counts.


def test_domains_and_organisations_are_those_of_the_last_full_quarter():
    rows = [met(FIRST, "PQ"), met(LAST, "PR"), met(FIRST - DAY, "STU"), met(LAST + DAY, "XYZ")]
    same = dict.fromkeys("PQ", "safety")
    found = seen(*rows, domains=same)
    assert goals.measured("organisations_met", found).value == Estimate(value=3, low=3, high=3, status="ok")
    domains = goals.measured("domains_met", found)
    assert (domains.hits, domains.first, domains.last) == (2, FIRST, LAST)


@pytest.mark.parametrize("measure", ["domains_met", "organisations_met"])
def test_where_nobody_wrote_down_who_came_there_may_have_been_more(measure: str):
    whole = seen(met(FIRST, "PQ"), met(LAST, "PR"))
    half = seen(met(FIRST, "PQ"), met(LAST, "PR"), met(LAST, ""))
    assert stands(a_goal(measure, 4), whole).status == "on_the_way"
    one = stands(a_goal(measure, 4), half)
    assert (one.status, one.why, one.measured.value.low) == ("cannot_say", "who_came_unknown", 3)
    assert stands(a_goal(measure, 3), half).status == "reached"


def test_a_week_that_nobody_logged_may_hide_who_came_and_what_was_done():
    gap = [day for day in logs.every(7, date(2022, 1, 3), UNTIL) if not date(2024, 7, 20) < day < LAST]
    for measure in ("domains_met", "peacetime_activities"):
        known, unknown = seen(met(FIRST, "PQ")), seen(met(FIRST, "PQ"), logged=gap)
        assert stands(a_goal(measure, 5), known).status == "on_the_way"
        assert stands(a_goal(measure, 5), unknown).why == "weeks_not_logged"
        assert stands(a_goal(measure, 1), unknown).status == "reached"


def test_peacetime_activities_leave_out_the_quarter_after_a_serious_incident():
    rows = [met(date(2024, 7, 2) + 10 * n * DAY, "PQ") for n in range(9)]
    calm = goals.measured("peacetime_activities", seen(*rows))
    assert calm.hits == 9
    half = goals.measured("peacetime_activities", seen(*rows, incidents=[an_incident(date(2024, 8, 15))]))
    assert half.hits == sum(row.day < date(2024, 8, 15) for row in rows) == 5
    ended = [an_incident(date(2024, 6, 30)), an_incident(date(2024, 7, 20))]
    little = stands(a_goal("peacetime_activities", 3), seen(*rows, incidents=ended))
    assert (little.measured.hits, little.status, little.why) == (0, "cannot_say", "few_peacetime_days")


def test_shared_owners_are_of_two_domains_and_counted_as_they_stand():
    two = {"owner_id": number("P"), "second_owner_id": number("Q")}
    made = [an_arrangement("a", **two), an_arrangement("b", owner_id=number("P")), an_arrangement("c")]
    made += [an_arrangement("over", ended_on=UNTIL, end_reason="secured")]
    found = goals.measured("shared_owners", seen(arrangements=made))
    assert (found.hits, found.trials, found.first, found.last) == (1, 3, UNTIL, UNTIL)
    assert found.value == proportion.exact(1, 3)
    assert found.bounds == (pytest.approx(100 / 3), pytest.approx(100 / 3))


def test_agreements_on_time_are_those_that_fell_due_in_a_year():
    due = [UNTIL - 30 * n * DAY for n in range(1, 11)]
    kept = [an_agreement(day, state="done", closed_on=day) for day in due[:8]]
    late = [an_agreement(day, state="done", closed_on=day + DAY) for day in due[8:]]
    dropped = [an_agreement(due[0], state="wont_do", closed_on=due[0], reason="geen geld")]
    old = [an_agreement(UNTIL - 400 * DAY)]
    found = goals.measured("agreements_on_time", seen(agreements=[*kept, *late, *dropped, *old]))
    assert (found.hits, found.trials) == (8, 10)
    low, high = found.bounds or (0, 0)
    assert (round(low, 1), round(high, 1)) == (44.4, 97.5)


def test_silent_arrangements_are_counted_and_fewer_is_better():
    loud, quiet = held(12, 12), held(4, 12)
    found = seen(arranged=[loud, quiet])
    assert goals.measured("quiet_at_most", found).hits == 1
    assert [stands(a_goal("quiet_at_most", most), found).status for most in (0, 1, 2)] == [
        "on_the_way", "reached", "reached"
    ]  # fmt: skip
    nothing = stands(a_goal("quiet_at_most", 0), seen())
    assert (nothing.status, nothing.why) == ("cannot_say", "none_judged")


def test_agreed_meetings_are_counted_as_the_structure_verdict_counts_them():
    found = seen(arranged=[held(9, 12)])
    one = goals.measured("meetings_held", found)
    assert (one.hits, one.trials, one.unknown) == (9, 12, 0)
    assert one.value.value == 0.75
    assert one.value.low == pytest.approx(found.structure.adherence_lower.low)


def test_an_unanswered_meeting_widens_the_range_both_ways():
    days = agreed.months(12, first=date(2023, 12, 10))
    silent = agreed.an_arrangement(days[:6], started_on=days[0])
    one = goals.measured("meetings_held", seen(arranged=[silent]))
    told = goals.measured("meetings_held", seen(arranged=[held(6, 6)]))
    assert one.unknown > 0
    assert one.hits == one.trials == told.hits == told.trials == 6
    assert (one.value.low or 0) < (told.value.low or 0)
    assert not one.flawless


def responses(times: int, through: int, unknown: int = 0) -> Seen:
    """So many responses to one incident, of which so many through what existed."""
    day = date(2024, 3, 1)
    made = [an_arrangement("oud", started_on=date(2022, 1, 3)), an_arrangement("nieuw", started_on=day)]
    made += [an_arrangement("wie weet")]
    early = met(date(2024, 1, 20), "PQ", 3)
    rows = [met(day + n * DAY, "PQ", 1 if n < through else 2, incident=1) for n in range(times)]
    rows += [met(day + n * DAY, "PQ", 3, incident=1) for n in range(unknown)]
    return seen(early, *rows, incidents=[an_incident(day)], arrangements=made, since=date(2024, 1, 10))


def test_reuse_is_counted_over_incidents_and_what_is_not_known_widens_it():
    found = goals.measured("reuse", responses(10, 8))
    assert (found.hits, found.trials, found.unknown) == (8, 10, 0)
    assert found.value.low == pytest.approx(proportion.exact(8, 10).low)
    wider = goals.measured("reuse", responses(10, 8, unknown=5))
    assert (wider.hits, wider.trials, wider.unknown) == (8, 10, 5)
    assert wider.value.low == pytest.approx(proportion.exact(8, 15).low)
    assert wider.value.high == pytest.approx(proportion.exact(13, 15).high)
    assert goals.measured("reuse", seen()).value.why == "no_responses"


def test_looking_back_counts_when_it_was_within_eight_weeks():
    days = [UNTIL - n * DAY for n in (366, 300, 200, 100, 57, 56, 10, 5)]
    when = {1: 10, 2: 56, 3: 57, 7: 3}  # number of the incident -> days later
    reviews = [
        IncidentReview(incident_id=n, held_on=days[n - 1] + after * DAY, result="we weten meer")
        for n, after in when.items()
    ]
    found = goals.measured(
        "reviewed", seen(incidents=[*map(an_incident, days), an_incident(days[3], 2)], looked_back=reviews)
    )
    # 300 in time, 200 a day late, 100 and 57 never, 10 at once; 366 is too long ago, 56 and 5 may yet be
    assert (found.hits, found.trials) == (2, 5)
    assert goals.measured("reviewed", seen()).value.why == "no_serious_incidents"


def test_every_measure_that_a_goal_can_have_is_counted():
    empty = seen()
    assert {goals.measured(measure, empty).measure for measure in GOAL_MEASURES} == set(GOAL_MEASURES)


# What may be said.


@pytest.mark.parametrize(
    ("target", "status", "why"),
    [
        (40, "reached", ""),
        (70, "cannot_say", "range_covers_target"),
        (80, "cannot_say", "range_covers_target"),
        (98, "on_the_way", ""),
    ],
)
def test_what_is_also_chance_must_clear_the_target_with_its_whole_range(target, status, why):
    found = responses(10, 8)  # 44 to 97 per cent
    one = stands(a_goal("reuse", target), found)
    assert (one.status, one.why) == (status, why)


def test_without_a_failure_no_result_could_be_better_once_there_are_eight():
    assert stands(a_goal("reuse", 100), responses(8, 8)).status == "reached"
    seven = stands(a_goal("reuse", 100), responses(7, 7))
    assert (seven.status, seven.why) == ("cannot_say", "few_trials")
    assert stands(a_goal("reuse", 100), responses(8, 8, unknown=1)).why == "range_covers_target"
    assert stands(a_goal("reuse", 100), responses(9, 8)).status == "on_the_way"


def test_after_its_day_it_is_reached_or_not():
    rows = [met(FIRST, "PQ")]
    due = [UNTIL + DAY, UNTIL, UNTIL - DAY]
    found = [stands(a_goal(target=5, due_on=day), seen(*rows)).status for day in due]
    assert found == ["on_the_way", "on_the_way", "not_reached"]
    assert [stands(a_goal(target=2, due_on=day), seen(*rows)).status for day in due] == ["reached"] * 3


def test_a_goal_is_read_on_its_own_day_when_that_has_passed():
    asked = []

    def read(evening: date) -> Seen:
        asked.append(evening)
        return seen(met(FIRST, "PQ"), until=evening)

    made = {1: a_goal(due_on=date(2024, 10, 5)), 2: a_goal(), 3: a_goal(due_on=date(2024, 10, 5))}
    found = goals.progress(made, UNTIL, read)
    assert sorted(asked) == [date(2024, 10, 5), UNTIL]
    assert [one.goal for one in found] == [1, 3, 2]
    assert found[0].measured.last == LAST


def test_a_goal_that_was_made_later_was_not_there_yet():
    made = {1: a_goal(made_on=UNTIL), 2: a_goal(made_on=UNTIL + DAY), 3: a_goal()}
    found = goals.progress(made, UNTIL, lambda _: seen())
    assert [one.goal for one in found] == [1, 3]
    assert goals.progress({}, UNTIL, lambda _: seen()) == ()


def test_an_empty_log_says_of_every_goal_that_it_cannot_be_said_or_stands_at_nothing():
    nothing = Seen(
        log=logs.a_log([], first=UNTIL, last=UNTIL),
        meetings=agreed.meetings(until=UNTIL, first_entry=None),
        known=cooperation(until=UNTIL),
        question=Question(until=UNTIL),
    )
    found = {measure: stands(a_goal(measure, 1), nothing) for measure in GOAL_MEASURES}
    assert {one.status for one in found.values() if one.measured.measure != "quiet_at_most"} == {"cannot_say"}
    assert all(one.why for one in found.values())


def slow_status(measure: str, bounds: tuple[float, float], flawless: bool, target: float, late: bool) -> str:
    """Tries every value the range can have, on a fine grid, instead of comparing its ends."""
    low, high = bounds
    tried = [low + (high - low) * n / 200 for n in range(201)]
    fine = [value <= target if measure == "quiet_at_most" else value >= target for value in tried]
    if all(fine) or flawless:
        return "reached"
    if not any(fine):
        return "not_reached" if late else "on_the_way"
    return "cannot_say"


@given(
    hits=some.integers(0, 30),
    missed=some.integers(0, 30),
    target=some.integers(0, 100),
    late=some.booleans(),
)
def test_the_status_of_a_share_is_that_of_every_value_in_its_range(hits, missed, target, late):
    if hits + missed == 0:
        return
    found = Measured(
        measure="agreements_on_time", value=proportion.exact(hits, hits + missed), first=FIRST, last=LAST,
        hits=hits, trials=hits + missed,
    )  # fmt: skip
    goal = a_goal("agreements_on_time", target)
    side, _ = goals._side(goal, found)
    short = "not_reached" if late else "on_the_way"
    assert {"past": "reached", "short": short, "": "cannot_say"}[side] == slow_status(
        goal.measure, found.bounds or (0, 0), missed == 0 and hits >= 8, target, late
    )


def test_organisations_and_domains_equal_a_count_by_hand_in_any_log():
    chance = random.Random(11)
    for _ in range(20):
        rows = [
            met(FIRST + chance.randrange(-40, 130) * DAY, "".join(chance.sample("PQRSTU", 2)))
            for _ in range(chance.randrange(1, 25))
        ]
        domains = {letter: chance.choice("abc") for letter in "PQRSTU"}
        found = seen(*rows, domains=domains)
        inside = {letter for row in rows if FIRST <= row.day <= LAST for letter in row.who}
        assert goals.measured("organisations_met", found).hits == len(inside)
        assert goals.measured("domains_met", found).hits == len({domains[one] for one in inside})
