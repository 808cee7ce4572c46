"""From what people add to who works with whom: one small town, read back through the store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from logbook import activity, agreement, arrangement, check_back, incident, partner

from tracker.analysis import agreements, lives, origins, partners, survival
from tracker.analysis.attendance import attendance
from tracker.analysis.quarter import Quarter
from tracker.analysis.rhythm import rhythm
from tracker.analysis.ties import ties
from tracker.records import Agreement, Partner
from tracker.store import Store

UNTIL, SINCE = date(2026, 6, 30), date(2024, 1, 1)
INCIDENT = date(2026, 2, 1)
SECOND = Quarter(2026, 2)
POLICE, YOUTH, SCHOOL, CARE = 1, 2, 3, 4
WEIGHING, NEW = 1, 2


@pytest.fixture
def lived(store: Store) -> Store:
    """A monthly meeting since 2024 that the school left in 2026, an incident, and what came of it."""
    for name, domain in (("Politie", "safety"), ("Jongerenwerk", "social"), ("School", "education")):
        store.add(partner(name, domain=domain), by="anna")
    store.add(partner("GGD", domain="care"), by="anna")
    store.add(incident(INCIDENT), by="anna")
    members = (POLICE, YOUTH, SCHOOL)
    owned = {"owner_id": POLICE, "owner_role": "network_coordinator", "partner_ids": members}
    started = date(2024, 1, 9)
    store.add(arrangement("Weegploeg", cadence="FREQ=MONTHLY", started_on=started, **owned), by="anna")
    heat = INCIDENT + timedelta(days=10)
    store.add(arrangement("Nieuw", cadence="FREQ=WEEKLY", started_on=heat, owner_id=CARE), by="anna")
    months = [date(2024 + n // 12, n % 12 + 1, 9) for n in range(30)]
    rows = [
        activity(day, arrangement_id=WEIGHING, partner_ids=members[: 3 if day < date(2026, 1, 1) else 2])
        for day in months
    ]
    rows += [
        activity(INCIDENT + timedelta(days=n), arrangement_id=one, incident_id=1, partner_ids=(POLICE, CARE))
        for n, one in ((1, WEIGHING), (2, WEIGHING), (3, WEIGHING), (10, NEW))
    ]
    rows.append(activity(UNTIL - timedelta(days=5), partner_ids=()))
    store.add_all(rows, by="anna", batch="log")
    tied = {"origin": "incident", "incident_id": 1, "made_on": INCIDENT}
    late, open_still = INCIDENT + timedelta(days=40), date(2026, 12, 1)
    store.add(agreement("Bellen", due_on=late, state="done", closed_on=late, **tied), by="anna")
    store.add(agreement("Oefenen", due_on=open_still, **tied), by="anna")
    store.add(agreement("Vandaag", due_on=UNTIL, made_on=INCIDENT), by="anna")
    return store


def test_who_met_and_which_pairs_were_lost(lived: Store):
    found = ties(lived.cooperation(UNTIL, SINCE), SECOND)
    assert found.pairs == {(POLICE, YOUTH)}
    assert found.lost == ((POLICE, SCHOOL), (YOUTH, SCHOOL))
    assert (found.kept.value, found.kept.status, found.year.status) == (pytest.approx(1 / 3), "ok", "ok")
    assert [(one.first, one.second) for one in found.grid if one.lost] == [
        ("education", "safety"), ("education", "social")
    ]  # fmt: skip
    assert (found.activities, found.told, found.young) == (4, 3, False)
    running = ties(lived.cooperation(UNTIL - timedelta(days=1), SINCE), SECOND)
    assert (running.lost, running.kept.why) == ((), "quarter_running")


def test_who_left_without_opening_the_meetings(lived: Store):
    found = attendance(lived.cooperation(UNTIL, SINCE), WEIGHING)
    assert [row.partner for row in found.rows] == [YOUTH, POLICE, CARE, SCHOOL]
    assert [row.partner for row in found.rows if row.left] == [CARE, SCHOOL]
    assert found.rows[-1].last_there == date(2025, 12, 9)
    assert (found.present[-1], found.meetings[-1]) == (2, date(2026, 6, 9))


def test_who_is_silent_and_on_whom_it_hangs(lived: Store):
    known = lived.cooperation(UNTIL, SINCE)
    cycle = partners.lifecycle(known, SECOND)
    assert [one for one, _ in cycle.silent] == [CARE, SCHOOL]
    assert (cycle.stayed, cycle.new, cycle.young) == ((YOUTH, POLICE), (), False)
    hangs = partners.key_roles(known)
    assert (hangs.carriers[0][:2], hangs.fewest, hangs.known) == ((POLICE, "network_coordinator"), 1, 16)
    gaps = partners.ownership(known)
    assert (gaps.no_second, gaps.no_owner, gaps.running) == ((NEW, WEIGHING), (), 2)


def test_three_of_four_responses_ran_through_what_was_there(lived: Store):
    known = lived.cooperation(UNTIL, SINCE)
    found = origins.reuse(known)
    assert (found.reused, found.known, found.through) == (3, 4, {1: (3, 4)})
    born = origins.born_in_peace(known)
    assert (born.in_peace, born.known, born.unknown) == (0, 1, 1)  # what came before the log nobody knows


def test_what_lasts_and_what_faded(lived: Store):
    known, meetings = lived.cooperation(UNTIL, SINCE), lived.meetings(UNTIL)
    rhythms = [rhythm(one, meetings) for one in meetings.arrangements]
    found = survival.survival(*lives.of_arrangements(known, meetings, rhythms))
    told = {one.name: (one.end, one.heat) for one in found.all.lives}
    assert told == {"Nieuw": ("faded", True), "Weegploeg": ("running", None)}
    promised, without = lives.of_agreements(known)
    assert {one.name: one.end for one in promised} == {
        "Bellen": "kept", "Oefenen": "running", "Vandaag": "running"
    }  # fmt: skip
    assert without == 0


def test_what_comes_up_again_after_the_incident(lived: Store):
    at = INCIDENT + timedelta(days=90)
    before, on_the_day = (
        agreements.asked(lived.cooperation(day, SINCE)) for day in (at - timedelta(days=1), at)
    )
    assert [one.after_days for one in (*before, *on_the_day)] == [30, 90]
    assert (on_the_day[0].arrangements, on_the_day[0].agreements) == ((NEW,), (2,))
    told = {"after_days": 90, "answered_on": at}
    lived.add(check_back(answer="stopped", arrangement_id=NEW, **told), by="anna")
    lived.add(check_back(answer="lives", agreement_id=2, **told), by="anna")
    assert agreements.asked(lived.cooperation(at, SINCE)) == []
    last = INCIDENT + timedelta(days=180)
    assert [one.arrangements for one in agreements.asked(lived.cooperation(last, SINCE))] == [()]


def test_an_agreement_as_it_stood_on_an_evening(lived: Store):
    now = agreements.kept(lived.cooperation(UNTIL, SINCE))
    assert (now.overdue, now.open, now.closed, now.on_time.value) == ((), (3, 2), (1,), 1)
    then = agreements.kept(lived.cooperation(INCIDENT + timedelta(days=39), SINCE))
    assert (then.open, then.closed, then.due) == ((1, 3, 2), (), 0)
    lived.withdraw(Agreement, 3, seen_version=1, reason="dubbel", by="anna")
    assert agreements.kept(lived.cooperation(UNTIL, SINCE)).open == (2,)


def test_an_organisation_that_was_withdrawn_still_met(lived: Store):
    before = ties(lived.cooperation(UNTIL, SINCE), SECOND)
    lived.withdraw(Partner, SCHOOL, seen_version=1, reason="bestaat niet meer", by="anna")
    known = lived.cooperation(UNTIL, SINCE)
    assert ties(known, SECOND) == before
    assert attendance(known, WEIGHING).rows[-1].partner == SCHOOL


def test_an_empty_store_has_no_facts_and_no_trouble(store: Store):
    known = store.cooperation(UNTIL, SINCE)
    assert ties(known, SECOND).pairs == frozenset()
    assert partners.lifecycle(known, SECOND).silent == ()
    assert partners.coverage(known, SECOND, ["safety"]).activities == 0
    assert partners.key_roles(known).fewest is None
    assert (origins.reuse(known).known, origins.born_in_peace(known).known) == (0, 0)
    assert agreements.asked(known) == []
    assert lives.of_arrangements(known, store.meetings(UNTIL), []) == ([], 0)
