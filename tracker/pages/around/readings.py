"""What the log says now, read once and kept for as long as it does not change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

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
from tracker.store import FACTS, Store

_turn = Lock()
# A question as the key of what is kept for it: Streamlit would take it apart field by field at every look.
KEYED: dict[str | type[Any], Callable[[Any], Any]] = {Question: repr}


def assessment(question: Question) -> Assessment:
    """The judgement of the log as it stands now."""
    current = frame.current_store()
    return assessed(str(current.path), current.state(), question)


def prepare(path: str) -> None:
    """Keeps what the home screen says of the database at `path` today, before anybody asks."""
    state, today = facts(path).state(), frame.today()
    assessed(path, state, Question(until=today))
    _agreed(path, state, today)


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


def agreed(until: date) -> Cooperation:
    """The same without who came to what, which is nearly all there is to read."""
    current = frame.current_store()
    return _agreed(str(current.path), current.state(), until)


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
def _agreed(path: str, state: str, until: date) -> Cooperation:
    """Kept for as long as the log does not change."""
    return facts(path).cooperation(until, since=until)


@st.cache_resource(show_spinner=False, max_entries=8)
def _progress(path: str, state: str, until: date) -> tuple[Progress, ...]:
    """Kept for as long as the log does not change."""
    from tracker.report.learned import seen  # pictures and all: the home screen need not wait for them

    store = facts(path)
    return goals_progress(
        {one.id: one.record for one in store.records(Goal)}, until, lambda evening: seen(store, evening)
    )


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=KEYED)
def assessed(path: str, state: str, question: Question) -> Assessment:
    """Kept for as long as the log does not change: its state is part of the key.

    One at a time, and of the log as it then is: of ten who logged something meanwhile, nine find it judged.
    """
    with _turn:
        return _newest(path, facts(path).state(), question)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=KEYED)
def _newest(path: str, state: str, question: Question) -> Assessment:
    return assess(log(path, question), question, meetings(path, question.until))


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={type: repr})
def names(path: str, state: str, kind: type[Record]) -> dict[int, str]:
    """The names of a kind, also of what was taken back; kept for as long as the log does not change."""
    found = facts(path).records(kind, withdrawn=True)
    return {one.id: one.record.name for one in found}  # type: ignore[attr-defined]
