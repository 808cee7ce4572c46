"""What people think of the four lessons themselves, once a quarter and anonymous."""

from __future__ import annotations

from tracker.pages import write
from tracker.words import Words


def draw(say: Words) -> None:
    """The result first, then a new round."""
    write.heading(say("Self-scan"), 1)
