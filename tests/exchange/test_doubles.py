"""The same file twice adds nothing; what is new in a later file is found among what is not."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.workbench import Bench, fresh
from tracker import exchange
from tracker.records import Activity, Arrangement, Incident, Occurrence, Partner

MEETINGS = [
    f"2024-01-{day:02},{kind},{day}" for day in range(1, 21) for kind in ("training", "nazorg", "training")
]


def test_the_same_files_twice_add_nothing(bench: Bench) -> None:
    paths = [
        bench.file("partners.csv", "name,domain", "Politie,safety"),
        bench.file("arrangements.csv", "name,kind,cadence", "Driehoek,local_triangle,4"),
        bench.file("incidents.csv", "date,title,severity", "2024-02-10,Brand,3"),
        bench.file(
            "activities.csv",
            "date,kind,arrangement,incident,partners,state,reason",
            "2024-02-11,nazorg,,Brand,Politie,,",
            "2024-02-12,,Driehoek,,,,",
            "2024-03-12,,Driehoek,,,afgezegd,ziekte",
            "2024-03-13,Nieuw soort,Nieuwe vorm,,,,",
        ),
    ]
    assert len(bench.take_in(*paths).found) == 8
    again = bench.take_in(*paths)
    assert (list(again.found), again.new_kinds, again.new_arrangements) == ([], [], [])
    assert len(again.doubles) == 7
    assert not any(double.differs for double in again.doubles)
    assert len(bench.held(Activity)) == 3


def test_two_equal_meetings_on_one_day_are_two(bench: Bench) -> None:
    two = ["2024-01-08,training", "2024-01-08,training"]
    assert len(bench.take_in(bench.file("activities.csv", "date,kind", *two)).found) == 2
    third = bench.take_in(bench.file("activities.csv", "date,kind", *two, two[0]))
    assert (len(third.found), len(third.doubles)) == (1, 2)
    assert len(bench.held(Activity)) == 3


def test_a_corrected_row_sent_again_is_shown_and_not_added(bench: Bench) -> None:
    bench.take_in(
        bench.file("incidents.csv", "date,title,severity", "2024-02-10,Brand,3", "2024-02-11,Rel,3")
    )
    again = bench.take_in(
        bench.file("incidents.csv", "date,title,severity", "2024-02-10,brand,4", "2024-02-11,Rel,3")
    )
    assert [(double.line, double.differs) for double in again.doubles] == [(2, True), (3, False)]
    assert [one.severity for one in bench.held(Incident)] == [3, 3]


def test_an_equal_row_goes_before_one_that_only_looks_like_it(bench: Bench) -> None:
    bench.take_in(bench.file("activities.csv", "date,kind,count", "2024-01-08,training,5"))
    again = bench.read(
        bench.file("activities.csv", "date,kind,count", "2024-01-08,training,6", "2024-01-08,training,5")
    )
    assert [getattr(found.record, "count", 0) for found in again.found] == [6]
    assert [double.line for double in again.doubles] == [3]


def test_a_withdrawn_entry_may_come_in_again(bench: Bench) -> None:
    path = bench.file("activities.csv", "date,kind", "2024-01-08,training")
    bench.take_in(path)
    bench.store.withdraw(Activity, 1, seen_version=1, reason="vergissing", by="tester")
    assert len(bench.read(path).found) == 1


def test_known_partners_and_arrangements_keep_what_they_are(bench: Bench) -> None:
    bench.take_in(
        bench.file("partners.csv", "name,domain", "Politie,safety"),
        bench.file("arrangements.csv", "name,kind,cadence", "Driehoek,local_triangle,4"),
    )
    again = bench.take_in(
        bench.file("partners.csv", "name,domain", "POLITIE,care", "GGD,care"),
        bench.file("arrangements.csv", "name,kind", "driehoek,steering_group"),
    )
    assert [double.differs for double in again.doubles] == [True, True]
    assert [one.domain for one in bench.held(Partner)] == ["care", "safety"]
    assert [one.kind for one in bench.held(Arrangement)] == ["local_triangle"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, len(MEETINGS)), overlap=st.integers(0, 20), seed=st.integers(0, 1000))
def test_overlapping_parts_in_any_order_add_up_to_the_whole(
    bench: Bench, cut: int, overlap: int, seed: int
) -> None:
    """Rows that repeat within a part are kept whole: only what was stored before is a double."""
    bench.store.path.unlink()
    bench.store = fresh(bench.folder)
    rows = sorted(MEETINGS)
    first, second = rows[:cut], rows[max(0, cut - overlap) :]
    random.Random(seed).shuffle(first)
    bench.take_in(bench.file("activities.csv", "date,kind,note", *first))
    stored = len(bench.held(Activity))
    bench.take_in(bench.file("activities.csv", "date,kind,note", *rows))
    again = bench.read(bench.file("activities.csv", "date,kind,note", *second))
    assert (stored, len(bench.held(Activity)), len(again.found)) == (cut, len(rows), 0)


def test_reading_changes_nothing(bench: Bench) -> None:
    path = bench.file("activities.csv", "date,kind,arrangement", "2024-01-08,Nieuw,Ook nieuw")
    revision = bench.store.revision()
    preview = bench.read(path)
    assert bench.store.revision() == revision
    exchange.write(bench.store, preview, by="tester", batch="batch")
    assert bench.store.revision() > revision


def test_a_second_answer_for_one_meeting_in_a_file_is_a_problem_of_its_line(bench: Bench) -> None:
    heading = "date,arrangement,state,reason"
    first, second = "2024-03-12,Driehoek,afgezegd,ziekte", "2024-03-12,Driehoek,niet gehouden,"
    preview = bench.read(bench.file("activities.csv", heading, first, second))
    assert [(told.line, told.code, told.field) for told in preview.problems] == [
        (3, "answered_already", "due_on")
    ]
    other = second.replace("12", "13")
    assert bench.read(bench.file("activities.csv", heading, first, other)).problems == []


def test_another_answer_for_a_meeting_that_has_one_is_shown_and_not_added(bench: Bench) -> None:
    heading = "date,arrangement,state,reason"
    bench.take_in(bench.file("activities.csv", heading, "2024-03-12,Driehoek,gepland,"))
    again = bench.take_in(bench.file("activities.csv", heading, "2024-03-12,Driehoek,afgezegd,ziekte"))
    assert [(double.line, double.differs) for double in again.doubles] == [(2, True)]
    assert [one.state for one in bench.held(Occurrence)] == ["planned"]
