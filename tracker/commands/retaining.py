"""What is over its age goes: first listed, then only after somebody typed the word."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.commands.desk import Desk
from tracker.words import N_

if TYPE_CHECKING:
    from tracker.store import Held, Plan, Register

_NAMED = 20
# Asked for and typed in the language of the answers.
_WORD = N_("purge")


@click.command(help=N_("Let texts, records, lines of the access log and copies go that are over their age."))
@click.option("--dry-run", is_flag=True, help=N_("Only list what would go, and what stays and why."))
@click.pass_obj
def purge(desk: Desk, dry_run: bool) -> None:
    """Lists, asks for a word, and takes all of it or nothing."""
    register, say = desk.open().register, desk.say
    plan, copies = register.over_age(), register.old_copies()
    years = register.years_kept()
    lines = [*_going(desk, plan), *_copies(desk, copies), *_staying(desk, plan.held, years["years_of_log"])]
    for line in lines:
        click.echo(line)
    if plan.is_empty() and not any(old for _, old in copies.values()):
        click.echo(say("Nothing is over its age."))
        return
    if dry_run:
        click.echo(say("Nothing was changed. Without --dry-run this goes for good."))
        return
    _ask(desk)
    _carry_out(desk, register)


def _carry_out(desk: Desk, register: Register) -> None:
    taken = register.purge(by=desk.actor)
    records, texts = sum(taken.gone.values()), sum(taken.emptied.values())
    click.echo(
        desk.say(
            "Gone: {records}, and the texts of {texts}. Every count stayed.",
            records=desk.say.plural("{n} record", "{n} records", records),
            texts=desk.say.plural("{n} other", "{n} others", texts),
        )
    )


def _ask(desk: Desk) -> None:
    word = desk.say(_WORD)
    click.echo(desk.say("This cannot be undone. Type {word} to go on:", word=word) + " ", nl=False, err=True)
    typed = sys.stdin.readline().strip()
    click.echo("", err=True)
    if typed != word:
        desk.refuse([desk.say("That is not the word. Nothing was changed.")])


def _going(desk: Desk, plan: Plan) -> list[str]:
    from tracker.store import KINDS

    say, lines = desk.say, []
    for table, kind in KINDS.items():
        told = []
        if texts := plan.emptied.get(table, 0):
            told.append(say.plural("{n} loses its text", "{n} lose their text", texts))
        if gone := plan.gone.get(table, 0):
            told.append(say.plural("{n} goes", "{n} go", gone))
        if told:
            lines.append(f"{say.kind_word(kind)}: {', '.join(told)}")
    others = {
        say("Lines of the access log"): plan.log_lines,
        say("Remembered columns of earlier files"): plan.columns,
    }
    gone_of = {what: number for what, number in others.items() if number}
    return lines + [f"{what}: {say.plural('{n} goes', '{n} go', n)}" for what, n in gone_of.items()]


def _copies(desk: Desk, copies: dict[Path, tuple[date, bool]]) -> list[str]:
    say = desk.say
    return [
        say("Copy that goes: {path}", path=path)
        if old
        else say("Copy that stays until {day}: {path}", day=say.date(day), path=path)
        for path, (day, old) in copies.items()
    ]


def _staying(desk: Desk, held: tuple[Held, ...], years_of_log: int) -> list[str]:
    """Why what is old enough stays, and what to do where something can be done."""
    from tracker.store import KINDS

    say = desk.say
    quarters = Counter(one.quarter for one in held if one.quarter)
    lines = [
        say.plural(
            "{n} record of {quarter} stays: nobody closed the evaluation of that quarter. Close it first.",
            "{n} records of {quarter} stay: nobody closed the evaluation of that quarter. Close it first.",
            number,
            quarter=say.quarter(quarter),
        )
        for quarter, number in sorted(quarters.items())
    ]
    if lately := sum(one.code == "changed_lately" for one in held):
        years = say("{n} years", n=years_of_log)
        lines.append(
            say.plural(
                "{n} record stays: somebody changed it less than {years} ago.",
                "{n} records stay: somebody changed them less than {years} ago.",
                lately,
                years=years,
            )
        )
    pointed = [(one.table, one.record_id, one.by) for one in held if one.by]
    lines += [
        say(
            "{what} stays: {by} points at it.",
            what=f"{say.kind_word(KINDS[table])} {number}",
            by=f"{say.kind_word(KINDS[by[0]])} {by[1]}",
        )
        for table, number, by in pointed[:_NAMED]
    ]
    if more := len(pointed[_NAMED:]):
        lines.append(say.plural("{n} more stays like that.", "{n} more stay like that.", more))
    return lines
