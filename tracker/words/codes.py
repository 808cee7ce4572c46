"""Every code that the product's JSON, files and refusals can hold, with its meaning.

The command `codes` lists them; a code that is not here has no meaning and fails a test.
"""

from __future__ import annotations

from tracker.words.problems import PROBLEMS
from tracker.words.self_scan import LESSONS, SAID
from tracker.words.voice import N_

VERDICTS = {
    "persists": N_("cooperation persists in peacetime"),
    "falls_back": N_("cooperation falls back in peacetime"),
    "undecided": N_("enough data, no decision either way"),
    "too_early": N_("too little data to say"),
}

STRUCTURE = {
    "holds": N_("the agreed meetings take place"),
    "slips": N_("the agreed meetings fall away"),
}

CASES = {
    "persists_peacetime": N_("persists, and it is peacetime now"),
    "persists_after_incident": N_("persists, also after the last incident"),
    "persists_no_pattern": N_("persists, without a pattern around incidents"),
    "persists_no_incidents": N_("persists, and no incident counted in the period"),
    "falls_back_level": N_("falls back: less than half remains in peacetime"),
    "falls_back_recent": N_("falls back: clearly less in the last half year or year than before"),
    "falls_back_year": N_("falls back: less than a year ago"),
    "undecided_border": N_("undecided: the result is near the border"),
    "undecided_recent_drop": N_("undecided: there seems to be less lately"),
    "undecided_disagree": N_("undecided: the simple count contradicts the model"),
    "undecided_ran_ahead": N_("undecided: activity already differed before incidents"),
    "undecided_half_life_open": N_("undecided: the fading cannot be told from the floor"),
    "undecided_no_peacetime": N_("undecided: too little peacetime"),
    "undecided_unknown_weeks": N_("undecided: it depends on weeks that nobody logged"),
    "undecided_on_paper": N_("undecided: the agreed meetings go on, the rest lives on incidents"),
    "undecided_not_through_meetings": N_("undecided: activity goes on, but not through agreed meetings"),
    "structure_holds": N_("persists, going by the agreed meetings"),
    "structure_slips": N_("falls back, going by the agreed meetings"),
    "structure_undecided": N_("undecided, going by the agreed meetings"),
    "too_little_logged": N_("too few weeks are known to say anything"),
    "nothing_logged": N_("the log is empty"),
}

CERTAINTY = {
    "sure": N_("the deciding bound lies well past the border and the log is nearly complete"),
    "fairly_sure": N_("decided, with a smaller margin or with more unknown weeks"),
    "unsure": N_("undecided"),
    "cannot_say": N_("too early, or too few weeks are known"),
}

REASONS = {
    "near_border": N_("the range covers the border between persists and falls back"),
    "half_life_open": N_("extra activity after incidents fades too slowly to be told from the floor"),
    "ran_ahead": N_("in the four weeks before incidents activity already differs from the floor"),
    "no_peacetime": N_("serious incidents come so often that too little peacetime is left"),
    "unknown_weeks": N_("the answer changes with what happened in the weeks that nobody logged"),
    "level_low": N_("less than half remains in peacetime of the quarter after an incident"),
    "recent_low": N_("the last half year or year is clearly lower than all peacetime before it"),
    "recent_drop": N_("the last half year or year is lower than all peacetime before it"),
    "raw_disagrees": N_("the simple count of peacetime against the first weeks contradicts the model"),
    "year_low": N_("the last year is clearly lower than the year before"),
    "no_incidents": N_("no incident counts in this period"),
    "no_pattern": N_("no pattern around incidents is visible"),
    "few_incidents": N_("there are fewer than five incidents with four weeks after them"),
}

NEEDS = {
    "record_days": N_("days from the first entry to the end of the period"),
    "activities": N_("joint activities that count"),
    "level_width": N_("width of the range of the level in peacetime"),
    "retention_days": N_("days of log to compare the last year with the year before"),
    "retention_year": N_("activities in peacetime of the last year and the year before, together"),
    "trend_width": N_("highest bound of the trend of the floor, over its lowest"),
    "arrangements_with_rhythm": N_("arrangements with a rhythm"),
    "expected_meetings": N_("agreed meetings that fell due"),
    "occurrences_without_answer": N_("meetings that fell due and have no answer"),
    "coverage": N_("share of the weeks that are known"),
    "coverage_recent": N_("share of the weeks of the last half year that are known"),
}

STATUSES = {
    "ok": N_("may be stated"),
    "roughly": N_("may be stated as a rough number"),
    "open": N_("one end of the range is unknown"),
    "hidden": N_("may not be stated"),
    "missing": N_("cannot be computed"),
}

