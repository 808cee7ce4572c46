"""Whether the database is sound, and what every code means."""

from __future__ import annotations

import click

from tracker.commands.desk import UNSOUND, Desk
from tracker.words import N_


@click.command(help=N_("Check the whole database."))
@click.pass_obj
def verify(desk: Desk) -> None:
    """Says nothing is wrong, or names every problem and leaves with 3."""
    store = desk.open()
    if problems := store.verify():
        places = (f"{one.where} {one.record_id or ''}".strip() for one in problems)
        told = (desk.say.problem(one.code) for one in problems)
        what_to_do = desk.say("Log nothing more here. Keep a copy of this file and put back the last backup.")
        desk.refuse([*map(": ".join, zip(places, told, strict=True)), what_to_do], UNSOUND)
    for line in desk.say.notice_lines(store.register.scan_texts()):
        click.echo(line, err=True)
    click.echo(desk.say("The database is sound: {path}", path=store.path))


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
