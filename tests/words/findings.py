"""Findings to speak about: one for every case, made by hand so that the words can be read against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tracker.analysis.estimate import Estimate, Needed
from tracker.analysis.finding import Finding, Window
from tracker.analysis.structure import Structure

WINDOW = Window(
    first=date(2023, 3, 1),
    last=date(2026, 3, 1),
    days=1097,
    weeks=157,
    unknown_weeks=4,
    coverage=0.97,
    last_entry=date(2026, 2, 26),
)
LEVEL = Estimate(value=0.63, low=0.551, high=0.75, status="ok")
YEAR = Estimate(value=0.97, low=0.81, high=1.16, status="ok")
NEEDS = {
    "record_days": Needed(what="record_days", have=291, need=365, by=date(2027, 3, 2)),
    "activities": Needed(what="activities", have=39, need=40, by=date(2026, 12, 5)),
    "activities without a pace": Needed(what="activities", have=0, need=40),
    "level_width": Needed(what="level_width", have=0.712, need=0.6, by=date(2027, 8, 9)),
    "retention_days": Needed(what="retention_days", have=291, need=730, by=date(2028, 3, 1)),
    "retention_year": Needed(what="retention_year", have=11, need=62, recent=5, before=6),
    "trend_width": Needed(what="trend_width", have=4.2, need=3, by=date(2027, 8, 9)),
    "trend_width without an end": Needed(what="trend_width", have=float("inf"), need=3),
    "arrangements_with_rhythm": Needed(what="arrangements_with_rhythm", have=0, need=1),
    "expected_meetings": Needed(what="expected_meetings", have=5, need=12),
    "occurrences_without_answer": Needed(what="occurrences_without_answer", have=7, need=0),
    "coverage": Needed(what="coverage", have=0.599, need=0.6, by=date(2027, 1, 4)),
    "coverage_recent": Needed(what="coverage_recent", have=0.2, need=0.6),
}
ESTIMATES = {
    "ok": Estimate(value=28.3, low=22.6, high=34.3, status="ok"),
    "roughly": Estimate(value=28.3, low=11.2, high=61.9, status="roughly", why="wide_interval"),
    "open above": Estimate(low=41.4, status="open", why="open_end"),
    "open below": Estimate(high=9.4, status="open", why="search_edge"),
    "open on both sides": Estimate(status="open", why="open_end"),
    "hidden": Estimate(status="hidden", why="wide_interval"),
    "missing": Estimate(status="missing", why="no_incidents"),
}


def finding(case: str = "persists_peacetime", **changes: Any) -> Finding:
    """A believable finding of a case: three years, two incidents, a level; `changes` replace fields."""
    starts = ("persists", "falls_back", "undecided")
    verdict = next((start for start in starts if case.startswith(start)), "too_early")
    certainty = {"undecided": "unsure", "too_early": "cannot_say"}.get(verdict, "fairly_sure")
    plain = Finding(
        verdict=verdict,
        activity_verdict=verdict,
        structure_verdict="too_early",
        case=case,
        certainty=certainty,
        window=WINDOW,
        incidents=2,
        activities=104,
        peacetime_days=234,
        days_since_incident=323,
        last_incident=("Rellen op het plein", date(2025, 4, 12)),
        few_incidents=2,
        peacetime_level=LEVEL,
        retention_year=YEAR,
        floor_now_per_week=Estimate(value=1.62, low=1.21, high=2.14, status="ok"),
        half_life_days=ESTIMATES["ok"],
        days_back=ESTIMATES["open above"],
        structural_share=Estimate(status="hidden", why="wide_interval"),
    )
    return replace(plain, **changes)


def structure(**changes: Any) -> Structure:
    """A believable structure of eight arrangements; `changes` replace fields."""
    share = Estimate(value=0.85, low=0.71, high=0.93, status="ok")
    plain = Structure(
        verdict="holds",
        arrangements=8,
        rhythms=(),
        since=date(2025, 3, 1),
        expected=40,
        held=34,
        unanswered=3,
        adherence_upper=share,
        adherence_lower=replace(share, low=0.64),
        difference=Estimate(),
        judged=8,
        dormant=1,
    )
    return replace(plain, **changes)


def by_structure(case: str, of: Structure) -> Finding:
    """A finding in which the agreed meetings decide, with no incident and too little activity."""
    word = {"holds": "persists", "slips": "falls_back"}.get(of.verdict, of.verdict)
    return finding(
        case,
        structure=of,
        structure_verdict=of.verdict,
        verdict=word,
        activity_verdict="too_early",
        certainty="unsure" if word == "undecided" else "fairly_sure",
        needed=(NEEDS["retention_year"],),
        incidents=0,
        last_incident=None,
        peacetime_level=Estimate(),
    )


def every_case() -> dict[str, Finding]:
    """A name -> finding for every case, and for the turns a case can take."""
    empty = Window(first=None, last=date(2026, 3, 1), days=0, weeks=0, unknown_weeks=0, coverage=0.0)
    gone_silent = replace(WINDOW, silent_since=date(2025, 10, 12), unknown_weeks=20)
    hardly = replace(WINDOW, unknown_weeks=81, coverage=0.48)
    nothing = Estimate()
    no_figures = {
        "peacetime_level": nothing,
        "retention_year": nothing,
        "floor_now_per_week": nothing,
        "half_life_days": nothing,
        "days_back": nothing,
        "structural_share": nothing,
    }
    none_counted = {**no_figures, "retention_year": YEAR, "incidents": 0, "last_incident": None}
    all_needs = tuple(NEEDS[name] for name in ("record_days", "activities", "level_width", "retention_days"))
    long_title = "Bijeenkomst over de opvang liep uit de hand na een oproep op sociale media"
    return {
        "persists_peacetime": finding("persists_peacetime"),
        "persists_after_incident": finding(
            "persists_after_incident", peacetime_days=None, days_since_incident=41
        ),
        "persists_after_incident, today": finding("persists_after_incident", days_since_incident=0),
        "persists_after_incident, only light ones": finding(
            "persists_after_incident", days_since_incident=None, last_incident=None, peacetime_days=None
        ),
        "persists_after_incident, long title": finding(
            "persists_after_incident", days_since_incident=1, last_incident=(long_title, date(2026, 2, 28))
        ),
        "persists_no_pattern": finding("persists_no_pattern"),
        "persists_no_incidents": finding("persists_no_incidents", **none_counted),
        "persists, gone silent": finding("persists_peacetime", window=gone_silent),
        "falls_back_level": finding(
            "falls_back_level", peacetime_level=Estimate(value=0.31, low=0.22, high=0.43, status="ok")
        ),
        "falls_back_year": finding(
            "falls_back_year", retention_year=Estimate(value=0.5, low=0.37, high=0.68, status="ok")
        ),
        "falls_back_recent": finding("falls_back_recent", recent_since=date(2025, 9, 1)),
        "undecided_border": finding("undecided_border"),
        "undecided_on_paper": finding("undecided_on_paper", structure=structure(verdict="holds")),
        "undecided_not_through_meetings": finding(
            "undecided_not_through_meetings", structure=structure(verdict="slips")
        ),
        "structure_holds": by_structure("structure_holds", structure(verdict="holds")),
        "structure_holds, two names": by_structure(
            "structure_holds", structure(verdict="holds", names=("Weegploeg", "Lokale driehoek"))
        ),
        "structure_slips": by_structure("structure_slips", structure(verdict="slips", held=12, dormant=1)),
        "structure_slips, gone quiet": by_structure("structure_slips", structure(verdict="slips", dormant=4)),
        "structure_undecided, nobody answered": by_structure(
            "structure_undecided", structure(verdict="undecided", expected=0, held=0, unanswered=23)
        ),
        "structure_undecided": by_structure("structure_undecided", structure(verdict="undecided")),
        "undecided_recent_drop": finding("undecided_recent_drop", recent_since=date(2025, 9, 1)),
        "undecided_disagree": finding("undecided_disagree"),
        "undecided_ran_ahead": finding("undecided_ran_ahead", reasons=("ran_ahead",)),
        "leaning on severity": finding(sensitive_to=("severity>=3", "equal_weights")),
        "undecided_half_life_open": finding("undecided_half_life_open"),
        "undecided_no_peacetime": finding("undecided_no_peacetime", peacetime_days=None),
        "undecided_unknown_weeks": finding("undecided_unknown_weeks"),
        "too_early": finding("too_early", **no_figures, needed=all_needs),
        "too_early, one need": finding("too_early", **no_figures, needed=(NEEDS["activities"],)),
        "too_early, withered and silent": finding(
            "too_early",
            **{**no_figures, "incidents": 0, "last_incident": None},
            needed=(NEEDS["retention_year"],),
            window=gone_silent,
        ),
        "too_little_logged": finding(
            "too_little_logged", **no_figures, window=hardly, needed=(NEEDS["coverage"],)
        ),
        "nothing_logged": finding(
            "nothing_logged", **no_figures, window=empty, activities=0, incidents=0, last_incident=None
        ),
        "with things left out": finding(left_out_activities=12, left_out_incidents=3),
        "without unknown weeks": finding(window=replace(WINDOW, unknown_weeks=0, coverage=1.0)),
    }