WHYS = {
    "no_fit": N_("there is too little to calculate with"),
    "no_incidents": REASONS["no_incidents"],
    "no_effect": REASONS["no_pattern"],
    "wide_interval": N_("the range is too wide"),
    "open_end": N_("the upper bound is unknown"),
    "search_edge": N_("the result lies at the edge of what can be measured"),
    "few_incidents": REASONS["few_incidents"],
    "short_record": N_("the log is too short"),
    "no_activities": N_("no joint activity was logged"),
    "no_meetings": N_("no agreed meeting fell due"),
    "few_meetings": N_("there are too few meetings"),
    "no_pairs": N_("no two partners met"),
    "not_over": N_("the period after the incident is not over yet"),
    "nothing_before": N_("the year before the incident had no activity"),
    "later_incident": N_("another serious incident followed before the period was over"),
    "earlier_incident": N_("there was another serious incident in the year before"),
    "too_few_days": N_("there are too few days to compare"),
    "quarter_running": N_("the quarter still runs"),
    "no_lives": N_("nothing has a known beginning"),
    "few_lives": N_("there are fewer than eight"),
    "not_followed": N_("nobody was followed that long"),
    "no_attendance": N_("nobody wrote down who came"),
    "no_arrangements": N_("there are no arrangements"),
    "no_responses": N_("no activity is tied to an incident"),
    "no_agreements": N_("no agreement fell due"),
    "few_trials": N_("there are too few to speak of a share"),
    "range_covers_target": N_("the target lies within the range"),
    "who_came_unknown": N_("of some activities nobody wrote down who came"),
    "weeks_not_logged": N_("some weeks of the quarter were not logged"),
    "few_peacetime_days": N_("the quarter had too few days of peacetime"),
    "none_judged": N_("there is no arrangement whose silence can be judged"),
    "no_serious_incidents": N_("no serious incident had its time to be looked back on"),
    "no_followed": N_("no incident of the last year was followed for four weeks"),
    "few_followed": N_("there are fewer than six incidents to follow"),
    "no_serious": N_("no serious incident became eight weeks old in the last year"),
    "no_partners": N_("there are no organisations"),
    "few_phases": N_("too few activities have a phase"),
    "no_old_arrangements": N_("no arrangement with a rhythm is known to be three years old"),
    "young_log": N_("the log is younger than three years, or meetings lack an answer"),
    "few_holidays": N_("there are too few school holidays, or too few activities to compare"),
    "few_replies": N_("too few people answered to show it"),
    "still_open": N_("the round of the self-scan is still open"),
    "no_earlier_scan": N_("there is no earlier round to compare with"),
    "guessed_holidays": N_("some school holidays were guessed"),
    "other_shape": N_("another course fits the extra activity much better"),
    "unequal_incidents": N_("it changes when incidents may differ in how much follows them"),
}

SENSITIVE = {
    "severity>=2": N_("with only incidents of severity 2 and higher"),
    "severity>=3": N_("with only incidents of severity 3 and higher"),
    "severity>=4": N_("with only incidents of severity 4 and higher"),
    "equal_weights": N_("when every incident weighs the same"),
}

SHAPES = {
    "none": N_("activity does not follow incidents"),
    "decays": N_("extra activity after an incident fades at one pace"),
    "two_speeds": N_("a part of the extra activity fades fast and a part slowly"),
    "step": N_("the extra activity stayed"),
    "undetermined": N_("the shape cannot be determined"),
}

LEFT_OUT = {
    "exercise": N_("an exercise is no incident"),
    "lawful_protest": N_("a lawful protest is no incident"),
    "averted": N_("an averted incident did not happen"),
    "not_reached": N_("an event elsewhere that was not felt here"),
    "below_severity": N_("less severe than was asked for"),
}

STATES = {
    "held": N_("the meeting took place"),
    "planned": N_("the meeting is planned"),
    "moved": N_("the meeting took place on another day"),
    "cancelled": N_("the meeting was cancelled with a reason"),
    "not_held": N_("the meeting was not held, without a reason"),
    "recess": N_("recess"),
}

END_REASONS = {
    "secured": N_("the task found a permanent place"),
    "handed_over": N_("somebody else took it over"),
    "no_longer_needed": N_("it was no longer needed"),
}

SILENCE = {
    "nothing_happened": N_("nothing happened in these weeks"),
    "not_logged": N_("something may have happened, but nobody logged it"),
}

RHYTHM_STATES = {
    "on_rhythm": N_("the arrangement meets as agreed"),
    "late": N_("a meeting is past its day and its grace, without an answer"),
    "dormant": N_("the arrangement fell silent and nobody decided so"),
    "paused": N_("agreed not to meet for a while"),
    "ended": N_("ended on purpose, with a reason"),
    "on_demand": N_("the arrangement has no rhythm"),
}

BANDS = {
    "strong": N_("most people agree with the statements"),
    "discuss": N_("people agree in part, or differ"),
    "concern": N_("most people disagree with the statements"),
}

GROUPS: dict[str, dict[str, str]] = {
    "verdict": VERDICTS,
    "structure_verdict": STRUCTURE,
    "case": CASES,
    "certainty": CERTAINTY,
    "reasons": REASONS,
    "needed": NEEDS,
    "status": STATUSES,
    "why": WHYS,
    "shape": SHAPES,
    "sensitive_to": SENSITIVE,
    "left_out": LEFT_OUT,
    "state": STATES,
    "rhythm_state": RHYTHM_STATES,
    "end_reason": END_REASONS,
    "silence": SILENCE,
    "lesson": LESSONS,
    "statement": SAID,
    "band": BANDS,
    "problem": PROBLEMS,
}

CODES: dict[str, str] = {code: meaning for group in GROUPS.values() for code, meaning in group.items()}
