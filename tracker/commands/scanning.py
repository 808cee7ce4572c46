"""The self-scan from the command line: opening a round, its codes, closing it, and what people said."""

from __future__ import annotations

import json

import click

from tracker.analysis.quarter import Quarter
from tracker.commands.desk import Desk, as_json
from tracker.commands.reporting import QuarterName
from tracker.commands.spoken import Reception
from tracker.words import N_
from tracker.words.self_scan import LESSONS

_ROUND = click.argument("quarter", metavar="QUARTER", type=QuarterName())
_number = click.option(
    "--codes", "number", type=int, default=15, show_default=True, help=N_("How many codes.")
)


@click.group(cls=Reception, help=N_("Ask people what they think of the four lessons, anonymously."))
def scan() -> None:
    """The rounds, each named by its quarter."""


@scan.command("open", help=N_("Open the round of a quarter, and say the codes once."))
@_ROUND
@_number
@click.pass_obj
def open_(desk: Desk, quarter: Quarter, number: int) -> None:
    """One code a line; they are kept nowhere."""
    say = desk.say
    if quarter.first > desk.today():
        desk.refuse([say("{quarter} has not begun yet.", quarter=say.quarter(quarter.first))])
    _, codes = desk.open().open_scan(quarter.first, number, by=desk.actor)
    click.echo("\n".join(codes))


@scan.command(help=N_("Make more codes for the round that is open, and say them once."))
@_ROUND
@_number
@click.pass_obj
def codes(desk: Desk, quarter: Quarter, number: int) -> None:
    """One code a line; they are kept nowhere."""
    click.echo("\n".join(desk.open().give_scan_codes(_opened(desk, quarter), number)))


@scan.command(help=N_("Close the round of a quarter for good."))
@_ROUND
@click.pass_obj
def close(desk: Desk, quarter: Quarter) -> None:
    """Afterwards nobody can reply, and what people said is shown."""
    say = desk.say
    desk.open().close_scan(_opened(desk, quarter), reason=say("The round is over"), by=desk.actor)
    click.echo(say("The self-scan of {quarter} is closed.", quarter=say.quarter(quarter.first)))


@scan.command(help=N_("Say what people think of the four lessons, round by round."))
@as_json
@click.pass_obj
def results(desk: Desk, as_json: bool) -> None:
    """The conclusion of the screen, then a line a lesson of the last round that may be shown."""
    from tracker.analysis.self_scan import course
    from tracker.exchange.scan_json import scan_object

    rounds, say = desk.open().scan_rounds(), desk.say
    if as_json:
        click.echo(json.dumps(scan_object(rounds), ensure_ascii=False, allow_nan=False))
        return
    click.echo(say.scan_line(rounds))
    latest = course(rounds)
    if latest is None:
        return
    click.echo(say.scan_certainty(latest.now))
    for lesson, name in LESSONS.items():
        found = latest.now.lessons[lesson]
        said = (say.scan_word(found), say.scan_score(found), say.scan_change(course(rounds, lesson)))
        click.echo(f"{say(name)}: {' · '.join(said)}")


def _opened(desk: Desk, quarter: Quarter) -> int:
    """The id of the round of a quarter that is open; says so when there is none."""
    found = [one.id for one in desk.open().scan_rounds() if one.quarter == quarter and not one.closed]
    if not found:
        say = desk.say
        wrong = say("No self-scan of {quarter} is open. Open it first.", quarter=say.quarter(quarter.first))
        desk.refuse([wrong])
    return found[0]
