"""The facts of a quarter are plain sums of the log as it looked on that quarter's last evening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.report import quarterly
from tests.store import logbook
from tracker import store as stores
from tracker.analysis.comparison import COMPARED, compare
from tracker.analysis.evaluation import Counts
from tracker.analysis.quarter import Quarter
from tracker.records import Activity, Agreement, Incident
from tracker.report import Material
from tracker.store import Store

Q = Quarter


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Store:
    """Built once: every test works in a copy."""
    return quarterly.two_years(quarterly.fresh(tmp_path_factory.mktemp("built")))


@pytest.fixture
def store(built: Store, tmp_path) -> Store:
    built.backup(tmp_path / "copy.db")
    return stores.open(tmp_path / "copy.db", now=lambda: quarterly.MADE)


def by_hand(store: Store, quarter: Quarter) -> dict[str, int]:
    """The slow obvious count over the records themselves."""

    def inside(day: date | None) -> bool:
        return day is not None and quarter.first <= day <= quarter.last

    met = [one.record for one in store.records(Activity) if inside(one.record.happened_on)]
    happened = [one.record for one in store.records(Incident) if inside(one.record.happened_on)]
    promised = [one.record for one in store.records(Agreement)]
    pairs = {frozenset((a, b)) for one in met for a in one.partner_ids for b in one.partner_ids if a != b}
    serious = sorted(one.record.happened_on for one in store.records(Incident) if one.record.severity >= 3)
    first = min(one.record.happened_on for one in store.records(Activity))

    def calm(day: date) -> bool:
        before = [one for one in serious if one <= day]
        return bool(before) and (day - before[-1]).days >= 90 and (day - first).days >= 90

    return {
        "incidents": len(happened),
        "serious": sum(one.severity >= 3 for one in happened),
        "averted": sum(one.averted for one in happened),
        "activities": sum(one.count for one in met if len(one.partner_ids) >= 2),
        "in_peacetime": sum(one.count for one in met if len(one.partner_ids) >= 2 and calm(one.happened_on)),
        "organisations": len({partner for one in met for partner in one.partner_ids}),
        "pairs": len(pairs),
        "agreements_made": sum(inside(one.made_on) for one in promised),
        "agreements_done": sum(inside(one.closed_on) and one.state == "done" for one in promised),
        "agreements_dropped": sum(inside(one.closed_on) and one.state == "wont_do" for one in promised),
    }


def counts(material: Material) -> Counts:
    return material.facts.counts


def picked(found: Counts, names: dict[str, int]) -> dict[str, int]:
    return {name: getattr(found, name) for name in names}


@pytest.mark.parametrize("quarter", [Q(2024, 1), Q(2024, 3), Q(2025, 2)])
def test_every_count_is_the_sum_over_the_records(store: Store, quarter: Quarter):
    expected = by_hand(store, quarter)
    assert picked(counts(quarterly.gathered(store, quarter)), expected) == expected
    assert expected["activities"] > 0


def test_what_is_compared_is_the_same_sum_of_the_other_quarters(store: Store):
    found = quarterly.gathered(store).comparison
    for side, quarter in ((found.before, Q(2025, 1)), (found.year, Q(2024, 2))):
        expected = by_hand(store, quarter)
        assert picked(side.counts, expected) == expected
    now, year = by_hand(store, Q(2025, 2)), by_hand(store, Q(2024, 2))
    assert found.change("activities", "year") == now["activities"] - year["activities"]


def test_what_was_logged_later_changes_no_earlier_quarter(store: Store):
    before = quarterly.gathered(store, Q(2024, 4))
    store.add(logbook.activity(date(2025, 6, 1), partner_ids=(1, 2)), by="test")
    store.add(logbook.incident(date(2025, 6, 2), severity=5), by="test")
    after = quarterly.gathered(store, Q(2024, 4))
    assert counts(after) == counts(before)
    assert after.assessment.finding == before.assessment.finding
    store.add(logbook.incident(date(2024, 12, 2), severity=5), by="test")
    assert counts(quarterly.gathered(store, Q(2024, 4))) != counts(before)


def test_an_agreement_that_was_closed_later_was_still_open(store: Store):
    held = next(one for one in store.records(Agreement) if one.record.due_on == date(2025, 5, 1))
    done = replace(held.record, state="done", closed_on=date(2025, 7, 2))
    store.correct(held.id, done, seen_version=held.version, reason="gedaan", by="test")
    assert held.id in quarterly.gathered(store).facts.kept.overdue
    assert held.id in quarterly.gathered(store, Q(2025, 3)).facts.done


def test_a_quarter_before_the_log_is_unknown_and_not_zero(store: Store):
    found = quarterly.gathered(store, Q(2023, 3)).comparison
    assert found.year.value("activities") is None
    assert found.change("activities", "year") is None
    assert found.now.value("activities") == counts(quarterly.gathered(store, Q(2023, 3))).activities


def test_an_empty_log_has_facts_too(tmp_path):
    found = quarterly.gathered(quarterly.fresh(tmp_path)).comparison
    assert {found.now.value(name) for name in COMPARED} == {None}


def test_weeks_of_recess_are_whole_weeks_of_the_quarter(store: Store):
    store.add(logbook.recess("Mei", first_day=date(2025, 4, 26), last_day=date(2025, 5, 9)), by="test")
    assert counts(quarterly.gathered(store)).recess_weeks == 2
    assert counts(quarterly.gathered(store, Q(2025, 1))).recess_weeks == 0


def test_a_week_belongs_to_the_quarter_its_monday_lies_in(store: Store):
    every = [counts(quarterly.gathered(store, Q(2024, n))).weeks for n in (1, 2, 3, 4)]
    mondays = sum((date(2024, 1, 1) + timedelta(days=n)).weekday() == 0 for n in range(366))
    assert sum(every) == mondays == 53


def test_a_quarter_that_runs_is_counted_up_to_today(store: Store):
    found = counts(quarterly.gathered(store, Q(2025, 3)))
    assert found.running
    assert found.until == quarterly.TODAY
    assert not counts(quarterly.gathered(store)).running


def test_what_fell_silent_is_news_in_one_quarter_only(store: Store):
    news = [
        [one.agreed.name for one in quarterly.gathered(store, quarter).facts.went_quiet]
        for quarter in (Q(2025, 1), Q(2025, 2), Q(2025, 3))
    ]
    assert [names for names in news if names] == [["Overleg B"]]
    assert [one.agreed.name for one in quarterly.gathered(store).facts.dormant] == ["Overleg B"]


def test_what_arose_after_an_incident_is_followed(store: Store):
    newest = quarterly.gathered(store).facts.legacies[0]
    assert len(newest.lives) == 3  # the fourth agreement is made a day after the quarter
    assert newest.lasting == 3


def test_who_was_there_again_is_a_share_of_the_quarter_before(store: Store):
    facts = quarterly.gathered(store).facts
    before, now = (by_hand(store, quarter)["organisations"] for quarter in (Q(2025, 1), Q(2025, 2)))
    assert (before, now) == (4, 4)
    assert facts.stayed.value == 1.0
    assert facts.attended.value == pytest.approx(3 / 4)  # three of the four members at every meeting


def test_what_began_and_ended_belongs_to_its_quarter(store: Store):
    new = logbook.arrangement("Nieuw", started_on=date(2025, 4, 7))
    old = logbook.arrangement(
        "Oud", started_on=date(2024, 1, 8), ended_on=date(2025, 6, 2), end_reason="secured"
    )
    ids = [store.add(one, by="test").id for one in (new, old)]
    facts = quarterly.gathered(store).facts
    assert (facts.began, facts.ended) == ((ids[0],), (ids[1],))
    assert quarterly.gathered(store, Q(2025, 1)).facts.ended == ()


def test_quarters_that_are_no_neighbours_are_not_compared(store: Store):
    one = counts(quarterly.gathered(store))
    with pytest.raises(AssertionError):
        compare(one, one, one)
