"""Lesson 3: how domains name one incident, and what they mean by a word."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.glossary import Entry, clashing
from tracker.analysis.quarter import Quarter
from tracker.pages.around import address, frame, readings, write
from tracker.pages.forms import choices, framing_form, glossary_form
from tracker.words import Words


def draw(say: Words) -> None:
    """The words that clash first, then one incident in the words of every domain."""
    known, store = readings.cooperation(frame.today()), frame.current_store()
    domains = choices.terms(say, store, "domain")
    entries = store.glossary(list(domains))
    write.heading(say.glossary_line(entries), 1)
    quarter = Quarter.of(frame.today())
    write.paragraph(say.glossary_question(quarter, *clashing(entries, quarter)), strong=say("To ask:"))
    _words(say, entries, domains)
    if known.incidents:
        _framings(say, known, domains)


def _words(say: Words, entries: tuple[Entry, ...], domains: dict[str, str]) -> None:
    """Every word with its meanings, and the forms to add and change them."""
    write.heading(say("What we mean by a word"))
    if entries:
        head = (say("Word"), say("We mean by it"), say("A domain means by it"), say("Clash"))
        write.table(head, say.glossary_rows(entries, domains), caption=say("What we mean by a word"))
    else:
        write.paragraph(say("Start with one word that was misunderstood in your last meeting."))
    glossary_form.draw(say, entries)


def _framings(say: Words, known: Cooperation, domains: dict[str, str]) -> None:
    """One incident, a card a domain beside each other; the last one that was named is open."""
    write.heading(say("One incident in the words of every domain"))
    newest = sorted(known.incidents.items(), key=lambda item: (item[1].happened_on, item[0]), reverse=True)
    names = {str(n): f"{say.short_date(one.happened_on)} · {one.title}" for n, one in newest}
    named = {str(one.incident_id) for one in known.framings}
    first = next((one for one in names if one in named), next(iter(names)))
    chosen = int(address.listed("incident", say("Which incident?"), names, first))
    write.paragraph(say.framings_line(known, chosen))
    rows, silent = say.framing_rows(known, chosen, domains)
    with st.container(horizontal=True, key="framings"):
        for n, (domain, wording, level) in enumerate(rows):
            with st.container(border=True, width=270, height="stretch", key=f"framing_{n}"):
                write.heading(domain, 3)
                write.paragraph(wording)
                write.paragraph(level)
    write.paragraph(silent)
    framing_form.draw(say, chosen)
