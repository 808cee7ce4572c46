"""A number that knows whether it may be stated, and what is still missing for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number with its 95 % interval and whether it may be stated.

    `status`: ok | roughly | open (an end of the interval is unknown) | hidden (may not be stated) |
    missing (cannot be computed). `why` is a code, empty when ok. `value` is None unless the status is
    ok or roughly; hidden and missing have no bounds either; an infinite bound is None with status open.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: str = "missing"
    why: str = ""

    @property
    def stated(self) -> bool:
        """True when a number may be shown."""
        return self.status in ("ok", "roughly")


MISSING = Estimate()


@dataclass(frozen=True, kw_only=True)
class Needed:
    """What is still missing for a verdict: `have` against `need`, and when it will be there.

    `what`: record_days | activities | level_width | retention_days | retention_year | trend_width |
    coverage | coverage_recent | arrangements_with_rhythm | expected_meetings | occurrences_without_answer
    (codes of the command `codes`).
    `by` is the first day at the present pace, None when the pace gives no date. For retention_year
    `recent` and `before` are the activities on peacetime days where activity can be expected, in the last
    365 days and in the 365 before.
    """

    what: str
    have: float
    need: float
    by: date | None = None
    recent: float | None = None
    before: float | None = None
