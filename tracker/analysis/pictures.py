"""The manual of the method as pictures, one mark a week: what the log looks like, and what is said.

    !  an incident on Monday        #  a joint activity on each of four days
    .  somebody logged, nothing joint happened                ?  nobody logged anything

A line is half a year: its last mark goes on to the end. `told` says how often that half year happens;
"once" means just these weeks and nothing after them. Add a line and the tests run it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tracker.analysis.question import Log, LoggedIncident

TABLE = """
picture             told   verdict      because
!####.......        6      falls_back   falls_back_level
!##########         6      persists     persists_no_pattern
!###                once   too_early    too_early
!###...!###...      6      falls_back   falls_back_level
##########          6      persists     persists_no_incidents
##########          1      too_early    too_early
#.#.#.#.#.#.#.#.#.#.#.#.#.#  6  persists  persists_no_incidents
!####.......        2      too_early    too_early
!##########?        6      too_early    too_little_logged
!##!##!##!##!##!##!##!##!## 6  undecided  undecided_no_peacetime
"""

_HALF_YEAR = 26
_MONDAY = date(2020, 1, 6)


@dataclass(frozen=True)
class Picture:
    """One line of the table; `weeks` are its marks as the record holds them, one a week."""

    drawn: str
    told: str
    verdict: str
    case: str

    @property
    def weeks(self) -> str:
        """The whole record as marks."""
        if self.told == "once":
            return self.drawn
        return self.drawn.ljust(_HALF_YEAR, self.drawn[-1])[:_HALF_YEAR] * int(self.told)


def pictures() -> list[Picture]:
    """The lines of the table, in its order."""
    return [Picture(*line.split()) for line in TABLE.strip().splitlines()[1:]]


def log_of(picture: Picture) -> Log:
    """The log that the picture draws, starting on Monday 6 January 2020."""
    weeks = [(mark, _MONDAY + timedelta(weeks=week)) for week, mark in enumerate(picture.weeks)]
    joint = [monday + timedelta(days=day) for mark, monday in weeks if mark == "#" for day in (1, 2, 3, 4)]
    entries = [monday for mark, monday in weeks if mark in "!."] + joint
    return Log(
        first=_MONDAY,
        last=weeks[-1][1] + timedelta(days=6),
        activities=pd.Series(1.0, index=pd.DatetimeIndex(joint)),
        entry_days=pd.DatetimeIndex(sorted(entries)),
        incidents=tuple(_incident(monday) for mark, monday in weeks if mark == "!"),
    )


def _incident(day: date) -> LoggedIncident:
    return LoggedIncident(day=day, title="!", severity=3, counts=True)
