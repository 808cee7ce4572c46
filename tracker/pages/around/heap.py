"""How the process takes memory. Only the C library of GNU has these handles; elsewhere nothing is done."""

from __future__ import annotations

import ctypes
import sys

# Numbers of glibc's malloc.h, and what is set.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 2 * 2**20  # bytes: above what the analysis takes at a time (`mixture.in_parts`)


def settle() -> None:
    """One heap for all threads, where each would have its own, of which little comes back when work is done;
    and what is large beside the heap, so that its place in it does not stay behind as a gap."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
        mallopt(_M_TRIM_THRESHOLD, 2 * _LARGE)
