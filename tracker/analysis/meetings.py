"""What the store read of the agreed meetings: the input of rhythm and structure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody said became of a meeting that was due: a state of `records.OCCURRENCE_STATES`."""

    due_on: date
    state: str
    moved_to: date | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """One arrangement that was not withdrawn, with everything known of its meetings up to the asked day.

    `cadence` is an RFC 5545 rule, empty when it meets on demand. `held`: the days of its activities,
    ascending, one for each activity. `answers`: by due day, ascending; planned ones may lie ahead.
    `pauses`: (first day, last day), both included.
    """

    id: int
    name: str
    kind: str
    cadence: str
    grace_weeks: int
    started_on: date | None
    ended_on: date | None
    end_reason: str
    held: tuple[date, ...]
    answers: tuple[Answer, ...] = ()
    pauses: tuple[tuple[date, date], ...] = ()

    def as_of(self, day: date) -> Agreed:
        """The same arrangement as it looked on the evening of `day`; an end that lay ahead had not come."""
        ended = self.ended_on is not None and self.ended_on <= day
        return replace(
            self,
            held=self.held[: bisect_right(self.held, day)],
            answers=tuple(one for one in self.answers if one.due_on <= day),
            ended_on=self.ended_on if ended else None,
            end_reason=self.end_reason if ended else "",
        )


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """All agreed meetings as they looked on the evening of `until`.

    `recess`: (first day, last day) of every recess, both included, ascending. `serious`: days of the
    incidents that happened, entered the model and ended peacetime, ascending. `first_entry`: the first
    day of the log, None when it is empty.
    """

    until: date
    arrangements: tuple[Agreed, ...]
    recess: tuple[tuple[date, date], ...] = ()
    serious: tuple[date, ...] = ()
    first_entry: date | None = None

    def as_of(self, day: date) -> Meetings:
        """The same meetings as they looked on the evening of an earlier `day`."""
        known = (one for one in self.arrangements if one.started_on is None or one.started_on <= day)
        return replace(
            self,
            until=day,
            arrangements=tuple(one.as_of(day) for one in known),
            serious=tuple(one for one in self.serious if one <= day),
        )
