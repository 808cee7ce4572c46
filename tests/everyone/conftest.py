"""Pages without a browser, as tests/pages has them; and a dashboard with the example beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Server
from tests.pages.conftest import now, screen
from tracker.exchange import example

__all__ = ["screen"]


@pytest.fixture(scope="module")
def server(dashboard: Callable[..., Server]) -> Server:
    """Making the example takes seconds, which would be those of the first page."""
    running = dashboard()
    example.load(running.database.with_name("example.db"), now=now, by="test")
    return running
