"""Adjusting the plan: what part a domain has in a phase of prevention."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.prevention import PHASES
from tracker.pages.around import frame
from tracker.pages.forms import choices, entry, saving, standing
from tracker.pages.forms.fields import Fields
from tracker.records import SHARES, PlannedShare
from tracker.words import Words
from tracker.words.field_names import FIXED_CODES

_NEW, _CHANGE = "planned_share", "change_planned_share"


def draw(say: Words) -> None:
    """A fold for one cell of the matrix; a cell that was chosen before is changed with a reason."""
    if not frame.may("edit"):
        return
    with st.expander(say("Adjust the plan")):
        _form(say, Fields(say, entry.draft(_NEW)), _NEW)
    standing.draw(
        say,
        say("Change or take back a part of the plan"),
        _CHANGE,
        PlannedShare,
        lambda _: True,
        lambda: _form(say, Fields(say, entry.draft(_CHANGE)), _CHANGE),
    )


def _form(say: Words, fields: Fields, form: str) -> None:
    known: PlannedShare | None = fields.draft.record
    store = frame.current_store()
    phases = {code: name for code, name in choices.terms(say, store, "phase").items() if code in PHASES}
    phase = fields.choice("phase", say("Prevention phase"), phases, known.phase if known else "")
    domains = choices.terms(say, store, "domain", known.domain if known else "")
    domain = fields.choice("domain", say("Domain"), domains, known.domain if known else "")
    shares = {code: say(FIXED_CODES[code]) for code in SHARES}
    share = fields.choice("share", say("Which part does it have?"), shares, known.share if known else "")
    held = next((one for one in store.records(PlannedShare) if _place(one.record) == (phase, domain)), None)
    if known is None and held is not None and st.button(say("Change this part of the plan")):
        entry.start(_CHANGE, correct=held)
        st.rerun()
    saving.offer(
        say,
        fields,
        form,
        lambda: PlannedShare(phase=phase, domain=domain, share=share),
        main=False,
    )


def _place(one: PlannedShare) -> tuple[str, str]:
    return one.phase, one.domain
