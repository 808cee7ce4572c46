"""What one incident left, in words: the first response, the ratchet, the shape, and the gap in urgency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.analysis.aftermath import Response
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.finding import Finding
from tracker.records import Framing
from tracker.words.codes import SHAPES, WHYS
from tracker.words.voice import Voice

_NARROW = (0.75, 4 / 3)


def response_line(say: Voice, known: Cooperation, found: Response) -> str:
    """How soon partners were together after an incident, and how often in its first quarter."""
    if found.first_days is None:
        return say("No joint activity was logged from the day of the incident on.")
    first = say("The first joint activity came {when}.", when=_when(say, found.first_days))
    if found.across_days is not None:
        across = say("Two domains were together {when}.", when=_when(say, found.across_days))
    else:
        across = say("Of no activity is it known that two domains were there.")
    total = say.plural(
        "{n} joint activity was logged up to {day}.",
        "{n} joint activities were logged up to {day}.",
        found.activities,
        day=say.date(found.until),
    )
    lines = [first, across, total]
    if found.next is not None:
        lines.append(say("Then came “{incident}”.", incident=known.incidents[found.next].title))
    return " ".join(lines)


def ratchet(say: Voice, step: Estimate | None) -> str:
    """Whether the floor stayed higher after an incident, with its range; never a bare number."""
    if step is None:
        return say("another serious incident was too near")
    if not step.stated or step.low is None or step.high is None:
        why = WHYS.get(step.why)
        return say("cannot be said: {why}", why=say(why)) if why else say("cannot be said")
    of_before = say("{range} of before", range=say.percent_range(step.low, step.high))
    if step.low > 1:
        return say("it stayed higher: {range}", range=of_before)
    if step.high < 1:
        return say("it became lower: {range}", range=of_before)
    if _NARROW[0] <= step.low and step.high <= _NARROW[1]:
        return say("back to the old level: {range}", range=of_before)
    return say("no change is certain: {range}", range=of_before)


def shape_line(say: Voice, finding: Finding) -> str:
    """How activity follows incidents over the whole log, in one line."""
    meaning = SHAPES[finding.shape]
    return say("The pattern over all incidents: {shape}.", shape=say(meaning))


def urgency_gap(say: Voice, framings: Sequence[Framing], domains: Mapping[str, str]) -> str:
    """Between which domains the urgency felt differs most; empty with fewer than two of them."""
    felt = sorted((one.urgency, domains.get(one.domain, one.domain)) for one in framings if one.urgency)
    if len(felt) < 2:
        return ""
    (low, least), (high, most) = felt[0], felt[-1]
    if low == high:
        return say("It feels equally urgent to all of them.")
    return say.plural(
        "Urgency differs by {n} point: {most} says {high}, {least} says {low}.",
        "Urgency differs by {n} points: {most} says {high}, {least} says {low}.",
        high - low,
        most=most,
        high=high,
        least=least,
        low=low,
    )


def _when(say: Voice, days: int) -> str:
    return say("on the same day") if days == 0 else say("after {days}", days=say.days(days))
