"""The lists of words.txt, shared out over the two splits."""

import random
from pathlib import Path

HERE = Path(__file__).parent


class Words:
    """The lists of words.txt as one split sees them: `*` lists are shared out, so that no name is in both."""

    def __init__(self, split: str) -> None:
        self.split = split
        self.lists: dict[str, list[str]] = {}
        for line in lines("words.txt"):
            name, items = line.split(": ", 1)
            all_items = items.split(" | ")
            self.lists[name.lstrip("*")] = self.share(all_items) if name[0] == "*" else all_items

    def share(self, items: list[str]) -> list[str]:
        held = self.split == "held_out"
        return [item for place, item in enumerate(items) if (place % 3 == 2) == held]

    def spelling(self, rng: random.Random, spellings: list[str]) -> str:
        """Any spelling for the held-out texts; two thirds of them for tuning."""
        return rng.choice(spellings if self.split == "held_out" else self.share(spellings))


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]
