"""A document -> slides to speak with: each conclusion an editable title, and tables people can change."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import datetime
from typing import Any

from tracker.report import rendering
from tracker.report.document import Document, Picture, Section, Table

WIDE, HIGH = 13.333, 7.5  # inches
EDGE = 0.6
_ROWS = 8
_STRIP = 12
_LONGEST_CELL, _LONGEST_LINE, _LINES = 110, 260, 6
_TITLE_ONLY = 5
_TITLE_SIZES = ((110, 30), (210, 22), (400, 16), (10_000, 12))  # (fewer letters than, points)
_INK, _INK2, _HEAD, _BAND = "1D2A33", "47555E", "1B5E73", "F3F1EB"
_FONT = "Calibri"


def slides(document: Document) -> bytes:
    """The bytes of the file: the same document gives the same bytes."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    _properties(deck.core_properties, document)
    _verdict(deck, document)
    for section in document.sections:
        _section(deck, document, section)
    say = document.say
    _slide(deck, document, say("What this does not say"), document.limits)
    about = tuple(f"{label}: {words}" for label, words in document.about)
    _slide(deck, document, say("About this report"), about)
    data = io.BytesIO()
    deck.save(data)
    return _at_one_moment(data.getvalue(), document.made_at)


def _verdict(deck: Any, document: Document) -> None:
    step = (document.say("Next step: {step}", step=document.next_step),) if document.next_step else ()
    page = _slide(deck, document, document.sentence, (document.certainty, *step))
    if document.picture:
        _place(page, document.picture, top=3.2)


def _section(deck: Any, document: Document, one: Section) -> None:
    """A slide with the conclusion and its picture or lines, and one with the table."""
    page = _slide(deck, document, one.heading, one.lines)
    if one.picture:
        _place(page, one.picture, top=1.9)
    if one.table and one.table.rows:
        beside = not one.lines and not one.picture
        _table(page if beside else _slide(deck, document, one.table.caption, ()), document, one.table)


def _slide(deck: Any, document: Document, title: str, lines: tuple[str, ...]) -> Any:
    """A slide whose title is a real title; the foot says what it belongs to."""
    from pptx.util import Inches

    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    heading = page.shapes.title
    heading.left, heading.top, heading.width, heading.height = map(
        Inches, (EDGE, 0.45, WIDE - 2 * EDGE, 1.35)
    )
    size = next(size for most, size in _TITLE_SIZES if len(title) < most)
    _write(heading.text_frame, [title], document, size=size, bold=True)
    if lines:
        box = page.shapes.add_textbox(*map(Inches, (EDGE, 1.9, WIDE - 2 * EDGE, 4.5)))
        told = [_shortened(line, _LONGEST_LINE) for line in lines[:_LINES]]
        _write(box.text_frame, told, document, size=18)
    foot = page.shapes.add_textbox(*map(Inches, (EDGE, HIGH - 0.55, WIDE - 2 * EDGE, 0.4)))
    words = " · ".join(filter(None, (document.owner, document.title, document.tag)))
    _write(foot.text_frame, [words], document, size=11, colour=_INK2)
    return page


def _write(
    frame: Any, lines: list[str], document: Document, *, size: int, bold: bool = False, colour: str = _INK
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for number, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(size // 3)
        run = paragraph.add_run()
        run.text = words
        for font in (paragraph.font, run.font):
            font.size, font.bold, font.name = Pt(size), bold, _FONT
            font.color.rgb = RGBColor.from_string(colour)
        run.font.language_id = _language(document)


def _place(page: Any, one: Picture, *, top: float) -> None:
    """The picture with its text for who cannot see it, as large as fits under `top`."""
    from pptx.util import Inches

    drawn = rendering.png(one.spec(_STRIP))
    across, down = struct.unpack(">II", drawn[16:24])
    scale = min((WIDE - 2 * EDGE) / across, (HIGH - 0.7 - top) / down)
    width, height = across * scale, down * scale
    shape = page.shapes.add_picture(io.BytesIO(drawn), *map(Inches, ((WIDE - width) / 2, top, width, height)))
    shape.name = one.name
    shape._element.nvPicPr.cNvPr.set("descr", one.alt)


def _table(page: Any, document: Document, one: Table) -> None:
    """A real table; the workbook has the rows that do not fit."""
    from pptx.util import Inches

    rows = one.rows[:_ROWS]
    where = map(Inches, (EDGE, 1.9, WIDE - 2 * EDGE, 0.4 * (len(rows) + 1)))
    frame = page.shapes.add_table(len(rows) + 1, len(one.head), *where)
    frame.name = one.caption
    frame._element.nvGraphicFramePr.cNvPr.set("descr", one.caption)
    words = [one.head, *(tuple(document.words(cell) for cell in row) for row in rows)]
    for place, width in enumerate(_widths(words)):
        frame.table.columns[place].width = Inches(width)
    for number, row in enumerate(words):
        for place, cell in enumerate(row):
            _cell(frame.table.cell(number, place), cell, document, head=number == 0, band=number % 2 == 0)
    left = len(one.rows) - len(rows)
    if left:
        more = document.say("{n} more in the workbook.", n=left)
        box = page.shapes.add_textbox(*map(Inches, (EDGE, HIGH - 0.9, WIDE - 2 * EDGE, 0.35)))
        _write(box.text_frame, [more], document, size=12, colour=_INK2)


def _cell(cell: Any, words: str, document: Document, *, head: bool, band: bool) -> None:
    from pptx.dml.color import RGBColor

    colour = "FFFFFF" if head else _INK
    _write(cell.text_frame, [_shortened(words, _LONGEST_CELL)], document, size=13, bold=head, colour=colour)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(_HEAD if head else _BAND if band else "FFFFFF")


def _widths(words: list[tuple[str, ...]]) -> list[float]:
    """Inches a column, by how much it holds."""
    asked = [min(max(map(len, column)), 60) + 6 for column in zip(*words, strict=True)]
    return [(WIDE - 2 * EDGE) * one / sum(asked) for one in asked]


def _language(document: Document) -> Any:
    from pptx.enum.lang import MSO_LANGUAGE_ID

    dutch = document.say.language == "nl"
    return MSO_LANGUAGE_ID.DUTCH if dutch else MSO_LANGUAGE_ID.ENGLISH_UK


def _properties(core: Any, document: Document) -> None:
    moment = document.made_at.replace(tzinfo=None, microsecond=0)
    core.title, core.author, core.last_modified_by = document.title, document.owner, document.owner
    core.created = core.modified = core.last_printed = moment
    core.language, core.revision = document.say.language, 1
    core.comments = core.keywords = core.subject = ""


def _at_one_moment(archive: bytes, moment: datetime) -> bytes:
    """The same file with every part dated at the given moment instead of when it was written."""
    when = (max(moment.year, 1980), moment.month, moment.day, moment.hour, moment.minute, 0)
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            entry = zipfile.ZipInfo(part, when)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(part))
    return data.getvalue()


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
