"""Records and daily series -> facts. Pure: no files, no clock, no screen.

`assess` is the door: a question and what the log answered go in, the finding and the timeline come out.
Read in this order: question, series, decay, peacetime, reading, sufficiency, verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.analysis import coverage, reading, series, timeline, verdict
from tracker.analysis.finding import Finding, TimelineFacts
from tracker.analysis.question import Log, Question


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The finding, the data of its picture, and the newest silence somebody should explain (first, last)."""

    finding: Finding
    timeline: TimelineFacts
    silence: tuple[date, date] | None = None


def assess(log: Log, question: Question) -> Assessment:
    """Judges what was logged up to `question.until`; an empty log gives a finding too."""
    if log.first is None:
        return Assessment(
            finding=verdict.nothing_logged(question.until), timeline=timeline.empty(question.until)
        )
    seen = reading.read(series.daily(log, question), log.incidents)
    finding = verdict.judge(log, seen)
    return Assessment(
        finding=finding,
        timeline=timeline.facts(log, seen, finding),
        silence=coverage.silence_to_ask_about(seen.days),
    )
