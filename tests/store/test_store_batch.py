"""Many records at once: all or none, in one transaction, under one name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
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
    goal,
    incident,
    incident_review,
    occurrence,
    partner,
    pause,
    planned_share,
    quarter_review,
    raw,
    recess,
    review_note,
    scan,
    series_point,
    silence,
)

from tracker.records import Activity, Arrangement, Incident, InvalidRecord, Partner, Run, Shelf
from tracker.store import InvalidBatch, Store, Term, runs
from tracker.store.rows import TABLES, as_json, cells, values


def test_a_batch_comes_back_in_the_order_given_under_its_name(town: Store):
    given = [activity(DAY - timedelta(days=n), partner_ids=(1, 2)[: n % 3]) for n in range(50)]
    ids = town.add_all(given, by="import", batch="bestand-1")
    stored = [town.get(Activity, one) for one in ids]
    assert [one.record for one in stored] == given
    assert {(one.batch, one.recorded_by, one.version) for one in stored} == {("bestand-1", "import", 1)}
    assert town.verify() == []


def test_one_wrong_record_keeps_the_whole_batch_out_and_all_problems_are_told(town: Store):
    before = town.revision()
    batch = [activity(), activity(kind="knitting"), incident(DAY + timedelta(days=900), scale="galaxy")]
    with pytest.raises(InvalidBatch) as refused:
        town.add_all(batch, by="import", batch="b")
    assert refused.value.rows == {
        1: {"kind": "unknown_code"},
        2: {"happened_on": "too_far_ahead", "scale": "unknown_code"},
    }
    assert refused.value.problems == {"kind": "unknown_code"}
    assert isinstance(refused.value, InvalidRecord)
    assert (town.revision(), town.records(Activity)) == (before, [])
    assert town.add_all(batch[:1], by="import", batch="b") == [1]


def test_records_of_one_batch_may_point_at_each_other(store: Store):
    ids = store.add_all(
        [
            activity(arrangement_id=-3, incident_id=-4, partner_ids=(-5, -2)),
            partner("Politie"),
            arrangement("Weegploeg"),
            incident(),
            partner("GGZ", domain="care"),
            occurrence(arrangement_id=-3),
        ],
        by="import",
        batch="b",
    )
    assert ids == [1, 1, 1, 1, 2, 1]
    assert store.get(Activity, 1).record == activity(arrangement_id=1, incident_id=1, partner_ids=(2, 1))
    assert store.verify() == []


@pytest.mark.parametrize("place", [-1, -2, -99])
def test_a_place_that_holds_no_such_record_is_unknown(store: Store, place):
    with pytest.raises(InvalidBatch) as refused:
        store.add_all([activity(incident_id=place), partner()], by="import", batch="b")
    assert refused.value.rows == {0: {"incident_id": "unknown_record"}}


def test_a_batch_cannot_bring_one_name_twice_or_a_name_that_stands(town: Store):
    with pytest.raises(InvalidBatch) as refused:
        town.add_all([partner("GGD"), partner("ggd"), partner("politie")], by="import", batch="b")
    assert refused.value.rows == {1: {"name": "exists_already"}, 2: {"name": "exists_already"}}
    assert len(town.records(Partner)) == 2


def test_new_words_come_in_with_the_batch_that_needs_them_or_not_at_all(store: Store):
    word = Term(vocabulary="activity_kind", code="picnic", nl="Picknick", en="Picnic", joint=True)
    with pytest.raises(InvalidBatch):
        store.add_all([activity(kind="picnic"), activity(kind="x")], by="i", batch="b", new_terms=[word])
    assert "picnic" not in [term.code for term in store.vocabulary("activity_kind")]
    assert store.add_all([activity(kind="picnic")], by="i", batch="b", new_terms=[word]) == [1]


def test_an_empty_batch_leaves_no_trace(town: Store):
    before = town.revision()
    assert town.add_all([], by="import", batch="b") == []
    assert town.revision() == before


def test_a_batch_has_one_entry_in_the_history_for_each_kind_of_record(town: Store):
    with raw(town.path) as conn:
        (before,) = conn.execute("SELECT count(*) FROM history").fetchone()
    town.add_all([activity()] * 40 + [incident()] * 2, by="import", batch="b")
    with raw(town.path) as conn:
        rows = conn.execute("SELECT record_type, added FROM history WHERE seq > ?", (before,)).fetchall()
    assert rows == [("incident", 2), ("activity", 40)]


def test_the_history_of_a_record_from_a_batch_starts_with_what_came_in(town: Store):
    (one, other) = town.add_all([incident(title="Een"), incident(title="Twee")], by="import", batch="b")
    town.correct(one, incident(title="Eén"), seen_version=1, reason="accent", by="anna")
    told = [(c.action, c.actor, c.version, c.before, c.after, c.batch) for c in town.history(Incident, one)]
    assert told == [
        ("add", "import", 1, None, incident(title="Een"), "b"),
        ("correct", "anna", 2, incident(title="Een"), incident(title="Eén"), ""),
    ]
    assert [change.after.title for change in town.history(Incident, other)] == ["Twee"]
    assert town.verify() == []


def test_ids_are_never_given_twice(town: Store):
    (first,) = town.add_all([arrangement("Tijdelijk")], by="import", batch="b")
    with raw(town.path) as conn:
        conn.execute("DELETE FROM arrangement WHERE id = ?", (first,))
    assert town.add(arrangement("Nieuw"), by="anna").id == first + 1
    assert [one.record.name for one in town.records(Arrangement)] == ["Nieuw", "Weegploeg"]


def one_of_each() -> list:
    known = (
        partner(),
        incident(note="Eén\nregel"),
        arrangement(),
        activity(),
        occurrence(),
        silence(),
        pause(),
    )
    learned = (goal(), glossary_word(), domain_meaning(), planned_share(), review_note(), quarter_review())
    promised = (recess(), agreement(), check_back(), framing(), incident_review(), series_point())
    return [*known, *promised, *learned, scan()]


def test_a_batch_is_written_as_each_of_its_records_would_be_alone():
    owned = arrangement(
        "Tafel", owner_id=1, owner_role="director", partner_ids=(2, 1), goal="Rust", phase="acute"
    )
    led = activity(lead_id=2, partner_ids=(1, 2), partner_count=7, weight=2.5, mode="structural", note='"é"')
    many = [activity(count=n % 7, title=f"Nummer {n}", partner_ids=(1, 2)[: n % 3]) for n in range(2_500)]
    assert {type(one) for one in one_of_each()} == set(TABLES)
    for kind in TABLES:
        records = [one for one in [*one_of_each(), owned, led, *many] if type(one) is kind]
        alone = [
            (cells(held), held.get("partner_ids", []), as_json(kind, held)) for held in map(values, records)
        ]
        assert [row for run in Shelf(records).runs() for row in as_written(run)] == alone


def as_written(run: Run) -> Iterator[tuple]:
    """Of each record its cells, its organisations and its JSON."""
    rows = zip(*runs.cells(run, {}), strict=True)
    links = runs.partner_ids(run, {}) if "partner_ids" in run.columns else [[]] * run.number
    return zip(map(list, rows), links, runs.contents(run, {}), strict=True)


def indexes_and_triggers(store: Store) -> list[tuple[str, str]]:
    with raw(store.path) as conn:
        return sorted(conn.execute("SELECT name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger')"))


def test_after_a_large_batch_everything_that_guards_its_table_is_there_again(town: Store):
    before, revision = indexes_and_triggers(town), town.revision()
    ids = town.add_all([activity(title=str(n), partner_ids=(1, 2)) for n in range(1_500)], by="i", batch="b")
    assert indexes_and_triggers(town) == before
    assert (town.revision() > revision, town.verify()) == (True, [])
    revision = town.revision()
    town.correct(ids[0], activity(title="Anders"), seen_version=1, reason="naam", by="anna")
    assert town.revision() > revision


def test_a_large_batch_that_the_database_refuses_leaves_nothing_behind(town: Store):
    before, revision = indexes_and_triggers(town), town.revision()
    wrong = [activity(title=str(n)) for n in range(1_500)]
    object.__setattr__(
        wrong[-1], "title", "x" * 201
    )  # no record can be so; only the database is left to see it
    with pytest.raises(sqlite3.IntegrityError):
        town.add_all(wrong, by="i", batch="b")
    assert (indexes_and_triggers(town), town.revision(), town.records(Activity)) == (before, revision, [])


def test_ten_thousand_rows_come_in_within_a_second_or_two(town: Store):
    """A loose bound against an accidental quadratic; the measured speed is in bench/."""
    from time import perf_counter

    rows = [activity(date(2020, 1, 1) + timedelta(days=n % 2000), partner_ids=(1, 2)) for n in range(10_000)]
    start = perf_counter()
    town.add_all(rows, by="import", batch="b")
    assert perf_counter() - start < 4
