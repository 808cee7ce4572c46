"""What people think of the four lessons themselves, once a quarter and anonymous."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.analysis import policy
from tracker.analysis.self_scan import STATEMENTS, Round, course, of_lesson
from tracker.charts.scan_course import ScanLabels, ScanMark, scan_course
from tracker.charts.wording import quarter_name
from tracker.pages.around import drawing, frame, write
from tracker.pages.parts import scan_codes, scan_rounds
from tracker.words import Words
from tracker.words.self_scan import LESSONS, SAID

_SHOWN = 8  # quarters


def draw(say: Words) -> None:
    """The result first, then the rounds; codes that were just made instead of both."""
    rounds = frame.current_store().scan_rounds()
    if scan_codes.shown(say, rounds):
        return
    write.heading(say.scan_line(rounds), 1)
    latest = course(rounds)
    if latest is not None:
        write.paragraph(say.scan_certainty(latest.now))
        _lessons(say, rounds, latest.now)
        write.paragraph(say.scan_limits())
        _pictures(say, rounds)
        _tables(say, rounds, latest.now)
    scan_rounds.draw(say, rounds)


def _lessons(say: Words, rounds: Sequence[Round], now: Round) -> None:
    head = (say("Lesson"), say("In a word"), say("Mean, from 1 to 5"), say("Compared with the round before"))
    rows = [
        (
            say(LESSONS[lesson]),
            say.scan_word(now.lessons[lesson]),
            say.scan_score(now.lessons[lesson]),
            say.scan_change(course(rounds, lesson)),
        )
        for lesson in STATEMENTS
    ]
    overall = (
        say("All four together"),
        say.scan_word(now.overall),
        say.scan_score(now.overall),
        say.scan_change(course(rounds)),
    )
    write.table(head, [*rows, overall], caption=say.scan_line(rounds))


def _pictures(say: Words, rounds: Sequence[Round]) -> None:
    """A picture a lesson, from two rounds on: one dot says less than its line in the table."""
    closed = [one for one in rounds if one.closed]
    if len(closed) < 2:
        return
    write.heading(say("Over the quarters"))
    for pair in (list(STATEMENTS)[:2], list(STATEMENTS)[2:]):
        for column, lesson in zip(st.columns(2), pair, strict=True):
            with column:
                write.heading(say(LESSONS[lesson]), 3)
                _picture(say, closed, lesson)


def _picture(say: Words, closed: Sequence[Round], lesson: str) -> None:
    line = f"{say(LESSONS[lesson])}: {say.scan_change(course(closed, lesson))}"
    borders = policy.value("scan_concern"), policy.value("scan_strong")
    labels = ScanLabels(
        locale=say.language, strong=say("strong"), concern=say("a concern"), score=say("Mean")
    )
    drawing.twice(
        f"scan_{lesson}",
        lambda palette, narrow: scan_course(
            _marks(say, closed, lesson), borders=borders, labels=labels, palette=palette, description=line
        ),
    )


def _marks(say: Words, closed: Sequence[Round], lesson: str) -> list[ScanMark]:
    """Every quarter from the first round shown to the last, also those in which nobody was asked."""
    by_quarter = {one.quarter: one for one in closed}
    last = closed[-1].quarter
    quarters = [last.back(n) for n in reversed(range(_SHOWN)) if last.back(n) >= closed[0].quarter]
    marks = []
    for quarter in quarters:
        one = by_quarter.get(quarter)
        found = of_lesson(one, lesson) if one else None
        shown = found if found is not None and found.stated else None
        marks.append(
            ScanMark(
                quarter=quarter_name(say, quarter.first),
                value=shown.value if shown else None,
                low=shown.low if shown else None,
                high=shown.high if shown else None,
                said=say.scan_score(found) if found else say("nobody was asked"),
            )
        )
    return marks


def _tables(say: Words, rounds: Sequence[Round], now: Round) -> None:
    with st.expander(say("The statements one by one")):
        head = (say("Statement"), say("Lesson"), say("In a word"), say("Mean, from 1 to 5"))
        rows = [
            (say(SAID[one]), say(LESSONS[lesson]), *_said(say, now, one))
            for lesson, asked in STATEMENTS.items()
            for one in asked
        ]
        write.table(head, rows, caption=say("The statements one by one"))
    with st.expander(say("All rounds as a table")):
        head = (say("Quarter"), *(say(name) for name in LESSONS.values()), say("All four together"))
        rounds_rows = [
            (
                say.quarter(one.quarter.first),
                *(say.scan_score(found) for found in (*one.lessons.values(), one.overall)),
            )
            for one in reversed(rounds)
        ]
        write.table(head, rounds_rows, caption=say("All rounds as a table"))


def _said(say: Words, now: Round, statement: str) -> tuple[str, str]:
    return say.scan_word(now.statements[statement]), say.scan_score(now.statements[statement])
