"""A sheet of word lists -> the terms that are new or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.exchange import cells
from tracker.exchange.cells import CellProblem
from tracker.exchange.names import Names
from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import Sheet
from tracker.exchange.spreadsheet_text import restored
from tracker.records import InvalidRecord
from tracker.store import Term

_WHOLE, _TRUTH = ("position", "cadence_weeks", "grace_weeks"), ("archived", "joint")
FIXED = ("mode", "severity")


def read(sheet: Sheet, index: Mapping[str, int], names: Names) -> Iterator[RowProblem]:
    """Teaches `names` every term, and yields what is wrong or would be lost.

    In a database with records a term that differs from the one that stands is left as it is: its labels are
    the municipality's own, and are changed where people see it.
    """
    for line, texts in sheet.rows:
        try:
            term = _term({field: restored(texts[place].strip()) for field, place in index.items()})
        except InvalidRecord as invalid:
            yield from (RowProblem(sheet.file, line, field, code) for field, code in invalid.problems.items())
            continue
        if term.vocabulary in FIXED and not names.has(term):
            yield RowProblem(sheet.file, line, "vocabulary", "fixed_list")
        else:
            names.learn(term)


def _term(texts: dict[str, str]) -> Term:
    held: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field, text in texts.items():
        try:
            held[field] = _value(field, text)
        except CellProblem as problem:
            problems[field] = problem.code
    if problems:
        raise InvalidRecord(problems)
    return Term(**held)


def _value(field: str, text: str) -> Any:
    if field in _WHOLE:
        return cells.whole(text) if text else (0 if field == "position" else None)
    if field in _TRUTH:
        return None if field == "joint" and not text else cells.truth(text)
    return text
