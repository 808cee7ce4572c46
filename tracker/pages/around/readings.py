"""What the log says now, read once and kept for as long as it does not change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from tracker.analysis import AroundIncidents, Assessment, around_incidents, assess
from tracker.analysis.attention import Attention, attention
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.goals import Progress
from tracker.analysis.goals import progress as goals_progress
from tracker.analysis.meetings import Meetings
from tracker.analysis.question import Log, Question
from tracker.pages.around import frame
from tracker.records import Goal, Record, SeriesPoint
from tracker.report.learned import seen
from tracker.store import FACTS, Store

# A question as the key of what is kept for it: Streamlit would take it apart field by field at every look.
KEYED = {Question: repr}


def assessment(question: Question) -> Assessment:
    """The judgement of the log as it stands now."""
    current = frame.current_store()
    return assessed(str(current.path), current.state(), question)


def log(path: str, question: Question) -> Log:
    """What the database at `path`, which was opened and checked before, holds for a question."""
    return facts(path).log(question)


def meetings(path: str, until: date) -> Meetings:
    """The agreed meetings of the database at `path` as they looked on an evening."""
    return facts(path).meetings(until)


def around(question: Question) -> AroundIncidents | None:
    """What came before and after every incident; None for an empty log."""
    current = frame.current_store()
    return _around(str(current.path), current.state(), question)


def cooperation(until: date) -> Cooperation:
    """Who worked together in the two years up to an evening, and what was agreed."""
    current = frame.current_store()
    return _cooperation(str(current.path), current.state(), until)


def progress(until: date) -> tuple[Progress, ...]:
    """How the shared goals stand on an evening, each on its own day once that has passed."""
    current = frame.current_store()
    return _progress(str(current.path), current.state(), until)


def series(until: date, since: date | None = None) -> list[Attention]:
    """The series that were counted elsewhere, by week."""
    current = frame.current_store()
    return _series(str(current.path), current.state(), until, since)


def facts(path: str) -> Store:
    """The store that fills what is kept for every visitor: whether this one may see it was asked when they
    read the state it is kept under."""
    return Store(Path(path), now=frame.now, visitor=FACTS)


@st.cache_resource(show_spinner=False, max_entries=8)
def _series(path: str, state: str, until: date, since: date | None) -> list[Attention]:
    """Kept for as long as the log does not change."""
    points = (held.record for held in facts(path).records(SeriesPoint))
    return attention(points, until=until, since=since)


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=KEYED)
def _around(path: str, state: str, question: Question) -> AroundIncidents | None:
    """Kept for as long as the log does not change."""
    return around_incidents(log(path, question), question)


@st.cache_resource(show_spinner=False, max_entries=8)
def _cooperation(path: str, state: str, until: date) -> Cooperation:
    """Kept for as long as the log does not change."""
    return facts(path).cooperation(until)


@st.cache_resource(show_spinner=False, max_entries=8)
def _progress(path: str, state: str, until: date) -> tuple[Progress, ...]:
    """Kept for as long as the log does not change."""
    store = facts(path)
    return goals_progress(
        {one.id: one.record for one in store.records(Goal)}, until, lambda evening: seen(store, evening)
    )


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=KEYED)
def assessed(path: str, state: str, question: Question) -> Assessment:
    """Kept for as long as the log does not change: its state is part of the key."""
    return assess(log(path, question), question, meetings(path, question.until))


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={type: repr})
def names(path: str, state: str, kind: type[Record]) -> dict[int, str]:
    """The names of a kind, also of what was taken back; kept for as long as the log does not change."""
    found = facts(path).records(kind, withdrawn=True)
    return {one.id: one.record.name for one in found}  # type: ignore[attr-defined]
