"""The verdict on a log: the same figures and the same sentence as the screen, as text or for programs."""

from __future__ import annotations

import json
from datetime import date

import click

from tracker.commands.desk import Day, Desk, as_json, until
from tracker.words import N_


@click.command(help=N_("Say whether cooperation persists in peacetime."))
@click.option("--from", "since", type=Day(), help=N_("The first day; without it the first entry."))
@until
@click.option(
    "--calendar",
    type=click.Choice(["working-days", "every-day"]),
    default="working-days",
    help=N_("On which days activity can be expected."),
)
@click.option(
    "--min-severity", type=click.IntRange(1, 5), default=1, help=N_("Leave out less severe incidents.")
)
@click.option("--kind", "kinds", multiple=True, help=N_("Only this kind of activity; may be repeated."))
@click.option("--starts-in-aftermath", is_flag=True, help=N_("The log starts in the middle of an aftermath."))
@as_json
@click.pass_obj
def verdict(
    desk: Desk,
    since: date | None,
    until: date | None,
    calendar: str,
    min_severity: int,
    kinds: tuple[str, ...],
    starts_in_aftermath: bool,
    as_json: bool,
) -> None:
    """Both pillars: what partners do together, and whether the agreed meetings take place."""
    from tracker.analysis import around_incidents, assess
    from tracker.analysis.question import Question
    from tracker.exchange.finding_json import verdict_object
    from tracker.exchange.names import activity_kinds

    store = desk.open()
    codes, unknown = activity_kinds(store, kinds)
    if unknown:
        desk.refuse(f"--kind {kind}: {desk.say.problem('unknown_code')}" for kind in unknown)
    question = Question(
        since=since,
        until=until or desk.today(),
        calendar=calendar,
        min_severity=min_severity,
        kinds=codes,
        starts_in_aftermath=starts_in_aftermath or None,
    )
    if since and since > question.until:
        desk.refuse([f"--from: {desk.say.problem('ends_before_start')}"])
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
