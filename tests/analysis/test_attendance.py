"""Who was at which meeting, per organisation, and who left without opening the meetings."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.working_together import (
    CREW,
    Met,
    an_arrangement,
    cooperation,
    letters,
    met,
    number,
)
from tracker.analysis.attendance import Attendance, Presence, attendance

FIRST = date(2024, 1, 9)
SIX = "PQRSTU"
MARK = {"there": "●", "absent": "○", "unknown": "?", "before": " "}


def seen(*rows: Met, members: str = SIX, **log: object) -> Attendance:
    listed = an_arrangement(partner_ids=tuple(map(number, members)))
    return attendance(cooperation(*rows, arrangements=[listed], **log), CREW)  # type: ignore[arg-type]


def monthly(*who: str) -> list[Met]:
    """The meetings of one arrangement, four weeks apart; None of whom nobody wrote down."""
    return [met(FIRST + timedelta(weeks=4 * place), there, CREW) for place, there in enumerate(who)]


def drawn(found: Attendance) -> list[str]:
    return [letters([row.partner]) + " " + "".join(MARK[mark] for mark in row.marks) for row in found.rows]


def row_of(found: Attendance, letter: str) -> Presence:
    return next(row for row in found.rows if row.partner == number(letter))


def test_four_of_six_are_there_and_the_two_that_left_stand_at_the_end():
    found = seen(*monthly("PQRSTU", "PQRSTU", "PQRST", "PQRS", "PQRS"))
    assert drawn(found) == ["P ●●●●●", "Q ●●●●●", "R ●●●●●", "S ●●●●●", "T ●●●○○", "U ●●○○○"]
    assert (found.present[-1], found.could[-1]) == (4, 6)
    assert letters(row.partner for row in found.rows if row.left) == "U"
    assert [row.missed for row in found.rows] == [0, 0, 0, 0, 2, 3]


def test_the_last_four_meetings_stand_against_the_own_year():
    found = seen(*monthly("PQ", "PQ", "PQ", "P", "P", "PQ", "P"), members="PQ")
    assert (row_of(found, "Q").recent, row_of(found, "Q").year) == ((1, 4), (4, 7))
    assert row_of(found, "Q").last_there == FIRST + timedelta(weeks=20)


def test_a_meeting_of_which_nobody_wrote_who_came_is_no_absence():
    found = seen(*monthly("PQ", "", "P", "", "P", ""), members="PQ")
    assert drawn(found) == ["P ●?●?●?", "Q ●?○?○?"]
    assert found.present == (2, None, 1, None, 1, None)
    assert (row_of(found, "Q").missed, row_of(found, "Q").left) == (2, False)
    assert row_of(found, "P").recent == (3, 3)


def test_who_came_later_missed_nothing_before():
    found = seen(*monthly("PQ", "PQ", "PQR", "PQ"), members="PQR")
    assert drawn(found)[2] == "R   ●○"
    assert found.could == (2, 2, 3, 3)
    assert row_of(found, "R").year == (1, 2)


def test_a_member_that_never_came_was_asked_from_the_start():
    found = seen(*monthly("PQ", "PQ", "", "PQ"), members="PQZ")
    assert drawn(found)[-1] == "Z ○○?○"
    assert (row_of(found, "Z").missed, row_of(found, "Z").last_there) == (3, None)
    assert row_of(found, "Z").left


def test_a_guest_of_one_meeting_leaves_nobody_missing():
    found = seen(*monthly("PQ", "PQG", "PQ", "PQ", "PQ"), members="PQ")
    assert drawn(found)[-1] == "G  ●   "
    assert (found.present, found.could) == ((2, 3, 2, 2, 2), (2, 3, 2, 2, 2))
    assert not row_of(found, "G").left


def test_without_a_list_or_when_it_came_twice_nobody_is_a_guest():
    """The control of the test above."""
    assert row_of(seen(*monthly("PQ", "PQG", "PQ", "PQ", "PQ"), members=""), "G").left
    assert row_of(seen(*monthly("PQG", "PQG", "PQ", "PQ", "PQ"), members="PQ"), "G").left


def test_several_activities_on_one_day_are_one_meeting():
    found = seen(met(FIRST, "PQ", CREW), met(FIRST, "QR", CREW), met(FIRST, "", CREW), members="PQR")
    assert (found.meetings, found.present) == ((FIRST,), (3,))


def test_other_arrangements_and_other_days_do_not_count():
    rows = [*monthly("PQ", "P"), met(FIRST, "RS", 2), met(FIRST, "T"), met(date(2021, 1, 1), "U", CREW)]
    assert drawn(seen(*rows, members="PQ")) == ["P ●●", "Q ●○"]


def test_as_it_looked_on_an_evening():
    rows = monthly("PQ", "PQ", "P", "P", "P")
    then = seen(*rows, members="PQ", until=rows[2].day)
    assert (row_of(then, "Q").missed, row_of(seen(*rows, members="PQ"), "Q").missed) == (1, 3)


def test_only_two_dozen_are_shown_and_all_are_counted():
    rows = [met(date(2022, 1, 4) + timedelta(weeks=4 * n), "PQ" if n < 3 else "P", CREW) for n in range(30)]
    found = seen(*rows, members="PQ")
    assert len(found.meetings) == len(found.rows[0].marks) == len(found.present) == len(found.could) == 24
    assert row_of(found, "Q").missed == 27
    assert row_of(found, "Q").last_there == date(2022, 3, 1)


def test_without_a_meeting_there_is_nothing_to_miss():
    found = seen(members="PQ")
    assert (found.meetings, found.present, found.could) == ((), (), ())
    assert [(row.marks, row.year, row.left) for row in found.rows] == [((), (0, 0), False)] * 2
    nobody = seen(members="")
    assert nobody.rows == ()
    assert seen(met(FIRST, "", CREW), members="").present == (None,)


def slowly(meetings: list[str], members: str, letter: str) -> tuple[str, int]:
    """The marks of one organisation and what it missed, by asking of every meeting again."""
    came = [place for place, there in enumerate(meetings) if letter in there]
    guest = bool(members) and letter not in members and len(came) == 1
    marks = []
    for place, there in enumerate(meetings):
        if letter in there:
            marks.append("●")
        elif guest or (came and place < came[0]):
            marks.append(" ")
        else:
            marks.append("○" if there else "?")
    missed = 0
    for mark in reversed(marks):
        if mark == "●":
            break
        missed += mark == "○"
    return "".join(marks), missed


@given(st.lists(st.text("PQRS", max_size=4).map(lambda who: "".join(sorted(set(who)))), max_size=12))
def test_the_marks_are_those_of_asking_every_meeting(meetings: list[str]):
    found = seen(*monthly(*meetings), members="PQ")
    assert {row.partner for row in found.rows} == set(map(number, {*"PQ", *"".join(meetings)}))
    for row in found.rows:
        marks, missed = slowly(meetings, "PQ", letters([row.partner]))
        assert ("".join(MARK[mark] for mark in row.marks), row.missed) == (marks, missed)
        assert row.year == (marks.count("●"), marks.count("●") + marks.count("○"))
    assert found.could == tuple(
        sum(slowly(meetings, "PQ", letters([row.partner]))[0][place] != " " for row in found.rows)
        for place in range(len(meetings))
    )
