"""What an import would do: the records it found, what it skips, and every row that is wrong."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, cast

from tracker import privacy
from tracker.exchange.slashes import Slashes
from tracker.privacy import Looked, LookedAt, Reader
from tracker.records import (
    Activity,
    Agreement,
    Arrangement,
    CheckBack,
    DomainMeaning,
    Framing,
    GlossaryWord,
    Goal,
    Incident,
    IncidentReview,
    Occurrence,
    Partner,
    Pause,
    PlannedShare,
    QuarterReview,
    Recess,
    Record,
    ReviewNote,
    SeriesPoint,
    Shelf,
    Silence,
)
from tracker.store import Correction, Term

Logged = Partner | Arrangement | Incident | Activity | Occurrence | Silence | Pause | Recess
Promised = Agreement | CheckBack | Framing | IncidentReview
Evaluated = Goal | GlossaryWord | DomainMeaning | PlannedShare | ReviewNote | QuarterReview
ImportedRecord = Logged | Promised | Evaluated | SeriesPoint


@dataclass(frozen=True)
class RowProblem:
    """One thing that is wrong: where it stands, the code of the rule and the text of the cell.

    `line` counts from 1 and is 0 when the file as a whole is wrong; `column` is the heading as the
    file spells it, or empty, and `field` what it means to us. `text` is short and shows no control
    characters; it is empty for free text, which may hold anything.
    """

    file: str
    line: int
    column: str
    code: str
    text: str = ""
    field: str = ""


@dataclass(frozen=True)
class Question:
    """What nobody can know but who has the file: `kind` is encoding, date_order or table.

    `choices` are the codes to answer with; for an encoding `samples` show what each makes of one piece of
    the file, for a day it is the cell. Read again with `answers[question.key]` (or under the bare kind,
    for all files).
    """

    kind: str
    file: str
    choices: tuple[str, ...]
    samples: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the answer."""
        return f"{self.kind}:{self.file}"


class Found(NamedTuple):
    """A record that is new. Its links are ids of the store, or below zero the `ref` of another `Found`.

    `ref` is minus the place in `Preview.found` (-1 is the first) of what others can name, else 0.
    """

    file: str
    line: int
    ref: int
    record: ImportedRecord


class Attendance(NamedTuple):
    """A row that says which organisations were at the activity of a kind on a day.

    `column` is the heading above the kind and `told` what stands there.
    """

    happened_on: date
    kind: str
    partner_ids: tuple[int, ...]
    file: str = ""
    line: int = 0
    column: str = ""
    told: str = ""


class Finds:
    """All that was found, in order and in little room; whoever goes over it has each record made anew."""

    def __init__(self, found: Iterable[Found] = ()) -> None:
        self.records = Shelf()
        self.refs, self._lines = array("l"), array("L")
        self._files: list[tuple[int, str]] = []  # from which place on, which file
        for one in found:
            self.add(one)

    def add(self, one: Found) -> None:
        """Puts one more at the end."""
        self._note(one.file, one.line, one.ref)
        self.records.add(one.record)

    def add_values(self, file: str, line: int, kind: type[Record], values: Sequence[Any]) -> None:
        """Puts one more at the end that nothing can point at, given as the values of its record."""
        self._note(file, line, 0)
        self.records.add_values(kind, values)

    def extend(self, other: Finds) -> None:
        """Puts all of `other` at the end, without looking at them."""
        self._files += [(len(self) + start, file) for start, file in other._files]
        self._lines.extend(other._lines)
        self.refs.extend(other.refs)
        self.records.extend(other.records)

    def __len__(self) -> int:
        return len(self.refs)

    def __iter__(self) -> Iterator[Found]:
        starts = [*(start for start, _ in self._files), len(self)][1:]
        files = (
            file for (start, file), end in zip(self._files, starts, strict=True) for _ in range(start, end)
        )
        for file, line, ref, record in zip(files, self._lines, self.refs, self.records, strict=True):
            yield Found(file, line, ref, cast(ImportedRecord, record))

    def _note(self, file: str, line: int, ref: int) -> None:
        if not self._files or self._files[-1][1] != file:
            self._files.append((len(self), file))
        self._lines.append(line)
        self.refs.append(ref)


