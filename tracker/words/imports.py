"""A preview of an import -> lines that say what it would do, and one line for each thing that is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.exchange.preview import ImportedRecord, Preview, RowProblem
from tracker.records import Activity, Arrangement, Incident, Occurrence, Partner
from tracker.words import N_, Words

PROBLEMS = {
    "no_such_file": N_("This file does not exist. Check the path."),
    "nothing_to_import": N_("Nothing to import in this folder. Name a file incidents.csv or activities.csv."),
    "format_not_supported": N_("Only CSV files can be imported now. Save it as CSV."),
    "table_not_supported": N_("This kind of file cannot be imported yet. Leave it out."),
    "unknown_table": N_("The name does not say what is in it. Name it for example activities.csv."),
    "too_large": N_("The file is larger than 50 MB. Split it."),
    "not_text": N_("This is not a text file. Save it as CSV (UTF-8)."),
    "mixed_encoding": N_("Two ways to write letters are mixed here. Save the file again as CSV (UTF-8)."),
    "unknown_encoding": N_("These letters cannot be read. Save the file again as CSV (UTF-8)."),
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
    "unknown_incident": N_("No incident has this title. Check the spelling, or add it to incidents.csv."),
    "ambiguous_incident": N_("Several incidents have this title. Put the day in front of it."),
    "state_needs_arrangement": N_(
        "Only a meeting of an arrangement can have this state. Name the arrangement."
    ),
    "looks_like_person": N_("This looks like a code for a person. Only organisations belong here."),
    "twice_in_files": N_("This name stands twice in the files. Remove one."),
    "bad_name": N_("This name has no letter or digit. Choose another one."),
}


def problem_line(problem: RowProblem, say: Words) -> str:
    """One line for one problem: where, what, what to do."""
    place = [problem.file] if problem.file else []
    if problem.line:
        place.append(say("line {line}", line=problem.line))
    if problem.column:
        place.append(say("column {column}", column=problem.column))
    known = PROBLEMS.get(problem.code)
    text = say(known) if known else say.problem(problem.code, problem.field)
    shown = f" “{problem.text}”" if problem.text else ""
    return f"{', '.join(place)}:{shown} {text}"


def preview_lines(preview: Preview, say: Words) -> Iterator[str]:
    """What the import would add, skip and ignore, one line a thing."""
    for record_type, line in _counted(say, preview):
        if preview.count(record_type):
            yield line
    if not preview.found:
        yield say("Nothing new.")
    same = len(preview.doubles)
    if same:
        yield say.plural("{n} row is here already: skipped.", "{n} rows are here already: skipped.", same)
    for double in preview.doubles:
        if double.differs:
            yield say(
                "{file}, line {line}: here already, but not quite the same. Skipped; correct it in the log.",
                file=double.file,
                line=double.line,
            )
    if preview.new_kinds:
        yield say(
            "New kinds of activity, counted as joint: {names}.",
            names=", ".join(term.nl for term in preview.new_kinds),
        )
    if preview.new_arrangements:
        yield say("New arrangements without a rhythm: {names}.", names=", ".join(preview.new_arrangements))
    for file, heading in preview.unknown_columns:
        yield say("{file}: column {column} is not known and was ignored.", file=file, column=heading)
    for file in preview.ignored_files:
        yield say("{file} was ignored.", file=file)


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
    ]
