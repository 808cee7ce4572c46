"""What may be said of a self-scan: nothing of few, a mean with a range that keeps its promise, a course."""

from __future__ import annotations

import math
import random
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln, stdtrit

from tracker.analysis import policy
from tracker.analysis import self_scan as scan
from tracker.analysis.estimate import Estimate
from tracker.analysis.quarter import Quarter
from tracker.analysis.self_scan import ASKED, STATEMENTS, band, change, clear, course, round_of, score

ONE = ASKED[:1]
LESSON = STATEMENTS["language"]
QUARTER = Quarter(2026, 2)


def replies(*points, asked=ASKED):
    """A reply for each number of points, the same at every statement."""
    return [dict.fromkeys(asked, one) for one in points]


def a_round(*points, quarter=QUARTER, closed=True):
    return round_of(1, quarter, replies(*points), closed=closed)


def plainly(given_points):
    """The score of one statement as a textbook has it, step by step."""
    mean = sum(given_points) / len(given_points)
    imagined = [*given_points, 1, 5]
    n = len(imagined)
    centre = sum(imagined) / n
    spread = math.sqrt(sum((one - centre) ** 2 for one in imagined) / (n - 1))
    half = {7: 2.446912, 8: 2.364624, 14: 2.160369}[n] * spread / math.sqrt(n)  # t of a printed table
    return mean, max(1, centre - half), min(5, centre + half)


# Few.


def test_four_answers_are_hidden_and_five_are_not():
    assert score(replies(3, 3, 3, 3), ONE) == Estimate(status="hidden", why="few_replies")
    assert score(replies(3, 3, 3, 3, 3), ONE).value == 3
    assert score([], ONE).status == "hidden"


def test_a_lesson_is_hidden_with_its_statement_that_has_four_answers():
    given_points = [*replies(3, 3, 3, 3, asked=LESSON), {LESSON[0]: 3}]
    assert score(given_points, LESSON[:1]).stated
    assert not score(given_points, LESSON[1:]).stated
    assert not score(given_points, LESSON).stated


def test_the_number_below_which_all_is_hidden_is_that_of_the_public_report(monkeypatch):
    stricter = policy.Constant(7, "counted", "Only a test says so.", policy.CONSTANTS["least_cell"].review)
    monkeypatch.setitem(policy.CONSTANTS, "least_cell", stricter)
    assert not score(replies(*[3] * 6), ONE).stated
    assert score(replies(*[3] * 7), ONE).stated


def test_an_open_round_shows_no_score_however_many_replied():
    seen = a_round(*[4] * 30, closed=False)
    assert (seen.enough, seen.replies, seen.overall.why) == (True, None, "still_open")


def test_the_score_of_a_lesson_holds_nothing_that_its_statements_do_not_show():
    """Of five who answered both and one who answered only the first, that one cannot be found."""
    five = [{LESSON[0]: a, LESSON[1]: b} for a, b in ((1, 2), (3, 3), (5, 4), (2, 2), (4, 1))]
    for alone in (1, 5):
        given_points = [*five, {LESSON[0]: alone}]
        shown = [score(given_points, [one]).value for one in LESSON]
        assert score(given_points, LESSON).value == pytest.approx(sum(shown) / 2)


# The number and its range.


@pytest.mark.parametrize(
    "points", [(1, 2, 3, 4, 5), (5, 5, 5, 5, 5), (2, 2, 3, 1, 4, 4), (3,) * 6 + (4,) * 6]
)
def test_the_score_of_a_statement_is_that_of_a_textbook(points):
    found = score(replies(*points), ONE)
    mean, low, high = plainly(points)
    assert found.value == pytest.approx(mean)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))


def test_two_statements_answered_alike_say_no_more_than_one():
    """The answers of one person go together: twice the answers are not twice the people."""
    points = (1, 2, 4, 4, 5, 3)
    once, twice = score(replies(*points), ONE), score(replies(*points), LESSON)
    assert (once.low, once.high) == (pytest.approx(twice.low), pytest.approx(twice.high))


def test_five_people_who_agree_still_leave_a_range():
    found = score(replies(5, 5, 5, 5, 5), ONE)
    assert found.high == 5
    assert 2 < found.low < 4


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.lists(st.sampled_from([None, 1, 2, 3, 4, 5]), min_size=2, max_size=2), min_size=5, max_size=40
    )
)
def test_the_score_lies_in_its_range_and_the_range_on_the_scale(people):
    given_points = [
        {name: one for name, one in zip(LESSON, person, strict=True) if one is not None} for person in people
    ]
    found = score(given_points, LESSON)
    if found.stated:
        assert 1 <= found.low <= found.value <= found.high <= 5
        assert score(given_points[::-1], LESSON).value == pytest.approx(found.value)


def outcomes(people, kinds):
    """Every way in which so many people can spread over some kinds of answers: (outcomes, kinds)."""
    edges = combinations(range(people + kinds - 1), kinds - 1)
    return np.array([np.diff((-1, *edge, people + kinds - 1)) - 1 for edge in edges])


def populations():
    """Shares of a town that would answer 1 to 5: all in tenths, and nearly all of one mind."""
    tenths = outcomes(10, 5) / 10
    rare = []
    for share, (often, seldom) in product((0.01, 0.02, 0.05), product(range(5), repeat=2)):
        if often != seldom:
            one = np.zeros(5)
            one[often], one[seldom] = 1 - share, share
            rare.append(one)
    return np.vstack([tenths, rare])


