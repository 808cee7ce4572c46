"""Who was at which meeting of one arrangement: per organisation, never a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from tracker.analysis import policy
from tracker.analysis.cooperation import Cooperation

MARKS = ("there", "absent", "unknown", "before")
_THERE, _ABSENT, _UNKNOWN, _BEFORE = range(len(MARKS))
_SHOWN = 24
_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Presence:
    """One organisation at the meetings of an arrangement.

    `marks`: one of `MARKS` a meeting, in their order; "unknown" when nobody wrote down who was there,
    "before" while it did not belong: it had not yet come once, or it is a guest of one meeting. `recent` and
    `year`: (times there, meetings it could be at) of the last four meetings and of those of the last 365
    days. `missed`: how many of the newest it missed in a row.
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
    rows = known.attendance[known.attendance["arrangement"] == arrangement]
    days = pd.DatetimeIndex(held["day"].unique())
    members = list(dict.fromkeys((*known.arrangements[arrangement].partner_ids, *rows["partner"].tolist())))
    there = np.zeros((len(members), len(days)), bool)
    there[pd.Index(members).get_indexer(rows["partner"]), days.get_indexer(rows["day"])] = True
    belongs = _belongs(known, arrangement, members, there)
    written = np.any(there, axis=0)
    in_year = np.asarray(days > pd.Timestamp(known.until - _YEAR))
    new = slice(-_SHOWN, None)
    marks = np.select([there[:, new], ~belongs[:, new], ~written[new]], [_THERE, _BEFORE, _UNKNOWN], _ABSENT)
    found = [
        _presence(one, days, there[place], belongs[place] & written, in_year, marks[place])
        for place, one in enumerate(members)
    ]
    found = [replace(row, missed=0) if row.partner in known.withdrawn else row for row in found]
    found.sort(key=lambda row: (-(row.last_there or date.min).toordinal(), known.partners[row.partner].name))
    kept = range(max(0, len(days) - _SHOWN), len(days))
    return Attendance(
        arrangement=arrangement,
        meetings=tuple(days[place].date() for place in kept),
        present=tuple(int(there[:, place].sum()) if written[place] else None for place in kept),
        could=tuple(int(belongs[:, place].sum()) for place in kept),
        rows=tuple(found),
    )


def _belongs(known: Cooperation, arrangement: int, members: list[int], there: np.ndarray) -> np.ndarray:
    """Per member and meeting whether it was one of them: from the first time it came.

    A member on the list that never came was asked from the start. Where there is a list, who is not on it
    and came once was a guest, and missed nothing after that.
    """
    listed = known.arrangements[arrangement].partner_ids
    times = there.sum(axis=1, keepdims=True)
    guest = ~np.isin(members, listed)[:, None] & (times == 1) & bool(listed)
    since_first = np.logical_or.accumulate(there, axis=1) | (times == 0)
    return np.where(guest, there, since_first)


def _presence(
    partner: int,
    days: pd.DatetimeIndex,
    there: np.ndarray,
    countable: np.ndarray,
    in_year: np.ndarray,
    marks: np.ndarray,
) -> Presence:
    came = np.flatnonzero(there)
    newest = np.flatnonzero(countable)[-int(policy.value("recent_meetings")) :]
    last = int(came[-1]) if len(came) else -1
    return Presence(
        partner=partner,
        marks=tuple(MARKS[mark] for mark in marks),
        recent=(int(there[newest].sum()), len(newest)),
        year=(int((there & in_year).sum()), int((countable & in_year).sum())),
        last_there=days[last].date() if len(came) else None,
        missed=int(countable[last + 1 :].sum()),
    )
