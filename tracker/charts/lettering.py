"""A guess, in pixels, of the room a word takes; the browser decides, so the guess is on the wide side."""

from __future__ import annotations

from functools import lru_cache

# Advance widths of Source Sans in em, by kind of letter, rounded up.
EM = ((" ", 0.21), ("|iïjl.,:;'·I!f()-", 0.29), ("tr/sz", 0.38), ("mwMW@%—…", 0.86))
OTHER, CAPITAL = 0.53, 0.6


def width(text: str, *, bold: bool = False, size: int = 13) -> float:
    """Pixels `text` takes in Source Sans at `size`, a little more rather than less."""
    return sum(map(_em, text)) * size * (1.04 if bold else 1.0)


def cut(text: str, most: int) -> str:
    """At most `most` characters, ending in an ellipsis where something was cut off."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,.-:") + "…"


@lru_cache(maxsize=1024)
def _em(char: str) -> float:
    return next((em for kind, em in EM if char in kind), CAPITAL if char.isupper() else OTHER)
