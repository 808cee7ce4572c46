"""Who works with whom -> one plain object for programs, with the keys they may count on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.analysis import agreements, lives, origins, partners, survival, ties
from tracker.analysis.attendance import attendance
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.meetings import Meetings
from tracker.analysis.quarter import Quarter
from tracker.analysis.rhythm import Rhythm
from tracker.analysis.survival import MOMENTS, Curve, Life
from tracker.exchange.finding_json import estimate


def partners_object(
    known: Cooperation,
    quarter: Quarter,
    *,
    meetings: Meetings,
    rhythms: Iterable[Rhythm],
    domains: Sequence[str],
) -> dict[str, Any]:
    """Everything of the pages Partners and Agreements as dicts, texts and numbers; nothing is NaN.

    `quarter` is what pairs, lifecycle and coverage are of; the rest is as it stands on `known.until`.
    Organisations and arrangements stand by name, domains and roles by code, days as ISO text.
    """
    return {
        "until": known.until.isoformat(),
        "quarter": quarter.code,
        "pairs": _pairs(known, quarter),
        "lifecycle": _lifecycle(known, quarter),
        "coverage": _coverage(known, quarter, domains),
        "attendance": [_attendance(known, number) for number in _met(known)],
        "reuse": _reuse(known),
        "born_in_peace": _born(known),
        "key_roles": _key_roles(known),
        "ownership": _ownership(known),
        "agreements": _agreements(known),
        "survival": {
            "arrangements": _survival(*lives.of_arrangements(known, meetings, rhythms)),
            "agreements": _survival(*lives.of_agreements(known)),
        },
    }


def _pairs(known: Cooperation, quarter: Quarter) -> dict[str, Any]:
    found = ties.ties(known, quarter)
    return {
        "met": len(found.pairs),
        "new": [_names(known, pair) for pair in found.new],
        "lost": [_names(known, pair) for pair in found.lost],
        "stayed": found.stayed,
        "young": found.young,
        "activities": found.activities,
        "told": found.told,
        "kept": estimate(found.kept),
        "kept_year": estimate(found.year),
        "domains": [
            {"first": one.first, "second": one.second, "together": one.together, "year_before": one.before}
            for one in found.grid
        ],
    }


def _lifecycle(known: Cooperation, quarter: Quarter) -> dict[str, Any]:
    found = partners.lifecycle(known, quarter)
    silent = [{"name": known.partners[one].name, "last_seen": day.isoformat()} for one, day in found.silent]
    listed = {name: _names(known, getattr(found, name)) for name in ("new", "stayed", "returned")}
    return {**listed, "silent": silent}


def _coverage(known: Cooperation, quarter: Quarter, domains: Sequence[str]) -> dict[str, Any]:
    found = partners.coverage(known, quarter, domains)
    return {
        "activities": found.activities,
        "domains": found.at,
        "missing": list(found.missing),
        "spread": found.spread,
        "across": estimate(found.across),
    }


def _met(known: Cooperation) -> list[int]:
    """The arrangements that met since `known.since`, by name."""
    return [number for number in known.arrangements if (known.activities["arrangement"] == number).any()]


def _attendance(known: Cooperation, number: int) -> dict[str, Any]:
    found = attendance(known, number)
    rows = [
        {
            "partner": known.partners[row.partner].name,
            "recent": {"there": row.recent[0], "of": row.recent[1]},
            "year": {"there": row.year[0], "of": row.year[1]},
            "last_there": row.last_there.isoformat() if row.last_there else None,
            "missed": row.missed,
        }
        for row in found.rows
    ]
    return {"arrangement": known.arrangements[number].name, "meetings": len(found.meetings), "partners": rows}


def _reuse(known: Cooperation) -> dict[str, Any]:
    found = origins.reuse(known)
    return {
        "reused": found.reused,
        "known": found.known,
        "unknown": found.unknown,
        "share": estimate(found.share),
    }


def _born(known: Cooperation) -> dict[str, Any]:
    found = origins.born_in_peace(known)
    return {
        "in_peace": found.in_peace,
        "known": found.known,
        "unknown": found.unknown,
        "share": estimate(found.share),
    }


def _key_roles(known: Cooperation) -> dict[str, Any]:
    found = partners.key_roles(known)
    carriers = [
        {"partner": known.partners[partner].name, "role": role, "activities": count}
        for partner, role, count in found.carriers
    ]
    return {"fewest": found.fewest, "known": found.known, "total": found.total, "carriers": carriers}


def _ownership(known: Cooperation) -> dict[str, Any]:
    found = partners.ownership(known)
    gaps = {
        gap: [known.arrangements[number].name for number in getattr(found, gap)]
        for gap in ("no_owner", "no_second", "same_domain")
    }
    return {"running": found.running, **gaps, "shared": estimate(found.shared)}


def _agreements(known: Cooperation) -> dict[str, Any]:
    found = agreements.kept(known)
    return {
        "open": len(found.open) + len(found.overdue),
        "overdue": [known.agreements[number].text for number in found.overdue],
        "due": found.due,
        "done_on_time": found.done_on_time,
        "done_late": found.done_late,
        "dropped": found.dropped,
        "on_time": estimate(found.on_time),
    }


def _survival(found: list[Life], no_start: int) -> dict[str, Any]:
    curves = survival.survival(found, no_start)
    parts = {name: _curve(getattr(curves, name)) for name in ("all", "heat", "peace")}
    return {**parts, "no_start": no_start, "before_log": len(curves.before_log)}


def _curve(one: Curve) -> dict[str, Any]:
    return {
        "number": len(one.lives),
        "lasting": one.lasting,
        "after": {str(moment): estimate(one.at[moment]) for moment in MOMENTS},
    }


def _names(known: Cooperation, numbers: Iterable[int]) -> list[str]:
    return [known.partners[number].name for number in numbers]
