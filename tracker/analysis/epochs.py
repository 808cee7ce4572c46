"""Daily series and incidents -> the days around an incident laid over each other, with the incident at day 0.

Superposed epochs: weeks -4 to 26 as activity per expected day. From five incidents on a mean with a band from
drawing the incidents anew; fewer give their single curves only. Nothing is smoothed, so nothing rises before
day 0 that did not. The ratios beside it hold against random dates: what any dates would have shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from tracker.analysis import peacetime, policy
from tracker.analysis.before_after import holm
from tracker.analysis.question import LoggedIncident
from tracker.analysis.series import Series

# Days after the incident, both included, each against the 28 days before it.
SPANS = ((0, 6), (7, 27), (28, 89))
BEFORE_DAYS = 28
_WEEK = 7
_CURVES = ("day", "title", "severity", "cut", "week", "rate")
_MEAN = ("week", "rate", "low", "high", "followed")


@dataclass(frozen=True, kw_only=True)
class SpanRatio:
    """Activity per expected day from day `first` to `last` over that of the 28 days before, all together.

    `ratio` is None when nothing was logged before; `high` is inf then. `low` and `high`: 95 % of the ratios
    when the incidents are drawn anew. `p_higher`, `p_lower`: how often as many random dates give at least,
    at most, this ratio. `changed`: up | down | none; a word needs both the range and Holm over the spans.
    """

    first: int
    last: int
    ratio: float | None
    low: float
    high: float
    p_higher: float
    p_lower: float
    changed: str = "none"


@dataclass(frozen=True, kw_only=True)
class Epochs:
    """What the day-0 picture draws; rates are per expected day.

    `curves`: one row a week of each incident's day, ascending: day (datetime64), title, severity, cut
    (whether a later incident ended the line), week, rate. The rate is NaN in a week nobody knows anything of,
    and the curve ends where the record does or the week before the next incident; the heaviest incident
    gives a day its title. `mean`: week, rate, low, high, followed (how many incidents); empty with fewer than
    five followed for four weeks; only weeks in which at least four can be followed, without a gap around 0.
    `incidents`: days with an incident; `followed`: those with four weeks of record after them; `cut`: those
    of which a later incident cut the half year. `ratios` rest on `complete` incidents with 28 days before
    and 90 after in the record; they are not cut, and the random dates are not either.
    """

    curves: pd.DataFrame
    mean: pd.DataFrame
    incidents: int = 0
    followed: int = 0
    cut: int = 0
    complete: int = 0
    ratios: tuple[SpanRatio, ...] = ()

    @property
    def mean_stops(self) -> int | None:
        """The last week of the mean when it stops before the half year is over, else None."""
        if self.mean.empty or self.mean["week"].iloc[-1] >= policy.value("epoch_weeks_after"):
            return None
        return int(self.mean["week"].iloc[-1])


@dataclass(frozen=True)
class _Sums:
    """Counts and expected days up to a day, on days of which something is known."""

    counts: np.ndarray
    exposure: np.ndarray

    def between(self, start: np.ndarray, stop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(counts, expected days) from start to before stop, which lie in the record."""
        return self.counts[stop] - self.counts[start], self.exposure[stop] - self.exposure[start]


def epochs(series: Series, incidents: Sequence[LoggedIncident], least_severity: int | None = None) -> Epochs:
    """The curves around the incidents that count and are severe enough (by default those that end peacetime).

    Draws with a fixed seed: the same series gives the same answer.
    """
    least = policy.value("peacetime_severity") if least_severity is None else least_severity
    heaviest = _heaviest(series.first, incidents, least)
    if not heaviest:
        return _nothing()
    days = np.array(sorted(heaviest), int)
    sums, length = _sums(series), len(series.counts)
    counts, exposure, cut = _weeks(sums, days, length)
    followed = int((days + policy.value("follow_up_days") < length).sum())
    found = Epochs(
        curves=_curves([heaviest[day] for day in days.tolist()], counts, exposure, cut),
        mean=_no_rows(_MEAN),
        incidents=len(days),
        followed=followed,
        cut=int(cut.sum()),
    )
    if followed < policy.value("typical_incidents"):
        return found
    whole = days[(days >= BEFORE_DAYS) & (days + SPANS[-1][1] < length)]
    enough = len(whole) >= policy.value("typical_incidents")
    return replace(
        found,
        mean=_mean(counts, exposure),
        complete=len(whole),
        ratios=_ratios(sums, whole, length) if enough else (),
    )


