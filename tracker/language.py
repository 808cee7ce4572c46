"""The languages this house speaks, and which of them somebody reads."""

from __future__ import annotations

LANGUAGES = ("nl", "en")


def best_language(accept_language: str) -> str:
    """The language an Accept-Language header likes best of Dutch and English; Dutch when it names neither.

    The highest q wins, the first one named when equal; q=0 is "not this one"; the unreadable is skipped.
    """
    wishes = [_wish(part) for part in accept_language.split(",")]
    known = [(quality, language) for language, quality in wishes if language in LANGUAGES and quality > 0]
    return max(known, key=lambda wish: wish[0])[1] if known else LANGUAGES[0]


def _wish(part: str) -> tuple[str, float]:
    tag, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = _quality(value)
    return tag.split("-")[0], quality


def _quality(value: str) -> float:
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
