"""A reading -> what is still missing before anything may be said, and when it will be there."""

from __future__ import annotations

import math
from datetime import date, timedelta

from tracker.analysis import coverage, peacetime, policy
from tracker.analysis.estimate import Needed
from tracker.analysis.finding import Window
from tracker.analysis.reading import Reading

_FORESEEABLE_DAYS = 3650
_ALWAYS = ("record_days", "activities")


def needed(reading: Reading, window: Window) -> tuple[Needed, ...]:
    """What only more time or more logging repairs; empty when there is enough to judge."""
    found = (
        _record(reading, window),
        _activities(reading, window),
        _level_width(reading, window),
        _retention(reading, window),
        _coverage(window),
        _recent_coverage(reading, window),
    )
    return tuple(need for need in found if need is not None)


def always_too_early(missing: tuple[Needed, ...]) -> bool:
    """True when nothing that was found can outweigh what is missing."""
    return any(need.what in _ALWAYS for need in missing)


def too_little_logged(missing: tuple[Needed, ...]) -> bool:
    """True when the record is long enough and the weeks that nobody logged are what is in the way."""
    named = {need.what for need in missing}
    return bool(named & {"coverage", "coverage_recent"}) and not named & {*_ALWAYS, "retention_days"}


def _record(reading: Reading, window: Window) -> Needed | None:
    need = policy.value("least_days")
    if window.days >= need:
        return None
    return Needed(what="record_days", have=window.days, need=need, by=_day(window, need - window.days))


def _activities(reading: Reading, window: Window) -> Needed | None:
    have, need = float(reading.days.counts.sum()), policy.value("least_activities")
    if have >= need:
        return None
    pace = have / window.days
    by = _day(window, math.ceil((need - have) / pace)) if pace > 0 else None
    return Needed(what="activities", have=have, need=need, by=by)


def _level_width(reading: Reading, window: Window) -> Needed | None:
    """The width of an interval shrinks with the square root of the time on record."""
    if reading.level is None:
        return None
    low, high = reading.level
    need = policy.value("widest_level")
    if high - low <= need:
        return None
    more = math.ceil(window.days * (((high - low) / need) ** 2 - 1))
    return Needed(what="level_width", have=high - low, need=need, by=_day(window, more))


def _retention(reading: Reading, window: Window) -> Needed | None:
    need_days = policy.value("least_days_retention")
    if window.days < need_days:
        by = _day(window, need_days - window.days)
        return Needed(what="retention_days", have=window.days, need=need_days, by=by)
    if reading.fit is None:
        return None
    if reading.fit.has_trend:
        return _trend_width(reading.fit.growth_interval, window)
    year = reading.year
    if year is None or _narrow(year.recent, year.before, reading.fit.dispersion):
        return None
    total = year.recent + year.before
    enough = _total_needed(year.recent, year.before, reading.fit.dispersion)
    return Needed(what="retention_year", have=total, need=enough, recent=year.recent, before=year.before)


def _trend_width(growth: tuple[float, float], window: Window) -> Needed | None:
    """The width of a trend shrinks with the power 3/2 of the time on record."""
    low, high = growth
    need = policy.value("widest_retention")
    if low > 0 and high <= need * low:
        return None
    if low <= 0 or math.isinf(high):
        return Needed(what="trend_width", have=math.inf, need=need)
    more = math.ceil(window.days * ((math.log(high / low) / math.log(need)) ** (2 / 3) - 1))
    return Needed(what="trend_width", have=high / low, need=need, by=_day(window, more))


def _narrow(recent: float, before: float, dispersion: float) -> bool:
    """True when the ratio of two equal periods with these counts has a usable interval."""
    ratio = peacetime.rate_ratio((recent, 1.0), (before, 1.0), dispersion, policy.value("confidence"))
    return ratio.low > 0 and ratio.high <= policy.value("widest_retention") * ratio.low


def _total_needed(recent: float, before: float, dispersion: float) -> float:
    """The smallest total of two years whose ratio would be usable at the present proportion."""
    total = max(recent + before, 1.0)
    part = recent / total if 0 < recent < total else 0.5
    while not _narrow(part * total, (1 - part) * total, dispersion):
        total = math.ceil(total * 1.02 + 1)
    return float(total)


def _coverage(window: Window) -> Needed | None:
    """Weeks that were never logged stay unknown, so new weeks have to outnumber them."""
    need = policy.value("least_coverage")
    if window.coverage >= need:
        return None
    weeks = math.ceil(window.unknown_weeks / (1 - need)) - window.weeks
    return Needed(what="coverage", have=window.coverage, need=need, by=_day(window, 7 * weeks))


def _recent_coverage(reading: Reading, window: Window) -> Needed | None:
    have, need = coverage.recent_coverage(reading.days), policy.value("least_coverage")
    if have >= need:
        return None
    by = _day(window, coverage.days_until_covered(reading.days))
    return Needed(what="coverage_recent", have=have, need=need, by=by)


def _day(window: Window, more: float) -> date | None:
    """The day after `more` days of going on like this, None when that is beyond ten years."""
    return window.last + timedelta(days=int(more)) if more <= _FORESEEABLE_DAYS else None
