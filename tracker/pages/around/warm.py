"""Getting ready while the browser of the first visitor still fetches its own files."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Thread
from typing import Any

_M_ARENA_MAX = -8  # its number in glibc's malloc.h
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
    share_one_heap()
    Thread(target=get_ready, name="getting ready", daemon=True).start()
    yield


def share_one_heap() -> None:
    """Has all threads take memory from one heap of the C library, which would give each one of its own.

    Of those little comes back when the work is done. Only glibc has heaps a thread.
    """
    if sys.platform == "linux" and (settle := getattr(ctypes.CDLL(None), "mallopt", None)):
        settle(_M_ARENA_MAX, 1)


def get_ready() -> None:
    """Loads the modules of the home screen and takes them out of the reach of the garbage collector.

    Streamlit collects garbage after every run of a page, and would look through all modules each time.
    """
    for name in _FIRST:
        import_module(name)
    gc.freeze()
