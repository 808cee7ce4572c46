"""Who may do what, for the yearly look at the rights."""

from __future__ import annotations

import csv
import sys
from datetime import datetime

import click

from tracker.commands.desk import Desk
from tracker.words import N_


@click.command(
    name="access-report", help=N_("List who has which role since when, and what was done with it.")
)
@click.pass_obj
def access_report(desk: Desk) -> None:
    """One line an account, with ; between; the accounts that nobody seems to need are marked."""
    from tracker.exchange.spreadsheet_text import harmless

    say, table = desk.say, csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    table.writerow(map(say, HEAD))
    for one in desk.open().register.access_report(by=desk.actor):
        roles = say.role_names(one.roles)
        table.writerow(
            [
                harmless(one.name),
                roles or say("no role"),
                _day(one.since),
                harmless(one.set_by) or say("the sign-in"),
                _day(one.last_sign_in),
                one.refusals,
                one.exports,
                say("look at this one") if one.idle else "",
            ]
        )


HEAD = (
    N_("Account"),
    N_("Roles"),
    N_("Since"),
    N_("Set by"),
    N_("Last sign-in"),
    N_("Refused in the last year"),
    N_("Exports in the last year"),
    N_("No sign-in for 90 days"),
)


def _day(moment: datetime | None) -> str:
    from tracker.records import DUTCH_TIME

    return moment.astimezone(DUTCH_TIME).date().isoformat() if moment else ""
