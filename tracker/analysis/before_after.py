"""Daily series and incidents -> per incident the activity afterwards over that of the year before.

No model: a ratio of two rates on days that can have activity and of which somebody knows. The interval is the
wider of the exact conditional one and one that allows for weeks that differ more than chance and resemble
the week before them. That is on the safe side: extra activity that fades within weeks counts as unevenness
too. A word is chosen only after Holm over the incidents, because of many ratios some differ by chance. A
ratio says what came after an incident, never what came of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np
from scipy.special import betainc, stdtr, stdtrit

from tracker.analysis import calendar, peacetime, policy
from tracker.analysis.estimate import Estimate
from tracker.analysis.question import LoggedIncident
from tracker.analysis.series import Series

# Days after the incident, both included; the last one is peacetime if nothing else happens.
WINDOWS = {"ratio_0_89": (0, 89), "ratio_90_364": (90, 364), "ratio_181_545": (181, 545)}
BEFORE_DAYS = 365
_WEEK = 7

Totals = tuple[float, float]
Key = TypeVar("Key")


@dataclass(frozen=True, kw_only=True)
class After:
    """One window after an incident against the year before it.

    `ratio` is per expected day with its 95 % interval: `roughly` when another serious incident came before
    the window was over (why: later_incident) or in the year before (earlier_incident); open with only a lower
    bound when that year had no activity; hidden when the weeks are too uneven to say anything. `chance`: the
    two-sided p of no change, None without a ratio. `changed`: up | down | none, after Holm over all
    incidents; empty when it cannot be said. `later`: the serious incidents after this one, up to the end of
    the window.
    """

    ratio: Estimate
    chance: float | None = None
    changed: str = ""
    later: int = 0

    @property
    def compared(self) -> bool:
        """True when there is an interval to show."""
        return self.ratio.stated or self.ratio.status == "open"


@dataclass(frozen=True, kw_only=True)
class IncidentAfter:
    """What came after one incident; `windows` has the names of `WINDOWS`.

    `earlier` counts the serious incidents in the year before, whose aftermath is in the comparison.
    """

    day: date
    title: str
    severity: int
    earlier: int
    windows: Mapping[str, After]


@dataclass(frozen=True, kw_only=True)
class BeforeAfter:
    """Every counted incident in the order they happened.

    `compared`: ratios with an interval, those of one day once; `apart`: how many of their 95 % intervals
    leave out 1; `by_chance`: how many would do so if nothing ever changed.
    """

    incidents: tuple[IncidentAfter, ...] = ()
    compared: int = 0
    apart: int = 0
    by_chance: float = 0.0

    def said(self, window: str, word: str) -> int:
        """How many incidents have this word in this window."""
        return sum(one.windows[window].changed == word for one in self.incidents)


def before_after(series: Series, incidents: Sequence[LoggedIncident]) -> BeforeAfter:
    """The ratios of all incidents that count and lie in the series; each day is compared once."""
    counted = [one for one in incidents if one.counts]
    known, expected = peacetime.known(series), calendar.exposure(series.first, series.last, series.calendar)
    days = sorted({(one.day - series.first).days for one in counted})
    by_window = {
        name: _with_words({day: _after(series, known, expected, day, *span) for day in days})
        for name, span in WINDOWS.items()
    }
    ratios = [one.ratio for of_day in by_window.values() for one in of_day.values() if one.compared]
    return BeforeAfter(
        incidents=tuple(_incident(series, by_window, one) for one in counted),
        compared=len(ratios),
        apart=sum(_leaves_out_one(ratio) for ratio in ratios),
        by_chance=len(ratios) * (1 - policy.value("confidence")),
    )


def compare(series: Series, known: np.ndarray, after: slice, before: slice) -> tuple[Estimate, float]:
    """The ratio of two stretches of days with its 95 % interval, and the two-sided p of no change.

    `known` marks the days that may be counted. Assumes such days on both sides and activity on one.
    """
    ours, theirs = (_total(series, known, days) for days in (after, before))
    spreads = [weekly_spread(series, known, days) for days in (after, before)]
    worst = max(1.0, *(factor for factor, _ in spreads))
    none_on_a_side = min(ours[0], theirs[0]) == 0
    exact = _exact(ours, theirs, worst if none_on_a_side else 1.0)
    if none_on_a_side:
        return exact
    weekly = _weekly(ours, theirs, spreads)
    return max(exact, weekly, key=lambda found: _width(found[0]))


def holm(chances: Mapping[Key, float]) -> dict[Key, float]:
    """The p of several questions adjusted for asking them all, by Holm's step-down (Holm 1979)."""
    adjusted, least = {}, 0.0
    for place, (key, chance) in enumerate(sorted(chances.items(), key=lambda item: item[1])):
        least = min(1.0, max(least, chance * (len(chances) - place)))
        adjusted[key] = least
    return adjusted