def coverage(people, interval):
    """For every population the exact chance that the interval of so many people holds its mean."""
    drawn, shares, points = outcomes(people, 5), populations(), np.arange(1, 6)
    bounds = np.array([interval(np.repeat(points, one)) for one in drawn])
    with np.errstate(divide="ignore"):
        logs = np.where(shares > 0, np.log(shares), -1e9)
    ways = gammaln(people + 1) - gammaln(drawn + 1).sum(axis=1)
    chance = np.exp(ways + logs @ drawn.T)
    mean = (shares @ points)[:, None]
    holds = (bounds[:, 0] - 1e-9 <= mean) & (mean <= bounds[:, 1] + 1e-9)
    return (chance * holds).sum(axis=1)


def ours(points):
    found = score(replies(*points.tolist(), asked=ONE), ONE)
    return found.low, found.high


def of_t(points):
    """What a textbook would take: t, cut off at the ends of the scale."""
    n = len(points)
    half = float(stdtrit(n - 1, 0.975)) * points.std(ddof=1) / math.sqrt(n)
    return max(1, points.mean() - half), min(5, points.mean() + half)


@pytest.mark.parametrize("people", [5, 6, 8, 12])
def test_the_range_holds_the_truth_at_least_93_times_in_100_in_every_town(people):
    """Exact, over all outcomes: no draws, no seed."""
    found = coverage(people, ours)
    assert found.min() >= 0.93
    assert np.median(found) >= 0.95


def test_positive_control_the_interval_of_t_alone_misses_the_truth_of_a_town_of_nearly_one_mind():
    found = coverage(5, of_t)
    assert found.min() < 0.2


def drawn_round(generator, people):
    """Two statements: everybody leans one way at both, and one in ten does not know."""
    given_points = []
    for _ in range(people):
        lean = generator.gauss(3.6, 0.9)
        answers = {name: min(5, max(1, round(lean + generator.gauss(0, 0.7)))) for name in LESSON}
        given_points.append({name: one for name, one in answers.items() if generator.random() < 0.9})
    return given_points


def test_the_range_of_a_lesson_and_of_a_change_hold_the_truth_when_answers_go_together():
    generator, rounds = random.Random(20260401), 600
    many = drawn_round(random.Random(1), 40_000)
    truth = np.mean([np.mean([one[name] for one in many if name in one]) for name in LESSON])
    held = stated = unchanged = 0
    before = None
    for _ in range(rounds):
        found = score(drawn_round(generator, 9), LESSON)
        if not found.stated:
            continue
        stated += 1
        held += found.low <= truth <= found.high
        if before is not None:
            difference = change(found, before)
            unchanged += difference.low <= 0 <= difference.high
        before = found
    assert stated > 0.95 * rounds
    assert held / stated >= 0.95
    assert unchanged / (stated - 1) >= 0.95


# Bands and course.


@pytest.mark.parametrize(
    ("points", "word"),
    [((4.0, 3.9, 4.1), "strong"), ((3.9, 3.0, 4.4), "discuss"), ((2.99, 2.0, 3.5), "concern")],
)
def test_a_score_gets_the_word_of_its_band(points, word):
    value, low, high = points
    assert band(Estimate(value=value, low=low, high=high, status="ok")) == word


def test_a_word_is_clear_when_the_whole_range_lies_in_its_band():
    assert clear(Estimate(value=4.5, low=4.0, high=4.9, status="ok"))
    assert not clear(Estimate(value=4.5, low=3.9, high=4.9, status="ok"))
    assert not clear(Estimate(value=3.5, low=3.0, high=4.0, status="ok"))
    assert (band(scan.score([], ONE)), clear(scan.score([], ONE))) == ("", False)


def test_a_change_is_the_difference_and_turns_its_sign_with_the_order():
    high, low = score(replies(*[5] * 9, asked=ONE), ONE), score(replies(*[2] * 9, asked=ONE), ONE)
    up, down = change(high, low), change(low, high)
    assert (up.value, down.value) == (3, -3)
    assert (up.low, up.high) == (pytest.approx(-down.high), pytest.approx(-down.low))
    assert up.low > 0


def test_a_change_cannot_be_told_when_a_score_is_hidden():
    assert change(score([], ONE), score(replies(*[5] * 9), ONE)).status == "hidden"


def test_the_course_passes_over_rounds_that_show_nothing():
    rounds = [
        a_round(*[2] * 6, quarter=Quarter(2025, 4)),
        a_round(*[3] * 4, quarter=Quarter(2026, 1)),
        a_round(*[4] * 6, quarter=Quarter(2026, 2)),
        a_round(*[1] * 9, quarter=Quarter(2026, 3), closed=False),
    ]
    found = course(rounds, "direction")
    assert (found.before.quarter.code, found.now.quarter.code) == ("2025Q4", "2026Q2")
    assert found.difference.value == 2
    assert course(rounds).difference.value == 2


def test_one_round_has_nothing_before_it_and_none_has_no_course():
    assert course([]) is None
    assert course([a_round(3, 3)]) is None
    only = course([a_round(*[3] * 5)])
    assert (only.before, only.difference.why) == (None, "no_earlier_scan")
