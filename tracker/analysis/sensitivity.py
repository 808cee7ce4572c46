"""Whether the verdict leans on a choice: which incidents count, and how much severity weighs."""

from __future__ import annotations

from tracker.analysis import reading, series, sufficiency, verdict
from tracker.analysis.finding import Finding
from tracker.analysis.question import Log, Question
from tracker.analysis.series import Series

_SEVERITIES = (2, 3, 4)


def sensitive_to(log: Log, question: Question, finding: Finding) -> tuple[str, ...]:
    """Codes of the variants that give another verdict.

    A variant that leaves the same incidents, or none, says nothing and is left out; so are all when it is
    too early in any case.
    """
    if sufficiency.always_too_early(finding.needed):
        return ()
    counted = _counted(log)
    found = []
    for least in _SEVERITIES:
        variant = log.from_severity(least)
        if 0 < _counted(variant) < counted:
            days = series.daily(variant, question)
            if _verdict(variant, days, question) != finding.activity_verdict:
                found.append(f"severity>={least}")
        counted = _counted(variant)
    if len({one.severity for one in log.incidents if one.counts}) > 1:
        days = series.daily(log, question, equal_weights=True)
        if _verdict(log, days, question) != finding.activity_verdict:
            found.append("equal_weights")
    return tuple(found)


def _counted(log: Log) -> int:
    return sum(one.counts for one in log.incidents)


def _verdict(log: Log, days: Series, question: Question) -> str:
    seen = reading.read(days, log.incidents, carry_over=question.starts_in_aftermath)
    return verdict.judgement(log, seen).verdict