def of_values(values: np.ndarray, first: date, incidents: Sequence[LoggedIncident]) -> Epochs:
    """The same of what was counted elsewhere, a value a day from `first` on and NaN where there is none.

    A rate is then what a week adds up to; `followed` are those whose first week has a value. Nothing is held
    against random dates: there are no ratios.
    """
    heaviest = {
        day: one
        for day, one in _heaviest(first, incidents, policy.value("peacetime_severity")).items()
        if 0 <= day < len(values)
    }
    if not heaviest:
        return _nothing()
    days = np.array(sorted(heaviest), int)
    known = ~np.isnan(values)
    counts, exposure, cut = _weeks(_totals(np.where(known, values, 0.0), known), days, len(values))
    exposure = np.where(exposure > 0, 1.0, exposure)
    first_week = np.nan_to_num(exposure[:, int(policy.value("epoch_weeks_before"))]) > 0
    followed = int((first_week & (days + policy.value("follow_up_days") < len(values))).sum())
    return Epochs(
        curves=_curves([heaviest[day] for day in days.tolist()], counts, exposure, cut),
        mean=_mean(counts, exposure) if followed >= policy.value("typical_incidents") else _no_rows(_MEAN),
        incidents=len(days),
        followed=followed,
        cut=int(cut.sum()),
    )


def _heaviest(first: date, incidents: Sequence[LoggedIncident], least: float) -> dict[int, LoggedIncident]:
    """Day number -> the heaviest incident of that day, of those that count and are severe enough."""
    counted = sorted((one for one in incidents if one.counts), key=lambda one: one.severity)
    return {(one.day - first).days: one for one in counted if one.severity >= least}


def _nothing() -> Epochs:
    return Epochs(curves=_no_rows(_CURVES).astype({"day": "datetime64[ns]"}), mean=_no_rows(_MEAN))


def _sums(series: Series) -> _Sums:
    known = peacetime.known(series)
    return _totals(*(np.where(known, array, 0.0) for array in (series.counts, series.exposure)))


def _totals(*arrays: np.ndarray) -> _Sums:
    return _Sums(*(np.concatenate(([0.0], array.cumsum())) for array in arrays))


def _lags() -> np.ndarray:
    return np.arange(-int(policy.value("epoch_weeks_before")), int(policy.value("epoch_weeks_after")) + 1)


