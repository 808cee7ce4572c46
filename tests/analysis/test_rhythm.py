"""How one arrangement stands: adherence, silence, late, dormant, paused, ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.analysis.agreed import START, after, an_arrangement, answer, meetings, months, the_rhythm
from tests.analysis.logs import every
from tests.analysis.test_recurrence import DAYS, arrangements
from tracker.analysis.recurrence import HELD
from tracker.analysis.rhythm import YEAR, Rhythm, in_period, rhythm

SUMMER = (date(2023, 7, 1), date(2023, 8, 31))
JUNE = date(2023, 6, 10)


def share(found: Rhythm) -> tuple[float | None, float | None]:
    return found.adherence_lower.value, found.adherence_upper.value


def test_eight_of_twelve_months_is_two_thirds_with_a_wide_range():
    missed = [1, 4, 7, 10]
    told = [answer(day) for n, day in enumerate(months(12)) if n in missed]
    found = the_rhythm(an_arrangement(months(12, skip=missed), answers=told))
    assert share(found) == (pytest.approx(8 / 12), pytest.approx(8 / 12))
    assert 0.60 <= (found.adherence_upper.value or 0) <= 0.72
    assert found.adherence_upper.low == pytest.approx(0.349, abs=0.001)
    assert found.adherence_upper.high == pytest.approx(0.901, abs=0.001)


def test_fifteen_of_twelve_is_all_of_them_with_three_extra():
    found = the_rhythm(an_arrangement([*months(12), *months(3, first=date(2023, 4, 10), day=20)]))
    assert share(found) == (1, 1)
    assert found.counts == {"held": 12}
    assert sum(one.extra for one in found.expected) == 3


def test_a_quarterly_arrangement_is_judged_as_fairly():
    told = [answer(date(2023, 7, 10))]
    quarterly = an_arrangement(months(12, skip=[1, 2, 4, 5, 6, 7, 8, 10, 11]), answers=told,
                               cadence="FREQ=MONTHLY;INTERVAL=3")  # fmt: skip
    assert share(the_rhythm(quarterly)) == (0.75, 0.75)


def test_cancelled_with_a_reason_lowers_adherence_too():
    told = [answer(date(2023, 6, 10), "cancelled")]
    found = the_rhythm(an_arrangement(months(12, skip=[5]), answers=told))
    assert share(found) == (pytest.approx(11 / 12), pytest.approx(11 / 12))


def test_half_answered_is_bounded_both_ways():
    """Six held, three answered as missed, three nobody answered."""
    told = [answer(day, "not_held") for day in months(12)[6:9]]
    found = the_rhythm(an_arrangement(months(6), answers=told))
    assert share(found) == (0.5, pytest.approx(6 / 9))
    assert found.counts == {"held": 6, "not_held": 3, "unknown": 3}


def test_marking_july_and_august_as_recess_leaves_the_score():
    agreed = an_arrangement(months(6), grace_weeks=1)
    before = the_rhythm(agreed, until=date(2023, 6, 30), recess=[SUMMER])
    during = the_rhythm(agreed, until=date(2023, 8, 31), recess=[SUMMER])
    after_it = the_rhythm(agreed, until=date(2023, 9, 9), recess=[SUMMER])
    assert share(before) == share(during) == share(after_it) == (1, 1)
    assert {one.state for one in (before, during, after_it)} == {"on_rhythm"}


def test_positive_control_without_recess_the_score_falls():
    agreed = an_arrangement(months(6), grace_weeks=1)
    assert share(the_rhythm(agreed, until=date(2023, 8, 31)))[0] == 0.75
    assert the_rhythm(agreed, until=date(2023, 8, 31)).state == "dormant"


def test_the_day_before_it_is_due_equals_the_day_itself():
    agreed = an_arrangement(months(5))
    before, on_the_day = (the_rhythm(agreed, until=after(JUNE, day)) for day in (-1, 0))
    assert share(before) == share(on_the_day)
    assert before.state == on_the_day.state == "on_rhythm"
    assert before.next_due == on_the_day.next_due == JUNE


@pytest.mark.parametrize("grace", [0, 1, 3])
def test_grace_comes_before_late(grace: int):
    agreed = an_arrangement(months(5), grace_weeks=grace)
    on_the_last_day = the_rhythm(agreed, until=after(JUNE, 7 * grace))
    the_day_after = the_rhythm(agreed, until=after(JUNE, 7 * grace + 1))
    assert (on_the_last_day.state, the_day_after.state) == ("on_rhythm", "late")


@pytest.mark.parametrize("grace", [0, 2])
def test_late_becomes_dormant_after_a_whole_period_and_the_grace(grace: int):
    agreed = an_arrangement(months(5), grace_weeks=grace)
    told = [the_rhythm(agreed, until=after(JUNE, 30 + day + 7 * grace)).state for day in (0, 1)]
    assert told == ["late", "dormant"]


def test_recess_and_pauses_do_not_bring_dormancy_nearer():
    agreed = an_arrangement(months(5))
    recess = [(date(2023, 6, 20), date(2023, 7, 31))]
    paused = replace(agreed, pauses=((date(2023, 6, 20), date(2023, 7, 31)),))
    for one, log in ((agreed, {"recess": recess}), (paused, {})):
        told = [the_rhythm(one, until=after(JUNE, 30 + 42 + day), **log).state for day in (0, 1)]
        assert told == ["late", "dormant"]


def test_paused_with_a_reason_is_not_dormant_and_not_judged():
    agreed = an_arrangement(months(5), pauses=[(date(2023, 6, 1), date(2023, 12, 31))])
    found = the_rhythm(agreed)
    assert (found.state, found.judged) == ("paused", False)
    assert share(found) == (1, 1)


@pytest.mark.parametrize("reason", ["secured", "handed_over", "no_longer_needed"])
def test_ended_by_decision_is_not_dormant(reason: str):
    ended = an_arrangement(months(5), ended_on=date(2023, 5, 31), end_reason=reason)
    found = the_rhythm(ended)
    assert (found.state, found.judged, found.dormant) == ("ended", False, False)
    assert the_rhythm(replace(ended, ended_on=None, end_reason="")).dormant


def test_an_end_that_lies_ahead_ends_nothing_yet():
    ended = an_arrangement(months(4), ended_on=date(2023, 5, 20), end_reason="secured")
    assert the_rhythm(ended, until=date(2023, 5, 9)).state == "on_rhythm"
    assert the_rhythm(ended, until=date(2023, 5, 12)).state == "late", "of two due days to come one is left"


def test_a_planned_meeting_does_not_reset_the_clock_and_a_held_one_does():
    silent = an_arrangement(months(5))
    planned = replace(silent, answers=(answer(date(2024, 1, 5), "planned"),))
    held = replace(silent, held=(*silent.held, date(2023, 12, 28)))
    assert the_rhythm(silent).state == the_rhythm(planned).state == "dormant"
    assert the_rhythm(silent).silence_days == the_rhythm(planned).silence_days == 235
    assert (the_rhythm(held).state, the_rhythm(held).silence_days) == ("on_rhythm", 3)


def test_meeting_before_the_next_one_is_due_resets_the_clock():
    """Nobody met in May; they met on 5 June, five days before the meeting of June."""
    agreed = an_arrangement([*months(4), date(2023, 6, 5)])
    assert the_rhythm(agreed, until=date(2023, 6, 7)).state == "on_rhythm"


def test_meeting_in_recess_resets_the_clock():
    agreed = an_arrangement([*months(5), date(2023, 7, 12)])
    log = {"until": date(2023, 7, 20), "recess": [SUMMER]}
    assert the_rhythm(agreed, **log).state == "on_rhythm"
    assert the_rhythm(replace(agreed, held=tuple(months(5))), **log).state == "late"


def test_a_moved_meeting_resets_the_clock_on_its_new_day():
    told = [answer(JUNE, "moved", date(2023, 7, 20))]
    agreed = an_arrangement(months(5), answers=told)
    assert the_rhythm(agreed, until=date(2023, 7, 19)).state == "dormant"
    found = the_rhythm(agreed, until=date(2023, 7, 20))
    assert (found.state, found.last_held, found.silence_days) == ("on_rhythm", date(2023, 7, 20), 0)


def test_cancelled_with_a_reason_is_not_late_but_it_is_no_meeting_either():
    agreed = an_arrangement(months(5), answers=[answer(JUNE, "cancelled")], grace_weeks=2)
    told = [the_rhythm(agreed, until=after(JUNE, days)).state for days in (20, 44, 45)]
    assert told == ["on_rhythm", "on_rhythm", "dormant"]


def test_without_a_cadence_it_is_dormant_only_beyond_all_of_eight_earlier_gaps():
    days = [*every(30, START, date(2023, 7, 1)), date(2023, 9, 10), date(2023, 10, 1), date(2023, 11, 1)]
    assert len(days) == 9
    agreed = an_arrangement(days, cadence="")
    longest = max((b - a).days for a, b in pairwise(days))
    told = [the_rhythm(agreed, until=after(days[-1], longest + day)) for day in (0, 1)]
    assert [one.state for one in told] == ["on_demand", "dormant"]
    assert [one.longer_gaps for one in told] == [1, 0]
    few = an_arrangement(days[1:], cadence="")
    found = the_rhythm(few, until=after(days[-1], 1000))
    assert (found.state, found.judged) == ("on_demand", False)


def test_silence_against_its_own_earlier_gaps():
    days = [date(2023, 1, 1), date(2023, 1, 31), date(2023, 4, 11), date(2023, 5, 1)]
    found = the_rhythm(an_arrangement(days, cadence=""), until=date(2023, 6, 10))
    assert found.gaps == (30, 70, 20)
    assert (found.silence_days, found.longer_gaps) == (40, 1)


def test_nothing_known_is_no_silence():
    found = the_rhythm(an_arrangement(started_on=None), first_entry=None)
    assert (found.last_held, found.silence_days, found.gaps, found.expected) == (None, None, (), ())
    assert (found.state, found.judged) == ("on_rhythm", False)
    assert (
        found.adherence_upper.status == found.ratio_12_24.status == found.trend_per_year.status == "missing"
    )


def test_the_last_year_against_the_two_before_by_the_exact_split():
    """Stuurgroep of the case: 1 in the last year, 4 in the two before: 0.5, from 0.010 to 5.05."""
    until = date(2026, 6, 9)
    earlier = [date(2023, 9, 1), date(2024, 3, 1), date(2024, 9, 1), date(2025, 3, 1)]
    days = [*every(90, date(2020, 1, 1), date(2021, 1, 1)), *earlier, date(2025, 11, 7)]
    found = the_rhythm(an_arrangement(days, cadence="", started_on=None), until=until)
    assert (found.last_12_months, found.prior_24_months, found.silence_days) == (1, 4, 214)
    ratio = found.ratio_12_24
    assert (ratio.value, ratio.low, ratio.high) == (
        0.5, pytest.approx(0.01015, rel=1e-3), pytest.approx(5.053, rel=1e-3),
    )  # fmt: skip


def test_a_rhythm_that_halves_every_year_has_a_trend_of_one_half():
    days = [START]
    while days[-1] < date(2027, 1, 1):
        days.append(days[-1] + timedelta(days=round(7 * 2 ** ((days[-1] - START).days / 365.25))))
    found = the_rhythm(an_arrangement(days, cadence=""), until=date(2027, 1, 31))
    assert found.trend_per_year.value == pytest.approx(0.5, abs=0.05)
    assert found.trend_per_year.high < 0.75  # type: ignore[operator]


def test_a_moved_one_ahead_is_next_on_its_new_day():
    told = [answer(JUNE, "moved", date(2023, 6, 28))]
    found = the_rhythm(an_arrangement(months(5), answers=told), until=date(2023, 6, 12))
    assert found.next_due == date(2023, 6, 28)


@settings(max_examples=100, deadline=None)
@given(arrangements())
def test_the_states_of_a_year_add_up_and_the_bounds_keep_their_order(made):
    found = the_rhythm(an_arrangement(**made), until=date(2024, 12, 31))
    year = in_period(found.expected, date(2024, 12, 31) - YEAR, date(2024, 12, 31))
    assert found.counts == dict(Counter(one.state for one in year))
    assert sum(found.counts.values()) == len(year)
    lower, upper = found.adherence_lower, found.adherence_upper
    if upper.value is not None:
        assert 0 <= lower.value <= upper.value <= 1  # type: ignore[operator]
        assert lower.low <= upper.low + 1e-12  # type: ignore[operator]


@settings(max_examples=200, deadline=None)
@given(arrangements(), DAYS)
def test_one_more_meeting_never_lowers_adherence(made, extra):
    """After the first one: an earlier first meeting would say that the rhythm began earlier."""
    assume(made["held"] and extra >= made["held"][0])
    log = {"until": date(2024, 12, 31)}
    before = the_rhythm(an_arrangement(**made), **log)
    more = the_rhythm(an_arrangement(**(made | {"held": [*made["held"], extra]})), **log)
    taken = [sum(one.state in HELD for one in found.expected) for found in (before, more)]
    assert taken[0] <= taken[1]
    for old, new in zip(share(before), share(more), strict=True):
        assert old is None or old <= new


@settings(max_examples=200, deadline=None)
@given(arrangements(), DAYS, st.integers(0, 99))
def test_recess_never_changes_what_became_of_the_others(made, first, length):
    agreed = an_arrangement(**made)
    recess = (first, after(first, length))
    log = {"until": date(2024, 12, 31)}
    free, closed = (rhythm(agreed, meetings(agreed, recess=off, **log)) for off in ([], [recess]))
    outside = [one.due_on for one in closed.expected if not recess[0] <= one.due_on <= recess[1]]
    states = [{one.due_on: one.state for one in found.expected} for found in (free, closed)]
    changed = [day for day in outside if states[0][day] != states[1][day]]
    assert all((states[0][day], states[1][day]) == ("unknown", "pending") for day in changed)
