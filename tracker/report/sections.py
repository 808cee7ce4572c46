"""Facts of a quarter -> the report for the partners themselves: conclusions in the order of the meeting.

The order is that of the evaluation: what happened and how soon was acted, what was agreed, what went quiet,
who was missing and who carries much, what survived, and what was done in peacetime.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tracker.analysis.attention import Attention
from tracker.analysis.comparison import COMPARED, NOT_LOGGED
from tracker.analysis.finding import Finding
from tracker.analysis.survival import Life
from tracker.records import Agreement
from tracker.report import lessons, pictures
from tracker.report.document import FRONT, LEFT, RIGHT, Cell, Document, Section, Table
from tracker.report.material import Material
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES
from tracker.words.report import COMPARED as COMPARED_WORDS
from tracker.words.report import WHYS_OUT


def document(of: Material, say: Words, made_at: datetime) -> Document:
    """The whole report, with names."""
    finding = of.assessment.finding
    return Document(
        say=say,
        title=say.report_title(of.facts.counts.quarter),
        owner=of.municipality,
        example=of.example,
        made_at=made_at,
        sentence=say.sentence(finding),
        certainty=say.certainty(finding),
        next_step=say.next_step(finding),
        picture=pictures.timeline_picture(say, of),
        sections=(
            *filter(None, (make(say, of) for make in (*_SECTIONS, *_ANNEX))),
            *_decided(say, of),
        ),
        about=about(of, say, made_at),
        limits=(say.limits(),),
    )


def about(of: Material, say: Words, made_at: datetime) -> tuple[tuple[str, str], ...]:
    """When it was made, over which period, how much of it was logged, and which filters were on."""
    window, kinds = of.assessment.finding.window, of.question.kinds
    chosen = [say.label(term) for term in of.vocabulary["activity_kind"] if term.code in kinds]
    filters = say.filters_line(of.question, chosen)
    return (
        (say("Made"), say.moment(made_at)),
        (say("Period of the verdict"), say.period_line(window)),
        (say("Coverage"), say.coverage_of_log(window)),
        (say("Filters"), f"{filters}. {say.filters_limits()}" if of.question.narrowed else filters),
    )


def compared_table(say: Words, of: Material) -> Table:
    """Every count of the quarter beside those of the two quarters it is compared with."""
    found = of.comparison
    sides = (found.now, found.before, found.year)
    head = (say("Counted"), *(say.quarter(side.counts.quarter.first) for side in sides))
    rows = tuple((say(COMPARED_WORDS[name]), *(side.value(name) for side in sides)) for name in COMPARED)
    return Table(caption=say("The quarter beside earlier ones"), head=head, rows=rows)


def elsewhere(say: Words, of: Material, *, named: bool = True) -> Section | None:
    """What stands beside the log: the threat level and, `named`, series that people gave a name.

    None when there is neither.
    """
    series = of.series if named else ()
    told = [say.threat_line(of.threat)] if of.threat else []
    told += [say.series_line(one) for one in series]
    if not told:
        return None
    rows = tuple(row for one in series for row in _weeks(one))
    head = (say("Series"), say("Week of"), say("Total"), say("Days with a value"))
    return Section(
        name=say("Counted elsewhere"),
        heading=told[0],
        slide=say("What happened"),
        lines=(*told[1:], *say.elsewhere_limits(series=bool(series), threat=bool(of.threat))),
        table=Table(caption=say("The weeks of the series"), head=head, rows=rows) if rows else None,
    )


def _weeks(one: Attention) -> Iterator[tuple[Cell, ...]]:
    for week, total, days in zip(one.weeks["week"], one.weeks["total"], one.weeks["days"], strict=True):
        whole = not math.isnan(total) and float(total).is_integer()
        value = None if math.isnan(total) else int(total) if whole else float(total)
        yield one.name, week.date(), value, int(days)


def strip(say: Words, of: Material) -> Section:
    """What became of the agreed meetings, with the conclusion about what went quiet."""
    rows = tuple(
        (
            one.agreed.name,
            say.cadence(one.agreed.cadence),
            say.rhythm_score(one),
            say.rhythm_state(one),
            one.last_held,
        )
        for one in of.facts.structure.rhythms
    )
    head = (say("Arrangement"), say("Rhythm"), say("Last 12 months"), say("State"), say("Last met"))
    return Section(
        name=say("Rhythm"),
        heading=say.quiet_line(of.facts),
        place=FRONT,
        picture=pictures.strip_picture(say, of),
        table=Table(caption=say("All arrangements"), head=head, rows=rows),
    )


def _this_quarter(say: Words, of: Material) -> Section:
    found = of.facts
    now = of.comparison.now
    lines = [say.happened_line(now), say.known_line(now)]
    if now.known != NOT_LOGGED:
        lines += [
            say.together_line(of.comparison),
            say.meetings_line(found.counts),
            say.promises_line(found),
        ]
    if of.question.narrowed:
        lines.append(say("Filters are on; they stand at the end."))
    return Section(
        name=say("This quarter"),
        heading=say("This quarter"),
        place=FRONT,
        slide=say("What happened"),
        lines=tuple(filter(None, lines)),
    )


def floor(say: Words, of: Material) -> Section:
    """The floor of every quarter."""
    rows = tuple(
        (say.quarter(row.start.date()), int(row.count), *_rate(say, row))
        for row in of.assessment.floors.itertuples()
    )
    head = (say("Quarter"), say("Activities"), say("Floor per week"), say("Range"))
    return Section(
        name=say("Floor"),
        heading=say.floor_course(of.assessment.finding),
        place=LEFT,
        picture=pictures.floor_picture(say, of),
        table=Table(caption=say("The floor of every quarter"), head=head, rows=rows[::-1]),
    )


def _rate(say: Words, row: Any) -> tuple[Cell, Cell]:
    if math.isnan(row.floor):
        return None, ""
    return round(float(row.floor), 1), say.range_words(row.low, row.high, step=0.1, digits=1)


def _figures(say: Words, of: Material) -> Section:
    finding = of.assessment.finding
    head = (say("Figure"), say("Value"), say("What it means"))
    rows = tuple(say.explanations(finding))
    return Section(
        name=say("Figures"),
        heading=say("The figures behind the sentence"),
        lines=tuple(filter(None, (say.what_counts(finding), say.companion(finding), _steady(say, finding)))),
        table=Table(caption=say("The figures behind the sentence"), head=head, rows=rows),
    )


def _steady(say: Words, finding: Finding) -> str:
    """That the verdict does not lean on a choice; where it does, its certainty says so already."""
    return "" if finding.sensitive_to else say.sensitivity(finding)


def open_agreements(say: Words, of: Material) -> Section:
    """What waits, overdue first."""
    kept = of.facts.kept
    rows = tuple(promise(say, of, of.known.agreements[number]) for number in (*kept.overdue, *kept.open))
    head = (say("Agreement"), say("Who"), say("When"))
    return Section(
        name=say("Open agreements"),
        heading=say.agreements_line(kept),
        place=RIGHT,
        table=Table(caption=say("Open agreements"), head=head, rows=rows),
    )


def promise(say: Words, of: Material, one: Agreement) -> tuple[Cell, ...]:
    """A row: what, which organisation and role, and when or what became of it."""
    owner = of.known.partners[one.owner_id].name if one.owner_id else say("not known")
    roles = of.labels(say, "role")
    who = f"{owner} ({roles.get(one.owner_role, one.owner_role)})" if one.owner_role else owner
    return one.text, who, say.agreement_when(one, of.known.until)


def happened(say: Words, of: Material) -> Section:
    """The incidents of the quarter and how soon partners were together."""
    found = of.facts
    responses = {one.incident: say.response_line(of.known, one) for one in found.responses}
    rows = tuple(
        (
            one.day,
            one.title,
            one.severity,
            responses.get(one.id) or say("Does not count: {why}.", why=say(WHYS_OUT[one.why])),
        )
        for one in found.incidents
    )
    head = (say("Date"), say("Incident"), say("Severity (1-5)"), say("How soon partners were together"))
    return Section(
        name=say("What happened"),
        heading=say.happened_line(of.comparison.now),
        lines=(say.reuse_line(found.reuse),),
        table=Table(caption=say("The incidents of the quarter"), head=head, rows=rows),
    )


def compared(say: Words, of: Material) -> Section:
    """Every count beside those of the two quarters it is compared with."""
    return Section(
        name=say("Compared"),
        heading=say("The quarter beside earlier ones"),
        lines=tuple(filter(None, (say.held_line(of.facts), " ".join(say.comparison_notes(of.comparison))))),
        table=compared_table(say, of),
    )


def agreed(say: Words, of: Material) -> Section:
    """What was agreed, done and dropped in the quarter."""
    found = of.facts
    numbers = dict.fromkeys((*found.done, *found.dropped, *found.made))
    rows = tuple(promise(say, of, of.known.agreements[number]) for number in numbers)
    head = (say("Agreement"), say("Who"), say("What became of it"))
    return Section(
        name=say("Agreements"),
        heading=say.promises_line(found),
        slide=say("Open agreements"),
        lines=(say.on_time_line(found.kept),),
        table=Table(caption=say("Agreements made, done or dropped in the quarter"), head=head, rows=rows),
    )


def missing(say: Words, of: Material) -> Section:
    """Who was there and who was not, and on whom it hangs."""
    found, known = of.facts, of.known
    domains = of.labels(say, "domain")
    roles = of.labels(say, "role")
    lines = (
        say.attended_line(found),
        say.absent_line(known, found),
        say.pairs_line(known, found.ties),
        say.hangs_line(known, found.key_roles, roles),
    )
    return Section(
        name=say("Who was there"),
        heading=say.coverage_line(found.coverage, domains),
        lines=tuple(filter(None, lines)),
        table=Table(
            caption=say("Who came and who went"),
            head=(say("In this quarter"), say("Organisations")),
            rows=tuple(say.lifecycle_lines(known, found.lifecycle)),
        ),
    )


def survived(say: Words, of: Material) -> Section:
    """What arose after the serious incidents of the last year."""
    found, known = of.facts, of.known
    rows = tuple(
        _life(say, known.incidents[one.incident].title, life) for one in found.legacies for life in one.lives
    )
    head = (say("After"), say("What"), say("Began"), say("Lasted"), say("What became of it"))
    questions = (say.check_back_question(known, one) for one in found.asked)
    return Section(
        name=say("What survived"),
        heading=say.legacies_line(found.legacies),
        lines=(
            say.arrangements_last(found.arrangements_last),
            say.agreements_last(found.agreements_last),
            *questions,
        ),
        table=Table(caption=say("What arose after the incidents of the last year"), head=head, rows=rows),
    )


def _life(say: Words, incident: str, one: Life) -> tuple[Cell, ...]:
    return incident, one.name, one.began, say.days(one.days), say.life_end(one)


def peacetime(say: Words, of: Material) -> Section:
    """What was done on days of peacetime."""
    found = of.facts
    began = say.began_line(of.known, found)
    lines = (*filter(None, (began,)), say.peace_line(found.born), say.both_verdicts(of.assessment.finding))
    return Section(
        name=say("In peacetime"),
        heading=say.peacetime_line(found.counts),
        slide=say("Floor"),
        lines=lines,
    )


def _indicators(say: Words, of: Material) -> Section:
    phases = of.labels(say, "phase")
    head = (say("Figure"), say("Value"), say("What it counts"))
    rows = tuple(say.indicator_rows(of.known, of.facts, phases))
    return Section(
        name=say("In figures"),
        heading=say.figures_line(of.facts),
        table=Table(caption=say("The quarter in figures"), head=head, rows=rows),
    )


def _decided(say: Words, of: Material) -> tuple[Section, ...]:
    """What was said and decided at the evaluation itself; nothing before it was held."""
    found = of.minutes
    if not found.notes and not found.decisions:
        return ()
    head = (say("Agreement"), say("Who"), say("When"))
    rows = tuple(promise(say, of, one) for one in found.decisions)
    return (
        Section(
            name=say("Evaluation"),
            heading=say.decided_line(found.decisions),
            lines=tuple(f"{say(FIXED_CODES[topic])} {note}" for topic, note in found.notes),
            table=Table(caption=say("Decisions of this evaluation"), head=head, rows=rows),
        ),
    )


_SECTIONS = (
    strip, _this_quarter, floor, open_agreements, happened, compared, agreed, missing, survived, peacetime,
)  # fmt: skip
# What is looked up. What has nothing to tell gives None.
_ANNEX = (
    lessons.aims, lessons.phases, lessons.felt, lessons.lead, lessons.scan, _indicators, elsewhere,
    lessons.words, _figures,
)  # fmt: skip
