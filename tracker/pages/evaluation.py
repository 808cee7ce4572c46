"""The quarterly evaluation: nine questions with their facts, for the screen in the meeting."""

from __future__ import annotations

from tracker.pages import frame, write


def draw() -> None:
    """One question at a time."""
    say = frame.voice()
    write.heading(say("Quarterly evaluation"), 1)


draw()
