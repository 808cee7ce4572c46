"""What the quarterly evaluation leaves: shared goals, words and meanings, planned leads, notes, reviews.

A quarter is written as its first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.records.rule import Record, quarter_problem, required

# What a goal is measured by, and whether it is a share in per cent; each is counted from the log.
GOAL_MEASURES = {
    "meetings_held": True,
    "domains_met": False,
    "organisations_met": False,
    "shared_owners": True,
    "agreements_on_time": True,
    "peacetime_activities": False,
    "quiet_at_most": False,
    "reuse": True,
    "reviewed": True,
}
SHARES = ("lead", "support", "none")
# The nine questions of the meeting, in their order.
REVIEW_TOPICS = (
    "happened",
    "response",
    "agreements",
    "quiet",
    "missing",
    "survived",
    "peacetime",
    "legal",
    "told",
)
SHOWN_AT = ("incident_kind", "severity", "phenomenon", "activity_kind", "phase", "arrangement_kind")
HIGHEST_TARGET = 1_000


@dataclass(frozen=True, kw_only=True)
class Goal(Record):
    """What the partners want to reach together (gezamenlijk doel); its status is computed, never typed.

    `target` is in per cent or a number, by `measure`.
    """

    text: str
    measure: str
    target: float
    due_on: date
    made_on: date | None = None

    def broken_rules(self) -> dict[str, str]:
        highest = 100 if GOAL_MEASURES.get(self.measure) else HIGHEST_TARGET
        return {
            "text": required(self.text),
            "measure": "" if self.measure in GOAL_MEASURES else "unknown_code",
            "target": "" if 0 <= self.target <= highest else "out_of_range",
            "due_on": "due_before_made" if self.made_on and self.due_on < self.made_on else "",
        }


@dataclass(frozen=True, kw_only=True)
class GlossaryWord(Record):
    """A word that partners use, what they agreed to mean by it, and whether its meanings clash.

    `shown_at` is the field of a form that shows it as help, or empty.
    """

    name: str
    meaning: str = ""
    shown_at: str = ""
    clash: bool = False

    def broken_rules(self) -> dict[str, str]:
        return {
            "name": required(self.name),
            "shown_at": "" if self.shown_at in ("", *SHOWN_AT) else "unknown_code",
        }


@dataclass(frozen=True, kw_only=True)
class DomainMeaning(Record):
    """What one domain means by a word of the glossary."""

    word_id: int
    domain: str
    meaning: str

    def broken_rules(self) -> dict[str, str]:
        return {"domain": required(self.domain), "meaning": required(self.meaning)}


@dataclass(frozen=True, kw_only=True)
class PlannedShare(Record):
    """Whether a domain is meant to lead or to support in a phase of prevention, or has no part in it."""

    phase: str
    domain: str
    share: str

    def broken_rules(self) -> dict[str, str]:
        return {
            "phase": required(self.phase),
            "domain": required(self.domain),
            "share": "" if self.share in SHARES else "unknown_code",
        }


@dataclass(frozen=True, kw_only=True)
class ReviewNote(Record):
    """What was said at one question of the evaluation of a quarter."""

    quarter: date
    topic: str
    note: str

    def broken_rules(self) -> dict[str, str]:
        return {
            "quarter": quarter_problem(self.quarter),
            "topic": "" if self.topic in REVIEW_TOPICS else "unknown_code",
            "note": required(self.note),
        }


@dataclass(frozen=True, kw_only=True)
class QuarterReview(Record):
    """The evaluation of a quarter, closed on a day; from then on its facts stand still.

    `digest` names the facts that were kept then; empty when they came from elsewhere without them.
    """

    quarter: date
    held_on: date
    digest: str = ""

    def broken_rules(self) -> dict[str, str]:
        return {
            "quarter": quarter_problem(self.quarter),
            "held_on": "ends_before_start" if self.held_on < self.quarter else "",
        }


@dataclass(frozen=True, kw_only=True)
class Scan(Record):
    """A round of the self-scan of a quarter: who replied and what each replied is nowhere in it."""

    quarter: date
    opened_on: date
    closed_on: date | None = None

    def broken_rules(self) -> dict[str, str]:
        return {
            "quarter": quarter_problem(self.quarter),
            "closed_on": "ends_before_start" if self.closed_on and self.closed_on < self.opened_on else "",
        }
