"""Observations -> the lines of docs/calibration.md, and that file -> the committed figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import chance
from bench.experiments import VERDICTS, Claim, Experiment, Observation

HEADER = ("| line | what | bar | result | of | 95 % by chance | |", "|---|---|---|---|---|---|---|")
_LINE = re.compile(
    r"^\| `(?P<key>[^`]+)` \| (?P<what>[^|]+) \| [^|]* \| (?P<result>[-\d. %]+) \| (?P<of>\d+) \|"
)


@dataclass(frozen=True)
class Result:
    """One figure: hits of trials for a rate, the value otherwise; `low` and `high` what chance allows."""

    claim: Claim
    value: float
    hits: int
    trials: int
    low: float
    high: float

    @property
    def passes(self) -> bool | None:
        """Whether the figure keeps its bar, None without one."""
        barred = self.claim.least is not None or self.claim.most is not None
        return keeps(self.claim, self.value) if barred else None


def keeps(claim: Claim, figure: float) -> bool:
    """Whether a figure keeps the bar of its claim; without a bar any does."""
    least, most = claim.least, claim.most
    return (least is None or figure >= least) and (most is None or figure <= most)


def result(claim: Claim, rows: list[Observation]) -> Result | None:
    """The figure of one claim over the seeds, None when its column never applied."""
    if claim.kind == "majority":
        worst = min(_largest(rows, "persists at"), _largest(rows, "falls_back at"))
        return Result(claim, worst, round(worst * len(rows)), len(rows), *_rate(worst, len(rows)))
    values = column(claim.column, rows)
    if len(values) == 0:
        return None
    if claim.kind == "median":
        middle = float(np.median(values))
        return Result(claim, middle, 0, len(values), *chance.median_interval(values))
    rate = float(values.mean())
    return Result(claim, rate, round(values.sum()), len(values), *_rate(rate, len(values)))


def column(name: str, rows: list[Observation]) -> np.ndarray:
    """The numbers of one column where it applies."""
    found = (row.get(name) for row in rows)
    return np.array([value for value in found if isinstance(value, int | float)])


def results(experiment: Experiment, rows: list[Observation]) -> list[Result]:
    """The figures of all claims that apply."""
    return [one for claim in experiment.claims if (one := result(claim, rows)) is not None]


def bars(of: dict[Experiment, list[Observation]]) -> list[str]:
    """All figures with a bar."""
    lines = [
        _line(experiment.key, one)
        for experiment, rows in of.items()
        for one in results(experiment, rows)
        if one.passes is not None
    ]
    return ["## The bars", "", *HEADER, *lines, ""]


def rates(of: dict[Experiment, list[Observation]]) -> list[str]:
    """What the verdict says how often, in per cent, one line an experiment with a verdict."""
    columns = ("true level", *VERDICTS, "wrong", "level in its interval", "half-life stated")
    lines = ["## What the verdict says", "", "| experiment | what | " + " | ".join(columns) + " |"]
    lines += ["|---" * (len(columns) + 2) + "|"]
    for experiment, rows in of.items():
        if all(name in rows[0] for name in columns):
            level, *cells = (float(np.mean(column(name, rows))) for name in columns)
            level = float(np.median(column("true level", rows)))
            shown = " | ".join(f"{100 * cell:.0f}" for cell in cells)
            lines.append(f"| `{experiment.key}` | {experiment.title} | {level:.2f} | {shown} |")
    return [*lines, ""]


def section(experiment: Experiment, rows: list[Observation]) -> list[str]:
    """Heading, settings and the table of one experiment."""
    seeds = f"{experiment.seeds[0]}-{experiment.seeds[-1]}"
    truth = f" Truth: {experiment.truth}." if experiment.truth else ""
    told = f"{experiment.settings}; seeds {seeds}.{truth} {experiment.note}".strip()
    lines = [f"### {experiment.title} (`{experiment.key}`)", "", told]
    cases = Counter(str(row["case"]) for row in rows if "case" in row)
    if cases:
        lines += ["", "Said: " + ", ".join(f"{case} {number}" for case, number in cases.most_common()) + "."]
    return [*lines, "", *HEADER, *(_line(experiment.key, one) for one in results(experiment, rows)), ""]


def missed(experiment: Experiment, rows: list[Observation]) -> list[Result]:
    """The figures that do not keep their bar."""
    return [one for one in results(experiment, rows) if one.passes is False]


def committed(path: Path) -> dict[tuple[str, str], tuple[float, int]]:
    """(experiment, column) -> (figure, number of seeds) as the file has them."""
    found = {}
    for match in filter(None, map(_LINE.match, path.read_text(encoding="utf-8").splitlines())):
        number = match["result"].strip()
        figure = float(number.removesuffix(" %")) / (100 if number.endswith("%") else 1)
        found[match["key"], match["what"].strip()] = (figure, int(match["of"]))
    return found


def bar(claim: Claim) -> str:
    """The bar in signs."""
    low = "" if claim.least is None else f"≥ {_number(claim.least, claim)}"
    high = "" if claim.most is None else f"≤ {_number(claim.most, claim)}"
    return " and ".join(filter(None, (low, high)))


def _line(key: str, one: Result) -> str:
    claim = one.claim
    word = {True: "pass", False: "**missed**", None: ""}[one.passes]
    spread = f"{_number(one.low, claim)} to {_number(one.high, claim)}"
    figure = _number(one.value, claim)
    return f"| `{key}` | {claim.column} | {bar(claim)} | {figure} | {one.trials} | {spread} | {word} |"


def _number(value: float, claim: Claim) -> str:
    return f"{value:.3f}" if claim.kind == "median" else f"{100 * value:.1f} %"


def _rate(rate: float, trials: int) -> tuple[float, float]:
    return chance.interval(round(rate * trials), trials)


def _largest(rows: list[Observation], start: str) -> float:
    names = [name for name in rows[0] if name.startswith(start)]
    return max(float(column(name, rows).mean()) for name in names)
