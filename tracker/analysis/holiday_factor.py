"""A series and its fit -> how much of what is usual happens on school holidays."""

from __future__ import annotations

from tracker.analysis import decay, peacetime, policy
from tracker.analysis.decay import Fit
from tracker.analysis.estimate import Estimate
from tracker.analysis.series import Series


def factor(days: Series, fit: Fit | None) -> Estimate:
    """What happened on school holidays over what the fit expects there of other days.

    Missing where there is too little to estimate it; then the factor is 1. Roughly where dates were guessed.
    """
    if fit is None:
        return Estimate(why="no_activities")
    if not fit.has_holidays:
        return Estimate(why="few_holidays")
    usual = decay.floor_by_day(fit)[0] + decay.response_by_day(fit)
    inside, outside = days.school & (days.exposure > 0), ~days.school & (days.exposure > 0)
    ours, theirs = ((float(days.counts[part].sum()), float(usual[part].sum())) for part in (inside, outside))
    ratio = peacetime.rate_ratio(ours, theirs, fit.dispersion, policy.value("confidence"))
    guessed = bool((days.guessed & inside).any())
    return Estimate(
        value=fit.holiday_factor,
        low=min(ratio.low, fit.holiday_factor),
        high=max(ratio.high, fit.holiday_factor),
        status="roughly" if guessed else "ok",
        why="guessed_holidays" if guessed else "",
    )
