"""The national threat level above the timeline, for who asks for it: a band of words with its caveats."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.analysis.finding import TimelineFacts
from tracker.analysis.threat_level import Spell, spells
from tracker.charts.threat_band import BandLabels, Level, threat_band
from tracker.pages.around import address, drawing, write
from tracker.store import threat_levels
from tracker.words import Words


def draw(say: Words, facts: TimelineFacts) -> None:
    """A switch; when it is on the level in words, what may not be concluded, and the band."""
    if not address.switch("threat", say("Show the national threat level")):
        return
    found = spells(threat_levels(), facts.first, facts.last)
    line = say.threat_line(found)
    write.paragraph(line)
    with st.expander(say("What this level does not say, and all of it as a table")):
        write.points(list(say.threat_limits(threat_levels())))
        _table(say, found)
    drawing.twice(
        "threat_level",
        lambda palette, narrow: threat_band(
            [_level(say, one) for one in found],
            first=facts.first,
            last=facts.last,
            labels=_labels(say, found),
            palette=palette,
            description=line,
            narrow=narrow,
        ),
        of=(facts.first, facts.last),
    )


def _table(say: Words, found: Sequence[Spell]) -> None:
    head = (say("From"), say("Up to and including"), say("Threat level"))
    rows = [(say.date(one.first), say.date(one.last), say.threat_said(one)) for one in reversed(found)]
    write.table(head, rows, caption=say("The national threat level"))


def _level(say: Words, one: Spell) -> Level:
    return Level(
        first=one.first,
        last=one.last,
        word=say.threat_word(one),
        said=say.threat_said(one),
        sure=one.certain == "yes",
        new_scale=one.new_scale,
    )


def _labels(say: Words, found: Sequence[Spell]) -> BandLabels:
    return BandLabels(
        locale=say.language,
        title=say("National threat level"),
        short_title=say("Threat level"),
        new_scale=say("another scale"),
        unknown=say("unknown since {day}", day=say.short_date(found[-1].first)),
    )
