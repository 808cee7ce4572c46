"""A document -> slides to speak with: each conclusion an editable title, and tables people can change.

A picture tells what its table holds, so a slide with a picture leaves the table to the workbook.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker.report import rendering
from tracker.report.document import Document, Picture, Section, Table
from tracker.report.slide_plan import (
    GAP,
    PAD_X,
    PAD_Y,
    Block,
    Said,
    column_widths,
    plan,
    space_after,
    table_size,
    title_size,
)

WIDE, HIGH = 13.333, 7.5  # inches
EDGE, TOP, FOOT = 0.6, 0.45, 0.55
MIDDLE = 0.5  # between two columns
_STRIP = 8  # rows of a strip that can be read from the back of a room
_SMALL_PICTURE, _TALL = 600, 260  # px: a narrower one shares its slide with words, and is drawn higher
_ABOVE = 0.36  # of the height is at most for words above a picture
_TITLE_ONLY = 5
_INK, _INK2, _HEAD, _BAND = "1D2A33", "47555E", "1B5E73", "F3F1EB"
# Both come with Office on every computer, and other programs have stand-ins for them.
_TITLE_FACE, _TEXT_FACE = "Georgia", "Calibri"


@dataclass(frozen=True, kw_only=True)
class _Area:
    """Where something may stand, in inches."""

    left: float
    top: float
    wide: float
    high: float


def slides(document: Document) -> bytes:
    """The bytes of the file: the same document gives the same bytes."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    _properties(deck.core_properties, document)
    _faces(deck)
    say = document.say
    step = (say("Next step: {step}", step=document.next_step),) if document.next_step else ()
    opening: list[Said | Table] = [Said(lines=(document.certainty, *step))]
    _slide(deck, document, document.sentence, opening, document.picture)
    for group in _groups(document.sections):
        _together(deck, document, group)
    about = Said(
        head=say("About this report"), lines=tuple(f"{label}: {words}" for label, words in document.about)
    )
    _slide(deck, document, say("What this does not say"), [Said(lines=document.limits), about])
    data = io.BytesIO()
    deck.save(data)
    return _at_one_moment(data.getvalue(), document.made_at)


def _groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """The sections of each slide, in the order in which the first of each stands."""
    groups: dict[str, list[Section]] = {}
    for one in sections:
        groups.setdefault(one.slide or one.name, []).append(one)
    yield from groups.values()


def _together(deck: Any, document: Document, group: list[Section]) -> None:
    """One slide; the section that names none leads it, and what its title says is not said again."""
    leader = next((one for one in group if not one.slide), group[0])
    picture = next((one.picture for one in group if one.picture), None)
    parts: list[Said | Table] = []
    for one in group:
        head = "" if one is leader else one.heading
        lines = tuple(line for line in one.lines if line != leader.heading)
        parts += [Said(head=head, lines=lines)] if head or lines else []
        parts += [one.table] if one.table and one.table.rows and not picture else []
    _slide(deck, document, leader.heading, parts, picture)


def _slide(
    deck: Any, document: Document, title: str, parts: list[Said | Table], picture: Picture | None = None
) -> None:
    """A real title, then words and tables, with the picture under or beside them; the foot says of what."""
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    size, high = title_size(title, WIDE - 2 * EDGE)
    heading = page.shapes.title
    _put(heading, _Area(left=EDGE, top=TOP, wide=WIDE - 2 * EDGE, high=high))
    _write(heading.text_frame, [title], document, size=size, bold=True)
    top = TOP + high + GAP
    whole = _Area(left=EDGE, top=top, wide=WIDE - 2 * EDGE, high=HIGH - FOOT - GAP - top)
    if picture is None:
        _flow(page, document, whole, parts)
    else:
        _with_picture(page, document, whole, parts, picture)
    foot = page.shapes.add_textbox(0, 0, 0, 0)
    _put(foot, _Area(left=EDGE, top=HIGH - FOOT, wide=WIDE - 2 * EDGE, high=0.35))
    words = " · ".join(filter(None, (document.owner, document.title, document.tag)))
    _write(foot.text_frame, [words], document, size=11, colour=_INK2)


def _with_picture(
    page: Any, document: Document, area: _Area, parts: list[Said | Table], picture: Picture
) -> None:
    """A wide picture stands under the words, a small one left of them."""
    spec = picture.spec(_STRIP)
    left = picture.rows - min(_STRIP, picture.rows)
    more = [Said(lines=(document.say("{n} more in the workbook.", n=left),))] if left else []
    if spec["width"] < _SMALL_PICTURE and parts:
        spec = spec | {"height": _TALL}
        half = (area.wide - MIDDLE) / 2
        beside = _Area(left=area.left + half + MIDDLE, top=area.top, wide=half, high=area.high)
        _flow(page, document, beside, [*parts, *more])
        _draw(page, picture, spec, _Area(left=area.left, top=area.top, wide=half, high=area.high))
        return
    above = replace(area, high=area.high * _ABOVE)
    down = _flow(page, document, above, [*parts, *more])
    under = _Area(left=area.left, top=area.top + down, wide=area.wide, high=area.high - down)
    _draw(page, picture, spec, under)


