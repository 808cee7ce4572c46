"""The report of a quarter as a file: for the partners, or for everybody."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tracker.analysis.quarter import Quarter
from tracker.commands.desk import PATH, Desk
from tracker.commands.narrowing import Filters, filters
from tracker.records import DUTCH_TIME, FIRST_DAY
from tracker.words import N_

FORMS = ("pdf", "pptx", "xlsx", "html")
_QUARTER = re.compile(r"(\d{4})[Qq]([1-4])")


class QuarterName(click.ParamType[Quarter]):
    """A quarter as addresses write it: 2026Q3."""

    name = "QUARTER"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Quarter:
        """The quarter, or wrong usage."""
        found = _QUARTER.fullmatch(str(value))
        if found and int(found[1]) >= FIRST_DAY.year:
            return Quarter(int(found[1]), int(found[2]))
        desk: Desk = click.get_current_context().obj
        wrong = desk.say("“{given}” is no quarter. Write it as {example}.", given=value, example="2026Q3")
        self.fail(wrong, param, ctx)


@click.command(help=N_("Write the report of a quarter, such as 2026Q3."))
@click.argument("quarter", metavar="QUARTER", type=QuarterName())
@click.option("--format", "form", type=click.Choice(FORMS), required=True, help=N_("Which kind of file."))
@click.option(
    "--public",
    is_flag=True,
    help=N_("For everybody: without names, themes and places, and without small numbers."),
)
@click.option(
    "--at",
    "moment",
    type=click.DateTime(["%Y-%m-%dT%H:%M"]),
    help=N_("The moment the report says it was made; without it now."),
)
@click.option(
    "-o", "--output", "target", metavar="FILE", type=PATH, required=True, help=N_("The file to write.")
)
@click.option(
    "--afresh", is_flag=True, help=N_("Compute a closed quarter anew instead of giving what was kept then.")
)
@filters
@click.pass_obj
def report(
    desk: Desk,
    /,
    quarter: Quarter,
    form: str,
    public: bool,
    moment: datetime | None,
    target: Path,
    afresh: bool,
    **chosen: Any,
) -> None:
    """As it looked on the last evening of the quarter; a quarter that runs is counted up to today.

    Of a quarter whose evaluation was closed it is what was kept then.
    """
    from tracker.exchange.export import save_file
    from tracker.report import FORMATS, gather, kept, make, not_for_everybody

    store, say = desk.open(), desk.say
    if quarter.first > desk.today():
        desk.refuse([say("{quarter} has not begun yet.", quarter=say.quarter(quarter.first))])
    store.require("export_report", by=desk.actor, object=target.name)
    until = min(quarter.last, desk.today())
    question = Filters(**chosen).question(desk, store, until)
    stood = None if afresh or question.narrowed else kept(store, quarter)
    if stood:
        if moment:
            desk.refuse([say("What was kept has a moment of its own. Add --afresh, or leave out --at.")])
        save_file(target, FORMATS[form](stood.document(say, for_everybody=public)))
        click.echo(say.as_it_stood(stood.closed_on), err=True)
        click.echo(say("The report is ready: {path}", path=target))
        return
    if public and (why := not_for_everybody(question, quarter)):
        desk.refuse([f"--public: {say(why)}"])
    click.echo(say("Computed now from the log."), err=True)
    made_at = moment.replace(tzinfo=DUTCH_TIME) if moment else desk.now()
    material = gather(store, quarter, today=desk.today(), question=question)
    save_file(target, make(material, form, say=say, made_at=made_at, public=public))
    click.echo(say("The report is ready: {path}", path=target))
