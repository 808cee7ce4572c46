"""The rounds of the self-scan -> one plain object for programs, with the keys they may count on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.analysis.estimate import Estimate
from tracker.analysis.self_scan import Round, band, clear, least_replies
from tracker.exchange.finding_json import estimate


def scan_object(rounds: Sequence[Round]) -> dict[str, Any]:
    """Every round in the given order: what the screen may show, and no more.

    `replies` is null while a round is open and below `least`. A score is an estimate in points from 1 to 5
    with its `band` (empty when hidden) and whether its whole range lies in it (`clear`).
    """
    return {"least": least_replies(), "rounds": [_round(one) for one in rounds]}


def _round(one: Round) -> dict[str, Any]:
    return {
        "quarter": one.quarter.code,
        "closed": one.closed,
        "enough": one.enough,
        "replies": one.replies,
        "overall": _score(one.overall),
        "lessons": {name: _score(found) for name, found in one.lessons.items()},
        "statements": {name: _score(found) for name, found in one.statements.items()},
    }


def _score(found: Estimate) -> dict[str, Any]:
    return {**estimate(found), "band": band(found), "clear": clear(found)}
