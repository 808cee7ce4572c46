"""Facts -> words: one sentence per finding, labels, dates and numbers, in Dutch and in English.

The convention, so that every text in the house is found and translated:
- the voice is always named `say`: `say("English text {n}", n=...)`, and where a number bends the text
  `say.plural("{n} meeting", "{n} meetings", n)`;
- a text that stands in a table is marked: `N_("English text")`, and spoken later with `say(text)`;
- the English text is the key. `python -m tracker.words.collect` finds the texts under tracker/ and
  brings nl.po up to date; a test fails when one is missing, stale or not translated.

`speak(language)` gives the voice; pages and commands pass it on, nothing keeps it in a global.
"""

from __future__ import annotations

from functools import cache

from tracker.language import LANGUAGES, best_language
from tracker.words import (
    access,
    after,
    attention,
    changes,
    confidence,
    counts,
    direction,
    figures,
    glossary,
    goals,
    guarding,
    history,
    incidents,
    indicators,
    needs,
    ownership,
    problems,
    promises,
    report,
    review,
    rhythms,
    self_scan,
    sentences,
    steps,
    ties,
    urgency,
)
from tracker.words.voice import N_, Voice

__all__ = ["LANGUAGES", "N_", "Words", "best_language", "speak"]


class Words(Voice):
    """Everything the product can say in one language; made by `speak`."""

    sentence = sentences.sentence
    certainty = confidence.certainty
    certainty_word = confidence.certainty_word
    next_step = steps.next_step
    what_counts = counts.what_counts
    sensitivity = counts.sensitivity
    companion = counts.companion
    limits = counts.limits
    before_after = after.before_after
    before_after_limits = after.before_after_limits
    two_measures = after.two_measures
    after_ratio = after.after_ratio
    after_word = after.after_word
    day_zero = after.day_zero
    day_zero_limits = after.day_zero_limits
    labels_line = after.labels_line
    labels_limits = after.labels_limits
    series_line = attention.series_line
    series_limits = attention.series_limits
    series_around = attention.series_around
    series_around_limits = attention.series_around_limits
    amount = attention.amount
    threat_word = attention.threat_word
    threat_line = attention.threat_line
    threat_said = attention.threat_said
    threat_limits = attention.threat_limits
    history_line = history.history_line
    role_names = access.role_names
    did_word = access.did_word
    result_word = access.result_word
    line_about = access.line_about
    action_word = history.action_word
    kind_word = history.kind_word
    vocabulary_word = history.vocabulary_word
    done_words = history.done_words
    bulk_line = history.bulk_line
    circumstances = history.circumstances
    change = changes.change
    verdict_word = changes.verdict_word
    floor_course = changes.floor_course
    cadence = rhythms.cadence
    rhythm_state = rhythms.rhythm_state
    rhythm_score = rhythms.rhythm_score
    quiet = rhythms.quiet
    both_verdicts = rhythms.both_verdicts
    structure_line = rhythms.structure_line
    meeting_state = rhythms.meeting_state
    needed = needs.needed
    explanations = figures.explanations
    around_incidents = figures.around_incidents
    problem = problems.problem
    response_line = incidents.response_line
    ratchet = incidents.ratchet
    shape_line = incidents.shape_line
    urgency_gap = incidents.urgency_gap
    urgency_line = urgency.urgency_line
    urgency_shift = urgency.urgency_shift
    silent_domains = urgency.silent_domains
    gap_word = urgency.gap_word
    levels_line = urgency.levels_line
    contact_words = urgency.contact_words
    became_of = urgency.became_of
    urgency_questions = urgency.urgency_questions
    owned_line = ownership.owned_line
    part_word = ownership.part_word
    led_line = ownership.led_line
    lead_shift = ownership.lead_shift
    led_table = ownership.led_table
    ownership_questions = ownership.ownership_questions
    glossary_line = glossary.glossary_line
    glossary_question = glossary.glossary_question
    glossary_rows = glossary.glossary_rows
    glossary_help = glossary.glossary_help
    framing_rows = glossary.framing_rows
    framings_line = glossary.framings_line
    pairs_line = ties.pairs_line
    named_pairs = ties.named_pairs
    kept_line = ties.kept_line
    told_line = ties.told_line
    pairs_benchmark = ties.pairs_benchmark
    grid_line = ties.grid_line
    grid_unit = ties.grid_unit
    lifecycle_lines = ties.lifecycle_lines
    coverage_line = ties.coverage_line
    hangs_line = ties.hangs_line
    carrier_rows = ties.carrier_rows
    ownership_lines = ties.ownership_lines
    reuse_line = ties.reuse_line
    peace_line = ties.peace_line
    attendance_line = ties.attendance_line
    presence_word = ties.presence_word
    presence_score = ties.presence_score
    agreements_line = promises.agreements_line
    on_time_line = promises.on_time_line
    agreement_state = promises.agreement_state
    arrangements_last = promises.arrangements_last
    agreements_last = promises.agreements_last
    survival_limits = promises.survival_limits
    life_end = promises.life_end
    curve_label = promises.curve_label
    check_back_question = promises.check_back_question
    scan_line = self_scan.scan_line
    scan_certainty = self_scan.scan_certainty
    scan_word = self_scan.scan_word
    scan_score = self_scan.scan_score
    scan_change = self_scan.scan_change
    scan_progress = self_scan.scan_progress
    scan_limits = self_scan.scan_limits
    scan_promise = self_scan.scan_promise
    figures_line = indicators.figures_line
    indicator_rows = indicators.indicator_rows
    report_title = report.report_title
    moment = report.moment
    made_line = report.made_line
    period_line = report.period_line
    coverage_of_log = report.coverage_of_log
    filters_line = report.filters_line
    filters_limits = report.filters_limits
    elsewhere_limits = report.elsewhere_limits
    known_line = report.known_line
    happened_line = report.happened_line
    together_line = report.together_line
    meetings_line = report.meetings_line
    peacetime_line = report.peacetime_line
    quiet_line = report.quiet_line
    absent_line = report.absent_line
    attended_line = report.attended_line
    held_line = report.held_line
    began_line = report.began_line
    legacies_line = report.legacies_line
    promises_line = report.promises_line
    agreement_when = report.agreement_when
    comparison_notes = report.comparison_notes
    public_sentence = report.public_sentence
    public_limits = report.public_limits
    goals_line = goals.goals_line
    goal_status = goals.goal_status
    goal_asked = goals.goal_asked
    goal_now = goals.goal_now
    goal_row = goals.goal_row
    goal_rules = goals.goal_rules
    measure_rules = goals.measure_rules
    white_spots_line = direction.white_spots_line
    matrix_told = direction.matrix_told
    led_lines = direction.led_lines
    plan_origin = direction.plan_origin
    share_word = direction.share_word
    cell_line = direction.cell_line
    involve_line = direction.involve_line
    involve_basis = direction.involve_basis
    involve_gaps = direction.involve_gaps
    involve_rows = direction.involve_rows
    question_place = review.question_place
    became_line = review.became_line
    decided_line = review.decided_line
    decision_line = review.decision_line
    named_line = review.named_line
    guarded_line = review.guarded_line
    guarded_kind = guarding.guarded_kind
    why_no_person = guarding.why_no_person
    reasons_of_override = guarding.reasons_of_override
    override_reason = guarding.override_reason
    notice = guarding.notice
    let_pass_line = guarding.let_pass_line
    notices_in_all = guarding.notices_in_all
    notice_lines = guarding.notice_lines
    never_recorded = guarding.never_recorded
    kept_lines = guarding.kept_lines
    kind_of_record = guarding.kind_of_record
    field_rows = guarding.field_rows
    legal_questions = review.legal_questions
    as_it_stood = review.as_it_stood
    moved_line = review.moved_line


@cache
def _words(language: str) -> Words:
    return Words(language)


def speak(language: str) -> Words:
    """The words of "nl" or "en"; Dutch for any other language."""
    return _words(language if language in LANGUAGES else LANGUAGES[0])
