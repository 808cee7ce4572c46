"""How often before and after differ, with and without a change: python -m bench.before_after.

Simulated logs of one incident with a year before it and a year and a half after it. Weeks are even (Poisson),
differ (log-normal rates, spread .7), or also resemble the week before (correlation .4).
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np

from bench.simulation import WEEK, working_days
from tracker.analysis import before_after, peacetime
from tracker.analysis.before_after import BEFORE_DAYS, WINDOWS
from tracker.analysis.policy import value
from tracker.analysis.series import Series

KINDS = {"even": (0.0, 0.0), "uneven": (0.7, 0.0), "uneven and alike": (0.7, 0.4)}
DAYS = BEFORE_DAYS + 546
FIRST = date(2020, 1, 6)


def differing(kind: str, a_week: float, seeds: range, *, plainly: bool = False) -> dict[str, float]:
    """Window -> the share of logs without any change whose 95 % range leaves out "no change".

    `plainly`: by the exact range alone, to see what the wider one is for.
    """
    rates = [_rates(np.random.default_rng(seed), kind, a_week) for seed in seeds]
    logs = [_series(np.random.default_rng(10**6 + n), rate) for n, rate in zip(seeds, rates, strict=True)]
    return {
        name: float(np.mean([_differs(log, first, last, plainly=plainly) for log in logs]))
        for name, (first, last) in WINDOWS.items()
    }


def seen(floor: float, extra: float, half_life: float, seeds: range, *, plainly: bool = False) -> float:
    """The share of logs whose first quarter differs; floor and extra (on day 0) are activities a week."""
    after = np.maximum(np.arange(DAYS) - BEFORE_DAYS, 0)
    response = np.where(np.arange(DAYS) >= BEFORE_DAYS, extra * np.exp(-after * math.log(2) / half_life), 0.0)
    logs = (_series(np.random.default_rng(seed), (floor + response) / 5) for seed in seeds)
    return float(np.mean([_differs(log, *WINDOWS["ratio_0_89"], plainly=plainly) for log in logs]))


def main() -> None:
    """Prints both tables."""
    print("No change: logs whose range leaves it out, in per cent (in brackets: by the exact range alone)\n")
    print("| weeks | activities a week | 0-89 | 90-364 | 181-545 |\n|---|---|---|---|---|")
    for kind in KINDS:
        for a_week in (0.25, 2, 10):
            ours, plain = (differing(kind, a_week, range(400), plainly=only) for only in (False, True))
            cells = (f"{100 * ours[name]:.1f} ({100 * plain[name]:.1f})" for name in WINDOWS)
            print(f"| {kind} | {a_week:g} | {' | '.join(cells)} |")
    print("\nA response on even weeks: logs whose first quarter differs, in per cent\n")
    print("| floor a week | extra a week on day 0 | half-life | ours | exact alone |\n|---|---|---|---|---|")
    for floor in (1, 2, 5):
        for extra in (2, 5, 10):
            for half_life in (7, 14, 30):
                setting = (floor, extra, half_life, range(200))
                ours, plain = (100 * seen(*setting, plainly=only) for only in (False, True))
                print(f"| {floor} | {extra} | {half_life} | {ours:.0f} | {plain:.0f} |")


def _differs(log: Series, first: int, last: int, *, plainly: bool) -> bool:
    """Whether the range of one window leaves out 1; with nothing on both sides it cannot."""
    known, day = peacetime.known(log), np.arange(DAYS) - BEFORE_DAYS
    sides = (known & (day >= first) & (day <= last), known & (day < 0))
    totals = [peacetime.total(log, days) for days in sides]
    if not totals[0][0] + totals[1][0]:
        return False
    if plainly:
        exact = peacetime.rate_ratio(totals[0], totals[1], 1.0, value("confidence"))
        return exact.low > 1 or exact.high < 1
    after, before = slice(BEFORE_DAYS + first, BEFORE_DAYS + last + 1), slice(0, BEFORE_DAYS)
    return before_after.compare(log, known, after, before)[1] < 1 - value("confidence")


def _rates(draw: np.random.Generator, kind: str, a_week: float) -> np.ndarray:
    """Activities per working day, the same within a week."""
    spread, alike = KINDS[kind]
    steps = draw.normal(size=DAYS // WEEK + 1)
    state = np.empty(len(steps))
    state[0] = steps[0]
    for week in range(1, len(steps)):
        state[week] = alike * state[week - 1] + math.sqrt(1 - alike**2) * steps[week]
    by_week = np.exp(spread * state - spread**2 / 2)
    return a_week / 5 * by_week[np.arange(DAYS) // WEEK]


def _series(draw: np.random.Generator, rate: np.ndarray) -> Series:
    exposure, never = working_days(DAYS), np.zeros(DAYS, bool)
    counts = draw.poisson(rate * exposure).astype(float)
    return Series(
        first=FIRST,
        last=FIRST + timedelta(days=DAYS - 1),
        calendar="working-days",
        counts=counts,
        logged=counts,
        exposure=exposure,
        weights=np.zeros(DAYS),
        serious=never,
        unknown=never,
        unanswered=never,
        doubtful=never,
        school=never,
        guessed=never,
    )


if __name__ == "__main__":
    main()
