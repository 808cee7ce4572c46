"""A backup of the database, and a backup put back."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.commands.checking import heads_path
from tracker.commands.desk import PATH, Desk
from tracker.words import N_


@click.command(help=N_("Write a verified copy of the database to a file, while others go on working."))
@click.argument("target", metavar="FILE", type=PATH)
@click.option("--replace", is_flag=True, help=N_("Write over an earlier backup with this name."))
@click.pass_obj
def backup(desk: Desk, target: Path, replace: bool) -> None:
    """The copy gets its name after it was compared with the database and verified."""
    desk.open().backup(target, replace=replace, by=desk.actor)
    click.echo(desk.say("The backup is ready and verified: {path}", path=target))


@click.command(help=N_("Put a backup back; what stood is kept beside it."))
@click.argument("source", metavar="FILE", type=PATH)
@click.pass_obj
def restore(desk: Desk, source: Path) -> None:
    """The backup is verified first; what stands is not opened, for it may be what has to be replaced."""
    from tracker import store
    from tracker.store import heads

    kept, say = store.restore(source, desk.path, now=desk.now), desk.say
    back = desk.open()
    back.require("restore_backup", by=desk.actor, object=source.name)
    # Later checks go by what was put back, not by what stood.
    heads.append(heads_path(desk), back.register.head(restored=True))
    if kept:
        click.echo(say("What stood there is kept: {path}", path=kept))
    click.echo(say("The backup is put back: {path}", path=desk.path))
    click.echo(say("Is the dashboard running? Then restart it now."))
