"""Python's search for cycles -> paused while an import makes its records, none of which form a cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Within it nothing is searched; what is no longer used is still let go of at once.

    The search goes over all that there is each time there is a quarter more: a sixth of the time of an import
    of 100,000 rows. It is paused for all threads, for the seconds that one import takes.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
