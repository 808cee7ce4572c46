"""The same work from the command line: `python -m tracker --help`.

Exit codes: 0 done; 1 refused for what the user gave; 2 wrong usage; 3 the database is damaged, newer
or not ours. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import copy
import getpass
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.exceptions import NoArgsIsHelpError as NoCommand

from tracker.records import DAYS_AHEAD, DUTCH_TIME, FIRST_DAY
from tracker.words import LANGUAGES, N_, Words, speak

if TYPE_CHECKING:
    from tracker.store import Store

T = TypeVar("T")
S = TypeVar("S", click.Command, click.Parameter)
PROGRAM = "python -m tracker"
DATABASE, EXAMPLE = "data/tracker.db", "data/example.db"
TABLES = ("partners", "arrangements", "incidents", "activities")
REFUSED, UNSOUND = 1, 3
PATH = click.Path(path_type=Path)
HEADINGS = {"Usage:": N_("Usage:"), "Options:": N_("Options:"), "Commands:": N_("Commands:")}
# From the particular to the general: the last one is for a word too many.
USAGE = {
    click.NoSuchOption: N_("There is no option {name}. Check the spelling, or leave it out."),
    click.NoSuchCommand: N_("There is no command {name}. Choose {commands}."),
    NoCommand: N_("Say what to do: choose {commands}."),
    click.BadOptionUsage: N_("{name} lacks its value, or has one that it does not take. Mend that."),
    click.MissingParameter: N_("Something is missing: write {what} behind the command."),
    click.UsageError: N_("There is a word too many. Take it away, or put the words together in quotes."),
}
_HEADING = re.compile("^(?:Usage|Options|Commands):", re.MULTILINE)
UNSOUND_CODES = frozenset(
    ("not_ours", "newer", "damaged", "empty_file", "not_a_file", "schema_changed", "broken_record")
)


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Runs one command and leaves with its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    say = speak(_language(given, os.environ))
    _spoken(cli, say).main(args=given, prog_name=PROGRAM, obj=say)
    raise SystemExit(0)


@dataclass(frozen=True)
class Desk:
    """What a command works with: the database somebody named, in which language, who asks and when."""

    path: Path
    say: Words
    actor: str

    def now(self) -> datetime:
        """This moment."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Today, as the calendar in the Netherlands says."""
        return datetime.now(DUTCH_TIME).date()

    def open(self) -> Store:
        """The database, which must be there."""
        from tracker import store

        return store.open(self.path, now=self.now)

    def create(self, municipality: str = "") -> Store:
        """The database, made when it is not there."""
        from tracker import store

        self.path.parent.mkdir(parents=True, exist_ok=True)
        return store.create(self.path, now=self.now, municipality=municipality)

    def refuse(self, lines: Iterable[str], code: int = REFUSED) -> NoReturn:
        """Says why not, one line a problem, and leaves."""
        for line in lines:
            click.echo(line, err=True)
        raise SystemExit(code)


class Reception(click.Group):
    """Turns what the rooms refuse into one clear line and an exit code."""

    say = speak("en")

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Reads the words before the command."""
        with _usage_in_words(self.say):
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a refusal of the store is an answer, not a crash."""
        from tracker.records import InvalidRecord
        from tracker.store import StoreError
        from tracker.words.imports import PROBLEMS

        try:
            with _usage_in_words(self.say):
                return super().invoke(ctx)
        except StoreError as error:
            code = UNSOUND if error.code in UNSOUND_CODES else REFUSED
            device = error.code == "not_a_file" and not Path(error.path or "").is_dir()
            text = PROBLEMS["no_plain_file"] if device else ""
            ctx.obj.refuse([f"{error.path}: {self.say(text) or self.say.problem(error.code)}"], code)
        except InvalidRecord as invalid:
            problems = invalid.problems.items()
            ctx.obj.refuse(f"{field}: {self.say.problem(code, field)}" for field, code in problems)


class Day(click.ParamType[date]):
    """A day as people write it, 2026-03-31 or 31-03-2026, from 2000 to a year after today."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day, or wrong usage."""
        from tracker.exchange.cells import CellProblem, day

        desk: Desk = click.get_current_context().obj
        last = desk.today() + timedelta(days=DAYS_AHEAD)
        with suppress(CellProblem):
            if FIRST_DAY <= (found := value if isinstance(value, date) else day(value)) <= last:
                return found
        wrong = N_("“{given}” is no day from {first} to {last}. Write it as {example}.")
        self.fail(desk.say(wrong, given=value, first=FIRST_DAY, last=last, example="2024-12-31"), param, ctx)


