"""Replies to the self-scan -> what may be said of the four lessons, and nothing that tells of few.

People answer eight statements with one to five points, or not. A score is the mean of the means of its
statements: what is said of a lesson then holds nothing that its statements do not show already.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tracker.analysis import policy
from tracker.analysis.estimate import Estimate
from tracker.analysis.quarter import Quarter

# Lesson -> the codes of its statements, in the order in which they are asked.
STATEMENTS: dict[str, tuple[str, ...]] = {
    "urgency": ("urgency_peace", "urgency_shared"),
    "ownership": ("ownership_role", "ownership_taken"),
    "language": ("language_words", "language_view"),
    "direction": ("direction_goal", "direction_lead"),
}
ASKED = tuple(statement for statements in STATEMENTS.values() for statement in statements)
POINTS = (1, 2, 3, 4, 5)
BANDS = ("strong", "discuss", "concern")

Reply = Mapping[str, int]  # statement -> points; what somebody does not know is not in it


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round as it may be seen: while it is open only whether there are enough replies.

    Were its scores shown while it runs, each reply could be read from the change it makes. `enough`: at
    least k replies, k being the policy constant least_cell. `replies` is None while it is open or there are
    not enough. Scores are in points from 1 to 5; those that may not be shown have the status hidden and say
    why (still_open, few_replies): a statement with fewer than k answers, a lesson with such a statement, and
    all lessons together when one of them is hidden.
    """

    id: int
    quarter: Quarter
    closed: bool
    enough: bool
    replies: int | None
    overall: Estimate
    lessons: Mapping[str, Estimate]
    statements: Mapping[str, Estimate]


@dataclass(frozen=True, kw_only=True)
class Course:
    """How a score went: its last round that may be shown, the one before it, and the difference in points."""

    now: Round
    before: Round | None
    difference: Estimate


def round_of(number: int, quarter: Quarter, replies: Sequence[Reply], *, closed: bool) -> Round:
    """What may be seen of the replies to one round."""
    enough = len(replies) >= least_replies()
    said = score if closed else _still_open
    return Round(
        id=number,
        quarter=quarter,
        closed=closed,
        enough=enough,
        replies=len(replies) if closed and enough else None,
        overall=said(replies, ASKED),
        lessons={lesson: said(replies, asked) for lesson, asked in STATEMENTS.items()},
        statements={statement: said(replies, (statement,)) for statement in ASKED},
    )


def least_replies() -> int:
    """How many replies there must be before anything is said of them."""
    return int(policy.value("least_cell"))


def score(replies: Sequence[Reply], statements: Sequence[str]) -> Estimate:
    """The mean of the means of some statements, hidden when one of them has too few answers.

    The interval is that of t after adding two imagined people, one who gives the least points everywhere and
    one who gives the most, as Agresti and Coull (1998) add failures and successes to a share. Without them
    five people who agree would give an interval without width. A person is one observation, whatever the
    number of statements, because the answers of one person go together. It never leaves 1 to 5.
    """
    from scipy.special import stdtrit  # here, for the store reads this module to bring in a list

    if any(sum(one in reply for reply in replies) < least_replies() for one in statements):
        return Estimate(status="hidden", why="few_replies")
    given = np.array([[reply.get(one, math.nan) for one in statements] for reply in replies], dtype=float)
    mean = float(np.nanmean(given, axis=0).mean())
    lowest, highest = POINTS[0], POINTS[-1]
    imagined = np.full((2, len(statements)), [[lowest], [highest]], dtype=float)
    centre, error, people = _mean_and_error(np.vstack([given, imagined]))
    half = float(stdtrit(people - 1, (1 + policy.value("confidence")) / 2)) * error
    return Estimate(
        value=mean,
        low=max(lowest, min(mean, centre - half)),
        high=min(highest, max(mean, centre + half)),
        status="ok",
    )


def change(now: Estimate, before: Estimate) -> Estimate:
    """How much higher a score is than an earlier one, in points; the interval joins those of the two.

    By the method of Zou and Donner (2008), as for shares. Taken as if the two rounds had other people: the
    same people would give less chance, so the interval is rather too wide.
    """
    if not (now.stated and before.stated):
        return Estimate(status="hidden", why="few_replies")
    (value, low, high), (earlier, least, most) = _numbers(now), _numbers(before)
    difference = value - earlier
    below = math.hypot(value - low, most - earlier)
    above = math.hypot(high - value, earlier - least)
    return Estimate(value=difference, low=difference - below, high=difference + above, status="ok")


def band(found: Estimate) -> str:
    """One of BANDS for a score, empty when it may not be shown. Where the borders lie is a convention."""
    return _band(found.value) if found.value is not None else ""


def clear(found: Estimate) -> bool:
    """True when the whole interval lies in the band of the score."""
    return found.stated and len({_band(points) for points in _numbers(found)}) == 1


def course(rounds: Iterable[Round], lesson: str = "") -> Course | None:
    """The last two rounds in which a lesson (all together without one) may be shown; None without any."""
    shown = [one for one in rounds if of_lesson(one, lesson).stated]
    if not shown:
        return None
    if len(shown) == 1:
        return Course(now=shown[0], before=None, difference=Estimate(status="missing", why="no_earlier_scan"))
    before, now = shown[-2:]
    difference = change(of_lesson(now, lesson), of_lesson(before, lesson))
    return Course(now=now, before=before, difference=difference)


def of_lesson(one: Round, lesson: str) -> Estimate:
    """The score of a lesson in a round, of all together for an empty name."""
    return one.lessons[lesson] if lesson else one.overall


def _band(points: float) -> str:
    if points >= policy.value("scan_strong"):
        return "strong"
    return "concern" if points < policy.value("scan_concern") else "discuss"


def _numbers(found: Estimate) -> tuple[float, float, float]:
    """Value, low and high of a score that may be shown."""
    assert found.value is not None, found
    assert found.low is not None, found
    assert found.high is not None, found
    return found.value, found.low, found.high


def _still_open(replies: Sequence[Reply], statements: Sequence[str]) -> Estimate:
    return Estimate(status="hidden", why="still_open")


def _mean_and_error(given: np.ndarray) -> tuple[float, float, int]:
    """The mean of the column means of (people, statements), its standard error, and how many people it
    rests on: those of the statement that fewest answered. NaN is no answer.

    Each person pulls the mean by what it would move without that person (the jackknife in first order).
    """
    answered = ~np.isnan(given)
    counts, means = answered.sum(axis=0), np.nanmean(given, axis=0)
    pull = (np.where(answered, given - means, 0.0) / counts).mean(axis=1)
    people = int(counts.min())
    return float(means.mean()), math.sqrt(people / (people - 1) * float((pull**2).sum())), people
