"""Paths and uploads -> sheets of text, in the order in which tables refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

from tracker.exchange import calendars, csv_text, workbook
from tracker.exchange.preview import Question, RowProblem
from tracker.exchange.sheet import TABLES, FileProblem, Sheet, table_of

LARGEST_FILE = 50_000_000
FORMATS = (".csv", ".xlsx", ".ics")
_SHOWN = 80


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent: its name is only ever shown, never a path to write or read."""

    name: str
    data: bytes


@dataclass
class Files:
    """What was found in the files: their sheets, what is wrong, what was left alone and what to ask."""

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def read_files(
    sources: Iterable[Path | Upload],
    *,
    as_table: str,
    answers: Mapping[str, str],
    today: date,
    kind_of: Callable[[str], str],
) -> Files:
    """Every sheet of these files, folders and uploads.

    A folder stands for the files in it that are named after a table, its workbooks and its calendars;
    `as_table` says what every file holds, whatever its name; `answers` are those to earlier questions.
    """
    found = Files()
    for source in sources:
        for file in _inside(source, found):
            name = shown_name(file.name)
            try:
                table = as_table or answers.get(f"table:{name}", "") or table_of(_stem(name))
                found.sheets.extend(_sheets(file, name, table, found, answers, today, kind_of))
            except FileProblem as problem:
                found.problems.append(RowProblem(name, problem.line, "", problem.code))
                found.questions.extend([problem.question] if problem.question else [])
            except OSError:
                found.problems.append(RowProblem(name, 0, "", "unreadable"))
    found.sheets.sort(key=lambda sheet: list(TABLES).index(sheet.table))
    return found


def shown_name(name: str) -> str:
    """The last part of a file's name, short, and without signs that could steer a terminal or a page."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    plain = "".join(mark if mark.isprintable() else "?" for mark in last)
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 12]}…{plain[-11:]}"


def _inside(source: Path | Upload, found: Files) -> list[Path | Upload]:
    if isinstance(source, Upload):
        return [source]
    try:
        inside = _folder(source, found.ignored) if source.is_dir() else [source]
    except OSError:
        found.problems.append(RowProblem(shown_name(source.name), 0, "", "unreadable"))
        return []
    if not inside:
        found.problems.append(RowProblem(shown_name(source.name), 0, "", "nothing_to_import"))
    return list(inside)


def _folder(folder: Path, ignored: list[str]) -> list[Path]:
    known: list[Path] = []
    for file in sorted(file for file in folder.iterdir() if file.is_file()):
        named = table_of(file.stem) if file.suffix.lower() == ".csv" else file.suffix.lower() in FORMATS
        if named:
            known.append(file)
        else:
            ignored.append(shown_name(file.name))
    return known


def _sheets(
    file: Path | Upload,
    name: str,
    table: str,
    found: Files,
    answers: Mapping[str, str],
    today: date,
    kind_of: Callable[[str], str],
) -> Iterator[Sheet]:
    _refuse_unreadable(file)
    match Path(name).suffix.lower():
        case ".ics":
            yield from calendars.sheets(
                name, _bytes(file), found.problems, found.ignored, today=today, kind_of=kind_of
            )
        case ".xlsx":
            yield from workbook.sheets(name, table, _bytes(file), found.problems, found.ignored)
        case _:
            if not table:
                raise FileProblem("unknown_table", question=Question("table", name, tuple(TABLES)))
            encoding = answers.get(f"encoding:{name}", "") or answers.get("encoding", "")
            yield csv_text.sheet(name, table, lambda: _bytes(file), found.problems, encoding)


def _refuse_unreadable(file: Path | Upload) -> None:
    """Only a plain file of a format we read, and of a size we take."""
    if isinstance(file, Path) and not file.is_file():
        raise FileProblem("no_plain_file" if file.exists() else "no_such_file")
    if Path(file.name).suffix.lower() not in FORMATS:
        raise FileProblem("format_not_supported")
    if (len(file.data) if isinstance(file, Upload) else file.stat().st_size) > LARGEST_FILE:
        raise FileProblem("too_large")


def _bytes(file: Path | Upload) -> bytes:
    return file.data if isinstance(file, Upload) else file.read_bytes()


def _stem(name: str) -> str:
    return Path(name).stem
