"""Which organisations met in a quarter, which pairs are new, and which were lost."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from tests.analysis.working_together import Met, cooperation, couples, met, number
from tracker.analysis.quarter import Quarter
from tracker.analysis.ties import Ties, ties

THEN, NOW = date(2023, 8, 15), date(2024, 8, 15)
THIRD = Quarter(2024, 3)
OVER = date(2024, 12, 31)
EARLY = met(date(2022, 1, 3), "YZ")


def seen(*rows: Met, quarter: Quarter = THIRD, **log: object) -> Ties:
    """The ties of the third quarter of 2024 in a log that began long before."""
    return ties(cooperation(EARLY, *rows, **log), quarter)  # type: ignore[arg-type]


def test_the_one_lost_pair_is_found_and_the_others_stayed():
    found = seen(met(THEN, "PQR"), met(NOW, "PQ"), met(NOW, "QR"), met(NOW, "RS"))
    assert couples(found.lost) == ["PR"]
    assert couples(found.new) == ["RS"]
    assert couples(found.pairs) == ["PQ", "QR", "RS"]
    assert found.stayed == 2
    assert not found.young


def test_a_pair_is_new_only_when_it_met_in_none_of_the_four_quarters_before():
    rows = [met(THIRD.back(n).first, "PQ") for n in (1, 4)]
    for row in rows:
        assert seen(row, met(NOW, "PQ")).new == ()
    assert couples(seen(met(THIRD.back(5).last, "PQ"), met(NOW, "PQ")).new) == ["PQ"]


def test_lost_is_against_the_same_quarter_of_the_year_before_only():
    assert seen(met(THIRD.back(1).first, "PQ"), met(THEN, "RS"), met(NOW, "RS")).lost == ()


def test_a_quarter_that_still_runs_has_lost_nobody():
    rows = [met(THEN, "PQ"), met(NOW, "RS")]
    running = seen(*rows, until=date(2024, 9, 29))
    assert (running.lost, running.kept.why, [one for one in running.grid if one.lost]) == (
        (), "quarter_running", []
    )  # fmt: skip
    over = seen(*rows, until=date(2024, 9, 30))
    assert couples(over.lost) == ["PQ"]
    assert [(one.first, one.second) for one in over.grid if one.lost] == [("P", "Q")]


def test_a_quarter_of_which_nobody_wrote_who_came_has_lost_nobody():
    silent = seen(met(THEN, "PQ"), met(NOW, ""))
    assert (silent.lost, silent.kept.why) == ((), "no_attendance")
    assert (silent.activities, silent.told) == (1, 0)
    assert not any(one.lost for one in silent.grid)
    half = seen(met(THEN, "PQ"), met(NOW, ""), met(NOW, "P"))
    assert (couples(half.lost), half.activities, half.told) == (["PQ"], 2, 1)


def test_in_a_young_log_everything_is_new_and_that_is_said():
    rows = [met(date(2024, 2, 1), "PQ"), met(NOW, "PQ"), met(NOW, "RS")]
    young = ties(cooperation(*rows), THIRD)
    assert (couples(young.new), young.young, young.kept.why, young.year.why) == (
        ["RS"], True, "no_pairs", "short_record"
    )  # fmt: skip
    read_too_late = seen(*rows, since=date(2024, 1, 1), known_before="P")
    assert read_too_late.young
    assert not ties(cooperation(*rows, known_before="P"), THIRD).young
    assert not ties(cooperation(met(THIRD.back(4).last, "P"), *rows), THIRD).young
    assert ties(cooperation(met(THIRD.back(3).first, "P"), *rows), THIRD).young


def test_the_share_that_was_kept_has_the_interval_of_wilson():
    found = seen(met(THEN, "PQRSTU"), met(NOW, "PQRST"), met(NOW, "TZ"))
    assert (found.kept.value, found.kept.status) == (pytest.approx(10 / 15), "ok")
    assert (found.kept.low, found.kept.high) == pytest.approx(proportion_confint(10, 15, method="wilson"))


def test_whole_years_are_the_last_365_days_against_the_365_before():
    last = THIRD.last
    edge = [met(last - timedelta(days=n), who) for n, who in ((729, "PQ"), (365, "RS"), (364, "PQ"))]
    found = seen(*edge, met(last - timedelta(days=730), "TU"), met(last, "TU"))
    assert found.year.value == pytest.approx(1 / 2)
    assert found.year.status == "ok"


def test_years_are_compared_only_when_the_log_reaches_over_both():
    begin = THIRD.last - timedelta(days=729)
    for first, why in ((begin, ""), (begin + timedelta(days=1), "short_record")):
        assert ties(cooperation(met(first, "PQ"), met(NOW, "PQ")), THIRD).year.why == why
    for since, why in ((begin, ""), (begin + timedelta(days=1), "short_record")):
        log = cooperation(met(THEN, "PQ"), met(NOW, "PQ"), since=since, known_before="P")
        assert ties(log, THIRD).year.why == why


def test_domains_that_met_are_counted_by_activity_and_not_by_organisation():
    domains = {"P": "safety", "Q": "safety", "R": "care", "S": "education"}
    rows = [met(NOW, "PQR"), met(NOW, "PR"), met(NOW, "PQ"), met(THEN, "PS"), met(THEN, "QS")]
    found = ties(cooperation(*rows, domains=domains), THIRD)
    assert found.domains == ("care", "education", "safety")
    assert [(one.first, one.second, one.together, one.before, one.lost) for one in found.grid] == [
        ("care", "education", 0, 0, False),
        ("care", "safety", 2, 0, False),
        ("education", "safety", 0, 2, True),
    ]


def test_an_empty_log_has_no_ties():
    found = ties(cooperation(), THIRD)
    assert (found.pairs, found.new, found.lost, found.grid, found.domains) == (frozenset(), (), (), (), ())
    assert (found.young, found.kept.stated, found.year.stated) == (True, False, False)


def test_the_ids_are_plain_numbers():
    found = seen(met(THEN, "PQ"), met(NOW, "RS"))
    assert {type(one) for pair in (*found.pairs, *found.new, *found.lost) for one in pair} == {int}
    assert {type(one.together) for one in found.grid} == {int}


def slowly(rows: list[Met], first: date, last: date) -> set[tuple[int, int]]:
    """The pairs of some days, by looking at every row and every two letters of it."""
    return {
        (number(a), number(b))
        for row in rows
        if first <= row.day <= last
        for a, b in combinations(sorted(row.who), 2)
    }


ROWS = st.lists(
    st.builds(
        met,
        st.dates(date(2022, 6, 1), date(2024, 12, 31)),
        st.sets(st.sampled_from("PQRST")).map(lambda who: "".join(sorted(who))),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(ROWS, st.integers(0, 6))
def test_the_pairs_are_those_of_looking_at_every_two_letters(rows: list[Met], back: int):
    quarter = Quarter(2024, 4).back(back)
    found = seen(*rows, quarter=quarter)
    now, *earlier = (slowly(rows, one.first, one.last) for one in map(quarter.back, range(5)))
    assert found.pairs == now
    assert set(found.new) == now.difference(*earlier)
    assert set(found.lost) == (earlier[-1] - now if found.told and earlier[-1] else set())
    assert found.stayed == len(now & earlier[-1])
    edges = [quarter.last - timedelta(days=365 * n) for n in (2, 1, 0)]
    if edges[0] >= date(2022, 1, 3) - timedelta(days=1):
        before, after = (
            slowly([EARLY, *rows], start + timedelta(days=1), end) for start, end in pairwise(edges)
        )
        assert found.year.value == (pytest.approx(len(before & after) / len(before)) if before else None)
