"""A finding -> what to do now, one step a case."""

from __future__ import annotations

from tracker.analysis import policy
from tracker.analysis.finding import Finding
from tracker.words.voice import N_, Voice

GO_ON = N_("nothing is needed now. Keep logging, also when all is quiet.")
ANSWER_BELOW = N_("first answer what stands below.")
ANSWER = N_("say what happened in the weeks that nobody logged, or that nothing happened.")
LOOK_BACK = N_("add earlier meetings and incidents from diaries and minutes. Then you wait less long.")

NEXT_STEPS = {
    "persists_peacetime": GO_ON,
    "persists_after_incident": GO_ON,
    "persists_no_pattern": GO_ON,
    "persists_no_incidents": GO_ON,
    "falls_back_level": N_(
        "choose one meeting that goes on without an incident, and agree on a fixed rhythm for it."
    ),
    "falls_back_year": N_(
        "look at Trend to see what became less. Decide what comes back and what stops with a reason."
    ),
    "falls_back_recent": N_(
        "look at Trend to see what became less. Decide what comes back and what stops with a reason."
    ),
    "undecided_recent_drop": N_("ask which meetings did not take place lately, and plan the next one."),
    "undecided_disagree": N_("check whether all incidents and meetings of the past year were logged."),
    "undecided_ran_ahead": N_(
        "check the days of the incidents: did the work start when one was expected, or was it logged late?"
    ),
    "undecided_border": N_(
        "look again in three months. Until then, log everything that partners do together."
    ),
    "undecided_half_life_open": N_("look again after a longer time without a serious incident."),
    "undecided_no_peacetime": N_("look again when {peace_days} have passed without a serious incident."),
    "undecided_unknown_weeks": ANSWER,
    "undecided_on_paper": N_("choose which work between incidents goes to one of the agreed meetings."),
    "undecided_not_through_meetings": N_("look at Rhythm: plan, pause or stop what has gone quiet."),
    "structure_holds": GO_ON,
    "structure_slips": N_("look at Rhythm: plan, pause or stop what has gone quiet."),
    "structure_undecided": N_("answer on Rhythm what became of the meetings that fell due."),
    "too_little_logged": ANSWER,
    "nothing_logged": N_("log the last meeting, or look at the example data first."),
}

NEXT_STEPS_TOO_EARLY = {
    "record_days": LOOK_BACK,
    "activities": N_("log everything that partners do together, earlier meetings too."),
    "level_width": N_("keep logging in quiet weeks too. They show what stays."),
    "retention_days": LOOK_BACK,
    "trend_width": N_("keep logging in quiet weeks too. They show what stays."),
    "retention_year": N_(
        "add what is missing from the last two years, for example from diaries and minutes."
    ),
    "arrangements_with_rhythm": N_("choose on Rhythm which meetings you have, and when they last met."),
    "expected_meetings": N_(
        "choose on Rhythm which other meetings you have, and fill in the past two years."
    ),
    "occurrences_without_answer": N_("answer on Rhythm what became of the meetings that fell due."),
    "coverage": ANSWER,
    "coverage_recent": ANSWER,
}


def next_step(say: Voice, finding: Finding, *, asks: bool = False) -> str:
    """What to do now, to be read after "Next step:"; a silence at the end of the log comes first.

    `asks`: what stands under it asks something, so there it does not say that nothing is needed.
    """
    silent_since = finding.window.silent_since
    if silent_since is not None:
        return say("say what happened after {day}, or that nothing happened.", day=say.date(silent_since))
    if finding.case == "too_early":
        first = finding.needed[0].what if finding.needed else "activities"
        return say(NEXT_STEPS_TOO_EARLY[first])
    step = NEXT_STEPS[finding.case]
    if step == GO_ON and finding.structure and any(one.dormant for one in finding.structure.rhythms):
        step = NEXT_STEPS["structure_slips"]  # "nothing is needed" above a list of what went quiet is untrue
    if step == GO_ON and asks:
        step = ANSWER_BELOW
    return say(step, peace_days=say.days(policy.value("peacetime_days")))
