"""What the evaluation of a quarter works with: its facts, kept or as they stand now, and what was written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from tracker import report
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.quarter import Quarter
from tracker.pages.around import frame, readings, write
from tracker.records import Agreement, QuarterReview, ReviewNote
from tracker.report import AgendaItem, Frozen, Material
from tracker.store import Damaged, Store, Stored
from tracker.words import Words

# What is written in the meeting itself, on which the facts of a quarter that is over do not depend.
_WRITTEN = (Agreement, ReviewNote, QuarterReview)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One quarter's evaluation. `frozen` is what was kept when it was closed; `review` that it was.

    `notes` by question, `decisions` in the order they were made. `facts` names what the agenda was made from.
    """

    quarter: Quarter
    agenda: tuple[AgendaItem, ...]
    facts: str
    frozen: Frozen | None
    review: Stored[QuarterReview] | None
    notes: dict[str, Stored[ReviewNote]]
    decisions: list[Stored[Agreement]]
    known: Cooperation

    def numbers(self) -> list[int]:
        """The decisions by id, those that are known today."""
        return [one.id for one in self.decisions if one.id in self.known.agreements]


def open_for(say: Words, quarter: Quarter) -> Meeting:
    """Reads the evaluation of a quarter; what was kept of a closed one comes before what can be counted."""
    store = frame.current_store()
    found = (one for one in store.records(QuarterReview) if one.record.quarter == quarter.first)
    review = next(found, None)
    frozen = _frozen(say, store, quarter) if review else None
    facts = f"{store.path}:{review.record.digest}" if frozen and review else _state(store, quarter)
    return Meeting(
        quarter=quarter,
        agenda=frozen.agenda(say) if frozen else report.agenda(material(quarter), say),
        facts=facts,
        frozen=frozen,
        review=review,
        notes={
            one.record.topic: one for one in store.records(ReviewNote) if one.record.quarter == quarter.first
        },
        decisions=decisions(store, quarter),
        known=readings.cooperation(frame.today()),
    )


def decisions(store: Store, quarter: Quarter) -> list[Stored[Agreement]]:
    """What the evaluation of a quarter decided, in the order it was typed."""
    made = (one for one in store.records(Agreement) if one.record.quarter == quarter.first)
    return sorted(made, key=lambda one: one.id)


def before(store: Store, quarter: Quarter) -> Quarter:
    """The newest earlier quarter whose evaluation decided something; the one before this when none did."""
    made = {one.record.quarter for one in store.records(Agreement) if one.record.quarter}
    earlier = [Quarter.of(day) for day in made if day < quarter.first]
    return max(earlier, default=quarter.back(1))


def material(quarter: Quarter) -> Material:
    """What the agenda is made from now. Its minutes may be older: the report of today is gathered anew."""
    store = frame.current_store()
    return _material(str(store.path), _state(store, quarter), quarter, frame.today())


@st.cache_resource(show_spinner=False, max_entries=8)
def _material(path: str, facts: str, quarter: Quarter, today: date) -> Material:
    """Kept while nothing changes that it is made from: it takes three seconds, too long for each decision."""
    return report.gather(readings.facts(path), quarter, today=today)


def _state(store: Store, quarter: Quarter) -> str:
    """Moves with the log, and with agreements as far as they stood on the last evening of the quarter."""
    until = min(quarter.last, frame.today())
    stood = [
        (one.id, _as_of(one.record, until))
        for one in store.records(Agreement)
        if one.record.made_on is None or one.record.made_on <= until
    ]
    return f"{store.state_apart_from(*_WRITTEN)}:{stood}"


def _as_of(one: Agreement, until: date) -> Agreement:
    closed_later = one.closed_on is not None and one.closed_on > until
    return replace(one, state="open", closed_on=None, reason="") if closed_later else one


def _frozen(say: Words, store: Store, quarter: Quarter) -> Frozen | None:
    """What was kept; when it is gone or changed that is said, and the page shows what can be counted now."""
    try:
        return report.kept(store, quarter)
    except Damaged as damaged:
        write.paragraph(say.problem(damaged.code), role="alert", tone="problem")
        return None
