"""What is too old goes, texts first and whole records later, and every count stays (T68, T69; BIO2 5.33.01).

The slow, obvious way to see that a text is gone: look for its bytes in every file, and unpack what is packed.
"""

from __future__ import annotations

import json
import lzma
import multiprocessing
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from logbook import (
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
from test_store_access import Clock

from tracker import store as stores
from tracker.analysis import assess
from tracker.analysis.question import Question
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Incident,
    IncidentReview,
    InvalidRecord,
    Partner,
    QuarterReview,
    Record,
    SeriesPoint,
    longest,
)
from tracker.store import KINDS, Conflict, Damaged, Store, UnknownRecord, ages
from tracker.store.texts import GONE, emptied, free_texts

CANARY = "Kanarie"
OLD = date(2020, 5, 4)  # more than five years before the clock of these tests, less than ten
ANCIENT = date(2015, 5, 4)
RECENT = date(2026, 5, 4)
ON_2026 = datetime(2026, 7, 1, 12, tzinfo=UTC)
ONE_OF_EACH: list[Callable[..., Record]] = [
    partner,
    incident,
    arrangement,
    activity,
    occurrence,
    silence,
    pause,
    recess,
    agreement,
    check_back,
    framing,
    incident_review,
    series_point,
    goal,
    glossary_word,
    domain_meaning,
    planned_share,
    review_note,
    quarter_review,
    scan,
]


@pytest.fixture
def clock() -> Clock:
    return Clock(ON_2026)


@pytest.fixture
def store(path: Path, clock: Clock) -> Store:
    return stores.create(path, now=clock, municipality="Voorbeeldstad")


def filled(record: Record, mark: str = CANARY) -> Record:
    """The record with the canary in every field that people type in."""
    said = {name: f"{mark} {name}"[: longest(name)] for name in free_texts(type(record))}
    return replace(record, **said)  # type: ignore[type-var]


def on(record: Record, day: date) -> Record:
    """The record moved to a day: all its days."""
    moved = {
        one.name: day
        for one in fields(record)  # type: ignore[arg-type]
        if isinstance(getattr(record, one.name), date)
    }
    if "quarter" in moved:
        moved["quarter"] = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return replace(record, **moved)  # type: ignore[type-var]


def hits(folder: Path, mark: str = CANARY) -> dict[str, int]:
    """File -> how often the mark stands in it, as text or packed away in the facts of an evaluation."""
    found = {}
    for one in sorted(folder.rglob("*")):
        if one.is_file():
            found[one.name] = one.read_bytes().count(mark.encode())
            if one.read_bytes().startswith(b"SQLite format 3"):
                with raw(one) as conn:
                    kept = [content for (content,) in conn.execute("SELECT content FROM frozen_facts")]
                found[one.name] += sum(_opened(content).count(mark.encode()) for content in kept)
    return {name: number for name, number in found.items() if number}


def _opened(content: bytes) -> bytes:
    return lzma.decompress(content) if content.startswith(b"\xfd7zXZ") else content


def facts(*said: Any) -> bytes:
    """Facts of an evaluation as they are kept: packed JSON."""
    return lzma.compress(json.dumps({"documents": said}, ensure_ascii=False, sort_keys=True).encode())


def purge(store: Store) -> stores.Plan:
    return store.register.purge(by="beheer")


def figures(store: Store) -> Any:
    """All that every figure is counted from, and the verdict, without the words in it."""
    asked = Question(until=date(2026, 6, 30))
    log, meetings, ties = store.log(asked), store.meetings(asked.until), store.cooperation(asked.until)
    incidents = [(one.id, one.day, one.severity, one.counts, one.why) for one in log.incidents]
    days = log.activities.to_dict(), list(log.entry_days), log.left_out_activities, log.silences
    finding = assess(log, asked, meetings).finding
    day = finding.last_incident and finding.last_incident[1]
    structure = finding.structure and replace(finding.structure, rhythms=())
    found = repr(replace(finding, last_incident=None, structure=structure)), day
    together = [frame.to_dict() for frame in (ties.activities, ties.attendance)]
    return incidents, days, found, together, store.modes(asked)


