"""What was recorded for the four lessons -> sections, the same for the evaluation and the report.

A maker that has nothing to tell gives None: a municipality that records none of it has no empty headings.
"""

from __future__ import annotations

from tracker.analysis import glossary, urgency
from tracker.analysis import ownership as owned
from tracker.analysis.self_scan import STATEMENTS, course
from tracker.report.document import Section, Table
from tracker.report.material import Material
from tracker.words import Words
from tracker.words.self_scan import LESSONS


def felt(say: Words, of: Material) -> Section | None:
    """Lesson 1: how urgent each domain found the incidents of the last year, and how far apart they were."""
    domains = of.labels(say, "domain")
    found = urgency.urgency(of.known, domains)
    rows = tuple(
        (
            of.known.incidents[one.incident].title,
            one.day,
            say.levels_line(one, domains),
            say.gap_word(one),
        )
        for one in reversed(found.felt)
        if one.levels
    )
    if not rows:
        return None
    lines = (say.urgency_shift(of.known, found.shift, domains), say.silent_domains(found, domains))
    head = (say("Incident"), say("Day"), say("How urgent it feels (1-5)"), say("Gap"))
    return Section(
        name=say("Urgency"),
        heading=say.urgency_line(of.known, found, domains),
        slide=say("What happened"),
        lines=tuple(filter(None, lines)),
        table=Table(caption=say("How urgent it felt, 1 (low) to 5 (high)"), head=head, rows=rows),
    )


def lead(say: Words, of: Material) -> Section | None:
    """Lesson 2: who owns what, and which domain led."""
    gaps = of.facts.ownership
    if not gaps.running:
        return None
    quarter = of.facts.counts.quarter
    shift = say.lead_shift(owned.led(of.known, [quarter.back(1), quarter]), of.labels(say, "domain"))
    lines = (*say.ownership_lines(of.known, gaps), shift)
    return Section(
        name=say("Ownership"),
        heading=say.owned_line(gaps),
        slide=say("Shared goals"),
        lines=tuple(filter(None, lines)),
    )


def words(say: Words, of: Material) -> Section | None:
    """Lesson 3: the words that partners use, with what each domain means by them."""
    entries = of.learned.words
    if not entries:
        return None
    rows = tuple(say.glossary_rows(entries, of.labels(say, "domain")))
    head = (say("Word"), say("We mean by it"), say("A domain means by it"), say("Clash"))
    quarter = of.facts.counts.quarter
    return Section(
        name=say("Glossary"),
        heading=say.glossary_line(entries),
        lines=(say.glossary_question(quarter, *glossary.clashing(entries, quarter)),),
        table=Table(caption=say("Glossary"), head=head, rows=rows),
    )


def aims(say: Words, of: Material) -> Section | None:
    """Lesson 4: the shared goals and how each stands."""
    found = of.learned.progress
    if not found:
        return None
    rows = tuple(say.goal_row(of.learned.goals[one.goal], one) for one in found)
    head = (say("Goal"), say("What is asked"), say("Day"), say("How it stands"), say("What it comes to"))
    return Section(
        name=say("Shared goals"),
        heading=say.goals_line(found),
        table=Table(caption=say("Shared goals"), head=head, rows=rows),
    )


def phases(say: Words, of: Material) -> Section | None:
    """Lesson 4: in which phase of prevention the plan has a part that nobody plays."""
    found = of.learned.phases
    if not found.total:
        return None
    names, domains = of.labels(say, "phase"), of.labels(say, "domain")
    lines = (say.matrix_told(found), *say.led_lines(found, names, domains), say.plan_origin(found))
    return Section(
        name=say("Direction"),
        heading=say.white_spots_line(found, names, domains),
        slide=say("Shared goals"),
        lines=tuple(filter(None, lines)),
    )


def scan(say: Words, of: Material) -> Section | None:
    """What people think of the four lessons themselves, as far as enough of them replied."""
    rounds = of.learned.rounds
    latest = course(rounds)
    if latest is None:
        return None
    rows = tuple(
        (
            say(LESSONS[lesson]),
            say.scan_word(latest.now.lessons[lesson]),
            say.scan_score(latest.now.lessons[lesson]),
            say.scan_change(course(rounds, lesson)),
        )
        for lesson in STATEMENTS
    )
    head = (say("Lesson"), say("In a word"), say("Mean, from 1 to 5"), say("Compared with the round before"))
    return Section(
        name=say("Self-scan"),
        heading=say.scan_line(rounds),
        lines=tuple(filter(None, (say.scan_certainty(latest.now), say.scan_limits()))),
        table=Table(caption=say("Self-scan"), head=head, rows=rows),
    )
