"""How one domain names an incident: chosen, said in a line, and how urgent it feels there."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from tracker.pages import choices, entry, frame, saving
from tracker.pages.fields import Fields
from tracker.records import Framing
from tracker.store import Stored
from tracker.words import Words

_STEPS = {"": "", "1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}


def draw(say: Words, incident: int, standing: Mapping[str, Stored[Framing]]) -> None:
    """A fold; a domain that spoke already is changed, with a reason."""
    with st.expander(say("Add how a domain names it")):
        domains = choices.terms(say, frame.current_store(), "domain")
        draft = entry.draft(f"framing_{incident}")
        fields = Fields(say, draft)
        known: Framing | None = draft.record
        domain = fields.choice("domain", say("Domain"), domains, known.domain if known else "")
        label = say("What does this domain call it?")
        said = fields.text("wording", label, known.wording if known else "", help=say("Never a person."))
        steps = {**_STEPS, "": say("Not said")}
        urgency = fields.choice(
            "urgency", say("How urgent does it feel there?"), steps, str(known.urgency or "") if known else ""
        )
        held = standing.get(domain)
        if draft.stored is None and held is not None and st.button(say("Change what this domain said")):
            entry.start(f"framing_{incident}", correct=held)
            st.rerun()
        saving.offer(
            say,
            fields,
            f"framing_{incident}",
            lambda: Framing(
                incident_id=incident, domain=domain, wording=said, urgency=int(urgency) if urgency else None
            ),
            main=False,
        )
