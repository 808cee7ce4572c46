"""How long things last: the curve equals the hand calculation and an independent package."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from tracker.analysis.survival import Life, curve, kaplan_meier, survival

# Ten arrangements, four of them still open: by hand, at 30, 60, 90, 200 and 300 days.
TEN = [(30, 1), (60, 1), (60, 1), (80, 0), (90, 1), (120, 0), (200, 1), (250, 0), (300, 1), (400, 0)]
BY_HAND = {
    0: 1.0,
    30: 9 / 10,
    60: 9 / 10 * 7 / 9,
    90: 9 / 10 * 7 / 9 * 5 / 6,
    200: 9 / 10 * 7 / 9 * 5 / 6 * 3 / 4,
    300: 9 / 10 * 7 / 9 * 5 / 6 * 3 / 4 * 1 / 2,
}


def lives(rows: list[tuple[int, int]], **more: object) -> list[Life]:
    """(days, lost) each."""
    known = {"kind": "arrangement", "began": date(2024, 1, 1), "heat": False, **more}
    return [
        Life(id=n, name=f"nr {n:02}", days=days, end="faded" if lost else "running", **known)  # type: ignore[arg-type]
        for n, (days, lost) in enumerate(rows, start=1)
    ]


def test_of_ten_with_open_ones_the_curve_is_that_of_the_hand_calculation():
    found = curve(lives(TEN))
    assert dict(zip(found.steps["day"], found.steps["survival"], strict=True)) == pytest.approx(BY_HAND)
    assert found.steps["at_risk"].tolist() == [10, 10, 9, 6, 4, 2]
    assert found.steps["lost"].tolist() == [0, 1, 2, 1, 1, 1]
    assert [found.at[moment].value for moment in (90, 180, 365)] == pytest.approx(
        [BY_HAND[90], BY_HAND[90], BY_HAND[300]]
    )
    assert (found.enough, found.lasting) == (True, 4)


def test_what_was_ended_by_decision_or_done_is_no_loss():
    rows = lives(TEN)
    ends = ["decided", "kept", "running", "faded", "stopped"]
    told = [Life(**{**vars(rows[0]), "end": end}).lost for end in ends]
    assert told == [False, False, False, True, True]


def test_seven_are_a_list_and_eight_a_curve():
    seven, eight = curve(lives(TEN[:7])), curve(lives(TEN[:8]))
    assert (seven.enough, seven.at[90].status, seven.at[90].why) == (False, "hidden", "few_lives")
    assert (eight.enough, eight.at[90].status) == (True, "ok")
    assert [one.name for one in seven.lives][:2] == ["nr 07", "nr 06"]


def test_without_a_life_there_is_no_share():
    none = curve([])
    assert (none.at[90].status, none.at[90].why, none.steps["at_risk"].tolist()) == (
        "missing",
        "no_lives",
        [0],
    )


def test_nobody_followed_that_long_is_no_share():
    found = curve(lives([(n, 0) for n in range(170, 180)]))
    assert (found.at[90].status, found.at[180].status, found.at[180].why) == ("ok", "hidden", "not_followed")
    followed = curve(lives([(n, 0) for n in range(171, 181)]))
    assert followed.at[180].value == 1


def test_when_all_last_the_band_is_the_exact_one_of_those_followed():
    found = curve(lives([(100, 0)] * 4 + [(400, 0)] * 8))
    assert (found.at[90].value, found.at[90].low, found.at[90].high) == (
        1,
        pytest.approx(0.025 ** (1 / 12)),
        1,
    )
    assert found.at[180].low == pytest.approx(0.025 ** (1 / 8))


def test_when_all_are_lost_the_band_does_not_rise_again():
    found = curve(lives([(10 * n, 1) for n in range(1, 11)]))
    last = found.steps.iloc[-1]
    assert (last["survival"], last["low"]) == (0, 0)
    assert last["high"] == found.steps.iloc[-2]["high"] < 0.5
    assert (found.at[365].value, found.at[365].status) == (0, "ok")
    at_once = curve(lives([(50, 1)] * 8))
    assert at_once.at[90].high == pytest.approx(1 - 0.025 ** (1 / 8))


def test_a_loss_on_the_first_day_has_the_band_of_a_loss():
    found = curve(lives([(0, 1)] + [(400, 0)] * 9))
    assert found.at[90].value == pytest.approx(0.9)
    assert found.at[90].low == pytest.approx(found.steps.iloc[-1]["low"])
    assert found.at[90].low < 0.5 < 0.025 ** (1 / 9)


def test_heat_and_peace_have_curves_of_their_own_and_what_is_not_known_is_in_neither():
    rows = [*lives(TEN, heat=True), *lives(TEN[:8]), *lives(TEN[:2], heat=None)]
    found = survival(rows, no_start=3)
    assert [len(one.lives) for one in (found.all, found.heat, found.peace)] == [20, 10, 8]
    assert found.no_start == 3


def test_what_is_older_than_the_log_is_left_out_and_named():
    old = [*lives([(3000, 0)]), *lives([(4000, 0)], began=date(2013, 1, 1))]
    rows = [Life(**{**vars(one), "before_log": True}) for one in old]
    found = survival([*lives(TEN), *rows])
    assert found.all.steps.equals(curve(lives(TEN)).steps)
    assert [one.began.year for one in found.before_log] == [2013, 2024]
    assert all(len(one.lives) <= 10 for one in (found.all, found.heat, found.peace))


FOLLOWED = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=40)


@settings(deadline=None)
@given(FOLLOWED)
def test_curve_and_band_are_those_of_statsmodels(rows: list[tuple[int, bool]]):
    """Greenwood's variance from the referee, the log-log band by its formula from that variance."""
    days, lost = np.array([n for n, _ in rows]), np.array([one for _, one in rows])
    steps = kaplan_meier(days, lost)[1:]
    theirs = SurvfuncRight(days, lost.astype(int))
    event = np.isin(theirs.surv_times, steps["day"])
    share, error = theirs.surv_prob[event], theirs.surv_prob_se[event]
    assert steps["day"].tolist() == theirs.surv_times[event].tolist()
    assert steps["survival"].to_numpy() == pytest.approx(share, abs=1e-12)
    assert steps["at_risk"].to_numpy() == pytest.approx(theirs.n_risk[event])
    inside = (share > 1e-9) & (share < 1)
    share, error = share[inside], error[inside]
    middle, reach = np.log(-np.log(share)), 1.959963985 * error / share / np.abs(np.log(share))
    ours = steps[["low", "high"]].to_numpy()[inside]
    assert ours[:, 0] == pytest.approx(np.exp(-np.exp(middle + reach)), abs=1e-9)
    assert ours[:, 1] == pytest.approx(np.exp(-np.exp(middle - reach)), abs=1e-9)


def test_the_band_of_statsmodels_itself():
    """The same package reckons the band of one quantile by the log-log scale: it agrees on one example."""
    days, lost = np.array([n for n, _ in TEN]), np.array([one for _, one in TEN])
    theirs = SurvfuncRight(days, lost)
    steps = kaplan_meier(days, lost.astype(bool))
    for share in np.arange(0.30, 0.95, 0.05):
        inside = steps[1:][(steps["low"][1:] <= share) & (share <= steps["high"][1:])]
        low, _ = theirs.quantile_ci(1 - share, method="cloglog")
        assert inside["day"].iloc[0] == low


@settings(deadline=None)
@given(FOLLOWED)
def test_the_curve_only_falls_and_lies_in_its_band(rows: list[tuple[int, bool]]):
    steps = curve(lives([(days, int(lost)) for days, lost in rows])).steps
    assert steps["survival"].is_monotonic_decreasing
    assert ((steps["low"] <= steps["survival"]) & (steps["survival"] <= steps["high"])).all()
    assert steps["low"].between(0, 1).all()
    assert steps["high"].between(0, 1).all()
