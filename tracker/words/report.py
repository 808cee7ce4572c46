"""The texts of the quarterly report that stand on no page: what is compared, what is noted, what is left out.

The verdict, its certainty and every conclusion that a page shows too are said by the page's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_datetime

from tracker.analysis import policy
from tracker.analysis.comparison import NOT_LOGGED, PARTLY, Comparison, Side
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.evaluation import Counts, Legacy, QuarterFacts
from tracker.analysis.finding import Finding, Window
from tracker.analysis.quarter import Quarter
from tracker.analysis.question import Question
from tracker.records import DUTCH_TIME, Agreement
from tracker.words import ties
from tracker.words.voice import N_, Voice

NAMED = 6
COMPARED = {
    "incidents": N_("Incidents"),
    "serious": N_("of which severity 3 or higher"),
    "averted": N_("Averted"),
    "activities": N_("Activities together"),
    "in_peacetime": N_("of which in peacetime"),
    "peacetime_days": N_("Days of peacetime"),
    "due": N_("Agreed meetings that fell due"),
    "held": N_("of which held"),
    "unanswered": N_("of which nobody said what became of them"),
    "organisations": N_("Organisations that were there"),
    "pairs": N_("Pairs of organisations that met"),
    "agreements_made": N_("Agreements made"),
    "agreements_done": N_("Agreements done"),
    "agreements_dropped": N_("Agreements dropped with a reason"),
    "weeks": N_("Weeks"),
    "unknown_weeks": N_("of which not logged"),
    "recess_weeks": N_("of which recess"),
}
PUBLIC_SENTENCES = {
    "persists": N_("Cooperation persists."),
    "falls_back": N_("Cooperation falls back."),
    "undecided": N_("Undecided: it cannot be said whether cooperation persists."),
    "too_early": N_("Too early to say whether cooperation persists."),
}
WHYS_OUT = {
    "exercise": N_("exercise"),
    "lawful_protest": N_("lawful protest"),
    "averted": N_("averted"),
    "not_reached": N_("did not reach people here"),
    "below_severity": N_("lighter than asked"),
}


def report_title(say: Voice, quarter: Quarter) -> str:
    """The title of the document: "Kwartaalrapport samenwerking, 3e kwartaal 2026"."""
    return say("Quarterly report on cooperation, {quarter}", quarter=ties.quarter(say, quarter))


def moment(say: Voice, when: datetime) -> str:
    """ "5 oktober 2026, 09.30 uur" on the clock of the Netherlands."""
    local = when.astimezone(DUTCH_TIME)
    clock = format_datetime(local, "HH.mm" if say.language == "nl" else "HH:mm", locale=say.language)
    return say("{day} at {clock}", day=say.date(local.date()), clock=clock)


def made_line(say: Voice, when: datetime) -> str:
    """When the report was made."""
    return say("Made on {moment}", moment=moment(say, when))


def period_line(say: Voice, window: Window) -> str:
    """The period that the verdict is about."""
    if window.first is None:
        return say("no period: nothing was logged")
    return say("{first} to {last}", first=say.date(window.first), last=say.date(window.last))


def coverage_of_log(say: Voice, window: Window) -> str:
    """In how many weeks of the period somebody logged."""
    if window.first is None:
        return say("nothing was logged")
    return say(
        "logged in {known} of the {weeks}",
        known=say.number(window.weeks - window.unknown_weeks),
        weeks=say.plural("{n} week", "{n} weeks", window.weeks),
    )


def filters_line(say: Voice, question: Question, kinds: Sequence[str] = ()) -> str:
    """What of the log was looked at; `kinds` are the labels of the chosen ones."""
    parts = [] if question.since is None else [say("from {day}", day=say.date(question.since))]
    if question.min_severity > 1:
        parts.append(say("incidents from severity {n}", n=question.min_severity))
    if question.calendar == "every-day":
        parts.append(say("counted on every day"))
    if kinds:
        parts.append(say("only {kinds}", kinds=say.and_list(kinds)))
    if question.starts_in_aftermath:
        parts.append(say("the log starts in the middle of an aftermath"))
    return "; ".join(parts) if parts else say("none: the whole log")


def filters_limits(say: Voice) -> str:
    """What filters do not reach."""
    return say(
        "Filters choose among incidents and activities. Of meetings, organisations and agreements all are "
        "counted."
    )


def elsewhere_limits(say: Voice, *, series: bool, threat: bool) -> list[str]:
    """What may not be concluded from what stands beside the log, one line each."""
    lines = []
    if series:
        lines.append(
            say(
                "Series were counted elsewhere: they show attention, not cooperation, and no verdict uses "
                "them. A week without a value is not known, and not zero."
            )
        )
    if threat:
        lines.append(
            say(
                "No measures belong to a level. It is of the whole country and says nothing of this "
                "municipality."
            )
        )
    return lines


def known_line(say: Voice, one: Side) -> str:
    """How much of a quarter is known; empty when all of it is."""
    name, found = ties.quarter(say, one.counts.quarter), one.counts
    if one.known == NOT_LOGGED:
        return say("{quarter} was not logged: that is no zero.", quarter=name)
    if one.known == PARTLY:
        return say(
            "{quarter} was logged in {known} of its {weeks}, so it may have had more.",
            quarter=name,
            known=say.number(found.weeks - found.unknown_weeks),
            weeks=say.plural("{n} week", "{n} weeks", found.weeks),
        )
    return ""


def happened_line(say: Voice, one: Side) -> str:
    """How many incidents there were, and how many were averted; nothing is said of what was not logged."""
    if one.known == NOT_LOGGED:
        return say("It is not known what happened in this quarter.")
    found = one.counts
    least = int(policy.value("peacetime_severity"))
    if found.serious:
        line = say.plural(
            "There was {n} incident of severity {least} or higher.",
            "There were {n} incidents of severity {least} or higher.",
            found.serious,
            least=least,
        )
    else:
        line = say("There were no incidents of severity {least} or higher.", least=least)
    lighter = found.incidents - found.serious
    if lighter:
        line += " " + say.plural("{n} was lighter.", "{n} were lighter.", lighter)
    if found.averted:
        line += " " + say.plural("{n} was averted.", "{n} were averted.", found.averted)
    return line


def together_line(say: Voice, found: Comparison) -> str:
    """What partners did together, beside a year earlier where that is known."""
    n, year = found.now.counts.activities, found.year.value("activities")
    line = say.plural("Partners did {n} activity together", "Partners did {n} activities together", n)
    if year is None or found.now.counts.running:
        return f"{line}."
    return say("{line}; a year earlier {n}.", line=line, n=say.number(year))


def meetings_line(say: Voice, found: Counts) -> str:
    """How many of the agreed meetings of the quarter took place."""
    if not found.due:
        return say("No agreed meeting fell due.")
    line = say.plural(
        "{held} of the {n} agreed meeting took place.",
        "{held} of the {n} agreed meetings took place.",
        found.due,
        held=say.number(found.held),
    )
    if not found.unanswered:
        return line
    unknown = say("Of {n} nobody said so.", n=say.number(found.unanswered))
    return f"{line} {unknown}"


def peacetime_line(say: Voice, found: Counts) -> str:
    """What was done on days of peacetime."""
    if not found.peacetime_days:
        return say("No day of this quarter is known to be peacetime.")
    return say.plural(
        "{days} of this quarter were peacetime. Partners did {n} activity together in them.",
        "{days} of this quarter were peacetime. Partners did {n} activities together in them.",
        found.in_peacetime,
        days=say.days(found.peacetime_days),
    )


def quiet_line(say: Voice, found: QuarterFacts) -> str:
    """The conclusion about what went quiet, by name."""
    if not found.structure.arrangements:
        return say("There are no arrangements yet.")
    if not found.dormant:
        return say("No arrangement has gone quiet.")
    names = _named(say, [one.agreed.name for one in found.dormant])
    line = say.plural(
        "{n} arrangement has gone quiet: {names}.",
        "{n} arrangements have gone quiet: {names}.",
        len(found.dormant),
        names=names,
    )
    fresh = len(found.went_quiet)
    if not fresh or fresh == len(found.dormant):
        return line
    newly = say.plural("{n} of them did so this quarter.", "{n} of them did so this quarter.", fresh)
    return f"{line} {newly}"


def absent_line(say: Voice, known: Cooperation, found: QuarterFacts) -> str:
    """Who missed several meetings in a row; empty when nobody did."""
    missed = [
        say(
            "{partner} missed the last {n} of {arrangement}",
            partner=known.partners[row.partner].name,
            n=row.missed,
            arrangement=known.arrangements[one.arrangement].name,
        )
        for one in found.absent
        for row in one.rows
        if row.left
    ]
    return f"{'; '.join(missed[:NAMED])}{_more(say, len(missed))}." if missed else ""


def attended_line(say: Voice, found: QuarterFacts) -> str:
    """How many of those who could come were there, and which share of the quarter before came again."""
    lines = []
    for share, text in (
        (found.attended, N_("Of those who could come to the meetings {share} were there.")),
        (found.stayed, N_("Of the organisations of the quarter before {share} came again.")),
    ):
        if share.stated and share.low is not None and share.high is not None:
            lines.append(say(text, share=say.of_every_hundred(share.low, share.high)))
    return " ".join(lines)


def held_line(say: Voice, found: QuarterFacts) -> str:
    """The range of what takes place of the meetings of the quarter, unanswered ones counted both ways."""
    low, high = found.held_share_lowest.low, found.held_share.high
    if low is None or high is None:
        return ""
    return say("Of the agreed meetings {range} takes place.", range=say.percent_range(low, high))


def began_line(say: Voice, known: Cooperation, found: QuarterFacts) -> str:
    """Which arrangements began in the quarter and which were ended by decision; empty for none."""
    lines = []
    for numbers, text in (
        (found.began, N_("Began in this quarter: {names}.")),
        (found.ended, N_("Ended by decision: {names}.")),
    ):
        if numbers:
            lines.append(say(text, names=_named(say, [known.arrangements[n].name for n in numbers])))
    return " ".join(lines)


def legacies_line(say: Voice, found: Sequence[Legacy]) -> str:
    """The conclusion about what arose after the serious incidents of the last year."""
    arose = sum(len(one.lives) for one in found)
    if not found:
        return say("The last year had no serious incident, so nothing could arise from one.")
    if not arose:
        return say("Nothing is tied to the serious incidents of the last year.")
    return say.plural(
        "Of {n} thing that arose after the serious incidents of the last year, {lasting} goes on or is done.",
        "Of the {n} things that arose after the serious incidents of the last year, "
        "{lasting} go on or are done.",
        arose,
        lasting=say.number(sum(one.lasting for one in found)),
    )


def promises_line(say: Voice, found: QuarterFacts) -> str:
    """What was agreed, done and dropped in the quarter."""
    return say(
        "Agreements in this quarter: {made} made, {done} done and {dropped} dropped.",
        made=say.number(len(found.made)),
        done=say.number(len(found.done)),
        dropped=say.number(len(found.dropped)),
    )


def agreement_when(say: Voice, one: Agreement, until: date) -> str:
    """When an agreement is due, was done, or why not, as short as a table asks."""
    if one.state == "done":
        return say("done on {day}", day=say.short_date(one.closed_on or one.due_on))
    if one.state == "wont_do":
        return say("will not be done: {reason}", reason=one.reason)
    day = say.short_date(one.due_on)
    return say("late, {day}", day=day) if one.due_on < until else day


def comparison_notes(say: Voice, found: Comparison) -> list[str]:
    """What to bear in mind when the quarters are compared: unknown weeks, recess, a quarter that runs."""
    notes = []
    if found.now.counts.running:
        notes.append(
            say("The quarter still runs: counted up to {day}.", day=say.date(found.now.counts.until))
        )
    notes += filter(None, (known_line(say, one) for one in (found.now, found.before, found.year)))
    sides = (found.now.counts, found.before.counts, found.year.counts)
    weeks = [f"{ties.quarter(say, one.quarter)}: {one.recess_weeks}" for one in sides]
    notes.append(say("Weeks of recess: {weeks}.", weeks="; ".join(weeks)))
    notes.append(say("A difference of a few may be chance. Do not compare municipalities."))
    return notes


def public_sentence(say: Voice, finding: Finding) -> str:
    """The verdict without a number or a name that could tell of few."""
    return say(PUBLIC_SENTENCES[finding.verdict])


def public_limits(say: Voice, least: int) -> list[str]:
    """What was left out of the public report, and why."""
    return [
        say(
            "Numbers from 1 to {most} are not shown, nor are totals they could be found from.", most=least - 1
        ),
        say("Themes, places, names and other texts that people wrote are left out."),
    ]


def _named(say: Voice, names: Sequence[str]) -> str:
    shown = list(names[:NAMED])
    rest = len(names) - len(shown)
    return say.and_list([*shown, say("{n} more", n=rest)] if rest else shown)


def _more(say: Voice, n: int) -> str:
    return f"; {say('and {n} more', n=n - NAMED)}" if n > NAMED else ""
