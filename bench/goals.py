"""What must be reached, and what was measured: whether a figure keeps its bar is reckoned here, never typed.

A figure with an interval keeps its bar when the upper end of the interval does.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from bench.turns import Rounds, Statistic, interval

ANY, LARGE, LARGEST = 0, 100_000, 1_000_000
LIKE_THE_TWIN = {10_000: 1.25, LARGE: 1.25, LARGEST: 1.35}
PASSED, MISSED, NOT_MEASURED = "passed", "**missed**", "not measured in this run"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is measured and in which unit, with its bars: size of the log -> at most (or at least) so much.

    The bar of `ANY` holds for every size; without one of its own a figure is for reading. `slack` is by how
    much a figure may miss its bar before that counts.
    """

    key: str
    what: str
    unit: str
    bars: Mapping[int, float] = field(default_factory=dict)
    at_least: bool = False
    slack: float = 0.0

    def bar(self, size: int) -> float | None:
        """The bar for a log of this size."""
        return self.bars.get(size, self.bars.get(ANY))

    def told(self, size: int) -> str:
        """That bar in signs, empty without one."""
        bar = self.bar(size)
        sign, extra = "≥" if self.at_least else "≤", f" (+ {self.slack:g})" if self.slack else ""
        return "" if bar is None else f"{sign} {number(bar, self.unit)}{extra}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured number in the unit of its goal, with its 95 % interval when it was drawn again.

    `size` is that of the log, 0 when there is none; `rounds` says how many count; `beside` are the absolute
    times it was made of.
    """

    key: str
    value: float
    what: str = ""
    size: int = 0
    low: float | None = None
    high: float | None = None
    rounds: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Asked:
    """What a part of the run gets: which logs, how many rounds, where made logs are kept, where to work."""

    sizes: tuple[int, ...]
    rounds: int
    cache: Path
    work: Path
    datasette: str = ""

    @property
    def large(self) -> int:
        """The log that most goals are about, or the largest below it."""
        return max(size for size in self.sizes if size <= LARGE)

    @property
    def judged(self) -> tuple[int, ...]:
        """The large log, and the largest one where it is asked for."""
        return tuple(sorted({self.large, max(self.sizes)}))

    def folder(self, name: str) -> Path:
        """A place of its own to work in."""
        place = self.work / name
        place.mkdir(parents=True, exist_ok=True)
        return place


GOALS = (
    Goal(key="P1", what="cold start to the first usable page / hello", unit="times", bars={ANY: 2.5}),
    Goal(key="P2", what="home screen again / twin, browser", unit="times", bars=LIKE_THE_TWIN),
    Goal(key="P2 p95", what="95 % of them / median of the twin", unit="times", bars={ANY: 2.0}),
    Goal(key="P3", what="home screen again / twin, websocket", unit="times", bars={LARGE: 1.2, LARGEST: 1.3}),
    Goal(key="P3 hello", what="home screen again / hello, websocket", unit="times", bars={LARGE: 4.0}),
    Goal(key="P4", what="exponent of the home screen's time", unit="", bars={ANY: 0.15}, slack=0.03),
    Goal(key="P4 bytes", what="exponent of its bytes", unit="", bars={ANY: 0.05}, slack=0.03),
    Goal(key="P4 rows", what="chart rows of a view, the most", unit="rows", bars={ANY: 5_000}),
    Goal(key="P4 view", what="size of a view, the most", unit="kB", bars={ANY: 1_000}),
    Goal(key="P5", what="another filter to the new chart, 95 %", unit="ms", bars={LARGE: 400}),
    Goal(key="P6", what="click to confirmed, 95 % / hello", unit="times", bars={ANY: 1.5}),
    Goal(key="P6 store", what="one record with its history, median", unit="ms", bars={ANY: 5}),
    Goal(key="P6 store p95", what="the same, 95 %", unit="ms", bars={ANY: 5}),
    Goal(key="P7", what="import by sqlite-utils / ours", unit="times", bars={ANY: 2.0}, at_least=True),
    Goal(key="P8", what="web page, new process / its drawings", unit="times", bars={LARGE: 1.5}),
    Goal(key="P8 s", what="the same, seconds of ours", unit="s", bars={LARGEST: 5.0}),
    Goal(key="P9", what="memory after the first page", unit="MB", bars={LARGE: 220, LARGEST: 300}),
    Goal(key="P9 session", what="memory of one more session", unit="MB", bars={ANY: 3.0}),
    Goal(key="P10", what="ten sessions at once, 95 %", unit="s", bars={ANY: 1.5}),
    Goal(key="P10 refused", what="entries of theirs refused or lost", unit="entries", bars={ANY: 0}),
    Goal(key="P11", what="a page of entries again, in an open session", unit="ms"),
    Goal(key="P12", what="check at the start", unit="s", bars={LARGE: 0.3}),
    Goal(key="P12 verify", what="full verification", unit="s", bars={LARGE: 2.0}),
)
HEADING = (
    "| goal | what | activities | bar | figure | 95 % interval | | rounds | beside |",
    "|---|---|---:|---|---:|---|---|---|---|",
)
GOAL = {goal.key: goal for goal in GOALS}


def verdict(figure: Figure) -> str:
    """`passed`, `**missed**`, or nothing where the goal has no bar for this size."""
    goal = GOAL[figure.key]
    bar = goal.bar(figure.size)
    if bar is None:
        return ""
    worst = figure.low if goal.at_least else figure.high
    worst = figure.value if worst is None else worst
    kept = worst >= bar - goal.slack if goal.at_least else worst <= bar + goal.slack
    return PASSED if kept else MISSED


def drawn(key: str, rounds: Rounds, statistic: Statistic, *, times: float = 1, **more: Any) -> Figure:
    """A figure with its interval; `times` turns seconds into the unit of the goal."""
    value, low, high = (times * one for one in interval(rounds.kept, statistic))
    return Figure(key=key, value=value, low=low, high=high, rounds=rounds.told(), **more)


def table(figures: Iterable[Figure]) -> list[str]:
    """One row a figure, in the order of the goals; a goal without a figure says so."""
    found = list(figures)
    lines = [*HEADING]
    for goal in GOALS:
        own = [one for one in found if one.key == goal.key]
        lines += [_row(goal, one) for one in own]
        if not own:
            lines.append(f"| {goal.key} | {goal.what} | | | | | {NOT_MEASURED} | | |")
    return lines


def from_json(told: Mapping[str, Any]) -> Figure:
    """What `as_json` made of a figure, without what is reckoned of it."""
    return Figure(**{one.name: told[one.name] for one in fields(Figure)})


def as_json(figure: Figure) -> dict[str, Any]:
    """The figure with its verdict, for results.json."""
    return asdict(figure) | {"unit": GOAL[figure.key].unit, "verdict": verdict(figure).strip("*")}


def number(value: float, unit: str) -> str:
    """A number as people read it: three digits, all of them from a hundred on."""
    shown = f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    return f"{shown} {unit}".strip() if unit != "times" else f"{value:.2f}"


def alone(part: Callable[[Asked], list[Figure]], *, sizes: tuple[int, ...], rounds: int) -> None:
    """Runs one part by itself and prints its figures."""
    parser = argparse.ArgumentParser(description=sys.modules[part.__module__].__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, help="activities in the log")
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--cache", type=Path, required=True, help="where made logs are kept between runs")
    parser.add_argument("--datasette", default="", help="the datasette program, when it is not on the PATH")
    parser.add_argument("--results", type=Path, help="the figures as JSON instead of a table")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sizes = tuple(wanted.sizes)
        found = part(Asked(sizes, wanted.rounds, wanted.cache, Path(work), wanted.datasette))
    if wanted.results:
        wanted.results.write_text(json.dumps([asdict(one) for one in found]), encoding="utf-8")
        return
    print("\n".join([*HEADING, *(_row(GOAL[one.key], one) for one in found)]))


def _row(goal: Goal, figure: Figure) -> str:
    size = f"{figure.size:,}" if figure.size else ""
    spread = (
        ""
        if figure.low is None or figure.high is None
        else (f"{number(figure.low, goal.unit)} to {number(figure.high, goal.unit)}")
    )
    cells = (
        goal.key,
        figure.what or goal.what,
        size,
        goal.told(figure.size),
        number(figure.value, goal.unit),
        spread,
        verdict(figure),
        figure.rounds,
        figure.beside,
    )
    return "| " + " | ".join(cells) + " |"
