"""Templates and word lists -> corpus.tsv, labelled Dutch texts on which the guard on free text is measured.

Run: python -m tests.privacy_corpus.make. Same seed, same file. Standard library only.
"""

import random
import re

from tests.privacy_corpus.invent import value
from tests.privacy_corpus.lists import HERE, Words, lines

SEED = 2025
ROWS_PER_POSITIVE = 15
ROWS_PER_NEGATIVE = 26
TRIES = 4_000
HEADER = ("split", "label", "kind", "text")
NEUTRAL = "neutral"
TYPED_IN_HASTE = {"bsn", "email", "phone", "iban", "birth_date", "licence_plate", "address"}


def rows() -> list[tuple[str, str, str, str]]:
    """The corpus: (split, label, kind, text), texts unique, in the order of the template files."""
    found: list[tuple[str, str, str, str]] = []
    seen: set[str] = set()
    for label, kind, split, template in templates():
        rng = random.Random(f"{SEED} {label} {kind} {template}")
        wanted = ROWS_PER_POSITIVE if label == "positive" else ROWS_PER_NEGATIVE
        for _ in range(TRIES):
            text = written(rng, WORDS[split], template, label, kind)
            if text.casefold() not in seen and "\t" not in text:
                seen.add(text.casefold())
                found.append((split, label, kind, text))
                wanted -= 1
            if not wanted:
                break
    return found


def templates() -> list[tuple[str, str, str, str]]:
    """(label, kind, split, template): in each kind a third of the templates, drawn by lot, is held out."""
    found = []
    for label in ("positive", "negative"):
        for kind, texts in sections(f"{label}.txt").items():
            lot = random.Random(f"{SEED} {label} {kind}").sample(texts, len(texts))
            held = set(lot[: max(1, round(len(texts) / 3))])
            found += [(label, kind, "held_out" if text in held else "tuning", text) for text in texts]
    return found


def sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines(name):
        if re.fullmatch(r"\[\S+\]", line):
            texts = found.setdefault(line[1:-1], [])
        else:
            texts.append(line)
    return found


def written(rng: random.Random, words: Words, template: str, label: str, kind: str) -> str:
    """One text: the template filled, one time in four after a harmless sentence, one in four before one.

    Where no capital carries the meaning, one in twelve is in small letters throughout.
    """
    text = filled(rng, words, template)
    if kind != NEUTRAL and rng.random() < 0.25:
        text = f"{neutral(rng, words)} {text}"
    if kind != NEUTRAL and rng.random() < 0.25:
        text = f"{text if text[-1] in '.?' else text + '.'} {neutral(rng, words)}"
    hasty = label == "negative" or kind in TYPED_IN_HASTE
    return text.lower() if hasty and rng.random() < 0.08 else text


def neutral(rng: random.Random, words: Words) -> str:
    own = [text for _, kind, split, text in TEMPLATES if kind == NEUTRAL and split == words.split]
    return filled(rng, words, rng.choice(own))


def filled(rng: random.Random, words: Words, template: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: value(rng, words, slot[1]), template)


TEMPLATES = templates()
WORDS = {split: Words(split) for split in ("tuning", "held_out")}


def main() -> None:
    """Writes corpus.tsv next to this file."""
    table = "".join("\t".join(row) + "\n" for row in (HEADER, *rows()))
    (HERE / "corpus.tsv").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
