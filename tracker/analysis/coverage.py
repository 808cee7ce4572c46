"""Daily series -> how much of the judged period is known, and since when nobody logged."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from tracker.analysis import policy, series
from tracker.analysis.finding import Window
from tracker.analysis.question import Log
from tracker.analysis.series import Series


def window(log: Log, days: Series) -> Window:
    """The judged period with its coverage in calendar weeks."""
    weeks = series.weekly(days)
    unknown = int(weeks["unknown"].sum())
    last_entry = log.entry_days[-1].date() if len(log.entry_days) else None
    return Window(
        first=days.first,
        last=days.last,
        days=len(days.counts),
        weeks=len(weeks),
        unknown_weeks=unknown,
        coverage=1 - unknown / len(weeks),
        last_entry=last_entry,
        silent_since=last_entry if bool(days.unknown[-1]) else None,
    )


def recent_coverage(days: Series) -> float:
    """Share of known days in the last 180 days of the record, or in all of it when it is shorter."""
    span = int(policy.value("coverage_recent_days"))
    return 1 - float(days.unknown[-span:].mean())


def unknown_stretches(days: Series) -> pd.DataFrame:
    """Stretches of unknown weeks: start, end (both included), ascending."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], days.unknown.astype(int), [0]))))
    return pd.DataFrame({"start": days.days[edges[::2]], "end": days.days[edges[1::2] - 1]})


def days_until_covered(days: Series) -> int:
    """Days of logging from now on until the last 180 days are covered well enough."""
    span = int(policy.value("coverage_recent_days"))
    recent = np.concatenate((np.zeros(max(0, span - len(days.unknown)), bool), days.unknown[-span:]))
    allowed = (1 - policy.value("least_coverage")) * span
    still_unknown = recent[::-1].cumsum()[::-1]
    return int(np.argmax(np.append(still_unknown, 0) <= allowed))


def silence_to_ask_about(days: Series) -> tuple[date, date] | None:
    """The newest silence nobody explained, from its first to its last day, or None when all is known."""
    open_days = np.flatnonzero(days.unanswered)
    if len(open_days) == 0:
        return None
    inside = int(open_days[-1])
    before, after = np.flatnonzero(~days.doubtful[:inside]), np.flatnonzero(~days.doubtful[inside:])
    first = int(before[-1]) + 1 if len(before) else 0
    last = inside + int(after[0]) - 1 if len(after) else len(days.doubtful) - 1
    return days.days[first].date(), days.days[last].date()