def _flow(page: Any, document: Document, area: _Area, parts: list[Said | Table]) -> float:
    """Everything from top to bottom; how many inches it took."""
    if not parts:
        return 0.0
    found = plan(document, parts, area.wide, area.high)
    top = area.top
    for block in found.blocks:
        here = _Area(left=area.left, top=top, wide=area.wide, high=block.height)
        if block.said:
            _say(page, document, here, block.said, found.size)
        else:
            _table(page, document, here, block, found.size)
        top += block.height + GAP
    return found.height


def _say(page: Any, document: Document, area: _Area, one: Said, size: int) -> None:
    box = page.shapes.add_textbox(0, 0, 0, 0)
    _put(box, area)
    head = [one.head] if one.head else []
    _write(box.text_frame, [*head, *one.lines], document, size=size, heads=len(head))


def _write(
    frame: Any,
    lines: list[str],
    document: Document,
    *,
    size: int,
    bold: bool = False,
    heads: int = 0,
    colour: str = _INK,
) -> None:
    """The first `heads` lines are bold, or all of them; the face is that of the deck."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_before = PP_ALIGN.LEFT, Pt(0)
        paragraph.space_after = Pt(round(space_after(size) * 72) if len(lines) > 1 else 0)
        run = paragraph.add_run()
        run.text = words
        for font in (paragraph.font, run.font):
            font.size, font.bold = Pt(size), bold or number < heads
            font.color.rgb = RGBColor.from_string(colour)
        run.font.language_id = _language(document)


def _draw(page: Any, one: Picture, spec: dict[str, Any], area: _Area) -> None:
    """The picture with its text for who cannot see it, as large as fits."""
    drawn = rendering.png(spec)
    across, down = struct.unpack(">II", drawn[16:24])
    scale = min(area.wide / across, area.high / down)
    wide, high = across * scale, down * scale
    shape = page.shapes.add_picture(io.BytesIO(drawn), 0, 0)
    _put(shape, _Area(left=area.left + (area.wide - wide) / 2, top=area.top, wide=wide, high=high))
    shape.name = one.name
    shape._element.nvPicPr.cNvPr.set("descr", one.alt)


def _table(page: Any, document: Document, area: _Area, block: Block, size: int) -> None:
    """A real table with its name; what is left out stands in the workbook."""
    from pptx.util import Inches

    assert block.table is not None
    rows, columns = len(block.cells), len(block.table.head)
    tall = sum(block.heights)
    frame = page.shapes.add_table(rows, columns, *map(Inches, (area.left, area.top, area.wide, tall)))
    frame.name = block.table.caption
    frame._element.nvGraphicFramePr.cNvPr.set("descr", block.table.caption)
    for place, wide in enumerate(column_widths(block.cells, area.wide)):
        frame.table.columns[place].width = Inches(wide)
    for number, row in enumerate(block.cells):
        frame.table.rows[number].height = Inches(block.heights[number])
        for place, words in enumerate(row):
            _cell(frame.table.cell(number, place), words, document, table_size(size), number)
    if block.left_out:
        more = document.say("{n} more in the workbook.", n=block.left_out)
        box = page.shapes.add_textbox(0, 0, 0, 0)
        _put(box, _Area(left=area.left, top=area.top + tall + GAP / 2, wide=area.wide, high=0.3))
        _write(box.text_frame, [more], document, size=size, colour=_INK2)


def _cell(cell: Any, words: str, document: Document, size: int, number: int) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Inches

    head, band = number == 0, number % 2 == 0
    _write(cell.text_frame, [words], document, size=size, bold=head, colour="FFFFFF" if head else _INK)
    cell.margin_left = cell.margin_right = Inches(PAD_X)
    cell.margin_top = cell.margin_bottom = Inches(PAD_Y)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(_HEAD if head else _BAND if band else "FFFFFF")


def _put(shape: Any, area: _Area) -> None:
    from pptx.util import Inches

    shape.left, shape.top = Inches(area.left), Inches(area.top)
    shape.width, shape.height = Inches(area.wide), Inches(area.high)


def _faces(deck: Any) -> None:
    """The faces stand in the theme, so that whoever has a house style changes them in one place."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    before, major, rest = theme.blob.partition(b"<a:majorFont>")
    head, minor, tail = rest.partition(b"<a:minorFont>")
    assert major, "the theme has no face for titles"
    assert minor, "the theme has no face for text"
    head = head.replace(b'<a:latin typeface="Calibri"', f'<a:latin typeface="{_TITLE_FACE}"'.encode(), 1)
    tail = tail.replace(b'<a:latin typeface="Calibri"', f'<a:latin typeface="{_TEXT_FACE}"'.encode(), 1)
    theme._blob = before + major + head + minor + tail


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
