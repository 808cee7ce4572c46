"""What entered a finding and what stayed out, and what no count can say."""

from __future__ import annotations

from tracker.analysis.finding import Finding
from tracker.words.codes import SENSITIVE
from tracker.words.voice import Voice


def what_counts(say: Voice, finding: Finding) -> str:
    """How much was counted over which period, and how much was left out and why."""
    if finding.window.first is None:
        return say("Nothing has been logged yet.")
    counted = say(
        "Counted: {activities} and {incidents}, from {first} to {last}.",
        activities=_activities(say, finding.activities),
        incidents=_incidents(say, finding.incidents),
        first=say.date(finding.window.first),
        last=say.date(finding.window.last),
    )
    return " ".join([counted, *_left_out(say, finding)])


def leaning(say: Voice, finding: Finding) -> str:
    """What the verdict leans on; empty when other choices of incidents give the same."""
    if not finding.sensitive_to:
        return ""
    variants = [say(SENSITIVE[code]) for code in finding.sensitive_to]
    return say("The verdict would be different {variants}.", variants=say.either_list(variants))


def sensitivity(say: Voice, finding: Finding) -> str:
    """Whether the verdict stays the same with other choices of incidents; empty when none can be made."""
    if finding.certainty == "cannot_say" or finding.incidents == 0:
        return ""
    return leaning(say, finding) or say(
        "The verdict stays the same with only the more serious incidents, and when all weigh the same."
    )


def companion(say: Voice, finding: Finding) -> str:
    """The simple count beside the model; empty when there is nothing to compare."""
    ratio = finding.raw_ratio
    if not ratio.stated or ratio.low is None or ratio.high is None:
        return ""
    counted = say(
        "Simply counted, peacetime has {range} of the activity of the first four weeks after an incident.",
        range=say.percent_range(ratio.low, ratio.high),
    )
    agrees = say("The model agrees.") if finding.raw_agrees else say("The model says otherwise.")
    return f"{counted} {agrees}"


def limits(say: Voice) -> str:
    """What no figure here can say."""
    return say("Nobody can count what did not happen. More logged is not more done.")


def _left_out(say: Voice, finding: Finding) -> list[str]:
    spoken = []
    if finding.left_out_activities:
        spoken.append(
            say(
                "Left out: {activities} that partners did not do together.",
                activities=_activities(say, finding.left_out_activities),
            )
        )
    if finding.left_out_incidents:
        spoken.append(
            say(
                "Left out: {incidents} such as an exercise, a lighter one or one that was not felt here.",
                incidents=_incidents(say, finding.left_out_incidents),
            )
        )
    return spoken


def _activities(say: Voice, n: float) -> str:
    return say.plural("{n} activity", "{n} activities", n)


def _incidents(say: Voice, n: int) -> str:
    return say.plural("{n} incident", "{n} incidents", n)
