"""Words and what each domain means by them: those that clash first, and what a field shows as help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.analysis.quarter import Quarter
from tracker.records import DomainMeaning, GlossaryWord


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One word by its id, with domain -> what that domain means by it, in the order of the domains.

    `told_on`: the days on which the word and these meanings were written down.
    """

    id: int
    word: GlossaryWord
    meanings: dict[str, str]
    told_on: tuple[date, ...]


def glossary(
    words: Mapping[int, tuple[GlossaryWord, date]],
    meanings: Iterable[tuple[DomainMeaning, date]],
    domains: Sequence[str],
) -> tuple[Entry, ...]:
    """The words that clash first, then by name; each record comes with the day it was written down.

    A meaning of a word that is not among them is left out: the word was taken back.
    """
    given = list(meanings)
    found = []
    for number, (word, day) in words.items():
        mine = [(one, told) for one, told in given if one.word_id == number]
        said = {one.domain: one.meaning for one, _ in mine}
        ordered = [
            *(code for code in domains if code in said),
            *(code for code in said if code not in domains),
        ]
        days = tuple(sorted({day, *(told for _, told in mine)}))
        entry = Entry(id=number, word=word, meanings={code: said[code] for code in ordered}, told_on=days)
        found.append(entry)
    return tuple(sorted(found, key=lambda one: (not one.word.clash, one.word.name.casefold(), one.id)))


def shown_at(entries: Iterable[Entry], field: str) -> tuple[Entry, ...]:
    """The words that a field of a form shows as help, as far as they say anything."""
    return tuple(
        one
        for one in entries
        if one.word.shown_at == field and (one.word.meaning or (one.word.clash and one.meanings))
    )


def clashing(entries: Iterable[Entry], quarter: Quarter) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The words that clash: those told of in `quarter`, and the others known by then."""
    clash = [one for one in entries if one.word.clash and one.told_on[0] <= quarter.last]
    inside = [any(quarter.first <= day <= quarter.last for day in one.told_on) for one in clash]
    both = list(zip(clash, inside, strict=True))
    return tuple(one for one, now in both if now), tuple(one for one, now in both if not now)
