"""Files -> a preview of everything they would add; reads the store and writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from tracker.exchange import alike, attendance, collector, columns, doubles, files, personal, rows, word_lists
from tracker.exchange.files import Upload
from tracker.exchange.gathered import Gathered
from tracker.exchange.names import Names
from tracker.exchange.preview import Attendance, FileRead, Found, Preview, Question, RowProblem
from tracker.exchange.readers import READERS
from tracker.exchange.sheet import Line, Rows, Sheet
from tracker.exchange.slashes import DayCell, Slashes, slashes
from tracker.privacy import find
from tracker.records import Activity, Arrangement, Partner
from tracker.store import Store

# Passes rows on while it shows how far they are.
Watch = Callable[[Rows], Iterable[Line]]

_SHOWN = 40


def read(
    sources: Iterable[Path | Upload],
    store: Store,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    as_table: str = "",
    answers: Mapping[str, str] | None = None,
    watch: Watch = iter,
    new_partners: Mapping[str, str] | None = None,
    explained: Mapping[str, str] | None = None,
) -> Preview:
    """What an import of these files and folders would add to `store`, and all that is wrong with them.

    `mapping` says for a heading which field it holds; `as_table` what every file holds, whatever
    its name; `answers` are those to the `questions` of an earlier preview. Names are looked up in the
    store and in all files together; `new_partners` (name -> domain) are organisations somebody confirmed.
    `explained` says for a kind of data of a person why what looks like it is none (`privacy.WHYS`).
    `watch` may show progress while it passes the rows of a file on.
    """
    with collector.paused():
        names = Names(store, new_partners or {})
        preview = Preview(explained=dict(explained or {}))
        _read(preview, sources, store, names, today, mapping or {}, as_table, answers or {}, watch)
        return preview


def _read(
    preview: Preview,
    sources: Iterable[Path | Upload],
    store: Store,
    names: Names,
    today: date,
    chosen: Mapping[str, str],
    as_table: str,
    told: Mapping[str, str],
    watch: Watch,
) -> None:
    held = files.read_files(
        sources, as_table=as_table, answers=told, today=today, kind_of=names.arrangement_kind
    )
    preview.problems, preview.ignored_files, preview.questions = held.problems, held.ignored, held.questions
    preview.digest = hashlib.sha256("".join(sheet.digest for sheet in held.sheets).encode()).hexdigest()
    preview.problems.extend(_unused_mapping(held.sheets, chosen))
    preview.new_kinds, preview.changed_terms = names.new_kinds, names.changed_terms
    gathered = Gathered(preview.problems)
    while held.sheets:  # the records have what they need of a sheet, so it goes
        _sheet(held.sheets.pop(0), preview, names, gathered, chosen, told, today, watch)
    others = attendance.settle(gathered.others, preview, store)
    preview.problems.sort(key=lambda problem: (problem.file, problem.line))
    passing: list[tuple[int, Partner | Arrangement]] = [*names.new_partners, *names.new_arrangements]
    for number, record in passing:
        gathered.add(Found("", 0, number, record))
    new, here = doubles.split(others, store)
    preview.doubles.extend(here)
    preview.found = gathered.in_order(new)
    preview.new_arrangements = [record.name for _, record in names.new_arrangements]
    preview.unknown_partners = list(names.unknown_partners.values())


def _sheet(
    sheet: Sheet,
    preview: Preview,
    names: Names,
    gathered: Gathered,
    mapping: Mapping[str, str],
    answers: Mapping[str, str],
    today: date,
    watch: Watch,
) -> None:
    """Gathers the records of one sheet; what is wrong or worth saying about it goes into `preview`."""
    matched = columns.match(sheet, mapping)
    preview.unknown_columns.extend((sheet.file, heading) for heading in matched.unknown)
    days = slashes(_days(sheet, matched.index))
    preview.files.append(_file_read(sheet, days, matched.index))
    preview.problems.extend([*matched.problems, *_mixed_order(sheet, days)])
    if matched.problems:
        return
    order = days.order or _answered_order(sheet, days, answers, preview)
    if sheet.table == "vocabulary":
        personal.look_over(preview, sheet, matched.index)
        preview.problems.extend(word_lists.read(sheet, matched.index, names))
        return
    _rows(sheet, watch(sheet.rows), rows.Reading(matched.index, order, names, today), preview, gathered)


def _rows(
    sheet: Sheet, given: Iterable[Line], shared: rows.Reading, preview: Preview, gathered: Gathered
) -> None:
    """Gathers the records of rows, and notes what is wrong with those that are none."""
    index, spread, read = shared.index, sheet.several_lines, READERS[sheet.table]
    earlier = alike.Alike(shared) if sheet.table == "activities" else None
    whole = (
        ((line, rows.on_one_line(texts, index) if line in spread else texts) for line, texts in given)
        if spread
        else given
    )
    for line, texts, found in personal.marked(whole, personal.guarded(index), preview.reader):
        if found:
            personal.note(preview, sheet, index, line, texts)
        if earlier and (values := earlier.known(texts)):
            gathered.others.add_values(sheet.file, line, Activity, values)
            continue
        try:
            record = read(rows.Row(texts, shared))
        except rows.RowRefused as refused:
            preview.problems.extend(_row_problems(sheet, index, line, texts, refused.problems))
            continue
        if isinstance(record, Attendance):
            preview.attendance.append(_placed(record, sheet, index["kind"], line, texts))
            continue
        gathered.add(Found(sheet.file, line, shared.names.add(record), record))
        if earlier:
            earlier.keep(texts, record)


def _placed(row: Attendance, sheet: Sheet, kind: int, line: int, texts: list[str]) -> Attendance:
    """Where the row stands, for what can only be known when all files were read."""
    heading = sheet.header[kind].strip()
    return row._replace(file=sheet.file, line=line, column=heading, told=_shown(texts[kind]))


def _answered_order(sheet: Sheet, days: Slashes, answers: Mapping[str, str], preview: Preview) -> str:
    """What somebody answered about a file whose days prove no order; else the question is asked."""
    if not days.either_way or days.mixed:
        return ""
    question = Question("date_order", sheet.file, ("day", "month"), (_shown(days.either_way.text),))
    answer = answers.get(question.key, answers.get("date_order", ""))
    if answer not in question.choices:
        preview.questions.append(question)
        return ""
    return answer


def _file_read(sheet: Sheet, order: Slashes, index: Mapping[str, int]) -> FileRead:
    fields = {place: name for name, place in index.items()}
    taken = tuple((heading.strip(), fields.get(place, "")) for place, heading in enumerate(sheet.header))
    return FileRead(
        sheet.file, sheet.table, len(sheet.rows), sheet.encoding, sheet.delimiter, order, taken, sheet.above
    )


def _days(sheet: Sheet, index: Mapping[str, int]) -> Iterator[DayCell]:
    """The cells of `sheet` that may hold a day with slashes."""
    places = [index[field] for field in personal.DATE_FIELDS if field in index]
    for line, texts in sheet.rows if sheet.rows.slashed else ():
        for place in places:
            if "/" in texts[place]:
                yield DayCell(line, place, texts[place].strip())


def _mixed_order(sheet: Sheet, order: Slashes) -> Iterator[RowProblem]:
    """One line of each order when a file holds both."""
    for cell in (order.day_first, order.month_first) if order.mixed else ():
        assert cell is not None
        heading = sheet.header[cell.column].strip()
        yield RowProblem(sheet.file, cell.line, heading, "mixed_date_order", cell.text)


def _row_problems(
    sheet: Sheet, index: Mapping[str, int], line: int, texts: list[str], codes: Mapping[str, str]
) -> Iterator[RowProblem]:
    for field, code in codes.items():
        place = index.get(field)
        heading = field if place is None else sheet.header[place].strip()
        hidden = place is None or field in personal.FREE_TEXT or find(texts[place])
        shown = "" if place is None or hidden else _shown(texts[place])
        yield RowProblem(sheet.file, line, heading, code, shown, field)


def _shown(text: str) -> str:
    """The start of a cell without signs that could steer a terminal."""
    plain = "".join(mark if mark.isprintable() else "?" for mark in text.strip())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _unused_mapping(sheets: list[Sheet], mapping: Mapping[str, str]) -> list[RowProblem]:
    headings = {columns.heading_key(heading) for sheet in sheets for heading in sheet.header}
    unused = [heading for heading in mapping if columns.heading_key(heading) not in headings]
    return [RowProblem("", 0, heading, "no_such_column") for heading in unused if sheets]
