"""How one domain names an incident: chosen, said in a line, and how urgent it feels there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from tracker.pages.around import frame
from tracker.pages.forms import choices, entry, saving, standing
from tracker.pages.forms.fields import Fields
from tracker.records import Framing
from tracker.store import Stored
from tracker.words import Words

_STEPS = {"": "", "1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}


def change_form(incident: int) -> str:
    """The name of the form that changes what a domain said about an incident."""
    return f"change_framing_{incident}"


def draw(say: Words, incident: int) -> None:
    """Two folds: what stands, to change it or take it back, and one domain more."""
    if not frame.may("edit"):
        return
    form = change_form(incident)
    standing.draw(
        say,
        say("Change or take back what a domain said"),
        form,
        Framing,
        lambda one: one.record.incident_id == incident,
        lambda: _draw_change(say, form),
    )
    said = frame.current_store().about_incident(Framing, incident)
    _draw_new(say, incident, {one.record.domain: one for one in said})


def _draw_new(say: Words, incident: int, said: Mapping[str, Stored[Framing]]) -> None:
    """A domain that spoke already is changed, with a reason."""
    with st.expander(say("Add how a domain names it")):
        fields = Fields(say, entry.draft(f"framing_{incident}"))
        domain, make = _asked(say, fields, incident)
        if domain in said and st.button(say("Change what this domain said")):
            entry.start(change_form(incident), correct=said[domain])
            st.rerun()
        saving.offer(say, fields, f"framing_{incident}", make, main=False)


def _draw_change(say: Words, form: str) -> None:
    """The fields of what a domain said, while it is being changed."""
    fields = Fields(say, entry.draft(form))
    _, make = _asked(say, fields, fields.draft.record.incident_id)
    saving.offer(say, fields, form, make, main=False)


def _asked(say: Words, fields: Fields, incident: int) -> tuple[str, Callable[[], Framing]]:
    """The domain that is chosen, and what the fields make."""
    known: Framing | None = fields.draft.record
    domains = choices.terms(say, frame.current_store(), "domain", known.domain if known else "")
    domain = fields.choice("domain", say("Domain"), domains, known.domain if known else "")
    label = say("What does this domain call it?")
    said = fields.text("wording", label, known.wording if known else "", help=say("Never a person."))
    steps = {**_STEPS, "": say("Not said")}
    feels = str(known.urgency or "") if known else ""
    urgency = fields.choice("urgency", say("How urgent does it feel there?"), steps, feels)
    return domain, lambda: Framing(
        incident_id=incident, domain=domain, wording=said, urgency=int(urgency) if urgency else None
    )
