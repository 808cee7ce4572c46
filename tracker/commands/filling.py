"""A database from nothing: an empty one, the example municipality, or files of one's own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.commands.desk import EXAMPLE, PATH, PROGRAM, REFUSED, Desk
from tracker.words import N_

if TYPE_CHECKING:
    from tracker.exchange.sheet import Line, Rows

TABLES = (
    "partners",
    "incidents",
    "arrangements",
    "activities",
    "participants",
    "silences",
    "pauses",
    "recess",
    "agreements",
    "check_backs",
    "framings",
    "incident_reviews",
    "goals",
    "glossary",
    "meanings",
    "planned_shares",
    "review_notes",
    "quarter_reviews",
    "series",
    "vocabulary",
)


@click.command(help=N_("Make an empty database with the default word lists."))
@click.option("--municipality", default="", help=N_("Whose database it is."))
@click.pass_obj
def init(desk: Desk, municipality: str) -> None:
    """An existing database of ours stays as it is; any other file is refused."""
    store = desk.create(municipality)
    click.echo(desk.say("The database is ready: {path}", path=store.path))


@click.command(help=N_("Make the example municipality in data/example.db."))
@click.pass_obj
def example(desk: Desk) -> None:
    """Without --db never the own database, whatever TRACKER_DB says."""
    from tracker.exchange.example import load

    named = click.get_current_context().find_root().get_parameter_source("db")
    path = desk.path if named is click.core.ParameterSource.COMMANDLINE else Path(EXAMPLE)
    store = load(path, now=desk.now, by=desk.actor)
    click.echo(desk.say("The example is ready: {path}", path=store.path))


def _mapping(ctx: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    from tracker.exchange.columns import mapping_of
    from tracker.words.imports import wrong_mapping

    try:
        return mapping_of(pairs)
    except ValueError as wrong:
        raise click.BadParameter(wrong_mapping(str(wrong), ctx.obj.say)) from None


@click.command("import", help=N_("Read CSV, XLSX and ICS files, or a folder of them, into the database."))
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
    "--date-order",
    type=click.Choice(["day", "month"]),
    help=N_("Which comes first in days such as 03/04/2024, where a file does not show it."),
)
@click.option(
    "--encoding",
    type=click.Choice(["cp1252", "cp850", "mac_roman"]),
    help=N_("How a file was saved, where its letters do not show it."),
)
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
    date_order: str | None,
    encoding: str | None,
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
            paths,
            store,
            today=desk.today(),
            mapping=mapping,
            as_table=as_table or "",
            answers={"date_order": date_order or "", "encoding": encoding or ""},
            watch=watch,
        )
    refused = preview.problems or preview.personal  # nobody looks at a row here and says it is none
    outcome = "refused" if refused else "trial" if dry_run else "imported"
    batch = f"{desk.now():%Y%m%d-%H%M%S}-{preview.digest[:8]}"
    if outcome == "imported":
        reason = imports.CORRECTED_BECAUSE
        exchange.write(store, preview, by=desk.actor, batch=batch, reason=desk.say(reason))
    for line in imports.said_lines(preview, outcome, desk.say):
        click.echo(line)
    for line in imports.warning_lines(preview, outcome, desk.say):
        click.echo(line, err=True)
    if outcome == "imported" and (preview.found or preview.corrections):
        click.echo(
            desk.say("To take this import back: {command}", command=f"{PROGRAM} undo {batch}"), err=True
        )
    if report:
        imports.save_report(report, preview, outcome, desk.say)
    raise SystemExit(REFUSED if refused else 0)


def _bar(rows: Rows) -> Iterator[Line]:
    with click.progressbar(rows, file=sys.stderr) as bar:
        yield from bar
