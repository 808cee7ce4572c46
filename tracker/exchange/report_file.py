"""Rows of text -> a CSV file that a spreadsheet opens without running anything that stands in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from tracker.exchange.spreadsheet_text import harmless


def refusal(path: Path, headings: Iterable[Sequence[str]]) -> str:
    """Why no report may be written at `path` as a code, or empty when it may.

    target_exists: a file stands there that does not start with one of the headings of a report
    (an empty one does no harm). cannot_open: the folder is missing or may not be written in.
    An empty file is left behind where there was none.
    """
    try:
        if path.exists() and not _is_report(path, headings):
            return "target_exists"
        path.open("ab").close()
    except OSError:
        return "cannot_open"
    return ""


def as_bytes(heading: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str) -> bytes:
    """Heading and rows as the bytes of a CSV file in UTF-8 with a mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(heading)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _is_report(path: Path, headings: Iterable[Sequence[str]]) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.readline(1000)
    first = start.decode("utf-8-sig", errors="replace").strip()
    return not start or any(first == sign.join(heading) for heading in headings for sign in ",;")
