"""Trust T5: a power cut at any moment loses nothing that was acknowledged and leaves a sound database.

The product's own statements with its own settings, on a simulated disk (`power`); 2,000 cuts and more by
`python -m bench.durability`. Less careful settings, or a product that forgets a flush, lose in the same test.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.store.logbook import fresh_folder, incident, now, partner, quarter_review
from tests.trust.power import Cut, Log, Recording, after_cut, cuts, play, record
from tracker import store as stores
from tracker.records import Incident
from tracker.store import files
from tracker.store.connection import JOURNAL

OWN = ("TRUNCATE", "FULL")  # what tracker/store/connection.py takes with SQLite before 3.51.3
NEWER = ("WAL", "FULL")  # and from there on
CUTS = 40


@dataclass(frozen=True)
class Told:
    """How many cuts left something unsound, lost something acknowledged, or lost a finished backup."""

    cuts: int
    unsound: int
    lost: int
    most_lost: int
    backups_lost: int


def told(found: list[Cut]) -> Told:
    return Told(
        len(found),
        sum(not one.sound for one in found),
        sum(one.lost > 0 for one in found),
        max((one.lost for one in found if one.sound), default=0),
        sum(one.backups_lost > 0 for one in found),
    )


def a_working_day(folder: Path, rounds: int = 6) -> Recording:
    """A database made, entries, corrections, imports, an undo, closed evaluations and backups."""
    path, rnd = folder / "tracker.db", random.Random(9)
    with record(folder) as recording:
        store = stores.create(path, now=now)
        recording.ack(path)
        for number in range(rounds):
            first = 31 * number + 1
            store.add(incident(title=f"Onrust {number}", note="x" * rnd.randint(1, 1900)), by="anna")
            recording.ack(path)
            again = incident(title=f"Anders {number}")
            store.correct(first, again, seen_version=1, reason="titel", by="bert")
            recording.ack(path)
            many = [partner(f"Partner {number}"), *[incident(note="y" * 900)] * 30]
            store.add_all(many, by="import", batch=f"b{number}")
            recording.ack(path)
            store.withdraw(Incident, first, seen_version=2, reason="dubbel", by="anna")
            recording.ack(path)
            if number % 3 == 1:
                store.undo_batch(f"b{number}", reason="verkeerd bestand", by="anna")
                recording.ack(path)
                facts = f"feiten {number} ".encode() * 3_000
                store.close_quarter(quarter_review(quarter=date(2010 + number, 1, 1)), facts, by="anna")
                recording.ack(path)
                store.backup(path.with_name("copy.db"))
                recording.ack(path, backup="copy.db")
    return recording


@pytest.fixture(scope="module")
def day() -> Iterator[Recording]:
    with fresh_folder() as folder:
        yield a_working_day(folder)


def tried(log: Log, day: Recording, strict: bool, number: int = CUTS) -> Told:
    with fresh_folder() as work:
        return told(list(cuts(log, day, number, seed=1, strict=strict, work=work)))


@pytest.mark.parametrize("settings", [(), OWN if JOURNAL == "WAL" else NEWER])
def test_no_power_cut_loses_what_was_acknowledged(day: Recording, settings: tuple[str, ...]):
    """Without settings the statements are played exactly as the product gave them here; with them, as it
    gives them elsewhere."""
    log = play(day, *settings)
    for strict in (False, True):
        assert tried(log, day, strict) == Told(CUTS, 0, 0, 0, 0)


def test_the_settings_of_the_product_are_in_what_is_played(day: Recording):
    """On each connection that wrote, which may have waited since its settings were given."""
    given = [line[2:4] for line in day.lines if line[0] == "sql" and line[1] == "tracker.db"]
    said = [sql for _, sql in given]
    careful, wrote = (
        {number for number, sql in given if sql == wanted}
        for wanted in ("PRAGMA synchronous = FULL", "COMMIT")
    )
    assert wrote <= careful
    assert not [sql for sql in said if "synchronous" in sql and "FULL" not in sql]
    assert said.count("COMMIT") == len(day.states) - 1
    assert said.count(f"PRAGMA journal_mode = {JOURNAL}") == said.count("BEGIN IMMEDIATE")


@pytest.mark.parametrize("settings", [("WAL", "NORMAL"), ("DELETE", "FULL"), ("TRUNCATE", "NORMAL")])
def test_less_careful_settings_lose_what_was_acknowledged(day: Recording, settings: tuple[str, ...]):
    """The control: the same cuts, the same check."""
    assert tried(play(day, *settings), day, strict=False, number=30).lost > 0


def test_without_any_flush_the_database_itself_is_damaged(day: Recording):
    found = tried(play(day, "TRUNCATE", "OFF"), day, strict=False, number=20)
    assert found.unsound > 0


@pytest.mark.parametrize("forgotten", ["settle", "flush"])
def test_a_flush_that_the_product_forgets_is_noticed(monkeypatch, forgotten: str):
    """The control of names and copies: a new database without its folder, a backup without its content."""
    monkeypatch.setattr(files, forgotten, lambda path: None)
    with fresh_folder() as folder:
        day = a_working_day(folder, rounds=3)
        found = tried(play(day), day, strict=True)
    assert (found.unsound if forgotten == "settle" else found.backups_lost) > 0


def test_what_was_flushed_stays_and_what_was_not_may_go():
    """The model of the disk in small: a name without its folder, a content without its flush."""
    asked = [
        ("named", "a", 1),
        ("write", 1, 0, b"x" * 2048),
        ("flush", 1, False),
        ("write", 1, 0, b"y" * 2048),
    ]
    outcomes = {
        strict: [after_cut(asked, random.Random(seed), strict=strict) for seed in range(60)]
        for strict in (False, True)
    }
    assert all(set(one["a"]) <= set(b"xy") and len(one["a"]) == 2048 for one in outcomes[False])
    assert {one["a"][:1] + one["a"][-1:] for one in outcomes[False]} == {b"xx", b"yy", b"yx"}
    assert {"a" in one for one in outcomes[True]} == {True, False}
    settled = [*asked, ("flush", 1, False), ("flush folder",)]
    assert after_cut(settled, random.Random(1), strict=True) == {"a": b"y" * 2048}
