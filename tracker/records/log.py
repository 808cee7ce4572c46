"""What happened and what was done about it: incidents, activities, and the answer to a silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.records.rule import Record, in_order, required

SEVERITIES = (1, 2, 3, 4, 5)
SILENCE_ANSWERS = ("nothing_happened", "not_logged")


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
            "title": required(self.title),
            "severity": "" if self.severity in SEVERITIES else "out_of_range",
            "kind": required(self.kind),
            "scale": required(self.scale),
            "phenomenon": required(self.phenomenon),
        }


@dataclass(frozen=True, kw_only=True)
class Activity(Record):
    """Something partners did together on a day: it took place, else it is an `Occurrence`.

    `count` is how many activities one row of an import stands for; `weight` an optional size
    (participants, hours). `partner_count` is only for a list that gives a number without names;
    `mode` overrides what `activity_mode` derives from the links. `lead_id` is the organisation that took
    the lead, where that was not the owner of the arrangement.
    """

    ALONE = ("happened_on", "title", "note")

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
    lead_id: int | None = None

    def broken_rules(self) -> dict[str, str]:
        partners = self.partner_count
        return {
            "kind": required(self.kind),
            "count": "" if 0 <= self.count <= 1_000_000 else "out_of_range",
            "weight": "" if self.weight is None or 0 <= self.weight < float("inf") else "out_of_range",
            "partner_ids": "twice" if len(set(self.partner_ids)) < len(self.partner_ids) else "",
            "partner_count": "" if partners is None or 0 <= partners <= 10_000 else "out_of_range",
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
            "last_day": in_order(self.first_day, self.last_day),
            "answer": "" if self.answer in SILENCE_ANSWERS else "unknown_code",
        }


def activity_mode(activity: Activity) -> str:
    """`structural`, `incident_driven` or `structure_in_action` (both): said, else from the links."""
    if activity.mode:
        return activity.mode
    if activity.arrangement_id is not None:
        return "structure_in_action" if activity.incident_id is not None else "structural"
    return "incident_driven" if activity.incident_id is not None else ""
