"""One row of text -> which of its cells look like data of a person; never what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import Sheet
from tracker.privacy import find

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
# Free text, and everything that can become a name.
GUARDED = (*FREE_TEXT, "name", "kind", "arrangement", "partners", "participant", "series")
# One pass over a text leaves its digits and @, with a space for each letter: the signs between digits go.
_PASS = bytes(ord(" ") if chr(sign).isalpha() or chr(sign) in "_\n" else sign for sign in range(128))
_PASS += b"0" * 128
_SKIPPED = bytes(sign for sign in range(128) if not (chr(sign).isalnum() or chr(sign) in "_\n@"))
_FEWEST_DIGITS = 9
_TOGETHER = 50


def guarded(index: Mapping[str, int]) -> list[int]:
    """The places of the columns that may hold data of a person."""
    return [index[field] for field in GUARDED if field in index]


def worth_a_look(texts: list[str], places: list[int]) -> bool:
    """False when these cells hold no @ and nowhere nine digits without a letter between them.

    Then `find` would find nothing; it takes twice as long on rows full of days and numbers. Signs
    outside ASCII count as digits here, for some are: too often a look, never too seldom.
    """
    return _may_hold([texts[place] for place in places])


def marked(rows: Iterable[tuple[int, list[str]]], places: list[int]) -> Iterator[tuple[int, list[str], bool]]:
    """The rows and whether each is worth a look; most files hold none, so many are looked at at once."""
    to_come = iter(rows)
    while block := list(islice(to_come, _TOGETHER)):
        one_of_them = _may_hold([texts[place] for _, texts in block for place in places])
        for line, texts in block:
            yield line, texts, one_of_them and worth_a_look(texts, places)


def _may_hold(texts: list[str]) -> bool:
    text = "\n".join(texts)
    left = text.encode(errors="replace").translate(_PASS, _SKIPPED)
    return b"@" in left or max(map(len, left.split()), default=0) >= _FEWEST_DIGITS


def looks(sheet: Sheet, index: Mapping[str, int], line: int, texts: list[str]) -> Iterator[RowProblem]:
    """A warning for each cell and each kind of data (`looks_like_email`) that it may hold."""
    for field in (field for field in GUARDED if field in index):
        kinds = dict.fromkeys(hit.kind for hit in find(texts[index[field]]))
        heading = sheet.header[index[field]].strip()
        yield from (RowProblem(sheet.file, line, heading, f"looks_like_{kind}", "", field) for kind in kinds)
