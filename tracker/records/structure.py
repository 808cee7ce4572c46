"""The standing cooperation: organisations, arrangements, and what became of their agreed meetings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.records.rule import Record, in_order, required

END_REASONS = ("secured", "handed_over", "no_longer_needed")
OCCURRENCE_STATES = ("planned", "moved", "cancelled", "not_held", "recess")
RECESS_DAYS = 100


@dataclass(frozen=True, kw_only=True)
class Partner(Record):
    """An organisation that takes part, with the domain it comes from."""

    name: str
    domain: str

    def broken_rules(self) -> dict[str, str]:
        return {"name": required(self.name), "domain": required(self.domain)}


@dataclass(frozen=True, kw_only=True)
class Arrangement(Record):
    """A standing form of cooperation (samenwerkingsvorm).

    `cadence` is an RFC 5545 recurrence rule ("FREQ=WEEKLY;INTERVAL=4"), or empty when it
    meets on demand. `grace_weeks` is how long after the due day it is not yet late. The owner (trekker) is
    an organisation and a role; the second owner comes from another domain where there is one. `partner_ids`
    are the organisations that belong to it, `incident_id` is the incident it was born from.
    """

    name: str
    kind: str
    cadence: str = ""
    grace_weeks: int = 0
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    owner_id: int | None = None
    owner_role: str = ""
    second_owner_id: int | None = None
    second_owner_role: str = ""
    partner_ids: tuple[int, ...] = ()
    phase: str = ""
    goal: str = ""
    incident_id: int | None = None

    def broken_rules(self) -> dict[str, str]:
        started_late = self.started_on and self.ended_on and self.ended_on < self.started_on
        return {
            "name": required(self.name),
            "kind": required(self.kind),
            "cadence": _cadence_problem(self.cadence),
            "grace_weeks": "" if 0 <= self.grace_weeks <= 52 else "out_of_range",
            "ended_on": "ends_before_start" if started_late else "",
            "end_reason": _end_reason_problem(self.ended_on, self.end_reason),
            "owner_id": "required" if self.owner_role and self.owner_id is None else "",
            "second_owner_id": _second_owner_problem(self),
            "partner_ids": "twice" if len(set(self.partner_ids)) < len(self.partner_ids) else "",
        }


@dataclass(frozen=True, kw_only=True)
class Occurrence(Record):
    """What became of an agreed meeting that did not simply take place on its day.

    A meeting that was held is an `Activity` of its arrangement; here stand the others:
    planned, moved (to `moved_to`), cancelled with a reason, not held, recess.
    """

    arrangement_id: int
    due_on: date
    state: str
    moved_to: date | None = None
    reason: str = ""

    def broken_rules(self) -> dict[str, str]:
        return {
            "state": "" if self.state in OCCURRENCE_STATES else "unknown_code",
            "moved_to": "required" if self.state == "moved" and self.moved_to is None else "",
            "reason": "required" if self.state == "cancelled" and not self.reason else "",
        }


@dataclass(frozen=True, kw_only=True)
class Pause(Record):
    """A stretch in which an arrangement was agreed not to meet, and why: no meeting falls due in it."""

    arrangement_id: int
    first_day: date
    last_day: date
    reason: str

    def broken_rules(self) -> dict[str, str]:
        return {
            "last_day": in_order(self.first_day, self.last_day),
            "reason": required(self.reason),
        }


@dataclass(frozen=True, kw_only=True)
class Recess(Record):
    """A stretch in which nobody here is expected to meet: a holiday, or a closure of our own."""

    name: str
    first_day: date
    last_day: date

    def broken_rules(self) -> dict[str, str]:
        return {"name": required(self.name), "last_day": _recess_problem(self.first_day, self.last_day)}


def _cadence_problem(rule: str) -> str:
    """A cadence repeats by weeks, months or years; finer rules are not a rhythm of meetings.

    With an interval of 0 the next meeting would be the same one, for ever, and below 0 an earlier one.
    """
    if not rule:
        return ""
    coarse = rule.startswith(("FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"))
    if not coarse or re.search(r"INTERVAL=(?![1-9]\d*(;|$))", rule):
        return "bad_cadence"
    from dateutil.rrule import rrulestr

    try:
        rrulestr(rule)
    except (ValueError, TypeError):
        return "bad_cadence"
    return ""


def _end_reason_problem(ended_on: date | None, reason: str) -> str:
    if ended_on is None:
        return "only_when_ended" if reason else ""
    return "" if reason in END_REASONS else "required"


def _recess_problem(first_day: date, last_day: date) -> str:
    """A recess that lasts for months would hide that an arrangement fell silent."""
    long = (last_day - first_day).days >= RECESS_DAYS
    return in_order(first_day, last_day) or ("too_long_recess" if long else "")


def _second_owner_problem(one: Arrangement) -> str:
    """A second owner is another organisation than the first, and has a first beside it."""
    if one.second_owner_id is None:
        return "required" if one.second_owner_role else ""
    if one.owner_id is None:
        return "second_without_first"
    return "same_as_first" if one.second_owner_id == one.owner_id else ""
