"""Records on a shelf are the records that were put there, in their order, and take little room."""

from __future__ import annotations

import tracemalloc
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracker.records import Activity, Incident, Occurrence, Partner, Record, Shelf
from tracker.records.shelf import AT_ONCE

DAY = date(2026, 1, 5)


def activity(number: int) -> Activity:
    return Activity(
        happened_on=DAY + timedelta(days=number % 60),
        kind="training",
        title=f"Titel {number}",
        partner_ids=(1, 2)[: number % 3],
        weight=[None, 2.5][number % 2],
    )


ONE_EACH: list[Record] = [
    activity(3),
    Incident(happened_on=DAY, title="Rel", severity=2, averted=True, note="Eén\nregel"),
    Partner(name="Politie", domain="safety"),
    Occurrence(arrangement_id=-1, due_on=DAY, state="moved", moved_to=DAY + timedelta(days=1)),
    Occurrence(arrangement_id=-1, due_on=DAY, state="planned"),
]


@given(st.lists(st.sampled_from(ONE_EACH), max_size=30), st.integers(0, 30))
def test_what_goes_on_a_shelf_comes_back_as_it_was(records: list[Record], cut: int) -> None:
    whole, rest = Shelf(records[:cut]), Shelf(records[cut:])
    whole.extend(rest)
    assert list(whole) == records
    assert list(map(type, whole)) == list(map(type, records))
    assert (len(whole), whole.kinds().total()) == (len(records), len(records))
    assert [one for run in whole.runs(Occurrence) for one in run.records()] == [
        one for one in records if type(one) is Occurrence
    ]


def test_more_than_fit_in_one_run_stand_at_their_own_places() -> None:
    many: list[Record] = [*map(activity, range(2 * AT_ONCE + 1)), Partner(name="GGD", domain="care")]
    runs = list(Shelf(many).runs())
    assert [(run.start, run.number, run.kind) for run in runs] == [
        (0, AT_ONCE, Activity),
        (AT_ONCE, AT_ONCE, Activity),
        (2 * AT_ONCE, 1, Activity),
        (2 * AT_ONCE + 1, 1, Partner),
    ]
    assert [run.columns["title"][0] for run in runs[:3]] == ["Titel 0", "Titel 1000", "Titel 2000"]


def test_it_can_be_read_twice_and_filled_in_between() -> None:
    shelf = Shelf(ONE_EACH)
    assert list(shelf) == list(shelf) == ONE_EACH
    shelf.add(activity(9))
    assert list(shelf) == [*ONE_EACH, activity(9)]


def test_a_record_on_a_shelf_takes_less_than_a_fifth_of_one_in_a_list() -> None:
    def kept(make: Any) -> int:
        tracemalloc.start()
        held = make(activity(number) for number in range(10 * AT_ONCE))
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(held) == 10 * AT_ONCE
        return size

    assert kept(Shelf) * 5 < kept(list)


def test_no_rule_of_a_record_reads_a_field_that_is_said_to_stand_alone() -> None:
    read: set[str] = set()

    class Watched(Activity):
        def __getattribute__(self, name: str) -> Any:
            read.add(name)
            return super().__getattribute__(name)

    one = Watched(happened_on=DAY, kind="training")
    read.clear()
    assert not any(one.broken_rules().values())
    assert {"kind", "count", "weight", "partner_ids", "partner_count"} <= read
    assert Activity.ALONE
    assert not read & set(Activity.ALONE)
