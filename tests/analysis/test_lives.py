"""When an arrangement or an agreement began, and when it faded if it did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.analysis import agreed as builders
from tests.analysis.agreed import START, after, months
from tests.analysis.logs import every
from tests.analysis.working_together import an_agreement, an_answer, an_arrangement, an_incident, cooperation
from tracker.analysis import lives
from tracker.analysis.meetings import Agreed, Meetings
from tracker.analysis.rhythm import rhythm
from tracker.analysis.survival import Life
from tracker.records import Agreement, CheckBack

UNTIL = date(2023, 12, 31)
JUNE = date(2023, 6, 10)


def life(agreed: Agreed, *answers: CheckBack, until: date = UNTIL, **log: object) -> Life:
    """The life of one arrangement."""
    meetings = builders.meetings(agreed, until=until, **log)  # type: ignore[arg-type]
    made = an_arrangement(agreed.name, started_on=agreed.started_on)
    known = cooperation(arrangements=[made], answers=answers, until=until)
    found, without = lives.of_arrangements(known, meetings, [rhythm(agreed, meetings)])
    assert without == 0
    return found[0]


def fading(**changed: object) -> Agreed:
    """Monthly, last held in May: it misses June."""
    return builders.an_arrangement(months(5), **changed)  # type: ignore[arg-type]


def answer(day: date, said: str = "lives", after_days: int = 30) -> CheckBack:
    return an_answer(day, said, after_days=after_days, arrangement_id=1)


def test_it_fades_on_the_day_it_counts_as_dormant():
    found = life(fading())
    dormant = START + timedelta(days=found.days)
    assert (found.end, dormant) == ("faded", after(JUNE, 31))
    agreed = fading()
    told = [builders.the_rhythm(agreed, until=day).dormant for day in (dormant - timedelta(days=1), dormant)]
    assert told == [False, True]


def test_one_that_meets_runs_up_to_today():
    found = life(builders.an_arrangement(months(12)))
    assert (found.end, found.days) == ("running", (UNTIL - START).days)


def test_a_pause_and_a_decision_are_no_loss():
    paused = life(fading(pauses=[(date(2023, 6, 1), UNTIL)]))
    ended = life(fading(ended_on=date(2023, 9, 1), end_reason="secured"))
    assert (paused.end, paused.lost) == ("running", False)
    assert (ended.end, ended.lost, ended.days) == ("decided", False, (date(2023, 9, 1) - START).days)


def test_who_says_later_that_it_stopped_does_not_lengthen_its_life():
    dormant = after(JUNE, 31)
    late, early = (
        life(fading(), answer(date(2023, 11, 1), "stopped")),
        life(fading(), answer(JUNE, "stopped")),
    )
    assert (late.end, late.days) == ("faded", (dormant - START).days)
    assert (early.end, early.days) == ("stopped", (JUNE - START).days)


def test_who_says_that_it_lives_after_it_fell_silent_is_the_last_that_is_known():
    told = date(2023, 11, 1)
    found = life(fading(), answer(told))
    assert (found.end, found.days) == ("running", (told - START).days)
    before = life(fading(), answer(JUNE))
    assert before.end == "faded"


def test_of_two_answers_the_last_one_counts():
    both = [answer(JUNE, "stopped"), answer(date(2023, 11, 1), after_days=90)]
    for order in (both, both[::-1]):
        assert life(fading(), *order).end == "running"


def test_meeting_again_undoes_that_it_stopped():
    assert life(builders.an_arrangement(months(12)), answer(JUNE, "stopped")).end == "running"


def test_a_decision_to_end_comes_before_the_answer_that_it_stopped():
    ended = fading(ended_on=date(2023, 7, 1), end_reason="no_longer_needed")
    ends = {
        day: life(ended, answer(day, "stopped")).end for day in (date(2023, 6, 20), date(2023, 7, 1), UNTIL)
    }
    assert list(ends.values()) == ["stopped", "decided", "decided"]


def test_without_a_known_beginning_it_is_counted_apart():
    agreed = builders.an_arrangement(started_on=None)
    meetings = builders.meetings(agreed)
    known = cooperation(arrangements=[an_arrangement(agreed.name)], until=UNTIL)
    assert lives.of_arrangements(known, meetings, [rhythm(agreed, meetings)]) == ([], 1)


def test_what_is_older_than_the_log_is_marked():
    told = [life(fading(), first_entry=day).before_log for day in (START, after(START, 1), None)]
    assert told == [False, True, True]


def test_heat_is_known_from_the_incidents_before_it_began():
    agreed = fading()
    meetings = builders.meetings(agreed)
    made = an_arrangement(agreed.name, started_on=START)
    for days, heat in ((60, True), (61, False)):
        log = cooperation(
            arrangements=[made], incidents=[an_incident(START - timedelta(days=days))], until=UNTIL
        )
        assert lives.of_arrangements(log, meetings, [rhythm(agreed, meetings)])[0][0].heat is heat


# Dormant since when, by asking how it stands on every evening.


def slowly(agreed: Agreed, log: Meetings) -> date:
    """The first evening of the last row of evenings on which it counted as dormant or paused."""
    since, day = log.until, log.until
    while day >= START:
        state = rhythm(agreed.as_of(day), log.as_of(day)).state
        if state == "dormant":
            since = day
        elif state != "paused":
            break
        day -= timedelta(days=1)
    return since


def dormant_since(agreed: Agreed, **log: object) -> tuple[date, date]:
    """What the product says, and what asking on every evening says."""
    meetings = builders.meetings(agreed, **log)  # type: ignore[arg-type]
    found = rhythm(agreed, meetings)
    assert found.dormant, found.state
    return lives.dormant_since(found, meetings), slowly(agreed, meetings)


@pytest.mark.parametrize(
    ("agreed", "log"),
    [
        (fading(), {}),
        (fading(grace_weeks=3), {}),
        (fading(), {"recess": [(date(2023, 7, 1), date(2023, 8, 31))]}),
        (fading(pauses=[(date(2023, 7, 5), date(2023, 8, 20))]), {}),
        (
            fading(pauses=[(date(2023, 7, 1), date(2023, 7, 31))]),
            {"recess": [(date(2023, 7, 20), date(2023, 8, 20))]},
        ),
        (fading(answers=[builders.answer(JUNE, "cancelled")]), {}),
        (builders.an_arrangement([START], cadence="FREQ=MONTHLY;INTERVAL=2"), {}),
        (builders.an_arrangement([START], cadence="FREQ=MONTHLY;INTERVAL=3"), {}),
        (builders.an_arrangement(every(14, START, date(2023, 3, 1)), cadence="FREQ=WEEKLY;INTERVAL=2"), {}),
        (builders.an_arrangement(), {}),
        (builders.an_arrangement(every(20, START, date(2023, 7, 1)), cadence=""), {}),
        (
            builders.an_arrangement(
                every(20, START, date(2023, 7, 1)), cadence="", pauses=[(date(2023, 7, 10), date(2023, 9, 1))]
            ),
            {},
        ),
    ],
)
def test_dormant_since_is_the_day_that_asking_every_evening_gives(agreed: Agreed, log: dict[str, object]):
    ours, slow = dormant_since(agreed, **log)
    assert ours == slow


STRETCHES = st.lists(
    st.tuples(st.dates(date(2023, 5, 1), date(2024, 2, 1)), st.integers(0, 60)).map(
        lambda one: (one[0], one[0] + timedelta(days=one[1]))
    ),
    max_size=2,
)
CADENCES = ["FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=3", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=2", ""]


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(CADENCES), st.integers(0, 3), STRETCHES, STRETCHES, st.integers(9, 14))
def test_dormant_since_with_recess_and_pauses_in_between(
    cadence: str,
    grace: int,
    recess: list[tuple[date, date]],
    pauses: list[tuple[date, date]],
    held: int,
):
    agreed = builders.an_arrangement(
        every(14, START, after(START, 14 * held)), cadence=cadence, grace_weeks=grace, pauses=sorted(pauses)
    )
    log = {"recess": sorted(recess), "until": date(2024, 2, 29)}
    assume(builders.the_rhythm(agreed, **log).dormant)
    ours, slow = dormant_since(agreed, **log)
    assert ours == slow


# Agreements.

MADE, DUE = date(2023, 3, 1), date(2023, 5, 1)
LAPSED = DUE + timedelta(days=90)


def agreement(*answers: CheckBack, until: date = UNTIL, **changed: object) -> Life:
    one: Agreement = an_agreement(DUE, made_on=MADE, **changed)
    known = cooperation(agreements=[one], answers=answers, until=until, since=date(2022, 1, 1))
    return lives.of_agreements(known)[0][0]


def said(day: date, told: str) -> CheckBack:
    return an_answer(day, told, agreement_id=1)


def test_an_agreement_fades_ninety_days_after_it_was_due():
    assert (agreement().end, agreement().days) == ("faded", (LAPSED - MADE).days)
    ends = [agreement(until=LAPSED + timedelta(days=n)).end for n in (-1, 0)]
    assert ends == ["running", "faded"]


def test_what_was_done_lasts_and_what_was_dropped_is_no_loss():
    done = agreement(state="done", closed_on=date(2023, 4, 1))
    assert (done.end, done.days, done.lost) == ("kept", (UNTIL - MADE).days, False)
    dropped = agreement(state="wont_do", closed_on=date(2023, 4, 1), reason="geen geld")
    assert (dropped.end, dropped.days, dropped.lost) == ("decided", 31, False)


def test_answers_about_an_agreement_count_as_those_about_an_arrangement():
    cases: list[tuple[Iterable[CheckBack], str, date]] = [
        ([said(date(2023, 4, 1), "stopped")], "stopped", date(2023, 4, 1)),
        ([said(LAPSED + timedelta(days=20), "stopped")], "faded", LAPSED),
        ([said(LAPSED + timedelta(days=20), "lives")], "running", LAPSED + timedelta(days=20)),
        ([said(date(2023, 4, 1), "lives")], "faded", LAPSED),
        ([said(date(2023, 4, 1), "stopped"), said(date(2023, 5, 1), "changed")], "faded", LAPSED),
    ]
    for answers, end, day in cases:
        found = agreement(*answers)
        assert (found.end, MADE + timedelta(days=found.days)) == (end, day)


def test_an_agreement_without_a_first_day_is_counted_apart():
    known = cooperation(agreements=[an_agreement(DUE), an_agreement(DUE, made_on=MADE)])
    found, without = lives.of_agreements(known)
    assert ([one.id for one in found], without) == ([2], 1)
