"""A simulated log -> the finding of the product's own rules, as if somebody logged every day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from bench.simulation import Simulated
from tracker.analysis import reading, verdict
from tracker.analysis.finding import Finding
from tracker.analysis.policy import value
from tracker.analysis.question import Log, LoggedIncident
from tracker.analysis.reading import Reading
from tracker.analysis.series import Series

MONDAY = date(2020, 1, 6)


def judged(simulated: Simulated) -> tuple[Finding, Reading]:
    """The finding and the reading it rests on. Coverage is 1: there is an entry on every day."""
    log = log_of(simulated)
    seen = reading.read(series_of(simulated), log.incidents)
    return verdict.judge(log, seen), seen


def log_of(simulated: Simulated) -> Log:
    """The log that was drawn, with an entry on every day."""
    last = MONDAY + timedelta(days=len(simulated.counts) - 1)
    days = pd.date_range(MONDAY, last, freq="D")
    happened = sorted(zip(simulated.incident_days.tolist(), simulated.severities.tolist(), strict=True))
    return Log(
        first=MONDAY,
        last=last,
        activities=pd.Series(simulated.counts, index=days),
        entry_days=days,
        incidents=tuple(
            LoggedIncident(day=MONDAY + timedelta(days=day), title="", severity=severity, counts=True)
            for day, severity in happened
        ),
    )


def series_of(simulated: Simulated) -> Series:
    """Its daily arrays as they were drawn."""
    never = np.zeros(len(simulated.counts), bool)
    serious = never.copy()
    serious[simulated.incident_days[simulated.severities >= value("peacetime_severity")]] = True
    return Series(
        first=MONDAY,
        last=MONDAY + timedelta(days=len(simulated.counts) - 1),
        calendar="working-days",
        counts=simulated.counts,
        logged=simulated.counts,
        exposure=simulated.exposure,
        weights=simulated.weights,
        serious=serious,
        unknown=never,
        unanswered=never,
        doubtful=never,
        school=simulated.school if simulated.school is not None else never,
        guessed=never,
    )
