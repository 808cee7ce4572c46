"""One import is taken back as a whole, except for what people changed or built on since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.exchange.workbench import fresh
from tracker.records import Activity, Arrangement, Incident, InvalidRecord, Occurrence, Partner, Record
from tracker.store import Store, UnknownRecord

DAY = date(2024, 2, 10)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with an entry of its own, and an import of one of everything."""
    made = fresh(tmp_path)
    made.add(Incident(happened_on=DAY, title="Eerder", severity=3), by="tester")
    batch: list[Record] = [
        Partner(name="Politie", domain="safety"),
        Partner(name="School", domain="education"),
        Arrangement(name="Driehoek", kind="local_triangle"),
        Incident(happened_on=DAY, title="Rel", severity=3),
        Activity(happened_on=DAY, kind="aftercare", arrangement_id=-3, incident_id=-4, partner_ids=(-1,)),
        Activity(happened_on=DAY, kind="training"),
        Occurrence(arrangement_id=-3, due_on=DAY, state="not_held"),
    ]
    made.add_all(batch, by="importer", batch="b1")
    return made


def titles(store: Store) -> list[str]:
    """What still counts: the kind of each record."""
    kinds = (Partner, Arrangement, Incident, Activity, Occurrence)
    return [type(one.record).__name__ for kind in kinds for one in store.records(kind)]


def test_an_untouched_import_goes_as_a_whole_and_keeps_its_history(store: Store) -> None:
    undone = store.undo_batch("b1", reason="verkeerd bestand", by="tester")
    assert undone.withdrawn == {Partner: 2, Arrangement: 1, Incident: 1, Activity: 2, Occurrence: 1}
    assert (undone.touched, undone.in_use) == ([], [])
    assert [one.record.title for one in store.records(Incident)] == ["Eerder"]
    assert titles(store) == ["Incident"]
    assert [change.action for change in store.history(Partner, 1)] == ["add", "withdraw"]
    assert store.history(Activity, 1)[-1].reason == "verkeerd bestand"
    assert store.verify() == []
    restored = store.restore(Partner, 1, seen_version=2, reason="toch goed", by="tester")
    assert (restored.version, store.verify()) == (3, [])


def test_what_somebody_changed_stays_with_all_it_points_at(store: Store) -> None:
    aftercare = store.get(Activity, 1)
    changed = Activity(
        happened_on=DAY,
        kind="aftercare",
        arrangement_id=1,
        incident_id=2,
        partner_ids=(1,),
        note="zie dossier",
    )
    store.correct(aftercare.id, changed, seen_version=1, reason="aanvulling", by="collega")
    undone = store.undo_batch("b1", reason="verkeerd bestand", by="tester")
    assert undone.withdrawn == {Partner: 1, Activity: 1, Occurrence: 1}
    assert [one.record for one in undone.touched] == [changed]
    assert [type(one.record) for one in undone.in_use] == [Arrangement, Incident, Partner]
    assert titles(store) == ["Partner", "Arrangement", "Incident", "Incident", "Activity"]
    assert store.verify() == []


def test_a_later_entry_keeps_what_it_points_at(store: Store) -> None:
    store.add(Activity(happened_on=DAY, kind="training", arrangement_id=1), by="collega")
    undone = store.undo_batch("b1", reason="verkeerd bestand", by="tester")
    assert [one.record.name for one in undone.in_use] == ["Driehoek"]
    assert [one.record.name for one in store.records(Arrangement)] == ["Driehoek"]


def test_what_was_withdrawn_before_is_neither_counted_nor_named(store: Store) -> None:
    store.withdraw(Activity, 2, seen_version=1, reason="dubbel", by="collega")
    undone = store.undo_batch("b1", reason="verkeerd bestand", by="tester")
    assert (undone.withdrawn[Activity], undone.touched) == (1, [])
    again = store.undo_batch("b1", reason="nog eens", by="tester")
    assert (again.withdrawn, again.touched, again.in_use) == ({}, [], [])


@pytest.mark.parametrize("batch", ["", "b2", "defaults"])
def test_an_unknown_import_is_refused_and_nothing_changes(store: Store, batch: str) -> None:
    revision = store.revision()
    with pytest.raises(UnknownRecord):
        store.undo_batch(batch, reason="verkeerd bestand", by="tester")
    with pytest.raises(InvalidRecord):
        store.undo_batch("b1", reason=" ", by="tester")
    assert store.revision() == revision
    assert len(titles(store)) == 8
