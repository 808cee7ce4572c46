"""The agreed meetings as they looked on an evening: who met, what was answered, when nobody had to."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest
from logbook import DAY, activity, arrangement, incident, occurrence, pause, raw, recess, silence

from tracker.analysis.meetings import Agreed, Answer, Meetings
from tracker.analysis.question import Question
from tracker.records import (
    Activity,
    Arrangement,
    Incident,
    InvalidRecord,
    Occurrence,
    Pause,
    Recess,
)
from tracker.store import InvalidBatch, Store
from tracker.store.meetings import HELD

UNTIL = date(2026, 6, 30)


def only(meetings: Meetings) -> Agreed:
    (one,) = meetings.arrangements
    return one


def test_an_empty_log_has_no_meetings_and_no_first_entry(store: Store):
    told = store.meetings(UNTIL)
    assert (told.until, told.arrangements, told.serious, told.first_entry) == (UNTIL, (), (), None)


def test_an_arrangement_comes_with_all_that_was_agreed(store: Store):
    agreed = arrangement(
        cadence="FREQ=WEEKLY;INTERVAL=4",
        grace_weeks=2,
        started_on=date(2024, 1, 8),
        ended_on=date(2026, 5, 1),
        end_reason="secured",
    )
    store.add(agreed, by="anna")
    assert only(store.meetings(UNTIL)) == Agreed(
        id=1,
        name="Weegploeg",
        kind="local_triangle",
        cadence="FREQ=WEEKLY;INTERVAL=4",
        grace_weeks=2,
        started_on=date(2024, 1, 8),
        ended_on=date(2026, 5, 1),
        end_reason="secured",
        held=(),
    )


def test_arrangements_come_by_name_without_the_withdrawn_and_those_still_to_start(town: Store):
    town.add(arrangement("beraad"), by="anna")
    town.add(arrangement("Later", started_on=UNTIL + timedelta(days=1)), by="anna")
    town.add(arrangement("Vandaag", started_on=UNTIL), by="anna")
    gone = town.add(arrangement("Weg"), by="anna")
    town.withdraw(Arrangement, gone.id, seen_version=1, reason="fout", by="anna")
    names = [one.name for one in town.meetings(UNTIL).arrangements]
    assert names == ["beraad", "Vandaag", "Weegploeg"]
    assert "Later" in [one.name for one in town.meetings(UNTIL + timedelta(days=1)).arrangements]


def test_a_meeting_is_held_on_the_day_it_happened_however_late_it_was_logged(town: Store):
    for day in (date(2026, 6, 20), date(2026, 3, 1), date(2026, 6, 20), date(2026, 7, 1)):
        town.add(activity(day, arrangement_id=1), by="anna")
    town.add(activity(date(2026, 4, 1)), by="anna")
    assert only(town.meetings(UNTIL)).held == (date(2026, 3, 1), date(2026, 6, 20), date(2026, 6, 20))


def test_a_withdrawn_meeting_and_a_row_that_stands_for_none_were_not_held(town: Store):
    town.add(activity(date(2026, 6, 1), arrangement_id=1), by="anna")
    town.add(activity(date(2026, 6, 8), arrangement_id=1), by="anna")
    town.add(activity(date(2026, 6, 15), arrangement_id=1, count=0), by="anna")
    town.withdraw(Activity, 2, seen_version=1, reason="dubbel", by="anna")
    assert only(town.meetings(UNTIL)).held == (date(2026, 6, 1),)


def test_answers_come_by_due_day_and_only_plans_lie_ahead(town: Store):
    ahead, too_far = UNTIL + timedelta(days=30), UNTIL + timedelta(days=366)
    town.add(occurrence(due_on=ahead, state="planned"), by="anna")
    town.add(occurrence(due_on=date(2026, 7, 14), state="cancelled", reason="ziekte"), by="anna")
    town.add(occurrence(due_on=too_far, state="planned"), by="anna")
    town.add(occurrence(due_on=DAY, state="moved", moved_to=date(2026, 6, 8), reason="zaal"), by="anna")
    gone = town.add(occurrence(due_on=date(2026, 5, 4)), by="anna")
    town.withdraw(Occurrence, gone.id, seen_version=1, reason="fout", by="anna")
    moved = Answer(due_on=DAY, state="moved", moved_to=date(2026, 6, 8), reason="zaal")
    planned = Answer(due_on=ahead, state="planned")
    far = Answer(due_on=too_far, state="planned")
    assert only(town.meetings(UNTIL)).answers == (moved, planned, far)
    assert only(town.meetings(UNTIL - timedelta(days=10))).answers == (moved, planned)


def test_pauses_come_in_order_without_the_withdrawn(town: Store):
    town.add(pause(), by="anna")
    town.add(pause(first_day=date(2025, 1, 1), last_day=date(2025, 2, 1)), by="anna")
    town.add(pause(first_day=date(2024, 1, 1), last_day=date(2024, 2, 1)), by="anna")
    town.withdraw(Pause, 3, seen_version=1, reason="fout", by="anna")
    assert only(town.meetings(UNTIL)).pauses == (
        (date(2025, 1, 1), date(2025, 2, 1)),
        (date(2026, 5, 1), date(2026, 5, 31)),
    )


@pytest.mark.parametrize(
    ("given", "ends_peacetime"),
    [
        ({}, True),
        ({"severity": 5}, True),
        ({"severity": 2}, False),
        ({"exercise": True}, False),
        ({"lawful_protest": True}, False),
        ({"averted": True}, False),
        ({"scale": "national"}, False),
        ({"scale": "national", "reached": True}, True),
    ],
)
def test_only_a_serious_incident_that_really_was_one_ends_peacetime(store: Store, given, ends_peacetime):
    store.add(incident(**given), by="anna")
    assert store.meetings(UNTIL).serious == ((DAY,) if ends_peacetime else ())


def test_serious_days_come_in_order_and_not_from_later_or_withdrawn_incidents(town: Store):
    for day in (date(2026, 6, 20), date(2025, 1, 1), UNTIL + timedelta(days=1)):
        town.add(incident(day), by="anna")
    town.withdraw(Incident, 1, seen_version=1, reason="fout", by="anna")
    assert town.meetings(UNTIL).serious == (date(2025, 1, 1), date(2026, 6, 20))


def test_without_a_logged_recess_summer_and_christmas_hold(town: Store):
    told = town.meetings(UNTIL).recess
    assert (date(2026, 7, 13), date(2026, 8, 23)) in told
    assert (date(2026, 12, 21), date(2027, 1, 3)) in told
    assert list(told) == sorted(told)


def test_a_logged_recess_takes_the_place_of_the_default_and_another_is_added(town: Store):
    summer = (date(2026, 7, 18), date(2026, 8, 30))
    autumn = (date(2026, 10, 17), date(2026, 10, 25))
    town.add(recess("Zomer", first_day=summer[0], last_day=summer[1]), by="anna")
    town.add(recess(), by="anna")
    told = town.meetings(UNTIL).recess
    in_2026 = [days for days in told if days[0].year == 2026]
    assert in_2026 == [summer, autumn, (date(2026, 12, 21), date(2027, 1, 3))]
    town.withdraw(Recess, 1, seen_version=1, reason="fout", by="anna")
    assert (date(2026, 7, 13), date(2026, 8, 23)) in town.meetings(UNTIL).recess


def test_recess_reaches_back_to_what_was_known_first(town: Store):
    assert town.meetings(UNTIL).recess[0][0] > date(2026, 1, 1)
    town.add(arrangement("Oud", started_on=date(2019, 3, 1)), by="anna")
    assert town.meetings(UNTIL).recess[0] == (date(2019, 7, 15), date(2019, 8, 25))
    town.add(activity(date(2018, 1, 2)), by="anna")
    assert town.meetings(UNTIL).recess[0] == (date(2017, 12, 25), date(2018, 1, 7))


@pytest.mark.parametrize("seed", range(6))
def test_the_meetings_say_the_same_as_looking_them_up_by_hand(town: Store, seed):
    rnd = random.Random(seed)
    start = date(2025, 1, 1)

    def some_day() -> date:
        return start + timedelta(days=rnd.randrange(600))

    records = [arrangement(f"Overleg {n}", started_on=rnd.choice([None, some_day()])) for n in range(5)]
    records += [
        activity(some_day(), arrangement_id=rnd.choice([None, 1, 2, 3]), count=rnd.choice([0, 1, 1, 4]))
        for _ in range(80)
    ]
    due = [start + timedelta(days=days) for days in rnd.sample(range(600), 40)]
    records += [
        occurrence(
            rnd.randrange(1, 6), day, state=rnd.choice(["planned", "moved", "recess"]), moved_to=some_day()
        )
        for day in due
    ]
    records += [pause(rnd.randrange(1, 6), first_day=day, last_day=day) for day in due[:10]]
    records += [incident(some_day(), severity=rnd.randrange(1, 6)) for _ in range(10)]
    ids = town.add_all(records, by="import", batch="b")
    for place in rnd.sample(range(len(records)), 20):
        town.withdraw(type(records[place]), ids[place], seen_version=1, reason="x", by="anna")
    until = date(2025, 10, 1)
    told = town.meetings(until)
    assert list(told.arrangements) == by_hand(town, until)
    assert told.first_entry == town.log(Question(until=until)).first
    assert told.serious == tuple(
        one.day for one in town.log(Question(until=until, min_severity=3)).incidents if one.counts
    )


def by_hand(store: Store, until: date) -> list[Agreed]:
    """The same, slowly and obviously."""
    found = []
    for stored in store.records(Arrangement):
        one = stored.record
        if one.started_on and one.started_on > until:
            continue
        own = [
            other.record
            for kind in (Activity, Occurrence, Pause)
            for other in store.records(kind)
            if other.record.arrangement_id == stored.id
        ]
        answers = sorted((one for one in own if isinstance(one, Occurrence)), key=lambda one: one.due_on)
        ahead = until + timedelta(days=370)
        found.append(
            Agreed(
                id=stored.id,
                name=one.name,
                kind=one.kind,
                cadence=one.cadence,
                grace_weeks=one.grace_weeks,
                started_on=one.started_on,
                ended_on=one.ended_on,
                end_reason=one.end_reason,
                held=tuple(
                    sorted(
                        one.happened_on
                        for one in own
                        if isinstance(one, Activity) and one.count and one.happened_on <= until
                    )
                ),
                answers=tuple(
                    Answer(due_on=one.due_on, state=one.state, moved_to=one.moved_to, reason=one.reason)
                    for one in answers
                    if one.due_on <= (ahead if one.state == "planned" else until)
                ),
                pauses=tuple(sorted((one.first_day, one.last_day) for one in own if isinstance(one, Pause))),
            )
        )
    return found


def test_a_meeting_that_was_due_has_one_answer(town: Store):
    town.add(occurrence(state="planned"), by="anna")
    with pytest.raises(InvalidRecord) as refused:
        town.add(occurrence(state="cancelled", reason="ziekte"), by="anna")
    assert refused.value.problems == {"due_on": "answered_already"}
    assert town.add(occurrence(due_on=DAY + timedelta(days=7)), by="anna").version == 1
    other = town.add(arrangement("Driehoek"), by="anna")
    assert town.add(occurrence(other.id), by="anna").version == 1


def test_a_planned_meeting_gets_its_answer_by_a_correction(town: Store):
    planned = town.add(occurrence(state="planned"), by="anna")
    cancelled = occurrence(state="cancelled", reason="ziekte")
    town.correct(planned.id, cancelled, seen_version=1, reason="afgezegd", by="anna")
    told = Answer(due_on=DAY, state="cancelled", reason="ziekte")
    assert only(town.meetings(UNTIL)).answers == (told,)


def test_an_answer_cannot_be_corrected_onto_a_day_that_has_one(town: Store):
    town.add(occurrence(), by="anna")
    second = town.add(occurrence(due_on=DAY + timedelta(days=7)), by="anna")
    with pytest.raises(InvalidRecord) as refused:
        town.correct(second.id, occurrence(), seen_version=1, reason="x", by="anna")
    assert refused.value.problems == {"due_on": "answered_already"}


def test_after_withdrawal_a_day_is_free_for_another_answer_which_then_blocks_the_restore(town: Store):
    town.add(occurrence(), by="anna")
    town.withdraw(Occurrence, 1, seen_version=1, reason="fout", by="anna")
    town.add(occurrence(state="recess"), by="anna")
    with pytest.raises(InvalidRecord) as refused:
        town.restore(Occurrence, 1, seen_version=2, reason="terug", by="anna")
    assert refused.value.problems == {"due_on": "answered_already"}
    town.withdraw(Occurrence, 2, seen_version=1, reason="dubbel", by="anna")
    assert town.restore(Occurrence, 1, seen_version=2, reason="terug", by="anna").version == 3


def test_two_answers_in_one_batch_are_refused_at_the_second(town: Store):
    with pytest.raises(InvalidBatch) as refused:
        town.add_all(
            [arrangement("Nieuw"), occurrence(-1), occurrence(1), occurrence(-1, state="recess")],
            by="anna",
            batch="b",
        )
    assert refused.value.rows == {3: {"due_on": "answered_already"}}
    assert len(town.records(Occurrence)) == 0


def test_a_pause_of_an_unknown_arrangement_is_refused(town: Store):
    with pytest.raises(InvalidRecord) as refused:
        town.add(pause(99), by="anna")
    assert refused.value.problems == {"arrangement_id": "unknown_record"}
    assert town.add(pause(1), by="anna").version == 1


def test_pauses_and_recess_move_the_revision_and_are_no_entries(town: Store):
    revision, first = town.revision(), town.meetings(UNTIL).first_entry
    town.add(pause(first_day=date(2020, 1, 1)), by="anna")
    town.add(recess(), by="anna")
    town.add(silence(), by="anna")
    assert town.revision() == revision + 3
    assert town.meetings(UNTIL).first_entry == first == DAY
    assert len(town.recent()) == 1


def test_what_was_held_is_read_from_an_index_alone(town: Store):
    with raw(town.path) as conn:
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {HELD}", ("2026-06-30",))]
    assert any("COVERING INDEX activity_of_arrangement" in step for step in plan), plan


def test_ten_years_of_two_hundred_arrangements_are_read_at_once(store: Store):
    """Measured at 30 ms; a query for each arrangement, or without its index, takes far longer."""
    first = date(2016, 1, 4)
    many = [arrangement(f"Overleg {n}", cadence="FREQ=WEEKLY;INTERVAL=4") for n in range(200)]
    met = [
        activity(first + timedelta(weeks=4 * n), arrangement_id=own)
        for own in range(1, 201)
        for n in range(125)
    ]
    store.add_all([*many, *met], by="import", batch="b")
    store.meetings(UNTIL)
    began = time.process_time()
    told = store.meetings(UNTIL)
    assert time.process_time() - began < 0.5
    assert sum(len(one.held) for one in told.arrangements) == 25_000
