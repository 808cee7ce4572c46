"""Which meetings were due, and what became of each."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.agreed import (
    MONTHLY,
    START,
    UNTIL,
    after,
    an_arrangement,
    answer,
    expected,
    meetings,
    months,
    states,
)
from tests.analysis.logs import every
from tracker.analysis import recurrence

YEARS = (date(2023, 1, 1), date(2024, 12, 31))  # 2024 is a leap year
SUMMER = (date(2023, 7, 1), date(2023, 8, 31))
FORTNIGHT = "FREQ=WEEKLY;INTERVAL=2"


def due(cadence: str, started_on: date = date(2023, 1, 1), **arrangement: object) -> list[date]:
    agreed = an_arrangement(cadence=cadence, started_on=started_on, **arrangement)  # type: ignore[arg-type]
    return recurrence.due_days(agreed, *YEARS)


def test_monthly_for_a_year_is_twelve_meetings():
    assert states(an_arrangement()) == ["unknown"] * 12


@pytest.mark.parametrize("day", range(1, 32))
def test_monthly_is_twelve_a_year_whatever_the_day_of_the_first_meeting(day: int):
    start = date(2023, 1, day)
    found = due(MONTHLY, start)
    assert [one.month for one in found] == [*range(1, 13)] * 2
    assert all(one.day == day or (one + timedelta(days=1)).day == 1 for one in found)


def test_on_the_31st_means_on_the_last_day_of_a_shorter_month():
    found = due(MONTHLY, date(2023, 1, 31))
    assert found[1] == date(2023, 2, 28)
    assert found[13] == date(2024, 2, 29)


def test_every_two_weeks_goes_on_over_a_leap_day():
    found = due(FORTNIGHT, date(2023, 1, 3))
    assert found == every(14, date(2023, 1, 3), YEARS[1])
    assert date(2024, 2, 27) in found
    assert date(2024, 3, 12) in found


def test_the_second_tuesday_is_the_second_tuesday_of_every_month():
    found = due("FREQ=MONTHLY;BYDAY=2TU")
    assert len(found) == 24
    assert all(one.weekday() == 1 and 8 <= one.day <= 14 for one in found)


@pytest.mark.parametrize("start", [date(2023, 1, 15), date(2023, 2, 28), date(2023, 1, 31)])
def test_quarterly_is_four_a_year_over_a_leap_year(start: date):
    found = due("FREQ=MONTHLY;INTERVAL=3", start)
    assert [one.month for one in found] == [start.month + 3 * n for n in range(4)] * 2


def test_yearly_on_a_leap_day_falls_due_every_year():
    agreed = an_arrangement(cadence="FREQ=YEARLY", started_on=date(2024, 2, 29))
    found = recurrence.due_days(agreed, date(2024, 1, 1), date(2028, 12, 31))
    assert [one.isoformat() for one in found] == [
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip


def test_yearly_in_two_months_falls_due_in_both():
    found = due("FREQ=YEARLY;BYMONTH=3,9", date(2023, 1, 31))
    assert [(one.year, one.month) for one in found] == [(2023, 3), (2023, 9), (2024, 3), (2024, 9)]


def test_a_number_of_times_is_counted_from_the_first_meeting():
    assert len(due("FREQ=MONTHLY;COUNT=5")) == 5


def test_a_rhythm_with_a_last_day_ends_there():
    assert len(due("FREQ=MONTHLY;UNTIL=20230630", date(2023, 1, 10))) == 6


def test_without_a_start_and_without_meetings_nothing_is_due():
    assert due(MONTHLY, None) == []  # type: ignore[arg-type]
    assert states(an_arrangement(started_on=None), first_entry=None) == []


def test_without_a_start_the_rhythm_begins_at_the_first_meeting():
    assert due(MONTHLY, None, held=[date(2023, 3, 8)])[0] == date(2023, 3, 8)  # type: ignore[arg-type]


def test_what_was_agreed_before_the_first_meeting_was_due_too():
    late = an_arrangement(months(10, first=date(2023, 3, 10), day=14))
    assert Counter(states(late)) == {"unknown": 2, "held": 10}


def test_of_an_arrangement_older_than_the_log_only_the_days_in_the_log_count():
    old = an_arrangement(months(24, day=7), started_on=date(2010, 1, 7))
    found = expected(old, first_entry=date(2023, 1, 1))
    assert found[0].due_on == date(2023, 1, 7)
    assert {one.state for one in found} == {"held"}
    assert len(found) == 12


def test_after_the_end_nothing_is_due():
    ended = an_arrangement(ended_on=date(2023, 6, 10), end_reason="secured")
    assert [one.due_on.month for one in expected(ended)] == [1, 2, 3, 4, 5, 6]


def test_each_state_is_what_somebody_said():
    jan, feb, mar, apr, may, jun, *_ = months(12)
    said = an_arrangement(
        [jan],
        answers=[
            answer(feb, "moved", date(2023, 2, 20)),
            answer(mar, "cancelled"),
            answer(apr, "not_held"),
            answer(may, "recess"),
            answer(date(2023, 7, 10), "planned"),
        ],
        grace_weeks=1,
    )
    found = states(said, until=after(jun, 8))
    assert found == ["held", "moved", "cancelled", "not_held", "recess", "unknown"]
    ahead = recurrence.expected(said, meetings(said, until=jun), START)
    assert ahead[5].state == "pending", "within its grace it is not yet unknown"
    assert {one.state for one in ahead[6:]} == {"planned"}


def test_a_moved_meeting_is_held_on_its_new_day_and_not_twice():
    told = [answer(date(2023, 2, 10), "moved", date(2023, 3, 3))]
    moved = an_arrangement([START, date(2023, 3, 3), date(2023, 3, 10)], answers=told)
    found = expected(moved, until=date(2023, 3, 31))
    assert [one.state for one in found] == ["held", "moved", "held"]
    assert found[1].held_on == date(2023, 3, 3)
    assert sum(one.extra for one in found) == 0


def test_a_moved_meeting_counts_once_its_new_day_has_come():
    told = [answer(date(2023, 2, 10), "moved", date(2023, 3, 3))]
    moved = an_arrangement([START], answers=told)
    assert states(moved, until=date(2023, 3, 2))[1] == "planned"
    assert states(moved, until=date(2023, 3, 3))[1] == "moved"


def test_a_meeting_moved_out_of_recess_is_not_lost():
    told = [answer(date(2023, 7, 10), "moved", date(2023, 9, 8))]
    moved = an_arrangement([*months(6), date(2023, 9, 8)], answers=told)
    found = expected(moved, recess=[SUMMER], until=date(2023, 9, 30))
    assert [one.state for one in found] == ["held"] * 6 + ["recess"] * 2 + ["held"]


def test_a_plan_beside_an_answer_does_not_hide_the_answer():
    both = an_arrangement(
        [START], answers=[answer(date(2023, 2, 8), "planned"), answer(date(2023, 2, 10), "cancelled")]
    )
    assert states(both, until=date(2023, 2, 28))[1] == "cancelled"


def test_two_meetings_in_one_month_are_one_held_and_one_extra():
    twice = an_arrangement([*months(12), date(2023, 5, 20)])
    found = expected(twice)
    assert {one.state for one in found} == {"held"}
    assert [one.extra for one in found] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("off", range(-15, 16))
def test_every_day_belongs_to_one_due_day(off: int):
    """Also the day half-way between two that lie an odd number of days apart."""
    middle = date(2023, 8, 10)  # 31 days after the one before and before the next
    agreed = an_arrangement([START, after(middle, off)])
    assert Counter(states(agreed))["held"] == 2


@pytest.mark.parametrize("days", [-7, -3, 3, 7])
@pytest.mark.parametrize("cadence", [MONTHLY, FORTNIGHT, "FREQ=MONTHLY;BYDAY=2TU"])
def test_meetings_that_drift_by_up_to_a_week_are_not_lost(cadence: str, days: int):
    planned = recurrence.due_days(an_arrangement(cadence=cadence), START, UNTIL)
    drifted = [after(day, round(days * n / len(planned))) for n, day in enumerate(planned)]
    held = [day for day in drifted if day <= UNTIL]
    assert Counter(states(an_arrangement(held, cadence=cadence)))["held"] == len(held) > 10


def test_meetings_a_week_off_by_turns_are_not_lost():
    """In the other week, now on Monday, now on Wednesday: about the border of two due days."""
    planned = recurrence.due_days(an_arrangement(cadence=FORTNIGHT), START, UNTIL)
    shaky = [after(day, 6 if n % 2 else 8) for n, day in enumerate(planned[:-1])]
    found = expected(an_arrangement([START, *shaky[1:]], cadence=FORTNIGHT))
    assert Counter(one.state for one in found) == {"held": 25, "unknown": 1}


def test_a_spare_meeting_more_than_a_period_away_makes_up_for_nothing():
    found = states(an_arrangement([*months(12, skip=[3]), date(2023, 6, 20)]))
    assert Counter(found) == {"held": 11, "unknown": 1}


def test_recess_is_no_trial_and_a_pause_neither():
    agreed = an_arrangement(months(12, skip=[6, 7]), pauses=[(date(2023, 10, 1), date(2023, 10, 31))])
    found = states(agreed, recess=[SUMMER])
    assert Counter(found) == {"held": 9, "recess": 3}


def test_off_days_count_a_day_once_that_lies_in_recess_and_in_a_pause():
    agreed = an_arrangement(pauses=[(date(2023, 8, 25), date(2023, 9, 5))])
    log = meetings(agreed, recess=[SUMMER])
    assert recurrence.off_days(agreed, log, date(2023, 8, 30), date(2023, 9, 30)) == 7
    assert recurrence.off_days(agreed, log, date(2023, 10, 1), date(2023, 10, 31)) == 0


def test_grace_does_not_run_out_in_recess():
    agreed = an_arrangement(months(5), grace_weeks=2)
    log = {"recess": [(date(2023, 6, 15), date(2023, 7, 31))]}
    assert states(agreed, until=date(2023, 7, 31), **log)[5] == "pending"
    assert states(agreed, until=date(2023, 8, 9), **log)[5] == "pending"
    assert states(agreed, until=date(2023, 8, 11), **log)[5] == "unknown"


def test_the_day_before_it_is_due_equals_the_day_itself_and_grace_comes_after():
    agreed = an_arrangement(months(5), grace_weeks=1)
    june = date(2023, 6, 10)
    told = {day: Counter(states(agreed, until=after(june, day)))["unknown"] for day in (-1, 0, 7, 8)}
    assert told == {-1: 0, 0: 0, 7: 0, 8: 1}


RULES = (
    MONTHLY, FORTNIGHT, "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY",
    "FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=3", "FREQ=MONTHLY;BYMONTH=1,4,9",
)  # fmt: skip
DAYS = st.dates(date(2023, 1, 10), date(2024, 12, 31))
SAID = st.builds(answer, DAYS, st.sampled_from(["planned", "moved", "cancelled", "not_held", "recess"]), DAYS)


@st.composite
def arrangements(draw, **fixed):
    held = draw(st.lists(DAYS, max_size=40))
    return {
        "held": sorted(held),
        "cadence": draw(st.sampled_from(RULES)),
        "grace_weeks": draw(st.integers(0, 6)),
        "answers": draw(st.lists(SAID, max_size=8)),
        "started_on": draw(st.none() | DAYS),
    } | fixed


@settings(max_examples=150, deadline=None)
@given(arrangements())
def test_every_meeting_that_was_due_has_one_state(made):
    agreed = an_arrangement(**made)
    found = expected(agreed, until=date(2024, 12, 31))
    begin = agreed.started_on or (agreed.held[0] if agreed.held else None)
    days = recurrence.due_days(agreed, START, date(2024, 12, 31)) if begin else []
    assert [one.due_on for one in found] == days
    kinds = Counter(one.state for one in found)
    known = {"held", "moved", "cancelled", "not_held", "recess", "unknown", "pending", "planned"}
    assert set(kinds) <= known
    assert sum(kinds.values()) == len(days)
    assert all((one.held_on is not None) for one in found if one.state in recurrence.HELD)


@settings(max_examples=100, deadline=None)
@given(arrangements(answers=()))
def test_no_meeting_is_counted_twice_and_none_in_the_time_of_the_log_is_lost(made):
    agreed = an_arrangement(**(made | {"started_on": date(2022, 1, 10)}))
    log = meetings(agreed, until=date(2024, 12, 31))
    found = recurrence.expected(agreed, log, date(2022, 1, 10))
    counted = sum(one.extra + (one.state == "held") for one in found)
    assert counted == len(agreed.held)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(RULES), DAYS, st.integers(0, 3000))
def test_a_rule_that_starts_later_says_the_same_days(cadence: str, start: date, later: int):
    """The slow way: all days from the very first meeting on, by dateutil itself."""
    if start.day > 28:
        start = start.replace(day=28)
    agreed = an_arrangement(cadence=cadence, started_on=start)
    first, last = after(start, later), after(start, later + 1500)
    slow = rrulestr(cadence, dtstart=datetime.combine(start, time()))
    wanted = slow.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    assert recurrence.due_days(agreed, first, last) == [one.date() for one in wanted]
