"""The store -> what was recorded for the four lessons, as it was known on a quarter's last evening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.analysis import goals, prevention
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.glossary import Entry
from tracker.analysis.goals import Progress, Seen
from tracker.analysis.prevention import Prevention
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Question
from tracker.analysis.self_scan import Round
from tracker.records import Goal, PlannedShare
from tracker.store import Store


@dataclass(frozen=True, kw_only=True)
class Learned:
    """Words with their meanings, goals by id with how each stands, the phases, and the self-scans so far."""

    words: tuple[Entry, ...]
    goals: dict[int, Goal]
    progress: tuple[Progress, ...]
    phases: Prevention
    rounds: tuple[Round, ...]


def learned(store: Store, known: Cooperation, quarter: Quarter, domains: Iterable[str]) -> Learned:
    """What is known of the lessons on the evening of `known.until`.

    Of the glossary it is what stands now, for it is looked up while people talk.
    """
    until, domains = known.until, list(domains)
    planned = prevention.plan((one.record for one in store.records(PlannedShare)), domains)
    asked = {one.id: one.record for one in store.records(Goal)}
    return Learned(
        words=store.glossary(domains),
        goals=asked,
        progress=goals.progress(asked, until, lambda evening: seen(store, evening)),
        phases=prevention.prevention(known, planned),
        rounds=tuple(one for one in store.scan_rounds() if one.quarter.first <= quarter.first),
    )


def seen(store: Store, evening: date) -> Seen:
    """What a goal is counted from on one evening."""
    question = Question(until=evening)
    return Seen(
        log=store.log(question),
        meetings=store.meetings(evening),
        known=store.cooperation(evening),
        question=question,
    )
