"""A series in a calendar becomes an arrangement; who was invited stays outside."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.workbench import TODAY, Bench, codes, told
from tracker.exchange.repetition import BadRule, repetition
from tracker.records import Activity, Arrangement, InvalidRecord, Occurrence

ZONE = "DTSTART;TZID=W. Europe Standard Time"
WEIGHING = (
    "UID:1",
    "SUMMARY:Weegploeg",
    f"{ZONE}:20251201T090000",
    "RRULE:FREQ=WEEKLY;INTERVAL=4;BYDAY=MO",
)


def meetings(bench: Bench) -> list[tuple[str, str]]:
    """Day and state of every meeting, the held ones as `held`; of a moved one also its new day."""
    held = [(one.happened_on.isoformat(), "held") for one in bench.held(Activity)]
    others = [
        (one.due_on.isoformat(), f"{one.state} {one.moved_to}" if one.moved_to else one.state)
        for one in bench.held(Occurrence)
    ]
    return sorted(held + others)


def test_a_series_becomes_an_arrangement_with_its_meetings(bench: Bench) -> None:
    path = bench.calendar(
        (*WEIGHING, "EXDATE;TZID=W. Europe Standard Time:20251229T090000"),
        ("UID:1", "RECURRENCE-ID:20260126T080000Z", f"{ZONE}:20260128T100000", "SUMMARY:Weegploeg"),
        ("UID:1", "RECURRENCE-ID:20260223T080000Z", f"{ZONE}:20260223T090000", "STATUS:CANCELLED"),
        ("UID:1", "RECURRENCE-ID:20260518T070000Z", f"{ZONE}:20260520T090000", "SUMMARY:Weegploeg"),
    )
    preview = bench.take_in(path)
    (arrangement,) = bench.held(Arrangement)
    assert arrangement == Arrangement(
        name="Weegploeg",
        kind="temporary_consultation",
        cadence="FREQ=WEEKLY;INTERVAL=4;BYDAY=MO",
        grace_weeks=2,
        started_on=date(2025, 12, 1),
    )
    assert preview.problems == []
    assert meetings(bench)[:10] == [
        ("2025-12-01", "held"),
        ("2025-12-29", "cancelled"),  # taken out of the series
        ("2026-01-26", "moved 2026-01-28"),
        ("2026-01-28", "held"),
        ("2026-02-23", "cancelled"),
        ("2026-03-23", "held"),
        ("2026-04-20", "planned"),
        ("2026-05-18", "moved 2026-05-20"),
        ("2026-06-15", "planned"),
        ("2026-07-13", "planned"),
    ]
    again = bench.read(path)
    assert (list(again.found), [double.differs for double in again.doubles if double.differs]) == ([], [])


def test_who_is_invited_is_never_read(bench: Bench) -> None:
    """With a control: the title of the series does arrive, and one with an address is warned of."""
    secret = ("ATTENDEE;CN=Jan de Vries;", "ORGANIZER;CN=Piet:mailto:piet@voorbeeld.nl")
    path = bench.calendar(
        (
            *WEIGHING,
            secret[0],
            " ROLE=REQ-PARTICIPANT:mailto:jan@voorbeeld.nl",
            secret[1],
            "DESCRIPTION:bel Jan op 06-12345678\\, over Kees",
            "LOCATION:bij Kees thuis",
            "COMMENT:Kees is ziek",
            "BEGIN:VALARM",
            "SUMMARY:Kees bellen",
            "ATTENDEE:mailto:kees@voorbeeld.nl",
            "END:VALARM",
        )
    )
    preview = bench.take_in(path)
    assert [one.name for one in bench.held(Arrangement)] == ["Weegploeg"]
    with closing(sqlite3.connect(bench.store.path)) as db:
        everything = "\n".join(db.iterdump())
    assert "Weegploeg" in everything
    for part in ("Jan", "Piet", "Kees", "@", "1234"):
        assert part not in everything + repr(preview)
    named = bench.calendar((*WEIGHING[2:], "UID:2", "SUMMARY:Overleg jan@voorbeeld.nl"))
    assert {one.code for one in bench.read(named).problems} == {"looks_like_email"}


def test_a_series_that_bears_the_name_of_a_kind_has_that_kind(bench: Bench) -> None:
    bench.take_in(bench.calendar(("UID:1", "SUMMARY:Lokale driehoek", *WEIGHING[2:])))
    assert [one.kind for one in bench.held(Arrangement)] == ["local_triangle"]


def test_single_and_private_events_stay_out(bench: Bench) -> None:
    single = ("UID:3", "SUMMARY:Tandarts", "DTSTART:20260105T090000")
    preview = bench.read(bench.calendar(WEIGHING, single, (*WEIGHING[1:], "UID:4", "CLASS:PRIVATE")))
    assert preview.count(Arrangement) == 1
    assert preview.ignored_files == ["agenda.ics: 2 VEVENT"]
    assert codes(bench.read(bench.calendar(single))) == ["nothing_repeats"]


def test_series_of_one_name_are_one_arrangement_with_the_latest_rhythm(bench: Bench) -> None:
    first = ("UID:1", "SUMMARY:Weegploeg", "DTSTART:20250106", "RRULE:FREQ=WEEKLY;UNTIL=20250120")
    bench.take_in(bench.calendar(first, ("UID:2", *WEIGHING[1:])))
    (arrangement,) = bench.held(Arrangement)
    assert (arrangement.cadence, arrangement.started_on) == (
        "FREQ=WEEKLY;INTERVAL=4;BYDAY=MO",
        date(2025, 1, 6),
    )
    assert [day for day, _ in meetings(bench)[:4]] == ["2025-01-06", "2025-01-13", "2025-01-20", "2025-12-01"]


def test_a_meeting_near_midnight_falls_on_the_dutch_day(bench: Bench) -> None:
    bench.take_in(bench.calendar(("UID:1", "SUMMARY:Laat", "DTSTART:20260104T230000Z", "RRULE:FREQ=WEEKLY")))
    assert meetings(bench)[0] == ("2026-01-05", "held")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("FREQ=SECONDLY", "rule_too_fine"),
        ("FREQ=MINUTELY;INTERVAL=5", "rule_too_fine"),
        ("FREQ=DAILY;BYHOUR=9,10", "rule_too_fine"),
        ("FREQ=DAILY;INTERVAL=10", "rule_too_fine"),
        ("FREQ=WEEKLY;COUNT=1000000000", "rule_too_long"),
        ("FREQ=WEEKLY;COUNT=5000", "rule_too_long"),
        ("FREQ=WEEKLY;INTERVAL=0", "bad_cadence"),
        ("FREQ=WEEKLY;INTERVAL=-1", "bad_cadence"),
        ("FREQ=WEEKLY;INTERVAL=1e9", "bad_cadence"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "bad_cadence"),
        ("FREQ=WEEKLY;BYMONTHDAY=30", "bad_cadence"),
        ("FREQ=YEARLY;BYWEEKNO=53", "bad_cadence"),
        ("FREQ=FORTNIGHTLY", "bad_cadence"),
        ("INTERVAL=2", "bad_cadence"),
        ("FREQ=WEEKLY;FREQ=DAILY", "bad_cadence"),
        ("onzin", "bad_cadence"),
    ],
)
def test_a_rule_that_is_no_rhythm_is_refused_in_two_seconds(bench: Bench, rule: str, code: str) -> None:
    """T40. The control is a good series in the same file, which is found but not stored."""
    path = bench.calendar(WEIGHING, ("UID:2", "SUMMARY:Fout", "DTSTART:20260105", f"RRULE:{rule}"))
    started = time.process_time()
    preview = bench.read(path)
    assert time.process_time() - started < 2
    assert told(preview) == [(9, "RRULE", code)]
    assert preview.count(Arrangement) == 1


def test_a_rule_and_an_exception_rule_in_one_are_refused(bench: Bench) -> None:
    """T40: a series that takes all its own days out kept readers busy for ever."""
    rule = "RRULE:FREQ=WEEKLY"
    path = bench.calendar(("UID:2", "SUMMARY:Fout", "DTSTART:20260105", rule, "EXRULE:FREQ=WEEKLY"))
    assert codes(bench.read(path)) == ["bad_cadence"]


def test_a_calendar_of_too_many_meetings_is_refused_in_two_seconds(bench: Bench) -> None:
    daily = [(f"UID:{n}", f"SUMMARY:S{n}", "DTSTART:20250401", "RRULE:FREQ=DAILY") for n in range(400)]
    started = time.process_time()
    assert codes(bench.read(bench.calendar(*daily))) == ["calendar_too_long"]
    assert time.process_time() - started < 4  # the limit of 1.5 s is looked at after each series
    old = bench.calendar(("UID:1", "SUMMARY:Oud", "DTSTART:20100104", "RRULE:FREQ=DAILY"))
    assert told(bench.read(old)) == [(3, "", "calendar_too_long")]
    assert bench.read(bench.calendar(*daily[:1])).problems == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("geen agenda", "no_calendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1", "no_calendar"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "nothing_repeats"),
    ],
)
def test_what_is_no_calendar_is_refused(bench: Bench, text: str, code: str) -> None:
    assert codes(bench.read(bench.raw("agenda.ics", text.encode()))) == [code]


@pytest.mark.parametrize(
    "lines", [("SUMMARY:Zonder dag",), ("SUMMARY:x", "DTSTART:gisteren"), ("SUMMARY:x", "DTSTART:20261345")]
)
def test_an_event_without_a_day_is_named_by_its_line(bench: Bench, lines: tuple[str, ...]) -> None:
    preview = bench.read(bench.calendar(WEIGHING, ("UID:2", "RRULE:FREQ=WEEKLY", *lines)))
    assert told(preview) == [(9, "", "bad_event")]


def test_every_other_day_of_the_rule_becomes_weeks(bench: Bench) -> None:
    assert repetition("FREQ=DAILY;INTERVAL=14").cadence == "FREQ=WEEKLY;INTERVAL=2"
    assert repetition("FREQ=DAILY;COUNT=5;BYDAY=MO,TU").cadence == "FREQ=WEEKLY;BYDAY=MO,TU"
    assert repetition("RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270101T120000Z") == (
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270101",
    )


PARTS = """INTERVAL=1 INTERVAL=5 INTERVAL=999 BYMONTH=2 BYMONTH=4,6 BYMONTHDAY=31 BYMONTHDAY=29,30
    BYDAY=MO BYDAY=5MO BYDAY=-1FR,2TU BYSETPOS=4 BYSETPOS=-1 COUNT=3 WKST=SU"""
PART = st.sampled_from(PARTS.split())


@settings(max_examples=60)
@given(frequency=st.sampled_from(["WEEKLY", "MONTHLY", "YEARLY"]), parts=st.lists(PART, max_size=4))
def test_whatever_rule_is_accepted_ends_and_is_one_of_ours(frequency: str, parts: list[str]) -> None:
    """Against the clock of the processor, which other programs do not slow down."""
    try:
        found = repetition(";".join([f"FREQ={frequency}", *parts]))
    except BadRule:
        return
    try:
        Arrangement(name="x", kind="y", cadence=found.cadence)
    except InvalidRecord as invalid:
        raise AssertionError(found.cadence) from invalid
    started = time.process_time()
    start = datetime(2024, 1, 1)
    rrulestr(found.rule, dtstart=start).between(start, start + timedelta(days=800))
    assert time.process_time() - started < 1.5


def test_the_days_are_those_of_the_rule(bench: Bench) -> None:
    """The slow oracle: the rule by itself, day by day."""
    rule = "FREQ=MONTHLY;BYDAY=-1TH"
    bench.take_in(bench.calendar(("UID:1", "SUMMARY:Overleg", "DTSTART:20250130", f"RRULE:{rule}")))
    ahead = datetime(2027, 4, 1)
    days = [
        day.date()
        for day in rrulestr(rule, dtstart=datetime(2025, 1, 30)).between(datetime(2025, 1, 1), ahead)
    ]
    expected = [(day.isoformat(), "held" if day < TODAY else "planned") for day in days]
    assert meetings(bench) == expected


def test_an_attendee_would_be_seen_if_it_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control of the test on invitations: reading one line more lets a name in."""
    from tracker.exchange import calendars

    monkeypatch.setattr(calendars, "_READ", calendars._READ | {"DESCRIPTION"})
    (event,) = calendars._events("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:Kees\nEND:VEVENT\nEND:VCALENDAR")
    assert event.lines == ["DESCRIPTION:Kees"]
