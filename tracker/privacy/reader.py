"""Many texts -> those that hold data of a person, each text looked at once however often it comes back."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.privacy import quick
from tracker.privacy.finding import find
from tracker.privacy.kinds import Hit
from tracker.privacy.plain import plain

_REMEMBERED, _SHORT = 4_000, 40
# The quick look reads every digit alike, so "Overleg 12" needs none after "Overleg 11".
_SHAPE = str.maketrans("123456789", "0" * 9)


class Reader:
    """Remembers in which texts it found nothing; whoever is handed one still looks at every other text.

    What it remembers are hashes of texts, which mean nothing outside this process, and short lines with a 0
    for each digit.
    """

    def __init__(self) -> None:
        self._harmless: set[int] = set()
        self._shapes: set[str] = set()

    def hits(self, texts: Iterable[str]) -> dict[str, list[Hit]]:
        """Text -> what was found in it, of the texts that hold anything."""
        harmless = self._harmless
        new = [text for text in set(texts) if hash(text) not in harmless]
        if not new or not self._worth_a_look(new):
            harmless.update(map(hash, new))
            return {}
        found = {text: hits for text in new if (hits := find(text))}
        harmless.update(hash(text) for text in new if text not in found)
        return found

    def _worth_a_look(self, new: list[str]) -> bool:
        """Whether a rule could find anything in any of them; no rule reads over the end of a line."""
        if len(self._harmless) > _REMEMBERED:
            self._harmless.clear()
            self._shapes.clear()
        unseen = set("\n".join(new).translate(_SHAPE).split("\n")) - self._shapes
        if not unseen:
            return False
        if quick.suspects(plain("\n".join(unseen))):
            return True
        self._shapes.update(line for line in unseen if len(line) <= _SHORT)
        return False
