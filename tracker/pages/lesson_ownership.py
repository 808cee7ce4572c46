"""Lesson 2: who owns what, and how the lead moved."""

from __future__ import annotations

from tracker.pages import write
from tracker.words import Words


def draw(say: Words) -> None:
    """One conclusion first, then the matrix."""
    write.heading(say("Take ownership"), 1)
