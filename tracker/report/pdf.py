"""A document -> a tagged PDF/UA-1 of at most four A4 pages, the first of which stands by itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.report import fonts, rendering
from tracker.report.document import FRONT, INSIDE, RIGHT, Document, Picture, Section, Table

PAGES = 4
TEMPLATE = Path(__file__).with_name("report.typ")
# (arrangements in the strip, rows beside a picture) of the first page, then (rows of a table, lines of a
# section) of the pages after it: from generous to what always fits.
_FRONT = ((10, 6), (10, 3), (8, 4), (8, 2), (6, 3), (6, 2), (5, 2), (4, 2), (2, 1), (1, 0))
_INSIDE = ((20, 9), (14, 9), (10, 9), (8, 8), (6, 6), (4, 4), (3, 3), (2, 2), (1, 1))
_NARROW = 18  # letters
_LONGEST_CELL = 140
_LONGEST_LINE = 420
_LONG_SENTENCE, _LARGE, _MEDIUM = 170, 21, 15  # letters, points


@dataclass(frozen=True)
class _Cut:
    """How much is kept: rows of the strip and beside a picture; rows and lines of a section inside."""

    strip: int
    beside: int
    inside: int = 1
    lines: int = 1


def pdf(document: Document) -> bytes:
    """The bytes of the file: the same document gives the same bytes.

    Tables are cut until the report fits, and say how many rows are left out; the workbook has them all. Typst
    refuses a picture without a text and a document without a title, so what comes out is accessible.
    """
    import typst

    given = _fitting(document)
    when = int(document.made_at.timestamp())
    made: bytes = typst.compile(TEMPLATE, format="pdf", pdf_standards=["ua-1"], timestamp=when, **given)
    return made


def _fitting(document: Document) -> dict[str, Any]:
    """The first page is made to fit, then the others; what is given to Typst."""
    drawn: dict[tuple[str, int], str] = {}
    for strip, beside in _FRONT:
        given = _given(document, _Cut(strip, beside), drawn)
        if _pages(given)[1] == 1:
            break
    for rows, lines in _INSIDE:
        given = _given(document, _Cut(strip, beside, rows, lines), drawn)
        if _pages(given)[0] <= PAGES:
            break
    return given


def _pages(given: dict[str, Any]) -> tuple[int, int]:
    """How many pages there are, and on which the part ends that should be the first."""
    import typst

    pages, front = json.loads(typst.query(TEMPLATE, "<pages>", field="value", one=True, **given))
    return pages, front


def _given(document: Document, cut: _Cut, drawn: dict[tuple[str, int], str]) -> dict[str, Any]:
    """The data as text, and our own fonts only, so that every computer makes the same.

    Typst refuses to make an accessible file of a text with a sign that no font has.
    """
    data = fonts.legible(json.dumps(_data(document, cut, drawn), ensure_ascii=False))
    return {
        "sys_inputs": {"data": data},
        "font_paths": [str(fonts.folder())],
        "ignore_system_fonts": True,
    }


def _data(document: Document, cut: _Cut, drawn: dict[tuple[str, int], str]) -> dict[str, Any]:
    say, day = document.say, document.made_at
    return {
        "language": say.language,
        "title": f"{document.sentence} {document.title}",
        "author": document.owner or say("Cooperation"),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "top": " · ".join(filter(None, (document.owner, document.title))),
        "tag": document.tag,
        "sentence": document.sentence,
        "size": _LARGE if len(document.sentence) <= _LONG_SENTENCE else _MEDIUM,
        "certainty": _behind_dots(document.certainty),
        "next_step": _next_step(document),
        "picture": _picture(document, document.picture, cut.strip, drawn),
        "sections": [_section(document, one, cut, drawn) for one in document.sections],
        "inside": any(one.place == INSIDE for one in document.sections),
        "limits_heading": say("What this does not say"),
        "limits": document.limits,
        "about_heading": say("About this report"),
        "about": document.about,
        "footer": document.footer,
        "page": say("page"),
    }


def _section(
    document: Document, one: Section, cut: _Cut, drawn: dict[tuple[str, int], str]
) -> dict[str, Any]:
    whole = one.place == FRONT and one.picture is None
    most = len(one.table.rows) if whole and one.table else cut.beside if one.place == RIGHT else cut.inside
    return {
        "heading": _shortened(one.heading, _LONGEST_LINE),
        "place": one.place,
        "lines": _lines(document, one, cut.lines) if one.place == INSIDE else _paragraph(one),
        "picture": _picture(document, one.picture, cut.strip, drawn),
        "table": _table(document, one.table, most) if one.table else None,
    }


def _paragraph(one: Section) -> list[str]:
    """The first page has little room: there the lines go on behind each other."""
    return [" ".join(one.lines)] if one.lines else []


def _lines(document: Document, one: Section, most: int) -> list[str]:
    kept = [_shortened(line, _LONGEST_LINE) for line in one.lines[:most]]
    left = len(one.lines) - len(kept)
    return [*kept, _more(document, left)] if left else kept


def _more(document: Document, left: int) -> str:
    return document.say("{n} more in the workbook.", n=left)


def _picture(
    document: Document, one: Picture | None, strip: int, drawn: dict[tuple[str, int], str]
) -> dict[str, str] | None:
    """Each drawing is made once, however often the pages are tried."""
    if one is None:
        return None
    strip = one.at_most(strip)
    if (one.name, strip) not in drawn:
        drawn[one.name, strip] = rendering.svg(one.spec(strip), one.name)
    left, say = one.rows - strip, document.say
    more = say("{n} more in the table.", n=left) if left else ""
    return {"svg": drawn[one.name, strip], "alt": one.alt, "more": more}


def _table(document: Document, one: Table, most: int) -> dict[str, Any]:
    rows = [[_shortened(document.words(cell), _LONGEST_CELL) for cell in row] for row in one.rows[:most]]
    left = len(one.rows) - len(rows)
    numeric = [one.is_number(place) for place in range(len(one.head))]
    return {
        "caption": one.caption,
        "head": one.head,
        "rows": rows,
        "numeric": numeric,
        "columns": [
            0 if number else _width([head, *(row[place] for row in rows)])
            for place, (head, number) in enumerate(zip(one.head, numeric, strict=True))
        ],
        "more": _more(document, left) if left else "",
    }


def _width(words: list[str]) -> int:
    """The share of the page a column of text asks for; 0 for a narrow one, which takes what it needs."""
    longest = max(map(len, words))
    return 0 if longest <= _NARROW else min(longest, 60) + 4


def _behind_dots(certainty: str) -> tuple[str, str]:
    """The word with its dots, and the grounds behind them."""
    found = re.match(r"(.*?[●○]{3}) ?(.*)", certainty, re.DOTALL)
    assert found, certainty
    return found[1], found[2]


def _next_step(document: Document) -> tuple[str, str]:
    if not document.next_step:
        return "", ""
    label, _, rest = document.say("Next step: {step}", step="\0").partition("\0")
    return label.strip(), document.next_step + rest


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
