"""The facts that leave the analysis: estimates with their certainty, the finding, the timeline's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from tracker.analysis.estimate import MISSING, Estimate, Needed
from tracker.analysis.structure import Structure


@dataclass(frozen=True, kw_only=True)
class Window:
    """The judged period, both ends included, and how much of it is known.

    `coverage` = 1 - unknown_weeks / weeks. `silent_since` is the last entry when the silence after it
    is longer than the usual gap, so that nobody knows what happened since; else None.
    """

    first: date | None
    last: date
    days: int
    weeks: int
    unknown_weeks: int
    coverage: float
    last_entry: date | None = None
    silent_since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Everything the sentence, the chart, the report and the JSON are made from.

    `case` names the sentence: persists_peacetime | persists_after_incident | persists_no_pattern |
    persists_no_incidents | falls_back_level | falls_back_recent | falls_back_year | undecided_border |
    undecided_recent_drop | undecided_disagree | undecided_ran_ahead | undecided_half_life_open |
    undecided_no_peacetime | undecided_unknown_weeks | undecided_on_paper |
    undecided_not_through_meetings | structure_holds | structure_slips | structure_undecided | too_early |
    too_little_logged | nothing_logged.
    `certainty`: sure | fairly_sure | unsure | cannot_say. `reasons` are codes of `codes.REASONS`.
    `peacetime_days`: days of peacetime up to now, None when it is no peacetime; `days_since_incident` and
    `last_incident` (title, day): of the last serious incident; `incidents` and `activities` count
    what entered the model, `few_incidents` how many had their four weeks when fewer than five, else None.
    `raw_ratio` is the companion's ratio of peacetime over aftermath, `raw_agrees` whether the model's lies
    in its interval. `recent_since`: first day of the recent period that there is less in. `sensitive_to`:
    variants with another verdict: severity>=2 | severity>=3 | severity>=4 | equal_weights.
    `shape`: none | decays | two_speeds | step | undetermined. `holiday_factor`: what happens on school
    holidays over other days; `response_delay_days`: from an incident to the start of the response;
    `before_incidents`: activity in the four weeks before incidents over other quiet weeks.
    `starts_in_aftermath`: the model has a term for what was carried over into the log.
    `structure` is the second pillar, None when it was not asked for.
    """

    verdict: str
    activity_verdict: str
    structure_verdict: str
    case: str
    certainty: str
    window: Window
    reasons: tuple[str, ...] = ()
    needed: tuple[Needed, ...] = ()
    incidents: int = 0
    activities: float = 0
    left_out_incidents: int = 0
    left_out_activities: int = 0
    peacetime_days: int | None = None
    days_since_incident: int | None = None
    last_incident: tuple[str, date] | None = None
    few_incidents: int | None = None
    peacetime_level: Estimate = MISSING
    structural_share: Estimate = MISSING
    floor_now_per_week: Estimate = MISSING
    retention_year: Estimate = MISSING
    half_life_days: Estimate = MISSING
    days_back: Estimate = MISSING
    holiday_factor: Estimate = MISSING
    response_delay_days: Estimate = MISSING
    before_incidents: Estimate = MISSING
    starts_in_aftermath: bool = False
    shape: str = "undetermined"
    dispersion: float | None = None
    effect_lr: float | None = None
    raw_ratio: Estimate = MISSING
    raw_agrees: bool | None = None
    has_trend: bool = False
    recent_since: date | None = None
    sensitive_to: tuple[str, ...] = ()
    structure: Structure | None = None


@dataclass(frozen=True, kw_only=True)
class TimelineFacts:
    """What the timeline draws; rates are activities per week.

    `weeks`: one row a calendar week, ascending, no gaps: week (Monday), count, unknown (bool),
    floor and extra (the model's, NaN without a fit).
    `curve`: day, segment (int, +1 at every counted incident, where two rows share a day: before and
    after the jump), floor, floor_low, floor_high, expected; empty without a fit.
    `incidents`: day, title, severity, counts. `peace`: start, end, days, current (bool), spells of at
    least 28 days. `unknown`: start, end (both included) of stretches nobody logged. `recess`: first and
    last days of every recess.
    All days are datetime64; `first` and `last` bound the drawing, `last` is the line "today".
    """

    first: date
    last: date
    weeks: pd.DataFrame
    curve: pd.DataFrame
    incidents: pd.DataFrame
    peace: pd.DataFrame
    unknown: pd.DataFrame
    recess: tuple[tuple[date, date], ...] = ()
