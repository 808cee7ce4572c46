"""Shared goals in words: what was asked, what it comes to, and how each stands."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.analysis import policy
from tracker.analysis.goals import Measured, Progress
from tracker.records import GOAL_MEASURES, Goal
from tracker.words.codes import WHYS
from tracker.words.field_names import FIXED_CODES
from tracker.words.voice import N_, Voice

STATUSES = {
    "reached": N_("reached"),
    "on_the_way": N_("on the way"),
    "not_reached": N_("not reached"),
    "cannot_say": N_("can’t say yet"),
}
_ASKED = {
    "meetings_held": N_("agreed meetings that take place: at least {target}%"),
    "domains_met": N_("domains at meetings in a quarter: at least {target}"),
    "organisations_met": N_("organisations at meetings in a quarter: at least {target}"),
    "shared_owners": N_("arrangements with a second owner from another domain: at least {target}%"),
    "agreements_on_time": N_("agreements kept on time: at least {target}%"),
    "peacetime_activities": N_("activities together in peacetime in a quarter: at least {target}"),
    "quiet_at_most": N_("arrangements that fell silent: at most {target}"),
    "reuse": N_("responses through what already existed: at least {target}%"),
    "reviewed": N_("serious incidents looked back on within {days}: at least {target}%"),
}
_COUNTED = {
    "meetings_held": N_("took place: {hits} of {trials}"),
    "domains_met": N_("domains in {quarter}: {hits}"),
    "organisations_met": N_("organisations in {quarter}: {hits}"),
    "shared_owners": N_("with a second owner from another domain: {hits} of {trials}"),
    "agreements_on_time": N_("kept on time: {hits} of {trials}"),
    "peacetime_activities": N_("activities in peacetime in {quarter}: {hits}"),
    "quiet_at_most": N_("fell silent: {hits}"),
    "reuse": N_("through what already existed: {hits} of {trials}"),
    "reviewed": N_("looked back on in time: {hits} of {trials}"),
}
_AT_LEAST = {
    "domains_met": N_("domains in {quarter}: at least {hits}"),
    "organisations_met": N_("organisations in {quarter}: at least {hits}"),
    "peacetime_activities": N_("activities in peacetime in {quarter}: at least {hits}"),
}

# How each is counted, for the method page: (the general rules, then one a measure).
RULES = (
    N_("Nobody fills in how a goal stands. It is counted today, or on its own day once that has passed."),
    N_("Meetings, agreements and responses also depend on chance: the whole range must reach the target."),
    N_("When the target lies within the range, or too little was written down, it can’t be said yet."),
    N_("When not one of at least {least} went wrong, the goal is reached: no result could be better."),
    N_("Owners, silence, who came and looking back are as they are, so there the count itself decides."),
)
MEASURE_RULES = {
    "meetings_held": N_(
        "Of a year; of at most two when there were fewer than {expected}. Without an answer counts both ways."
    ),
    "domains_met": N_(
        "In the last quarter that is over. Where names or weeks are missing it is at least so many."
    ),
    "organisations_met": N_(
        "In the last quarter that is over. Where names or weeks are missing it is at least so many."
    ),
    "shared_owners": N_("Of the arrangements that run, by their owners of today."),
    "agreements_on_time": N_("Of those that fell due in a year and were not dropped with a reason."),
    "peacetime_activities": N_(
        "In the last quarter that is over. With fewer than {calm} days of peacetime it cannot fall short."
    ),
    "quiet_at_most": N_("Arrangements that are silent on that evening without anybody deciding so."),
    "reuse": N_("Of the activities of two years that somebody tied to an incident."),
    "reviewed": N_("Of the serious incidents of a year, without those that still have time."),
}


def goal_rules(say: Voice) -> list[str]:
    """How it is decided how a goal stands, for the method page."""
    return [say(text, least=say.number(policy.value("goal_least_trials"))) for text in RULES]


def measure_rules(say: Voice) -> list[tuple[str, str]]:
    """(how a goal is measured, what is counted) for the method page."""
    values = {
        "expected": say.number(policy.value("least_expected")),
        "calm": say.number(policy.value("least_peacetime_days_side")),
    }
    return [(say(FIXED_CODES[code]), say(text, **values)) for code, text in MEASURE_RULES.items()]


def goals_line(say: Voice, found: Sequence[Progress]) -> str:
    """The conclusion about all goals together."""
    if not found:
        return say("There is no shared goal yet. A goal has a target and a day.")
    times = {status: sum(one.status == status for one in found) for status in STATUSES}
    lines = [_reached(say, times["reached"], len(found))]
    if n := times["not_reached"]:
        lines.append(say.plural("{n} was not reached on its day.", "{n} were not reached on their day.", n))
    if n := times["cannot_say"]:
        lines.append(say("Of {n} it can’t be said yet.", n=say.number(n)))
    return " ".join(lines)


def goal_status(say: Voice, one: Progress) -> str:
    """One or a few words, never a colour."""
    return say(STATUSES[one.status])


def goal_asked(say: Voice, goal: Goal) -> str:
    """What was asked, with its target: "agreed meetings that take place: at least 80%"."""
    target = say.number(goal.target, 0 if goal.target == int(goal.target) else 1)
    return say(_ASKED[goal.measure], target=target, days=say.days(policy.value("evaluated_days")))


def goal_now(say: Voice, one: Progress) -> str:
    """What it comes to, with its range where it is also a matter of chance, and why it cannot be said."""
    found = one.measured
    parts = [_counted(say, found), _range(say, one), _unknown(say, found), say(WHYS.get(one.why, ""))]
    return "; ".join(dict.fromkeys(filter(None, parts)))


def goal_row(say: Voice, goal: Goal, one: Progress) -> tuple[str, str, str, str, str]:
    """(goal, what was asked, its day, how it stands, what it comes to) for a table."""
    return (
        goal.text,
        goal_asked(say, goal),
        say.short_date(goal.due_on),
        goal_status(say, one),
        goal_now(say, one),
    )


def _reached(say: Voice, hits: int, of: int) -> str:
    if of == 1:
        return say("The shared goal is reached.") if hits else say("The shared goal is not reached yet.")
    if not hits:
        return say("Not one of the {n} shared goals is reached yet.", n=say.number(of))
    return say.plural(
        "{n} of the {of} shared goals is reached.", "{n} of the {of} shared goals are reached.", hits, of=of
    )


def _counted(say: Voice, found: Measured) -> str:
    if found.value.status == "missing":
        return ""
    texts = _AT_LEAST if found.value.status == "open" else _COUNTED
    return say(
        texts[found.measure],
        hits=say.number(found.hits),
        trials=say.number(found.trials),
        quarter=say.quarter(found.last),
    )


def _range(say: Voice, one: Progress) -> str:
    """Only where the whole range decides: what is counted is as it is, and nothing beats a perfect result."""
    found = one.measured
    bounds = found.bounds
    if bounds is None or bounds[0] == bounds[1] or not GOAL_MEASURES[found.measure]:
        return ""
    if one.status == "reached" and found.flawless:
        return say("not one went wrong")
    return say("so {range}", range=say.of_every_hundred(bounds[0] / 100, bounds[1] / 100))


def _unknown(say: Voice, found: Measured) -> str:
    """What could change a share and nobody wrote down; empty when that is nothing."""
    if not found.unknown or not GOAL_MEASURES[found.measure]:
        return ""
    if found.measure == "meetings_held":
        return say.plural("{n} meeting has no answer", "{n} meetings have no answer", found.unknown)
    return say("of {n} more it is not known", n=say.number(found.unknown))
