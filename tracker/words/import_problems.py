"""What is wrong with a file -> where, what and what to do: a line each, or once for all lines it is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Protocol

from tracker.exchange.columns import FIELDS
from tracker.exchange.preview import RowProblem
from tracker.privacy import find
from tracker.words import N_, Words

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


class Placed(Protocol):
    """Something with a place in a file; a line of 0 is the file as a whole."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> str: ...


def problem_line(problem: RowProblem, say: Words) -> str:
    """One line for one problem: where, what, what to do."""
    return f"{place_of(problem, say)}: {problem_text(problem, say)}"


def problem_lines_on_page(problems: Iterable[RowProblem], say: Words, most: int) -> list[str]:
    """One line for each different problem with the lines of the file it is on, and what to do on the page.

    Of more than `most` the last line says how many more there are.
    """
    alike: dict[RowProblem, list[int]] = {}
    for one in problems:
        alike.setdefault(replace(one, line=0), []).append(one.line)
    told = [_together(one, lines, say) for one, lines in islice(alike.items(), most)]
    if left := len(alike) - len(told):
        told.append(
            say.plural(
                "One more stands in the file with all messages.",
                "{n} more stand in the file with all messages.",
                left,
            )
        )
    return told


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
        place.append(say("column {column}", column=harmless(_heading(one, say))))
    known = ON_PAGE.get(one.code)
    text = say(known) if known else problem_text(replace(one, text=""), say)
    return f"{', '.join(place)}: {f'“{one.text}” ' if one.text else ''}{text}"


def _lines(numbers: str, say: Words) -> str:
    return say("lines {lines}", lines=numbers)


def _heading(one: RowProblem, say: Words) -> str:
    """What a column that is missing is called in a file in this language; any other as the file spells it."""
    if one.code != "missing_column" or say.language == "en":
        return one.column
    named = (fields[one.column] for fields in FIELDS.values() if fields.get(one.column))
    return next(named, one.column).split()[0]


def problem_text(problem: RowProblem, say: Words) -> str:
    """What is wrong and what to do, with the cell where that may be repeated."""
    of_column = IN_COLUMNS.get((problem.code, problem.field))
    known = of_column or IN_FILES.get(problem.code) or PROBLEMS.get(problem.code)
    text = say(known) if known else say.problem(problem.code, problem.field)
    return f"“{problem.text}” {text}" if problem.text else text


def place_of(one: Placed, say: Words) -> str:
    """The file, the line and the column, as far as there are any."""
    place = [one.file] if one.file else []
    if one.line:
        place.append(say("line {line}", line=one.line))
    if one.column:
        place.append(say("column {column}", column=harmless(one.column)))
    return ", ".join(place)


def harmless(name: str) -> str:
    """A name or heading of the file; not repeated when it is like data of a person or steers a terminal."""
    return "…" if find(name) or not name.isprintable() else name
