"""Who met whom, and who is still a pair a period later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from tracker.analysis import pairs

JANUARY = date(2024, 1, 10)
ROWS = st.lists(
    st.tuples(st.integers(0, 1200), st.sampled_from(["a", "b"]), st.sampled_from("PQRST")), max_size=60
)


def attendance(rows: Iterable[tuple[date, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["day", "meeting", "partner"])


def met(day: date, partners: str, meeting: str = "overleg") -> list[tuple[date, str, str]]:
    """Partners of one letter each at one meeting."""
    return [(day, meeting, partner) for partner in partners]


def year(day: date) -> int:
    return day.year


def quarter(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def a_year_on(label: str) -> str:
    return f"{int(label[:4]) + 1}{label[4:]}"


def following(number: int) -> int:
    return number + 1


def test_three_partners_at_one_meeting_are_three_pairs():
    found = pairs.pairs_by_period(attendance(met(JANUARY, "RPQ")), year)
    assert found == {2024: {("P", "Q"), ("P", "R"), ("Q", "R")}}


def test_two_meetings_on_one_day_are_not_one_meeting():
    rows = [*met(JANUARY, "PQ", "ochtend"), *met(JANUARY, "RS", "middag")]
    assert pairs.pairs_by_period(attendance(rows), year) == {2024: {("P", "Q"), ("R", "S")}}
    together = [*met(JANUARY, "PQ"), *met(JANUARY, "RS")]
    assert len(pairs.pairs_by_period(attendance(together), year)[2024]) == 6


def test_a_partner_that_was_written_down_twice_is_no_pair_with_itself():
    rows = [*met(JANUARY, "PP"), *met(date(2025, 1, 1), "PQQ")]
    assert pairs.pairs_by_period(attendance(rows), year) == {2024: set(), 2025: {("P", "Q")}}


def test_a_pair_that_meets_again_a_year_later_is_kept():
    rows = [*met(JANUARY, "PQR"), *met(date(2025, 6, 1), "PQ"), *met(date(2025, 7, 1), "RS")]
    found = pairs.retention(pairs.pairs_by_period(attendance(rows), year), following)
    assert [(row.period, row.later, row.total, row.kept) for row in found.periods] == [(2024, 2025, 3, 1)]
    assert found.pooled.value == pytest.approx(1 / 3)


def test_partners_alone_are_counted_as_well():
    rows = [*met(JANUARY, "P"), *met(date(2024, 5, 1), "QR"), *met(date(2025, 6, 1), "PQ")]
    there = pairs.partners_by_period(attendance(rows), year)
    assert there == {2024: {"P", "Q", "R"}, 2025: {"P", "Q"}}
    assert [(row.total, row.kept) for row in pairs.retention(there, following).periods] == [(3, 2)]


def test_quarters_are_compared_with_the_same_quarter_a_year_on():
    rows = [*met(JANUARY, "PQ"), *met(date(2024, 4, 1), "RS"), *met(date(2025, 3, 31), "PQ")]
    found = pairs.retention(pairs.pairs_by_period(attendance(rows), quarter), a_year_on)
    assert [(row.period, row.later, row.total, row.kept) for row in found.periods] == [
        ("2024Q1", "2025Q1", 1, 1)
    ]


def test_a_period_nobody_knows_is_not_compared_and_one_in_which_nobody_met_is():
    present = {"2024Q1": {("P", "Q")}}
    assert pairs.retention(present, a_year_on).periods == ()
    known = pairs.retention({**present, "2025Q1": set()}, a_year_on)
    assert [(row.total, row.kept) for row in known.periods] == [(1, 0)]
    assert known.pooled.value == 0


def test_without_a_pair_there_is_no_share():
    for present in ({}, {2024: set(), 2025: set()}):
        pooled = pairs.retention(present, following).pooled
        assert (pooled.value, pooled.low, pooled.status, pooled.why) == (None, None, "missing", "no_pairs")


def test_the_interval_is_the_plain_one_of_wilson_over_all_periods():
    present = {1: set(range(40)), 2: set(range(30, 100)), 3: set(range(60, 65))}
    found = pairs.retention(present, following)
    assert [(row.total, row.kept) for row in found.periods] == [(40, 10), (70, 5)]
    wanted = proportion_confint(15, 110, method="wilson")
    assert (found.pooled.low, found.pooled.high) == pytest.approx(wanted)


def slowly(rows: list[tuple[date, str, str]]) -> dict[int, tuple[int, int]]:
    """Year -> (pairs, pairs kept), by looking at every two rows again and again."""

    def were_a_pair(one: str, other: str, of_year: int) -> bool:
        return any(
            day.year == of_year and (day, meeting, other) in rows
            for day, meeting, partner in rows
            if partner == one
        )

    everyone, years = sorted({row[2] for row in rows}), {row[0].year for row in rows}
    couples = [(one, other) for one in everyone for other in everyone if one < other]
    then = {of: [couple for couple in couples if were_a_pair(*couple, of)] for of in years}
    return {
        of: (len(then[of]), sum(were_a_pair(*couple, of + 1) for couple in then[of]))
        for of in years
        if of + 1 in years
    }


@given(ROWS)
def test_the_counts_are_those_of_looking_at_every_two_rows(drawn: list[tuple[int, str, str]]):
    rows = [(date(2022, 1, 1) + timedelta(days=n), meeting, partner) for n, meeting, partner in drawn]
    found = pairs.retention(pairs.pairs_by_period(attendance(rows), year), following)
    assert {row.period: (row.total, row.kept) for row in found.periods} == slowly(rows)


@given(ROWS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(drawn: list[tuple[int, str, str]], chance):
    rows = [(date(2022, 1, 1) + timedelta(days=n), meeting, partner) for n, meeting, partner in drawn]
    mixed = [*rows, *rows[:3]]
    chance.shuffle(mixed)
    first, second = (
        pairs.retention(pairs.pairs_by_period(attendance(one), year), following) for one in (rows, mixed)
    )
    assert first == second
