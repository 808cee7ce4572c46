"""The counts of a quarter beside those of the quarter before and of the same quarter a year earlier."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tracker.analysis.evaluation import Counts

WHOLE, PARTLY, NOT_LOGGED = "whole", "partly", "not_logged"
COMPARED = tuple(one.name for one in fields(Counts) if one.name not in ("quarter", "until"))


@dataclass(frozen=True, kw_only=True)
class Side:
    """One quarter of the comparison; `known`: whole | partly | not_logged.

    Partly: the log starts in it or some of its weeks are unknown, so its counts are the least there was. What
    was not logged has no counts: that is no zero.
    """

    counts: Counts
    known: str

    def value(self, name: str) -> int | None:
        """One of `COMPARED`; None where nothing is known."""
        found: int | None = getattr(self.counts, name)
        return None if self.known == NOT_LOGGED else found


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A quarter, the one before and the one a year earlier."""

    now: Side
    before: Side
    year: Side

    def change(self, name: str, since: str) -> int | None:
        """How many more than in `since` (before | year); below zero for fewer, None where one is unknown."""
        then: Side = getattr(self, since)
        ours, theirs = self.now.value(name), then.value(name)
        return None if ours is None or theirs is None else ours - theirs


def compare(now: Counts, before: Counts, year: Counts) -> Comparison:
    """The three beside each other; each was counted as it looked on its own last evening."""
    assert before.quarter == now.quarter.back(1), (now.quarter, before.quarter)
    assert year.quarter == now.quarter.back(4), (now.quarter, year.quarter)
    return Comparison(now=_side(now), before=_side(before), year=_side(year))


def _side(one: Counts) -> Side:
    if one.unknown_weeks == one.weeks:
        return Side(counts=one, known=NOT_LOGGED)
    return Side(counts=one, known=PARTLY if one.unknown_weeks else WHOLE)
