"""Whom to involve, on a page: by phenomenon and phase, from the log and from the plan."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.involve import involve
from tracker.analysis.prevention import Plan
from tracker.pages.around import address, frame, write
from tracker.pages.forms import choices
from tracker.words import Words


def draw(
    say: Words, known: Cooperation, planned: Plan, phases: dict[str, str], domains: dict[str, str]
) -> None:
    """The two choices stand in the address; the sentence comes first, then the organisations."""
    heading, chosen = st.container(), st.columns(2)
    phenomena = {"": say("Any phenomenon"), **choices.terms(say, frame.current_store(), "phenomenon")}
    with chosen[0]:
        about = address.listed("about", say("What is it about?"), phenomena, "")
    with chosen[1]:
        phase = address.listed("phase", say("Prevention phase"), {"": say("Any phase"), **phases}, "")
    found = involve(known, planned, phenomenon=about, phase=phase)
    with heading:
        write.heading(say("Whom to involve"))
    write.paragraph(say.involve_line(known, found))
    write.paragraph(say.involve_basis(found, phenomena, phases))
    write.points(say.involve_gaps(known, found, domains))
    if found.usual:
        with st.expander(say("View as a table")):
            head = (say("Organisation"), say("Was there"), say("Last there"), say("Remark"))
            write.table(head, say.involve_rows(known, found), caption=say("Whom to involve"))
