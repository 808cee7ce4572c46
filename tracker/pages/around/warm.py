"""Getting ready while the browser of the first visitor still fetches its own files."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import Any

from tracker.pages.around import heap

# What `main.py` and the home screen import; a test says when one is missing.
_FIRST = (
    *(f"tracker.pages.around.{name}" for name in ("done", "door", "example", "frame", "style", "wording")),
    *(f"tracker.pages.forms.{name}" for name in ("begin", "entry", "silence", "unsaved")),
    *(f"tracker.pages.parts.{name}" for name in ("agreement_list", "calm", "few_first", "headline")),
    *(f"tracker.pages.parts.{name}" for name in ("looking_back", "picture", "threat_level", "tour")),
)


@asynccontextmanager
async def from_the_start(_app: Any) -> AsyncIterator[None]:
    """Loads what the first page needs beside the server that is starting."""
    heap.settle()
    Thread(target=get_ready, name="getting ready", daemon=True).start()
    yield


def get_ready() -> None:
    """Loads the modules of the home screen while the log is read, and takes both out of reach of the garbage
    collector: Streamlit collects garbage after every run of a page, and would look through all each time.
    """
    import_module("tracker.pages.around.readings")
    reading = Thread(target=read_the_log, name="reading the log", daemon=True)
    reading.start()
    for name in _FIRST:
        import_module(name)
    reading.join()
    gc.freeze()


def read_the_log() -> None:
    """Judges the municipality's own log, so that the first visitor of the day waits less or not at all.

    Nothing where there is no database yet; one that cannot be used is told to whoever opens the page.
    """
    from tracker.pages.around import frame, readings
    from tracker.store import StoreError

    own = frame.own_database()
    if own.exists():
        with suppress(StoreError):
            readings.prepare(str(frame.opened(str(own), False).path))
