"""What is logged comes back as it was, and every change of it is told."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logbook import (
    DAY,
    activity,
    agreement,
    arrangement,
    check_back,
    framing,
    fresh_store,
    glossary_word,
    goal,
    incident,
    incident_review,
    now,
    occurrence,
    partner,
    pause,
    planned_share,
    quarter_review,
    recess,
    review_note,
    scan,
    series_point,
    silence,
)

from tracker import store as stores
from tracker.records import (
    Activity,
    Arrangement,
    Incident,
    InvalidRecord,
    Occurrence,
    Partner,
    Silence,
)
from tracker.store import Conflict, Store, UnknownRecord

TODAY = date(2026, 7, 1)
DAYS = st.dates(date(2000, 1, 1), TODAY + timedelta(days=366))
TEXTS = st.text("abcdëß漢🙂 -'\";%_", max_size=40)
TITLES = TEXTS.filter(str.strip)
IDS = st.sampled_from([None, 1])

ANY_RECORD = st.one_of(
    st.builds(
        Incident,
        happened_on=DAYS,
        title=TITLES,
        severity=st.integers(1, 5),
        kind=st.sampled_from(["other", "school"]),
        place=TEXTS,
        scale=st.sampled_from(["region", "national"]),
        phenomenon=st.sampled_from(["unknown", "jihadism"]),
        averted=st.booleans(),
        exercise=st.booleans(),
        lawful_protest=st.booleans(),
        reached=st.booleans(),
        source=TEXTS,
        note=TEXTS.map(lambda text: text + "\nregel twee\tx"),
    ),
    st.builds(
        Activity,
        happened_on=DAYS,
        kind=st.sampled_from(["training", "communication"]),
        title=TEXTS,
        arrangement_id=IDS,
        incident_id=IDS,
        partner_ids=st.sampled_from([(), (1,), (2, 1), (1, 2)]),
        partner_count=st.none() | st.integers(0, 10_000),
        count=st.integers(0, 1_000_000),
        weight=st.none() | st.floats(0, 1e300) | st.integers(0, 1000),
        mode=st.sampled_from(["", "structural"]),
        phase=st.sampled_from(["", "response"]),
        note=TEXTS,
    ),
    st.builds(
        Occurrence,
        arrangement_id=st.just(1),
        due_on=DAYS,
        state=st.sampled_from(["planned", "moved", "cancelled", "not_held", "recess"]),
        moved_to=DAYS,
        reason=TITLES,
    ),
    st.builds(
        lambda days, answer: Silence(first_day=min(days), last_day=max(days), answer=answer),
        st.tuples(DAYS, DAYS),
        st.sampled_from(["nothing_happened", "not_logged"]),
    ),
    st.builds(
        lambda days, reason: pause(first_day=min(days), last_day=max(days), reason=reason),
        st.tuples(DAYS, DAYS),
        TITLES,
    ),
    st.builds(
        lambda day, days, name: recess(name, first_day=day, last_day=day + timedelta(days=days)),
        st.dates(date(2000, 1, 1), TODAY),
        st.integers(0, 99),
        TITLES,
    ),
    st.builds(
        lambda name, cadence: arrangement(f"{name}{id(object())}", cadence=cadence, grace_weeks=2),
        TITLES,
        st.sampled_from(["", "FREQ=WEEKLY;INTERVAL=4"]),
    ),
    st.builds(
        lambda name, goal, links, phase: arrangement(
            f"{name}{id(object())}", goal=goal, phase=phase, **links
        ),
        TITLES,
        TEXTS,
        st.sampled_from(
            [
                {"owner_id": 1, "owner_role": "chair", "partner_ids": (2, 1), "incident_id": 1},
                {"owner_id": 2, "second_owner_id": 1, "second_owner_role": "mayor"},
            ]
        ),
        st.sampled_from(["", "primary"]),
    ),
    st.builds(
        lambda text, days, links, reason: agreement(
            text, made_on=min(days), due_on=max(days), **links(reason)
        ),
        TITLES,
        st.tuples(DAYS, DAYS),
        st.sampled_from(
            [
                lambda _: {},
                lambda _: {"origin": "incident", "incident_id": 1, "owner_role": "chair"},
                lambda _: {"origin": "review", "state": "done", "closed_on": date(2027, 7, 2)},
                lambda why: {"state": "wont_do", "closed_on": date(2027, 7, 2), "reason": why},
            ]
        ),
        TITLES,
    ),
)


def test_what_is_added_comes_back_as_it_was(town: Store):
    stored = town.add(activity(partner_ids=(2, 1), arrangement_id=1, note="twee\nregels"), by="anna")
    assert stored.record == activity(partner_ids=(2, 1), arrangement_id=1, note="twee\nregels")
    assert (stored.id, stored.version, stored.recorded_by, stored.withdrawn) == (1, 1, "anna", False)
    assert town.get(Activity, 1) == stored


def test_every_kind_of_record_in_every_shape_comes_back_the_same():
    with fresh_store() as store:
        for one in (partner("A"), partner("B"), arrangement("Vast"), incident()):
            store.add(one, by="anna")

        @settings(max_examples=150)
        @given(ANY_RECORD)
        def comes_back(record):
            if isinstance(record, Arrangement):
                record = replace(record, name=f"{record.name} {len(store.records(Arrangement))}")
            stored = store.add(record, by="anna")
            assert stored.record == record
            if isinstance(record, Occurrence):  # room for another answer on the same day
                store.withdraw(Occurrence, stored.id, seen_version=1, reason="x", by="anna")

        comes_back()
        assert store.verify() == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (partner(), partner("Veiligheidsregio", domain="care")),
        (arrangement(), arrangement("Driehoek", started_on=DAY, ended_on=DAY, end_reason="secured")),
        (incident(), incident(DAY, title="Rellen", severity=5, scale="national", reached=True, note="x")),
        (activity(), activity(partner_ids=(1,), weight=2.5, mode="structural", phase="primary", count=4)),
        (occurrence(), occurrence(state="moved", moved_to=DAY + timedelta(days=7), reason="vakantie")),
        (silence(), silence(answer="not_logged")),
        (pause(), pause(reason="reorganisatie", last_day=date(2026, 8, 31))),
        (recess(), recess("Bouwvak", first_day=date(2026, 7, 20), last_day=date(2026, 8, 9))),
        (agreement(), agreement("Plan", state="done", closed_on=DAY, owner_role="chair")),
        (check_back(), check_back(answer="lives", arrangement_id=1, after_days=90)),
        (framing(), framing(urgency=4)),
        (incident_review(), incident_review(next_time="eerder bellen")),
        (series_point(), series_point(series="media", value=0.0)),
        (goal(), goal("Meer domeinen", measure="domains_met", target=5.0, made_on=DAY)),
        (glossary_word(), glossary_word("Signaal", meaning="", shown_at="severity", clash=True)),
        (planned_share(), planned_share(share="none")),
        (review_note(), review_note(topic="told", note="Aan de raad")),
        (quarter_review(), quarter_review(held_on=date(2026, 6, 30))),
        (scan(), scan(closed_on=DAY)),
    ],
)
def test_each_kind_of_record_can_be_corrected_withdrawn_and_restored(town: Store, first, second):
    first = replace(first, name="Eerste") if hasattr(first, "name") else first
    kind = type(first)
    added = town.add(first, by="anna")
    corrected = town.correct(added.id, second, seen_version=1, reason="typefout", by="bert")
    assert (corrected.version, corrected.record) == (2, second)
    withdrawn = town.withdraw(kind, added.id, seen_version=2, reason="dubbel", by="cora")
    assert withdrawn.withdrawn
    assert withdrawn.record == second
    restored = town.restore(kind, added.id, seen_version=3, reason="toch niet", by="dirk")
    assert (restored.version, restored.withdrawn, restored.record) == (4, False, second)
    told = [
        (change.version, change.action, change.actor, change.reason, change.before, change.after)
        for change in town.history(kind, added.id)
    ]
    assert told == [
        (1, "add", "anna", "", None, first),
        (2, "correct", "bert", "typefout", first, second),
        (3, "withdraw", "cora", "dubbel", second, None),
        (4, "restore", "dirk", "toch niet", None, second),
    ]
    assert town.verify() == []


def test_a_record_says_when_it_was_first_recorded_apart_from_the_day_it_happened(path):
    clock = [datetime(2026, 7, 1, 12, 0, tzinfo=UTC)]
    store = stores.create(path, now=lambda: clock[0])
    store.add(incident(date(2025, 1, 5)), by="anna")
    clock[0] += timedelta(days=3)
    corrected = store.correct(1, incident(date(2025, 1, 6)), seen_version=1, reason="dag", by="bert")
    assert corrected.recorded_at == datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert corrected.recorded_by == "anna"
    assert [change.at.day for change in store.history(Incident, 1)] == [1, 4]


def test_the_order_of_the_history_survives_a_clock_that_jumps_back(path):
    clock = [datetime(2026, 7, 1, 12, 0, tzinfo=UTC)]
    store = stores.create(path, now=lambda: clock[0])
    store.add(incident(), by="anna")
    clock[0] -= timedelta(days=300)
    store.correct(1, incident(title="Later"), seen_version=1, reason="titel", by="bert")
    assert [change.action for change in store.history(Incident, 1)] == ["add", "correct"]
    assert store.verify() == []


def test_a_correction_needs_a_reason(town: Store):
    with pytest.raises(InvalidRecord) as refused:
        town.correct(1, incident(title="x"), seen_version=1, reason="  ", by="anna")
    assert refused.value.problems == {"reason": "required"}
    with pytest.raises(InvalidRecord) as refused:
        town.correct(1, incident(title="x"), seen_version=1, reason="\udc00", by="anna")
    assert refused.value.problems == {"reason": "hidden_characters"}
    with pytest.raises(InvalidRecord):
        town.withdraw(Incident, 1, seen_version=1, reason="", by="anna")
    assert town.get(Incident, 1).version == 1
    assert town.correct(1, incident(title="x"), seen_version=1, reason="waarom", by="anna").version == 2


def test_whoever_comes_second_sees_both_versions(town: Store):
    town.correct(1, incident(title="Van Bert"), seen_version=1, reason="titel", by="bert")
    mine = incident(title="Van Anna")
    with pytest.raises(Conflict) as conflict:
        town.correct(1, mine, seen_version=1, reason="titel", by="anna")
    assert conflict.value.theirs == town.get(Incident, 1)
    assert conflict.value.theirs.record.title == "Van Bert"
    assert conflict.value.mine == mine
    assert conflict.value.change.actor == "bert"
    assert town.correct(1, mine, seen_version=2, reason="samen", by="anna").record == mine


def test_withdrawing_what_somebody_just_changed_is_a_conflict_too(town: Store):
    town.correct(1, incident(title="Anders"), seen_version=1, reason="titel", by="bert")
    with pytest.raises(Conflict):
        town.withdraw(Incident, 1, seen_version=1, reason="weg", by="anna")
    assert not town.get(Incident, 1).withdrawn


def test_withdrawing_twice_changes_nothing_the_second_time(town: Store):
    once = town.withdraw(Incident, 1, seen_version=1, reason="dubbel", by="anna")
    assert town.withdraw(Incident, 1, seen_version=2, reason="dubbel", by="anna") == once
    assert len(town.history(Incident, 1)) == 2


def test_no_order_of_looking_and_saving_overwrites_silently():
    """Every save either stands in the history or was refused; none replaces what its maker had not seen."""
    with fresh_store() as store:

        @settings(max_examples=60)
        @given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["look", "save"])), max_size=14))
        def nothing_is_lost(steps):
            added = store.add(incident(title="0"), by="start")
            seen = {"a": added, "b": added}
            kept = ["0"]
            for number, (who, what) in enumerate(steps, start=1):
                if what == "look":
                    seen[who] = store.get(Incident, added.id)
                    continue
                mine, version = incident(title=str(number)), seen[who].version
                if version == len(kept):
                    store.correct(added.id, mine, seen_version=version, reason="r", by=who)
                    kept.append(mine.title)
                    continue
                with pytest.raises(Conflict) as conflict:
                    store.correct(added.id, mine, seen_version=version, reason="r", by=who)
                assert conflict.value.theirs.record.title == kept[-1] != seen[who].record.title
            assert [change.after.title for change in store.history(Incident, added.id)] == kept

        nothing_is_lost()


def test_the_same_click_twice_is_one_record(town: Store):
    first = town.add(activity(title="Een"), by="anna", request="click-1")
    revision = town.revision()
    again = town.add(activity(title="Een"), by="anna", request="click-1")
    assert again == first
    assert town.revision() == revision
    other = town.add(activity(title="Een"), by="anna", request="click-2")
    assert other.id != first.id


def test_a_record_that_does_not_exist_is_refused(town: Store):
    for attempt in (
        lambda: town.get(Incident, 99),
        lambda: town.history(Incident, 99),
        lambda: town.correct(99, incident(), seen_version=1, reason="x", by="anna"),
        lambda: town.withdraw(Incident, 99, seen_version=1, reason="x", by="anna"),
    ):
        with pytest.raises(UnknownRecord):
            attempt()


def test_all_problems_are_told_at_once(town: Store):
    with pytest.raises(InvalidRecord) as refused:
        town.add(
            activity(
                TODAY + timedelta(days=400),
                kind="knitting",
                mode="sideways",
                phase="later",
                arrangement_id=9,
                incident_id=-3,
                partner_ids=(1, 77),
            ),
            by="anna",
        )
    assert refused.value.problems == {
        "happened_on": "too_far_ahead",
        "kind": "unknown_code",
        "mode": "unknown_code",
        "phase": "unknown_code",
        "arrangement_id": "unknown_record",
        "incident_id": "unknown_record",
        "partner_ids": "unknown_record",
    }
    assert town.records(Activity) == []


def test_a_day_counts_from_the_calendar_in_the_netherlands(path):
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # half past midnight on 1 July in Amsterdam
    store = stores.create(path, now=lambda: late)
    limit = date(2026, 7, 1) + timedelta(days=366)
    assert store.add(incident(limit), by="anna").record.happened_on == limit
    with pytest.raises(InvalidRecord):
        store.add(incident(limit + timedelta(days=1)), by="anna")


def test_an_archived_word_is_no_new_choice_but_stays_where_it_was(town: Store):
    old = town.add(activity(kind="dialogue"), by="anna")
    town.archive_term("activity_kind", "dialogue", by="beheer")
    with pytest.raises(InvalidRecord) as refused:
        town.add(activity(kind="dialogue"), by="anna")
    assert refused.value.problems == {"kind": "archived_code"}
    kept = town.correct(old.id, activity(kind="dialogue", title="x"), seen_version=1, reason="t", by="anna")
    assert kept.record.kind == "dialogue"
    other = town.add(activity(kind="training"), by="anna")
    with pytest.raises(InvalidRecord):
        town.correct(other.id, activity(kind="dialogue"), seen_version=1, reason="t", by="anna")


def test_withdrawing_a_partner_leaves_what_points_at_it_and_takes_it_from_the_choices(town: Store):
    old = town.add(activity(partner_ids=(1, 2)), by="anna")
    town.withdraw(Partner, 1, seen_version=1, reason="opgeheven", by="anna")
    assert [one.record.name for one in town.records(Partner)] == ["Jongerenwerk"]
    assert [one.id for one in town.records(Partner, withdrawn=True)] == [2, 1]
    assert town.get(Activity, old.id).record.partner_ids == (1, 2)
    title = activity(partner_ids=(1, 2), title="x")
    assert town.correct(old.id, title, seen_version=1, reason="titel", by="anna").record == title
    with pytest.raises(InvalidRecord) as refused:
        town.add(activity(partner_ids=(1,)), by="anna")
    assert refused.value.problems == {"partner_ids": "withdrawn_record"}


@pytest.mark.parametrize("build", [partner, arrangement])
def test_two_of_one_name_are_refused_whatever_the_capitals(town: Store, build):
    town.add(build("École"), by="anna")
    with pytest.raises(InvalidRecord) as refused:
        town.add(build(" éCOLE "), by="anna")
    assert refused.value.problems == {"name": "exists_already"}
    assert town.add(build("Ecole"), by="anna").version == 1


def test_a_name_is_free_again_after_withdrawal_and_then_blocks_the_restore(town: Store):
    town.withdraw(Partner, 1, seen_version=1, reason="fout", by="anna")
    new = town.add(partner("politie"), by="anna")
    with pytest.raises(InvalidRecord) as refused:
        town.restore(Partner, 1, seen_version=2, reason="terug", by="anna")
    assert refused.value.problems == {"name": "exists_already"}
    town.withdraw(Partner, new.id, seen_version=1, reason="dubbel", by="anna")
    assert town.restore(Partner, 1, seen_version=2, reason="terug", by="anna").version == 3


def test_a_partner_may_keep_its_own_name_when_corrected(town: Store):
    assert town.correct(1, partner("POLITIE"), seen_version=1, reason="naam", by="anna").version == 2


def test_records_come_by_name_or_by_day(town: Store):
    town.add(incident(date(2024, 1, 1), title="Oud"), by="anna")
    assert [one.record.name for one in town.records(Partner)] == ["Jongerenwerk", "Politie"]
    assert [one.record.title for one in town.records(Incident)] == ["Oud", "Onrust"]
    newest = town.records(Incident, newest_first=True, limit=1)
    assert [one.record.title for one in newest] == ["Onrust"]


def test_the_activity_of_the_latest_day_can_be_repeated_whenever_it_was_added(town: Store):
    today = date(2026, 6, 30)
    assert town.latest_activity(today) is None
    assert town.last_of_arrangement(1) is None
    town.add(activity(date(2026, 6, 20), arrangement_id=1), by="anna")
    town.add(activity(date(2026, 3, 1), arrangement_id=1, title="Laat gelogd"), by="anna")
    gone = town.add(activity(date(2026, 6, 25), arrangement_id=1), by="anna")
    town.withdraw(Activity, gone.id, seen_version=1, reason="dubbel", by="anna")
    town.add(activity(date(2026, 7, 1), title="Morgen"), by="anna")
    assert town.latest_activity(today).record.happened_on == date(2026, 6, 20)
    assert town.latest_activity(date(2026, 6, 19)).record.title == "Laat gelogd"
    assert town.latest_activity(date(2026, 2, 28)) is None
    town.add(activity(date(2026, 6, 20), title="Dezelfde dag"), by="anna")
    assert town.latest_activity(today).record.title == "Dezelfde dag", "of one day the one added last"
    assert town.last_of_arrangement(1).record.happened_on == date(2026, 6, 20)


def test_the_newest_entries_come_page_by_page_without_gap_or_repeat(town: Store):
    for number in range(30):
        day = date(2026, 5, 1 + number % 5)
        build = (incident, activity, occurrence)[number % 3]
        own = town.add(arrangement(f"Overleg {number}"), by="anna").id
        stored = town.add(occurrence(own, day) if build is occurrence else build(day), by="anna")
        if number % 7 == 0:
            town.withdraw(type(stored.record), stored.id, seen_version=1, reason="x", by="anna")
    town.add_all([incident(date(2026, 5, 3)), activity(date(2026, 5, 3))] * 2, by="anna", batch="b")
    town.add(occurrence(due_on=date(2027, 1, 1), state="planned"), by="anna")
    pages, last = [], None
    while page := town.recent(limit=4, before=last):
        pages += page
        last = page[-1]
    keys = [(type(one.record), one.id) for one in pages]
    assert len(set(keys)) == len(keys) == 1 + 30 - 5 + 4
    days = [getattr(one.record, "happened_on", None) or one.record.due_on for one in pages]
    assert days == sorted(days, reverse=True)
    assert pages == town.recent(limit=100)


def test_the_newest_entry_is_the_one_that_was_added_last_that_day(town: Store):
    town.add(activity(title="eerst"), by="anna")
    town.add(incident(title="later"), by="anna")
    town.add(activity(title="laatst"), by="anna")
    assert [one.record.title for one in town.recent(limit=3)] == ["laatst", "later", "eerst"]


def test_every_field_of_every_record_has_a_place_in_the_database(town: Store):
    """A new field on a record without a column must not be lost without a word."""
    from tracker.store.connection import reading as view
    from tracker.store.rows import TABLES, stored_columns

    with view(town.path) as db:
        for kind, table in TABLES.items():
            held = {row[1] for row in db.conn.execute(f"PRAGMA table_info({table})")}
            assert set(stored_columns(kind)) <= held
            assert {field.name for field in fields(kind)} - held <= {"partner_ids"}


def test_the_revision_moves_with_every_change_and_not_with_reading(town: Store):
    seen = [town.revision()]

    def moved(change):
        change()
        seen.append(town.revision())
        return seen[-1] > seen[-2]

    assert moved(lambda: town.add(activity(), by="anna"))
    assert moved(lambda: town.correct(1, activity(title="x"), seen_version=1, reason="r", by="anna"))
    assert moved(lambda: town.withdraw(Activity, 1, seen_version=2, reason="r", by="anna"))
    assert moved(lambda: town.add_all([activity()], by="anna", batch="b"))
    assert moved(lambda: town.archive_term("phase", "response", by="anna"))
    assert not moved(lambda: (town.records(Incident), town.recent(), town.vocabulary("phase"), town.verify()))


def test_every_change_has_a_maker(town: Store):
    with pytest.raises(AssertionError):
        town.add(activity(), by="")


def test_a_clock_without_a_zone_is_a_mistake_of_the_programmer(path):
    store = stores.create(path, now=now)
    naive = Store(store.path, now=lambda: datetime(2026, 7, 1))
    with pytest.raises(AssertionError):
        naive.add(incident(), by="anna")
