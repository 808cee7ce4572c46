"""The four lessons: what is recorded, seen and asked for each, and what people think of it themselves."""

from __future__ import annotations

from tracker.pages.around import address, frame
from tracker.pages.parts import lesson_direction, lesson_language, lesson_ownership, lesson_urgency, self_scan
from tracker.words import N_

_PARTS = {
    "urgency": (N_("Urgency"), lesson_urgency.draw),
    "ownership": (N_("Ownership"), lesson_ownership.draw),
    "language": (N_("Language"), lesson_language.draw),
    "direction": (N_("Direction"), lesson_direction.draw),
    "scan": (N_("Self-scan"), self_scan.draw),
}


def draw() -> None:
    """One part at a time; which one stands in the address."""
    say = frame.voice()
    names = {code: say(name) for code, (name, _) in _PARTS.items()}
    chosen = address.one("lesson", say("Lesson"), names, "urgency")
    _PARTS[chosen][1](say)


draw()
