"""Entries for tests of the store: builders with defaults, a clock that stands still, a store of its own."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tracker import store as stores
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Goal,
    Incident,
    IncidentReview,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Recess,
    ReviewNote,
    Scan,
    SeriesPoint,
    Silence,
)
from tracker.store import Store

# Every save waits for the disk; in memory the tests need not. A killed process loses nothing there either.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
DAY = date(2026, 6, 1)
QUARTER = date(2026, 4, 1)


def now() -> datetime:
    return NOON


def partner(name: str = "Politie", **changed: Any) -> Partner:
    return Partner(**{"name": name, "domain": "safety", **changed})


def arrangement(name: str = "Weegploeg", **changed: Any) -> Arrangement:
    return Arrangement(**{"name": name, "kind": "local_triangle", **changed})


def incident(happened_on: date = DAY, **changed: Any) -> Incident:
    return Incident(**{"happened_on": happened_on, "title": "Onrust", "severity": 3, **changed})


def activity(happened_on: date = DAY, **changed: Any) -> Activity:
    return Activity(**{"happened_on": happened_on, "kind": "training", **changed})


def occurrence(arrangement_id: int = 1, due_on: date = DAY, **changed: Any) -> Occurrence:
    return Occurrence(**{"arrangement_id": arrangement_id, "due_on": due_on, "state": "not_held", **changed})


def silence(**changed: Any) -> Silence:
    return Silence(
        **{
            "first_day": date(2026, 5, 1),
            "last_day": date(2026, 5, 31),
            "answer": "nothing_happened",
            **changed,
        }
    )


def pause(arrangement_id: int = 1, **changed: Any) -> Pause:
    days = {"first_day": date(2026, 5, 1), "last_day": date(2026, 5, 31), "reason": "ziekte"}
    return Pause(**{"arrangement_id": arrangement_id, **days, **changed})


def recess(name: str = "Herfst", **changed: Any) -> Recess:
    return Recess(
        **{"name": name, "first_day": date(2026, 10, 17), "last_day": date(2026, 10, 25), **changed}
    )


def agreement(text: str = "Elke maand bellen", **changed: Any) -> Agreement:
    return Agreement(**{"text": text, "owner_id": 1, "due_on": date(2026, 9, 1), "made_on": DAY, **changed})


def check_back(**changed: Any) -> CheckBack:
    known = {"incident_id": 1, "after_days": 30, "answered_on": DAY, "answer": "nothing_left"}
    return CheckBack(**{**known, **changed})


def framing(**changed: Any) -> Framing:
    return Framing(**{"incident_id": 1, "domain": "care", "wording": "Er was angst", **changed})


def incident_review(**changed: Any) -> IncidentReview:
    return IncidentReview(**{"incident_id": 1, "held_on": DAY, "result": "Het bleef rustig", **changed})


def series_point(happened_on: date = DAY, **changed: Any) -> SeriesPoint:
    return SeriesPoint(**{"happened_on": happened_on, "series": "Media", "value": 4.0, **changed})


def goal(text: str = "Overleg dat doorgaat", **changed: Any) -> Goal:
    known = {"text": text, "measure": "meetings_held", "target": 80.0, "due_on": date(2026, 12, 31)}
    return Goal(**{**known, **changed})


def glossary_word(name: str = "Zorgsignaal", **changed: Any) -> GlossaryWord:
    return GlossaryWord(**{"name": name, "meaning": "Iets wat ons opvalt", **changed})


def domain_meaning(**changed: Any) -> DomainMeaning:
    return DomainMeaning(**{"word_id": 1, "domain": "care", "meaning": "Een kind valt op", **changed})


def planned_share(**changed: Any) -> PlannedShare:
    return PlannedShare(**{"phase": "primary", "domain": "social", "share": "lead", **changed})


def review_note(**changed: Any) -> ReviewNote:
    return ReviewNote(**{"quarter": QUARTER, "topic": "quiet", "note": "Dat is goed zo", **changed})


def quarter_review(**changed: Any) -> QuarterReview:
    return QuarterReview(**{"quarter": QUARTER, "held_on": DAY, **changed})


def scan(**changed: Any) -> Scan:
    return Scan(**{"quarter": QUARTER, "opened_on": DAY, **changed})


@contextmanager
def fresh_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


@contextmanager
def fresh_store() -> Iterator[Store]:
    """A store for tests that draw many examples, where a fixture would be shared between them."""
    with fresh_folder() as folder:
        yield stores.create(folder / "tracker.db", now=now)


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as somebody with another program sees it, without our settings."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        yield conn


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file in a folder with the hash of its content: what a refusal must leave alone."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
