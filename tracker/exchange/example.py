"""The example municipality: three invented years in a database of its own, always ending this week."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from tracker import store as databases
from tracker.exchange.preview import Finds, Found, Preview
from tracker.exchange.reading import read
from tracker.exchange.tables_out import RECORDS
from tracker.exchange.writing import write
from tracker.records import (
    DUTCH_TIME,
)
from tracker.store import Store, Stored, StoreError

MUNICIPALITY = "Vliethoven"
TABLES = (
    *("partners", "incidents", "arrangements", "activities", "agreements", "check_backs", "framings"),
    *("goals", "glossary", "meanings", "series"),
)
FILES = Path(__file__).resolve().parents[2] / "data" / "example"
# The Sunday of the week in which the files end: whole weeks from here keep every weekday what it is.
AS_OF = date(2026, 11, 29)


def load(path: Path, *, now: Callable[[], datetime], by: str) -> Store:
    """The example database at `path`, made when it is not there and renewed when its week has passed.

    An example in which somebody added or changed anything stays as it is. Raises `StoreError`
    ("not_example") for any other database, and what `store.open` raises for a file that is not ours.
    """
    sunday = _sunday(now().astimezone(DUTCH_TIME).date())
    if path.exists():
        standing = databases.open(path, now=now)
        if not standing.about().example:
            raise StoreError(path, "not_example")
        if not _outdated(standing, _batch(sunday)):
            return standing
    _build(path, sunday, now=now, by=by)
    return databases.open(path, now=now)


def _build(path: Path, sunday: date, *, now: Callable[[], datetime], by: str) -> None:
    """Makes the database aside and moves it into place, so that nobody meets half an example."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".example-") as aside:
        made = Path(aside) / path.name
        store = databases.create(made, now=now, municipality=MUNICIPALITY, example=True)
        preview = read([FILES / f"{table}.csv" for table in TABLES], store, today=AS_OF)
        assert not preview.problems, preview.problems
        write(store, _moved(preview, sunday - AS_OF), by=by, batch=_batch(sunday))
        os.replace(made, path)


def _moved(preview: Preview, distance: timedelta) -> Preview:
    return replace(preview, found=Finds(_moved_row(row, distance) for row in preview.found))


def _moved_row(row: Found, distance: timedelta) -> Found:
    days: dict[str, Any] = {
        field.name: value + distance
        for field in fields(row.record)
        if isinstance(value := getattr(row.record, field.name), date)
    }
    return row._replace(record=replace(row.record, **days))


def _outdated(standing: Store, batch: str) -> bool:
    """True when the example ends in an earlier week and still is what this module made of it."""
    held = list(_everything(standing))
    if any(one.batch == batch for one in held):
        return False
    return all(one.batch.startswith("example-") and one.version == 1 for one in held)


def _everything(standing: Store) -> Iterator[Stored[Any]]:
    for record_type in chain.from_iterable(RECORDS.values()):
        yield from standing.records(record_type, withdrawn=True)


def _batch(sunday: date) -> str:
    return f"example-{sunday.isoformat()}"


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())
