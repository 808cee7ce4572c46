"""A preview of an import -> what it did or would do, one line for each thing that is wrong, and a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from tracker.exchange import report_file
from tracker.exchange.columns import FIELDS
from tracker.exchange.preview import FileRead, ImportedRecord, Preview, RowProblem
from tracker.privacy import find
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
    ReviewNote,
    SeriesPoint,
    Silence,
)
from tracker.words import LANGUAGES, N_, Words, speak

PROBLEMS = {
    "no_such_file": N_("This file does not exist. Check the path."),
    "no_plain_file": N_("This is not an ordinary file. Choose another one."),
    "unreadable": N_("This cannot be read. Check your rights, or whether another program holds it."),
    "nothing_to_import": N_("Nothing to import in this folder. Name a file incidents.csv or activities.csv."),
    "format_not_supported": N_("Only CSV, XLSX and ICS files can be imported. Save it as one of these."),
    "unknown_table": N_("The name does not say what is in it. Name it for example activities.csv."),
    "too_large": N_("The file is larger than 50 MB. Split it."),
    "not_text": N_("This is not a text file. Save it as CSV (UTF-8)."),
    "mixed_encoding": N_("Two ways to write letters are mixed here. Save the file again as CSV (UTF-8)."),
    "unknown_encoding": N_("These letters cannot be read. Save the file again as CSV (UTF-8)."),
    "doubtful_encoding": N_(
        "It is not certain which letters these are. Say how the file was saved, or save it as CSV (UTF-8)."
    ),
    "garbled_letters": N_(
        "Letters were damaged here before this file was saved. Take them again from where they came."
    ),
    "not_a_workbook": N_("This is not a readable workbook. Open it, take off any password, save it as XLSX."),
    "too_large_unpacked": N_("This workbook unpacks to more than 100 MB. Save only the needed cells as CSV."),
    "too_many_rows": N_("This sheet has more than 200,000 rows. Split it, or save it as CSV."),
    "too_many_cells": N_("This sheet has cells far outside its table. Delete them, or save it as CSV."),
    "no_calendar": N_("This is not a whole calendar. Export it again as ICS."),
    "calendar_too_long": N_("This calendar has too many meetings. Export a shorter period."),
    "nothing_repeats": N_("This calendar has no series. Single meetings are logged as activities."),
    "bad_event": N_("This event has no readable day. Repair it in the calendar and export again."),
    "rule_too_fine": N_("This repeats within a week in a way that is no rhythm of meetings. Leave it out."),
    "rule_too_long": N_("This series has more than 1,000 meetings. Give it an earlier end."),
    "empty_file": N_("The file is empty. It needs a first line with headings."),
    "broken_quotes": N_("A quotation mark is not closed or is in a wrong place. Repair it and try again."),
    "cell_too_long": N_("This cell is too long. Look for a quotation mark that is not closed."),
    "wrong_cell_count": N_(
        "This row has more or fewer cells than the headings. Perhaps a text needs quotes."
    ),
    "double_column": N_("Two columns mean the same. Remove one."),
    "missing_column": N_("This column is missing. Add it, or say which column it is with --map."),
    "no_such_column": N_("No file has this column. Check the spelling after --map."),
    "ambiguous_date": N_("This may be two days: day and month cannot be told apart. Write it as 2024-12-31."),
    "mixed_date_order": N_(
        "This file writes some days day first and others month first. Write all of them as 2024-12-31."
    ),
    "no_such_day": N_("This day does not exist. Check it."),
    "two_digit_year": N_("The year has two digits. Write it with four."),
    "excel_serial": N_("This is a number, not a day. Give the column a date format and save again."),
    "bad_date": N_("This is not a day. Write it as 2024-12-31 or 31-12-2024."),
    "bad_number": N_("This is not a number. Write 12 or 12.5, without thousands signs."),
    "not_whole": N_("This must be a whole number."),
    "not_yes_or_no": N_("Write yes or no."),
    "unknown_state": N_("Unknown state. Use held, planned, moved, cancelled, not_held or recess."),
    "unknown_end_reason": N_("Unknown reason. Use secured, handed_over or no_longer_needed."),
    "unknown_partner": N_("Unknown organisation. Add it to partners.csv, or write only how many there were."),
    "no_activity": N_(
        "The log has no activity of this kind on this day. Import activities.csv together with this file, "
        "or log the activity first."
    ),
    "several_activities": N_(
        "There are several activities of this kind on this day. Take out the rows of this day and add who was"
        " there by hand, in the log or in activities.csv."
    ),
    "unknown_word": N_("This word is not in the glossary. Check the spelling, or add it to glossary.csv."),
    "unknown_incident": N_("No incident has this title. Check the spelling, or add it to incidents.csv."),
    "ambiguous_incident": N_("Several incidents have this title. Put the day in front of it."),
    "state_needs_arrangement": N_(
        "Only a meeting of an arrangement can have this state. Name the arrangement."
    ),
    "looks_like_person": N_("This looks like a code for a person. Only organisations belong here."),
    "twice_in_files": N_("This name stands twice in the files. Remove one."),
    "bad_name": N_("This name has no letter or digit. Choose another one."),
}

# Where a file needs other advice than a form.
IN_FILES = {
    "hidden_characters": N_(
        "This cell holds an invisible character. Remove it: empty the cell and type the text again."
    ),
}
# Where a column needs other advice than the rest.
IN_COLUMNS = {
    ("unknown_partner", "participant"): N_(
        "Unknown organisation. Add it to partners.csv, or take this row out. Never a person."
    ),
    ("looks_like_person", "participant"): N_(
        "This looks like a code for a person. Write the organisation instead, or take this row out."
    ),
}
# Where the page has a place for what the command line takes as an option.
ON_PAGE = {
    "missing_column": N_("This column is missing. Say above what the columns of the file hold, or add it."),
    "unknown_table": N_("The name does not say what is in it. Choose above what the file holds."),
    "unknown_partner": N_("Unknown organisation. Choose its domain above, or correct its name in the file."),
    "ambiguous_date": N_("This may be two days. Choose above what comes first, the day or the month."),
}
_FIRST_LINES = 3
NOTES = {
    "refused": N_("nothing was imported, because of the problems"),
    "trial": N_("a trial: nothing was imported"),
    "imported": N_("the import was done"),
    "new": N_("what the import adds"),
    "corrected": N_("activities of the log that the import changes"),
    "here_already": N_("rows that the log holds already"),
    "differs": N_("a row that the log holds already, with something else in it"),
    "new_names": N_("names that the import adds"),
    "date_order": N_("how days with slashes were read"),
    "unknown_column": N_("a column that was ignored"),
    "ignored_file": N_("a file that was ignored"),
}
OUTCOMES = {
    "refused": N_("Nothing was imported."),
    "trial": N_("This was a trial: nothing was imported."),
    "imported": N_("The import was done."),
}
PERSONAL_KINDS = {
    "looks_like_bsn": N_("citizen service number"),
    "looks_like_email": N_("e-mail address"),
    "looks_like_phone": N_("telephone number"),
    "looks_like_iban": N_("bank account"),
}
# Stands in the history of each activity, which keeps no name of a file: that may name a person.
CORRECTED_BECAUSE = N_("Who was there, from a list that came in")
REPORT_HEADING = (N_("File"), N_("Line"), N_("Column"), N_("Code of the message"), N_("Message"))


@dataclass(frozen=True)
class Note:
    """One thing to say about an import: its code in `NOTES`, where it stands if anywhere, and the words."""

    code: str
    text: str
    file: str = ""
    line: int = 0
    column: str = ""


def said_lines(preview: Preview, outcome: str, say: Words) -> Iterator[str]:
    """What an import did ("imported"), would do ("trial") or only noticed ("refused"), one line a thing."""
    if outcome == "trial":
        would = say("The import would do this:")
        yield f"{say(OUTCOMES[outcome])} {would}"
    for note in _notes(preview, outcome, say):
        yield f"{place}: {note.text}" if (place := _place(note, say)) else note.text


def warning_lines(preview: Preview, outcome: str, say: Words) -> Iterator[str]:
    """Every problem, one line a row that looks like data of a person, and that nothing came in if so."""
    for problem in preview.problems:
        yield problem_line(problem, say)
    for _, row in groupby(preview.personal, key=lambda one: (one.file, one.line)):
        cells = list(row)
        what = [f"{_harmless(one.column)} ({say(PERSONAL_KINDS[one.code])})" for one in cells]
        yield say(
            "{file}, line {line}: this looks like data of a person: {what}. Take it out.",
            file=cells[0].file,
            line=cells[0].line,
            what=say.and_list(what),
        )
    if outcome == "refused":
        yield say(OUTCOMES[outcome])


def wrong_mapping(given: str, say: Words) -> str:
    """What is wrong with a text that should say COLUMN=FIELD, and which fields there are."""
    names = dict.fromkeys(field for fields in FIELDS.values() for field in fields)
    return say(
        "“{given}” does not say which field a column holds. Write for example {example}. Fields: {fields}.",
        given=given,
        example="wanneer=date",
        fields=", ".join(names),
    )


def report_refusal(path: Path) -> str:
    """Why no report may be written at `path`, as a code; empty when it may. An earlier report may go."""
    return report_file.refusal(path, [_report_heading(speak(language)) for language in LANGUAGES])


def save_report(path: Path, preview: Preview, outcome: str, say: Words) -> None:
    """Writes outcome, notes, problems and warnings as a CSV file for a spreadsheet. Raises `OSError`."""
    path.write_bytes(report_bytes(preview, outcome, say))


def report_bytes(preview: Preview, outcome: str, say: Words) -> bytes:
    """The same as the bytes of that file."""
    rows, sign = _report_rows(preview, outcome, say), ";" if say.language == "nl" else ","
    return report_file.as_bytes(_report_heading(say), rows, delimiter=sign)


def problem_line(problem: RowProblem, say: Words) -> str:
    """One line for one problem: where, what, what to do."""
    return f"{_place(problem, say)}: {_problem_text(problem, say)}"


def problem_lines_on_page(problems: Iterable[RowProblem], say: Words) -> list[str]:
    """One line for each different problem with the lines of the file it is on, and what to do on the page."""
    alike: dict[RowProblem, list[int]] = {}
    for one in problems:
        alike.setdefault(replace(one, line=0), []).append(one.line)
    return [_together(one, lines, say) for one, lines in alike.items()]


def _together(one: RowProblem, lines: list[int], say: Words) -> str:
    """A problem that several lines of a file have."""
    place = [one.file] if one.file else []
    if len(lines) > 1:
        first = ", ".join(map(str, lines[:_FIRST_LINES]))
        left = len(lines) - _FIRST_LINES
        more = say.plural("{n} other line", "{n} other lines", left) if left > 0 else ""
        place.append(say("lines {lines} and {more}", lines=first, more=more) if more else _lines(first, say))
    elif lines[0]:
        place.append(say("line {line}", line=lines[0]))
    if one.column:
        place.append(say("column {column}", column=_harmless(_heading(one, say))))
    known = ON_PAGE.get(one.code)
    text = say(known) if known else _problem_text(replace(one, text=""), say)
    return f"{', '.join(place)}: {f'“{one.text}” ' if one.text else ''}{text}"


def _lines(numbers: str, say: Words) -> str:
    return say("lines {lines}", lines=numbers)


def _heading(one: RowProblem, say: Words) -> str:
    """What a column that is missing is called in a file in this language; any other as the file spells it."""
    if one.code != "missing_column" or say.language == "en":
        return one.column
    named = (fields[one.column] for fields in FIELDS.values() if fields.get(one.column))
    return next(named, one.column).split()[0]


def _report_heading(say: Words) -> list[str]:
    return [say(heading) for heading in REPORT_HEADING]


def _report_rows(preview: Preview, outcome: str, say: Words) -> Iterator[tuple[str, ...]]:
    yield ("", "", "", outcome, say(OUTCOMES[outcome]))
    for note in _notes(preview, outcome, say):
        yield (note.file, str(note.line or ""), _harmless(note.column), note.code, note.text)
    for one in (*preview.problems, *preview.personal):
        text = _problem_text(one, say)
        yield (one.file, str(one.line or ""), _harmless(one.column), one.code, text)


def _problem_text(problem: RowProblem, say: Words) -> str:
    of_column = IN_COLUMNS.get((problem.code, problem.field))
    known = of_column or IN_FILES.get(problem.code) or PROBLEMS.get(problem.code)
    text = say(known) if known else say.problem(problem.code, problem.field)
    return f"“{problem.text}” {text}" if problem.text else text


def _place(one: RowProblem | Note, say: Words) -> str:
    place = [one.file] if one.file else []
    if one.line:
        place.append(say("line {line}", line=one.line))
    if one.column:
        place.append(say("column {column}", column=_harmless(one.column)))
    return ", ".join(place)


def _notes(preview: Preview, outcome: str, say: Words) -> Iterator[Note]:
    """What an import that may be done adds and skips; then, for any import, how the files were read."""
    if outcome != "refused":
        yield from _additions(preview, say)
    for file in preview.files:
        yield from _date_order(file, say)
    for name, heading in preview.unknown_columns:
        text = say("This column is not known and was ignored.")
        yield Note("unknown_column", text, name, column=heading)
    for name in preview.ignored_files:
        yield Note("ignored_file", say("This was ignored."), name)


def _additions(preview: Preview, say: Words) -> Iterator[Note]:
    for record_type, text in _counted(say, preview):
        if preview.count(record_type):
            yield Note("new", text)
    if preview.changes_nothing:
        yield Note("new", say("Nothing new."))
    yield from _attendance(preview, say)
    same = len(preview.doubles)
    if same:
        text = say.plural("{n} row is here already: skipped.", "{n} rows are here already: skipped.", same)
        yield Note("here_already", text)
    for double in preview.doubles:
        if double.differs:
            text = say("Here already, but not quite the same. Skipped; correct it in the log.")
            yield Note("differs", text, double.file, double.line)
    for text, names in (
        (N_("New organisations: {names}."), preview.new_partners),
        (N_("New kinds of activity, counted as joint: {names}."), _new_kinds(preview, say, joint=True)),
        (N_("New kinds of activity, not counted as joint: {names}."), _new_kinds(preview, say, joint=False)),
        (N_("New or changed words in the word lists: {names}."), _words(preview, say)),
        (N_("New arrangements without a rhythm: {names}."), preview.new_arrangements),
    ):
        if listed := _listed(names):
            yield Note("new_names", say(text, names=listed))


def _attendance(preview: Preview, say: Words) -> Iterator[Note]:
    """How many rows say something new about who was there, and how many activities of the log change."""
    rows, changed = len(preview.attendance), len(preview.corrections)
    if rows:
        text = say.plural("{n} new row about who was there", "{n} new rows about who was there", rows)
        yield Note("new", text)
    if changed:
        text = say.plural(
            "In {n} activity of the log, organisations that were there are added. Nobody is taken off.",
            "In {n} activities of the log, organisations that were there are added. Nobody is taken off.",
            changed,
        )
        yield Note("corrected", text)


def _new_kinds(preview: Preview, say: Words, *, joint: bool) -> list[str]:
    kinds = (term for term in preview.new_kinds if term.vocabulary == "activity_kind")
    return [say.label(term) for term in kinds if term.joint is joint]


def _words(preview: Preview, say: Words) -> list[str]:
    others = (term for term in preview.new_kinds if term.vocabulary != "activity_kind")
    return list(dict.fromkeys(map(say.label, (*others, *preview.changed_terms))))


def _date_order(file: FileRead, say: Words) -> Iterator[Note]:
    """Said where a day that could be read two ways was settled by another row."""
    days = file.slashes
    proof = days.day_first or days.month_first
    if not (days.order and days.either_way and proof):
        return
    text = (
        N_("Days such as {day} were read day first, because line {line} says {proof}.")
        if days.order == "day"
        else N_("Days such as {day} were read month first, because line {line} says {proof}.")
    )
    told = say(text, day=days.either_way.text, line=proof.line, proof=proof.text)
    yield Note("date_order", told, file.file)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_harmless, names))


def _harmless(name: str) -> str:
    """A name or heading of the file; not repeated when it is like data of a person or steers a terminal."""
    return "…" if find(name) or not name.isprintable() else name


def _counted(say: Words, preview: Preview) -> list[tuple[type[ImportedRecord], str]]:
    count = preview.count
    return [
        (Incident, say.plural("{n} new incident", "{n} new incidents", count(Incident))),
        (Activity, say.plural("{n} new activity", "{n} new activities", count(Activity))),
        (
            Occurrence,
            say.plural(
                "{n} new planned or missed meeting", "{n} new planned or missed meetings", count(Occurrence)
            ),
        ),
        (Arrangement, say.plural("{n} new arrangement", "{n} new arrangements", count(Arrangement))),
        (Partner, say.plural("{n} new organisation", "{n} new organisations", count(Partner))),
        (Silence, say.plural("{n} new answer to a silence", "{n} new answers to silences", count(Silence))),
        (Pause, say.plural("{n} new pause", "{n} new pauses", count(Pause))),
        (Recess, say.plural("{n} new recess", "{n} new recesses", count(Recess))),
        (Agreement, say.plural("{n} new agreement", "{n} new agreements", count(Agreement))),
        (CheckBack, say.plural("{n} new check-back", "{n} new check-backs", count(CheckBack))),
        (Framing, say.plural("{n} new framing", "{n} new framings", count(Framing))),
        (
            IncidentReview,
            say.plural(
                "{n} new review of an incident", "{n} new reviews of an incident", count(IncidentReview)
            ),
        ),
        (Goal, say.plural("{n} new goal", "{n} new goals", count(Goal))),
        (
            GlossaryWord,
            say.plural("{n} new word of the glossary", "{n} new words of the glossary", count(GlossaryWord)),
        ),
        (DomainMeaning, say.plural("{n} new meaning", "{n} new meanings", count(DomainMeaning))),
        (PlannedShare, say.plural("{n} new planned part", "{n} new planned parts", count(PlannedShare))),
        (ReviewNote, say.plural("{n} new note", "{n} new notes", count(ReviewNote))),
        (QuarterReview, say.plural("{n} new evaluation", "{n} new evaluations", count(QuarterReview))),
        (
            SeriesPoint,
            say.plural("{n} new value of a series", "{n} new values of series", count(SeriesPoint)),
        ),
    ]
