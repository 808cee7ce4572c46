"""Getting ready while the browser of the first visitor still fetches its own files."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Thread
from typing import Any

# What `main.py` and the home screen import; a test says when one is missing.
_FIRST = (
    *(f"tracker.pages.around.{name}" for name in ("done", "door", "example", "frame", "style", "wording")),
    *(f"tracker.pages.forms.{name}" for name in ("begin", "entry", "silence", "unsaved")),
    *(f"tracker.pages.parts.{name}" for name in ("agreement_list", "calm", "headline", "looking_back")),
    *(f"tracker.pages.parts.{name}" for name in ("picture", "threat_level", "tour")),
)


@asynccontextmanager
async def from_the_start(_app: Any) -> AsyncIterator[None]:
    """Loads what the first page needs beside the server that is starting."""
    Thread(target=get_ready, name="getting ready", daemon=True).start()
    yield


def get_ready() -> None:
    """Loads the modules of the home screen and takes them out of the reach of the garbage collector.

    Streamlit collects garbage after every run of a page, and would look through all modules each time.
    """
    for name in _FIRST:
        import_module(name)
    gc.freeze()
