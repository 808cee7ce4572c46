"""The verdict on a log: the same figures and the same sentence as the screen, as text or for programs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from tracker.commands.desk import Desk, as_json, until
from tracker.commands.narrowing import Filters, filters
from tracker.words import N_


@click.command(help=N_("Say whether cooperation persists in peacetime."))
@until
@filters
@as_json
@click.pass_obj
def verdict(desk: Desk, /, until: date | None, as_json: bool, **chosen: Any) -> None:
    """Both pillars: what partners do together, and whether the agreed meetings take place."""
    from tracker.analysis import around_incidents, assess
    from tracker.exchange.finding_json import verdict_object

    store = desk.open()
    question = Filters(**chosen).question(desk, store, until or desk.today())
    log = store.log(question)
    assessment = assess(log, question, store.meetings(question.until))
    finding, say = assessment.finding, desk.say
    sentence, step = say.sentence(finding), say.next_step(finding)
    if as_json:
        around = around_incidents(log, question)
        held = verdict_object(assessment, around, sentence=sentence, next_step=step)
        click.echo(json.dumps(held, ensure_ascii=False, allow_nan=False))
        return
    next_step = say("Next step: {step}", step=step)
    both = say.both_verdicts(finding)
    for line in (sentence, say.certainty(finding), both, next_step, say.what_counts(finding)):
        click.echo(line)
