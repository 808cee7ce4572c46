"""A fit -> when the response starts: days after the incident, or before it.

An incident is logged on the day it became known. Meetings that rise before that day answer something else,
and a response that starts a week later fades from that week on.
"""

from __future__ import annotations

import numpy as np
from scipy.special import fdtri

from tracker.analysis import climb, decay, mixture, peacetime, policy
from tracker.analysis.decay import Fit
from tracker.analysis.estimate import Estimate
from tracker.analysis.mixture import Responses
from tracker.analysis.peacetime import RateRatio
from tracker.analysis.series import Series

_PLACES = 7
_FINE, _STEP = 14, 2


def delay(fit: Fit) -> Estimate:
    """Days between an incident and the start of the response, at most four weeks, with its 95 % interval.

    Every incident is moved by the same number of days; the floor keeps its trend. Assumes an effect.
    """
    longest = int(policy.value("delay_longest_days"))
    tried = np.array([*range(_FINE), *range(_FINE, longest + 1, _STEP)])
    places = np.linspace(fit.region.place.min(), fit.region.place.max(), _PLACES)
    places = np.unique(np.append(places, fit.best.place))
    reached = _delayed(fit, places, tried)
    freedom = max(len(fit.problem.exposure) // int(policy.value("dispersion_block_days")) - fit.parameters, 4)
    drop = fit.dispersion * float(fdtri(1, freedom, policy.value("confidence"))) / 2
    inside = tried[reached >= reached.max() - drop]
    if inside[-1] == longest:
        return Estimate(low=float(inside[0]), status="open", why="search_edge")
    best = float(tried[reached.argmax()])
    return Estimate(value=best, low=float(inside[0]), high=float(inside[-1]), status="ok")


def before_incidents(series: Series, fit: Fit) -> RateRatio | None:
    """Activity in the four weeks before incidents over that of other quiet days, both over what is expected.

    Quiet: no incident in the four weeks before. None with fewer than 20 such days on either side.
    """
    span = int(policy.value("aftermath_days"))
    hits = np.flatnonzero(series.weights > 0)
    day = np.arange(len(series.counts))
    following = np.searchsorted(hits, day, side="right")
    ahead = np.append(hits, np.iinfo(int).max)[following] - day
    since = np.where(following > 0, day - hits[np.maximum(following - 1, 0)], span) if len(hits) else day
    usable = (since >= span) & (series.exposure > 0) & ~series.doubtful
    ours, theirs = usable & (ahead <= span), usable & (ahead > span)
    if min(ours.sum(), theirs.sum()) < policy.value("least_peacetime_days_side"):
        return None
    hoped = decay.expected(fit.problem, fit.best)
    ahead_of, quiet = (
        (float(series.counts[part].sum()), float(hoped[part].sum())) for part in (ours, theirs)
    )
    if min(ahead_of[1], quiet[1]) <= 0:
        return None
    return peacetime.rate_ratio(ahead_of, quiet, fit.dispersion, policy.value("ran_ahead_confidence"))


def _delayed(fit: Fit, places: np.ndarray, tried: np.ndarray) -> np.ndarray:
    """The highest log-likelihood over these half-lives when every response starts so many days later."""
    problem = fit.problem
    spreads = [mixture.superpose(problem.weights, float(np.exp(place)) / mixture.LN2) for place in places]
    rows = np.array(
        [
            np.concatenate((np.zeros(days), spread[: len(spread) - days]))
            for days in tried
            for spread in spreads
        ]
    )
    rows *= problem.exposure
    density = rows[:, problem.active] / np.maximum(rows.sum(axis=1), 1e-300)[:, None]
    carried = mixture.on_top(problem, places).carried
    on_top = Responses(density, None if carried is None else np.tile(carried, (len(tried), 1)))
    slopes = np.full(len(rows), fit.best.slope)
    found = climb.best(problem, on_top, slopes, keep_slope=True)
    return found.log_likelihood.reshape(len(tried), len(places)).max(axis=1)
