"""Facts of a quarter -> the report for everybody: nothing that people typed, and no number that tells of few.

A line is a total with the parts it is the sum of. A part from 1 to `least` - 1 is not shown, and neither is
the total of a line that hides one: what is left shown of a line are then parts that share nothing, so that no
hidden number can be found by subtraction. No other text or picture of the public report holds a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.analysis import policy
from tracker.analysis.comparison import Side
from tracker.analysis.finding import Finding
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Question
from tracker.report.document import FRONT, Cell, Document, Section, Table
from tracker.report.material import Material
from tracker.report.sections import about, elsewhere
from tracker.words import N_, Words


@dataclass(frozen=True, kw_only=True)
class Line:
    """A total, and the parts it is the sum of; None is a number nobody knows."""

    total: int | None
    parts: Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A line as it may be shown: `small` parts and a hidden total are told apart from what nobody knows."""

    total: int | None
    hides_total: bool
    parts: Mapping[str, int | None]
    small: frozenset[str]


_LINES = {
    "incidents": (N_("Incidents"), {"serious": N_("severity 3 or higher"), "lighter": N_("lighter")}),
    "averted": (N_("Averted incidents"), {"averted": N_("averted")}),
    "activities": (
        N_("Activities together"),
        {"in_peacetime": N_("in peacetime"), "other": N_("not in peacetime")},
    ),
    "due": (
        N_("Agreed meetings that fell due"),
        {"held": N_("held"), "unanswered": N_("not known"), "not_held": N_("not held")},
    ),
    "organisations": (N_("Organisations that were there"), {"organisations": N_("organisations")}),
    "closed": (
        N_("Agreements closed"),
        {"done": N_("done"), "dropped": N_("dropped with a reason")},
    ),
}


def not_for_everybody(question: Question, quarter: Quarter) -> str:
    """Why there is no public report of this, to be spoken; empty when there is one.

    Two reports that differ in a filter, or by a day, could be subtracted from each other: what is left is a
    number that neither shows.
    """
    if question.until < quarter.last:
        return N_("The quarter still runs. A public report is of a quarter that is over.")
    if question.narrowed:
        return N_("A public report takes no filters: two of them could be subtracted from each other.")
    return ""


def suppressed(line: Line, least: int) -> Shown:
    """The line without what could tell of fewer than `least`; zeros stay, for they tell of nobody."""
    small = frozenset(name for name, n in line.parts.items() if n is not None and 0 < n < least)
    hides = bool(small)
    return Shown(
        total=None if hides else line.total,
        hides_total=hides,
        parts={name: None if name in small else n for name, n in line.parts.items()},
        small=small,
    )


def lines(of: Side) -> dict[str, Line]:
    """The counts of a quarter as totals with their parts, by the names of the table."""
    found = of.counts
    made = {
        "incidents": _line(serious=found.serious, lighter=found.incidents - found.serious),
        "averted": _line(averted=found.averted),
        "activities": _line(in_peacetime=found.in_peacetime, other=found.activities - found.in_peacetime),
        "due": _line(
            held=found.held,
            unanswered=found.unanswered,
            not_held=found.due - found.held - found.unanswered,
        ),
        "organisations": _line(organisations=found.organisations),
        "closed": _line(done=found.agreements_done, dropped=found.agreements_dropped),
    }
    return made if of.value("weeks") is not None else {name: _unknown(one) for name, one in made.items()}


def document(of: Material, say: Words, made_at: datetime) -> Document:
    """The public report: the verdict, the table of counts, and what may not be concluded."""
    refused = not_for_everybody(of.question, of.facts.counts.quarter)
    assert not refused, refused
    finding = _without_names(of.assessment.finding)
    least = int(policy.value("least_cell"))
    return Document(
        say=say,
        title=say.report_title(of.facts.counts.quarter),
        owner=of.municipality,
        example=of.example,
        made_at=made_at,
        sentence=say.public_sentence(finding),
        certainty=say(
            "Certainty: {word} {dots}",
            word=say.certainty_word(finding)[0],
            dots=say.certainty_word(finding)[1],
        ),
        next_step="",
        picture=None,
        sections=(_counted(say, of, least), *_beside(say, of)),
        about=about(of, say, made_at),
        limits=(say.limits(), *say.public_limits(least)),
    )


def _beside(say: Words, of: Material) -> Iterator[Section]:
    """The national level is known to everybody; what a series is called was typed."""
    one = elsewhere(say, of, named=False)
    if one is not None:
        yield replace(one, place=FRONT)


def _counted(say: Words, of: Material, least: int) -> Section:
    sides = (of.comparison.now, of.comparison.before, of.comparison.year)
    shown = [{name: suppressed(line, least) for name, line in lines(side).items()} for side in sides]
    rows: list[tuple[Cell, ...]] = []
    for name, (label, parts) in _LINES.items():
        across = [one[name] for one in shown]
        if len(parts) > 1:
            rows.append((say(label), *(_total(say, one) for one in across)))
        for part, word in parts.items():
            text = say("of which {part}", part=say(word)) if len(parts) > 1 else say(label)
            rows.append((text, *(_part(say, one, part, least) for one in across)))
    head = (say("Counted"), *(say.quarter(side.counts.quarter.first) for side in sides))
    caption = say("The quarter beside earlier ones")
    return Section(
        name=say("Compared"),
        heading=caption,
        place=FRONT,
        lines=(" ".join(say.comparison_notes(of.comparison)),),
        table=Table(caption=caption, head=head, rows=tuple(rows)),
    )


def _total(say: Words, one: Shown) -> Cell:
    return say("not shown") if one.hides_total else one.total


def _part(say: Words, one: Shown, part: str, least: int) -> Cell:
    return say("fewer than {n}", n=least) if part in one.small else one.parts[part]


def _line(**parts: int | None) -> Line:
    known = [n for n in parts.values() if n is not None]
    return Line(total=sum(known) if len(known) == len(parts) else None, parts=parts)


def _unknown(line: Line) -> Line:
    return Line(total=None, parts=dict.fromkeys(line.parts))


def _without_names(finding: Finding) -> Finding:
    """No title of an incident and no name of an arrangement is left in what is said of it."""
    structure = finding.structure and replace(finding.structure, names=(), rhythms=())
    return replace(finding, last_incident=None, structure=structure)
