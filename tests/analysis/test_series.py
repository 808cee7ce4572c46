"""What a day or a week without entries means, and where a count belongs."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.logs import MONDAY, a_log, every
from tracker.analysis import calendar, coverage, series
from tracker.analysis.question import Question
from tracker.records import Silence


def arrays(log, **question):
    return series.daily(log, Question(until=log.last, **question))


def test_a_week_without_events_counts_as_zero_when_somebody_was_logging():
    log = a_log([MONDAY, MONDAY + timedelta(days=21)], last=MONDAY + timedelta(days=27))
    weeks = series.weekly(arrays(log))
    assert weeks["count"].tolist() == [1, 0, 0, 1]
    assert not weeks["unknown"].any()


def test_a_long_silence_is_unknown_beyond_the_usual_gap():
    log = a_log([MONDAY], entries=[MONDAY + timedelta(days=100)], last=MONDAY + timedelta(days=104))
    weeks = series.weekly(arrays(log))
    assert weeks["unknown"].tolist() == [False] * 5 + [True] * 9 + [False]
    days = arrays(log)
    assert days.exposure[days.unknown].sum() == 0
    assert days.unanswered.tolist() == days.unknown.tolist()


def test_weeks_after_the_last_entry_are_unknown_and_it_is_said_since_when():
    log = a_log(every(7, last=date(2020, 12, 28)), last=date(2021, 3, 31))
    window = coverage.window(log, arrays(log))
    assert window.silent_since == date(2020, 12, 28)
    assert window.unknown_weeks == 9
    assert window.coverage == pytest.approx(1 - 9 / window.weeks)


def test_a_log_that_meets_rarely_is_not_called_silent_too_soon():
    quarterly = a_log(every(91, last=date(2022, 10, 3)), last=date(2022, 12, 31))
    assert coverage.window(quarterly, arrays(quarterly)).silent_since is None


@pytest.mark.parametrize(
    ("answer", "unknown", "unanswered"), [("nothing_happened", 0, 0), ("not_logged", 13, 0), (None, 9, 9)]
)
def test_an_answer_says_what_a_silence_was(answer, unknown, unanswered):
    last = date(2021, 3, 31)
    said = [Silence(first_day=date(2021, 1, 1), last_day=last, answer=answer)] if answer else []
    days = arrays(a_log(every(7, last=date(2020, 12, 28)), last=last, silences=said))
    weeks = series.weekly(days)
    assert int(weeks["unknown"].sum()) == unknown
    assert days.unanswered.sum() == unanswered * 7 - (4 if unanswered else 0)


def test_unanswered_weeks_can_be_read_as_zero():
    days = arrays(a_log(every(7, last=date(2020, 12, 28)), last=date(2021, 3, 31)))
    assert days.with_unanswered_as_zero().exposure.sum() > days.exposure.sum()


def test_a_saturday_counts_on_monday_and_christmas_on_the_next_working_day():
    saturday, christmas = date(2020, 1, 11), date(2020, 12, 25)
    days = arrays(a_log([saturday, christmas], last=date(2020, 12, 31)))
    counted = days.days[days.counts > 0].date.tolist()
    assert counted == [date(2020, 1, 13), date(2020, 12, 28)]
    assert days.days[days.logged > 0].date.tolist() == [saturday, christmas]


def test_a_count_on_the_last_weekend_is_not_lost():
    days = arrays(a_log([date(2020, 1, 12)], last=date(2020, 1, 12)))
    assert days.counts.sum() == 1
    assert days.counts[days.exposure == 0].sum() == 0


def test_every_day_counts_on_the_every_day_calendar():
    days = arrays(a_log([date(2020, 1, 11)], last=date(2020, 1, 12)), calendar="every-day")
    assert days.exposure.tolist() == [1.0] * 7
    assert days.days[days.counts > 0].date.tolist() == [date(2020, 1, 11)]


def test_dutch_public_holidays_are_days_off():
    days = pd.date_range("2026-01-01", "2026-12-31")
    year = pd.Series(calendar.exposure(days[0].date(), days[-1].date()), days)
    off = ["2026-01-01", "2026-04-06", "2026-04-27", "2026-05-14", "2026-05-25", "2026-12-25"]
    assert (year[off] == 0).all()
    assert year["2026-05-06"] == 1


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2020, 2, 29), date(2020, 2, 24)),
        (date(2020, 12, 31), date(2020, 12, 28)),
        (date(2021, 1, 3), date(2020, 12, 28)),
        (date(2024, 12, 30), date(2024, 12, 30)),
        (date(2026, 12, 31), date(2026, 12, 28)),
        (date(2027, 1, 1), date(2026, 12, 28)),
        (date(2025, 3, 30), date(2025, 3, 24)),
        (date(2025, 10, 26), date(2025, 10, 20)),
    ],
)
def test_leap_days_week_53_and_summer_time_fall_in_their_own_week(day, monday):
    log = a_log([day], first=day - timedelta(days=10), last=day + timedelta(days=10))
    weeks = series.weekly(arrays(log))
    assert weeks.loc[weeks["count"] > 0, "week"].dt.date.tolist() == [monday]


def test_another_time_zone_changes_nothing():
    log = a_log([date(2025, 3, 30), date(2025, 10, 26)], first=date(2025, 3, 1), last=date(2025, 11, 1))
    here = series.weekly(arrays(log))
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = "Pacific/Kiritimati"
        time.tzset()
        assert series.weekly(arrays(log)).equals(here)
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.sampled_from(["working-days", "every-day"]))
def test_nothing_logged_is_ever_lost_or_doubled(offsets, name):
    days = [MONDAY + timedelta(days=n) for n in offsets]
    log = a_log(days, last=MONDAY + timedelta(days=400))
    found = arrays(log, calendar=name)
    assert found.counts.sum() == found.logged.sum() == len(days)
    assert found.counts[calendar.exposure(log.first, log.last, name) == 0].sum() == 0
    assert series.weekly(found)["count"].sum() == len(days)
    assert not (found.unknown & (found.logged > 0)).any()


def test_the_usual_gap_is_at_least_four_weeks():
    assert series.usual_gap(np.array([])) == 28
    assert series.usual_gap(np.array([7] * 50)) == 28
    assert series.usual_gap(np.array([90] * 50)) == 90
