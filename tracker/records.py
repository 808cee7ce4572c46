"""What people log, as frozen records that refuse to exist when a rule is broken.

No record has a field for a person: only organisations (`Partner`), roles and days.
A broken rule raises `InvalidRecord` with *all* problems at once, as field -> rule code;
`words.problem` turns a code into a sentence beside its field.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
FIRST_DAY = date(2000, 1, 1)
DAYS_AHEAD = 366
SEVERITIES = (1, 2, 3, 4, 5)
TEXT_LENGTH = 200
LONGER_TEXTS = {"note": 2000, "source": 500, "reason": 500, "cadence": 500}
END_REASONS = ("secured", "handed_over", "no_longer_needed")
OCCURRENCE_STATES = ("planned", "moved", "cancelled", "not_held", "recess")
SILENCE_ANSWERS = ("nothing_happened", "not_logged")
RECESS_DAYS = 100
_REVERSING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class InvalidRecord(ValueError):
    """A record that breaks its rules; `problems` maps each field to the code of its broken rule."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


class Record:
    """What all records share: texts are tidied, then every rule is checked at once."""

    def __post_init__(self) -> None:
        problems: dict[str, str] = {}
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, field.name)
            if isinstance(value, str):
                value = _tidy(value)
                object.__setattr__(self, field.name, value)
                _note(problems, field.name, _text_problem(field.name, value))
            elif isinstance(value, date):
                _note(problems, field.name, "too_early_date" if value < FIRST_DAY else "")
        for name, code in self.broken_rules().items():
            _note(problems, name, code)
        if problems:
            raise InvalidRecord(problems)

    def broken_rules(self) -> dict[str, str]:
        """Field -> code of the rule it breaks, or an empty code; each record says its own."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Partner(Record):
    """An organisation that takes part, with the domain it comes from."""

    name: str
    domain: str

    def broken_rules(self) -> dict[str, str]:
        return {"name": _required(self.name), "domain": _required(self.domain)}


@dataclass(frozen=True, kw_only=True)
class Arrangement(Record):
    """A standing form of cooperation (samenwerkingsvorm).

    `cadence` is an RFC 5545 recurrence rule ("FREQ=WEEKLY;INTERVAL=4"), or empty when it
    meets on demand. `grace_weeks` is how long after the due day it is not yet late.
    """

    name: str
    kind: str
    cadence: str = ""
    grace_weeks: int = 0
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""

    def broken_rules(self) -> dict[str, str]:
        started_late = self.started_on and self.ended_on and self.ended_on < self.started_on
        return {
            "name": _required(self.name),
            "kind": _required(self.kind),
            "cadence": _cadence_problem(self.cadence),
            "grace_weeks": "" if 0 <= self.grace_weeks <= 52 else "out_of_range",
            "ended_on": "ends_before_start" if started_late else "",
            "end_reason": _end_reason_problem(self.ended_on, self.end_reason),
        }


@dataclass(frozen=True, kw_only=True)
class Incident(Record):
    """Something that happened and set people in motion (aanleiding).

    `severity` 1..5 says what happened, never who met about it. `reached` matters only for a
    national or international event: people here talked about it or partners called.
    """

    happened_on: date
    title: str
    severity: int
    kind: str = "other"
    place: str = ""
    scale: str = "municipality"
    phenomenon: str = "unknown"
    averted: bool = False
    exercise: bool = False
    lawful_protest: bool = False
    reached: bool = False
    source: str = ""
    note: str = ""

    def broken_rules(self) -> dict[str, str]:
        return {
            "title": _required(self.title),
            "severity": "" if self.severity in SEVERITIES else "out_of_range",
            "kind": _required(self.kind),
            "scale": _required(self.scale),
            "phenomenon": _required(self.phenomenon),
        }


@dataclass(frozen=True, kw_only=True)
class Activity(Record):
    """Something partners did together on a day: it took place, else it is an `Occurrence`.

    `count` is how many activities one row of an import stands for; `weight` an optional size
    (participants, hours). `partner_count` is only for a list that gives a number without names;
    `mode` overrides what `activity_mode` derives from the links.
    """

    happened_on: date
    kind: str
    title: str = ""
    arrangement_id: int | None = None
    incident_id: int | None = None
    partner_ids: tuple[int, ...] = ()
    partner_count: int | None = None
    count: int = 1
    weight: float | None = None
    mode: str = ""
    phase: str = ""
    note: str = ""

    def broken_rules(self) -> dict[str, str]:
        partners = self.partner_count
        return {
            "kind": _required(self.kind),
            "count": "" if 0 <= self.count <= 1_000_000 else "out_of_range",
            "weight": "" if self.weight is None or 0 <= self.weight < float("inf") else "out_of_range",
            "partner_ids": "twice" if len(set(self.partner_ids)) < len(self.partner_ids) else "",
            "partner_count": "" if partners is None or 0 <= partners <= 10_000 else "out_of_range",
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
class Silence(Record):
    """The answer to a stretch without entries: nothing happened, or nobody logged.

    Without an answer the weeks are unknown: silence in the log is not a zero.
    """

    first_day: date
    last_day: date
    answer: str

    def broken_rules(self) -> dict[str, str]:
        return {
            "last_day": "ends_before_start" if self.last_day < self.first_day else "",
            "answer": "" if self.answer in SILENCE_ANSWERS else "unknown_code",
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
            "last_day": "ends_before_start" if self.last_day < self.first_day else "",
            "reason": _required(self.reason),
        }


@dataclass(frozen=True, kw_only=True)
class Recess(Record):
    """A stretch in which nobody here is expected to meet: a holiday, or a closure of our own."""

    name: str
    first_day: date
    last_day: date

    def broken_rules(self) -> dict[str, str]:
        return {"name": _required(self.name), "last_day": _recess_problem(self.first_day, self.last_day)}


def activity_mode(activity: Activity) -> str:
    """`structural`, `incident_driven` or `structure_in_action` (both): said, else from the links."""
    if activity.mode:
        return activity.mode
    if activity.arrangement_id is not None:
        return "structure_in_action" if activity.incident_id is not None else "structural"
    return "incident_driven" if activity.incident_id is not None else ""


def refuse_far_dates(record: Record, today: date) -> None:
    """Raises `InvalidRecord` when a day lies more than a year after `today`."""
    limit = today + timedelta(days=DAYS_AHEAD)
    far = [name for name, value in vars(record).items() if isinstance(value, date) and value > limit]
    if far:
        raise InvalidRecord(dict.fromkeys(far, "too_far_ahead"))


def _note(problems: dict[str, str], field: str, code: str) -> None:
    if code:
        problems.setdefault(field, code)


def _required(value: Any) -> str:
    return "" if value else "required"


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()


def _text_problem(field: str, text: str) -> str:
    """Control characters, bidi overrides and lone surrogates never reach the database."""
    allowed = "\n\t" if field == "note" else ""
    if not text.isprintable() and any(_is_hidden(mark) and mark not in allowed for mark in text):
        return "hidden_characters"
    return "too_long" if len(text) > LONGER_TEXTS.get(field, TEXT_LENGTH) else ""


def _is_hidden(mark: str) -> bool:
    """Cc control, Cs surrogate, and the Cf marks that reverse the reading order; joiners stay."""
    return unicodedata.category(mark) in ("Cc", "Cs") or mark in _REVERSING


def _cadence_problem(rule: str) -> str:
    """A cadence repeats by weeks, months or years; finer rules are not a rhythm of meetings."""
    if not rule:
        return ""
    if not rule.startswith(("FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY")):
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
    if last_day < first_day:
        return "ends_before_start"
    return "too_long_recess" if (last_day - first_day).days >= RECESS_DAYS else ""
