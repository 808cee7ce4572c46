"""The structure verdict: do the agreed meetings go on?"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.analysis.agreed import START, UNTIL, after, an_arrangement, answer, months, the_structure
from tests.analysis.logs import every
from tracker.analysis import calendar, policy, proportion
from tracker.analysis.meetings import Agreed, Answer, Meetings
from tracker.analysis.structure import structure

FORTNIGHT = "FREQ=WEEKLY;INTERVAL=2"


def one(held: int, *, missed: int = 0, name: str = "Regiegroep", first: int = 0) -> Agreed:
    """Monthly: so many held, then so many answered as not held, the rest of the year unanswered."""
    days = months(12)
    told = [answer(day) for day in days[first + held : first + held + missed]]
    return an_arrangement(days[first : first + held], answers=told, name=name)


def mixed(hits: int, *, of: int = 12, name: str = "Regiegroep") -> Agreed:
    """Monthly, all answered, the missed ones spread evenly, the last one always held."""
    days = months(of)
    held = [day for n, day in enumerate(days) if (n + 1) * hits // of > n * hits // of]
    return an_arrangement(held, answers=[answer(day) for day in days if day not in held], name=name)


def silent(name: str = "Stil") -> Agreed:
    return an_arrangement(months(6), name=name)


def test_meetings_that_go_on_hold_from_the_first_year_on():
    found = the_structure(mixed(11), mixed(11), mixed(11))
    assert (found.verdict, found.expected, found.held, found.unanswered) == ("holds", 36, 33, 0)
    assert found.adherence_lower == found.adherence_upper
    assert (found.arrangements, found.judged, found.dormant) == (3, 3, 0)
    assert found.difference.why == "no_incidents"


def test_meetings_that_are_missed_slip():
    assert the_structure(mixed(3), mixed(4), mixed(3)).verdict == "slips"


def test_about_the_border_it_is_undecided_and_asks_for_nothing_when_all_is_answered():
    found = the_structure(mixed(8), mixed(7), mixed(8))
    assert (found.verdict, found.needed) == ("undecided", ())


def test_without_an_arrangement_it_is_too_early_and_asks_for_one():
    for found in (
        the_structure(),
        the_structure(first_entry=None),
        structure(Meetings(until=UNTIL, arrangements=())),
    ):
        assert found.verdict == "too_early"
        assert [(need.what, need.have, need.need) for need in found.needed] == [
            ("arrangements_with_rhythm", 0, 1)
        ]
        assert (found.expected, found.held, found.names) == (0, 0, ())


@pytest.mark.parametrize("started_on", [None, UNTIL])
def test_an_arrangement_without_meetings_gives_an_answer(started_on: date | None):
    found = the_structure(
        an_arrangement(started_on=started_on), an_arrangement(cadence="", started_on=started_on)
    )
    assert found.verdict == "too_early"


def test_one_arrangement_with_five_meetings_is_too_early_and_says_how_many_are_missing():
    found = the_structure(an_arrangement(months(5)), until=date(2023, 5, 31))
    assert found.verdict == "too_early"
    assert [(need.what, need.have, need.need) for need in found.needed] == [("expected_meetings", 5, 12)]
    assert found.names == ("Regiegroep",)


def test_one_or_two_arrangements_are_named_and_three_are_not():
    two = (mixed(12), mixed(11, name="Netwerk"))
    assert the_structure(*two).names == ("Regiegroep", "Netwerk")
    assert the_structure(*two, mixed(12, name="Tafel")).names == ()


def test_only_those_are_named_that_it_rests_on():
    stopped = an_arrangement(
        months(3, first=date(2018, 1, 10)), started_on=date(2018, 1, 10), ended_on=date(2018, 3, 31),
        end_reason="secured", name="Oud",
    )  # fmt: skip
    found = the_structure(mixed(12), stopped, stopped, first_entry=date(2018, 1, 1))
    assert found.names == ("Regiegroep",)
    only = the_structure(stopped, first_entry=date(2018, 1, 1))
    assert [need.what for need in only.needed] == ["arrangements_with_rhythm"]


def test_fewer_than_twelve_in_a_year_lengthens_it_to_at_most_two():
    days = every(70, date(2021, 1, 5), UNTIL)
    often = an_arrangement(days, cadence="FREQ=WEEKLY;INTERVAL=10", started_on=days[0])
    found = the_structure(often, first_entry=days[0])
    assert found.verdict == "too_early", "ten in two years"
    assert found.since == UNTIL - timedelta(days=730)
    assert found.needed[0].have == 10
    both = the_structure(often, replace(often, name="Netwerk"), first_entry=days[0])
    assert both.expected == 12
    assert UNTIL - timedelta(days=730) < both.since < UNTIL - timedelta(days=365)
    assert both.verdict == "holds"


def test_what_was_no_longer_needed_does_not_keep_the_window_short():
    days = every(70, date(2021, 1, 5), UNTIL)
    often = an_arrangement(days, cadence="FREQ=WEEKLY;INTERVAL=10", started_on=days[0])
    stopped = an_arrangement(
        every(14, date(2022, 1, 4), date(2023, 11, 30)), cadence=FORTNIGHT, started_on=date(2022, 1, 4),
        ended_on=date(2023, 11, 30), end_reason="no_longer_needed",
    )  # fmt: skip
    found = the_structure(often, often, often, stopped, first_entry=days[0])
    assert found.expected >= policy.value("least_expected")
    assert found.verdict == "holds"


@pytest.mark.parametrize("others", [2, 5, 20])
def test_a_third_that_fell_silent_slips_before_all_else(others: int):
    lively = [an_arrangement(every(14, START, UNTIL), cadence=FORTNIGHT) for _ in range(others)]
    quiet = [silent() for _ in range(others // 2)]
    found = the_structure(*lively, *quiet, *([silent()] if others == 5 else []))
    assert (found.verdict, found.dormant / found.judged) == ("slips", pytest.approx(1 / 3, abs=0.05))
    fewer = the_structure(*lively, *lively, *lively, *quiet)
    assert fewer.dormant / fewer.judged < 1 / 3
    assert fewer.verdict == "holds"


def test_a_third_is_a_third_for_every_number():
    third = policy.value("dormant_share")
    assert all(n >= third * 3 * n > n - 1 for n in range(1, 200))


def test_one_silent_of_two_does_not_slip_but_cannot_hold():
    lively = an_arrangement(every(7, START, UNTIL), cadence="FREQ=WEEKLY")
    assert the_structure(lively).verdict == "holds"
    assert the_structure(lively, silent()).verdict == "undecided"


def test_on_demand_with_eight_gaps_is_judged_with_fewer_not():
    days = every(20, START, date(2023, 7, 30))
    assert len(days) >= 9
    often, seldom = an_arrangement(days, cadence=""), an_arrangement(days[:5], cadence="")
    found = the_structure(mixed(12), often, seldom)
    assert (found.judged, found.dormant) == (2, 1)


@pytest.mark.parametrize("reason", ["secured", "handed_over"])
def test_what_was_secured_or_handed_over_leaves_at_its_end(reason: str):
    ended = an_arrangement(months(6), ended_on=date(2023, 6, 30), end_reason=reason)
    found = the_structure(mixed(12), mixed(12), ended)
    assert (found.verdict, found.expected, found.held) == ("holds", 30, 30)
    assert (found.arrangements, found.judged, found.dormant) == (2, 2, 0)


def test_positive_control_without_an_end_it_is_silence():
    found = the_structure(mixed(12), mixed(12), silent())
    assert (found.verdict, found.dormant, found.unanswered) == ("slips", 1, 6)


def test_what_was_no_longer_needed_is_counted_apart_and_too_many_block():
    ended = an_arrangement(months(6), ended_on=date(2023, 6, 30), end_reason="no_longer_needed")
    going = [mixed(12) for _ in range(4)]
    assert (the_structure(*going, ended).expected, the_structure(*going, ended).verdict) == (48, "holds")
    assert the_structure(*going, ended, ended).verdict == "holds", "two of six is a third, not more"
    assert the_structure(*going, ended, ended, ended).verdict == "undecided"


def test_what_ended_years_ago_blocks_nothing():
    ended = an_arrangement(
        months(6, first=date(2020, 1, 10)), started_on=date(2020, 1, 10), ended_on=date(2020, 6, 30),
        end_reason="no_longer_needed",
    )  # fmt: skip
    assert (
        the_structure(mixed(12), mixed(12), ended, ended, ended, first_entry=date(2020, 1, 1)).verdict
        == "holds"
    )


def test_an_end_that_is_still_to_come_changes_nothing_yet():
    """Asked about the past: what was ended later had not ended then."""
    later = replace(mixed(12), ended_on=date(2024, 6, 30), end_reason="no_longer_needed")
    found = the_structure(later, later, later)
    assert (found.verdict, found.expected, found.arrangements) == ("holds", 36, 3)


def test_unanswered_is_left_out_above_and_missed_below_and_the_answers_are_asked_for():
    found = the_structure(*[one(8, first=4) for _ in range(3)])
    assert (found.expected, found.held, found.unanswered) == (24, 24, 12)
    assert (found.adherence_upper.value, found.adherence_lower.value) == (1, pytest.approx(24 / 36))
    assert found.verdict == "undecided"
    assert [(need.what, need.have) for need in found.needed] == [("occurrences_without_answer", 12)]


def test_answers_are_not_asked_for_when_they_decide_nothing():
    """Seven of twelve and one unknown each: whatever the answer, it stays about the border."""
    gap = [replace(mixed(7), answers=mixed(7).answers[:-1]) for _ in range(3)]
    found = the_structure(*gap)
    assert (found.verdict, found.unanswered, found.needed) == ("undecided", 3, ())


def test_a_tenth_less_than_the_year_before_beyond_doubt_slips():
    weekly = every(7, date(2022, 1, 4), UNTIL)
    half = [day for n, day in enumerate(weekly) if day.year == 2022 or n % 5 < 3]
    told = [answer(day) for day in weekly if day not in half]
    less = [an_arrangement(half, answers=told, cadence="FREQ=WEEKLY", started_on=weekly[0]) for _ in range(2)]
    found = the_structure(*less, first_entry=weekly[0])
    assert found.adherence_upper.low < 0.6 < found.adherence_upper.high  # type: ignore[operator]
    assert found.verdict == "slips"
    alone = the_structure(*less, first_entry=date(2023, 1, 1))
    assert alone.verdict == "undecided", "positive control: without the year before"


def test_recess_for_all_in_summer_changes_no_verdict():
    summer = (date(2023, 7, 1), date(2023, 8, 31))
    off = [an_arrangement(months(12, skip=[6, 7]), name=name) for name in "abc"]
    found = the_structure(*off, recess=[summer])
    assert (found.verdict, found.expected, found.held) == ("holds", 30, 30)


SERIOUS = date(2023, 5, 15)  # the meetings of June, July and August are due within 90 days


def test_peacetime_adherence_is_compared_with_that_after_an_incident_by_hand():
    """Peacetime, without the first 90 days of the log: April, May, September to December."""
    quiet, busy = (4, 6), (3, 3)
    held = [day for n, day in enumerate(months(12)) if n not in (9, 11)]
    told = [answer(day) for day in months(12) if day not in held]
    found = the_structure(an_arrangement(held, answers=told), serious=[SERIOUS]).difference
    wanted = proportion.newcombe(quiet, busy, 1.0, proportion.quantile(1.0, 0))
    assert (found.value, found.low, found.high) == pytest.approx((wanted.value, wanted.low, wanted.high))
    assert found.value == pytest.approx(4 / 6 - 1)


def test_from_three_arrangements_the_difference_is_weighed_by_arrangement():
    made = [mixed(12), mixed(6, name="b"), mixed(9, name="c")]
    found = the_structure(*made, serious=[SERIOUS]).difference
    top = bottom = 0.0
    for agreed in made:
        quiet = [day for day in months(12) if day.month in (5, 9, 10, 11, 12) or day == date(2023, 4, 10)]
        busy = [day for day in months(12) if day.month in (6, 7, 8)]
        weight = len(quiet) * len(busy) / (len(quiet) + len(busy))
        gap = sum(d in agreed.held for d in quiet) / len(quiet) - sum(d in agreed.held for d in busy) / len(
            busy
        )
        top, bottom = top + weight * gap, bottom + weight
    assert found.value == pytest.approx(top / bottom)
    assert -1 <= found.low < found.value < found.high <= 1  # type: ignore[operator]


def test_weighing_by_arrangement_is_not_misled_by_who_met_when():
    """Each goes on alike in both times, but they meet unequally often in each."""
    often = an_arrangement(every(7, date(2023, 4, 11), UNTIL), cadence="FREQ=WEEKLY")
    third = [day for n, day in enumerate(months(12)) if n % 2]
    seldom = [
        an_arrangement(third, answers=[answer(day) for day in months(12) if day not in third])
        for _ in range(3)
    ]
    found = the_structure(often, *seldom, serious=[SERIOUS]).difference
    assert abs(found.value) < 0.15  # type: ignore[operator]


def test_without_a_meeting_on_one_side_there_is_no_difference():
    assert the_structure(mixed(12)).difference.why == "no_incidents"
    found = the_structure(mixed(12), serious=[date(2022, 1, 1)], first_entry=date(2022, 1, 1))
    assert found.difference.why == "few_meetings"


def test_an_incident_on_the_due_day_is_before_the_meeting():
    due = date(2023, 6, 10)
    within = the_structure(
        mixed(12),
        serious=[
            due - timedelta(days=89),
        ],
    ).difference
    beyond = the_structure(mixed(12), serious=[due - timedelta(days=90)]).difference
    assert within.status == beyond.status == "ok"
    assert within.low != beyond.low


def a_big_log(arrangements: int, years: int) -> Meetings:
    """Five rhythms in turn, four of five meetings held, half of the others answered."""
    until = date(2026, 6, 9)
    first = until - timedelta(days=365 * years)
    quarterly, second_tuesday = "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=2TU"
    rhythms = [("FREQ=MONTHLY", 30), (FORTNIGHT, 14), (second_tuesday, 30), (quarterly, 91), ("", 40)]
    made = []
    for number in range(arrangements):
        cadence, step = rhythms[number % 5]
        start = after(first, number % 28)
        days = every(step, start, until)
        told = [Answer(due_on=day, state="not_held") for day in days[4::10]] if cadence else []
        held = [day for n, day in enumerate(days) if n % 5 != 4]
        made.append(an_arrangement(held, cadence=cadence, started_on=start, answers=told, name=str(number)))
    return Meetings(
        until=until, arrangements=tuple(made), first_entry=first,
        recess=tuple(calendar.recess([], first, after(until, 370))),
        serious=tuple(after(first, 180 * n) for n in range(2 * years)),
    )  # fmt: skip


def test_two_hundred_arrangements_over_ten_years_are_judged_while_one_waits():
    log = a_big_log(200, 10)
    started = time.process_time()  # others may use the machine meanwhile
    found = structure(log)
    assert time.process_time() - started < 4
    assert found.arrangements == 200
