"""Lesson 4: shared goals, and who leads in which phase of prevention."""

from __future__ import annotations

from tracker.pages import write
from tracker.words import Words


def draw(say: Words) -> None:
    """The goals first, then the matrix."""
    write.heading(say("Strive for vision and direction"), 1)
