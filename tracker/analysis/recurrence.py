"""A cadence -> the days on which meetings fall due, and what became of each.

Every due day owns the time half-way to its neighbours: a meeting in it belongs to that due day, so a
meeting a few days early or late is simply held. Of two in one such time one is held; the other makes up
for an unanswered due day beside it, less than a whole period away, and else it is an extra.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from tracker.analysis.meetings import Agreed, Answer, Meetings

_AHEAD = timedelta(days=370)
_DAY = timedelta(days=1)
_PICKS_DAYS = re.compile("BY(DAY|MONTHDAY|YEARDAY|WEEKNO|EASTER)=")
HELD = ("held", "moved")


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One agreed meeting: when it fell due, what became of it, and on which day it was held (or None).

    `state`: held | moved | cancelled | not_held | recess | unknown (past, nobody said) | pending (past,
    within the grace) | planned (ahead). `extra`: further meetings in its time. `planned_on`: the day it was
    planned on or moved to, while that lies ahead and it is not held.
    """

    due_on: date
    state: str
    held_on: date | None = None
    extra: int = 0
    planned_on: date | None = None

    @property
    def counts(self) -> bool:
        """True when it was a trial: due, not in recess, and its grace has passed or it has an answer."""
        return self.state not in ("recess", "pending", "planned")


def due_days(agreed: Agreed, first: date, last: date) -> list[date]:
    """The due days from `first` to `last`, both included, ascending; none without a rhythm or a start."""
    begin = _begin(agreed)
    if begin is None:
        return []
    return _rule_days(agreed, max(first, begin), min(last, agreed.ended_on or last))


