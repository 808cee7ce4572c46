"""A document -> a workbook: a sheet with the verdict, and one for every table with all of its rows."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

from tracker.report.document import Cell, Document, Table

_LONGEST_NAME, _LONGEST_COLUMN = 31, 60
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


def workbook(document: Document) -> bytes:
    """The bytes of the file: text is text, a number a number, a day a day, no cell a formula or link."""
    from xlsxwriter import Workbook

    data, say = io.BytesIO(), document.say
    off = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(data, {**off, "in_memory": True}) as book:
        book.set_properties(
            {"title": document.title, "author": document.owner, "created": _plain(document.made_at)}
        )
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"}),
        }
        _summary(book.add_worksheet(say("Verdict")), document, formats)
        taken = {say("Verdict").casefold()}
        for section in document.sections:
            if section.table and section.table.rows:
                sheet = book.add_worksheet(_name(section.name, taken))
                _sheet(sheet, section.heading, section.table, document, formats)
    return data.getvalue()


def _summary(sheet: Any, document: Document, formats: dict[str, Any]) -> None:
    say = document.say
    rows = [
        (say("Report"), " · ".join(filter(None, (document.owner, document.title, document.tag)))),
        (say("Verdict"), document.sentence),
        ("", document.certainty),
        *([("", say("Next step: {step}", step=document.next_step))] if document.next_step else []),
        *(
            (section.name, line)
            for section in document.sections
            for line in (section.heading, *section.lines)
        ),
        *document.about,
        *((say("What this does not say"), words) for words in document.limits),
    ]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    for number, (label, words) in enumerate(rows):
        sheet.write_string(number, 0, label, formats["head"])
        sheet.write_string(number, 1, words, formats["text"])


def _sheet(sheet: Any, heading: str, table: Table, document: Document, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, heading)
    for place, title in enumerate(table.head):
        sheet.write_string(1, place, title, formats["head"])
        longest = max(len(document.words(row[place])) for row in table.rows)
        sheet.set_column(place, place, min(max(longest, len(title)) + 2, _LONGEST_COLUMN))
    sheet.freeze_panes(2, 0)
    for number, cells in enumerate(table.rows, start=2):
        for place, cell in enumerate(cells):
            _write(sheet, number, place, cell, document, formats)


def _write(
    sheet: Any, row: int, column: int, cell: Cell, document: Document, formats: dict[str, Any]
) -> None:
    match cell:
        case int() | float():
            sheet.write_number(row, column, cell)
        case date():
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["day"])
        case _:
            sheet.write_string(row, column, document.words(cell), formats["text"])


def _name(wanted: str, taken: set[str]) -> str:
    """A name a spreadsheet takes: short, without its own signs, and each once."""
    plain = _NOT_IN_A_NAME.sub(" ", wanted)[:_LONGEST_NAME].strip() or "-"
    assert plain.casefold() not in taken, (wanted, taken)
    taken.add(plain.casefold())
    return plain


def _plain(moment: datetime) -> datetime:
    """A spreadsheet knows no time zones."""
    return moment.replace(tzinfo=None, microsecond=0)
