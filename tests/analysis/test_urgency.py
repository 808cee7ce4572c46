"""How urgent domains found an incident, how far apart they were, and what the first weeks left."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.working_together import (
    Met,
    an_agreement,
    an_arrangement,
    an_incident,
    cooperation,
    couples,
    met,
    number,
)
from tracker.analysis import urgency
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.quarter import Quarter
from tracker.records import Framing

DAY = date(2024, 6, 1)
DOMAINS = ("care", "safety", "social", "education")
LETTERS = {"P": "safety", "Q": "care", "R": "social"}


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def felt(incident: int, **levels: int | None) -> list[Framing]:
    return [
        Framing(incident_id=incident, domain=domain, wording="naam", urgency=level)
        for domain, level in levels.items()
    ]


def said(*framings: Framing, days: tuple[int, ...] = (0,), severity: int = 3) -> urgency.Urgency:
    incidents = [an_incident(after(n), severity=severity) for n in days]
    return urgency.urgency(cooperation(incidents=incidents, framings=framings), DOMAINS)


def test_the_gap_is_the_highest_minus_the_lowest():
    [one] = said(*felt(1, safety=5, social=2, care=4)).felt
    assert (one.gap, one.levels) == (3, {"safety": 5, "social": 2, "care": 4})


def test_one_domain_makes_no_gap_and_two_that_agree_have_one_of_nothing():
    assert said(*felt(1, safety=5)).felt[0].gap is None
    assert said(*felt(1, safety=4, social=4)).felt[0].gap == 0


def test_a_domain_that_only_named_the_incident_spoke_and_has_no_level():
    found = said(*felt(1, safety=5, social=None))
    assert (found.felt[0].gap, found.felt[0].spoke) == (None, {"safety", "social"})
    assert found.silent == ("care", "education")


def test_a_serious_incident_nobody_spoke_about_has_a_row_and_a_light_one_only_when_somebody_did():
    assert [one.incident for one in said(days=(0, 9)).felt] == [1, 2]
    assert said(severity=2).felt == ()
    assert [one.incident for one in said(*felt(2, care=1), days=(9, 0), severity=1).felt] == [2]


def test_an_exercise_is_no_incident_however_urgent_it_was_played():
    exercise = an_incident(DAY, exercise=True)
    known = cooperation(incidents=[exercise], framings=felt(1, safety=5, social=1))
    assert urgency.urgency(known, DOMAINS).felt == ()
    assert urgency.urgency(known, DOMAINS).silent == DOMAINS


def test_a_domain_that_never_spoke_about_any_is_silent():
    found = said(*felt(1, safety=5), *felt(2, care=1), days=(0, 9))
    assert found.silent == ("social", "education")


def test_the_gap_is_compared_over_the_domains_that_spoke_both_times():
    """Care says 1 only the second time: that is a new voice, not a gap that grew."""
    found = said(*felt(1, safety=5, social=2), *felt(2, safety=5, social=4, care=1), days=(0, 90))
    assert found.felt[1].gap == 4
    assert found.shift == urgency.Shift(now=2, then=1, gap_now=1, gap_then=3, among=("safety", "social"))


def test_without_two_domains_in_common_nothing_is_compared():
    assert said(*felt(1, safety=5, care=1), *felt(2, safety=5, social=1), days=(0, 90)).shift is None
    assert said(*felt(1, safety=5, care=1)).shift is None


LEVELS = st.dictionaries(st.sampled_from(DOMAINS), st.none() | st.integers(1, 5), max_size=4)


@settings(deadline=None)
@given(st.lists(LEVELS, max_size=5))
def test_a_slow_count_gives_the_same_gaps_and_the_same_shift(rounds: list[dict[str, int | None]]):
    framings = [one for n, levels in enumerate(rounds, start=1) for one in felt(n, **levels)]
    found = said(*framings, days=tuple(10 * n for n in range(len(rounds))))
    assert [one.gap for one in found.felt] == [slow_gap(levels, DOMAINS) for levels in rounds]
    assert found.silent == tuple(code for code in DOMAINS if not any(code in one for one in rounds))
    assert (found.shift and (found.shift.gap_now, found.shift.gap_then)) == slow_shift(rounds)


def slow_gap(levels: dict[str, int | None], among: tuple[str, ...]) -> int | None:
    given_ = [level for domain, level in levels.items() if level is not None and domain in among]
    gaps = [abs(one - other) for one, other in combinations(given_, 2)]
    return max(gaps) if gaps else None


def slow_shift(rounds: list[dict[str, int | None]]) -> tuple[int, int] | None:
    told = [levels for levels in rounds if slow_gap(levels, DOMAINS) is not None]
    for then in told[-2::-1]:
        both = tuple(code for code in DOMAINS if told[-1].get(code) and then.get(code))
        now_gap, then_gap = slow_gap(told[-1], both), slow_gap(then, both)
        if now_gap is not None and then_gap is not None:
            return now_gap, then_gap
    return None


def lived(*rows: Met, **more: object) -> Cooperation:
    return cooperation(*rows, incidents=[an_incident(DAY)], domains=LETTERS, **more)  # type: ignore[arg-type]


def test_what_an_incident_left_is_single_or_came_back():
    known = lived(
        met(after(1), "PQ", incident=1, count=2),
        met(after(2), "PQ", 1, incident=1),
        met(after(30), "PQ", 1),
        met(after(3), "PQ", 2, incident=1),
        arrangements=[an_arrangement(f"Overleg {n}", incident_id=1) for n in range(3)],
        agreements=[an_agreement(after(90), incident_id=1, origin="incident")],
    )
    found = urgency.left(known, 1)
    assert (found.single, found.recurring, found.once, found.agreements) == (2, (1,), (2, 3), (1,))
    assert (found.response.first_days, found.response.across_days) == (1, 1)


def test_two_activities_on_one_day_are_no_habit_and_meetings_before_it_do_not_count():
    rows = [met(after(n), "PQ", 1) for n in (-9, -2, 4, 4)]
    born = [an_arrangement(incident_id=1)]
    assert urgency.left(lived(*rows, arrangements=born), 1).once == (1,)
    assert urgency.left(lived(*rows, met(after(5), "PQ", 1), arrangements=born), 1).recurring == (1,)


def test_of_an_incident_before_what_was_read_nothing_can_be_said():
    with pytest.raises(AssertionError):
        urgency.left(lived(since=after(1)), 1)


def test_a_contact_made_after_an_incident_lives_when_it_met_after_the_first_two_months():
    known = lived(
        met(after(-200), "PS"),
        met(after(3), "PQS"),
        met(after(59), "PR"),
        met(after(60), "PQ"),
        met(after(61), "QR"),
    )
    found = urgency.contacts(known)
    assert found is not None
    assert couples(found.made) == ["PQ", "PR", "QS"]
    assert (couples(found.again), found.within, found.young) == (["PQ"], 60, True)


def test_contacts_are_asked_of_the_newest_serious_incident_that_is_two_months_old():
    log = {"incidents": [an_incident(DAY), an_incident(after(50)), an_incident(after(55), severity=2)]}
    assert urgency.contacts(cooperation(until=after(59), **log)) is None
    assert [urgency.contacts(cooperation(until=after(n), **log)).incident for n in (60, 109, 110)] == [
        1,
        1,
        2,
    ]


def test_a_log_that_reaches_a_year_back_knows_that_a_contact_is_new():
    assert not urgency.contacts(lived(met(after(-365), "XY"), met(after(3), "PQ"))).young


def test_a_quarter_counts_its_serious_incidents_and_what_was_done_together():
    rows = [met(after(0), "PQ", count=2), met(date(2024, 6, 30), "PQ"), met(after(3), "P")]
    rows += [met(date(2024, 3, 31), "PQ"), met(date(2024, 7, 1), "PQ")]
    incidents = [an_incident(DAY), an_incident(DAY, severity=2), an_incident(date(2024, 7, 1))]
    known = cooperation(*rows, incidents=incidents)
    second = Quarter(2024, 2)
    assert urgency.calm(known, second) == urgency.Calm(quarter=second, serious=1, activities=3)
    assert urgency.calm(known, Quarter(2024, 1)).serious == 0


def test_a_domain_is_away_when_it_was_there_and_not_for_a_quarter():
    rows = [met(after(0), "R"), met(after(10), "Q"), met(after(100), "P")]
    known = lived(*rows, until=after(101))
    [one, two] = urgency.away(known, DOMAINS)
    assert (one.domain, one.last_there, one.weeks) == ("social", DAY, 14)
    assert (two.domain, two.weeks) == ("care", 13)
    assert [one.domain for one in urgency.away(lived(*rows, until=after(100)), DOMAINS)] == ["social"]


def test_nobody_is_away_from_a_log_in_which_nobody_wrote_who_came():
    assert urgency.away(lived(met(DAY, "PQ"), met(after(100), ""), until=after(120)), DOMAINS) == ()
    assert urgency.away(lived(), DOMAINS) == ()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(-400, 180), st.sets(st.sampled_from("PQRS"), min_size=1)), max_size=12))
def test_contacts_are_those_a_slow_search_finds(rows: list[tuple[int, set[str]]]):
    known = lived(*(met(after(n), "".join(sorted(who))) for n, who in rows))
    found = urgency.contacts(known)
    assert found is not None
    pairs = list(combinations("PQRS", 2))

    def together(one: tuple[str, ...], first: int, last: int) -> bool:
        return any(first <= n <= last and who.issuperset(one) for n, who in rows)

    made = [one for one in pairs if together(one, 0, 59) and not together(one, -365, -1)]
    again = [one for one in made if together(one, 60, 10_000)]
    ids = [tuple(tuple(map(number, one)) for one in group) for group in (made, again)]
    assert [found.made, found.again] == ids
