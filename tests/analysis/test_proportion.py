"""Shares and their intervals, against slow oracles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, norm, t
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tracker.analysis import proportion

GROUP = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("hits", "trials"), [(0, 1), (1, 1), (0, 12), (8, 12), (12, 12), (11, 12), (40, 90)])
def test_the_exact_interval_is_that_of_scipy(hits: int, trials: int):
    found = proportion.exact(hits, trials)
    wanted = binomtest(hits, trials).proportion_ci(0.95, method="exact")
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))
    assert found.value == hits / trials


def test_eight_of_twelve_is_two_thirds_and_fifteen_of_twelve_cannot_be():
    assert 0.60 <= (proportion.exact(8, 12).value or 0) <= 0.72


def test_a_share_of_nothing_is_missing():
    for missing in (proportion.exact(0, 0), proportion.wilson([]), proportion.wilson([(0, 0)])):
        assert (missing.value, missing.low, missing.status, missing.why) == (
            None,
            None,
            "missing",
            "no_meetings",
        )


@given(st.lists(GROUP, min_size=1, max_size=2))
def test_of_one_or_two_arrangements_it_is_the_interval_of_wilson(groups: list[tuple[int, int]]):
    hits, trials = sum(hit for hit, _ in groups), sum(n for _, n in groups)
    found = proportion.wilson(groups)
    assert (found.low, found.high) == pytest.approx(
        proportion_confint(hits, trials, method="wilson"), abs=1e-9
    )


def test_arrangements_that_differ_widen_the_interval_by_hand():
    groups = [(12, 12), (6, 12), (9, 12), (3, 12)]
    share = 30 / 48
    pearson = sum((hit - n * share) ** 2 / (n * share * (1 - share)) for hit, n in groups)
    spread = pearson / 3
    assert spread > 1
    z, n = t.ppf(0.975, 3), 48 / spread
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    found = proportion.wilson(groups)
    assert (found.low, found.high) == pytest.approx((centre - half, centre + half))


def test_arrangements_more_alike_than_chance_do_not_narrow_it():
    assert proportion.dispersion([(8, 12)] * 5) == 1
    assert proportion.quantile(1.0, 5) == pytest.approx(norm.ppf(0.975))


def test_two_arrangements_cannot_show_how_much_they_differ():
    assert proportion.dispersion([(12, 12), (0, 12)]) == 1
    assert proportion.dispersion([(12, 12), (0, 12), (6, 12)]) > 1


@settings(max_examples=300)
@given(GROUP, GROUP)
def test_the_difference_is_that_of_newcombe(first: tuple[int, int], second: tuple[int, int]):
    found = proportion.newcombe(first, second, 1.0, float(norm.ppf(0.975)))
    low, high = confint_proportions_2indep(*first, *second, compare="diff", method="newcomb")
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-7)


def test_more_spread_is_a_wider_difference():
    narrow = proportion.newcombe((20, 30), (10, 30), 1.0, 1.96)
    wide = proportion.newcombe((20, 30), (10, 30), 3.0, 1.96)
    assert wide.low < narrow.low < narrow.high < wide.high  # type: ignore[operator]


@given(st.lists(GROUP, max_size=12))
def test_every_interval_lies_in_zero_to_one_about_its_share(groups: list[tuple[int, int]]):
    for found in (proportion.wilson(groups), *(proportion.exact(*group) for group in groups)):
        if found.value is not None:
            assert 0 <= found.low <= found.value + 1e-9  # type: ignore[operator]
            assert found.value - 1e-9 <= found.high <= 1  # type: ignore[operator]