def weekly_spread(series: Series, known: np.ndarray, days: slice) -> tuple[float, float]:
    """How much more the weeks of a stretch vary than chance would make them, and the degrees of freedom.

    Pearson dispersion over whole weeks from its first day on, times (1 + r) / (1 - r) for the correlation r
    of a week with the next (not below 0); the freedom is divided by the same. (1, inf) without two weeks.
    """
    exposed, counts = (_by_week(array, known, days) for array in (series.exposure, series.counts))
    used = exposed > 0
    weeks = int(used.sum())
    if weeks < 2 or not counts[used].any():
        return 1.0, np.inf
    hoped = np.where(used, exposed * counts[used].sum() / exposed[used].sum(), 1.0)
    off = np.where(used, (counts - hoped) / np.sqrt(hoped), 0.0)
    squares = float(np.square(off).sum())
    alike = max(0.0, float((off[1:] * off[:-1]).sum()) / squares) if squares > 0 else 0.0
    lengthened = (1 + alike) / (1 - alike)
    return squares / (weeks - 1) * lengthened, (weeks - 1) / lengthened


def _incident(
    series: Series, by_window: Mapping[str, Mapping[int, After]], one: LoggedIncident
) -> IncidentAfter:
    day = (one.day - series.first).days
    return IncidentAfter(
        day=one.day,
        title=one.title,
        severity=one.severity,
        earlier=_serious(series, day - BEFORE_DAYS, day),
        windows={name: of_day[day] for name, of_day in by_window.items()},
    )


def _after(series: Series, known: np.ndarray, expected: np.ndarray, day: int, first: int, last: int) -> After:
    """One window of the incident on that day of the series, still without a word."""
    later = _serious(series, day + 1, day + last + 1)
    after, before = slice(day + first, day + last + 1), slice(day - BEFORE_DAYS, day)
    why = _why_not(series, known, expected, after, before)
    if why:
        return After(ratio=Estimate(why=why), later=later)
    earlier = _serious(series, before.start, before.stop)
    ratio, chance = compare(series, known, after, before)
    return After(ratio=_hedged(ratio, later, earlier), chance=chance, later=later)


def _why_not(series: Series, known: np.ndarray, expected: np.ndarray, after: slice, before: slice) -> str:
    """Why the two stretches cannot be compared; empty when they can."""
    if before.start < 0:
        return "short_record"
    if after.stop > len(series.counts):
        return "not_over"
    if not all(_enough(known[days], expected[days]) for days in (after, before)):
        return "too_few_days"
    both = (_total(series, known, days)[0] for days in (after, before))
    return "" if sum(both) > 0 else "no_activities"


def _enough(known: np.ndarray, expected: np.ndarray) -> bool:
    """Whether enough of the expected days are known, in number and as a share."""
    least = policy.value("least_coverage") * float(expected.sum())
    return int(known.sum()) >= max(policy.value("least_peacetime_days_side"), least)


def _hedged(ratio: Estimate, later: int, earlier: int) -> Estimate:
    """A number that another incident has a part in is a rough one."""
    if not ratio.stated or not (later or earlier):
        return ratio
    return replace(ratio, status="roughly", why="later_incident" if later else "earlier_incident")


