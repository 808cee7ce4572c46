"""Lesson 1: how urgent each domain found an incident, and how far apart they were."""

from __future__ import annotations

import streamlit as st

from tracker.analysis import urgency
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.quarter import Quarter
from tracker.analysis.urgency import Felt, Urgency
from tracker.charts.urgency import UrgencyLabels, UrgencyRow
from tracker.charts.urgency import urgency as urgency_chart
from tracker.pages.around import address, drawing, frame, readings, write
from tracker.pages.forms import choices, framing_form
from tracker.words import Words


def draw(say: Words) -> None:
    """The gap in urgency between domains first, then what the first weeks left, then what to ask."""
    known = readings.cooperation(frame.today())
    domains = choices.terms(say, frame.current_store(), "domain")
    found = urgency.urgency(known, domains)
    conclusion = say.urgency_line(known, found, domains)
    write.heading(conclusion, 1)
    if not known.incidents:
        write.paragraph(say("Log an incident first. Then each domain can say how urgent it feels there."))
        frame.link("log.py", label=say("Log an incident"))
        return
    lines = (say.urgency_shift(known, found.shift, domains), say.silent_domains(found, domains))
    write.paragraph(" ".join(filter(None, lines)))
    if found.felt:
        _picture(say, known, found, domains, conclusion)
    _say_it(say, known)
    _after(say, known, found)
    _ask(say, known, domains)


def _picture(
    say: Words, known: Cooperation, found: Urgency, domains: dict[str, str], conclusion: str
) -> None:
    """The picture twice, wide and narrow, and the same as a table."""
    write.heading(say("How urgent it felt, 1 (low) to 5 (high)"))
    codes = [*domains, *sorted({code for one in found.felt for code in one.levels} - domains.keys())]
    names = [domains.get(code, code) for code in codes]
    rows = [_row(say, known, one, codes, domains) for one in reversed(found.felt)]
    drawing.twice(
        "urgency",
        lambda palette, narrow: urgency_chart(
            rows, names, labels=_labels(say), palette=palette, description=conclusion, narrow=narrow
        ),
    )
    with st.expander(say("View as a table")):
        head = (say("Incident"), say("How urgent it feels (1-5)"), say("Gap"))
        cells = [(f"{row.name} ({row.when})", row.said, row.note) for row in rows]
        write.table(head, cells, caption=say("How urgent it felt, 1 (low) to 5 (high)"))


def _row(say: Words, known: Cooperation, one: Felt, codes: list[str], domains: dict[str, str]) -> UrgencyRow:
    return UrgencyRow(
        name=known.incidents[one.incident].title,
        when=say.short_date(one.day),
        levels=tuple((codes.index(code), level) for code, level in one.levels.items()),
        note=say.gap_word(one),
        said=say.levels_line(one, domains),
    )


def _say_it(say: Words, known: Cooperation) -> None:
    """Where a domain says it, or changes what it said; the newest serious incident is open."""
    write.heading(say("Say how urgent it feels"))
    newest = sorted(known.incidents.items(), key=lambda item: item[1].happened_on, reverse=True)
    names = {str(n): f"{say.short_date(one.happened_on)} · {one.title}" for n, one in newest}
    serious = [str(number) for _, number in reversed(known.serious)]
    chosen = int(address.listed("incident", say("Which incident?"), names, next(iter([*serious, *names]))))
    framing_form.draw(say, chosen)


def _after(say: Words, known: Cooperation, found: Urgency) -> None:
    """When partners were together first, what happened once and what came back."""
    shown = [one for one in reversed(found.felt) if one.day >= known.since]
    if not shown:
        return
    write.heading(say("What the first weeks left"))
    rows = []
    for one in shown:
        left = urgency.left(known, one.incident)
        title = f"{known.incidents[one.incident].title} ({say.short_date(one.day)})"
        rows.append((title, *say.contact_words(left), say.became_of(known, left)))
    head = (
        say("Incident"),
        say("First activity together"),
        say("First with two domains"),
        say("What became of it"),
    )
    write.table(head, rows, caption=say("What the first weeks left"))


def _ask(say: Words, known: Cooperation, domains: dict[str, str]) -> None:
    write.heading(say("What to ask"))
    quarter = Quarter.last_full(frame.today())
    asked = say.urgency_questions(
        known,
        urgency.contacts(known),
        urgency.away(known, domains),
        urgency.calm(known, quarter),
        domains,
    )
    write.points(asked)


def _labels(say: Words) -> UrgencyLabels:
    return UrgencyLabels(
        locale=say.language,
        low=say("low"),
        high=say("high"),
        incident=say("Incident"),
        domain=say("Domain"),
        urgency=say("How urgent it feels (1-5)"),
        last_incidents=lambda n: say("the last {n} incidents; the table has all", n=n),
    )
