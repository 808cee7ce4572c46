"""The rhythm of arrangements -> one plain object for programs, with the keys they may count on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.analysis.rhythm import YEAR, Rhythm, in_period
from tracker.exchange.finding_json import estimate

EXPECTED = ("held", "moved", "cancelled", "not_held", "unknown")


def rhythm_object(rhythms: Sequence[Rhythm], *, until: date) -> dict[str, Any]:
    """Every arrangement as dicts, texts and numbers, in the given order; nothing is NaN or infinite.

    `expected` to `unknown` count the agreed meetings that fell due in the last 365 days, `planned` those of
    the 365 days ahead. `last_held` is an ISO day; it and `silence_days` are null when nobody ever met.
    """
    return {"until": until.isoformat(), "arrangements": [_arrangement(one, until) for one in rhythms]}


def _arrangement(one: Rhythm, until: date) -> dict[str, Any]:
    ahead = in_period(one.expected, until - YEAR, until + YEAR)
    return {
        "name": one.agreed.name,
        "expected": sum(one.counts.get(state, 0) for state in EXPECTED),
        "held": one.counts.get("held", 0),
        "moved": one.counts.get("moved", 0),
        "cancelled": one.counts.get("cancelled", 0),
        "not_held": one.counts.get("not_held", 0),
        "recess": one.counts.get("recess", 0),
        "unknown": one.counts.get("unknown", 0),
        "planned": sum(meeting.state == "planned" for meeting in ahead),
        "adherence_upper": estimate(one.adherence_upper),
        "adherence_lower": estimate(one.adherence_lower),
        "state": one.state,
        "silence_days": one.silence_days,
        "last_held": one.last_held.isoformat() if one.last_held else None,
        "earlier_gaps": len(one.gaps),
        "longer_gaps": one.longer_gaps,
        "last_12_months": one.last_12_months,
        "prior_24_months": one.prior_24_months,
        "ratio_12_24": estimate(one.ratio_12_24),
        "trend_per_year": estimate(one.trend_per_year),
    }
