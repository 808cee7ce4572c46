"""A fit -> which shape its response has: none, one pace, two paces, or a step that stayed.

All are compared on the fit's own floor, carry-over and factor of the school holidays, by
QAIC = -2 log-likelihood / dispersion + 2 parameters, with the dispersion of the richest that is offered.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tracker.analysis import climb, decay, likelihood, mixture, policy
from tracker.analysis.decay import Fit
from tracker.analysis.mixture import Problem, Responses

EXPONENTIAL, NONE, STEP, TWO_SPEEDS = "decays", "none", "step", "two_speeds"
_PARAMETERS = {NONE: 1, STEP: 2, EXPONENTIAL: 3, TWO_SPEEDS: 5}
_PLACES = 7
_REFINED = 2


def compared(fit: Fit) -> dict[str, float]:
    """QAIC of each shape on offer, lower is better. Assumes incidents to which activity can respond."""
    fits = {
        NONE: likelihood.without_response(fit.problem),
        STEP: _of_step(fit),
        EXPONENTIAL: fit.best.log_likelihood,
    }
    dispersion = fit.dispersion
    two = _two_speeds(fit)
    if two is not None:
        fits[TWO_SPEEDS], mean = two
        dispersion, _ = decay.block_dispersion(_counts(fit.problem), mean, fit.parameters + 2)
    return {name: -2 * value / dispersion + 2 * _PARAMETERS[name] for name, value in fits.items()}


def behind(qaic: dict[str, float]) -> float:
    """How far one pace lies behind the best shape, in QAIC."""
    return qaic[EXPONENTIAL] - min(qaic.values())


def with_carry_over(fit: Fit) -> Problem:
    """The problem with what was carried over as an incident of known weight on the first day."""
    if not fit.problem.carried:
        return fit.problem
    tau = fit.half_life_days / mixture.LN2
    first = decay.response_by_day(fit)[0] - fit.height * mixture.superpose(fit.problem.weights, tau)[0]
    weights = fit.problem.weights.copy()
    weights[0] += first / max(fit.height * tau * -np.expm1(-1 / tau), 1e-12)
    return replace(fit.problem, weights=weights, carried=False)


def _of_step(fit: Fit) -> float:
    """The log-likelihood when every incident lifts the floor for good, in proportion to its weight."""
    problem = fit.problem
    lifted = problem.exposure * np.cumsum(problem.weights)
    carried = mixture.on_top(problem, np.array([fit.best.place])).carried
    on_top = Responses(lifted[None, problem.active] / lifted.sum(), carried)
    return float(climb.best(problem, on_top, np.array([fit.best.slope])).log_likelihood[0])


def _two_speeds(fit: Fit) -> tuple[float, np.ndarray] | None:
    """Log-likelihood and expected counts with a fast and a slow part, None where it is not on offer."""
    if fit.problem.total < policy.value("two_speeds_least_activities"):
        return None
    problem = replace(with_carry_over(fit), carried=True)
    grid = np.linspace(0.0, problem.longest, _PLACES)
    width, best = grid[1], None
    fast, slow = np.repeat(grid, _PLACES), np.tile(grid, _PLACES)
    for _ in range(_REFINED):
        best = _best_pair(problem, fit.best.slope, fast, slow)
        if best is None:
            return None
        width = width / 2
        around = np.array([-width, 0.0, width])
        fast, slow = np.repeat(best[1] + around, 3), np.tile(best[2] + around, 3)
        fast, slow = np.clip(fast, 0.0, problem.longest), np.clip(slow, 0.0, problem.longest)
    return (best[0], best[3]) if best else None


def _best_pair(
    problem: Problem, slope: float, fast: np.ndarray, slow: np.ndarray
) -> tuple[float, float, float, np.ndarray] | None:
    """The best pair of log half-lives that lie far enough apart, both with a part that matters."""
    apart = slow - fast > np.log(policy.value("two_speeds_ratio"))
    fast, slow = fast[apart], slow[apart]
    both = np.unique(np.concatenate((fast, slow)))
    density, _ = mixture.responses(problem, both)
    rows = [density[np.searchsorted(both, places)] for places in (fast, slow)]
    found = climb.best(problem, Responses(*rows), np.full(len(fast), slope))
    least = policy.value("two_speeds_least_part")
    value = np.where((found.carried > least) & (found.carried < 1 - least), found.log_likelihood, -np.inf)
    if len(value) == 0 or not np.isfinite(value.max()):
        return None
    row = int(value.argmax())
    mean = likelihood.floors_by_day(problem, found.slope[row : row + 1], found.share[row : row + 1])[0]
    alone = replace(problem, carried=False)
    for place, part in ((fast[row], 1 - found.carried[row]), (slow[row], found.carried[row])):
        mean = mean + part * likelihood.on_top_by_day(alone, float(place), float(found.share[row]), 0.0)
    return float(value[row]), float(fast[row]), float(slow[row]), mean * problem.exposure


def _counts(problem: Problem) -> np.ndarray:
    counts = np.zeros(len(problem.exposure))
    counts[problem.active] = problem.counts
    return counts
