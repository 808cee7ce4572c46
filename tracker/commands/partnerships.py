"""Who works with whom: pairs, who came and went, on whom it hangs, and what was promised."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.commands.desk import Desk, as_json, until
from tracker.words import N_

if TYPE_CHECKING:
    from tracker.analysis.cooperation import Cooperation
    from tracker.analysis.meetings import Meetings
    from tracker.analysis.quarter import Quarter
    from tracker.store import Store


@click.command(help=N_("Say who works with whom, and on whom it hangs."))
@until
@as_json
@click.pass_obj
def partners(desk: Desk, until: date | None, as_json: bool) -> None:
    """The sentences of the pages Partners and Agreements; pairs are of the last full quarter."""
    from tracker.analysis.quarter import Quarter
    from tracker.analysis.structure import structure
    from tracker.exchange.partners_json import partners_object

    store, last = desk.open(), until or desk.today()
    quarter = Quarter.last_full(last)
    known = store.cooperation(last)
    meetings = store.meetings(last)
    if not as_json:
        for line in _lines(desk, store, known, quarter, meetings):
            click.echo(line)
        return
    held = partners_object(
        known,
        quarter,
        meetings=meetings,
        rhythms=structure(meetings).rhythms,
        domains=[term.code for term in store.vocabulary("domain")],
    )
    click.echo(json.dumps(held, ensure_ascii=False, allow_nan=False))


def _lines(
    desk: Desk, store: Store, known: Cooperation, quarter: Quarter, meetings: Meetings
) -> Iterator[str]:
    """One conclusion a line, the same strings as on the screen."""
    from tracker.analysis import agreements, lives, origins, ties
    from tracker.analysis import partners as found
    from tracker.analysis.structure import structure
    from tracker.analysis.survival import survival

    say = desk.say
    domains, roles = (
        {term.code: say.label(term) for term in store.vocabulary(name, archived=True)}
        for name in ("domain", "role")
    )
    of_quarter = ties.ties(known, quarter)
    yield say.pairs_line(known, of_quarter)
    yield " ".join(filter(None, (say.kept_line(of_quarter), say.told_line(of_quarter))))
    yield say.grid_line(of_quarter, domains)
    yield say.coverage_line(found.coverage(known, quarter, domains), domains)
    for word, names in say.lifecycle_lines(known, found.lifecycle(known, quarter)):
        yield f"{word}: {names}"
    yield say.hangs_line(known, found.key_roles(known), roles)
    yield from say.ownership_lines(known, found.ownership(known))
    yield say.reuse_line(origins.reuse(known))
    yield say.peace_line(origins.born_in_peace(known))
    kept = agreements.kept(known)
    yield say.agreements_line(kept)
    yield say.on_time_line(kept)
    rhythms = structure(meetings).rhythms
    yield say.arrangements_last(survival(*lives.of_arrangements(known, meetings, rhythms)))
    yield say.agreements_last(survival(*lives.of_agreements(known)))
