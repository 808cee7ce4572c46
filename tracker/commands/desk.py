"""Where every command stands: the database somebody named, the language, who asks, and what day it is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tracker.records import DAYS_AHEAD, DUTCH_TIME, FIRST_DAY
from tracker.words import N_, Words

if TYPE_CHECKING:
    from tracker.store import Store

DATABASE, EXAMPLE = "data/tracker.db", "data/example.db"
PROGRAM = "python -m tracker"
REFUSED, UNSOUND = 1, 3
PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class Desk:
    """What a command works with: the database somebody named, in which language, who asks and when."""

    path: Path
    say: Words
    actor: str

    def now(self) -> datetime:
        """This moment."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Today, as the calendar in the Netherlands says."""
        return datetime.now(DUTCH_TIME).date()

    def open(self) -> Store:
        """The database, which must be there."""
        from tracker import store

        return store.open(self.path, now=self.now).on_behalf_of(store.Visitor(command=True, origin="command"))

    def create(self, municipality: str = "") -> Store:
        """The database, made when it is not there."""
        from tracker import store

        self.path.parent.mkdir(parents=True, exist_ok=True)
        made = store.create(self.path, now=self.now, municipality=municipality)
        return made.on_behalf_of(store.Visitor(command=True, origin="command"))

    def refuse(self, lines: Iterable[str], code: int = REFUSED) -> NoReturn:
        """Says why not, one line a problem, and leaves."""
        for line in lines:
            click.echo(line, err=True)
        raise SystemExit(code)


class Day(click.ParamType[date]):
    """A day as people write it, 2026-03-31 or 31-03-2026, from 2000 to a year after today."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day, or wrong usage."""
        from tracker.exchange.cells import CellProblem, day

        desk: Desk = click.get_current_context().obj
        last = desk.today() + timedelta(days=DAYS_AHEAD)
        with suppress(CellProblem):
            if FIRST_DAY <= (found := value if isinstance(value, date) else day(value)) <= last:
                return found
        wrong = N_("“{given}” is no day from {first} to {last}. Write it as {example}.")
        self.fail(desk.say(wrong, given=value, first=FIRST_DAY, last=last, example="2024-12-31"), param, ctx)


until = click.option("--until", type=Day(), help=N_("The last day; without it today."))
as_json = click.option("--json", "as_json", is_flag=True, help=N_("One object for programs."))
