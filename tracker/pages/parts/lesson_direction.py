"""Lesson 4: shared goals, who leads in which phase of prevention, and whom to involve."""

from __future__ import annotations

from tracker.analysis import prevention
from tracker.analysis.cooperation import Cooperation
from tracker.pages.around import frame, readings
from tracker.pages.parts import goal_list, involve, plan_matrix
from tracker.records import PlannedShare
from tracker.words import Words


def draw(say: Words) -> None:
    """The goals first, then the matrix, then the guide that both lead to."""
    goal_list.draw(say)
    known = readings.cooperation(frame.today())
    store = frame.current_store()
    phases = {term.code: say.label(term) for term in store.vocabulary("phase", archived=True)}
    domains = _domains(say, known)
    planned = prevention.plan((one.record for one in store.records(PlannedShare)), domains)
    plan_matrix.draw(say, prevention.prevention(known, planned), phases, domains)
    involve.draw(say, known, planned, phases, domains)


def _domains(say: Words, known: Cooperation) -> dict[str, str]:
    """The domains of the list, and archived ones from which somebody still comes."""
    terms = frame.current_store().vocabulary("domain", archived=True)
    there = {one.domain for number, one in known.partners.items() if number not in known.withdrawn}
    return {term.code: say.label(term) for term in terms if not term.archived or term.code in there}
