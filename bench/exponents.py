"""Times or bytes by size -> the exponent with which they grow: least squares of the log of the medians."""

from __future__ import annotations

import math
from collections.abc import Mapping

from bench.turns import Round, Statistic, quantile_of

FEWEST_SIZES = 4


def exponent(by_size: Mapping[int, float]) -> float:
    """The slope of log value against log size."""
    points = [(math.log(size), math.log(value)) for size, value in by_size.items()]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return above / sum((x - mean_x) ** 2 for x, _ in points)


def exponent_of(names: Mapping[int, str]) -> Statistic:
    """The exponent of the medians of some contestants, each of its size."""
    assert len(names) >= FEWEST_SIZES, f"an exponent needs {FEWEST_SIZES} sizes, not {sorted(names)}"

    def statistic(rounds: list[Round]) -> float:
        return exponent({size: quantile_of(name)(rounds) for size, name in names.items()})

    return statistic