def _with_words(of_day: dict[int, After]) -> dict[int, After]:
    """The same with a word each, after Holm over all that were compared."""
    adjusted = holm({day: one.chance for day, one in of_day.items() if one.chance is not None})
    return {
        day: replace(one, changed=_word(one.ratio, adjusted[day])) if day in adjusted else one
        for day, one in of_day.items()
    }


def _word(ratio: Estimate, chance: float) -> str:
    """Something after nothing is more, whatever the ratio."""
    if chance >= 1 - policy.value("confidence"):
        return "none"
    return "up" if ratio.value is None or ratio.value > 1 else "down"


def _exact(ours: Totals, theirs: Totals, dispersion: float) -> tuple[Estimate, float]:
    """By the split of the total (Clopper-Pearson), on counts over the dispersion."""
    found = peacetime.rate_ratio(ours, theirs, dispersion, policy.value("confidence"))
    part, rest = ours[0] / dispersion, theirs[0] / dispersion
    odds = ours[1] / (ours[1] + theirs[1])
    above = float(betainc(part, rest + 1, odds)) if part > 0 else 1.0
    below = float(betainc(rest, part + 1, 1 - odds)) if rest > 0 else 1.0
    chance = min(1.0, 2 * min(above, below))
    if found.ratio is None:
        return Estimate(low=found.low, status="open", why="nothing_before"), chance
    return Estimate(value=found.ratio, low=found.low, high=found.high, status="ok"), chance


def _weekly(ours: Totals, theirs: Totals, spreads: Sequence[tuple[float, float]]) -> tuple[Estimate, float]:
    """On the log scale with a t, its freedom by Welch and Satterthwaite."""
    ratio = ours[0] / ours[1] / (theirs[0] / theirs[1])
    parts = [factor / total[0] for (factor, _), total in zip(spreads, (ours, theirs), strict=True)]
    variance = sum(parts)
    if variance <= 0:
        return Estimate(value=ratio, low=ratio, high=ratio, status="ok"), 0.0
    lost = sum(part**2 / freedom for part, (_, freedom) in zip(parts, spreads, strict=True))
    freedom = max(1.0, variance**2 / lost) if lost > 0 else np.inf
    error = float(np.sqrt(variance))
    chance = float(2 * stdtr(freedom, -abs(np.log(ratio)) / error))
    reaching = float(stdtrit(freedom, (1 + policy.value("confidence")) / 2)) * error
    if 2 * reaching > np.log(policy.value("widest_ratio")):
        return Estimate(status="hidden", why="wide_interval"), chance
    reach = float(np.exp(reaching))
    return Estimate(value=ratio, low=ratio / reach, high=ratio * reach, status="ok"), chance


def _width(ratio: Estimate) -> float:
    """How wide the interval is on the log scale."""
    if not ratio.low or ratio.high is None or not np.isfinite(ratio.high):
        return np.inf
    return float(np.log(ratio.high / ratio.low))


def _leaves_out_one(ratio: Estimate) -> bool:
    above = ratio.low is not None and ratio.low > 1
    return above or (ratio.high is not None and ratio.high < 1)


def _serious(series: Series, start: int, stop: int) -> int:
    return int(series.serious[max(start, 0) : max(stop, 0)].sum())


def _total(series: Series, known: np.ndarray, days: slice) -> Totals:
    """(count, expected days) of the known days of a stretch."""
    seen = known[days]
    return float(series.counts[days][seen].sum()), float(series.exposure[days][seen].sum())


def _by_week(array: np.ndarray, known: np.ndarray, days: slice) -> np.ndarray:
    """Sums over the whole weeks of a stretch, from its first day on."""
    kept = np.where(known[days], array[days], 0.0)
    weeks = len(kept) // _WEEK
    return kept[: weeks * _WEEK].reshape(weeks, _WEEK).sum(axis=1)
