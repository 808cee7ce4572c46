"""The raw companion of the model: peacetime against the first weeks after an incident, merely counted.

It stands beside the verdict and contradicts it when the two do not belong together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from tracker.analysis import decay, peacetime, policy
from tracker.analysis.decay import Fit
from tracker.analysis.peacetime import RateRatio
from tracker.analysis.series import Series


@dataclass(frozen=True, kw_only=True)
class Companion:
    """The raw ratio of peacetime over aftermath, and what the model expects of the same days."""

    ratio: RateRatio
    modelled: float

    @property
    def agrees(self) -> bool:
        """True when the model's ratio lies in the interval of the counted one."""
        return self.ratio.low <= self.modelled <= self.ratio.high


def compare(series: Series, fit: Fit) -> Companion | None:
    """None without a day of either kind on which activity can be expected."""
    since = peacetime.days_since_serious(series)
    expected = series.exposure > 0
    quiet = expected & peacetime.in_peacetime(series)
    after = expected & (since < policy.value("aftermath_days"))
    if not quiet.any() or not after.any():
        return None
    modelled = decay.expected(fit.problem, fit.best)
    rates = [float(modelled[days].sum() / series.exposure[days].sum()) for days in (quiet, after)]
    if rates[1] <= 0:
        return None
    return Companion(ratio=_ratio(series, quiet, after), modelled=rates[0] / rates[1])


def _ratio(series: Series, quiet: np.ndarray, after: np.ndarray) -> RateRatio:
    """Exact when the counts are as even as chance, or when one is zero; else on the log scale with a t."""
    ours, theirs = peacetime.total(series, quiet), peacetime.total(series, after)
    dispersion, freedom = _dispersion(series, (quiet, after))
    exact = dispersion <= policy.value("companion_dispersion")
    if exact or min(ours[0], theirs[0]) == 0:
        return peacetime.rate_ratio(ours, theirs, 1.0 if exact else dispersion, policy.value("confidence"))
    ratio = ours[0] / ours[1] / (theirs[0] / theirs[1])
    spread = np.sqrt(dispersion * (1 / ours[0] + 1 / theirs[0]))
    reach = float(np.exp(stdtrit(freedom, (1 + policy.value("confidence")) / 2) * spread))
    return RateRatio(ratio=ratio, low=ratio / reach, high=ratio * reach, recent=ours[0], before=theirs[0])


def _dispersion(series: Series, classes: tuple[np.ndarray, np.ndarray]) -> tuple[float, int]:
    """Pearson dispersion over blocks of 14 days within the two classes, and its degrees of freedom."""
    block = np.arange(len(series.counts)) // int(policy.value("companion_block_days"))
    pearson, cells = 0.0, 0
    for days in classes:
        rate = series.counts[days].sum() / series.exposure[days].sum()
        seen = np.bincount(block[days], weights=series.counts[days])
        hoped = rate * np.bincount(block[days], weights=series.exposure[days])
        used = hoped > 0
        pearson += float((np.square(seen[used] - hoped[used]) / hoped[used]).sum())
        cells += int(used.sum())
    freedom = max(cells - len(classes), 1)
    return pearson / freedom, freedom
