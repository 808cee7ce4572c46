"""The days around incidents laid over each other: single curves, the mean of five, and random dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.logs import a_log
from tracker.analysis import calendar, policy, series
from tracker.analysis.epochs import SPANS, Epochs, epochs
from tracker.analysis.question import Log, LoggedIncident, Question

FIRST = date(2018, 1, 1)
LAST = date(2022, 12, 31)
ALL_DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
APART = 280


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def a_record(counts: np.ndarray | list[int], incidents: list[tuple[int, int]], **log) -> Log:
    """A log of this many activities on each day from the first on, and incidents by day number."""
    acted = [day for day, n in zip(ALL_DAYS, counts, strict=False) for _ in range(n)]
    happened = [(on(day), severity) for day, severity in incidents]
    return a_log(acted, first=FIRST, last=log.pop("last", LAST), entries=log.pop("entries", ALL_DAYS),
                 incidents=happened, **log)  # fmt: skip


def laid_over(log: Log, least: int | None = None, kind: str = "every-day") -> Epochs:
    return epochs(series.daily(log, Question(until=log.last, calendar=kind)), log.incidents, least)


def bursts(incidents: int, *, apart: int = APART, extra: int = 3) -> Log:
    """One activity every other day, and on each of the ten days after an incident some more."""
    counts = np.resize([1, 0], len(ALL_DAYS))
    days = [60 + apart * n for n in range(incidents)]
    for day in days:
        counts[day : day + 10] += extra
    return a_record(counts, [(day, 4) for day in days])


def curve(found: Epochs, day: int) -> pd.Series:
    of = found.curves[found.curves["day"] == pd.Timestamp(on(day))]
    return of.set_index("week")["rate"]


def test_no_incident_gives_no_curve():
    found = laid_over(a_record(np.ones(len(ALL_DAYS), int), []))
    assert (len(found.curves), len(found.mean), found.ratios, found.incidents) == (0, 0, (), 0)
    assert list(found.curves.columns) == ["day", "title", "severity", "cut", "week", "rate"]
    assert list(found.mean.columns) == ["week", "rate", "low", "high", "followed"]
    assert found.mean_stops is None


def test_three_incidents_are_three_lines_from_day_zero_and_no_average():
    found = laid_over(bursts(3))
    assert found.curves.groupby("day")["week"].agg(["min", "max"]).to_numpy().tolist() == [[-4, 26]] * 3
    assert (len(found.mean), found.ratios, found.incidents, found.followed) == (0, (), 3, 3)
    one = curve(found, 60)
    assert one[0] == pytest.approx((7 * 3 + 4) / 7)
    assert one[1] == pytest.approx((3 * 3 + 3) / 7)
    assert max(one[-1], one[2]) <= 4 / 7, "nothing rises before day 0 that did not"


def test_five_incidents_have_a_mean_with_a_band():
    found = laid_over(bursts(5))
    assert found.mean["week"].tolist() == list(range(-4, 27))
    assert found.mean["followed"].tolist() == [5] * 31
    by_week = found.curves.groupby("week")["rate"].mean()
    assert found.mean.set_index("week")["rate"].to_dict() == pytest.approx(by_week.to_dict())
    assert (found.mean["low"] <= found.mean["rate"]).all()
    assert (found.mean["rate"] <= found.mean["high"]).all()
    assert found.mean_stops is None


def test_a_later_incident_cuts_the_curve_before_its_own_day():
    found = laid_over(a_record(np.ones(len(ALL_DAYS), int), [(100, 4), (131, 3)]))
    assert curve(found, 100).index.max() == 3, "days 28 to 30 are no whole week"
    assert curve(found, 131).index.max() == 26
    assert found.cut == 1
    assert found.curves.groupby("day")["cut"].agg(["all", "any"]).to_numpy().tolist() == [
        [True] * 2,
        [False] * 2,
    ]
    exactly = laid_over(a_record(np.ones(len(ALL_DAYS), int), [(100, 4), (135, 3)]))
    assert curve(exactly, 100).index.max() == 4


def test_a_lighter_incident_than_asked_for_neither_cuts_nor_counts():
    log = a_record(np.ones(len(ALL_DAYS), int), [(100, 4), (131, 2), (200, 3)])
    assert laid_over(log).incidents == 2
    assert curve(laid_over(log), 100).index.max() == 13
    assert (laid_over(log, 4).incidents, laid_over(log, 4).cut) == (1, 0)
    assert laid_over(log, 1).incidents == 3


def test_an_incident_that_does_not_count_is_not_in_the_picture():
    log = bursts(3)
    first = replace(log.incidents[0], counts=False, why="averted")
    assert laid_over(replace(log, incidents=(first, *log.incidents[1:]))).incidents == 2


def test_two_incidents_on_one_day_are_one_curve_named_after_the_heaviest():
    log = a_record(np.ones(len(ALL_DAYS), int), [(100, 3)])
    heavy = LoggedIncident(day=on(100), title="brand", severity=5, counts=True)
    found = laid_over(replace(log, incidents=(heavy, *log.incidents)))
    assert found.incidents == 1
    assert set(zip(found.curves["title"], found.curves["severity"], strict=True)) == {("brand", 5)}


def test_the_mean_stops_where_fewer_than_four_can_still_be_followed():
    """Of six incidents three are cut after ten weeks; of the rest one is cut after fifteen."""
    days = [100, 170, 500, 570, 900, 970]
    found = laid_over(a_record(np.ones(len(ALL_DAYS), int), [(day, 3) for day in days]))
    assert found.mean["week"].max() == found.mean_stops == 9
    assert found.mean.set_index("week")["followed"].to_dict()[9] == 6
    assert found.cut == 3


def test_an_incident_at_the_start_of_the_log_has_no_weeks_before():
    found = laid_over(a_record(np.ones(len(ALL_DAYS), int), [(10, 3)]))
    assert curve(found, 10).index.min() == -1


def test_the_mean_starts_where_enough_incidents_have_weeks_before():
    last = on(60 + 4 * APART + 200)
    days = [10, 60 + APART, 60 + 2 * APART, 60 + 3 * APART, 60 + 4 * APART]
    log = a_record(np.ones(len(ALL_DAYS), int)[: (last - FIRST).days + 1], [(day, 3) for day in days],
                   last=last, entries=ALL_DAYS[: (last - FIRST).days + 1])  # fmt: skip
    found = laid_over(log)
    assert found.mean.set_index("week")["followed"].loc[[-4, -1, 0]].tolist() == [4, 5, 5]
    assert found.complete == 4
    assert found.ratios == (), "four of the five have four weeks before"


def test_a_week_that_nobody_logged_is_unknown_and_not_zero():
    gap = range(120, 260)
    logged = [day for n, day in enumerate(ALL_DAYS) if n not in gap]
    counts = np.array([n not in gap for n in range(len(ALL_DAYS))], int)
    found = laid_over(a_record(counts, [(100, 4)], entries=logged))
    one = curve(found, 100)
    assert one.loc[-4:1].eq(1).all()
    assert one.loc[4:20].isna().all()


def test_rates_are_per_day_on_which_activity_can_be_expected():
    counts = calendar.exposure(FIRST, LAST).astype(int)
    found = laid_over(a_record(counts, [(100, 4)]), kind="working-days")
    assert curve(found, 100).eq(1).all()


def test_a_week_without_anything_in_five_incidents_is_no_proof_of_zero():
    counts = np.zeros(len(ALL_DAYS), int)
    for n in range(5):
        counts[60 + APART * n : 60 + APART * n + 7] = 1
    found = laid_over(a_record(counts, [(60 + APART * n, 4) for n in range(5)]))
    quiet = found.mean.set_index("week").loc[3]
    assert (quiet["rate"], quiet["low"]) == (0, 0)
    assert quiet["high"] == pytest.approx(-np.log(0.025) / 35)


def test_a_burst_after_every_incident_is_seen_and_random_dates_do_not_show_it():
    first, second, third = laid_over(bursts(6)).ratios
    assert (first.first, first.last, first.changed) == (0, 6, "up")
    assert first.p_higher == pytest.approx(1 / 2001)
    assert first.low > 1
    assert (third.changed, second.first) == ("none", 7)


def test_fewer_after_every_incident_is_seen_too():
    counts = np.full(len(ALL_DAYS), 2)
    days = [60 + APART * n for n in range(6)]
    for day in days:
        counts[day : day + 90] = 1
    found = laid_over(a_record(counts, [(day, 4) for day in days]))
    assert [one.changed for one in found.ratios] == ["down"] * 3


def test_nothing_before_and_something_after_has_no_ratio():
    counts = np.zeros(len(ALL_DAYS), int)
    days = [60 + APART * n for n in range(6)]
    for day in days:
        counts[day] = 1
    found = laid_over(a_record(counts, [(day, 4) for day in days]))
    assert (found.ratios[0].ratio, found.ratios[0].high) == (None, np.inf)
    nothing = laid_over(a_record(np.zeros(len(ALL_DAYS), int), [(day, 4) for day in days]))
    assert [(one.ratio, one.low, one.high, one.changed) for one in nothing.ratios] == [
        (None, 0, np.inf, "none")
    ] * 3


def test_the_same_log_gives_the_same_picture():
    one, other = (laid_over(bursts(6)) for _ in range(2))
    pd.testing.assert_frame_equal(one.mean, other.mean)
    assert one.ratios == other.ratios


def slowly(log: Log) -> tuple[dict[tuple[date, int], float], dict[int, float]]:
    """Single rates and mean rates by loops over dates; every day may have activity."""
    counts = {day.date(): n for day, n in log.activities.items()}
    days = sorted({one.day for one in log.incidents if one.severity >= 3})
    single: dict[tuple[date, int], float] = {}
    for day in days:
        ahead = [other for other in days if other > day]
        end = min([*ahead, LAST + timedelta(days=1)])
        for week in range(-4, 27):
            span = [day + timedelta(days=7 * week + n) for n in range(7)]
            if span[0] >= FIRST and span[-1] < end:
                single[day, week] = sum(counts.get(one, 0.0) for one in span) / 7
    mean = {}
    for week in range(-4, 27):
        rates = [rate for (_, of), rate in single.items() if of == week]
        if len(rates) >= 4:
            mean[week] = sum(rates) / len(rates)
    return single, mean


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 14))
def test_every_rate_is_that_of_the_slow_way(seed: int, incidents: int):
    draw = np.random.default_rng(seed)
    days, severities = draw.integers(0, len(ALL_DAYS), incidents), draw.integers(1, 6, incidents)
    happened = list(zip(days.tolist(), severities.tolist(), strict=True))
    log = a_record(draw.poisson(0.3, len(ALL_DAYS)), happened)
    found, (single, mean) = laid_over(log), slowly(log)
    rows = zip(found.curves["day"].dt.date, found.curves["week"], found.curves["rate"], strict=True)
    assert {(day, week): rate for day, week, rate in rows} == pytest.approx(single)
    if found.followed >= 5:
        shown = found.mean.set_index("week")["rate"].to_dict()
        assert shown == pytest.approx({week: mean[week] for week in shown})
        beyond = [week for week in (min(shown) - 1, max(shown) + 1) if -4 <= week <= 26] if shown else [0]
        assert all(week not in mean for week in beyond)
    else:
        assert found.mean.empty


def test_the_ratio_and_its_range_are_those_of_drawing_incident_by_incident():
    """The slow way draws one incident after the other; the ends may differ by the chance of the draws."""
    draw = np.random.default_rng(3)
    counts = draw.poisson(0.4, len(ALL_DAYS))
    days = [60 + 90 * n for n in range(17)]
    found = laid_over(a_record(counts, [(day, 4) for day in days]))
    for one, (first, last) in zip(found.ratios, SPANS, strict=True):
        after = [counts[day + first : day + last + 1].sum() for day in days]
        before = [counts[day - 28 : day].sum() for day in days]
        length = (last - first + 1) / 28
        assert one.ratio == pytest.approx(sum(after) / sum(before) / length)
        ratios = []
        for _ in range(4000):
            picked = draw.integers(0, len(days), len(days))
            ratios.append(sum(after[n] for n in picked) / sum(before[n] for n in picked) / length)
        assert (one.low, one.high) == pytest.approx(tuple(np.percentile(ratios, [2.5, 97.5])), rel=0.08)


def test_random_dates_show_a_word_as_seldom_as_promised():
    """Forty logs of plain chance: Holm over three spans and the range together allow one in twenty."""
    said = 0
    for seed in range(40):
        draw = np.random.default_rng(seed)
        days = draw.choice(np.arange(40, len(ALL_DAYS) - 100), 8, replace=False)
        found = laid_over(a_record(draw.poisson(0.3, len(ALL_DAYS)), [(int(day), 4) for day in days]))
        said += any(one.changed != "none" for one in found.ratios)
    assert said <= 6


def test_the_thresholds_are_policy():
    assert policy.value("epoch_least_followed") == 4
    assert (policy.value("epoch_weeks_before"), policy.value("epoch_weeks_after")) == (4, 26)
