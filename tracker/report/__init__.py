"""A quarter's facts -> a report as PDF, slides, workbook or web page, for the partners or for everybody.

`gather` reads what a report is made from, `make` writes it. Every format is written from one `Document`, in
which each fact stands once; the same material and the same moment give the same bytes. `agenda` puts the
facts in the order of the evaluation, and `freeze` keeps report and agenda as they stood when it was closed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tracker.records import DUTCH_TIME
from tracker.report import public, sections
from tracker.report.agenda import MINUTES, OPENING_MINUTES, AgendaItem, agenda
from tracker.report.document import Document
from tracker.report.freezing import Frozen, counted, freeze, kept, thaw
from tracker.report.material import Material, gather
from tracker.report.pdf import pdf
from tracker.report.public import not_for_everybody
from tracker.report.slides import slides
from tracker.report.web import web_page
from tracker.report.workbook import workbook
from tracker.words import Words

__all__ = [
    "FORMATS",
    "MINUTES",
    "OPENING_MINUTES",
    "AgendaItem",
    "Document",
    "Frozen",
    "Material",
    "agenda",
    "counted",
    "document",
    "freeze",
    "gather",
    "kept",
    "make",
    "not_for_everybody",
    "thaw",
]

FORMATS: dict[str, Callable[[Document], bytes]] = {
    "pdf": pdf,
    "pptx": slides,
    "xlsx": workbook,
    "html": web_page,
}


def make(material: Material, form: str, *, say: Words, made_at: datetime, public: bool = False) -> bytes:
    """The bytes of a report in one of `FORMATS`; `made_at` (with a time zone) is printed in it."""
    return FORMATS[form](document(material, say=say, made_at=made_at, for_everybody=public))


def document(material: Material, *, say: Words, made_at: datetime, for_everybody: bool = False) -> Document:
    """What the report says; `for_everybody` leaves out what people typed and numbers that tell of few."""
    written = public.document if for_everybody else sections.document
    return written(material, say, made_at.astimezone(DUTCH_TIME))
