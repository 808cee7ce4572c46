"""Where cooperation came from: in heat or in peace, and whether a response used what was there already."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.analysis import policy, proportion
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate


@dataclass(frozen=True, kw_only=True)
class Reuse:
    """Responses to incidents that ran through an arrangement that was old enough before the incident.

    A response is an activity that somebody tied to the incident. `through`: incident id -> (responses that
    did, responses of which it is known). `unknown`: responses through an arrangement of which the age is not
    known. `share` takes every response for a trial of its own; those to one incident go together, so the
    true uncertainty is wider.
    """

    reused: int
    known: int
    unknown: int
    share: Estimate
    through: dict[int, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Born:
    """Of the `known` arrangements `in_peace` were not founded in heat; of `unknown` others nobody knows."""

    in_peace: int
    known: int
    unknown: int
    share: Estimate


def incident_before(known: Cooperation, day: date, within: int) -> int | None:
    """The last serious incident at most `within` days before `day` (or on it), by id; None without one."""
    serious = known.serious
    place = bisect_right(serious, day, key=lambda one: one[0])
    if place == 0 or (day - serious[place - 1][0]).days > within:
        return None
    return serious[place - 1][1]


def in_heat(known: Cooperation, day: date) -> bool | None:
    """True for something founded within 60 days after a serious incident.

    None when some of those days lie before the log: nobody knows what happened then.
    """
    within = int(policy.value("heat_days"))
    if incident_before(known, day, within) is not None:
        return True
    first = known.first_day
    return False if first is not None and first <= day - timedelta(days=within) else None


def born_in_peace(known: Cooperation) -> Born:
    """How many of the arrangements were founded in peace, exact interval over those of which it is known."""
    began = (known.founded_on(number) for number in known.arrangements)
    told = Counter(None if day is None else in_heat(known, day) for day in began)
    peace, of = told[False], told[False] + told[True]
    share = proportion.exact(peace, of, "no_arrangements")
    return Born(in_peace=peace, known=of, unknown=told[None], share=share)


def reuse(known: Cooperation) -> Reuse:
    """Over the activities since `known.since` that somebody tied to an incident that counts."""
    tied = known.activities[known.activities["incident"].isin(list(known.counts))]
    through: dict[int, tuple[int, int]] = {}
    unknown = 0
    for incident, arrangement, count in tied[["incident", "arrangement", "count"]].to_numpy().tolist():
        old = _was_there(known, arrangement, known.incidents[incident].happened_on)
        if old is None:
            unknown += count
            continue
        hit, of = through.get(incident, (0, 0))
        through[incident] = (hit + count * old, of + count)
    reused, all_known = (sum(pair[n] for pair in through.values()) for n in (0, 1))
    share = proportion.exact(reused, all_known, "no_responses")
    return Reuse(reused=reused, known=all_known, unknown=unknown, share=share, through=through)


def _was_there(known: Cooperation, arrangement: int, day: date) -> bool | None:
    """Whether an arrangement was old enough on `day`; None when its age is not known.

    When nobody said when it began, its first meeting counts, unless the log itself was too young then: it
    may well have met before.
    """
    if arrangement not in known.arrangements:
        return False
    began, old_enough = known.founded_on(arrangement), timedelta(days=policy.value("reuse_days"))
    if began is not None and began <= day - old_enough:
        return True
    said, first = known.arrangements[arrangement].started_on, known.first_day
    told = said is not None or (began is not None and first is not None and first <= day - old_enough)
    return False if told else None
