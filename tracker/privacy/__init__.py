"""Free text -> the places in it that look like data of a person.

What it is sure of is refused (`BLOCKED`), where people may be meant it asks (`WARNED`). It reports where,
never what: no text of a note leaves this room.

    kinds    what is looked for
    plain    any text -> as many plain letters
    quick    whether a text is worth a look at all: nearly none is
    numbers, places, people   the rules
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from tracker.privacy import names, numbers, people, places, quick
from tracker.privacy.kinds import BLOCKED, KINDS, WARNED, Hit
from tracker.privacy.plain import plain

__all__ = ["BLOCKED", "KINDS", "RULES", "WARNED", "Hit", "find", "found", "worth_a_look"]

# What is surer comes first: where two stand on the same letters, the first one counts.
_FINDERS: tuple[tuple[str, Callable[[str], Iterator[Hit]]], ...] = (
    ("number", numbers.find),
    ("birth_date", people.find_birth_dates),
    ("address", places.find_addresses),
    ("plate", places.find_plates),
    ("titled", names.find_titled),
    ("initials", names.find_initials),
    ("named", names.find_named),
    ("aged", people.find_aged),
)

RULES = tuple(name for name, _ in _FINDERS)


def find(text: str) -> list[Hit]:
    """All hits in reading order, none overlapping; empty for text without data of a person."""
    readable = plain(text)
    suspects = quick.suspects(readable)
    return found(readable, suspects) if suspects else []


def worth_a_look(texts: Iterable[str]) -> bool:
    """False when `find` would find nothing in any of these texts; many at once take least."""
    return bool(quick.suspects(plain("\n".join(texts))))


def found(text: str, rules: Container[str]) -> list[Hit]:
    """What these rules find in a plain text: in reading order, none overlapping."""
    hits: list[Hit] = []
    for name, rule in _FINDERS:
        for hit in rule(text) if name in rules else ():
            if all(hit.end <= other.start or hit.start >= other.end for other in hits):
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)
