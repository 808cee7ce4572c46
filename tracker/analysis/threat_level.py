"""Announcements of the national threat level -> the spells in which a word held, and what is not known.

The word counts, never a number: until July 2016 there were four levels, since then five. What was announced
for a part of the country is never the national level, and the last word is not carried on for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from tracker.analysis import policy

WORDS = ("minimal", "limited", "significant", "substantial", "critical")
CERTAIN = ("yes", "partly", "no")
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """One level as it was announced: `levels` is how many there were; an empty `area` is the whole country.

    `certain`: yes, partly (day or wording is inferred) or no (nobody looked it up).
    """

    day: date
    word: str
    levels: int
    area: str
    certain: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Spell:
    """A stretch of days, both ends included, in which one word held; an empty `word` is not known.

    `since` is when the word was announced, which may lie before `first`; `certain` is that of the
    announcement. `new_scale`: this spell begins where the number of levels changed, so that the same word may
    mean something else than before.
    """

    first: date
    last: date
    word: str
    since: date
    certain: str = "yes"
    new_scale: bool = False


def spells(announced: Sequence[Announcement], first: date, last: date) -> tuple[Spell, ...]:
    """The spells from `first` to `last`, ascending and without gaps."""
    known = national(announced)
    if not known:
        return (Spell(first=first, last=last, word="", since=first),)
    edge = known_until(known)
    held = _held(known)
    ends = [one.first - _DAY for one in held[1:]] + [edge]
    found = [Spell(first=date.min, last=held[0].first - _DAY, word="", since=date.min)]
    found += [replace(one, last=end) for one, end in zip(held, ends, strict=True)]
    found.append(Spell(first=edge + _DAY, last=date.max, word="", since=edge + _DAY))
    return tuple(_clipped(found, first, last))


def national(announced: Iterable[Announcement]) -> list[Announcement]:
    """What held for the whole country, ascending."""
    return sorted((one for one in announced if not one.area), key=lambda one: one.day)


def known_until(announced: Iterable[Announcement]) -> date:
    """The last day on which the last word may still be said."""
    months = int(policy.value("threat_level_months"))
    last = pd.Timestamp(national(announced)[-1].day) + pd.DateOffset(months=months)
    return date(last.year, last.month, last.day) - _DAY


def _held(known: Sequence[Announcement]) -> list[Spell]:
    """One spell for each change of word or scale; a confirmation begins none."""
    found: list[Spell] = []
    levels = known[0].levels
    for one in known:
        new_scale = one.levels != levels
        if not found or new_scale or one.word != found[-1].word:
            found.append(_spell(one, new_scale))
        levels = one.levels
    return found


def _spell(one: Announcement, new_scale: bool) -> Spell:
    return Spell(
        first=one.day, last=one.day, word=one.word, since=one.day, certain=one.certain, new_scale=new_scale
    )


def _clipped(found: Iterable[Spell], first: date, last: date) -> Iterable[Spell]:
    """The spells as far as they lie between two days; a scale that changed before them is no news."""
    for one in found:
        start, end = max(one.first, first), min(one.last, last)
        if start <= end:
            yield replace(one, first=start, last=end, new_scale=one.new_scale and one.first >= first)