def _weeks(sums: _Sums, days: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts and expected days (incidents, weeks), NaN where a week cannot be followed; and who was cut."""
    start = days[:, None] + _WEEK * _lags()[None, :]
    stop = start + _WEEK
    inside = (start >= 0) & (stop <= length)
    kept = inside & (stop <= np.append(days[1:], length)[:, None])
    counts, exposure = sums.between(np.clip(start, 0, length), np.clip(stop, 0, length))
    cut = (inside & ~kept).any(axis=1)
    return np.where(kept, counts, np.nan), np.where(kept, exposure, np.nan), cut


def _curves(
    incidents: Sequence[LoggedIncident], counts: np.ndarray, exposure: np.ndarray, cut: np.ndarray
) -> pd.DataFrame:
    row, column = np.nonzero(~np.isnan(counts))
    known = exposure[row, column] > 0
    rate = np.where(known, counts[row, column] / np.where(known, exposure[row, column], 1.0), np.nan)
    of = [incidents[place] for place in row.tolist()]
    frame = {
        "day": pd.to_datetime([one.day for one in of]),
        "title": [one.title for one in of],
        "severity": [one.severity for one in of],
        "cut": cut[row],
        "week": _lags()[column],
        "rate": rate,
    }
    return pd.DataFrame(frame, columns=list(_CURVES))


def _no_rows(columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in columns})


def _mean(counts: np.ndarray, exposure: np.ndarray) -> pd.DataFrame:
    """The pooled rate of each week with the band of drawing the incidents anew."""
    usable = np.nan_to_num(exposure) > 0
    followed = usable.sum(axis=0)
    shown = _around_zero(followed >= policy.value("epoch_least_followed"))
    counts, exposure = (np.where(usable, array, 0.0)[:, shown] for array in (counts, exposure))
    total, expected = counts.sum(axis=0), exposure.sum(axis=0)
    drawn = _drawn(len(counts))
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = (drawn @ counts) / (drawn @ exposure)
    low, high = np.array([_middle(rates[:, place]) for place in range(len(total))]).reshape(-1, 2).T
    # No activity in any drawn week is no proof that there can be none.
    none = peacetime.rate_interval(0.0, 1.0)[1]
    frame = {
        "week": _lags()[shown],
        "rate": total / expected,
        "low": low,
        "high": np.where(total == 0, none / expected, high),
        "followed": followed[shown],
    }
    return pd.DataFrame(frame, columns=list(_MEAN))


def _around_zero(enough: np.ndarray) -> np.ndarray:
    """The weeks without a gap around week 0; none when week 0 itself has too few."""
    zero = int(policy.value("epoch_weeks_before"))
    before = np.logical_and.accumulate(enough[zero::-1])[::-1]
    return np.concatenate((before, np.logical_and.accumulate(enough[zero:])[1:])) & enough[zero]


def _ratios(sums: _Sums, days: np.ndarray, length: int) -> tuple[SpanRatio, ...]:
    """One ratio a span, with a word each."""
    seed, draws = int(policy.value("epoch_seed")), int(policy.value("epoch_draws"))
    dates = np.random.default_rng(seed + 1).integers(BEFORE_DAYS, length - SPANS[-1][1], (draws, len(days)))
    drawn = _drawn(len(days))
    found = [_ratio(sums, days, dates, drawn, span) for span in SPANS]
    both = {one.first: min(1.0, 2 * min(one.p_higher, one.p_lower)) for one in found}
    adjusted = holm(both)
    return tuple(replace(one, changed=_word(one, adjusted[one.first])) for one in found)


def _ratio(
    sums: _Sums, days: np.ndarray, dates: np.ndarray, drawn: np.ndarray, span: tuple[int, int]
) -> SpanRatio:
    def parts(at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        return *sums.between(at + span[0], at + span[1] + 1), *sums.between(at - BEFORE_DAYS, at)

    of_incidents = parts(days)
    seen = float(_of_totals(*(part.sum() for part in of_incidents)))
    low, high = _middle(_of_totals(*(drawn @ part for part in of_incidents)))
    random = _of_totals(*(part.sum(axis=1) for part in parts(dates)))
    return SpanRatio(
        first=span[0],
        last=span[1],
        ratio=seen if np.isfinite(seen) else None,
        low=low,
        high=high,
        p_higher=float((1 + (random >= seen).sum()) / (1 + len(random))),
        p_lower=float((1 + (random <= seen).sum()) / (1 + len(random))),
    )


def _of_totals(
    after: np.ndarray, days: np.ndarray, before: np.ndarray, days_before: np.ndarray
) -> np.ndarray:
    """Rate over rate: inf for something after nothing, NaN where nothing can be said."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((after / days) / (before / days_before))


def _word(one: SpanRatio, chance: float) -> str:
    if chance >= 1 - policy.value("confidence") or one.low <= 1 <= one.high:
        return "none"
    return "up" if one.low > 1 else "down"


def _drawn(incidents: int) -> np.ndarray:
    """How often each incident is in each draw of as many incidents, with replacement: (draws, incidents)."""
    draw = np.random.default_rng(int(policy.value("epoch_seed")))
    share = np.full(incidents, 1 / incidents)
    return draw.multinomial(incidents, share, size=int(policy.value("epoch_draws"))).astype(float)


def _middle(values: np.ndarray) -> tuple[float, float]:
    """The ends of the middle 95 % of the numbers among the values; 0 and inf without any."""
    numbers = values[~np.isnan(values)]
    if not len(numbers):
        return 0.0, np.inf
    tail = (1 - policy.value("confidence")) / 2
    low, high = np.quantile(numbers, [tail, 1 - tail], method="inverted_cdf")
    return float(low), float(high)
