"""Two findings in a row -> why the verdict changed, for the strip of quarters."""

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
