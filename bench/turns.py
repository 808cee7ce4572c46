"""Contestants that take turns -> rounds, and rounds -> medians, ratios and how sure they are.

A busy moment slows all who run in the same round, so ratios are drawn again by whole rounds. A round in which
the machine was busy with something else is left out, and counted.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

MOST_LOAD = 3.0
FEWEST = 5
DRAWS = 2_000
Round = Mapping[str, float]
Statistic = Callable[[list[Round]], float]
Contest = Mapping[str, Callable[[], float]]


@dataclass(frozen=True)
class Rounds:
    """The rounds that count, each contestant -> its seconds; how many were left out because of the load.

    `busy` when hardly any round was quiet: then all of them count, and whoever reads it is told.
    """

    kept: list[Round]
    left_out: int = 0
    busy: bool = False

    def of(self, name: str) -> list[float]:
        """The seconds of one contestant, by round."""
        return [one[name] for one in self.kept]

    def median(self, name: str) -> float:
        """Its median."""
        return median(self.of(name))

    def told(self) -> str:
        """How many rounds count, of how many."""
        of = f" of {len(self.kept) + self.left_out}" if self.left_out else ""
        return f"{len(self.kept)}{of}{', busy' if self.busy else ''}"


def in_turns(
    contest: Contest,
    rounds: int,
    *,
    warm_up: int = 1,
    load: Callable[[], float] = lambda: os.getloadavg()[0],
) -> Rounds:
    """Runs everybody once a round, every other round the other way round, until `rounds` quiet ones are there
    or half as many more were tried. The first ones warm up and do not count."""
    seen: list[tuple[bool, Round]] = []
    names = list(contest)
    for number in range(-warm_up, rounds + rounds // 2):
        order = names if number % 2 else names[::-1]
        before = load()
        one = {name: contest[name]() for name in order}
        if number >= 0:
            seen.append((max(before, load()) <= MOST_LOAD, one))
        if sum(quiet for quiet, _ in seen) >= rounds:
            break
    return _kept(seen, rounds)


def _kept(seen: list[tuple[bool, Round]], rounds: int) -> Rounds:
    quiet = [one for is_quiet, one in seen if is_quiet]
    if len(quiet) < min(FEWEST, rounds):
        print("the machine is busy: all rounds count", file=sys.stderr, flush=True)
        return Rounds([one for _, one in seen][:rounds], busy=True)
    return Rounds(quiet, left_out=len(seen) - len(quiet))


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """The same work as a contestant: it returns its seconds on the wall."""

    def run() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return run


def interval(rounds: list[Round], statistic: Statistic, seed: int = 7) -> tuple[float, float, float]:
    """A statistic of the rounds with its 95 % bootstrap interval, by drawing whole rounds again."""
    chance = random.Random(seed)
    drawn = sorted(statistic(chance.choices(rounds, k=len(rounds))) for _ in range(DRAWS))
    return statistic(rounds), drawn[round(0.025 * DRAWS)], drawn[round(0.975 * DRAWS) - 1]


def ratio_of(ours: str, theirs: str, *, share: float = 0.5) -> Statistic:
    """The quantile `share` of one contestant over the median of another."""

    def statistic(rounds: list[Round]) -> float:
        return quantile((one[ours] for one in rounds), share) / median(one[theirs] for one in rounds)

    return statistic


def quantile_of(name: str, share: float = 0.5) -> Statistic:
    """The quantile of one contestant."""
    return lambda rounds: quantile((one[name] for one in rounds), share)


def quantile(values: Iterable[float], share: float) -> float:
    """The median, or the smallest value that at least this share does not exceed."""
    ordered = sorted(values)
    if share == 0.5:
        return median(ordered)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