def _mapping(ctx: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    from tracker.exchange.columns import mapping_of
    from tracker.words.imports import wrong_mapping

    try:
        return mapping_of(pairs)
    except ValueError as wrong:
        raise click.BadParameter(wrong_mapping(str(wrong), ctx.obj.say)) from None


@click.group(cls=Reception, help=N_("Keep a log of cooperation, and see whether it persists."))
@click.option(
    "--db",
    type=PATH,
    envvar="TRACKER_DB",
    help=N_("The database file; without it TRACKER_DB, else data/tracker.db."),
)
@click.option("--lang", type=click.Choice(LANGUAGES), help=N_("The language of the answers."))
@click.pass_context
def cli(ctx: click.Context, db: Path | None, lang: str | None) -> None:
    """Sets the desk for every command; `main` has read the language already."""
    ctx.obj = Desk(db or Path(DATABASE), ctx.obj, getpass.getuser())


@cli.command(help=N_("Make an empty database with the default word lists."))
@click.option("--municipality", default="", help=N_("Whose database it is."))
@click.pass_obj
def init(desk: Desk, municipality: str) -> None:
    """An existing database of ours stays as it is; any other file is refused."""
    store = desk.create(municipality)
    click.echo(desk.say("The database is ready: {path}", path=store.path))


@cli.command(help=N_("Make the example municipality in data/example.db."))
@click.pass_obj
def example(desk: Desk) -> None:
    """Without --db never the own database, whatever TRACKER_DB says."""
    from tracker.exchange.example import load

    named = click.get_current_context().find_root().get_parameter_source("db")
    path = desk.path if named is click.core.ParameterSource.COMMANDLINE else Path(EXAMPLE)
    store = load(path, now=desk.now, by=desk.actor)
    click.echo(desk.say("The example is ready: {path}", path=store.path))


@cli.command("import", help=N_("Read CSV files, or a folder of them, into the database."))
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--dry-run", is_flag=True, help=N_("Only say what the import would do."))
@click.option(
    "--map",
    "mapping",
    multiple=True,
    callback=_mapping,
    metavar="COLUMN=FIELD",
    help=N_("Which field a column holds."),
)
@click.option("--as-table", type=click.Choice(TABLES), help=N_("What every file holds, whatever its name."))
@click.option(
    "--report",
    type=PATH,
    metavar="FILE",
    help=N_("Write what the import does and every problem to a CSV file."),
)
@click.pass_obj
def import_(
    desk: Desk,
    paths: Sequence[Path],
    dry_run: bool,
    mapping: dict[str, str],
    as_table: str | None,
    report: Path | None,
) -> None:
    """Everything or nothing: one row that is wrong keeps all of it out."""
    from tracker import exchange
    from tracker.words import imports

    with tempfile.TemporaryDirectory() as aside:
        # A trial makes no database: without one it reads against an empty one elsewhere.
        trial = replace(desk, path=Path(aside) / "trial.db")
        store = (trial if dry_run and not desk.path.exists() else desk).create()
        if report and (code := imports.report_refusal(report)):
            desk.refuse([f"{report}: {desk.say.problem(code)}"])
        watch = _bar if sys.stderr.isatty() else iter
        preview = exchange.read(
            paths, store, today=desk.today(), mapping=mapping, as_table=as_table or "", watch=watch
        )
    outcome = "refused" if preview.problems else "trial" if dry_run else "imported"
    if outcome == "imported":
        exchange.write(
            store, preview, by=desk.actor, batch=f"{desk.now():%Y%m%d-%H%M%S}-{preview.digest[:8]}"
        )
    for line in imports.said_lines(preview, outcome, desk.say):
        click.echo(line)
    for line in imports.warning_lines(preview, outcome, desk.say):
        click.echo(line, err=True)
    if report:
        imports.save_report(report, preview, outcome, desk.say)
    raise SystemExit(REFUSED if preview.problems else 0)


@cli.command(help=N_("Say whether cooperation persists in peacetime."))
@click.option("--from", "since", type=Day(), help=N_("The first day; without it the first entry."))
@click.option("--until", type=Day(), help=N_("The last day; without it today."))
@click.option(
    "--calendar",
    type=click.Choice(["working-days", "every-day"]),
    default="working-days",
    help=N_("On which days activity can be expected."),
)
@click.option(
    "--min-severity", type=click.IntRange(1, 5), default=1, help=N_("Leave out less severe incidents.")
)
@click.option("--kind", "kinds", multiple=True, help=N_("Only this kind of activity; may be repeated."))
@click.option("--json", "as_json", is_flag=True, help=N_("One object for programs."))
@click.pass_obj
def verdict(
    desk: Desk,
    since: date | None,
    until: date | None,
    calendar: str,
    min_severity: int,
    kinds: tuple[str, ...],
    as_json: bool,
) -> None:
    """The same figures and the same sentence as the screen."""
    from tracker.analysis import assess
    from tracker.analysis.question import Question
    from tracker.exchange.finding_json import verdict_object
    from tracker.exchange.names import activity_kinds
    from tracker.records import Arrangement

    store = desk.open()
    codes, unknown = activity_kinds(store, kinds)
    if unknown:
        desk.refuse(f"--kind {kind}: {desk.say.problem('unknown_code')}" for kind in unknown)
    question = Question(
        since=since, until=until or desk.today(), calendar=calendar, min_severity=min_severity, kinds=codes
    )
    if since and since > question.until:
        desk.refuse([f"--from: {desk.say.problem('ends_before_start')}"])
    assessment = assess(store.log(question), question)
    finding, say = assessment.finding, desk.say
    sentence, step = say.sentence(finding), say.next_step(finding)
    if as_json:
        arrangements = len(store.records(Arrangement))
        held = verdict_object(assessment, sentence=sentence, next_step=step, arrangements=arrangements)
        click.echo(json.dumps(held, ensure_ascii=False, allow_nan=False))
        return
    next_step = say("Next step: {step}", step=step)
    for line in (sentence, say.certainty(finding), next_step, say.what_counts(finding)):
        click.echo(line)


@cli.command(help=N_("Check the whole database."))
@click.pass_obj
def verify(desk: Desk) -> None:
    """Says nothing is wrong, or names every problem and leaves with 3."""
    store = desk.open()
    if problems := store.verify():
        places = (f"{one.where} {one.record_id or ''}".strip() for one in problems)
        told = (desk.say.problem(one.code) for one in problems)
        what_to_do = desk.say("Log nothing more here. Keep a copy of this file and put back the last backup.")
        desk.refuse([*map(": ".join, zip(places, told, strict=True)), what_to_do], UNSOUND)
    click.echo(desk.say("The database is sound: {path}", path=store.path))


@cli.command(help=N_("List every code with its meaning."))
@click.pass_obj
def codes(desk: Desk) -> None:
    """One code a line, with its meaning."""
    from tracker.words.codes import CODES
    from tracker.words.imports import NOTES, PROBLEMS

    known = CODES | NOTES | PROBLEMS
    width = max(map(len, known))
    for code, meaning in known.items():
        click.echo(f"{code:{width}}  {desk.say(meaning)}")


def _bar(rows: Sequence[T]) -> Iterator[T]:
    with click.progressbar(rows, file=sys.stderr) as bar:
        yield from bar


def _language(argv: Sequence[str], environment: Mapping[str, str]) -> str:
    """--lang wherever it stands, else the language of the system: the help too is in it."""
    for place, word in enumerate(argv):
        named = word.removeprefix("--lang=") if word != "--lang" else "".join(argv[place + 1 : place + 2])
        if word.startswith("--lang") and named in LANGUAGES:
            return named
    system = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "nl" if system.lower().startswith("nl") else "en"


@contextmanager
def _usage_in_words(say: Words) -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        click.echo(_wrong_usage(error, say), err=True)
        path = error.ctx.command_path if error.ctx else PROGRAM
        click.echo(say("Help: {command}", command=f"{path} --help"), err=True)
        raise SystemExit(error.exit_code) from None


def _wrong_usage(error: click.UsageError, say: Words) -> str:
    """What is wrong and what to do."""
    asked, parameter = error.ctx and error.ctx.command, getattr(error, "param", None)
    if type(error) is click.BadParameter and parameter:
        return f"{parameter.opts[0]}: {_wrong_value(parameter.type, error.message, say)}"
    commands = [*asked.commands] if isinstance(asked, click.Group) else []
    kind = NoCommand if commands and type(error) is click.UsageError else type(error)
    return say(
        next(text for known, text in USAGE.items() if issubclass(kind, known)),
        name=getattr(error, "option_name", getattr(error, "command_name", "")),
        commands=say.either_list(commands),
        what=parameter.make_metavar(error.ctx) if parameter else "",
    )


def _wrong_value(wanted: click.ParamType[Any], message: str, say: Words) -> str:
    match wanted:
        case click.Choice(choices=choices):
            return say("Choose {choices}.", choices=say.either_list(list(choices)))
        case click.IntRange(min=low, max=high):
            return say("Give a whole number from {low} to {high}.", low=low, high=high)
    return message


def _spoken(one: S, say: Words) -> S:
    """The same command or parameter with its help in one language."""
    twin = copy.copy(one)
    if help_text := getattr(one, "help", ""):
        twin.help = say(help_text)
    if isinstance(twin, click.Command):
        twin.params = [*(_spoken(parameter, say) for parameter in twin.params), _help_option(say)]
        twin.add_help_option = False
    if isinstance(twin, Reception):
        twin.say = say
        twin.commands = {name: _spoken(command, say) for name, command in twin.commands.items()}
    return twin


def _help_option(say: Words) -> click.Option:
    def show(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(_HEADING.sub(lambda found: say(HEADINGS[found[0]]), ctx.get_help()))
            ctx.exit()

    text = say("Show this text.")
    return click.Option(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=text)


if __name__ == "__main__":
    main()
