"""How fast a log is fitted, in one run: python -m bench.fit_speed [--rounds 7].

On one thread, the contestants in turn within every round, medians over the rounds: a machine that is busy
for a while slows all of them. Times are for reading; no test leans on them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.provenance import THREADS, fingerprint
from bench.simulation import Simulated, simulate, working_days
from tracker.analysis import decay, likelihood, mixture

HALF_LIFE = 30.0
_TAU = HALF_LIFE / mixture.LN2
_YEARS = (1, 3, 5, 10, 20)
_INCIDENTS_A_YEAR, _ACTIVITIES_A_YEAR = 12, 1000
_MANY_DAYS, _MANY_INCIDENTS, _MANY_ACTIVITIES = 7305, 100_000, 1_000_000
_BARS = {"constant": 0.050, "trend to 5 years": 0.300, "trend": 1.0, "many": 0.150}
Contest = dict[str, Callable[[], Any]]


def main() -> None:
    """Runs all rounds and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    wanted = parser.parse_args()
    _on_one_thread()
    logs = {years: _log(years) for years in _YEARS}
    contest = {f"{name} {years}": go for years, log in logs.items() for name, go in _on(log).items()}
    contest |= _many()
    times = measured(contest, wanted.rounds)
    print("\n".join([*_opening(wanted.rounds), *_by_years(times), *_of_many(times)]))