@pytest.mark.parametrize("make", ONE_OF_EACH, ids=lambda make: make.__name__)
def test_a_record_without_its_texts_keeps_its_rules_and_everything_else(make: Callable[..., Record]):
    record = filled(make())
    clean = emptied(record, 7, on_request=True)
    assert emptied(clean, 7, on_request=True) == clean
    for one in fields(record):  # type: ignore[arg-type]
        value = getattr(clean, one.name)
        if one.name in free_texts(type(record)):
            assert value in ("", GONE, f"{GONE} 7")
        else:
            assert value == getattr(record, one.name)


def test_every_kind_of_record_is_tried():
    assert {type(make()) for make in ONE_OF_EACH} == set(KINDS.values())


def test_a_field_that_comes_later_is_taken_for_free_text():
    """By introspection: only what is known to be a code is left alone."""
    typed = {table: set(free_texts(kind)) for table, kind in KINDS.items() if free_texts(kind)}
    assert typed["incident"] == {"title", "place", "source", "note"}
    assert typed["agreement"] == {"text", "reason"}
    assert typed["arrangement"] == {"name", "goal"}
    assert typed["incident_review"] == {"context", "response", "result", "next_time"}
    assert {"silence", "check_back", "planned_share", "quarter_review", "scan"}.isdisjoint(typed)


@pytest.fixture
def full(store: Store, clock: Clock) -> Store:
    """One record of each kind, of six years ago and entered then, with the canary in every text, in what was
    corrected and taken back, in reasons, in remembered columns and in the facts of a closed evaluation."""
    clock.at = datetime(2020, 7, 6, 12, tzinfo=UTC)
    records = [on(filled(make()), OLD) for make in ONE_OF_EACH if make is not quarter_review]
    store.add_all(records, by="import", batch="lijst.csv")
    for kind in (Incident, Activity, Agreement):
        later = filled(store.get(kind, 1).record, "Kanarie tweede")
        store.correct(1, later, seen_version=1, reason="Kanarie reden", by="anna")
    for made in (incident, partner, glossary_word):
        own = store.add(filled(on(made(), OLD), "Kanarie fout"), by="anna")
        store.withdraw(type(own.record), own.id, seen_version=1, reason="Kanarie dubbel", by="anna")
    ended = filled(arrangement(ended_on=OLD, end_reason="secured"), "Kanarie gestopt")
    store.add(ended, by="anna")
    store.remember_columns({"Kanarie kolom": "title"})
    said = (
        "Kanarie title",
        "Na Kanarie tweede title was het stil",
        "Kanarie tw…",
        ["Kanarie", "tweede title"],
    )
    review = quarter_review(quarter=date(2020, 4, 1), held_on=date(2020, 7, 6))
    store.close_quarter(review, facts(*said), by="anna")
    clock.at = ON_2026
    for week in range(0, 300, 30):
        store.add(activity(OLD + timedelta(weeks=week), partner_ids=(1,)), by="anna")
    return store


def test_after_a_purge_no_file_holds_a_text_that_is_too_old(full: Store, path: Path):
    copy = path.with_name("tracker.before-restore-20200801T120000Z.db")
    shutil.copy(path, copy)
    before = figures(full)
    assert hits(path.parent).keys() == {path.name, copy.name}
    taken = purge(full)
    assert taken.emptied["incident"] == 2
    left = left_over(path)
    assert left == {"arrangement", "domain_meaning", "glossary_word", "partner", "series_point"}
    assert not copy.exists()
    assert figures(full) == before
    assert full.verify() == []
    assert purge(full).is_empty()


def left_over(path: Path, mark: str = CANARY) -> set[str]:
    """The tables that hold the mark, and "facts", the facts of evaluations, unpacked."""
    with raw(path) as conn:
        told = {line.split('"')[1] for line in conn.iterdump() if line.startswith("INSERT") and mark in line}
        kept = [content for (content,) in conn.execute("SELECT content FROM frozen_facts")]
    return told | ({"facts"} if any(mark.encode() in _opened(one) for one in kept) else set())


def test_what_is_in_use_is_never_old_but_all_of_it_goes_once_it_ended(full: Store, path: Path, clock: Clock):
    for kind in (Partner, Arrangement, GlossaryWord, DomainMeaning, SeriesPoint):
        full.withdraw(kind, 1, seen_version=1, reason="Kanarie voorbij", by="anna")
    purge(full)
    in_use = {"arrangement", "domain_meaning", "glossary_word", "partner", "series_point"}
    assert left_over(path) == in_use | {"history"}
    clock.turn(days=6 * 366)
    purge(full)
    assert hits(path.parent) == {}
    assert full.verify() == []


