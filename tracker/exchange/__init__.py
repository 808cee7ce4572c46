"""Files <-> records: `read` shows what an import would do, `write` does it, `load` makes the example.

A file is read strictly (encoding, separator, quotes, days, numbers) and every row that breaks a rule
is named with its line and a code (`words.imports` has the words); while one does, nothing is written.
`finding_json` and `rhythm_json` are the way out: the facts as one object that programs can read.
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
