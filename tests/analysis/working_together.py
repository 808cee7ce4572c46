"""Builders of who worked with whom with defaults, so that a test only says what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from tracker.analysis.cooperation import Cooperation
from tracker.records import Agreement, Arrangement, CheckBack, Framing, Incident, IncidentReview, Partner

SINCE = date(2022, 1, 1)
UNTIL = date(2024, 12, 31)
LOG_BEGAN = date(2022, 1, 1)
CREW = 1


@dataclass(frozen=True, kw_only=True)
class Met:
    """One logged row: who took part ("PQ": two organisations), tied to what (ids, 0 for nothing)."""

    day: date
    who: str = ""
    arrangement: int = 0
    incident: int = 0
    lead: str = ""
    count: int = 1
    kind: str = "regular_meeting"
    phase: str = ""


def number(letter: str) -> int:
    """The id of an organisation that is called by one letter, 0 for none."""
    return ord(letter) - ord("A") + 1 if letter else 0


def letters(ids: Iterable[int]) -> str:
    """The organisations of these ids by their letters, in the order given."""
    return "".join(chr(ord("A") + one - 1) for one in ids)


def couples(pairs: Iterable[tuple[int, int]]) -> list[str]:
    """ "PQ" for every pair, in the order of the alphabet."""
    return sorted(letters(pair) for pair in pairs)


def met(day: date, who: str = "", arrangement: int = 0, **more: object) -> Met:
    """A row of the log."""
    return Met(day=day, who=who, arrangement=arrangement, **more)  # type: ignore[arg-type]


def an_arrangement(name: str = "Weegploeg", **changed: object) -> Arrangement:
    return Arrangement(**{"name": name, "kind": "local_triangle", **changed})  # type: ignore[arg-type]


def an_incident(day: date, severity: int = 3, **changed: object) -> Incident:
    known = {"happened_on": day, "title": "Onrust", "severity": severity}
    return Incident(**{**known, **changed})  # type: ignore[arg-type]


def an_agreement(due_on: date, **changed: object) -> Agreement:
    known = {"text": "Elke maand bellen", "owner_id": number("P"), "due_on": due_on}
    return Agreement(**{**known, **changed})  # type: ignore[arg-type]


def an_answer(answered_on: date, answer: str = "lives", **changed: object) -> CheckBack:
    known = {"incident_id": 1, "after_days": 30, "answered_on": answered_on, "answer": answer}
    return CheckBack(**{**known, **changed})  # type: ignore[arg-type]


def cooperation(
    *rows: Met,
    until: date = UNTIL,
    since: date = SINCE,
    arrangements: Iterable[Arrangement] = (),
    incidents: Iterable[Incident] = (),
    agreements: Iterable[Agreement] = (),
    answers: Iterable[CheckBack] = (),
    framings: Iterable[Framing] = (),
    looked_back: Iterable[IncidentReview] = (),
    domains: Mapping[str, str] | None = None,
    known_before: str = "",
    first_met: Mapping[int, date] | None = None,
) -> Cooperation:
    """What is known of these rows; records get the ids 1, 2, 3 in the order they are given.

    Every letter is an organisation; its domain is its own letter unless `domains` says another. An
    arrangement first met on the first of its rows unless `first_met` says another. All incidents count.
    """
    ordered = sorted((row for row in rows if since <= row.day <= until), key=lambda row: row.day)
    made, happened, agreed = (
        dict(enumerate(records, start=1)) for records in (arrangements, incidents, agreements)
    )
    started = {
        one: min(row.day for row in rows if row.arrangement == one)
        for one in {row.arrangement for row in rows if row.arrangement}
    }
    return Cooperation(
        since=since,
        until=until,
        partners={
            number(letter): Partner(name=letter, domain=(domains or {}).get(letter, letter))
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        },
        arrangements=made,
        incidents=happened,
        counts=frozenset(happened),
        agreements=agreed,
        check_backs=tuple(answers),
        attendance=_attendance(ordered),
        activities=_activities(ordered),
        known_before=frozenset(map(number, known_before)),
        framings=tuple(framings),
        looked_back={one.incident_id: one for one in looked_back},
        first_met={**started, **(first_met or {})},
    )


def _attendance(rows: list[Met]) -> pd.DataFrame:
    there = [
        (place, row.day, row.arrangement, number(letter))
        for place, row in enumerate(rows, start=1)
        for letter in row.who
    ]
    return _frame(there, ["activity", "day", "arrangement", "partner"])


def _activities(rows: list[Met]) -> pd.DataFrame:
    logged = [
        (place, row.day, row.arrangement, row.incident, number(row.lead), len(row.who), row.count, row.kind)
        for place, row in enumerate(rows, start=1)
    ]
    names = ["activity", "day", "arrangement", "incident", "lead", "partners", "count", "kind"]
    return _frame(logged, names).assign(phase=[row.phase for row in rows])


def _frame(rows: list[tuple[object, ...]], names: list[str]) -> pd.DataFrame:
    """As the store reads it: whole numbers, and days also where there is no row."""
    frame = pd.DataFrame(rows, columns=names)
    whole = {name: "int64" for name in names if name not in ("day", "kind", "phase")}
    return frame.astype(whole).assign(day=pd.to_datetime(frame["day"]))