def tables(rounds: int) -> list[str]:
    """The lines of a run in a process of its own, which has one thread: a section of docs/performance.md."""
    words = [sys.executable, "-m", "bench.fit_speed", "--rounds", str(max(3, rounds))]
    done = subprocess.run(words, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def measured(contest: Contest, rounds: int) -> dict[str, float]:
    """Median seconds of each contestant; one round before the clock runs warms the caches."""
    seconds: dict[str, list[float]] = {name: [] for name in contest}
    for number in range(rounds + 1):
        for name, go in contest.items():
            started = time.perf_counter()
            go()
            if number:
                seconds[name].append(time.perf_counter() - started)
        print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
    return {name: float(np.median(all_of)) for name, all_of in seconds.items()}


def naive_sum(when: np.ndarray, weights: np.ndarray, days: int) -> np.ndarray:
    """The response as the sum over all incidents of their own curve: incidents times days."""
    curve = np.exp(-np.arange(days) / _TAU) * _TAU * -np.expm1(-1 / _TAU)
    total = np.zeros(days)
    for day, weight in zip(when.tolist(), weights.tolist(), strict=True):
        total[day:] += weight * curve[: days - day]
    return total


def glm(log: Simulated, spread: np.ndarray) -> tuple[float, float]:
    """Floor and height by statsmodels at a given half-life: Poisson regression with an identity link."""
    import statsmodels.api as sm

    used = log.exposure > 0
    design = np.column_stack([log.exposure, log.exposure * spread])[used]
    start = [log.counts.sum() / log.exposure.sum() / 2, 0.1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns that an identity link may leave its domain
        model = sm.GLM(log.counts[used], design, family=sm.families.Poisson(sm.families.links.Identity()))
        floor, height = model.fit(start_params=start).params
    return float(floor), float(height)


def _on_one_thread() -> None:
    """Starts again where needed: numpy reads the number of threads only when it is imported."""
    if any(os.environ.get(name) != "1" for name in THREADS):
        os.environ.update(dict.fromkeys(THREADS, "1"))
        os.execv(sys.executable, [sys.executable, "-m", "bench.fit_speed", *sys.argv[1:]])


def _log(years: int) -> Simulated:
    days = round(365.25 * years)
    return simulate(years, days, _INCIDENTS_A_YEAR * years, _ACTIVITIES_A_YEAR * years, HALF_LIFE, 0.6)


def _on(log: Simulated) -> Contest:
    arrays = (log.counts, log.exposure, log.weights)
    weight = log.severities / 3.0
    spread = mixture.superpose(log.weights, _TAU)
    assert np.allclose(spread, naive_sum(log.incident_days, weight, len(log.counts)), rtol=1e-9)
    ours = decay.at_half_life(*arrays, HALF_LIFE)
    assert np.allclose((ours.floor, ours.height), glm(log, spread), rtol=1e-3), "another answer is no contest"
    return {
        "constant": lambda: decay.fit(*arrays),
        "trend": lambda: decay.fit(*arrays, trend=True),
        "given": lambda: decay.at_half_life(*arrays, HALF_LIFE),
        "glm": lambda: glm(log, mixture.superpose(log.weights, _TAU)),
        "recursion": lambda: mixture.superpose(log.weights, _TAU),
        "naive": lambda: naive_sum(log.incident_days, weight, len(log.counts)),
    }


def _many() -> Contest:
    """Twenty years with 100 000 incidents and 1 000 000 activities, one number a record: its day."""
    draw = np.random.default_rng(1)
    when = draw.integers(0, _MANY_DAYS, _MANY_INCIDENTS)
    weight = draw.choice([1, 2, 3, 4, 5], _MANY_INCIDENTS) / 3.0
    exposure = working_days(_MANY_DAYS)
    acted = draw.choice(np.flatnonzero(exposure), _MANY_ACTIVITIES)

    def binned() -> tuple[np.ndarray, np.ndarray]:
        counts = np.bincount(acted, minlength=_MANY_DAYS).astype(float)
        return counts, np.bincount(when, weights=weight, minlength=_MANY_DAYS)

    def point_fit() -> object:
        counts, weights = binned()
        problem = mixture.problem_of(counts, exposure, weights, trend=False)
        assert problem is not None
        return likelihood.search(problem).best()

    counts, weights = binned()
    return {
        "many point": point_fit,
        "many constant": lambda: decay.fit(counts, exposure, weights),
        "many trend": lambda: decay.fit(counts, exposure, weights, trend=True),
        "many recursion": lambda: mixture.superpose(weights, _TAU),
        "many naive": lambda: naive_sum(when, weight, _MANY_DAYS),
    }


def _opening(rounds: int) -> list[str]:
    return [
        "## How fast a log is fitted",
        "",
        f"Analysis {fingerprint()} (sha256 of its source); one core, one thread; medians of {rounds}",
        "rounds in which all take turns.",
        "",
        "Milliseconds. Constant and trend: the whole fit with every interval. Given: floor and height at a",
        "given half-life, beside the same by statsmodels (GLM, Poisson, identity link), which finds no",
        "half-life of its own. Recursion: the response on all days in one pass, beside the sum over all",
        "incidents; that sum is as fast for a few incidents and falls behind when there are many. Both pairs",
        "are checked to give the same answer before the clock runs.",
        "",
        f"Simulated logs with {_INCIDENTS_A_YEAR} incidents and {_ACTIVITIES_A_YEAR} activities a year:",
        "",
    ]


def _by_years(times: dict[str, float]) -> list[str]:
    lines = [
        "| years | constant | bar | trend | bar | given | GLM | ratio | recursion | naive | ratio |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for years in _YEARS:
        of = {name: times[f"{name} {years}"] for name in _on_names()}
        trend = _BARS["trend to 5 years" if years <= 5 else "trend"]
        lines.append(
            f"| {years} | {_ms(of['constant'])} | {_kept(of['constant'], _BARS['constant'])}"
            f" | {_ms(of['trend'])} | {_kept(of['trend'], trend)}"
            f" | {_ms(of['given'])} | {_ms(of['glm'])} | {of['glm'] / of['given']:.1f}"
            f" | {_ms(of['recursion'])} | {_ms(of['naive'])} | {of['naive'] / of['recursion']:.1f} |"
        )
    return [*lines, ""]


def _of_many(times: dict[str, float]) -> list[str]:
    naive, recursion = times["many naive"], times["many recursion"]
    rows = (
        ("binning and point fit", times["many point"], _kept(times["many point"], _BARS["many"])),
        ("constant, all intervals", times["many constant"], _kept(times["many constant"], _BARS["constant"])),
        ("trend, all intervals", times["many trend"], _kept(times["many trend"], _BARS["trend"])),
        ("recursion", recursion, ""),
        ("naive sum", naive, f"{naive / recursion:.0f} times the recursion"),
    )
    return [
        f"Twenty years with {_MANY_INCIDENTS} incidents and {_MANY_ACTIVITIES} activities:",
        "",
        "| what | time | bar |",
        "|---|---|---|",
        *(f"| {name} | {_ms(seconds)} | {kept} |" for name, seconds, kept in rows),
    ]


def _on_names() -> tuple[str, ...]:
    return ("constant", "trend", "given", "glm", "recursion", "naive")


def _kept(seconds: float, bar: float) -> str:
    return f"≤ {1000 * bar:.0f} {'pass' if seconds <= bar else '**missed**'}"


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.3g}"


if __name__ == "__main__":
    main()
