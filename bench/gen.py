"""Seeded logs of a thousand to a million activities: python -m bench.gen CACHE [--sizes ...].

Ten years up to a day, the same records for the same size and day. Made through the store, so every rule and
the whole history are real: a year of activities comes in as one import, the last of them one by one, and some
of those are corrected. A log ten times as long has twice as many arrangements, organisations and incidents.
A made log is kept in the cache and only copied.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from tracker import store as stores
from tracker.records import Activity, Agreement, Arrangement, Incident, Partner
from tracker.store import Store

SIZES = (1_000, 10_000, 100_000, 1_000_000)
YEARS, BY = 10, "bench"
DOMAINS = ("safety", "social", "education", "care")
CADENCES = ("FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3")
KINDS = ("training", "regular_meeting", "dialogue", "aftercare")
_MADE = "2"  # another number when the logs change: what an older version made is not used
_HELD, _MOST_SINGLY, _MOST_CORRECTED = 0.9, 1_000, 250


def main() -> None:
    """Makes what the cache does not hold yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="activities in the log")
    wanted = parser.parse_args()
    for size in wanted.sizes:
        print(kept(wanted.cache, size))


def this_week() -> date:
    """The day up to which a log goes by itself: one of last year would show nothing but silence."""
    today = datetime.now(UTC).date()
    return today - timedelta(days=today.weekday())


def kept(cache: Path, size: int, until: date | None = None) -> Path:
    """The log of this size in the cache, made when it is not there; copy it before writing in it."""
    day = until or this_week()
    path = cache / f"{size}-{day:%Y%m%d}-{_MADE}.db"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            made = make(Path(folder) / "made.db", size, day)
            os.replace(made.path, path)
    return path


def copied(cache: Path, size: int, folder: Path) -> Path:
    """A log of this size to write in, with nothing else beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(kept(cache, size), folder / "tracker.db"))


def make(path: Path, size: int, until: date) -> Store:
    """A new log of `size` activities of the ten years before `until`."""
    chance = random.Random(size)
    first = until - timedelta(days=round(365.25 * YEARS))
    made_at = datetime.combine(until, time(7, 30), UTC)
    store = stores.create(path, now=lambda: made_at, municipality="Vliethoven")
    tenfold = 2.0 ** max(0.0, math.log10(size / 1_000))
    names = [Partner(name=f"Organisatie {n}", domain=DOMAINS[n % 4]) for n in range(round(20 * tenfold))]
    partners = store.add_all(names, by=BY, batch="organisations")
    standing = [_arrangement(n, first, partners) for n in range(round(5 * tenfold))]
    arrangements = store.add_all(standing, by=BY, batch="arrangements")
    happened = [incident(n, _some_day(chance, first, until)) for n in range(round(30 * tenfold))]
    incidents = store.add_all(happened, by=BY, batch="incidents")
    promised = [
        agreement(_some_day(chance, first, until), chance.choice(partners))
        for _ in range(round(40 * tenfold))
    ]
    store.add_all(promised, by=BY, batch="agreements")
    held = dict(zip(arrangements, standing, strict=True))
    rows = sorted(
        _activities(chance, size, (first, until), partners, held, incidents),
        key=lambda one: one.happened_on,
    )
    _log(store, rows, chance)
    return store


def _log(store: Store, rows: list[Activity], chance: random.Random) -> None:
    """All but the last by import, a year at a time; the last one by one, and some of those corrected."""
    singly = min(_MOST_SINGLY, len(rows) // 50)
    for year, some in groupby(rows[: len(rows) - singly], key=lambda one: one.happened_on.year):
        store.add_all(list(some), by=BY, batch=f"activities of {year}")
    stored = [store.add(one, by=BY) for one in rows[len(rows) - singly :]]
    for one in chance.sample(stored, min(_MOST_CORRECTED, singly // 4)):
        better = replace(one.record, title="Overleg na de zomer")
        store.correct(one.id, better, seen_version=one.version, reason="onderwerp vergeten", by=BY)


def _activities(
    chance: random.Random,
    size: int,
    between: tuple[date, date],
    partners: list[int],
    arrangements: dict[int, Arrangement],
    incidents: list[int],
) -> Iterator[Activity]:
    """First the agreed meetings of every arrangement, nine of ten held; then half loose and half in them."""
    agreed = [
        (number, day)
        for number, one in arrangements.items()
        for day in _due(one, *between)
        if chance.random() < _HELD
    ]
    for number, day in agreed[:size]:
        yield _activity(chance, day, partners, number, None)
    numbers = list(arrangements)
    for _ in range(size - len(agreed)):
        within = chance.choice(numbers) if chance.random() < 0.5 else None
        after = chance.choice(incidents) if chance.random() < 0.05 else None
        yield _activity(chance, _some_day(chance, *between), partners, within, after)


def _due(one: Arrangement, first: date, until: date) -> Iterator[date]:
    from dateutil.rrule import rrulestr

    begins = datetime.combine(first, time())
    yield from (
        day.date() for day in rrulestr(one.cadence, dtstart=begins).between(begins, _end(until), inc=True)
    )


def _end(until: date) -> datetime:
    return datetime.combine(until - timedelta(days=1), time())


def _arrangement(number: int, first: date, partners: list[int]) -> Arrangement:
    start = number % (len(partners) - 6)
    return Arrangement(
        name=f"Overleg {number}",
        kind="local_triangle",
        cadence=CADENCES[number % 3],
        started_on=first,
        owner_id=partners[number % len(partners)],
        partner_ids=tuple(partners[start : start + 6]),
    )


def incident(number: int, day: date) -> Incident:
    """One of a seeded log, of any severity."""
    return Incident(happened_on=day, title=f"Onrust {number}", severity=1 + number % 5)


def agreement(day: date, owner: int) -> Agreement:
    """One of a seeded log, due two months after its day."""
    return Agreement(text="Elke maand bellen", owner_id=owner, due_on=day + timedelta(days=60), made_on=day)


def _activity(
    chance: random.Random, day: date, partners: list[int], within: int | None, after: int | None
) -> Activity:
    return Activity(
        happened_on=day,
        kind=chance.choice(KINDS),
        arrangement_id=within,
        incident_id=after,
        partner_ids=tuple(chance.sample(partners, chance.randrange(2, 6))),
        phase=chance.choice(("primary", "secondary", "tertiary", "")),
    )


def _some_day(chance: random.Random, first: date, until: date) -> date:
    return first + timedelta(days=chance.randrange((until - first).days))


if __name__ == "__main__":
    main()
