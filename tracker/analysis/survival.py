"""Lives -> how many last: Kaplan-Meier with Greenwood's log-log band, split by heat and peace.

A life ends by fading. What was ended by decision left the count on that day, and is no loss. What began
before the log is left out: it is in the log because it lasted, and would count as never lost until then.
Source: Kaplan and Meier 1958; the band on the log-log scale as in Kalbfleisch and Prentice, section 1.4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import ndtri

from tracker.analysis import policy
from tracker.analysis.estimate import Estimate

MOMENTS = (90, 180, 365)


@dataclass(frozen=True, kw_only=True)
class Life:
    """One arrangement or agreement from the day it began: `days` until it faded, or so far.

    `kind`: arrangement | agreement, with its `id` and `name`. `end`: faded | stopped (somebody said so) |
    decided (ended or dropped with a reason) | kept (an agreement that was done) | running. `heat`: None when
    nobody knows what happened in the weeks before it began. `before_log`: it is older than the log.
    """

    kind: str
    id: int
    name: str
    began: date
    days: int
    end: str
    heat: bool | None
    before_log: bool = False

    @property
    def lost(self) -> bool:
        """True when it faded; ended by decision is not lost."""
        return self.end in ("faded", "stopped")


@dataclass(frozen=True, kw_only=True)
class Curve:
    """How many of some lives last.

    `steps`: day, survival, low, high, at_risk, lost; one row a day on which one was lost, the first row is
    day 0. `at`: days -> Estimate, hidden while nobody was followed that long. Without enough lives `enough`
    is False and every estimate hidden: then the list of lives is the answer.
    """

    lives: tuple[Life, ...]
    steps: pd.DataFrame
    at: dict[int, Estimate]
    enough: bool

    @property
    def lasting(self) -> int:
        """How many were not lost so far."""
        return sum(not one.lost for one in self.lives)


@dataclass(frozen=True, kw_only=True)
class Survival:
    """The curves of one kind: all, those that began in heat, and those that began in peace.

    Left out: `no_start`, how many have no known beginning, and `before_log`, those older than the log, the
    oldest first. Of some in `all` nobody knows whether it was heat or peace.
    """

    all: Curve
    heat: Curve
    peace: Curve
    no_start: int
    before_log: tuple[Life, ...]


def survival(lives: Sequence[Life], no_start: int = 0) -> Survival:
    """The three curves of `lives`."""
    seen = [one for one in lives if not one.before_log]
    return Survival(
        all=curve(seen),
        heat=curve([one for one in seen if one.heat is True]),
        peace=curve([one for one in seen if one.heat is False]),
        no_start=no_start,
        before_log=tuple(sorted((one for one in lives if one.before_log), key=_by_beginning)),
    )


def curve(lives: Sequence[Life]) -> Curve:
    """The curve of some lives; stated from eight on."""
    days = np.array([one.days for one in lives], int)
    lost = np.array([one.lost for one in lives], bool)
    steps = kaplan_meier(days, lost)
    enough = len(lives) >= policy.value("least_lives")
    at = {moment: _at(steps, days, moment, enough) for moment in MOMENTS}
    ordered = tuple(sorted(lives, key=lambda one: (-one.days, one.name)))
    return Curve(lives=ordered, steps=steps, at=at, enough=enough)


def kaplan_meier(days: np.ndarray, lost: np.ndarray) -> pd.DataFrame:
    """day, survival, low, high, at_risk, lost: a row for day 0 and for every day with a loss, ascending.

    `days` that each was followed, `lost` whether it was lost then. At 1 and 0 the log-log band does not
    exist; there it is the exact one for as many as are at risk, so that it never collapses. At 0 it is never
    above the band before it: survival does not rise.
    """
    z = float(ndtri((1 + policy.value("confidence")) / 2))
    share, greenwood, high = 1.0, 0.0, 1.0
    rows = [(0, share, _exact_low(len(days)), high, len(days), 0)]
    for day in np.unique(days[lost]):
        at_risk, gone = int((days >= day).sum()), int((lost & (days == day)).sum())
        share *= 1 - gone / at_risk
        if share > 0:
            greenwood += gone / (at_risk * (at_risk - gone))
            low, high = _log_log(share, greenwood, z)
        else:
            low, high = 0.0, min(high, 1 - _exact_low(at_risk))
        rows.append((int(day), share, low, high, at_risk, gone))
    return pd.DataFrame(rows, columns=["day", "survival", "low", "high", "at_risk", "lost"])


def _by_beginning(one: Life) -> tuple[date, str]:
    return one.began, one.name


def _log_log(share: float, greenwood: float, z: float) -> tuple[float, float]:
    reach = z * math.sqrt(greenwood) / abs(math.log(share))
    return share ** math.exp(reach), share ** math.exp(-reach)


def _exact_low(at_risk: int) -> float:
    """The lower Clopper-Pearson bound of `at_risk` out of `at_risk`."""
    tail = (1 - policy.value("confidence")) / 2
    return float(tail ** (1 / at_risk)) if at_risk else 0.0


def _at(steps: pd.DataFrame, days: np.ndarray, moment: int, enough: bool) -> Estimate:
    if not len(days):
        return Estimate(why="no_lives")
    if not enough:
        return Estimate(status="hidden", why="few_lives")
    followed = int((days >= moment).sum())
    last = steps[steps["day"] <= moment].iloc[-1]
    if not followed and last["survival"] > 0:
        return Estimate(status="hidden", why="not_followed")
    low = last["low"] if last["lost"] else _exact_low(followed)
    return Estimate(value=float(last["survival"]), low=float(low), high=float(last["high"]), status="ok")
