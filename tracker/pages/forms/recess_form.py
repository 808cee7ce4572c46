"""Recess: when nobody here is expected to meet, so that no alarm is raised and no score is lost."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.forms import entry, saving
from tracker.pages.forms.fields import Fields
from tracker.records import Recess
from tracker.words import Words


def draw(say: Words) -> None:
    """What holds now, and adding one of your own; it takes the place of the default it overlaps."""
    if not frame.may("edit"):
        return
    with st.expander(say("Recess")):
        write.paragraph(
            say("Summer and Christmas have usual weeks. Log your own recess and it takes their place.")
        )
        today = frame.today()
        spans = [span for span in frame.current_store().meetings(today).recess if _near(span)]
        rows = [(say.date(first), say.date(last)) for first, last in spans]
        write.table((say("First day"), say("Last day")), rows, caption=say("Recess"))
        fields = Fields(say, entry.draft("recess"))
        name = fields.text("name", say("Name of the recess"), "")
        first = fields.day("first_day", say("First day"), today, ahead=True)
        last = fields.day("last_day", say("Last day"), today + timedelta(days=13), ahead=True)
        saving.offer(
            say, fields, "recess", lambda: Recess(name=name, first_day=first, last_day=last), main=False
        )


def _near(span: tuple[date, date]) -> bool:
    """Those of the last two years and the year ahead."""
    return span[1] >= frame.today() - timedelta(days=730)
