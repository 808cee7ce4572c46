"""A finding -> one plain object for programs, with the keys that other software may count on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from tracker.analysis import AroundIncidents, Assessment
from tracker.analysis.before_after import WINDOWS, IncidentAfter
from tracker.analysis.estimate import Estimate, Needed
from tracker.analysis.finding import Finding
from tracker.analysis.structure import Structure

ESTIMATES = (
    "peacetime_level",
    "floor_now_per_week",
    "retention_year",
    "half_life_days",
    "days_back",
    "structural_share",
    "response_delay_days",
    "before_incidents",
    "holiday_factor",
)
_MISSING = Estimate()


def verdict_object(
    assessment: Assessment, around: AroundIncidents | None = None, *, sentence: str, next_step: str
) -> dict[str, Any]:
    """Everything of the verdict as dicts, lists, texts and numbers; nothing is NaN or infinite.

    What was not asked for (`around`, the second pillar) is there with status `missing`, null or an empty
    list, so that a reader need not ask which keys exist.
    """
    finding = assessment.finding
    return {
        "verdict": finding.verdict,
        "activity_verdict": finding.activity_verdict,
        "structure_verdict": finding.structure_verdict,
        "sentence": sentence,
        "next_step": next_step,
        "reasons": list(finding.reasons),
        "needed": [_needed(one) for one in finding.needed],
        "window": _window(finding),
        "counts": {"incidents": finding.incidents, "activities": number(finding.activities)},
        "estimates": {name: estimate(getattr(finding, name)) for name in ESTIMATES},
        "left_out": {"activities": finding.left_out_activities, "incidents": finding.left_out_incidents},
        "sensitive_to": list(finding.sensitive_to),
        "shape": finding.shape,
        "dispersion": number(finding.dispersion),
        "effect_lr": number(finding.effect_lr),
        "companion": {"peacetime_ratio": estimate(finding.raw_ratio), "agrees": finding.raw_agrees},
        "structure": _structure(finding.structure),
        "epoch": _epoch(around.epochs.mean) if around else [],
        "incidents": _incidents(assessment.timeline.incidents, around),
    }


def estimate(one: Estimate) -> dict[str, Any]:
    """A number with its interval; an infinite bound is null."""
    return {
        "value": number(one.value),
        "low": number(one.low),
        "high": number(one.high),
        "status": one.status,
        "why": one.why,
    }


def number(value: float | None) -> float | None:
    """A whole number without a point, and null for what is no number at all."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def _needed(one: Needed) -> dict[str, Any]:
    """`by` is the first day it will be there; the two years of retention_year stand apart."""
    years = {} if one.recent is None else {"recent": number(one.recent), "before": number(one.before)}
    by = one.by.isoformat() if one.by else None
    return {"what": one.what, "have": number(one.have), "need": number(one.need), "by": by, **years}


def _window(finding: Finding) -> dict[str, Any]:
    window = finding.window
    return {
        "from": window.first.isoformat() if window.first else None,
        "until": window.last.isoformat(),
        "days": window.days,
        "coverage": number(window.coverage),
        "last_entry": window.last_entry.isoformat() if window.last_entry else None,
    }


def _structure(structure: Structure | None) -> dict[str, Any]:
    return {
        "arrangements": structure.arrangements if structure else None,
        "adherence_upper": estimate(structure.adherence_upper if structure else _MISSING),
        "adherence_lower": estimate(structure.adherence_lower if structure else _MISSING),
        "peacetime_adherence_difference": estimate(structure.difference if structure else _MISSING),
        "dormant": structure.dormant if structure else None,
    }


def _epoch(mean: pd.DataFrame) -> list[dict[str, Any]]:
    """The mean activity per expected day around day 0; empty with fewer than five incidents."""
    return [
        {"week": int(row.week), "rate": number(row.rate), "low": number(row.low), "high": number(row.high)}
        for row in mean.itertuples()
    ]


def _incidents(incidents: pd.DataFrame, around: AroundIncidents | None) -> list[dict[str, Any]]:
    """Those that count, in the order they happened; `around` has the same ones, or is None."""
    counted = incidents[incidents["counts"].astype(bool)]
    found: Sequence[IncidentAfter | None] = around.table.incidents if around else [None] * len(counted)
    steps = {(one.day, one.title): one.retention_step for one in around.steps} if around else {}
    return [
        {
            "date": row.day.date().isoformat(),
            "title": row.title,
            "severity": int(row.severity),
            **{name: estimate(one.windows[name].ratio if one else _MISSING) for name in WINDOWS},
            "retention_step": estimate(steps.get((row.day.date(), row.title), _MISSING)),
        }
        for row, one in zip(counted.itertuples(), found, strict=True)
    ]
