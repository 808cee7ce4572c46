"""Lesson 3: how domains name one incident, and what they mean by a word."""

from __future__ import annotations

from tracker.pages import write
from tracker.words import Words


def draw(say: Words) -> None:
    """The words that clash first."""
    write.heading(say("Bridge language and perspective"), 1)