@dataclass(frozen=True)
class Double:
    """A row that the store holds already; `differs` when the fields beside its key say something else."""

    file: str
    line: int
    differs: bool


@dataclass(frozen=True)
class FileRead:
    """How one file was understood; `slashes` says what its days with slashes proved.

    `columns` are its headings in order, each with the field it was taken for or an empty text.
    `above`: how many rows stand above them.
    """

    file: str
    table: str
    rows: int
    encoding: str
    delimiter: str
    slashes: Slashes
    columns: tuple[tuple[str, str], ...] = ()
    above: int = 0


@dataclass
class Preview:
    """Everything one import found; nothing is written while there are `problems`.

    `found` starts with what others can name; else all stands in the order of the files.
    `attendance` are the rows that say something new about who was there. The activities that come in have it
    already; `corrections` are those of the log that get it, each once, with links as in `found`.
    `unknown_columns` are (file, heading).
    `new_kinds` become entries of their vocabularies, `changed_terms` take the place of those that stand
    (only in a database without records); `new_arrangements` are names that
    only the activities mention, found without a file and line; `unknown_partners` are names of organisations
    that become some when the files are read again with their domains. `problems` stand in the order of the
    files' names and lines. `personal` are texts in which people may be meant: they stop nothing here, and
    never hold the text itself; what surely looks like data of a person is among the `problems`, but for the
    kinds that somebody `explained` (kind -> why it is none). `questions` are what an answer could settle.
    `digest` names the content of all files; `reader` has looked at all their texts.
    """

    files: list[FileRead] = field(default_factory=list)
    found: Finds = field(default_factory=Finds)
    doubles: list[Double] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    personal: list[RowProblem] = field(default_factory=list)
    unknown_columns: list[tuple[str, str]] = field(default_factory=list)
    ignored_files: list[str] = field(default_factory=list)
    new_kinds: list[Term] = field(default_factory=list)
    changed_terms: list[Term] = field(default_factory=list)
    new_arrangements: list[str] = field(default_factory=list)
    unknown_partners: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    digest: str = ""
    explained: dict[str, str] = field(default_factory=dict)
    reader: Reader = field(default_factory=Reader)

    def looked_at(self, *, ticked: bool) -> Looked:
        """What the guard is to be told: the kinds that were explained, and with `ticked` that somebody looked
        at each place in `personal`."""
        said = tuple(LookedAt(field="", kind=kind, why=why) for kind, why in self.explained.items())
        asked = {one.code.removeprefix("looks_like_") for one in self.personal}
        return said + (privacy.ticked({"": asked}) if ticked else ())

    @property
    def mapping(self) -> dict[str, str]:
        """Heading -> field of every column that was understood, for `read(mapping=...)` the next time."""
        return {heading: name for file in self.files for heading, name in file.columns if name}

    @property
    def new_rows(self) -> int:
        """How many rows of the files say something new about the log."""
        return len(self.found) + len(self.attendance)

    @property
    def changes_nothing(self) -> bool:
        """Whether the store would hold the same after this import, word lists too."""
        return not (self.found or self.corrections or self.new_kinds or self.changed_terms)

    def count(self, record_type: type[ImportedRecord]) -> int:
        """How many new records of one type this import would add."""
        return self.found.records.kinds()[record_type]

    @property
    def new_partners(self) -> list[str]:
        """Names of the organisations that the store does not know yet."""
        return [name for run in self.found.records.runs(Partner) for name in run.columns["name"]]


@dataclass(frozen=True)
class Counts:
    """How many records one import added, per kind of record, and under which name it can be found."""

    batch: str
    added: Mapping[type[Record], int]


class ImportRefused(ValueError):
    """An import with problems was asked to be written; `problems` names each of them."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
