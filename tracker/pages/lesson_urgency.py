"""Lesson 1: how urgent each domain found an incident, and how far apart they were."""

from __future__ import annotations

from tracker.pages import write
from tracker.words import Words


def draw(say: Words) -> None:
    """The gap in urgency between domains first."""
    write.heading(say("Determine the urgency"), 1)
