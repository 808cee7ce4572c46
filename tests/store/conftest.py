"""A real store in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from logbook import arrangement, fresh_folder, incident, now, partner

from tracker import store as stores
from tracker.store import Store


@pytest.fixture
def path() -> Iterator[Path]:
    with fresh_folder() as folder:
        yield folder / "tracker.db"


@pytest.fixture
def store(path: Path) -> Store:
    return stores.create(path, now=now, municipality="Voorbeeldstad")


@pytest.fixture
def town(store: Store) -> Store:
    """A store with two partners (ids 1, 2), an arrangement (1) and an incident (1)."""
    store.add(partner("Politie"), by="anna")
    store.add(partner("Jongerenwerk", domain="social"), by="anna")
    store.add(arrangement(), by="anna")
    store.add(incident(), by="anna")
    return store
