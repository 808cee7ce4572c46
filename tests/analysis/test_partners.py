"""Who is new, who fell silent, which domains were there, and on whom it all hangs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.test_ties import ROWS
from tests.analysis.working_together import Met, an_arrangement, cooperation, letters, met, number
from tracker.analysis import partners
from tracker.analysis.partners import Coverage, KeyRoles, Lifecycle
from tracker.analysis.quarter import Quarter

NOW = date(2024, 8, 15)
THIRD = Quarter(2024, 3)
SPRING = date(2024, 5, 1)
AZ = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def stands(*rows: Met, **log: object) -> Lifecycle:
    return partners.lifecycle(cooperation(*rows, **log), THIRD)  # type: ignore[arg-type]


def named(found: Lifecycle) -> dict[str, str]:
    return {
        "new": letters(found.new),
        "stayed": letters(found.stayed),
        "returned": letters(found.returned),
        "silent": letters(one for one, _ in found.silent),
    }


def test_new_stayed_returned_and_silent_each_once():
    long_ago = date(2022, 3, 1)
    found = stands(met(long_ago, "R"), met(SPRING, "SZ"), met(NOW, "NRS"))
    assert named(found) == {"new": "N", "stayed": "S", "returned": "R", "silent": "Z"}
    assert found.silent == ((number("Z"), SPRING),)
    assert not found.young


def test_silent_has_the_last_day_it_was_seen():
    rows = [met(day, "Z") for day in (THIRD.back(4).first, date(2024, 2, 2), SPRING, date(2024, 5, 2))]
    assert stands(*rows, met(NOW, "P")).silent == ((number("Z"), date(2024, 5, 2)),)


def test_who_was_known_before_what_was_read_comes_back():
    rows = [met(NOW, "NR")]
    assert named(stands(*rows, known_before="R"))["returned"] == "R"
    assert named(stands(*rows))["new"] == "NR"


def test_nobody_is_silent_while_the_quarter_runs_or_when_nobody_wrote_who_came():
    rows = [met(SPRING, "Z"), met(NOW, "P")]
    assert stands(*rows, until=date(2024, 9, 29)).silent == ()
    assert letters(one for one, _ in stands(*rows, until=date(2024, 9, 30)).silent) == "Z"
    assert stands(met(SPRING, "Z"), met(NOW, "")).silent == ()


def test_in_a_young_log_everybody_is_new_and_that_is_said():
    found = stands(met(SPRING, "P"), met(NOW, "NP"))
    assert (letters(found.new), found.young) == ("N", True)
    assert not stands(met(THIRD.back(4).last, "P"), met(NOW, "N")).young


@settings(deadline=None)
@given(ROWS)
def test_everybody_of_five_quarters_stands_in_one_list(rows: list[Met]):
    found = stands(*rows)
    begin = THIRD.back(4).first
    everyone = {letter for row in rows if begin <= row.day <= THIRD.last for letter in row.who}
    now = {letter for row in rows if THIRD.first <= row.day <= THIRD.last for letter in row.who}
    told = "".join(named(found).values())
    assert sorted(told) == sorted(everyone if now else set())
    ever = {letter for row in rows if row.day < THIRD.first for letter in row.who}
    assert set(named(found)["new"]) == now - ever


def there(*rows: Met, domains: dict[str, str] | None = None) -> Coverage:
    return partners.coverage(cooperation(*rows, domains=domains), THIRD, ["P", "Q", "R", "S"])


def test_a_domain_that_was_at_nothing_is_missing():
    found = there(met(NOW, "PQ"), met(NOW, "P"), met(SPRING, "S"), met(NOW, ""))
    assert (found.at, found.missing, found.activities) == ({"P": 2, "Q": 1}, ("R", "S"), 2)
    assert (found.across.value, found.across.low) == (0.5, pytest.approx(0.01258, rel=1e-3))


def test_two_organisations_of_one_domain_are_one_domain():
    found = there(met(NOW, "PQ"), domains={"Q": "P"})
    assert (found.at, found.across.value) == ({"P": 1}, 0)


def test_the_spread_is_one_when_all_domains_are_alike_and_nought_with_one():
    assert there(met(NOW, "PQRS")).spread == pytest.approx(1)
    assert str(there(met(NOW, "P")).spread) == "0.0"
    assert there(met(NOW, "PQ"), met(NOW, "P")).spread == pytest.approx(0.6365 / 1.3863, rel=1e-3)
    assert there(met(SPRING, "PQ")).spread is None


def hanging(*rows: Met, **log: object) -> KeyRoles:
    return partners.key_roles(cooperation(*rows, **log))  # type: ignore[arg-type]


OWNED = an_arrangement(owner_id=number("P"), owner_role="secretary")


def test_half_of_the_work_hangs_on_one_owner():
    rows = [met(NOW, "PQ", 1)] * 5 + [met(NOW, "QR", lead="Q")] * 3 + [met(NOW, "RS", lead="R")] * 2
    found = hanging(*rows, arrangements=[OWNED])
    assert found.carriers == ((number("P"), "secretary", 5), (number("Q"), "", 3), (number("R"), "", 2))
    assert (found.fewest, found.known, found.total) == (1, 10, 10)
    one_less = hanging(*rows[1:], arrangements=[OWNED])
    assert one_less.fewest == 2


def test_who_took_the_lead_carries_it_else_the_owner():
    rows = [met(NOW, "PQ", 1)] * 6 + [met(NOW, "PQ", 1, lead="P"), met(NOW, "PQ", 1, lead="Q")]
    assert hanging(*rows, arrangements=[OWNED]).carriers == (
        (number("P"), "secretary", 7), (number("Q"), "", 1)
    )  # fmt: skip


def test_of_too_few_known_owners_nothing_is_said():
    rows = [met(NOW, "PQ", 1)] * 8
    assert hanging(*rows, arrangements=[OWNED]).fewest == 1
    assert hanging(*rows[1:], arrangements=[OWNED]).fewest is None
    unknown = [met(NOW, "QR")] * 6
    assert hanging(*rows, *unknown[:5], arrangements=[OWNED]).fewest == 1  # 8 of 13 is .62
    mostly = hanging(*rows, *unknown, arrangements=[OWNED])  # 8 of 14 is .57
    assert (mostly.fewest, mostly.known, mostly.total) == (None, 8, 14)
    assert hanging().fewest is None


def test_only_the_last_year_carries_and_a_row_counts_for_what_it_stands_for():
    rows = [met(date(2024, 1, 1), "PQ", 1, count=9), met(date(2024, 1, 2), "PQ", 1, count=8)]
    totals = [
        hanging(*rows, arrangements=[OWNED], until=until).total
        for until in (date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 1))
    ]
    assert totals == [17, 8, 0]


def test_gaps_in_ownership_by_kind():
    """P and Q are of one domain, R of another; what was ended has no gap."""
    p, q, r = (number(letter) for letter in "PQR")
    made = [
        an_arrangement("zonder"),
        an_arrangement("alleen", owner_id=p),
        an_arrangement("zelfde", owner_id=p, second_owner_id=q),
        an_arrangement("goed", owner_id=p, second_owner_id=r),
        an_arrangement("klaar", ended_on=NOW, end_reason="secured"),
    ]
    found = partners.ownership(cooperation(arrangements=made, domains={"P": "safety", "Q": "safety"}))
    assert (found.no_owner, found.no_second, found.same_domain, found.running) == ((1,), (2,), (3,), 4)
    assert (found.shared.value, found.shared.status) == (0.25, "ok")
    assert partners.ownership(cooperation()).shared.why == "no_arrangements"


@settings(deadline=None)
@given(st.lists(st.integers(1, 50), min_size=8, max_size=20))
def test_with_one_owner_less_it_is_less_than_half(counts: list[int]):
    rows = [met(NOW, letter, lead=letter, count=n) for letter, n in zip(AZ, counts, strict=False)]
    found = hanging(*rows)
    most = [n for _, _, n in found.carriers]
    assert most == sorted(counts, reverse=True)
    assert found.fewest is not None
    assert sum(most[: found.fewest]) >= sum(counts) / 2 > sum(most[: found.fewest - 1])


def test_an_organisation_that_was_withdrawn_is_not_silent_and_owns_nothing():
    """With a control: the same organisation while it stands is both."""
    before, now = Quarter(2024, 1), Quarter(2024, 3)
    owned = an_arrangement(owner_id=number("R"), second_owner_id=number("P"))
    known = cooperation(met(before.first, "PR", 1), met(now.first, "P", 1), arrangements=[owned])
    gone = replace(known, withdrawn=frozenset({number("R")}))
    assert [one for one, _ in partners.lifecycle(known, now).silent] == [number("R")]
    assert partners.lifecycle(gone, now).silent == ()
    assert (partners.ownership(known).no_second, partners.ownership(known).no_owner) == ((), ())
    assert (partners.ownership(gone).no_second, partners.ownership(gone).no_owner) == ((1,), ())
