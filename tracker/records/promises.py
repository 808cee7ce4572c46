"""What was promised and what came of it: agreements, check-backs, and looking back at one incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.records.evaluation import REVIEW_TOPICS
from tracker.records.log import SEVERITIES
from tracker.records.rule import Record, quarter_problem, required

AGREEMENT_STATES = ("open", "done", "wont_do")
AGREEMENT_ORIGINS = ("incident", "meeting", "review")
CHECK_BACK_ANSWERS = ("lives", "changed", "stopped", "nothing_left")
LONGEST_CHECK_BACK = 366


@dataclass(frozen=True, kw_only=True)
class Agreement(Record):
    """A promise with an owner and a date (afspraak): an organisation and a role keep it, never a person.

    `origin` says where it was made: after an incident, in a meeting, or in a review. `made_on` is None when
    a list does not tell. A closed one is done or, with a reason, will not be done. One of a review may say
    of which `quarter` (its first day) and at which of the nine questions (`topic`) it was made.
    """

    text: str
    owner_id: int | None
    due_on: date
    owner_role: str = ""
    made_on: date | None = None
    origin: str = "meeting"
    incident_id: int | None = None
    arrangement_id: int | None = None
    state: str = "open"
    closed_on: date | None = None
    reason: str = ""
    quarter: date | None = None
    topic: str = ""

    def broken_rules(self) -> dict[str, str]:
        return {
            "text": required(self.text),
            "owner_id": "required" if self.owner_id is None else "",
            "due_on": "due_before_made" if self.made_on and self.due_on < self.made_on else "",
            "origin": "" if self.origin in AGREEMENT_ORIGINS else "unknown_code",
            "incident_id": "required" if self.origin == "incident" and self.incident_id is None else "",
            "state": "" if self.state in AGREEMENT_STATES else "unknown_code",
            "closed_on": self._closed_on_problem(),
            "reason": "required" if self.state == "wont_do" and not self.reason else "",
            "quarter": self._quarter_problem(),
            "topic": "" if self.topic in ("", *REVIEW_TOPICS) else "unknown_code",
        }

    def _quarter_problem(self) -> str:
        if self.quarter is None:
            return "required" if self.topic else ""
        return quarter_problem(self.quarter) if self.origin == "review" else "only_in_a_review"

    def _closed_on_problem(self) -> str:
        if self.state == "open":
            return "only_when_closed" if self.closed_on else ""
        if self.closed_on is None:
            return "required"
        return "ends_before_start" if self.made_on and self.closed_on < self.made_on else ""


@dataclass(frozen=True, kw_only=True)
class CheckBack(Record):
    """The answer to "does it still live?", some days after an incident (terugkijken).

    About one arrangement or one agreement that came out of the incident; `nothing_left` is the answer
    when nothing did, and then it is about neither.
    """

    incident_id: int
    after_days: int
    answered_on: date
    answer: str
    arrangement_id: int | None = None
    agreement_id: int | None = None

    def broken_rules(self) -> dict[str, str]:
        about = (self.arrangement_id is not None) + (self.agreement_id is not None)
        fits = about == (0 if self.answer == "nothing_left" else 1)
        known = self.answer in CHECK_BACK_ANSWERS
        return {
            "after_days": "" if 1 <= self.after_days <= LONGEST_CHECK_BACK else "out_of_range",
            "answer": "unknown_code" if not known else "" if fits else "answer_does_not_fit",
        }


@dataclass(frozen=True, kw_only=True)
class Framing(Record):
    """How one domain names an incident (duiding), and how urgent it feels there, 1 (low) to 5 (high)."""

    incident_id: int
    domain: str
    wording: str = ""
    urgency: int | None = None

    def broken_rules(self) -> dict[str, str]:
        return {
            "domain": required(self.domain),
            "wording": "" if self.wording or self.urgency is not None else "required",
            "urgency": "" if self.urgency is None or self.urgency in SEVERITIES else "out_of_range",
        }


@dataclass(frozen=True, kw_only=True)
class IncidentReview(Record):
    """Looking back together at one incident: the context, the response, what it gave, and next time."""

    incident_id: int
    held_on: date
    context: str = ""
    response: str = ""
    result: str = ""
    next_time: str = ""

    def broken_rules(self) -> dict[str, str]:
        said = self.context or self.response or self.result or self.next_time
        return {"next_time": "" if said else "say_something"}
