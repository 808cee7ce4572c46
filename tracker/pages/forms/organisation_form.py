"""Adding an organisation that stands on no default list: its name and its domain."""

from __future__ import annotations

import streamlit as st

from tracker.pages.around import frame
from tracker.pages.forms import choices, entry, saving
from tracker.pages.forms.fields import Fields
from tracker.records import Partner
from tracker.words import Words


def draw(say: Words) -> None:
    """A fold below the form of a meeting."""
    if not frame.may("edit"):
        return
    with st.expander(say("Add another organisation to the list")):
        fields = Fields(say, entry.draft("partner"))
        domains = choices.terms(say, frame.current_store(), "domain")
        name = fields.text("name", say("Name of the organisation"), "", help=say("Never a person."))
        domain = fields.choice("domain", say("Domain"), domains, next(iter(domains)))
        saving.offer(say, fields, "partner", lambda: Partner(name=name, domain=domain), main=False)
