"""Who was at which meeting of one arrangement: per organisation, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tracker.analysis import policy
from tracker.analysis.cooperation import Cooperation

MARKS = ("there", "absent", "unknown", "before")
_SHOWN = 24
_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Presence:
    """One organisation at the meetings of an arrangement.

    `marks`: one of `MARKS` a meeting, in their order; "unknown" when nobody wrote down who was there,
    "before" while it had not yet come once. `recent` and `year`: (times there, meetings it could be at) of
    the last four meetings and of those of the last 365 days. `missed`: how many of the newest in a row.
    """

    partner: int
    marks: tuple[str, ...]
    recent: tuple[int, int]
    year: tuple[int, int]
    last_there: date | None
    missed: int

    @property
    def left(self) -> bool:
        """True when it missed so many in a row that somebody should ask."""
        return self.missed >= policy.value("left_meetings")


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """The newest meetings of one arrangement, ascending, and who was there.

    `present`: how many of the `rows` were there, None where nobody wrote it down; `could`: how many of them
    belonged to it by then. Rows: last seen first, so that who left collects at the end.
    """

    arrangement: int
    meetings: tuple[date, ...]
    present: tuple[int | None, ...]
    could: tuple[int, ...]
    rows: tuple[Presence, ...]


def attendance(known: Cooperation, arrangement: int) -> Attendance:
    """The last two dozen meetings since `known.since`; several activities on a day are one meeting."""
    held = known.activities[known.activities["arrangement"] == arrangement]
    there = known.attendance[known.attendance["arrangement"] == arrangement]
    days = sorted(set(held["day"]))
    came = there.groupby("day")["partner"].agg(set)
    at = [came.get(day, set()) for day in days]
    members = dict.fromkeys((*known.arrangements[arrangement].partner_ids, *there["partner"]))
    rows = [_presence(known, int(one), days, at) for one in members]
    rows.sort(key=lambda row: (-(row.last_there or date.min).toordinal(), known.partners[row.partner].name))
    shown = [Presence(**{**vars(row), "marks": row.marks[-_SHOWN:]}) for row in rows]
    kept = range(max(0, len(days) - _SHOWN), len(days))
    return Attendance(
        arrangement=arrangement,
        meetings=tuple(days[place].date() for place in kept),
        present=tuple(len(at[place]) if at[place] else None for place in kept),
        could=tuple(sum(row.marks[place] != "before" for row in rows) for place in kept),
        rows=tuple(shown),
    )


def _presence(known: Cooperation, partner: int, days: list[pd.Timestamp], at: list[set[int]]) -> Presence:
    came = [place for place, there in enumerate(at) if partner in there]
    marks = tuple(_mark(partner, place, there, came) for place, there in enumerate(at))
    countable = [place for place, mark in enumerate(marks) if mark in ("there", "absent")]
    newest = countable[-int(policy.value("recent_meetings")) :]
    edge = pd.Timestamp(known.until - _YEAR)
    in_year = [place for place in countable if days[place] > edge]
    last = came[-1] if came else -1
    return Presence(
        partner=partner,
        marks=marks,
        recent=_share(marks, newest),
        year=_share(marks, in_year),
        last_there=days[last].date() if came else None,
        missed=sum(place > last for place in countable),
    )


def _mark(partner: int, place: int, there: set[int], came: list[int]) -> str:
    """A member that never came once is absent from the start: it was asked."""
    if not there:
        return "before" if came and place < came[0] else "unknown"
    if partner in there:
        return "there"
    return "before" if came and place < came[0] else "absent"


def _share(marks: tuple[str, ...], places: list[int]) -> tuple[int, int]:
    return sum(marks[place] == "there" for place in places), len(places)
