"""A preview of an import -> what it did or would do, one line for each thing that is wrong, and a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tracker.exchange import report_file
from tracker.exchange.columns import FIELDS
from tracker.exchange.preview import FileRead, ImportedRecord, Preview
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
from tracker.words.guarding import KINDS
from tracker.words.import_problems import harmless, place_of, problem_line, problem_text

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
    "titles": N_("rows above the headings"),
    "unknown_column": N_("a column that was ignored"),
    "ignored_file": N_("a file that was ignored"),
}
OUTCOMES = {
    "refused": N_("Nothing was imported."),
    "trial": N_("This was a trial: nothing was imported."),
    "imported": N_("The import was done."),
}
PERSONAL_KINDS = {f"looks_like_{kind}": words for kind, words in KINDS.items()}
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
        yield f"{place}: {note.text}" if (place := place_of(note, say)) else note.text


def warning_lines(preview: Preview, outcome: str, say: Words) -> Iterator[str]:
    """Every problem, one line a row that looks like data of a person, and that nothing came in if so."""
    for problem in preview.problems:
        yield problem_line(problem, say)
    for _, row in groupby(preview.personal, key=lambda one: (one.file, one.line)):
        cells = list(row)
        what = [f"{harmless(one.column)} ({say(PERSONAL_KINDS[one.code])})" for one in cells]
        yield say(
            "{file}, line {line}: this looks like data of a person: {what}. Take it out.",
            file=cells[0].file,
            line=cells[0].line,
            what=say.and_list(what),
        )
    if outcome == "refused":
        if preview.personal and not preview.problems:
            yield say("Take it out, or bring the files in on the screen: there you can say that it is none.")
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


def _report_heading(say: Words) -> list[str]:
    return [say(heading) for heading in REPORT_HEADING]


def _report_rows(preview: Preview, outcome: str, say: Words) -> Iterator[tuple[str, ...]]:
    yield ("", "", "", outcome, say(OUTCOMES[outcome]))
    for note in _notes(preview, outcome, say):
        yield (note.file, str(note.line or ""), harmless(note.column), note.code, note.text)
    for one in (*preview.problems, *preview.personal):
        text = problem_text(one, say)
        yield (one.file, str(one.line or ""), harmless(one.column), one.code, text)


def _notes(preview: Preview, outcome: str, say: Words) -> Iterator[Note]:
    """What an import that may be done adds and skips; then, for any import, how the files were read."""
    if outcome != "refused":
        yield from _additions(preview, say)
    for file in preview.files:
        if file.above:
            text = say.plural(
                "{n} row above the headings was skipped.",
                "{n} rows above the headings were skipped.",
                file.above,
            )
            yield Note("titles", text, file.file)
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
    return ", ".join(map(harmless, names))


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
