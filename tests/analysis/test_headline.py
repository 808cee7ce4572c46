"""Two verdicts, one headline: all sixteen combinations, and neither is ever hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.analysis.agreed import an_arrangement, answer, meetings, months, the_structure
from tests.analysis.logs import a_log, every, judged
from tracker.analysis import assess
from tracker.analysis.estimate import Needed
from tracker.analysis.finding import Finding
from tracker.analysis.headline import joined
from tracker.analysis.question import Question
from tracker.analysis.structure import Structure

# activity, structure -> headline and what it is said with: the activity's own case, or that of both.
TABLE = """
persists    holds      persists    own
persists    slips      undecided   undecided_not_through_meetings
persists    undecided  persists    own
persists    too_early  persists    own
falls_back  holds      undecided   undecided_on_paper
falls_back  slips      falls_back  own
falls_back  undecided  falls_back  own
falls_back  too_early  falls_back  own
undecided   holds      persists    structure_holds
undecided   slips      falls_back  structure_slips
undecided   undecided  undecided   own
undecided   too_early  undecided   own
too_early   holds      persists    structure_holds
too_early   slips      falls_back  structure_slips
too_early   undecided  undecided   structure_undecided
too_early   too_early  too_early   own
"""
ROWS = [line.split() for line in TABLE.split("\n") if line]
WORDS = ("persists", "falls_back", "undecided", "too_early")
MISSING = Needed(what="activities", have=3, need=40)
AGREED_MISSING = Needed(what="expected_meetings", have=5, need=12)


def a_finding(verdict: str) -> Finding:
    found = judged(a_log(every(2))).finding
    return replace(
        found, verdict=verdict, activity_verdict=verdict, case="own", certainty="sure", needed=(MISSING,)
    )


def a_structure(verdict: str) -> Structure:
    return replace(the_structure(an_arrangement(months(12))), verdict=verdict, needed=(AGREED_MISSING,))


@pytest.mark.parametrize(("activity", "structure", "headline", "case"), ROWS)
def test_the_headline_of_both(activity: str, structure: str, headline: str, case: str):
    both = joined(a_finding(activity), a_structure(structure))
    assert (both.verdict, both.case) == (headline, case)
    assert (both.activity_verdict, both.structure_verdict) == (activity, structure), "neither is hidden"
    assert both.structure is not None
    assert both.needed == (MISSING, AGREED_MISSING), "what is missing for either is said"


def test_the_table_has_all_sixteen():
    assert {(row[0], row[1]) for row in ROWS} == {
        (one, other) for one in WORDS for other in ("holds", "slips", "undecided", "too_early")
    }


@pytest.mark.parametrize(("activity", "structure", "headline", "case"), ROWS)
def test_a_headline_of_the_meetings_alone_is_never_called_sure(activity, structure, headline, case):
    certainty = joined(a_finding(activity), a_structure(structure)).certainty
    assert certainty == ("sure" if case == "own" else "unsure" if headline == "undecided" else "fairly_sure")


def test_on_paper_only_the_meetings_go_on_but_the_work_lives_on_incidents():
    log = a_log(every(2, last=date(2022, 3, 31)), entries=every(7))
    holds = meetings(
        an_arrangement(every(14), cadence="FREQ=WEEKLY;INTERVAL=2", started_on=None),
        until=log.last,
        first_entry=log.first,
    )
    found = assess(log, Question(until=log.last), holds).finding
    assert (found.activity_verdict, found.structure_verdict) == ("falls_back", "holds")
    assert (found.verdict, found.case) == ("undecided", "undecided_on_paper")


def test_activity_that_does_not_run_through_the_agreed_meetings():
    log = a_log(every(2))
    days = months(12, first=date(2022, 1, 10))
    missed = [an_arrangement(days[:4], answers=map(answer, days[4:]), started_on=days[0]) for _ in range(3)]
    found = assess(
        log, Question(until=log.last), meetings(*missed, until=log.last, first_entry=log.first)
    ).finding
    assert (found.activity_verdict, found.structure_verdict) == ("persists", "slips")
    assert (found.verdict, found.case) == ("undecided", "undecided_not_through_meetings")


def test_without_incidents_and_hardly_any_activity_the_agreed_meetings_speak_from_the_first_year():
    held = [every(14, date(2022, 1, 4)) for _ in range(2)]
    log = a_log(sorted({*held[0]}), first=date(2022, 1, 4))
    agreed = [an_arrangement(days, cadence="FREQ=WEEKLY;INTERVAL=2", started_on=days[0]) for days in held]
    found = assess(
        log, Question(until=log.last), meetings(*agreed, until=log.last, first_entry=log.first)
    ).finding
    assert (found.activity_verdict, found.verdict, found.case) == ("too_early", "persists", "structure_holds")
    alone = assess(log, Question(until=log.last)).finding
    assert (alone.verdict, alone.structure) == ("too_early", None)


def test_an_empty_log_and_no_meetings_is_an_answer_too():
    empty = replace(a_log(), first=None, last=None)
    known = meetings(until=date(2022, 1, 1), first_entry=None)
    found = assess(empty, Question(until=date(2022, 1, 1)), known).finding
    assert (found.verdict, found.case) == ("too_early", "nothing_logged")
    assert (found.activity_verdict, found.structure_verdict) == ("too_early", "too_early")