@pytest.mark.parametrize(
    ("forgotten", "found"),
    [
        ("UPDATE history SET before = NULL, after = NULL, reason = ''", {"incident", "facts"}),
        ("UPDATE incident SET title = '—', place = '', source = '', note = ''", {"history", "facts"}),
        ("DELETE FROM frozen_facts", {"history", "incident"}),
    ],
)
def test_the_check_sees_what_a_careless_purge_leaves(
    full: Store, path: Path, forgotten: str, found: set[str]
):
    """The control: each of three half purges is noticed."""
    with raw(path) as conn:
        for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("PRAGMA secure_delete = OFF")
        conn.execute(forgotten)
    assert found <= left_over(path)
    assert hits(path.parent)[path.name] > 0


def test_the_bytes_of_what_went_are_gone_from_the_file_too(full: Store, path: Path):
    """Also those that no table shows any more; the control deletes the careless way."""
    other = path.with_name("other.db")
    shutil.copy(path, other)
    with raw(other) as conn:
        for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("PRAGMA secure_delete = OFF")
        conn.execute("DELETE FROM framing")
        conn.execute("DELETE FROM history")
    assert b"Kanarie wording" in other.read_bytes()
    purge(full)
    assert b"Kanarie wording" not in path.read_bytes()


def test_a_text_goes_from_a_closed_evaluation_only_when_nobody_says_it_any_more(store: Store, path: Path):
    """The facts keep the rest, word for word, and the history still bears them."""
    store.add(incident(OLD, title="Brand in de Molenwijk", note="Een eigen notitie"), by="anna")
    store.add(incident(OLD, title="Onrust"), by="anna")
    store.add(incident(RECENT, title="Onrust op het plein"), by="anna")
    said = facts("Brand in de Molenwijk", "Na Onrust was het stil", "Een eigen notitie, en meer", 12)
    review = store.close_quarter(quarter_review(), said, by="anna")
    purge(store)
    closed = store.get(QuarterReview, review.id).record
    kept = json.loads(lzma.decompress(store.frozen_facts(closed.digest)))
    assert kept["documents"] == [GONE, "Na Onrust was het stil", f"{GONE}, en meer", 12]
    assert closed.digest != review.record.digest
    assert store.verify() == []


# Whole records.


def ancient_town(store: Store, clock: Clock, *, closed: bool = True) -> None:
    """An incident with what belongs to it, of eleven years ago and entered then, in a closed quarter."""
    clock.at = datetime(2015, 7, 6, 12, tzinfo=UTC)
    store.add(partner(), by="anna")
    store.add_all(
        [
            incident(ANCIENT, title="Oude onrust"),
            activity(ANCIENT, incident_id=-1, partner_ids=(1,)),
            framing(incident_id=-1),
            activity(ANCIENT, partner_ids=(1,)),
        ],
        by="anna",
        batch="oud.csv",
    )
    store.add(incident_review(held_on=ANCIENT), by="anna")
    if closed:
        review = quarter_review(quarter=date(2015, 4, 1), held_on=date(2015, 7, 6))
        store.close_quarter(review, facts("Oude onrust"), by="anna")
    clock.at = ON_2026


def test_after_the_second_term_records_go_with_what_points_at_them(store: Store, path: Path, clock: Clock):
    ancient_town(store, clock)
    taken = purge(store)
    assert taken.gone == {"incident": 1, "activity": 2, "framing": 1, "incident_review": 1}
    assert taken.held == ()
    assert [store.records(kind) for kind in (Incident, Activity, Framing, IncidentReview)] == [[]] * 4
    assert [one.record.name for one in store.records(Partner)] == ["Politie"]
    assert left_over(path, "Oude onrust") == set()
    assert store.verify() == []
    assert store.add(incident(), by="anna").id == 2, "a number is never given twice"
    assert store.imports() == []


def test_a_quarter_that_was_never_closed_keeps_its_records_without_their_texts(store: Store, clock: Clock):
    ancient_town(store, clock, closed=False)
    taken = purge(store)
    assert (taken.gone, taken.emptied["incident"]) == ({}, 1)
    assert {(one.code, one.quarter) for one in taken.held} == {("open_quarter", date(2015, 4, 1))}
    assert len(taken.held) == 5
    assert store.get(Incident, 1).record.title == GONE


