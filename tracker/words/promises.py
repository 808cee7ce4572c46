"""What was promised, in words: open and overdue, kept on time, how long things last, and looking back."""

from __future__ import annotations

from datetime import date

from tracker.analysis.agreements import Asked, Kept
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.survival import Curve, Life, Survival
from tracker.records import Agreement
from tracker.words.voice import N_, Voice

ENDS = {
    "faded": N_("faded"),
    "stopped": N_("stopped"),
    "decided": N_("ended by decision"),
    "kept": N_("done"),
    "running": N_("still runs"),
}


def agreements_line(say: Voice, found: Kept) -> str:
    """The conclusion above the agreements: what is open, what is overdue, what was done on time."""
    if not (found.open or found.overdue or found.closed):
        return say("Nothing was agreed yet. An agreement has an owner and a date.")
    waiting = len(found.open) + len(found.overdue)
    lines = [say.plural("{n} agreement is open.", "{n} agreements are open.", waiting)]
    if found.overdue:
        lines.append(say.plural("{n} of them is overdue.", "{n} of them are overdue.", len(found.overdue)))
    return " ".join(lines)


def on_time_line(say: Voice, found: Kept) -> str:
    """How many of those that fell due in a year were done on time; what was dropped stands apart."""
    if not found.due:
        return say("No agreement fell due in the last year.")
    line = say.plural(
        "Done on time: {done} of {n} agreement that fell due in the last year.",
        "Done on time: {done} of the {n} agreements that fell due in the last year.",
        found.due,
        done=say.number(found.done_on_time),
    )
    if found.done_late:
        line += " " + say.plural("{n} was done later.", "{n} were done later.", found.done_late)
    if found.dropped:
        line += " " + say.plural(
            "{n} more was dropped with a reason.", "{n} more were dropped with a reason.", found.dropped
        )
    return line


def agreement_state(say: Voice, one: Agreement, until: date) -> str:
    """ "overdue, it was due on 3 March 2026", "due on ...", "done on ...", "will not be done: no money"."""
    if one.state == "done":
        return say("done on {day}", day=say.date(one.closed_on or one.due_on))
    if one.state == "wont_do":
        return say("will not be done: {reason}", reason=one.reason)
    if one.due_on < until:
        return say("overdue, it was due on {day}", day=say.date(one.due_on))
    return say("due on {day}", day=say.date(one.due_on))


def arrangements_last(say: Voice, found: Survival) -> str:
    """How many arrangements last, in heat against peace where both can be told."""
    if not found.all.lives:
        return say("No arrangement has a known beginning yet.")
    number = len(found.all.lives)
    faded = number - found.all.lasting
    if not faded:
        line = say.plural(
            "{n} arrangement has not faded.", "Not one of the {n} arrangements has faded.", number
        )
    elif faded == number:
        line = say.plural("{n} arrangement has faded.", "All {n} arrangements have faded.", number)
    else:
        line = say.plural(
            "{n} of the {all} arrangements has faded.",
            "{n} of the {all} arrangements have faded.",
            faded,
            all=say.number(number),
        )
    return f"{line} {_after_half_a_year(say, found)}".strip()


def agreements_last(say: Voice, found: Survival) -> str:
    """The same for agreements."""
    if not found.all.lives:
        return say("No agreement has a known beginning yet.")
    number = len(found.all.lives)
    faded = number - found.all.lasting
    if not faded:
        line = say.plural("{n} agreement has not faded.", "Not one of the {n} agreements has faded.", number)
    elif faded == number:
        line = say.plural("{n} agreement has faded.", "All {n} agreements have faded.", number)
    else:
        line = say.plural(
            "{n} of the {all} agreements has faded.",
            "{n} of the {all} agreements have faded.",
            faded,
            all=say.number(number),
        )
    return f"{line} {_after_half_a_year(say, found)}".strip()


def _after_half_a_year(say: Voice, found: Survival) -> str:
    halves = [_half_year(say, one) for one in (found.heat, found.peace)]
    if all(halves):
        return say(
            "After half a year there are still {heat} of what began after an incident. "
            "Of what began in peace there are {peace}.",
            heat=halves[0],
            peace=halves[1],
        )
    whole = _half_year(say, found.all)
    return say("After half a year there are still {share}.", share=whole) if whole else ""


def survival_limits(say: Voice, found: Survival) -> str:
    """What the curve cannot say: too few of them, or no beginning known; empty when nothing is missing."""
    lines = []
    if found.all.lives and not found.all.enough:
        lines.append(say("With fewer than eight there is a list and no curve."))
    if found.no_start:
        lines.append(
            say.plural(
                "{n} more is left out, for nobody said when it began.",
                "{n} more are left out, for nobody said when they began.",
                found.no_start,
            )
        )
    if found.before_log:
        lines.append(
            say.plural(
                "{n} is older than the log and is left out.",
                "{n} are older than the log and are left out.",
                len(found.before_log),
            )
        )
    decided = sum(one.end == "decided" for one in found.all.lives)
    if decided:
        lines.append(
            say.plural(
                "{n} was ended by decision; that is no loss.",
                "{n} were ended by decision; that is no loss.",
                decided,
            )
        )
    return " ".join(lines)


def life_end(say: Voice, one: Life) -> str:
    """What became of it: "faded", "still runs"."""
    return say(ENDS[one.end])


def curve_label(say: Voice, curve: Curve) -> str:
    """The label at the end of a curve: "9 of the 11 did not fade"."""
    return say("{n} of the {all} did not fade", n=curve.lasting, all=len(curve.lives))


def check_back_question(say: Voice, known: Cooperation, one: Asked) -> str:
    """The question that came up by itself, some days after an incident."""
    incident = known.incidents[one.incident]
    what = {"incident": incident.title, "day": say.date(incident.happened_on), "days": one.after_days}
    if one.arrangements or one.agreements:
        return say("{days} days after “{incident}” ({day}): what still goes on?", **what)
    return say(
        "{days} days after “{incident}” ({day}): nothing is tied to it. Did nothing come of it?", **what
    )


def _half_year(say: Voice, curve: Curve) -> str:
    share = curve.at[180]
    if not share.stated or share.low is None or share.high is None:
        return ""
    return say.of_every_hundred(share.low, share.high)
