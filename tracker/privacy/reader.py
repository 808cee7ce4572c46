"""Many texts -> those that hold data of a person, each text looked at once however often it comes back."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.privacy.finding import find, worth_a_look
from tracker.privacy.kinds import Hit

_REMEMBERED = 300_000


class Reader:
    """Remembers in which texts it found nothing; whoever is handed one still looks at every other text.

    What it remembers are hashes, some fifty bytes a text, which mean nothing outside this process.
    """

    def __init__(self) -> None:
        self._harmless: set[int] = set()

    def hits(self, texts: Iterable[str]) -> dict[str, list[Hit]]:
        """Text -> what was found in it, of the texts that hold anything."""
        harmless = self._harmless
        new = [text for text in set(texts) if hash(text) not in harmless]
        found = {text: hits for text in new if (hits := find(text))} if new and worth_a_look(new) else {}
        if len(harmless) > _REMEMBERED:
            harmless.clear()
        harmless.update(hash(text) for text in new if text not in found)
        return found
