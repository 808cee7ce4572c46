"""The figures' input: counted in SQL, and the same as counting it slowly by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from logbook import DAY, activity, incident, occurrence, partner, raw, silence

from tracker.analysis.question import Log, LoggedIncident, Question
from tracker.records import Activity, Incident, Occurrence, Silence
from tracker.store import Store
from tracker.store.answer import COUNTS_PER_DAY, ENTRY_DAYS

UNTIL = date(2026, 6, 30)


def counted(log: Log) -> dict[date, float]:
    return {day.date(): count for day, count in log.activities.items()}


def days(log: Log) -> list[date]:
    return [day.date() for day in log.entry_days]


def test_an_empty_log_has_no_window(store: Store):
    log = store.log(Question(until=UNTIL))
    assert (log.first, log.last, log.incidents, log.silences, log.left_out_activities) == (
        None,
        None,
        (),
        (),
        0,
    )
    assert log.activities.empty
    assert log.activities.dtype == "float64"
    assert isinstance(log.activities.index, pd.DatetimeIndex)
    assert isinstance(log.entry_days, pd.DatetimeIndex)


def test_only_planned_meetings_are_an_empty_log(town: Store):
    town.withdraw(Incident, 1, seen_version=1, reason="x", by="anna")
    town.add(occurrence(state="planned"), by="anna")
    town.add(silence(), by="anna")
    assert town.log(Question(until=UNTIL)).first is None


def test_the_window_runs_from_the_first_entry_of_any_kind_to_the_day_asked(town: Store):
    town.add(occurrence(due_on=date(2026, 5, 20)), by="anna")
    log = town.log(Question(until=UNTIL))
    assert (log.first, log.last) == (date(2026, 5, 20), UNTIL)
    assert days(log) == [date(2026, 5, 20), DAY]


def test_what_came_later_than_the_day_asked_is_not_in_it(town: Store):
    town.add(activity(date(2026, 6, 15)), by="anna")
    log = town.log(Question(until=date(2026, 6, 10)))
    assert counted(log) == {}
    assert days(log) == [DAY]
    assert town.log(Question(until=date(2026, 5, 31))).first is None


def test_a_window_may_start_before_or_after_the_first_entry(town: Store):
    early = town.log(Question(until=UNTIL, since=date(2026, 1, 1)))
    assert (early.first, days(early)) == (date(2026, 1, 1), [DAY])
    late = town.log(Question(until=UNTIL, since=date(2026, 6, 2)))
    assert (late.first, days(late), late.incidents) == (date(2026, 6, 2), [], ())
    assert town.log(Question(until=UNTIL, since=UNTIL + timedelta(days=1))).first is None


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({"kind": "communication"}, False),
        ({"kind": "communication", "partner_ids": (1,)}, False),
        ({"kind": "communication", "partner_ids": (1,), "partner_count": 2}, True),
        ({"kind": "communication", "partner_ids": (1, 2)}, True),
        ({"kind": "communication", "partner_count": 2}, True),
        ({"kind": "training"}, True),
    ],
)
def test_an_activity_counts_when_two_took_part_or_its_kind_is_joint(town: Store, given, counts):
    town.add(activity(count=3, **given), by="anna")
    log = town.log(Question(until=UNTIL))
    assert counted(log) == ({DAY: 3.0} if counts else {})
    assert log.left_out_activities == (0 if counts else 3)


def test_making_a_kind_joint_changes_the_figures_and_moves_the_revision(town: Store):
    town.add(activity(kind="communication"), by="anna")
    before = town.revision()
    kind = next(term for term in town.vocabulary("activity_kind") if term.code == "communication")
    town.correct_term(replace(kind, joint=True), by="beheer")
    assert town.revision() > before
    assert counted(town.log(Question(until=UNTIL))) == {DAY: 1.0}


def test_correcting_who_took_part_changes_what_counts(town: Store):
    town.add(activity(kind="analysis", partner_ids=(1, 2)), by="anna")
    town.correct(1, activity(kind="analysis", partner_ids=(1,)), seen_version=1, reason="r", by="anna")
    assert counted(town.log(Question(until=UNTIL))) == {}


def test_a_row_that_stands_for_none_is_still_a_sign_that_somebody_logged(town: Store):
    town.add(activity(date(2026, 6, 9), count=0), by="anna")
    log = town.log(Question(until=UNTIL))
    assert counted(log) == {}
    assert date(2026, 6, 9) in days(log)


def test_kinds_asked_for_narrow_the_count_and_not_the_days(town: Store):
    town.add(activity(date(2026, 6, 2), kind="training"), by="anna")
    town.add(activity(date(2026, 6, 3), kind="dialogue"), by="anna")
    town.add(activity(date(2026, 6, 4), kind="funding"), by="anna")
    log = town.log(Question(until=UNTIL, kinds=("training", "funding")))
    assert counted(log) == {date(2026, 6, 2): 1.0}
    assert log.left_out_activities == 1
    assert len(days(log)) == 4


def test_a_moved_meeting_is_an_entry_on_both_days_as_far_as_they_lie_in_the_window(town: Store):
    moved = occurrence(due_on=date(2026, 6, 5), state="moved", moved_to=date(2026, 6, 12))
    town.add(moved, by="anna")
    assert days(town.log(Question(until=UNTIL))) == [DAY, date(2026, 6, 5), date(2026, 6, 12)]
    assert days(town.log(Question(until=date(2026, 6, 6)))) == [DAY, date(2026, 6, 5)]
    assert days(town.log(Question(until=UNTIL, since=date(2026, 6, 6)))) == [date(2026, 6, 12)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, ""),
        ({"severity": 1}, "below_severity"),
        ({"averted": True}, "averted"),
        ({"exercise": True}, "exercise"),
        ({"lawful_protest": True}, "lawful_protest"),
        ({"scale": "national"}, "not_reached"),
        ({"scale": "international"}, "not_reached"),
        ({"scale": "international", "reached": True}, ""),
        ({"scale": "region"}, ""),
        ({"exercise": True, "severity": 1, "averted": True}, "exercise"),
    ],
)
def test_an_incident_says_why_it_does_not_count(store: Store, given, why):
    one = incident(**given)
    store.add(one, by="anna")
    (told,) = store.log(Question(until=UNTIL, min_severity=2)).incidents
    assert told == LoggedIncident(day=DAY, title="Onrust", severity=one.severity, counts=not why, why=why)


def test_answered_silences_in_the_window_come_along_whole(town: Store):
    town.add(silence(), by="anna")
    town.add(silence(first_day=date(2025, 1, 1), last_day=date(2025, 2, 1)), by="anna")
    log = town.log(Question(until=UNTIL, since=date(2026, 5, 15)))
    assert log.silences == (silence(),)


def test_withdrawn_entries_count_for_nothing(town: Store):
    town.add(activity(), by="anna")
    town.add(occurrence(due_on=date(2026, 6, 3)), by="anna")
    town.add(silence(), by="anna")
    for kind in (Activity, Incident, Occurrence, Silence):
        town.withdraw(kind, 1, seen_version=1, reason="x", by="anna")
    assert town.log(Question(until=UNTIL)).first is None


@pytest.mark.parametrize("seed", range(6))
def test_the_log_says_the_same_as_counting_by_hand(town: Store, seed):
    rnd = random.Random(seed)
    kinds = [term.code for term in town.vocabulary("activity_kind")]
    town.add(partner("Derde"), by="anna")
    start = date(2025, 12, 1)

    def some_day() -> date:
        return start + timedelta(days=rnd.randrange(240))

    records = [
        activity(
            some_day(),
            kind=rnd.choice(kinds),
            partner_ids=tuple(rnd.sample([1, 2, 3], rnd.randrange(4))),
            partner_count=rnd.choice([None, 0, 1, 2, 9]),
            count=rnd.choice([0, 1, 1, 1, 5]),
        )
        for _ in range(300)
    ]
    records += [
        incident(
            some_day(),
            severity=rnd.randrange(1, 6),
            averted=rnd.random() < 0.1,
            exercise=rnd.random() < 0.1,
            scale=rnd.choice(["national", "municipality"]),
            reached=rnd.random() < 0.5,
        )
        for _ in range(20)
    ]
    records += [
        occurrence(
            due_on=start + timedelta(days=due),
            state=rnd.choice(["planned", "moved", "not_held", "recess"]),
            moved_to=some_day(),
        )
        for due in rnd.sample(range(240), 30)
    ]
    rnd.shuffle(records)
    ids = town.add_all(records, by="import", batch="b")
    gone = set(rnd.sample(range(len(records)), 40))
    for place in gone:
        town.withdraw(type(records[place]), ids[place], seen_version=1, reason="x", by="anna")
    standing = [record for place, record in enumerate(records) if place not in gone] + [incident()]
    question = Question(
        until=date(2026, 6, 20),
        since=rnd.choice([None, date(2026, 2, 1)]),
        min_severity=rnd.randrange(1, 4),
        kinds=tuple(rnd.sample(kinds, 6)) if rnd.random() < 0.5 else (),
    )
    assert_same(town.log(question), by_hand(standing, question, town))


def by_hand(records: list, question: Question, store: Store) -> Log:
    """The same answer, slowly and obviously."""
    joint = {term.code for term in store.vocabulary("activity_kind") if term.joint}
    entry = set()
    for record in records:
        if isinstance(record, Occurrence):
            entry |= set() if record.state == "planned" else {record.due_on, record.moved_to} - {None}
        else:
            entry.add(record.happened_on)
    entry = {day for day in entry if day <= question.until}
    first = question.since or min(entry)
    inside = [
        r for r in records if not isinstance(r, Occurrence) and first <= r.happened_on <= question.until
    ]
    asked = [
        r for r in inside if isinstance(r, Activity) and (not question.kinds or r.kind in question.kinds)
    ]
    table = pd.DataFrame(
        {
            "day": pd.to_datetime([r.happened_on for r in asked]),
            "count": [float(r.count) for r in asked],
            "joint": [max(len(r.partner_ids), r.partner_count or 0) >= 2 or r.kind in joint for r in asked],
        }
    )
    per_day = table[table["joint"]].groupby("day")["count"].sum()
    incidents = sorted((r for r in inside if isinstance(r, Incident)), key=lambda r: r.happened_on)
    return Log(
        first=first,
        last=question.until,
        activities=per_day[per_day > 0],
        entry_days=pd.DatetimeIndex(sorted(day for day in entry if day >= first)),
        incidents=tuple(
            LoggedIncident(day=r.happened_on, title=r.title, severity=r.severity, counts=not why, why=why)
            for r in incidents
            for why in [reason(r, question)]
        ),
        left_out_activities=int(table[~table["joint"]]["count"].sum()),
    )


def reason(record: Incident, question: Question) -> str:
    if record.exercise:
        return "exercise"
    if record.averted:
        return "averted"
    if record.scale == "national" and not record.reached:
        return "not_reached"
    return "below_severity" if record.severity < question.min_severity else ""


def assert_same(one: Log, other: Log) -> None:
    assert (one.first, one.last) == (other.first, other.last)
    assert one.left_out_activities == other.left_out_activities
    pd.testing.assert_series_equal(
        one.activities, other.activities, check_names=False, check_freq=False, check_index_type=False
    )
    assert list(one.entry_days) == list(other.entry_days)
    key = repr
    assert sorted(one.incidents, key=key) == sorted(other.incidents, key=key)
    assert [i.day for i in one.incidents] == [i.day for i in other.incidents]


def test_counts_and_days_are_read_from_an_index_alone(town: Store):
    with raw(town.path) as conn:
        asked = {"since": "2020-01-01", "until": "2026-01-01", "kinds": "[]", "enough": 2}
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {COUNTS_PER_DAY}", asked)]
        days_plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {ENTRY_DAYS}", ("2020", "2027"))]
    assert any("activity USING COVERING INDEX activity_by_day" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)
    assert any("activity USING COVERING INDEX activity_by_day" in step for step in days_plan)
    assert any("incident USING COVERING INDEX incident_by_day" in step for step in days_plan)


def test_the_latest_activity_is_one_step_in_the_index_by_day(town: Store):
    from tracker.store.connection import reading as view
    from tracker.store.reading import latest_activity

    with view(town.path) as db:
        said: list[str] = []
        db.conn.set_trace_callback(said.append)
        latest_activity(db, date(2026, 12, 31))
        db.conn.set_trace_callback(None)
        plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {said[0]}")]
        by_number = "EXPLAIN QUERY PLAN SELECT id FROM activity WHERE withdrawn = 0 ORDER BY id DESC LIMIT 1"
        sorts = [row[3] for row in db.conn.execute(by_number)]
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in plan), plan
    assert any("COVERING INDEX activity_by_day (withdrawn=? AND happened_on<?)" in step for step in plan), (
        plan
    )
    assert any("TEMP B-TREE" in step or step.startswith("SCAN") for step in sorts), "a plan that reads all"


def test_the_newest_entries_are_found_without_reading_the_table(town: Store):
    """Also far down: each page starts in the index where the last one ended."""
    from tracker.store.connection import reading as view
    from tracker.store.reading import _ABOVE_ALL, ENTRIES, ENTRY_DAYS, _entries

    plans = []
    with view(town.path) as db:
        said: list[str] = []
        db.conn.set_trace_callback(said.append)
        for rank, kind in enumerate(ENTRIES):
            _entries(db, kind, rank, _ABOVE_ALL, 5, withdrawn=False)
        db.conn.set_trace_callback(None)
        for statement in said:
            if "added_seq, " in statement:
                plans.append([row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {statement}")])
    assert len(plans) == len(ENTRY_DAYS)
    for plan in plans:
        assert any("SEARCH t USING INDEX" in step and "_by_day" in step for step in plan), plan
        assert not any("TEMP B-TREE" in step or "SCAN t" in step for step in plan), plan
