"""Who works with whom: the pairs of a quarter, who was at the meetings, and on whom it hangs."""

from __future__ import annotations

import streamlit as st

from tracker.analysis import origins, partners, ties
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.quarter import Quarter
from tracker.pages.around import address, frame, readings, write
from tracker.pages.forms import choices
from tracker.pages.parts import pairs, presence
from tracker.words import Words

_QUARTERS = 8


def draw() -> None:
    """One conclusion first, then the parts it is made of."""
    say = frame.voice()
    known = readings.cooperation(frame.today())
    if not known.arrangements and known.attendance.empty:
        _nothing(say)
        return
    heading, choice = st.container(), st.container()
    with choice:
        quarter = _quarter(say)
    then = readings.cooperation(min(quarter.last, frame.today()))
    found = ties.ties(then, quarter)
    with heading:
        write.heading(say.pairs_line(then, found), 1)
        write.paragraph(" ".join(filter(None, (say.kept_line(found), say.told_line(found)))))
    domains = choices.terms(say, frame.current_store(), "domain")
    pairs.draw(say, then, found, domains)
    _came_and_went(say, then, quarter, domains)
    presence.draw(say, known)
    _hangs(say, known)
    _was_there(say, known)
    st.page_link("handover.py", label=say("Hand-over page for a successor"))


def _nothing(say: Words) -> None:
    write.heading(say("Nobody wrote down yet who works together."), 1)
    write.paragraph(
        say("Log a meeting and choose which organisations took part. Then this page shows who met.")
    )
    frame.link("log.py", label=say("Log a meeting"))


def _quarter(say: Words) -> Quarter:
    """The last full quarter unless the address says another; the running one is the first to choose."""
    running = Quarter.of(frame.today())
    offered = {one.code: one for one in (running.back(n) for n in range(_QUARTERS))}
    names = {code: say.quarter(one.first) for code, one in offered.items()}
    usual = Quarter.last_full(frame.today()).code
    return offered[address.listed("quarter", say("Quarter"), names, usual)]


def _came_and_went(say: Words, known: Cooperation, quarter: Quarter, domains: dict[str, str]) -> None:
    write.heading(say("Who came and who went"))
    write.paragraph(say.coverage_line(partners.coverage(known, quarter, domains), domains))
    lines = say.lifecycle_lines(known, partners.lifecycle(known, quarter))
    write.table((say("In this quarter"), say("Organisations")), lines, caption=say("Who came and who went"))


def _hangs(say: Words, known: Cooperation) -> None:
    """Key roles and gaps in ownership, with the place where they are mended."""
    roles = choices.terms(say, frame.current_store(), "role")
    found = partners.key_roles(known)
    write.heading(say("On whom it hangs"))
    write.paragraph(say.hangs_line(known, found, roles))
    write.points(say.ownership_lines(known, partners.ownership(known)))
    if found.carriers:
        with st.expander(say("View as a table")):
            rows = say.carrier_rows(known, found, roles)
            write.table((say("Owner"), say("Activities")), rows, caption=say("On whom it hangs"))
    if known.arrangements:
        st.page_link("rhythm.py", label=say("Choose owners on Rhythm"))


def _was_there(say: Words, known: Cooperation) -> None:
    write.heading(say("What was there already"))
    write.paragraph(say.reuse_line(origins.reuse(known)))
    write.paragraph(say.peace_line(origins.born_in_peace(known)))


draw()
