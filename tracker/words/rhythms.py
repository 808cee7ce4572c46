"""The rhythm of arrangements in words: cadence, state, score, and what goes quiet."""

from __future__ import annotations

from tracker.analysis.finding import Finding
from tracker.analysis.recurrence import HELD
from tracker.analysis.rhythm import Rhythm
from tracker.analysis.structure import Structure
from tracker.words.changes import SHORT
from tracker.words.voice import N_, Voice

MEETING_STATES = {
    "held": N_("held"),
    "moved": N_("moved, and held"),
    "cancelled": N_("cancelled"),
    "not_held": N_("not held"),
    "recess": N_("recess"),
    "unknown": N_("not known"),
    "pending": N_("due, not late yet"),
    "planned": N_("planned"),
}
END_REASONS = {
    "secured": N_("secured"),
    "handed_over": N_("handed over"),
    "no_longer_needed": N_("no longer needed"),
}
STRUCTURE_WORDS = {
    "holds": N_("holds"),
    "slips": N_("slips"),
    "undecided": N_("undecided"),
    "too_early": N_("too early"),
}
_NAMED = {
    ("WEEKLY", 1): N_("every week"),
    ("WEEKLY", 13): N_("every quarter"),
    ("WEEKLY", 26): N_("every half year"),
    ("WEEKLY", 52): N_("every year"),
    ("MONTHLY", 1): N_("every month"),
    ("MONTHLY", 3): N_("every quarter"),
    ("MONTHLY", 6): N_("every half year"),
    ("MONTHLY", 12): N_("every year"),
    ("YEARLY", 1): N_("every year"),
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ON_A_WEEKDAY = {
    "1": N_("every month on the first {weekday}"),
    "2": N_("every month on the second {weekday}"),
    "3": N_("every month on the third {weekday}"),
    "4": N_("every month on the fourth {weekday}"),
    "-1": N_("every month on the last {weekday}"),
}


def cadence(say: Voice, rule: str) -> str:
    """An RFC 5545 rule in words: "every 4 weeks", "every month on the second Tuesday", "on demand"."""
    if not rule:
        return say("on demand")
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    unit, n = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    picked = parts.get("BYDAY", "")
    which = _ON_A_WEEKDAY.get(picked[:-2]) if (unit, n) == ("MONTHLY", 1) else None
    if which is not None:
        return say(which, weekday=say.weekday(_WEEKDAYS.index(picked[-2:])))
    named = _NAMED.get((unit, n))
    if named:
        return say(named)
    if unit == "WEEKLY":
        return say("every {n} weeks", n=n)
    return say("every {n} months", n=n) if unit == "MONTHLY" else say("every {n} years", n=n)


def rhythm_state(say: Voice, one: Rhythm) -> str:
    """Where an arrangement stands: "on rhythm", "gone quiet, last in November 2025", "paused until ..."."""
    if one.state == "dormant":
        last = one.last_held
        return say("gone quiet, last in {month}", month=say.month(last)) if last else say("never met yet")
    if one.state == "paused":
        end = max(last for first, last in one.agreed.pauses if first <= last)
        return say("paused until {day}", day=say.date(end))
    if one.state == "ended":
        reason = END_REASONS[one.agreed.end_reason]
        return say("ended: {reason}", reason=say(reason))
    words = {"on_rhythm": say("on rhythm"), "late": say("faltering"), "on_demand": say("on demand")}
    return words[one.state]


def rhythm_score(say: Voice, one: Rhythm) -> str:
    """Held of those known in the last 12 months, and how many are not known: "8 of 12, 1 not known"."""
    held = sum(one.counts.get(state, 0) for state in HELD)
    known = held + one.counts.get("cancelled", 0) + one.counts.get("not_held", 0)
    unknown = one.counts.get("unknown", 0)
    if not known and not unknown:
        return say.plural("{n} meeting", "{n} meetings", one.last_12_months)
    score = say("{held} of {known}", held=held, known=known)
    return say("{score}, {n} not known", score=score, n=unknown) if unknown else score


def quiet(say: Voice, one: Rhythm) -> str:
    """One line of the calm list: how long it has been silent, against its own earlier silences."""
    if one.last_held is None:
        return say(
            "Has not met yet, though it was agreed: {cadence}.", cadence=cadence(say, one.agreed.cadence)
        )
    if one.silence_days == 0:
        return say("Met today.")
    ago = say(
        "Last met on {day}, {days} ago.", day=say.date(one.last_held), days=say.days(one.silence_days or 0)
    )
    if not one.gaps or not one.silence_days or one.longer_gaps == len(one.gaps):
        return ago
    if not one.longer_gaps:
        never = say("It was never silent as long before ({gaps} earlier gaps).", gaps=len(one.gaps))
        return f"{ago} {never}"
    longer = say.plural(
        "{n} of the {gaps} earlier gaps was as long.",
        "{n} of the {gaps} earlier gaps were as long.",
        one.longer_gaps,
        gaps=len(one.gaps),
    )
    return f"{ago} {longer}"


def both_verdicts(say: Voice, finding: Finding) -> str:
    """The two verdicts behind the headline, always both."""
    activity, agreed = SHORT[finding.activity_verdict], STRUCTURE_WORDS[finding.structure_verdict]
    return say(
        "What partners do together: {activity}. The agreed rhythm: {structure}.",
        activity=say(activity),
        structure=say(agreed),
    )


def structure_line(say: Voice, structure: Structure) -> str:
    """What the structure verdict rests on, in numbers."""
    if not structure.expected and not structure.unanswered:
        if not structure.judged:
            return say("No arrangement has a rhythm yet.")
        return say(
            "{dormant} of the {judged} arrangements have gone quiet.",
            dormant=structure.dormant,
            judged=structure.judged,
        )
    counted = say(
        "Since {day} {held} of the {expected} agreed meetings took place.",
        day=say.date(structure.since),
        held=structure.held,
        expected=structure.expected,
    )
    lines = [counted]
    if structure.unanswered:
        lines.append(say.plural("{n} has no answer yet.", "{n} have no answer yet.", structure.unanswered))
    if structure.names:
        lines.append(say("This rests on {names} only.", names=say.and_list(structure.names)))
    return " ".join(lines)


def meeting_state(say: Voice, state: str) -> str:
    """What became of a meeting."""
    word = MEETING_STATES[state]
    return say(word)
