"""Rows of text -> which of their cells look like data of a person; never what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import Line, Sheet
from tracker.privacy import BLOCKED, Hit, Reader

if TYPE_CHECKING:
    from tracker.exchange.preview import Preview

FREE_TEXT = (
    "title",
    "note",
    "reason",
    "source",
    "place",
    "goal",
    "text",
    "wording",
    "context",
    "response",
    "result",
    "next_time",
)
DATE_FIELDS = (
    *("date", "start", "end", "moved_to", "first_day", "last_day"),
    *("due", "made_on", "done_on", "quarter"),
)
# Read as a day or a number, or refused; every other cell may become a text or a name.
_NO_TEXT = frozenset((*DATE_FIELDS, "count", "weight", "partner_count", "value", "severity", "position"))
_TOGETHER = 200
Found = Mapping[str, list[Hit]]


def guarded(index: Mapping[str, int]) -> list[int]:
    """The places of the columns that may hold data of a person."""
    return [place for field, place in index.items() if field not in _NO_TEXT]


def marked(rows: Iterable[Line], places: list[int], reader: Reader) -> Iterator[tuple[int, list[str], Found]]:
    """The rows, each with what was found in any of its cells; most files hold nothing, so many are looked
    at at once."""
    if not places:
        yield from ((line, texts, {}) for line, texts in rows)
        return
    to_come, cells = iter(rows), itemgetter(*places, places[0])  # of two or more it always makes a tuple
    while block := list(islice(to_come, _TOGETHER)):
        found = reader.hits(set().union(*(cells(texts) for _, texts in block)))
        for line, texts in block:
            yield line, texts, {text: found[text] for text in cells(texts) if text in found} if found else {}


def look_over(preview: Preview, sheet: Sheet, index: Mapping[str, int]) -> None:
    """Notes what all rows of a sheet hold."""
    for line, texts, found in marked(sheet.rows, guarded(index), preview.reader):
        if found:
            note(preview, sheet, index, line, texts)


def note(preview: Preview, sheet: Sheet, index: Mapping[str, int], line: int, texts: list[str]) -> None:
    """Puts what was found in a row into `preview`, a line for each cell and kind (`looks_like_email`): among
    the problems what is blocked and was not explained, else among what somebody has to look at."""
    places = set(guarded(index))
    for field, place in index.items():
        hits = preview.reader.hits([texts[place]]) if place in places else {}
        for kind in dict.fromkeys(hit.kind for found in hits.values() for hit in found):
            heading = sheet.header[place].strip()
            problem = RowProblem(sheet.file, line, heading, f"looks_like_{kind}", "", field)
            if kind not in BLOCKED:
                preview.personal.append(problem)
            elif kind not in preview.explained:
                preview.problems.append(problem)
