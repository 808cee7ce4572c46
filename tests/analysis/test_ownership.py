"""Who has which part in which arrangement, and how the lead moved between domains."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.working_together import an_arrangement, cooperation, letters, met, number
from tracker.analysis import ownership, policy
from tracker.analysis.ownership import Part
from tracker.analysis.quarter import Quarter

P, Q, R, S = map(number, "PQRS")
DAY = date(2024, 6, 3)
THIRD = Quarter(2024, 3)


def weeks(*numbers: int) -> list[date]:
    return [DAY + timedelta(weeks=n) for n in numbers]


def parts(*rows, **arrangement):
    """Organisation letter -> its part in the one arrangement."""
    known = cooperation(*rows, arrangements=[an_arrangement(**arrangement)])
    return {letters([one]): cells[0] for one, cells in ownership.matrix(known).rows.items()}


def test_owner_second_owner_and_who_takes_part_each_have_their_word():
    found = parts(owner_id=P, second_owner_id=Q, partner_ids=(P, Q, R))
    assert {one: part.part for one, part in found.items()} == {"P": "owner", "Q": "second", "R": "member"}
    assert list(found) == ["P", "Q", "R"]


def test_who_came_takes_part_and_a_guest_of_one_meeting_beside_a_list_does_not():
    assert set(parts(met(DAY, "PQ", 1))) == {"P", "Q"}
    rows = [met(day, who, 1) for day, who in zip(weeks(0, 1, 2), ("PQS", "PQ", "PR"), strict=True)]
    assert set(parts(*rows, partner_ids=(P,))) == {"P", "Q"}


def test_who_missed_the_last_three_is_away_and_who_missed_two_is_not():
    rows = [met(day, "PQ", 1) for day in weeks(0, 1)] + [met(day, "P", 1) for day in weeks(2, 3)]
    assert parts(*rows)["Q"] == Part(part="member")
    assert parts(*rows, met(weeks(4)[0], "P", 1))["Q"] == Part(part="member", away=True)


def test_an_owner_who_stays_away_and_one_without_a_second_are_named():
    rows = [met(weeks(0)[0], "PQ", 1), *(met(day, "Q", 1) for day in weeks(1, 2, 3))]
    both = an_arrangement(owner_id=P, second_owner_id=Q)
    one = an_arrangement("Alleen", owner_id=Q)
    found = ownership.matrix(cooperation(*rows, arrangements=[both, one, an_arrangement("Geen")]))
    assert (found.owner_away, found.alone) == ((1,), (2,))
    assert found.rows[P][0] == Part(part="owner", away=True)


def test_what_ended_has_no_column_and_who_has_no_part_no_row():
    over = an_arrangement(owner_id=P, ended_on=DAY, end_reason="secured")
    found = ownership.matrix(cooperation(arrangements=[over, an_arrangement("Loopt", owner_id=Q)]))
    assert (found.arrangements, list(found.rows)) == ((2,), [Q])
    assert ownership.matrix(cooperation()).rows == {}


def test_an_organisation_that_was_taken_back_has_no_part_and_the_second_owner_is_the_first():
    known = cooperation(
        met(DAY, "PQ", 1), arrangements=[an_arrangement(owner_id=P, second_owner_id=Q, partner_ids=(P, Q))]
    )
    found = ownership.matrix(replace(known, withdrawn=frozenset({P})))
    assert (list(found.rows), found.rows[Q][0].part, found.alone) == ([Q], "owner", (1,))


def test_who_owns_most_comes_first():
    mine = [an_arrangement(f"{n}", owner_id=Q, second_owner_id=R if n else None) for n in range(2)]
    found = ownership.matrix(cooperation(arrangements=[*mine, an_arrangement("p", owner_id=P)]))
    assert letters(found.rows) == "QPR"


ARRANGED = st.lists(
    st.tuples(
        st.none() | st.sampled_from("PQRS"),
        st.none() | st.sampled_from("PQRS"),
        st.sets(st.sampled_from("PQRS")),
    ).filter(lambda one: one[0] is not None or one[1] is None),
    max_size=4,
).map(lambda rows: [(one, two if two != one else None, who) for one, two, who in rows])
MET = st.lists(
    st.tuples(st.integers(0, 28), st.integers(1, 4), st.sets(st.sampled_from("PQRS"))), max_size=20
)


@settings(deadline=None, max_examples=60)
@given(ARRANGED, MET)
def test_every_cell_is_what_a_slow_reading_of_the_log_says(arranged, rows):
    made = [
        an_arrangement(
            f"{n}",
            owner_id=one and number(one),
            second_owner_id=two and number(two),
            partner_ids=tuple(map(number, sorted(who))),
        )
        for n, (one, two, who) in enumerate(arranged)
    ]
    logged = [(n, which, who) for n, which, who in rows if which <= len(made)]
    known = cooperation(
        *(met(weeks(n)[0], "".join(sorted(who)), which) for n, which, who in logged), arrangements=made
    )
    found = ownership.matrix(known)
    for column, (one, two, listed) in enumerate(arranged):
        held: dict[int, set[str]] = {}
        for n, which, who in logged:
            if which == column + 1:
                held.setdefault(n, set()).update(who)
        for letter in "PQRS":
            cell = (
                found.rows[number(letter)][column] if number(letter) in found.rows else Part(part="outside")
            )
            assert cell == slow_part(letter, one, two, listed, [held[n] for n in sorted(held)])


def slow_part(letter, one, two, listed, meetings):
    came = sum(letter in who for who in meetings)
    guest = bool(listed) and letter not in listed and came == 1
    if letter == one:
        part = "owner"
    elif letter == two:
        part = "second"
    elif letter in listed or (came and not guest):
        part = "member"
    else:
        return Part(part="outside")
    missed = 0
    for who in reversed([who for who in meetings if who]):
        if letter in who:
            break
        missed += 1
    belongs = letter in listed or came
    return Part(part=part, away=bool(belongs) and not guest and missed >= policy.value("left_meetings"))


DOMAINS = {"P": "safety", "Q": "social", "R": "safety"}


def test_the_lead_of_a_quarter_is_who_was_said_to_lead_else_the_owner():
    known = cooperation(
        met(DAY, "PQ", 1),
        met(THIRD.first, "PQ", 1, lead="Q", count=3),
        met(THIRD.first, "PR", 1),
        met(THIRD.last, "PR", lead="R"),
        met(THIRD.last, "PQ"),
        arrangements=[an_arrangement(owner_id=P)],
        domains=DOMAINS,
    )
    before, then = ownership.led(known, [THIRD.back(1), THIRD])
    assert (before.by, before.unknown) == ({"safety": 1}, 0)
    assert (then.by, list(then.by), then.unknown) == ({"social": 3, "safety": 2}, ["social", "safety"], 1)
    assert ownership.led(known, [THIRD.back(-1)])[0].by == {}


LEADS = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.sampled_from([0, 1, 2]),
        st.sampled_from(["", "P", "Q", "R"]),
        st.sampled_from(["", "primary", "secondary"]),
        st.integers(1, 3),
    ),
    max_size=15,
)


@settings(deadline=None, max_examples=60)
@given(LEADS)
def test_leads_and_phases_are_what_a_slow_count_says(rows):
    start = date(2022, 3, 1)
    made = [an_arrangement(owner_id=P, phase="tertiary"), an_arrangement("zonder")]
    known = cooperation(
        *(
            met(start + timedelta(days=n), "PQ", which, lead=lead, phase=phase, count=count)
            for n, which, lead, phase, count in rows
        ),
        arrangements=made,
        domains=DOMAINS,
    )
    quarters = [Quarter(2022, 1).back(-n) for n in range(12)]
    by_quarter: dict[Quarter, Counter[str]] = {one: Counter() for one in quarters}
    by_phase: dict[str, Counter[str]] = {}
    for n, which, lead, phase, count in rows:
        day = start + timedelta(days=n)
        leader = lead or ("P" if which == 1 else "")
        by_quarter[Quarter.of(day)][DOMAINS[leader] if leader else ""] += count
        named = phase or ("tertiary" if which == 1 else "")
        if leader and named and day > known.until - timedelta(days=365):
            by_phase.setdefault(named, Counter())[DOMAINS[leader]] += count
    for one in ownership.led(known, quarters):
        assert one.by | ({"": one.unknown} if one.unknown else {}) == dict(by_quarter[one.quarter])
    found = {one.phase: one for one in ownership.phase_leads(known)}
    assert found.keys() == by_phase.keys()
    for phase, one in found.items():
        assert (one.led, one.known) == (max(by_phase[phase].values()), by_phase[phase].total())
        assert by_phase[phase][one.domain] == one.led


def test_a_phase_is_asked_about_when_half_of_enough_activities_hang_on_one_domain():
    cases = {(8, 4): True, (8, 3): False, (7, 7): False}
    for (known, led), telling in cases.items():
        one = ownership.PhaseLead(phase="primary", domain="safety", led=led, known=known)
        assert one.telling is telling
