"""The agreed meetings: how each arrangement stands, and what goes quiet."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.commands.desk import Desk, as_json, until
from tracker.words import N_, Words

if TYPE_CHECKING:
    from tracker.analysis.rhythm import Rhythm

GOES_QUIET = ("dormant", "late")


@click.command(help=N_("Say how every arrangement stands."))
@until
@click.option("--arrangement", "name", metavar="NAME", help=N_("Only this arrangement."))
@as_json
@click.pass_obj
def rhythm(desk: Desk, until: date | None, name: str | None, as_json: bool) -> None:
    """One line an arrangement, and what they say together; of one arrangement its line only."""
    from tracker.analysis.structure import structure
    from tracker.exchange.names import name_key
    from tracker.exchange.rhythm_json import rhythm_object

    last = until or desk.today()
    found = structure(desk.open().meetings(last))
    asked = [one for one in found.rhythms if name is None or name_key(one.agreed.name) == name_key(name)]
    if name is not None and not asked:
        wrong = desk.say("There is no “{name}”. Without --arrangement you see all names.", name=name)
        desk.refuse([f"--arrangement: {wrong}"])
    if as_json:
        click.echo(json.dumps(rhythm_object(asked, until=last), ensure_ascii=False, allow_nan=False))
        return
    for one in asked:
        click.echo(_line(desk.say, one))
    if name is None:
        click.echo(desk.say.structure_line(found))


@click.command(help=N_("Say what goes quiet; nothing when all is well."))
@until
@click.pass_obj
def quiet(desk: Desk, until: date | None) -> None:
    """A block for every arrangement that fell silent or falters, the longest silence first."""
    from tracker.analysis.rhythm import rhythm

    meetings = desk.open().meetings(until or desk.today())
    standing = (rhythm(agreed, meetings) for agreed in meetings.arrangements)
    silent = [one for one in standing if one.state in GOES_QUIET]
    silent.sort(key=lambda one: (not one.dormant, -(one.silence_days or 0)))
    blocks = ["\n".join((one.agreed.name, *_standing(desk.say, one))) for one in silent]
    if blocks:
        click.echo("\n\n".join(blocks))


def _line(say: Words, one: Rhythm) -> str:
    score = f"{say('last 12 months')}: {say.rhythm_score(one)}"
    said = (say.cadence(one.agreed.cadence), score, *_standing(say, one))
    return f"{one.agreed.name}: {' · '.join(dict.fromkeys(said))}"  # "on demand" is said once


def _standing(say: Words, one: Rhythm) -> list[str]:
    """Where it stands, and how long it has been silent while that says anything."""
    met = one.agreed.cadence or one.last_held
    return [say.rhythm_state(one), *([say.quiet(one)] if met and one.state != "ended" else [])]
