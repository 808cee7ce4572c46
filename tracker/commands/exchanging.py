"""Out of the database: an export of everything, and an import taken back."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.commands.desk import PATH, Desk
from tracker.words import N_


@click.command(
    help=N_("Write every table into a folder as CSV; to a name ending in .xlsx or .ics one such file.")
)
@click.argument("target", metavar="DIR", type=PATH)
@click.option(
    "--style",
    type=click.Choice(["dutch", "plain"]),
    help=N_("How a Dutch spreadsheet reads it, or plain; without it as the language."),
)
@click.pass_obj
def export(desk: Desk, target: Path, style: str | None) -> None:
    """The folder can be imported again; the calendar holds what is planned."""
    from tracker.exchange import export
    from tracker.words import exports

    store, say = desk.open(), desk.say
    dutch = style == "dutch" if style else say.language == "nl"
    match target.suffix.lower():
        case ".xlsx":
            export.save_file(target, export.workbook(store, dutch=dutch, by=desk.actor))
        case ".ics":
            export.save_file(target, export.calendar(store, today=desk.today(), by=desk.actor))
        case _:
            rows = export.save_folder(
                store, target, dutch=dutch, field_list=exports.field_list(say), by=desk.actor
            )
            for line in exports.exported_lines(rows, say):
                click.echo(line)
    click.echo(say("The export is ready: {path}", path=target))


@click.command(help=N_("Take one import back, but for what was changed since."))
@click.argument("batch", metavar="BATCH")
@click.option("--reason", help=N_("Why; it stands in the history of every entry."))
@click.pass_obj
def undo(desk: Desk, batch: str, reason: str | None) -> None:
    """BATCH is the name the import said when it was done."""
    from tracker.store import UnknownRecord
    from tracker.words import exports

    store, say = desk.open(), desk.say
    try:
        undone = store.undo_batch(batch, reason=reason or say("The import was taken back."), by=desk.actor)
    except UnknownRecord:
        desk.refuse([say("There is no import “{batch}”. Look at what the import said.", batch=batch)])
    for line in exports.undone_lines(undone, say):
        click.echo(line)
