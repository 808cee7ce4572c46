"""The same work from the command line: `python -m tracker --help`.

Exit codes: 0 done; 1 refused for what the user gave; 2 wrong usage; 3 the database is damaged, newer
or not ours. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from tracker.commands.checking import codes, verify
from tracker.commands.copying import backup, restore
from tracker.commands.desk import DATABASE, PATH, PROGRAM, Desk
from tracker.commands.exchanging import export, undo
from tracker.commands.filling import example, import_, init
from tracker.commands.partnerships import partners
from tracker.commands.reporting import report
from tracker.commands.retaining import purge
from tracker.commands.reviewing import access_report
from tracker.commands.rhythms import quiet, rhythm
from tracker.commands.scanning import scan
from tracker.commands.spoken import Reception, language, spoken
from tracker.commands.verdicts import verdict
from tracker.words import LANGUAGES, N_, speak


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Runs one command and leaves with its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    say = speak(language(given, os.environ))
    spoken(cli, say).main(args=given, prog_name=PROGRAM, obj=say)
    raise SystemExit(0)


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


for command in (
    init, example, import_, undo, export, verdict, rhythm, quiet, partners, report,
    scan, backup, restore, verify, purge, access_report, codes,
):  # fmt: skip
    cli.add_command(command)


if __name__ == "__main__":
    main()
