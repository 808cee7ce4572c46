"""Owners, agreements, check-backs and looking back: what the store keeps, refuses and reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from logbook import (
    DAY,
    activity,
    agreement,
    arrangement,
    check_back,
    domain_meaning,
    framing,
    glossary_word,
    incident,
    incident_review,
    partner,
    planned_share,
    quarter_review,
    review_note,
    scan,
    series_point,
)

from tracker.analysis.question import Question
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    Framing,
    IncidentReview,
    InvalidRecord,
    Partner,
)
from tracker.store import InvalidBatch, Store

UNTIL = date(2026, 7, 1)
SINCE = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (agreement(owner_id=9), {"owner_id": "unknown_record"}),
        (agreement(owner_role="baas"), {"owner_role": "unknown_code"}),
        (agreement(origin="incident", incident_id=9), {"incident_id": "unknown_record"}),
        (agreement(arrangement_id=9), {"arrangement_id": "unknown_record"}),
        (arrangement("Nieuw", owner_id=9), {"owner_id": "unknown_record"}),
        (arrangement("Nieuw", owner_id=1, second_owner_id=9), {"second_owner_id": "unknown_record"}),
        (arrangement("Nieuw", owner_id=1, owner_role="baas"), {"owner_role": "unknown_code"}),
        (arrangement("Nieuw", partner_ids=(1, 9)), {"partner_ids": "unknown_record"}),
        (arrangement("Nieuw", phase="eerste"), {"phase": "unknown_code"}),
        (arrangement("Nieuw", incident_id=9), {"incident_id": "unknown_record"}),
        (activity(lead_id=9), {"lead_id": "unknown_record"}),
        (check_back(incident_id=9), {"incident_id": "unknown_record"}),
        (check_back(answer="lives", agreement_id=9), {"agreement_id": "unknown_record"}),
        (framing(domain="elders"), {"domain": "unknown_code"}),
        (incident_review(incident_id=9), {"incident_id": "unknown_record"}),
        (domain_meaning(word_id=9), {"word_id": "unknown_record"}),
        (planned_share(phase="eerste"), {"phase": "unknown_code"}),
        (planned_share(domain="elders"), {"domain": "unknown_code"}),
    ],
)
def test_a_link_or_a_word_that_does_not_exist_is_refused_beside_its_field(town: Store, record, told):
    with pytest.raises(InvalidRecord) as refused:
        town.add(record, by="anna")
    assert refused.value.problems == told


@pytest.mark.parametrize(
    ("first", "again", "told"),
    [
        (check_back(), check_back(answered_on=UNTIL), {"answer": "answered_already"}),
        (framing(), framing(wording="Anders"), {"domain": "framed_already"}),
        (incident_review(), incident_review(result="Anders"), {"incident_id": "reviewed_already"}),
        (series_point(), series_point(series="MEDIA", value=0.0), {"value": "counted_already"}),
        (glossary_word(), glossary_word("ZORGSIGNAAL", meaning="Anders"), {"name": "exists_already"}),
        (planned_share(), planned_share(share="none"), {"share": "planned_already"}),
        (review_note(), review_note(note="Anders"), {"note": "noted_already"}),
        (quarter_review(), quarter_review(held_on=UNTIL), {"quarter": "closed_already"}),
        (scan(), scan(closed_on=UNTIL), {"quarter": "scanned_already"}),
    ],
)
def test_what_there_is_one_of_is_changed_and_not_said_twice(town: Store, first, again, told):
    town.add(first, by="anna")
    with pytest.raises(InvalidRecord) as refused:
        town.add(again, by="bert")
    assert refused.value.problems == told
    assert town.correct(1, again, seen_version=1, reason="beter", by="bert").record == again


def test_one_answer_an_item_and_a_moment(town: Store):
    """The control of the test above: another moment, item or incident has an answer of its own."""
    town.add(agreement(), by="anna")
    town.add(incident(date(2026, 1, 1)), by="anna")
    for one in (
        check_back(),
        check_back(after_days=90),
        check_back(incident_id=2),
        check_back(answer="lives", agreement_id=1),
        check_back(answer="lives", arrangement_id=1),
    ):
        town.add(one, by="anna")
    assert len(town.records(CheckBack)) == 5


def test_two_framings_of_one_domain_in_a_batch_are_refused_at_the_second(town: Store):
    with pytest.raises(InvalidBatch) as refused:
        town.add_all([framing(), framing(domain="social"), framing()], by="anna", batch="b")
    assert refused.value.rows == {2: {"domain": "framed_already"}}
    assert town.records(Framing) == []


def test_the_members_of_an_arrangement_keep_their_order_and_can_change(town: Store):
    stored = town.add(arrangement("Nieuw", partner_ids=(2, 1), owner_id=2, goal="Samen kijken"), by="anna")
    assert town.get(Arrangement, stored.id).record.partner_ids == (2, 1)
    changed = arrangement("Nieuw", partner_ids=(1,), owner_id=1)
    town.correct(stored.id, changed, seen_version=1, reason="wissel", by="anna")
    assert town.get(Arrangement, stored.id).record == changed
    assert town.verify() == []


def test_a_batch_may_point_at_its_own_organisations_and_incidents(town: Store):
    ids = town.add_all(
        [
            partner("Welzijn"),
            incident(DAY, title="Rellen"),
            arrangement("Nieuw", owner_id=-1, partner_ids=(-1, 1), incident_id=-2),
            agreement(owner_id=-1, origin="incident", incident_id=-2, arrangement_id=-3),
        ],
        by="anna",
        batch="b",
    )
    made = town.get(Arrangement, ids[2]).record
    assert (made.owner_id, made.partner_ids, made.incident_id) == (ids[0], (ids[0], 1), ids[1])
    assert town.get(Agreement, ids[3]).record.arrangement_id == ids[2]
    assert town.verify() == []


def test_agreements_stand_by_the_day_they_are_due(town: Store):
    for days in (30, 10, 20):
        town.add(agreement(f"na {days}", due_on=DAY + timedelta(days=days)), by="anna")
    assert [one.record.text for one in town.records(Agreement)] == ["na 10", "na 20", "na 30"]


def test_looking_back_has_lines_and_a_goal_has_none(town: Store):
    written = town.add(incident_review(context="regel een\nregel twee"), by="anna")
    assert written.record.context == "regel een\nregel twee"
    assert town.get(IncidentReview, written.id).record == written.record
    with pytest.raises(InvalidRecord):
        arrangement("Nieuw", goal="regel een\nregel twee")


def test_cooperation_is_read_as_it_looked_on_an_evening(town: Store):
    early, late = date(2026, 3, 1), date(2026, 6, 20)
    town.add(activity(early, partner_ids=(1, 2), arrangement_id=1, lead_id=2, phase="primary"), by="anna")
    town.add(framing(urgency=4), by="anna")
    town.add(incident_review(), by="anna")
    town.add(activity(late, partner_ids=(1,), incident_id=1, count=3), by="anna")
    town.add(activity(date(2023, 1, 1), partner_ids=(2,), arrangement_id=1), by="anna")
    town.add(activity(early, partner_ids=(2,), count=0), by="anna")
    closed = {"state": "done", "closed_on": late}
    town.add(agreement(made_on=early, due_on=late, **closed), by="anna")
    town.add(agreement("Later", made_on=late), by="anna")
    ended = arrangement("Oud", ended_on=late, end_reason="secured")
    town.add(ended, by="anna")
    then, now = town.cooperation(date(2026, 4, 1), SINCE), town.cooperation(UNTIL, SINCE)
    assert then.attendance[["arrangement", "partner"]].to_numpy().tolist() == [[1, 1], [1, 2]]
    assert now.activities[["arrangement", "incident", "lead", "partners", "count"]].to_numpy().tolist() == [
        [1, 0, 2, 2, 1],
        [0, 1, 0, 1, 3],
    ]
    assert now.activities[["kind", "phase"]].to_numpy().tolist() == [
        ["training", "primary"],
        ["training", ""],
    ]
    assert (then.framings, [one.urgency for one in now.framings]) == ((), [4])
    assert (then.looked_back, list(now.looked_back)) == ({}, [1])
    assert then.agreements[1].state == "open"
    assert now.agreements[1].state == "done"
    assert set(then.agreements) == {1}
    assert then.arrangements[2].end_reason == ""
    assert now.arrangements[2].end_reason == "secured"
    assert now.known_before == {2}
    assert now.founded_on(1) == date(2023, 1, 1)
    assert now.founded_on(2) is None
    assert then.incidents == {}
    assert now.serious == [(DAY, 1)]


def test_nobody_waits_for_an_organisation_that_was_withdrawn(town: Store):
    town.add(activity(partner_ids=(1, 2), arrangement_id=1), by="anna")
    town.withdraw(Partner, 2, seen_version=1, reason="opgeheven", by="anna")
    known = town.cooperation(UNTIL)
    assert known.withdrawn == {2}
    assert known.partners[2].name == "Jongerenwerk"


def test_an_empty_log_gives_empty_tables_of_the_same_shape(store: Store):
    nothing = store.cooperation(UNTIL, SINCE)
    assert list(nothing.attendance.columns) == ["activity", "day", "arrangement", "partner"]
    assert nothing.attendance.empty
    assert nothing.activities["day"].dtype.kind == "M"


def test_activities_are_counted_by_the_label_people_gave_or_the_links(town: Store):
    town.add(activity(arrangement_id=1), by="anna")
    town.add(activity(arrangement_id=1, incident_id=1, count=2), by="anna")
    town.add(activity(incident_id=1, mode="structural"), by="anna")
    town.add(activity(), by="anna")
    town.add(activity(kind="communication", partner_ids=(1,)), by="anna")
    counted = town.modes(Question(until=UNTIL))
    assert counted == {"structural": 2, "structure_in_action": 2, "": 1}
    assert sum(counted.values()) == town.log(Question(until=UNTIL)).activities.sum()
    assert town.modes(Question(until=UNTIL, kinds=("communication",))) == {}


def test_what_happened_around_a_day_and_about_an_incident_is_read_apart(town: Store):
    for days in (-1, 0, 5, 6):
        linked = {"incident_id": 1} if days == 5 else {}
        town.add(activity(DAY + timedelta(days=days), title=str(days), **linked), by="anna")
    town.add(framing(), by="anna")
    found = town.between(DAY, DAY + timedelta(days=5))
    assert [one.record.title for one in found] == ["0", "5"]
    assert [one.record.title for one in town.about_incident(Activity, 1)] == ["5"]
    assert [one.record.domain for one in town.about_incident(Framing, 1)] == ["care"]
    assert town.about_incident(IncidentReview, 1) == []
