"""A question and what the log answered -> the finding, its pictures, and what lies around incidents."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from tracker.analysis import (
    before_after,
    coverage,
    epochs,
    headline,
    quarters,
    ratchet,
    reading,
    sensitivity,
    series,
    structure,
    timeline,
    verdict,
)
from tracker.analysis.before_after import BeforeAfter
from tracker.analysis.epochs import Epochs
from tracker.analysis.finding import Finding, TimelineFacts
from tracker.analysis.meetings import Meetings
from tracker.analysis.question import Log, Question
from tracker.analysis.ratchet import Step


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The finding, the data of its pictures, and the newest silence somebody should explain (first, last)."""

    finding: Finding
    timeline: TimelineFacts
    floors: pd.DataFrame
    silence: tuple[date, date] | None = None


@dataclass(frozen=True, kw_only=True)
class AroundIncidents:
    """What was counted before and after each incident, all of them laid over each other, and what stayed."""

    table: BeforeAfter
    epochs: Epochs
    steps: tuple[Step, ...]


def assess(log: Log, question: Question, meetings: Meetings | None = None) -> Assessment:
    """Judges what was logged up to `question.until`; an empty log gives a finding too.

    With `meetings` the structure verdict stands beside that of the activity, and the headline is of both.
    """
    with reading.cores() as pool:
        agreed = pool.submit(structure.structure, meetings) if meetings is not None else None
        assessment = _of_activity(pool, log, question)
    if agreed is None or meetings is None:
        return assessment
    both = headline.joined(assessment.finding, agreed.result())
    picture = replace(assessment.timeline, recess=meetings.recess)
    return replace(assessment, finding=both, timeline=picture)


def around_incidents(log: Log, question: Question) -> AroundIncidents | None:
    """The raw companion per incident and the day-0 view; None for an empty log."""
    if log.first is None:
        return None
    seen = _read(log, question)
    return AroundIncidents(
        table=before_after.before_after(seen.days, log.incidents),
        epochs=epochs.epochs(seen.days, log.incidents),
        steps=ratchet.steps(seen, log.incidents),
    )


def _read(log: Log, question: Question) -> reading.Reading:
    days = series.daily(log, question)
    return reading.read(days, log.incidents, carry_over=question.starts_in_aftermath)


def _of_activity(cores: Executor, log: Log, question: Question) -> Assessment:
    if log.first is None:
        return Assessment(
            finding=verdict.nothing_logged(question.until),
            timeline=timeline.empty(question.until),
            floors=pd.DataFrame(),
        )
    first, others = cores.submit(_read, log, question), sensitivity.begun(cores, log, question)
    seen = first.result()
    finding = verdict.judge(log, seen)
    facts, floors = timeline.facts(log, seen, finding), quarters.floor_by_quarter(seen)
    return Assessment(
        finding=replace(finding, sensitive_to=sensitivity.sensitive_to(others, finding)),
        timeline=facts,
        floors=floors,
        silence=coverage.silence_to_ask_about(seen.days),
    )
