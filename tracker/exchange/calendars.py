"""A calendar (ICS) -> two sheets of text: its series as arrangements, their meetings as activities.

Of an event only its days, rule, state and title are read. The other lines are dropped before anything parses
them, so who was invited, who invites, where and why never enter the product. Single events and private ones
stay out. A meeting is a day: times and their zones only say on which.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from tracker.exchange.encoding import decode
from tracker.exchange.preview import RowProblem
from tracker.exchange.repetition import MOST_REPETITIONS, BadRule, Repetition, repetition, weeks
from tracker.exchange.sheet import FileProblem, Rows, Sheet
from tracker.records import DAYS_AHEAD, DUTCH_TIME, FIRST_DAY

MOST_EVENTS = 5_000
SECONDS = 1.5
CANCELLED = "afgezegd in de agenda"  # stored as the reason, as somebody here would type it
ARRANGEMENTS = ["name", "kind", "cadence", "grace_weeks", "start"]
ACTIVITIES = ["date", "kind", "arrangement", "state", "moved_to", "reason"]
_READ = frozenset(
    ("UID", "DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "SUMMARY", "CLASS", "EXRULE")
)
_CALLED_OFF = re.compile(r"(?:geannuleerd|afgezegd|cancell?ed)\s*:\s*", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Event(NamedTuple):
    """One event as text: the line where it starts and only the lines that are read."""

    line: int
    lines: list[str]


@dataclass
class Series:
    """A repeating event, and the single meetings that differ from it."""

    line: int
    name: str
    repeats: Repetition
    event: Any
    changes: list[Any] = field(default_factory=list)

    @property
    def first_day(self) -> date:
        """The day of the first meeting."""
        day: date = self.event["DTSTART"].dt
        return day


def sheets(
    file: str,
    data: bytes,
    problems: list[RowProblem],
    ignored: list[str],
    *,
    today: date,
    kind_of: Callable[[str], str],
) -> Iterator[Sheet]:
    """The series as `arrangements`, and all their meetings up to a year ahead as `activities`.

    Past meetings were held, those from today on are planned; one that was called off or taken out of the
    series is cancelled, one on another day is moved. Series of one name are one arrangement, with the rhythm
    of the latest. `kind_of` gives the kind of an arrangement of this name. Raises `FileProblem`: no_calendar,
    calendar_too_long, nothing_repeats, and what `decode` refuses.
    """
    text, encoding = decode(file, data)
    limit = time.monotonic() + SECONDS
    found = _series(file, list(_events(text)), problems, ignored)
    arrangements: dict[str, tuple[int, list[str]]] = {}
    meetings: dict[tuple[str, str], tuple[int, list[str]]] = {}
    for one in sorted(found, key=lambda series: series.first_day):
        begun = arrangements.get(one.name)
        start = begun[1][-1] if begun else max(one.first_day, FIRST_DAY).isoformat()
        grace = str(min(4, weeks(one.repeats.cadence) // 2))
        row = [one.name, kind_of(one.name), one.repeats.cadence, grace, start]
        arrangements[one.name] = (begun[0] if begun else one.line, row)
        for cells in _meetings(one, today):
            meetings.setdefault((one.name, cells[0] + ("held" if not cells[3] else "")), (one.line, cells))
        if time.monotonic() > limit:
            raise FileProblem("calendar_too_long")
    digest = hashlib.sha256(data).hexdigest()
    for table, header, rows in (
        ("arrangements", ARRANGEMENTS, list(arrangements.values())),
        ("activities", ACTIVITIES, list(meetings.values())),
    ):
        held = Rows(len(rows), partial(iter, rows))
        yield Sheet(file, table, header, 0, held, frozenset(), encoding, "", digest)


def _events(text: str) -> Iterator[Event]:
    """The events of the calendar without any line that is not read; folded lines are made whole."""
    if not text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCALENDAR"):
        raise FileProblem("no_calendar")
    event: Event | None = None
    inner, read = 0, False
    for number, line in enumerate(_LINE_BREAK.split(text), 1):
        if line[:1] in (" ", "\t"):
            if event and read:
                event.lines[-1] += line[1:]
            continue
        name = re.split("[:;]", line, maxsplit=1)[0].upper()
        read = False
        if line.upper().startswith("BEGIN:VEVENT"):
            event, inner = Event(number, []), 0
        elif event and name in ("BEGIN", "END"):
            inner += 1 if name == "BEGIN" else -1
            if inner < 0:  # its own end; below it an alarm may have ended
                yield event
                event = None
        elif event and not inner and (read := name in _READ):
            event.lines.append(line)
    if event:
        raise FileProblem("no_calendar", event.line)


def _series(file: str, events: list[Event], problems: list[RowProblem], ignored: list[str]) -> list[Series]:
    repeating = [one for one in events if any(line.upper().startswith("RRULE") for line in one.lines)]
    changing = [one for one in events if any(line.upper().startswith("RECURRENCE-ID") for line in one.lines)]
    if len(repeating) + len(changing) > MOST_EVENTS:
        raise FileProblem("calendar_too_long")
    found: dict[str, Series] = {}
    private = 0
    for one in repeating:
        try:
            uid, series = _one_series(one)
            if series is None:
                private += 1
            else:
                found[uid] = series
        except BadRule as bad:
            problems.append(RowProblem(file, one.line, "RRULE", bad.code))
        except ValueError:
            problems.append(RowProblem(file, one.line, "", "bad_event"))
    for one in changing:
        try:
            event = _parsed(one)
        except ValueError:
            problems.append(RowProblem(file, one.line, "", "bad_event"))
            continue
        if series := found.get(str(event.get("UID", ""))):
            series.changes.append(event)
    left_out = len(events) - len(repeating) - len(changing) + private
    if left_out:
        ignored.append(f"{file}: {left_out} VEVENT")
    if not found and not problems:
        raise FileProblem("nothing_repeats")
    return list(found.values())


def _one_series(one: Event) -> tuple[str, Series | None]:
    """A series with the identity its changes name; None for one that is private. Raises `ValueError`."""
    rules = [line for line in one.lines if line.upper().startswith(("RRULE", "EXRULE"))]
    if len(rules) > 1 or rules[0].upper().startswith("EXRULE"):
        raise BadRule("bad_cadence")
    event = _parsed(one)
    repeats = repetition(rules[0].partition(":")[2], event["DTSTART"].dt)
    if str(event.get("CLASS", "PUBLIC")).upper() != "PUBLIC":
        return "", None
    name = " ".join(_CALLED_OFF.sub("", str(event.get("SUMMARY", "")), count=1).split())
    event.add("RRULE", _rule(repeats.rule))
    return str(event.get("UID", one.line)), Series(one.line, name, repeats, event)


def _rule(text: str) -> Any:
    from icalendar import vRecur

    return vRecur.from_ical(text)


def _parsed(one: Event) -> Any:
    """The event with days instead of times, without its rule. Raises `ValueError`."""
    from icalendar import Event as Parsed

    kept = [line for line in one.lines if not line.upper().startswith(("RRULE", "EXRULE"))]
    raw: Any = Parsed.from_ical("\r\n".join(["BEGIN:VEVENT", *kept, "END:VEVENT", ""]))
    event = Parsed()
    for name in ("UID", "SUMMARY", "STATUS", "CLASS"):
        if name in raw and not isinstance(raw[name], list):
            event[name] = raw[name]
    if not hasattr(raw.get("DTSTART"), "dt"):
        raise ValueError("an event without a day")
    event.add("DTSTART", _day(raw["DTSTART"].dt))
    if "RECURRENCE-ID" in raw:
        event.add("RECURRENCE-ID", _day(raw["RECURRENCE-ID"].dt), dict(raw["RECURRENCE-ID"].params.items()))
        event["RECURRENCE-ID"].params.pop("TZID", None)
    for name in ("RDATE", "EXDATE"):
        if days := [_day(moment.dt) for moment in _moments(raw.get(name))]:
            event.add(name, sorted(set(days)))
    return event


def _moments(lists: Any) -> Iterator[Any]:
    """RDATE and EXDATE may stand on several lines, with several days each."""
    for one in lists if isinstance(lists, list) else [lists] if lists else []:
        yield from one.dts


def _day(moment: Any) -> date:
    """The day on the wall; a time in UTC is first put on the clock here. A period is its first day."""
    if isinstance(moment, tuple):
        moment = moment[0]
    if not isinstance(moment, datetime):
        if not isinstance(moment, date):
            raise ValueError("no day")
        return moment
    return (moment.astimezone(DUTCH_TIME) if moment.tzinfo in (UTC,) or _is_utc(moment) else moment).date()


def _is_utc(moment: datetime) -> bool:
    return moment.tzname() == "UTC"


def _meetings(series: Series, today: date) -> Iterator[list[str]]:
    """One row of `ACTIVITIES` for each meeting, two for one that was moved and has been held."""
    for due, day, called_off in _occurrences(series, today):
        held = day < today and not called_off
        if called_off:
            yield [due.isoformat(), "", series.name, "cancelled", "", CANCELLED]
        elif day != due:
            yield [due.isoformat(), "", series.name, "moved", day.isoformat(), ""]
        elif not held:
            yield [due.isoformat(), "", series.name, "planned", "", ""]
        if held:
            yield [day.isoformat(), "regular_meeting", series.name, "", "", ""]


def _occurrences(series: Series, today: date) -> list[tuple[date, date, bool]]:
    """Due day, day it is on, and whether it was called off, of every meeting since 2000; by due day."""
    from icalendar import Calendar
    from recurring_ical_events import of

    calendar, event = Calendar(), series.event.copy()
    taken_out = {moment.dt for moment in _moments(event.pop("EXDATE", None))}
    for one in (event, *series.changes):
        calendar.add_component(one)
    found = []
    last = today + timedelta(days=DAYS_AHEAD)
    for one in of(calendar).between(max(series.first_day, FIRST_DAY), last + timedelta(days=1)):
        day = one["DTSTART"].dt
        due = one["RECURRENCE-ID"].dt if "RECURRENCE-ID" in one else day
        off = str(one.get("STATUS", "")).upper() == "CANCELLED" or due in taken_out
        found.append((due, day, off or bool(_CALLED_OFF.match(str(one.get("SUMMARY", ""))))))
        if len(found) > MOST_REPETITIONS:
            raise FileProblem("calendar_too_long", series.line)
    return sorted(found)
