"""Simulated lives and pairs with a known share that lasts -> whether the product's intervals hold it.

Lives begin evenly over two years and are lost at a constant rate, so that many are still open when they are
looked at. A pair is kept when both of its organisations stay and the pair itself does: when organisations
leave, all of their pairs go together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np

from tracker.analysis import pairs, survival
from tracker.analysis.survival import Life

Bars = dict[str, tuple[float | None, float | None]]
LASTING, STATED = "share at 180 days in its interval", "share stated"
TOO_LOW, TOO_HIGH = "interval below the truth", "interval above the truth"
KEPT = "retention in its interval"
MOMENT, WINDOW = 180, 730
_CLUSTERED = (
    "Wilson's interval takes every pair for a trial of its own. The pairs of an organisation that leaves go"
    " together, so it is too narrow: the more pairs, the more so."
)
UNTIL = date(2025, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Lives:
    """`number` lives of which `share` last 180 days."""

    number: int
    share: float
    columns = (LASTING, STATED, TOO_LOW, TOO_HIGH)
    note = ""

    @property
    def told(self) -> str:
        """The setting in words."""
        return (
            f"{self.number} arrangements that began evenly over the last {WINDOW} days, of which"
            f" {self.share:g} last {MOMENT} days, lost at a constant rate"
        )


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of `partners` organisations: a share `kept` of pairs stays, a share `leaving` of them goes."""

    partners: int
    kept: float
    leaving: float
    columns = (KEPT, TOO_LOW, TOO_HIGH)

    @property
    def told(self) -> str:
        """The setting in words."""
        return (
            f"{self.partners} organisations of which every two met in the first year with a chance of 0.6;"
            f" {self.kept:g} of the pairs are kept, {self.leaving:g} of the organisations leave"
        )

    @property
    def note(self) -> str:
        """What to make of the figures."""
        return _CLUSTERED if self.leaving else ""


def observed(seed: int, setting: Lives | Pairs) -> dict[str, float | str | None]:
    """Whether the interval of one simulated town holds the truth; None where no share is stated."""
    rng = np.random.default_rng(seed)
    if isinstance(setting, Lives):
        found = survival.curve(_lives(rng, setting)).at[MOMENT]
        held = _held(found.low, found.high, setting.share) if found.stated else (None, None, None)
        return {STATED: float(found.stated), LASTING: held[0], TOO_LOW: held[1], TOO_HIGH: held[2]}
    before, now = _pairs(rng, setting)
    kept = pairs.retention({0: before, 1: now}, lambda year: year + 1).pooled
    held = _held(kept.low, kept.high, setting.kept) if kept.stated else (None, None, None)
    return {KEPT: held[0], TOO_LOW: held[1], TOO_HIGH: held[2]}


def _held(
    low: float | None, high: float | None, truth: float
) -> tuple[float | None, float | None, float | None]:
    """Whether the interval holds the truth, lies below it, lies above it."""
    assert low is not None
    assert high is not None
    below, above = high < truth - 1e-9, low > truth + 1e-9
    return float(not below and not above), float(below), float(above)


def _lives(rng: np.random.Generator, setting: Lives) -> list[Life]:
    age = rng.integers(1, WINDOW + 1, setting.number)
    lasts = np.ceil(rng.exponential(-MOMENT / math.log(setting.share), setting.number)).astype(int)
    return [
        Life(
            kind="arrangement",
            id=number,
            name=str(number),
            began=UNTIL - timedelta(days=int(old)),
            days=int(min(old, days)),
            end="faded" if days <= old else "running",
            heat=False,
        )
        for number, (old, days) in enumerate(zip(age, lasts, strict=True))
    ]


def _pairs(
    rng: np.random.Generator, setting: Pairs
) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """The pairs of the first year and those of the second; only who was a pair can be kept."""
    stays = rng.random(setting.partners) >= setting.leaving
    own = setting.kept / (1 - setting.leaving) ** 2
    before = [pair for pair in combinations(range(setting.partners), 2) if rng.random() < 0.6]
    now = [(a, b) for a, b in before if stays[a] and stays[b] and rng.random() < own]
    return frozenset(before), frozenset(now)


def _settings() -> dict[str, tuple[str, Lives | Pairs, range, Bars]]:
    """Key -> title, setting, seeds, and the bars (least, most) by column."""
    rows: dict[str, tuple[str, Lives | Pairs, range, Bars]] = {}
    for number in (8, 12, 20):
        for share in (0.5, 0.7, 0.9):
            lives = Lives(number=number, share=share)
            rows[f"lives-{number}-{share:g}"] = (
                "How long arrangements last", lives, range(9000, 10000), {LASTING: (0.90, None)}
            )  # fmt: skip
    for partners in (8, 12, 20):
        for leaving in (0.0, 0.1, 0.3):
            setting = Pairs(partners=partners, kept=0.4, leaving=leaving)
            alone: Bars = {} if leaving else {KEPT: (0.90, None)}
            rows[f"pairs-{partners}-{leaving:g}"] = ("Pairs a year later", setting, range(9000, 10000), alone)
    return {
        key: (title, setting, seeds, dict.fromkeys(setting.columns, (None, None)) | bars)
        for key, (title, setting, seeds, bars) in rows.items()
    }


SETTINGS = _settings()
