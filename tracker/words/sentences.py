"""A finding -> the one sentence.

The sentence is the same string on the page, in the chart, in the report and on the command line.
It says "after" an incident, never "because of" it: the log cannot show causes.
"""

from __future__ import annotations

from datetime import date

from tracker.analysis import policy
from tracker.analysis.finding import Finding, Window
from tracker.words import needs
from tracker.words.voice import N_, Voice

LONGEST_TITLE = 60
NEEDS_IN_A_SENTENCE = 3

SENTENCES = {
    "persists_peacetime": N_(
        "Cooperation persists. It has been peacetime for {peacetime} and the floor is still there."
    ),
    "persists_after_incident": N_("Cooperation persists. {since} after {incident} the floor is still there."),
    "persists_no_pattern": N_("Cooperation persists. No pattern around incidents is visible."),
    "persists_no_incidents": N_(
        "Cooperation persists. No incident counted in this period and the work went on."
    ),
    "falls_back_level": N_(
        "Cooperation falls back. In peacetime less than half remains of the quarter after an incident."
    ),
    "falls_back_recent": N_("Cooperation falls back. Since {recent} there is clearly less than before."),
    "falls_back_year": N_("Cooperation falls back. The floor is lower than a year ago."),
    "undecided_border": N_("Undecided. There are enough data, but the result is near the border."),
    "undecided_recent_drop": N_("Undecided. Since {recent} there seems to be less than before."),
    "undecided_disagree": N_("Undecided. The model and the simple count point in different directions."),
    "undecided_ran_ahead": N_(
        "Undecided. In the four weeks before incidents there was already more or less activity than usual."
    ),
    "undecided_half_life_open": N_(
        "Undecided. The extra attention after incidents fades too slowly to be told from the floor."
    ),
    "undecided_no_peacetime": N_("Undecided. There was too little peacetime to judge by."),
    "undecided_unknown_weeks": N_("Undecided. It depends on what happened in the weeks that nobody logged."),
    "undecided_on_paper": N_("Undecided. The agreed meetings go on, but most work lives on incidents."),
    "undecided_not_through_meetings": N_(
        "Undecided. There is activity between incidents, but not through the agreed meetings."
    ),
    "structure_holds": N_("Cooperation persists: {held} of the {expected} agreed meetings took place."),
    "structure_slips": N_("Cooperation falls back: {held} of the {expected} agreed meetings took place."),
    "structure_undecided": N_("Undecided: {held} of the {expected} agreed meetings took place."),
    "too_early": N_("Too early to say whether cooperation persists."),
    "nothing_logged": N_("Too early to say whether cooperation persists."),
    "too_little_logged": N_("I can't say. It is not known what happened in {unknown} of the {weeks}."),
}


def sentence(say: Voice, finding: Finding) -> str:
    """The one sentence of a finding: two or three short ones, with the silence at the end of the log."""
    spoken = [say(_sentence(finding), **_values(say, finding))]
    if finding.case == "too_early":
        spoken += _still_needed(say, finding)
    if finding.case.startswith("structure_"):
        spoken += _about_the_other(say, finding)
    quiet = _nothing_logged_since(finding.window)
    if quiet is not None:
        spoken.append(say("Since {day} nothing was logged.", day=say.date(quiet)))
    return " ".join(spoken)


def _about_the_other(say: Voice, finding: Finding) -> list[str]:
    """What the other pillar says when the agreed meetings decide, and on how few arrangements that rests."""
    names = finding.structure.names if finding.structure else ()
    rests = [say("This rests on {names} only.", names=say.and_list(names))] if names else []
    if finding.activity_verdict == "too_early":
        return [*rests, say("It is too early to say how attention fades after incidents.")]
    return [*rests, say("What partners do besides lies near the border.")]


def _nothing_logged_since(window: Window) -> date | None:
    """The last entry when it is a while ago: also where such a silence is usual and no week is unknown."""
    if window.silent_since is not None or window.last_entry is None:
        return window.silent_since
    long_ago = (window.last - window.last_entry).days > policy.value("silence_least_days")
    return window.last_entry if long_ago else None


def _sentence(finding: Finding) -> str:
    if finding.case == "persists_after_incident" and finding.last_incident is None:
        return N_("Cooperation persists. After incidents the floor is still there too.")
    if finding.case == "persists_after_incident" and not finding.days_since_incident:
        return N_("Cooperation persists. After {incident} the floor is still there.")
    structure = finding.structure
    if (
        finding.case == "structure_slips"
        and structure is not None
        and 3 * structure.dormant >= structure.judged
    ):
        return N_("Cooperation falls back: {dormant} of the {judged} arrangements have gone quiet.")
    if finding.case == "structure_undecided" and structure is not None and not structure.expected:
        return N_("Undecided: of {unanswered} agreed meetings nobody said whether they took place.")
    return SENTENCES[finding.case]


def _values(say: Voice, finding: Finding) -> dict[str, str]:
    """Everything any sentence names; a case whose fact is missing does not use it."""
    title = finding.last_incident[0] if finding.last_incident else ""
    return {
        "peacetime": say.days(finding.peacetime_days or 0),
        "since": say.days(finding.days_since_incident or 0),
        "incident": f"“{_shortened(title)}”",
        "held": say.number(finding.structure.held if finding.structure else 0),
        "unanswered": say.number(finding.structure.unanswered if finding.structure else 0),
        "expected": say.number(finding.structure.expected if finding.structure else 0),
        "dormant": say.number(finding.structure.dormant if finding.structure else 0),
        "judged": say.number(finding.structure.judged if finding.structure else 0),
        "recent": say.month(finding.recent_since) if finding.recent_since else "",
        "unknown": say.number(finding.window.unknown_weeks),
        "weeks": say.plural("{n} week", "{n} weeks", finding.window.weeks),
    }


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


def _still_needed(say: Voice, finding: Finding) -> list[str]:
    """Three needs a sentence: a longer list cannot be read aloud."""
    items = [needs.briefly(say, need) for need in finding.needed]
    first, rest = items[:NEEDS_IN_A_SENTENCE], items[NEEDS_IN_A_SENTENCE:]
    spoken = [say("Still needed: {list}.", list=say.and_list(first))] if first else []
    return [*spoken, say("Also needed: {list}.", list=say.and_list(rest))] if rest else spoken
