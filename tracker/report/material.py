"""The store -> everything a report of a quarter is made from, as it looked on that quarter's last evening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.analysis import Assessment, assess, comparison, evaluation
from tracker.analysis.comparison import Comparison
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.evaluation import Counts, QuarterFacts
from tracker.analysis.meetings import Meetings
from tracker.analysis.quarter import YEAR, Quarter
from tracker.analysis.question import Question
from tracker.report.minutes import Minutes, minutes
from tracker.store import Store, Term


@dataclass(frozen=True, kw_only=True)
class Material:
    """The facts of a quarter with the names they are told in: everything, for whoever may see everything."""

    municipality: str
    example: bool
    question: Question
    facts: QuarterFacts
    comparison: Comparison
    assessment: Assessment
    known: Cooperation
    meetings: Meetings
    vocabulary: dict[str, tuple[Term, ...]]
    minutes: Minutes


def gather(store: Store, quarter: Quarter, *, today: date, question: Question | None = None) -> Material:
    """Reads the quarter, the one before and the one a year earlier; `question` may narrow what is counted.

    Its `until` is moved to the last evening of the quarter, or to today while the quarter runs. The quarter
    must have begun.
    """
    assert quarter.first <= today, (quarter, today)
    asked = replace(question or Question(until=today), until=min(quarter.last, today))
    log, meetings = store.log(asked), store.meetings(asked.until)
    known = store.cooperation(asked.until)
    names = ("domain", "role", "activity_kind")
    vocabulary = {name: tuple(store.vocabulary(name, archived=True)) for name in names}
    domains = [term.code for term in store.vocabulary("domain")]
    facts = evaluation.facts(log, meetings, known, quarter, asked, domains)
    before, year = (_counts(store, quarter.back(n), asked) for n in (1, YEAR))
    about = store.about()
    return Material(
        municipality=about.municipality,
        example=about.example,
        question=asked,
        facts=facts,
        comparison=comparison.compare(facts.counts, before, year),
        assessment=assess(log, asked, meetings),
        known=known,
        meetings=meetings,
        vocabulary=vocabulary,
        minutes=minutes(store, quarter),
    )


def _counts(store: Store, quarter: Quarter, asked: Question) -> Counts:
    then = replace(asked, until=quarter.last)
    read = store.log(then), store.meetings(then.until), store.cooperation(then.until)
    return evaluation.counts(*read, quarter, then)
