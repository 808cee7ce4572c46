"""Simulated meetings with a known adherence -> the structure verdict of the product's own rules.

Every arrangement meets monthly; its own adherence is drawn from a beta distribution about the true one, so
that two of its meetings correlate by `correlation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from tracker.analysis import policy
from tracker.analysis.meetings import Agreed, Answer, Meetings
from tracker.analysis.structure import structure

Bars = dict[str, tuple[float | None, float | None]]
VERDICTS = ("holds", "slips", "undecided", "too_early")
IN_INTERVAL = "adherence in its interval"
UPPER_ONLY = "holds if unanswered were left out"
SILENT = "a third fell silent"
COLUMNS = (IN_INTERVAL, *VERDICTS, SILENT, UPPER_ONLY)
FIRST = date(2023, 1, 10)
UNTIL = date(2023, 12, 31)
MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is simulated: `answered` is the chance that a missed meeting is marked as such.

    `ending` arrangements stop on a day in the year by decision (`end_reason`), the others go on.
    """

    arrangements: int
    adherence: float
    correlation: float = 0.0
    answered: float = 1.0
    ending: int = 0
    end_reason: str = "secured"

    @property
    def told(self) -> str:
        """The setting in words."""
        ended = f", {self.ending} of them ended in the year ({self.end_reason})" if self.ending else ""
        return (
            f"{self.arrangements} monthly arrangements{ended}, true adherence {self.adherence:g}, correlation"
            f" {self.correlation:g} within them, {100 * self.answered:g} % of the missed meetings answered"
        )


def drawn(seed: int, setting: Setting) -> Meetings:
    """One simulated year. The draws come arrangement by arrangement: adherence, end, held, answered."""
    rng = np.random.default_rng(seed)
    return Meetings(
        until=UNTIL,
        first_entry=FIRST,
        arrangements=tuple(_arrangement(rng, setting, number) for number in range(setting.arrangements)),
    )


def observed(seed: int, setting: Setting) -> dict[str, float | str | None]:
    """The verdict on one simulated year, and whether the interval holds the true adherence.

    The interval is that of the upper case: where every missed meeting is answered, both cases are the same.
    """
    found = structure(drawn(seed, setting))
    low, high = found.adherence_upper.low or 0.0, found.adherence_upper.high or 0.0
    return {
        **{name: float(found.verdict == name) for name in VERDICTS},
        IN_INTERVAL: float(low - 1e-9 <= setting.adherence <= high + 1e-9),
        UPPER_ONLY: float(low >= policy.value("adherence_holds")),
        SILENT: float(found.judged >= 3 and 3 * found.dormant >= found.judged),
    }


def _arrangement(rng: np.random.Generator, setting: Setting, number: int) -> Agreed:
    chance = _own_adherence(rng, setting)
    ends = number < setting.ending
    due = [FIRST.replace(month=month + 1) for month in range(int(rng.integers(3, 10)) if ends else MONTHS)]
    held = rng.random(len(due)) < chance
    said = rng.random(len(due)) < setting.answered
    return Agreed(
        id=number,
        name=str(number),
        kind="regular",
        cadence="FREQ=MONTHLY",
        grace_weeks=2,
        started_on=FIRST,
        ended_on=due[-1] if ends else None,
        end_reason=setting.end_reason if ends else "",
        held=tuple(day for day, took_place in zip(due, held, strict=True) if took_place),
        answers=tuple(
            Answer(due_on=day, state="not_held")
            for day, took_place, told in zip(due, held, said, strict=True)
            if told and not took_place
        ),
    )


def _own_adherence(rng: np.random.Generator, setting: Setting) -> float:
    if setting.correlation == 0:
        return setting.adherence
    size = 1 / setting.correlation - 1
    return float(rng.beta(setting.adherence * size, (1 - setting.adherence) * size))


def _settings() -> dict[str, tuple[str, Setting, range, Bars]]:
    """Key -> title, setting, seeds, and the bars (least, most) by column."""
    rows: dict[str, tuple[str, Setting, range, Bars]] = {}
    for arrangements, seeds in ((3, 400), (6, 200), (15, 100)):
        for adherence in (0.45, 0.60, 0.75, 0.90):
            for correlation in (0.0, 0.2):
                bars: Bars = {IN_INTERVAL: (0.90, None)}
                if adherence <= policy.value("adherence_holds"):
                    bars["holds"] = (None, 0.05)
                rows[f"{arrangements}-{adherence:g}-{correlation:g}"] = (
                    "Coverage of adherence",
                    Setting(arrangements=arrangements, adherence=adherence, correlation=correlation),
                    range(9000, 9000 + seeds),
                    bars,
                )
    half = Setting(arrangements=6, adherence=0.60, answered=0.5)
    bounded: Bars = {"holds": (None, 0.05), UPPER_ONLY: (0.30, None)}
    rows["half-answered"] = ("Half of the misses answered", half, range(9000, 9400), bounded)
    for reason, ending, bars in (
        ("secured", 3, {IN_INTERVAL: (0.90, None), "holds": (0.80, None)}),
        ("no_longer_needed", 2, {"holds": (0.80, None)}),
        ("no_longer_needed", 3, {"holds": (None, 0.0)}),
    ):
        ended = Setting(arrangements=6, adherence=0.90, ending=ending, end_reason=reason)
        rows[f"ended-{reason}-{ending}"] = ("Some were ended by decision", ended, range(9000, 9200), bars)
    nothing: Bars = dict.fromkeys(COLUMNS, (None, None))
    return {key: (*row, nothing | bars) for key, (*row, bars) in rows.items()}


SETTINGS = _settings()
