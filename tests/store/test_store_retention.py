"""What is too old goes, texts first and whole records later, and every count stays (T68, T69; BIO2 5.33.01).

The slow, obvious way to see that a text is gone: look for its bytes in every file, unpacked where it is packed.
"""

from __future__ import annotations

import json
import lzma
import shutil
import tempfile
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
from tracker.analysis.question import Question
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    Framing,
    Incident,
    IncidentReview,
    InvalidRecord,
    Partner,
    QuarterReview,
    Record,
    SeriesPoint,
    longest,
)
from tracker.store import KINDS, Damaged, Denied, Store, UnknownRecord, Visitor
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


def counts(store: Store) -> Any:
    """What every figure is made of: the log as the verdict reads it, without any words."""
    log = store.log(Question(until=date(2026, 6, 30), first=date(2010, 1, 1)))
    days = [(one.happened_on, one.severity, one.kind) for one in log.incidents]
    return days, log.daily.to_dict() if hasattr(log.daily, "to_dict") else log.daily


def test_a():
    pass


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


@pytest.fixture
def full(store: Store) -> Store:
    """One record of each kind of six years ago, with the canary in every text, corrected and imported."""
    records = [on(filled(make()), OLD) for make in ONE_OF_EACH if make is not quarter_review]
    store.add_all(records, by="import", batch="lijst.csv")
    for kind in (Incident, Activity, Agreement):
        now_said = store.get(kind, 1).record
        later = filled(now_said, "Kanarie tweede")
        store.correct(1, later, seen_version=1, reason="Kanarie reden", by="anna")
    store.withdraw(Partner, 1, seen_version=1, reason="Kanarie weg", by="anna") if False else None
    store.add(filled(on(incident(), OLD)), by="anna")
    store.withdraw(Incident, 2, seen_version=1, reason="Kanarie dubbel", by="anna")
    store.remember_columns({"Kanarie kolom": "title"})
    return store


def test_debug(full: Store, path: Path):
    assert full.verify() == []
    print(hits(path.parent))
    print(full.register.over_age())
    print(purge(full))
    print(hits(path.parent))
    assert full.verify() == []
    with raw(path) as conn:
        for r in conn.iterdump():
            if CANARY in r: print(r[:300])
    assert 0
