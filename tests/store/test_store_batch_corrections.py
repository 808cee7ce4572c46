"""An import may change what stands already; taking it back gives back what stood."""

from __future__ import annotations

from dataclasses import replace

import pytest
from logbook import DAY, activity, partner, raw

from tracker.records import Activity, InvalidRecord, Partner
from tracker.store import Conflict, Correction, Store, Stored

REASON = "aanwezigheid uit een lijst"


def meeting(store: Store) -> Stored[Activity]:
    return store.add(activity(DAY, kind="training", note="van ons", partner_ids=(2,)), by="mens")


def with_partners(held: Stored[Activity], *ids: int) -> Correction:
    return Correction(id=held.id, seen_version=held.version, record=replace(held.record, partner_ids=ids))


def bring(store: Store, *corrections: Correction, batch: str = "b1", records=()) -> list[int]:
    return store.add_all(records, by="import", batch=batch, corrections=corrections, reason=REASON)


def present(store: Store, held: Stored[Activity]) -> tuple[int, ...]:
    return store.get(Activity, held.id).record.partner_ids


def test_a_correction_of_an_import_has_its_reason_and_its_import_in_the_history(town: Store):
    held = meeting(town)
    bring(town, with_partners(held, 2, 1))
    first, second = town.history(Activity, held.id)
    assert (second.action, second.reason, second.batch, second.actor) == ("correct", REASON, "b1", "import")
    assert (second.before, second.after) == (first.after, town.get(Activity, held.id).record)
    assert present(town, held) == (2, 1)
    assert town.verify() == []


def test_a_correction_may_point_at_what_comes_in_with_it(town: Store):
    held = meeting(town)
    (school,) = bring(town, with_partners(held, 2, -1), records=[partner("Nieuwe school")])
    assert present(town, held) == (2, school)


def test_an_undo_gives_back_exactly_what_stood_and_takes_the_new_partner_along(town: Store):
    held = meeting(town)
    bring(town, with_partners(held, 2, 1, -1), records=[partner("Nieuwe school")])
    undone = town.undo_batch("b1", reason="verkeerde lijst", by="mens")
    assert ([one.id for one in undone.put_back], undone.withdrawn) == ([held.id], {Partner: 1})
    assert (undone.touched, undone.in_use) == ([], [])
    stands = town.get(Activity, held.id)
    assert (stands.record, stands.version) == (held.record, 3)
    assert [(one.action, one.reason) for one in town.history(Activity, held.id)] == [
        ("add", ""),
        ("correct", REASON),
        ("correct", "verkeerde lijst"),
    ]
    assert town.verify() == []


def test_an_undo_once_more_changes_nothing(town: Store):
    held = meeting(town)
    bring(town, with_partners(held, 2, 1))
    town.undo_batch("b1", reason="verkeerde lijst", by="mens")
    again = town.undo_batch("b1", reason="nog eens", by="mens")
    assert (again.put_back, again.touched, again.withdrawn) == ([], [], {})
    assert town.get(Activity, held.id).version == 3


def test_what_somebody_changed_by_hand_since_is_left_and_named(town: Store):
    held, other = meeting(town), meeting(town)
    bring(town, with_partners(held, 2, 1), with_partners(other, 1, 2))
    by_hand = replace(town.get(Activity, held.id).record, note="zie dossier")
    town.correct(held.id, by_hand, seen_version=2, reason="aanvulling", by="collega")
    undone = town.undo_batch("b1", reason="verkeerde lijst", by="mens")
    assert [one.record for one in undone.touched] == [by_hand]
    assert town.get(Activity, held.id).record == by_hand
    assert town.get(Activity, other.id).record == other.record  # the control: nobody touched this one
    assert town.verify() == []


def test_what_was_withdrawn_since_is_neither_put_back_nor_named(town: Store):
    held = meeting(town)
    bring(town, with_partners(held, 2, 1))
    town.withdraw(Activity, held.id, seen_version=2, reason="dubbel", by="collega")
    undone = town.undo_batch("b1", reason="verkeerde lijst", by="mens")
    assert (undone.put_back, undone.touched) == ([], [])
    assert town.get(Activity, held.id).withdrawn


def test_two_imports_are_taken_back_from_the_last_to_the_first(town: Store):
    """The first cannot go while the second stands on it; with it gone, both leave no trace in what stands."""
    ids = town.add_all([activity(DAY, partner_ids=(2,))], by="import", batch="log")
    held = town.get(Activity, ids[0])
    bring(town, with_partners(held, 2, 1))
    assert [one.id for one in town.undo_batch("log", reason="terug", by="mens").touched] == ids
    third = with_partners(town.get(Activity, held.id), 2, 1, -1)
    bring(town, third, batch="b2", records=[partner("Nieuwe school")])
    assert [one.id for one in town.undo_batch("b1", reason="terug", by="mens").touched] == ids
    assert len(present(town, held)) == 3
    for batch, left in (("b2", (2, 1)), ("b1", (2,))):
        assert town.undo_batch(batch, reason="terug", by="mens").touched == []
        assert present(town, held) == left
    assert town.undo_batch("log", reason="terug", by="mens").withdrawn == {Activity: 1}
    assert town.verify() == []


def test_a_log_that_changed_meanwhile_keeps_the_whole_import_out(town: Store):
    held = meeting(town)
    stale = with_partners(held, 2, 1)
    town.correct(held.id, replace(held.record, note="x"), seen_version=1, reason="y", by="collega")
    before = town.revision()
    with pytest.raises(Conflict):
        bring(town, stale, records=[partner("Nieuwe school")])
    assert town.revision() == before
    bring(town, with_partners(town.get(Activity, held.id), 2, 1), records=[partner("Nieuwe school")])
    assert present(town, held) == (2, 1)


@pytest.mark.parametrize(
    ("ids", "reason", "problem"),
    [((99,), REASON, {"partner_ids": "unknown_record"}), ((1,), "", {"reason": "required"})],
)
def test_a_correction_that_breaks_a_rule_is_refused(town: Store, ids, reason, problem):
    held = meeting(town)
    with pytest.raises(InvalidRecord) as refused:
        town.add_all([], by="import", batch="b1", corrections=[with_partners(held, *ids)], reason=reason)
    assert refused.value.problems == problem
    assert present(town, held) == (2,)


def test_the_list_of_imports_counts_corrections_and_whose_import_it_was(town: Store):
    held, other = meeting(town), meeting(town)
    bring(town, with_partners(held, 2, 1), with_partners(other, 2, 1), records=[partner("Nieuwe school")])
    (one,) = [one for one in town.imports() if one.batch == "b1"]
    assert (one.added, one.standing, one.by) == (3, 3, "import")
    town.correct(other.id, replace(other.record, note="x"), seen_version=2, reason="aanvulling", by="collega")
    town.undo_batch("b1", reason="verkeerde lijst", by="mens")
    (one,) = [one for one in town.imports() if one.batch == "b1"]
    assert (one.added, one.standing, one.by) == (3, 1, "import")


def test_a_change_beside_the_product_in_a_corrected_record_is_found(town: Store):
    """With a control: before it there is nothing to find."""
    held = meeting(town)
    bring(town, with_partners(held, 2, 1))
    assert town.verify() == []
    with raw(town.path) as db:
        db.execute("DELETE FROM activity_partner WHERE activity_id = ? AND partner_id = 1", (held.id,))
    assert "history_differs" in [one.code for one in town.verify()]
