"""Whether the verdict leans on a choice: which incidents count, and how much severity weighs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future

from tracker.analysis import reading, series, sufficiency, verdict
from tracker.analysis.finding import Finding
from tracker.analysis.question import Log, Question
from tracker.analysis.series import Series

_SEVERITIES = (2, 3, 4)


def begun(cores: Executor, log: Log, question: Question) -> dict[str, Future[str]]:
    """The verdict of every other choice that can be made, by its code, on its way.

    A variant that leaves the same incidents, or none, says nothing and is left out.
    """
    return {
        code: cores.submit(_verdict, variant, days, question)
        for code, variant, days in _variants(log, question)
    }


def sensitive_to(verdicts: dict[str, Future[str]], finding: Finding) -> tuple[str, ...]:
    """Codes of the variants that give another verdict; none when it is too early in any case."""
    if sufficiency.always_too_early(finding.needed):
        return ()
    return tuple(code for code, told in verdicts.items() if told.result() != finding.activity_verdict)


def _variants(log: Log, question: Question) -> Iterator[tuple[str, Log, Series]]:
    """Code, log and days of each other choice that can be made."""
    counted = _counted(log)
    for least in _SEVERITIES:
        variant = log.from_severity(least)
        if 0 < _counted(variant) < counted:
            yield f"severity>={least}", variant, series.daily(variant, question)
        counted = _counted(variant)
    if len({one.severity for one in log.incidents if one.counts}) > 1:
        yield "equal_weights", log, series.daily(log, question, equal_weights=True)


def _counted(log: Log) -> int:
    return sum(one.counts for one in log.incidents)


def _verdict(log: Log, days: Series, question: Question) -> str:
    seen = reading.read(days, log.incidents, carry_over=question.starts_in_aftermath)
    return verdict.judgement(log, seen).verdict
