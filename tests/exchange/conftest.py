"""A bench for every test of the exchange."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.workbench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A folder with an empty store."""
    return Bench(tmp_path)
