"""The course of the verdict and of the floor, in words."""

from __future__ import annotations

from tracker.analysis.finding import Finding
from tracker.words.codes import CASES, NEEDS, VERDICTS
from tracker.words.voice import N_, Voice

SHORT = {
    "persists": N_("persists"),
    "falls_back": N_("falls back"),
    "undecided": N_("undecided"),
    "too_early": N_("too early"),
}


def change(say: Voice, before: Finding | None, after: Finding) -> str:
    """Why `after` has another verdict than `before`; empty when it has the same one."""
    if before is not None and before.verdict == after.verdict:
        return ""
    if after.verdict == "too_early":
        missing = say.and_list([say(NEEDS[need.what]) for need in after.needed[:2]])
        in_general = VERDICTS["too_early"]
        return say("not enough yet: {missing}", missing=missing) if missing else say(in_general)
    return say(CASES[after.case])


def verdict_word(say: Voice, finding: Finding) -> str:
    """The verdict in a word or two: "houdt stand"."""
    word = SHORT[finding.verdict]
    return say(word)


def floor_course(say: Voice, finding: Finding) -> str:
    """The conclusion above the floor per quarter, checked against its interval."""
    year = finding.retention_year
    if not year.stated or year.low is None or year.high is None:
        return say("It cannot be said yet whether the floor changes.")
    if year.low > 1:
        return say("The floor is higher than a year ago.")
    if year.high < 1:
        return say("The floor is lower than a year ago.")
    return say(
        "The floor lies at {range} of a year ago: no change is certain.",
        range=say.percent_range(year.low, year.high),
    )