def expected(agreed: Agreed, meetings: Meetings, first: date) -> list[Expected]:
    """Every meeting that fell due from `first` up to a year ahead, ascending, with what became of it."""
    begin = _begin(agreed)
    if begin is None:
        return []
    days = _rule_days(agreed, first - _AHEAD, min(meetings.until + _AHEAD, agreed.ended_on or date.max))
    edges = [day + (after - day + _DAY) // 2 for day, after in pairwise(days)]
    off = _off(agreed, meetings, days)
    answers = [
        None if off[place] else _answer(agreed, day, *_own(edges, place)) for place, day in enumerate(days)
    ]
    held = _by_due_day(_held_apart_from_moved(agreed, answers), days, edges, answers)
    return [
        _recess(day, inside) if away else _one(agreed, meetings, day, said, inside)
        for day, away, said, inside in zip(days, off, answers, held, strict=True)
        if day >= max(first, begin)
    ]


def cadence_days(agreed: Agreed, until: date) -> float:
    """Mean days between two due days around `until`; 0 without a rhythm."""
    days = _rule_days(agreed, until - 2 * _AHEAD, until + 2 * _AHEAD)
    return (days[-1] - days[0]).days / (len(days) - 1) if len(days) > 1 else 0.0


def overdue_days(agreed: Agreed, meetings: Meetings, due: date) -> int:
    """How many days it is since `due`, recess and pauses left out: grace does not run out in them."""
    return (meetings.until - due).days - off_days(agreed, meetings, due + _DAY, meetings.until)


def off_days(agreed: Agreed, meetings: Meetings, first: date, last: date) -> int:
    """How many of the days from `first` to `last` fall in recess or a pause."""
    covered, reached = 0, first - _DAY
    for start, end in sorted((*meetings.recess, *agreed.pauses)):
        begin, end = max(start, reached + _DAY), min(end, last)
        if begin <= end:
            covered, reached = covered + (end - begin).days + 1, end
    return covered


def _off(agreed: Agreed, meetings: Meetings, days: Sequence[date]) -> list[bool]:
    """Which days lie in recess or in a pause: of the stretches that began, the farthest reaching decides."""
    stretches = sorted((*meetings.recess, *agreed.pauses))
    starts, ends = [start for start, _ in stretches], list(accumulate((end for _, end in stretches), max))
    begun = [bisect_right(starts, day) for day in days]
    return [count > 0 and ends[count - 1] >= day for count, day in zip(begun, days, strict=True)]


def _begin(agreed: Agreed) -> date | None:
    """The first day on which anything can be due."""
    return agreed.started_on or (agreed.held[0] if agreed.held else None)


def _rule_days(agreed: Agreed, first: date, last: date) -> list[date]:
    """The days of the rule, also before its start; it falls on the days of the first meeting."""
    anchor = agreed.held[0] if agreed.held else agreed.started_on
    if not agreed.cadence or anchor is None or last < first:
        return []
    days = _rule_days_of_whole_years(agreed.cadence, anchor, first, last.year)
    return list(days[: bisect_right(days, last)])


@lru_cache(maxsize=1024)
def _rule_days_of_whole_years(cadence: str, anchor: date, first: date, year: int) -> tuple[date, ...]:
    """The days from `first` to the end of the year, which stay what they are as the evening moves on: the
    twelve quarters before today ask for four years."""
    text, start = _near(cadence, anchor, first)
    rule = rrulestr(text, dtstart=_midnight(start))
    return tuple(
        one.date() for one in rule.between(_midnight(first), _midnight(date(year, 12, 31)), inc=True)
    )


def _near(cadence: str, anchor: date, first: date) -> tuple[str, date]:
    """The rule and where it may start to count: whole periods from `anchor`, just before `first`.

    So it costs no years of counting, and reaches back before the anchor. On the 29th to 31st means: on the
    last day of a shorter month, where the standard would skip that month.
    """
    if "COUNT=" in cadence:
        return cadence, anchor
    found = re.search(r"INTERVAL=(\d+)", cadence)
    every = int(found[1]) if found else 1
    if cadence.startswith("FREQ=WEEKLY"):
        weeks = timedelta(weeks=every)
        return cadence, anchor + (first - anchor) // weeks * weeks
    yearly = cadence.startswith("FREQ=YEARLY")
    step = every * (12 if yearly else 1)
    months = ((first.year - anchor.year) * 12 + first.month - anchor.month) // step * step
    start = anchor.replace(day=1) + relativedelta(months=months - step * (months > 0 or first < anchor))
    return cadence + _day_of_month(cadence, anchor), start.replace(month=1) if yearly else start


def _day_of_month(cadence: str, anchor: date) -> str:
    """What picks the day in a rule by months or years that leaves it to its first day."""
    if _PICKS_DAYS.search(cadence):
        return ""
    several = cadence.startswith("FREQ=YEARLY") and "BYMONTH=" in cadence
    if several:  # the last of the days below would be one day a year, not one a month
        return f";BYMONTHDAY={min(anchor.day, 28)}"
    month = f";BYMONTH={anchor.month}" if cadence.startswith("FREQ=YEARLY") else ""
    days = ",".join(str(day) for day in range(min(anchor.day, 28), anchor.day + 1))
    return f"{month};BYMONTHDAY={days};BYSETPOS=-1"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _own(edges: Sequence[date], place: int) -> tuple[date, date]:
    """The time of one due day: from half-way to the one before up to, not including, that to the next."""
    return (edges[place - 1] if place else date.min), (edges[place] if place < len(edges) else date.max)


def _answer(agreed: Agreed, due: date, start: date, end: date) -> Answer | None:
    """What somebody said of a due day; a plan only when nothing else was said."""
    first = bisect_left(agreed.answers, start, key=_due_on)
    near = agreed.answers[first : bisect_left(agreed.answers, end, key=_due_on)]
    return min(near, key=lambda one: (one.state == "planned", abs(one.due_on - due)), default=None)


def _due_on(answer: Answer) -> date:
    return answer.due_on


def _held_apart_from_moved(agreed: Agreed, answers: Sequence[Answer | None]) -> list[date]:
    """The days of meetings in their own time: a moved one counts where it was due, not twice."""
    held = list(agreed.held)
    for answer in answers:
        if answer and answer.state == "moved" and answer.moved_to in held:
            held.remove(answer.moved_to)
    return held


def _by_due_day(
    held: Sequence[date], days: Sequence[date], edges: Sequence[date], answers: Sequence[Answer | None]
) -> list[list[date]]:
    """The meetings of each due day. Blind to recess, which must never change the score of the others."""
    own = [_own(edges, place) for place in range(len(days))]
    inside = [list(held[bisect_left(held, start) : bisect_left(held, end)]) for start, end in own]
    for place, answer in enumerate(answers):
        if inside[place] or (answer and answer.state != "planned"):
            continue
        before, after = inside[max(place - 1, 0)], inside[min(place + 1, len(days) - 1)]
        if len(after) > 1 and after[0] < days[place + 1]:
            inside[place].append(after.pop(0))
        elif len(before) > 1 and before[-1] > days[place - 1]:
            inside[place].append(before.pop())
    return inside


def _recess(due: date, inside: Sequence[date]) -> Expected:
    return Expected(due_on=due, state="recess", extra=len(inside))


def _one(
    agreed: Agreed, meetings: Meetings, due: date, answer: Answer | None, inside: Sequence[date]
) -> Expected:
    if inside:
        place = bisect_left(inside, due)
        nearest = min(inside[max(place - 1, 0) : place + 1], key=lambda day: abs((day - due).days))
        return Expected(due_on=due, state="held", held_on=nearest, extra=len(inside) - 1)
    return _without_a_meeting(agreed, meetings, due, answer)


def _without_a_meeting(agreed: Agreed, meetings: Meetings, due: date, answer: Answer | None) -> Expected:
    """A moved meeting counts as held once its new day has come."""
    state, ahead = (answer.state, _ahead(answer, meetings.until)) if answer else ("", None)
    if state == "moved" and answer and ahead is None:
        return Expected(due_on=due, state="moved", held_on=answer.moved_to)
    if state not in ("", "planned", "moved"):
        return Expected(due_on=due, state=state)
    if state == "moved" or due > meetings.until:
        return Expected(due_on=due, state="planned", planned_on=ahead)
    graced = overdue_days(agreed, meetings, due) <= 7 * agreed.grace_weeks
    return Expected(due_on=due, state="pending" if graced or ahead else "unknown", planned_on=ahead)


def _ahead(answer: Answer, until: date) -> date | None:
    """The day a meeting was planned on or moved to, None when it has come."""
    day = answer.moved_to if answer.state == "moved" else answer.due_on
    return day if day and day > until else None
