"""Files <-> records: `read` shows what an import would do, `write` does it, `export` is the way back.

A file (CSV, workbook, calendar) becomes sheets of text; each row of them a record, or a problem with its
line and a code (`words.imports` has the words). While there is one, nothing is written. What only the owner
of a file can know is a `Question`: read again with its answer. `Preview.mapping` is what the columns were
taken for, to keep for the next time. `example` loads the example municipality; `finding_json` and
`rhythm_json` give facts to programs.

    files -> csv_text, workbook (zip_check), calendars (repetition) -> sheet
    reading -> columns, names, rows (cells, alike), personal -> gathered, attendance, doubles -> preview
    preview -> writing
    tables_out -> export
"""

from __future__ import annotations

from tracker.exchange.files import Upload
from tracker.exchange.preview import (
    Counts,
    Double,
    FileRead,
    Found,
    ImportRefused,
    Preview,
    Question,
    RowProblem,
)
from tracker.exchange.reading import read
from tracker.exchange.writing import write

__all__ = [
    "Counts",
    "Double",
    "FileRead",
    "Found",
    "ImportRefused",
    "Preview",
    "Question",
    "RowProblem",
    "Upload",
    "read",
    "write",
]
