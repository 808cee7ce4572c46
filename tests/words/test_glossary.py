"""The glossary and the code use the same words."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(
    r"^\| (?!Dutch|-)(?P<dutch>[^|]+) \| (?P<english>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE
)


def rows() -> list[tuple[str, str, str]]:
    found = ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    return [(dutch, english, meaning) for dutch, english, meaning in found]


def names_in_the_code() -> set[str]:
    """Every word of the code, and every part of a compound name: half_life of half_life_days."""
    words: set[str] = set()
    for file in (ROOT / "tracker").rglob("*.py"):
        words |= set(re.findall(r"[a-z]+(?:_[a-z]+)*", file.read_text(encoding="utf-8")))
    pairs = {"_".join(word.split("_")[:2]) for word in words}
    return words | pairs


def not_in_the_code(names: list[str]) -> list[str]:
    known = names_in_the_code()
    return [name for name in names if name not in known]


def test_every_english_name_in_the_glossary_is_used_in_the_code():
    assert not_in_the_code([english for _, english, _ in rows()]) == []


def test_a_name_that_the_code_does_not_use_is_noticed():
    assert not_in_the_code(["incident", "zeppelin"]) == ["zeppelin"]


def test_every_word_has_one_name_and_every_name_one_word():
    dutch = [word for cell, _, _ in rows() for word in cell.split(", ")]
    english = [name for _, name, _ in rows()]
    assert len(dutch) == len(set(dutch))
    assert len(english) == len(set(english))


def test_every_word_is_explained():
    assert all(len(meaning.split()) >= 3 for _, _, meaning in rows())


def test_the_words_of_the_field_are_in_the_glossary():
    names = {english for _, english, _ in rows()}
    assert {"peacetime", "attention", "incident", "arrangement", "occurrence", "secured"} <= names
    assert {"persists", "falls_back", "undecided", "too_early", "floor", "half_life", "coverage"} <= names
