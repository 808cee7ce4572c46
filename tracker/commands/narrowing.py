"""Which part of the log is looked at: the same options for every command that judges it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.commands.desk import Day, Desk
from tracker.words import N_

if TYPE_CHECKING:
    from tracker.analysis.question import Question
    from tracker.store import Store

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What somebody chose; each is the usual one when nobody did."""

    since: date | None
    calendar: str
    min_severity: int
    kinds: tuple[str, ...]
    starts_in_aftermath: bool

    def question(self, desk: Desk, store: Store, until: date) -> Question:
        """The question up to `until`; says why not when a kind is unknown or the days are not in order."""
        from tracker.analysis.question import Question
        from tracker.exchange.names import activity_kinds

        codes, unknown = activity_kinds(store, self.kinds)
        if unknown:
            desk.refuse(f"--kind {kind}: {desk.say.problem('unknown_code')}" for kind in unknown)
        if self.since and self.since > until:
            desk.refuse([f"--from: {desk.say.problem('ends_before_start')}"])
        return Question(
            since=self.since,
            until=until,
            calendar=self.calendar,
            min_severity=self.min_severity,
            kinds=codes,
            starts_in_aftermath=self.starts_in_aftermath or None,
        )


def filters(command: F) -> F:
    """Gives a command the options that make a `Filters`, in their order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("--from", "since", type=Day(), help=N_("The first day; without it the first entry.")),
    click.option(
        "--calendar",
        type=click.Choice(["working-days", "every-day"]),
        default="working-days",
        help=N_("On which days activity can be expected."),
    ),
    click.option(
        "--min-severity", type=click.IntRange(1, 5), default=1, help=N_("Leave out less severe incidents.")
    ),
    click.option("--kind", "kinds", multiple=True, help=N_("Only this kind of activity; may be repeated.")),
    click.option(
        "--starts-in-aftermath", is_flag=True, help=N_("The log starts in the middle of an aftermath.")
    ),
)
