"""The national events and threat levels that ship with the product: read-only context beside the log."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from tracker.analysis.threat_level import CERTAIN, WORDS, Announcement
from tracker.records import Incident
from tracker.store.rows import SELECT_STORED, Stored, stored_rows

FOLDER = Path(__file__).resolve().parents[2] / "data" / "national"
EVENTS, LEVELS = FOLDER / "incidents.csv", FOLDER / "threat_level.csv"


@dataclass(frozen=True, kw_only=True)
class NationalEvent:
    """A public event somewhere in the country; `happened_on` and `source` together name it.

    `place` is empty for the whole country. `certain` False: the day is inferred, or the first of its month.
    `averted`: it was prevented, so it counts apart.
    """

    happened_on: date
    place: str
    title_nl: str
    title_en: str
    kind: str
    severity: int
    certain: bool
    averted: bool
    source: str

    def title(self, language: str) -> str:
        """The title in Dutch, or in English for "en"."""
        return self.title_en if language == "en" else self.title_nl

    def as_incident(self, language: str) -> Incident:
        """What a municipality that it reached adds to its own log."""
        return Incident(
            happened_on=self.happened_on,
            title=self.title(language),
            severity=self.severity,
            kind=self.kind,
            place=self.place,
            scale="national",
            averted=self.averted,
            reached=True,
            source=self.source,
        )


@cache
def national_events() -> tuple[NationalEvent, ...]:
    """All events, ascending by day; read once."""
    with EVENTS.open(encoding="utf-8", newline="") as file:
        return tuple(_event(row) for row in csv.DictReader(file))


@cache
def threat_levels() -> tuple[Announcement, ...]:
    """All announcements of the threat level, ascending by day; read once."""
    with LEVELS.open(encoding="utf-8", newline="") as file:
        return tuple(_level(row) for row in csv.DictReader(file))


def reached(db: Database, event: NationalEvent) -> Stored[Incident] | None:
    """The incident that `event` became in this log, or None."""
    statement = (
        f"{SELECT_STORED[Incident]} WHERE t.withdrawn = 0 AND t.happened_on = ? AND t.source = ? "
        "ORDER BY t.id LIMIT 1"
    )
    found = stored_rows(db, Incident, statement, (event.happened_on.isoformat(), event.source))
    return next(iter(found), None)


def _level(row: dict[str, str]) -> Announcement:
    assert row["word"] in WORDS, row
    assert row["certain"] in CERTAIN, row
    return Announcement(
        day=date.fromisoformat(row["date"]),
        word=row["word"],
        levels=int(row["levels"]),
        area=row["area"],
        certain=row["certain"],
        source=row["source"],
    )


def _event(row: dict[str, str]) -> NationalEvent:
    assert row["certain"] in ("yes", "partly"), row
    assert row["averted"] in ("yes", "no"), row
    return NationalEvent(
        happened_on=date.fromisoformat(row["date"]),
        place=row["place"],
        title_nl=row["title_nl"],
        title_en=row["title_en"],
        kind=row["kind"],
        severity=int(row["severity"]),
        certain=row["certain"] == "yes",
        averted=row["averted"] == "yes",
        source=row["source"],
    )
