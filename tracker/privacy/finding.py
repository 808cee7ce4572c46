"""All rules together: a text -> every hit in it, and the quick look in front of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache

from tracker.privacy import quick
from tracker.privacy.kinds import Hit
from tracker.privacy.plain import plain

# What is surer comes first: where two stand on the same letters, the first one counts.
RULES = ("number", "birth_date", "address", "plate", "titled", "initials", "named", "aged")
Finder = Callable[[str], Iterator[Hit]]


@cache
def _finders() -> dict[str, Finder]:
    """Rule -> what finds it; made when a text first needs one, for their patterns take a while to compile."""
    from tracker.privacy import births, names, numbers, people, places

    return {
        "number": numbers.find,
        "birth_date": births.find_birth_dates,
        "address": places.find_addresses,
        "plate": places.find_plates,
        "titled": names.find_titled,
        "initials": names.find_initials,
        "named": names.find_named,
        "aged": people.find_aged,
    }


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
    for name in RULES:
        for hit in _finders()[name](text) if name in rules else ():
            if all(hit.end <= other.start or hit.start >= other.end for other in hits):
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)