def test_what_a_younger_record_points_at_stays_and_is_named_with_it(store: Store, clock: Clock):
    ancient_town(store, clock)
    clock.at = datetime(2020, 7, 6, 12, tzinfo=UTC)
    store.add(activity(OLD, incident_id=1), by="anna")
    clock.at = ON_2026
    held = store.register.over_age().held
    assert [(one.table, one.record_id, one.code, one.by) for one in held] == [
        ("incident", 1, "pointed_at", ("activity", 3))
    ]
    assert purge(store).gone == {"activity": 2, "framing": 1, "incident_review": 1}
    assert store.get(Incident, 1).record.severity == 3
    assert store.verify() == []


def test_who_changed_an_old_record_lately_stays_in_the_history(store: Store, clock: Clock):
    ancient_town(store, clock)
    store.correct(1, incident(ANCIENT, severity=5), seen_version=1, reason="zwaarder", by="bram")
    taken = purge(store)
    assert ("incident", 1, "changed_lately") in [(one.table, one.record_id, one.code) for one in taken.held]
    assert [one.actor for one in store.history(Incident, 1)] == ["anna", "bram"]
    clock.turn(days=4 * 366)
    assert purge(store).gone == {"incident": 1}


def test_the_municipality_decides_the_terms(store: Store, clock: Clock):
    store.add(incident(date(2023, 5, 4), title="Drie jaar oud"), by="anna")
    assert store.register.over_age().is_empty()
    store.register.decide("years_of_text", 2, by="beheer")
    assert store.register.over_age().emptied == {"incident": 1}


@pytest.mark.parametrize(("day", "old"), [(date(2021, 7, 1), 1), (date(2021, 7, 2), 0)])
def test_a_text_goes_on_the_day_it_is_five_years_old(store: Store, day: date, old: int):
    store.add(incident(day), by="anna")
    assert sum(store.register.over_age().emptied.values()) == old


def test_five_years_before_a_leap_day_is_the_last_of_february():
    assert ages.years_before(date(2028, 2, 29), 5) == date(2023, 2, 28)


def test_an_event_of_the_national_list_stays_marked(store: Store):
    event = next(one for one in stores.national_events() if one.happened_on < date(2021, 1, 1))
    own = store.add(event.as_incident("nl"), by="anna")
    purge(store)
    assert store.get(Incident, own.id).record.title == GONE
    found = store.reached(event)
    assert found is not None
    assert found.id == own.id


# What a purge may and may not.


def test_nothing_is_purged_where_somebody_changed_the_database_from_outside(full: Store, path: Path):
    """Told anew, that change would look like one of ours."""
    with raw(path) as conn:
        conn.execute("UPDATE incident SET severity = 5 WHERE id = 1")
    before = path.read_bytes()
    with pytest.raises(Damaged):
        purge(full)
    assert path.read_bytes() == before


def test_a_change_from_outside_is_still_found_after_a_purge(full: Store, path: Path):
    purge(full)
    with raw(path) as conn:
        conn.execute("UPDATE incident SET severity = 5 WHERE id = 1")
    assert {one.code for one in full.verify()} == {"history_differs"}


