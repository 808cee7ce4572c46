"""The store -> everything a report of a quarter is made from, as it looked on that quarter's last evening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tracker.analysis import Assessment, assess, comparison, evaluation
from tracker.analysis.attention import Attention, attention
from tracker.analysis.comparison import Comparison
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.evaluation import Counts, QuarterFacts
from tracker.analysis.meetings import Meetings
from tracker.analysis.quarter import YEAR, Quarter
from tracker.analysis.question import Question
from tracker.analysis.threat_level import Spell, spells
from tracker.records import SeriesPoint
from tracker.report.learned import Learned, learned
from tracker.report.minutes import Minutes, minutes
from tracker.store import Store, Term, threat_levels
from tracker.words import Words


@dataclass(frozen=True, kw_only=True)
class Material:
    """The facts of a quarter with the names they are told in: everything, for whoever may see everything.

    `series`: what was counted elsewhere in the weeks of the quarter; `threat`: the national level in it. Both
    are empty when there is none. `let_pass`: how many findings of the guard on texts were let pass in it.
    """

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
    learned: Learned
    series: tuple[Attention, ...] = ()
    threat: tuple[Spell, ...] = ()
    let_pass: int = 0

    def labels(self, say: Words, vocabulary: str) -> dict[str, str]:
        """Code -> label of every term, archived ones too."""
        return {term.code: say.label(term) for term in self.vocabulary[vocabulary]}


def gather(store: Store, quarter: Quarter, *, today: date, question: Question | None = None) -> Material:
    """Reads the quarter, the one before and the one a year earlier; `question` may narrow what is counted.

    Its `until` is moved to the last evening of the quarter, or to today while the quarter runs. The quarter
    must have begun.
    """
    assert quarter.first <= today, (quarter, today)
    asked = replace(question or Question(until=today), until=min(quarter.last, today))
    log, meetings = store.log(asked), store.meetings(asked.until)
    known = store.cooperation(asked.until)
    names = ("domain", "role", "activity_kind", "phase")
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
        learned=learned(store, known, quarter, domains),
        series=tuple(_series(store, quarter, asked.until)),
        threat=_threat(quarter, asked.until),
        let_pass=sum(store.register.overrides(quarter.first, quarter.last).values()),
    )


def _counts(store: Store, quarter: Quarter, asked: Question) -> Counts:
    then = replace(asked, until=quarter.last)
    read = store.log(then), store.meetings(then.until), store.cooperation(then.until)
    return evaluation.counts(*read, quarter, then)


def _series(store: Store, quarter: Quarter, until: date) -> list[Attention]:
    points = (held.record for held in store.records(SeriesPoint))
    return attention(points, until=until, since=quarter.first)


def _threat(quarter: Quarter, until: date) -> tuple[Spell, ...]:
    """As it was announced by then; nothing when no word is known for any day of the quarter."""
    told = [one for one in threat_levels() if one.day <= until]
    found = spells(told, quarter.first, until)
    return found if any(one.word for one in found) else ()
