"""Facts of a quarter -> the nine questions of its evaluation, each with what the log says about it.

One more fact at a question is one more maker in its tuple in `_QUESTIONS`; a maker that has nothing to say
returns None. What the report says too comes from the makers of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker import privacy
from tracker.analysis.question import LoggedIncident
from tracker.records import REVIEW_TOPICS
from tracker.report import lessons, sections
from tracker.report.document import Section, Table
from tracker.report.material import Material
from tracker.words import Words

Maker = Callable[[Words, Material], Section | None]
MINUTES = 90
# What became of the decisions of last time, before the first question.
OPENING_MINUTES = 5


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One question: under which heading it stands, how many minutes it may take, and its facts.

    The heading of the first of `sections` is the conclusion.
    """

    topic: str
    aim: str
    minutes: int
    sections: tuple[Section, ...]


def agenda(of: Material, say: Words) -> tuple[AgendaItem, ...]:
    """The nine questions in the order of the meeting."""
    return tuple(
        AgendaItem(
            topic=topic,
            aim=aim,
            minutes=minutes,
            sections=tuple(made for make in makers if (made := make(say, of)) is not None),
        )
        for topic, (aim, minutes, makers) in _QUESTIONS.items()
    )


def _named(say: Words, of: Material) -> Section:
    """What each domain called the incidents of the quarter, and how urgent it felt there."""
    domains = of.labels(say, "domain")
    told = {one.id: [said for said in of.known.framings if said.incident_id == one.id] for one in _seen(of)}
    rows = tuple(
        (
            of.known.incidents[number].title,
            domains.get(said.domain, said.domain),
            said.wording,
            said.urgency or say("not said"),
        )
        for number, framings in told.items()
        for said in framings
    )
    gaps = (
        f"{of.known.incidents[number].title}: {gap}"
        for number, framings in told.items()
        if (gap := say.urgency_gap(framings, domains))
    )
    return Section(
        name=say("What domains call it"),
        heading=say.named_line(len(told), sum(map(bool, told.values()))),
        lines=tuple(gaps),
        table=Table(
            caption=say("What each domain called it"),
            head=(say("Incident"), say("Domain"), say("What they call it"), say("How urgent it feels")),
            rows=rows,
        ),
    )


def _seen(of: Material) -> list[LoggedIncident]:
    return [one for one in of.facts.incidents if one.id in of.known.incidents]


def _responded(say: Words, of: Material) -> Section:
    found, known = of.facts, of.known
    lines = tuple(
        f"{known.incidents[one.incident].title}: {say.response_line(known, one)}" for one in found.responses
    )
    return Section(
        name=say("Response"),
        heading=say.reuse_line(found.reuse),
        lines=lines or (say.happened_line(of.comparison.now),),
    )


def _law(say: Words, of: Material) -> Section:
    looks = sum(bool(privacy.find(text)) for text in _texts(of))
    lines = (say.let_pass_line(of.let_pass), *say.legal_questions())
    return Section(name=say("Law and privacy"), heading=say.guarded_line(looks), lines=lines)


def _texts(of: Material) -> Iterator[str]:
    """What people typed about incidents, arrangements and agreements up to that evening."""
    known = of.known
    for incident in known.incidents.values():
        yield from (incident.title, incident.place, incident.note, incident.source)
    for arrangement in known.arrangements.values():
        yield from (arrangement.name, arrangement.goal)
    for agreement in known.agreements.values():
        yield from (agreement.text, agreement.reason)
    yield from (said.wording for said in known.framings)


def _told(say: Words, of: Material) -> Section:
    finding = of.assessment.finding
    step = say.next_step(finding)
    steps = (say("Next step: {step}", step=step),) if step else ()
    public = say("The report for everybody holds no names, themes and places, and no small numbers.")
    return Section(
        name=say("Verdict"),
        heading=say.sentence(finding),
        lines=(say.certainty(finding), *steps, say.limits(), public),
    )


_QUESTIONS: dict[str, tuple[str, int, tuple[Maker, ...]]] = {
    "happened": ("purposeful", 10, (sections.happened, _named, lessons.felt, sections.compared)),
    "response": ("purposeful", 10, (_responded,)),
    "agreements": ("purposeful", 10, (sections.agreed, sections.open_agreements)),
    "quiet": ("sustainable", 10, (sections.strip,)),
    "missing": ("sustainable", 10, (sections.missing, lessons.lead)),
    "survived": ("sustainable", 10, (sections.survived,)),
    "peacetime": ("sustainable", 15, (sections.peacetime, lessons.aims, lessons.phases, sections.floor)),
    "legal": ("legitimate", 5, (_law,)),
    "told": ("legitimate", 5, (_told, lessons.scan)),
}
assert tuple(_QUESTIONS) == REVIEW_TOPICS
assert OPENING_MINUTES + sum(minutes for _, minutes, _ in _QUESTIONS.values()) == MINUTES
