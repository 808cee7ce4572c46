"""A finding -> one plain object for programs, with the keys that other software may count on."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tracker.analysis import Assessment
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
)
PER_INCIDENT = ("ratio_0_89", "ratio_90_364", "ratio_181_545", "retention_step")
_MISSING = Estimate()


def verdict_object(assessment: Assessment, *, sentence: str, next_step: str) -> dict[str, Any]:
    """Everything of the verdict as dicts, lists, texts and numbers; nothing is NaN or infinite.

    What this version does not compute, and the second pillar when it was not asked for, is there with
    status `missing` or null, so that a reader need not ask which keys exist.
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
        "epoch": [],
        "incidents": _incidents(assessment.timeline.incidents),
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


def _incidents(incidents: pd.DataFrame) -> list[dict[str, Any]]:
    """Those that count, in the order they happened."""
    counted = incidents[incidents["counts"].astype(bool)]
    return [
        {
            "date": row.day.date().isoformat(),
            "title": row.title,
            "severity": int(row.severity),
            **{name: estimate(_MISSING) for name in PER_INCIDENT},
        }
        for row in counted.itertuples()
    ]