def test_the_access_log_says_how_much_went_and_between_which_heads(full: Store):
    with raw(full.path) as conn:
        old = conn.execute("SELECT seq, chain FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    taken = purge(full)
    line = full.register.log(limit=1)[0]
    assert (line.action, line.result, line.actor) == ("purge", "ok", "beheer")
    assert line.detail["emptied"] == taken.emptied
    assert line.detail["before"] == list(old)
    assert line.detail["after"][0] == old[0]
    assert line.detail["after"][1] != old[1]
    assert CANARY not in repr(line)


def test_lines_of_the_access_log_go_after_their_term_and_those_about_a_purge_stay(store: Store, clock: Clock):
    clock.at = datetime(2021, 7, 6, 12, tzinfo=UTC)
    store.require("export_rows", by="anna")
    store.add(incident(date(2015, 1, 5)), by="anna")
    purge(store)
    clock.at = ON_2026
    store.require("export_rows", by="bram")
    assert purge(store).log_lines == 1
    assert [(one.action, one.actor) for one in store.register.log(limit=9)] == [
        ("purge", "beheer"),
        ("export_rows", "bram"),
        ("purge", "beheer"),
    ]
    assert store.verify() == []


def test_what_was_read_before_a_purge_is_not_taken_for_what_stands(full: Store):
    """Pages keep what they read for as long as these do not move."""
    before = full.state(), full.state_apart_from(Agreement)
    purge(full)
    assert full.state() != before[0]
    assert full.state_apart_from(Agreement) != before[1]


# One record, because somebody asks.


def test_the_texts_of_one_record_go_when_somebody_asks_and_nothing_else_does(store: Store, path: Path):
    store.add(incident(RECENT, title="Kanarie op het dak", note="Kanarie zelf"), by="anna")
    store.correct(1, incident(RECENT, title="Kanarie eraf"), seen_version=1, reason="Kanarie weg", by="anna")
    store.add(incident(RECENT, title="Iets anders"), by="anna")
    said = facts("Kanarie op het dak", "Iets anders")
    store.close_quarter(quarter_review(), said, by="anna")
    before = figures(store)
    store.register.erase_text(Incident, 1, by="beheer", reason_code="asked")
    assert hits(path.parent) == {}
    assert store.get(Incident, 1).record == incident(RECENT, title=GONE)
    told = [(one.action, one.reason) for one in store.history(Incident, 1)]
    assert told == [("add", ""), ("correct", GONE), ("correct", GONE)]
    assert store.get(Incident, 2).record.title == "Iets anders"
    assert figures(store) == before
    assert store.verify() == []
    line = store.register.log(limit=1)[0]
    assert (line.action, line.object, line.detail["reason"]) == ("purge", "incident 1", "asked")


def test_a_record_of_an_import_is_emptied_without_a_complaint_about_the_import(full: Store):
    full.register.erase_text(Framing, 1, by="beheer", reason_code="mistake")
    assert full.get(Framing, 1).record.wording == GONE
    assert full.verify() == []


def test_who_still_has_the_old_text_in_a_form_cannot_save_it_over_unseen(store: Store):
    """Nor undo what they did before: both name the version they saw."""
    seen = store.add(incident(RECENT, title="Kanarie"), by="anna")
    store.register.erase_text(Incident, 1, by="beheer", reason_code="asked")
    with pytest.raises(Conflict):
        store.correct(1, seen.record, seen_version=seen.version, reason="spelling", by="anna")
    assert store.get(Incident, 1).version == 2
    store.register.erase_text(Incident, 1, by="beheer", reason_code="asked")
    assert store.get(Incident, 1).version == 2, "there was nothing left to take"
    assert store.verify() == []


def test_two_organisations_that_were_emptied_still_differ(store: Store):
    for name in ("Jan de Vries", "Piet de Vries"):
        own = store.add(partner(name), by="anna")
        store.register.erase_text(Partner, own.id, by="beheer", reason_code="personal_data")
    assert {one.record.name for one in store.records(Partner)} == {"— 1", "— 2"}
    assert store.verify() == []


def test_what_is_not_there_and_why_nobody_knows_is_refused(store: Store):
    with pytest.raises(UnknownRecord):
        store.register.erase_text(Incident, 7, by="beheer", reason_code="asked")
    with pytest.raises(InvalidRecord, match="unknown_code"):
        store.register.erase_text(Incident, 7, by="beheer", reason_code="zomaar")


def test_the_name_of_a_series_goes_with_its_points_or_when_somebody_asks(store: Store):
    """It is what they are added up by: emptied by age, each point would be a series of its own."""
    store.add(series_point(OLD, series="Kanarie"), by="anna")
    assert store.register.over_age().is_empty()
    store.register.erase_text(SeriesPoint, 1, by="beheer", reason_code="asked")
    assert store.get(SeriesPoint, 1).record.series == "— 1"


# Copies beside the database.


def test_copies_of_our_own_making_go_when_they_are_too_old(full: Store, path: Path):
    upgrade, restored = "tracker.v3-{}.db", "tracker.before-restore-{}.db"
    old = [
        upgrade.format("20260501T120000Z"),
        restored.format("20260526T120000Z"),
        "tracker-20260101T000000Z.db",
    ]
    young = ["tracker.v3-20260630T120000Z.db", "tracker-20260528T120000Z.db"]
    others = [upgrade.format("99999999T999999Z"), "copy.db", "other-20200101T000000Z.db"]
    for name in (*old, *young, *others):
        shutil.copy(path, path.with_name(name))
    stranger = path.with_name("tracker-20200101T000000Z.db")
    stranger.write_text("van iemand anders")
    told = {one.name: (day, ripe) for one, (day, ripe) in full.register.old_copies().items()}
    assert told.keys() == {*old, *young}
    assert told["tracker.v3-20260630T120000Z.db"] == (date(2026, 8, 4), False)
    assert {name for name, (_, ripe) in told.items() if ripe} == set(old)
    purge(full)
    left = {one.name for one in path.parent.iterdir()}
    assert left == {path.name, stranger.name, *young, *others}


# Killed at any moment.


def _purges(path: Path, said: int) -> None:
    os.write(said, b"begun\n")
    stores.open(path, now=lambda: ON_2026).register.purge(by="kill")
    os.write(said, b"done\n")


def killed(path: Path, work: Callable[[Path, int], None], seconds: float | None) -> list[str]:
    """What `work` said in a process of its own that was killed so long after its first word; None: as soon as
    it said the second."""
    heard, said = os.pipe()
    process = multiprocessing.get_context("fork").Process(target=work, args=(path, said))
    process.start()
    os.close(said)
    with os.fdopen(heard) as lines:
        first = lines.readline()
        if seconds is None:
            first += lines.readline()
        else:
            time.sleep(seconds)
        process.kill()
        told = (first + lines.read()).split()
    process.join()
    return told


_MOVING = ("revision", "access_log", "sqlite_sequence")  # with every try and every refusal


def _contents(path: Path) -> list[str]:
    with raw(path) as conn:
        return [
            line
            for line in conn.iterdump()
            if not line.startswith(tuple(f'INSERT INTO "{table}"' for table in _MOVING))
        ]


@pytest.fixture
def big(full: Store, path: Path) -> tuple[list[str], list[str]]:
    """What stands before and after a purge of a few hundred more records."""
    many = [incident(OLD, title=f"Kanarie {n}", note="x" * 200) for n in range(100)]
    full.add_all(many, by="import", batch="veel.csv")
    with tempfile.TemporaryDirectory(dir=path.parent.parent) as folder:
        other = Path(folder) / "tracker.db"
        shutil.copy(path, other)
        stores.open(other, now=lambda: ON_2026).register.purge(by="kill")
        return _contents(path), _contents(other)


def test_a_purge_that_is_killed_did_all_or_nothing(big: tuple[list[str], list[str]], path: Path):
    """T4: thirty times. What it acknowledged it did; what it did not acknowledge is whole or not begun."""
    chance, ends, before = random.Random(68), [], path.read_bytes()
    started = time.monotonic()
    assert killed(path, _purges, None) == ["begun", "done"]
    all_of_it = time.monotonic() - started
    moments = [0.0, *(chance.uniform(0, 1.1 * all_of_it) for _ in range(28)), None]
    for moment in moments:
        path.write_bytes(before)
        told = killed(path, _purges, moment)
        assert told[0] == "begun"
        reopened = stores.open(path, now=lambda: ON_2026)
        assert reopened.verify() == []
        found = _contents(path)
        assert found in big
        assert found == big[1] or "done" not in told
        ends.append(("done" in told, found == big[1]))
    assert {True, False} == {whole for _, whole in ends}, "some were killed before, and some after"
    done, said = (sum(one[place] for one in ends) for place in (1, 0))
    print(f"\nkilled {len(ends)} times: {done} whole, of which {said} acknowledged")


def test_the_kill_test_sees_a_purge_that_is_not_one_transaction(big: tuple[list[str], list[str]], path: Path):
    """The control: half of it is neither before nor after."""
    with raw(path) as conn:
        conn.execute("UPDATE incident SET title = '—', note = '' WHERE id <= 50")
    assert _contents(path) not in big
    assert stores.open(path, now=lambda: ON_2026).verify() != []


@pytest.mark.parametrize(
    "folder", sorted((Path(__file__).parent / "released").glob("v*")), ids=lambda one: one.name
)
def test_a_database_of_every_released_version_is_purged_and_stays_sound(
    folder: Path, path: Path, clock: Clock
):
    """Forty years on all of it is old; what is left has no text but the names of what is in use."""
    shutil.copy(folder / "tracker.db", path)
    clock.at = datetime(2066, 7, 1, 12, tzinfo=UTC)
    store = stores.open(path, now=clock)
    taken = purge(store)
    assert taken.emptied
    assert store.verify() == []
    assert purge(store).is_empty()
    titles = {one.record.title for one in store.records(Incident, withdrawn=True)}
    assert titles <= {GONE}
