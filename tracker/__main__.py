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
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from tracker.records import DUTCH_TIME
from tracker.words import LANGUAGES, N_, Words, speak

if TYPE_CHECKING:
    from tracker.exchange import Preview
    from tracker.store import Store

T = TypeVar("T")
PROGRAM = "python -m tracker"
DATABASE = "data/tracker.db"
EXAMPLE = "data/example.db"
TABLES = ("partners", "arrangements", "incidents", "activities")
REFUSED, UNSOUND = 1, 3
HEADINGS = {"Usage:": N_("Usage:"), "Options:": N_("Options:"), "Commands:": N_("Commands:")}
_HEADING = re.compile("^(?:Usage|Options|Commands):", re.MULTILINE)
UNSOUND_CODES = (
    "not_ours",
    "newer",
    "damaged",
    "empty_file",
    "not_a_file",
    "schema_changed",
    "broken_record",
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

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a refusal of the store is an answer, not a crash."""
        from tracker.records import InvalidRecord
        from tracker.store import StoreError

        try:
            return super().invoke(ctx)
        except StoreError as error:
            code = UNSOUND if error.code in UNSOUND_CODES else REFUSED
            ctx.obj.refuse([f"{error.path}: {ctx.obj.say.problem(error.code)}"], code)
        except InvalidRecord as invalid:
            ctx.obj.refuse(
                f"{field}: {ctx.obj.say.problem(code, field)}" for field, code in invalid.problems.items()
            )


class Day(click.ParamType[date]):
    """A day as people write it: 2026-03-31 or 31-03-2026."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day, or wrong usage."""
        from tracker.exchange.cells import CellProblem, day

        if isinstance(value, date):
            return value
        try:
            return day(str(value))
        except CellProblem:
            self.fail(f"{value!r}: 2026-03-31", param, ctx)


@click.group(cls=Reception, help=N_("Keep a log of cooperation, and see whether it persists."))
@click.option(
    "--db",
    type=click.Path(path_type=Path),
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
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Only say what the import would do."))
@click.option(
    "--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help=N_("Which field a column holds.")
)
@click.option("--as-table", type=click.Choice(TABLES), help=N_("What every file holds, whatever its name."))
@click.pass_obj
def import_(
    desk: Desk, paths: tuple[Path, ...], dry_run: bool, mapping: tuple[str, ...], as_table: str | None
) -> None:
    """Everything or nothing: one row that is wrong keeps all of it out."""
    from tracker import exchange
    from tracker.exchange.columns import mapping_of
    from tracker.words.imports import preview_lines, problem_line

    try:
        chosen = mapping_of(mapping)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--map") from None
    with tempfile.TemporaryDirectory() as aside:
        # A trial makes no database: without one it reads against an empty one elsewhere.
        trial = replace(desk, path=Path(aside) / "trial.db")
        store = (trial if dry_run and not desk.path.exists() else desk).create()
        watch = _bar if sys.stderr.isatty() else iter
        preview = exchange.read(
            paths, store, today=desk.today(), mapping=chosen, as_table=as_table or "", watch=watch
        )
    for line in preview_lines(preview, desk.say):
        click.echo(line)
    if preview.problems:
        desk.refuse(
            [problem_line(problem, desk.say) for problem in preview.problems]
            + [desk.say("Nothing was imported.")]
        )
    if dry_run:
        click.echo(desk.say("This was a trial: nothing was imported."))
        return
    exchange.write(store, preview, by=desk.actor, batch=_batch(desk, preview))


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
        since=since,
        until=until or desk.today(),
        calendar=calendar,
        min_severity=min_severity,
        kinds=codes,
    )
    if since and since > question.until:
        desk.refuse([f"--from: {desk.say.problem('ends_before_start')}"])
    assessment = assess(store.log(question), question)
    finding, say = assessment.finding, desk.say
    if as_json:
        held = verdict_object(
            assessment,
            sentence=say.sentence(finding),
            next_step=say.next_step(finding),
            arrangements=len(store.records(Arrangement)),
        )
        click.echo(json.dumps(held, ensure_ascii=False, allow_nan=False))
        return
    for line in (
        say.sentence(finding),
        say.certainty(finding),
        say("Next step: {step}", step=say.next_step(finding)),
        say.what_counts(finding),
    ):
        click.echo(line)


@cli.command(help=N_("Check the whole database."))
@click.pass_obj
def verify(desk: Desk) -> None:
    """Says nothing is wrong, or names every problem and leaves with 3."""
    store = desk.open()
    if problems := store.verify():
        places = (f"{one.where} {one.record_id or ''}".strip() for one in problems)
        told = (desk.say.problem(one.code) for one in problems)
        desk.refuse(map(": ".join, zip(places, told, strict=True)), UNSOUND)
    click.echo(desk.say("The database is sound: {path}", path=store.path))


@cli.command(help=N_("List every code with its meaning."))
@click.pass_obj
def codes(desk: Desk) -> None:
    """One code a line, with its meaning."""
    from tracker.words.codes import CODES
    from tracker.words.imports import PROBLEMS

    known = CODES | PROBLEMS
    width = max(map(len, known))
    for code, meaning in known.items():
        click.echo(f"{code:{width}}  {desk.say(meaning)}")


def _bar(rows: Sequence[T]) -> Iterator[T]:
    with click.progressbar(rows, file=sys.stderr) as bar:
        yield from bar


def _batch(desk: Desk, preview: Preview) -> str:
    return f"{desk.now():%Y%m%d-%H%M%S}-{preview.digest[:8]}"


def _language(argv: Sequence[str], environment: Mapping[str, str]) -> str:
    """--lang wherever it stands, else the language of the system: the help too is in it."""
    for place, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
    system = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "nl" if system.lower().startswith("nl") else "en"


def _spoken(command: click.Command, say: Words) -> click.Command:
    """The same command with its help in one language."""
    twin = copy.copy(command)
    twin.help = command.help and say(command.help)
    twin.params = [_spoken_parameter(parameter, say) for parameter in command.params]
    twin.add_help_option = False
    twin.params.append(_help_option(say))
    if isinstance(command, click.Group) and isinstance(twin, click.Group):
        twin.commands = {name: _spoken(one, say) for name, one in command.commands.items()}
    return twin


def _spoken_parameter(parameter: click.Parameter, say: Words) -> click.Parameter:
    twin = copy.copy(parameter)
    if isinstance(twin, click.Option):
        twin.help = twin.help and say(twin.help)
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
