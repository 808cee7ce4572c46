"""What people log, as frozen records that refuse to exist when a rule is broken.

No record has a field for a person: only organisations (`Partner`), roles and days.
A broken rule raises `InvalidRecord` with *all* problems at once, as field -> rule code;
`words.problem` turns a code into a sentence beside its field.

`rule` is what all records share, `log` what happened and was done, `structure` the standing
cooperation, `promises` what was agreed and what came of it, `evaluation` what the quarterly meeting leaves,
`attention` what was counted elsewhere.
"""

from __future__ import annotations

from tracker.records.attention import SeriesPoint
from tracker.records.evaluation import (
    GOAL_MEASURES,
    REVIEW_TOPICS,
    SHARES,
    SHOWN_AT,
    DomainMeaning,
    GlossaryWord,
    Goal,
    PlannedShare,
    QuarterReview,
    ReviewNote,
    Scan,
)
from tracker.records.log import (
    SEVERITIES,
    SILENCE_ANSWERS,
    Activity,
    Incident,
    Silence,
    activity_mode,
)
from tracker.records.promises import (
    AGREEMENT_ORIGINS,
    AGREEMENT_STATES,
    CHECK_BACK_ANSWERS,
    Agreement,
    CheckBack,
    Framing,
    IncidentReview,
)
from tracker.records.rule import (
    DAYS_AHEAD,
    DUTCH_TIME,
    FIRST_DAY,
    SEVERAL_LINES,
    InvalidRecord,
    Record,
    is_plain,
    longest,
    refuse_far_dates,
    settled,
)
from tracker.records.shelf import Run, Shelf
from tracker.records.structure import (
    END_REASONS,
    OCCURRENCE_STATES,
    RECESS_DAYS,
    Arrangement,
    Occurrence,
    Partner,
    Pause,
    Recess,
)

__all__ = [
    "AGREEMENT_ORIGINS",
    "AGREEMENT_STATES",
    "CHECK_BACK_ANSWERS",
    "DAYS_AHEAD",
    "DUTCH_TIME",
    "END_REASONS",
    "FIRST_DAY",
    "GOAL_MEASURES",
    "OCCURRENCE_STATES",
    "RECESS_DAYS",
    "REVIEW_TOPICS",
    "SEVERAL_LINES",
    "SEVERITIES",
    "SHARES",
    "SHOWN_AT",
    "SILENCE_ANSWERS",
    "Activity",
    "Agreement",
    "Arrangement",
    "CheckBack",
    "DomainMeaning",
    "Framing",
    "GlossaryWord",
    "Goal",
    "Incident",
    "IncidentReview",
    "InvalidRecord",
    "Occurrence",
    "Partner",
    "Pause",
    "PlannedShare",
    "QuarterReview",
    "Recess",
    "Record",
    "ReviewNote",
    "Run",
    "Scan",
    "SeriesPoint",
    "Shelf",
    "Silence",
    "activity_mode",
    "is_plain",
    "longest",
    "refuse_far_dates",
    "settled",
]
