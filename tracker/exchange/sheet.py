"""A table of text as it stands in a file, and why a file cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.exchange.preview import Question

# In the order in which they refer to each other, each with what a sheet or file may be called besides.
TABLES = {
    "vocabulary": ("woordenlijsten",),
    "partners": ("organisaties",),
    "incidents": ("incidenten", "aanleidingen"),
    "arrangements": ("samenwerkingsvormen",),
    "activities": ("activiteiten",),
    "participants": ("deelnemers", "aanwezigen", "aanwezigheid"),
    "silences": ("stiltes",),
    "pauses": ("pauzes",),
    "recess": ("reces",),
    "agreements": ("afspraken",),
    "check_backs": ("terugkijken",),
    "framings": ("duidingen",),
    "incident_reviews": ("incidentevaluaties",),
    "goals": ("doelen",),
    "glossary": ("begrippen", "begrippenlijst"),
    "meanings": ("betekenissen",),
    "planned_shares": ("geplande_aandelen",),
    "review_notes": ("evaluatienotities",),
    "quarter_reviews": ("kwartaalevaluaties",),
    "series": ("reeksen",),
}
_TABLE_OF = {name: table for table, others in TABLES.items() for name in (table, *others)}


class FileProblem(ValueError):
    """A file that cannot be read; `line` is 0 when all of it is wrong, `question` what would settle it."""

    def __init__(self, code: str, line: int = 0, question: Question | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.question = question


# A row of a file: the line where it starts, and its cells.
Line = tuple[int, list[str]]


class Rows:
    """The rows of a sheet, made `anew` each time somebody goes over them, so that they take no room.

    Not `slashed`: nowhere is there a slash, so no day is written with them.
    """

    def __init__(self, number: int, anew: Callable[[], Iterator[Line]], *, slashed: bool = True) -> None:
        self._number, self._anew, self.slashed = number, anew, slashed

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Line]:
        return self._anew()


@dataclass(frozen=True)
class Sheet:
    """One table as text: its heading, and rows of as many cells as headings.

    `several_lines` are the rows, by that line, with a line break in a cell. `encoding` and `delimiter`
    are empty for what is no plain text. `digest` names the content of the file. `above`:
    how many rows with a title stand above the heading.
    """

    file: str
    table: str
    header: list[str]
    header_line: int
    rows: Rows
    several_lines: frozenset[int]
    encoding: str
    delimiter: str
    digest: str
    above: int = 0


def table_of(name: str) -> str:
    """The table that a file or sheet of this name holds; empty when the name does not say."""
    return _TABLE_OF.get(name.strip().lower(), "")
