"""Whether the database is sound, and what every code means."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.commands.desk import UNSOUND, Desk
from tracker.words import N_

if TYPE_CHECKING:
    from tracker.store import Register, Store

_MOST_PURGES = 100


@click.command(help=N_("Check the whole database."))
@click.pass_obj
def verify(desk: Desk) -> None:
    """Says nothing is wrong, or names every problem and leaves with 3.

    Compares with the heads that earlier checks kept outside the database, and adds today's when all is sound:
    what is not must never become what the next check goes by.
    """
    from tracker.store import StoreError, heads

    store, path = desk.open(), heads_path(desk)
    earlier = heads.read(path)
    problems = [*store.verify(), *store.register.beside_heads(earlier)]
    _tell_purges(desk, store.register, max((one.access_log[0] for one in earlier if one), default=0))
    with suppress(StoreError):  # a check that cannot be logged is still a check
        store.require("verify", by=desk.actor, detail={"problems": len(problems)})
    if problems:
        places = (f"{one.where} {one.record_id or ''}".strip() for one in problems)
        told = (desk.say.problem(one.code) for one in problems)
        what_to_do = desk.say("Log nothing more here. Keep a copy of this file and put back the last backup.")
        desk.refuse([*map(": ".join, zip(places, told, strict=True)), what_to_do], UNSOUND)
    for line in desk.say.notice_lines(store.register.scan_texts()):
        click.echo(line, err=True)
    heads.append(path, store.register.head())
    click.echo(desk.say("The database is sound: {path}", path=store.path))
    _say_when_the_clock_is_behind(desk, store)


def _say_when_the_clock_is_behind(desk: Desk, store: Store) -> None:
    """No damage, for the history is ordered by its numbers; but new entries would seem older."""
    from tracker.store import Asked
    from tracker.words.report import moment

    last = store.changes(Asked(), limit=1)
    if last and last[0].at > desk.now():
        behind = N_(
            "The clock of this computer is behind: the last entry is of {moment}. "
            "Nothing is lost by it, but set the clock right."
        )
        click.echo(desk.say(behind, moment=moment(desk.say, last[0].at)), err=True)


def _tell_purges(desk: Desk, register: Register, since: int) -> None:
    """What accounts for a changed chain is named: whoever reads this knows whether they did it."""
    for line in register.log(action="purge", limit=_MOST_PURGES):
        if line.seq > since and line.result == "ok":
            when, what = desk.say.moment(line.at), desk.say.line_about(line)
            click.echo(
                desk.say("Since the last check {who} let go: {what}", who=f"{line.actor}, {when}", what=what)
            )


def heads_path(desk: Desk) -> Path:
    """Where the heads are kept: beside the database, or where TRACKER_HEADS says."""
    named = os.environ.get("TRACKER_HEADS")
    return Path(named) if named else desk.path.with_name(f"{desk.path.name}.heads")


@click.command(help=N_("List every code with its meaning."))
@click.pass_obj
def codes(desk: Desk) -> None:
    """One code a line, with its meaning."""
    from tracker.words.codes import CODES
    from tracker.words.import_problems import PROBLEMS
    from tracker.words.imports import NOTES

    known = CODES | NOTES | PROBLEMS
    width = max(map(len, known))
    for code, meaning in known.items():
        click.echo(f"{code:{width}}  {desk.say(meaning)}")
