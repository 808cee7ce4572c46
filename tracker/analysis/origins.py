"""Where cooperation came from: in heat or in peace, and whether a response used what was there already."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from tracker.analysis import policy, proportion
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate


@dataclass(frozen=True, kw_only=True)
class Reuse:
    """Responses to incidents that ran through an arrangement that was old enough before the incident.

    `through`: incident id -> (responses that did, responses of which it is known). `unknown`: responses
    through an arrangement of which nobody said when it began, so that its age is not known.
    """

    reused: int
    known: int
    unknown: int
    share: Estimate
    through: dict[int, tuple[int, int]]


def incident_before(known: Cooperation, day: date, within: int) -> int | None:
    """The last serious incident at most `within` days before `day` (or on it), by id; None without one."""
    serious = known.serious
    place = bisect_right([when for when, _ in serious], day)
    if place == 0 or (day - serious[place - 1][0]).days > within:
        return None
    return serious[place - 1][1]


def in_heat(known: Cooperation, day: date) -> bool:
    """True for something founded within 60 days after a serious incident."""
    return incident_before(known, day, int(policy.value("heat_days"))) is not None


def born_in_peace(known: Cooperation) -> Estimate:
    """Share of the arrangements with a known beginning that were not founded in heat, exact interval."""
    began = [day for number in known.arrangements if (day := known.founded_on(number)) is not None]
    return proportion.exact(sum(not in_heat(known, day) for day in began), len(began), "no_arrangements")


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

    A first meeting in the log proves only that it is no younger than that.
    """
    if arrangement not in known.arrangements:
        return False
    said = known.arrangements[arrangement].started_on
    began = known.founded_on(arrangement)
    if began is None:
        return None
    old = (day - began).days >= policy.value("reuse_days")
    return None if not old and said is None and began <= day else old
