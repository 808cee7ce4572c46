"""What was counted around incidents, made by hand so that the words can be read against it."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tracker.analysis.before_after import WINDOWS, After, BeforeAfter, IncidentAfter
from tracker.analysis.epochs import SPANS, Epochs, SpanRatio
from tracker.analysis.estimate import Estimate
from tracker.analysis.labels import Labels, against_timing
from tracker.words import Words

CELLS = {
    "up": After(ratio=Estimate(value=2.19, low=1.17, high=4.07, status="ok"), chance=0.01, changed="up"),
    "down": After(ratio=Estimate(value=0.5, low=0.31, high=0.79, status="ok"), chance=0.01, changed="down"),
    "none": After(ratio=Estimate(value=1.1, low=0.6, high=2.0, status="ok"), chance=0.7, changed="none"),
    "rough": After(
        ratio=Estimate(value=1.1, low=0.6, high=2.0, status="roughly", why="later_incident"),
        chance=0.7, changed="none", later=1,
    ),
    "nothing before": After(
        ratio=Estimate(low=3.2, status="open", why="nothing_before"), chance=0.01, changed="up"
    ),
    "short": After(ratio=Estimate(why="short_record")),
    "not over": After(ratio=Estimate(why="not_over")),
}  # fmt: skip
TIMING = Estimate(value=0.52, low=0.45, high=0.6, status="ok")


def incidents(*rows: tuple[str, str, str]) -> BeforeAfter:
    """A table of incidents with these cells in its three windows."""
    made = [
        IncidentAfter(
            day=date(2020 + number, 3, 1), title="Brand", severity=4, earlier=0,
            windows=dict(zip(WINDOWS, (CELLS[name] for name in row), strict=True)),
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    compared = sum(cell.chance is not None for one in made for cell in one.windows.values())
    apart = sum(cell.changed in ("up", "down") for one in made for cell in one.windows.values())
    return BeforeAfter(incidents=tuple(made), compared=compared, apart=apart, by_chance=compared / 20)


def epochs(number: int, *changed: tuple[str, float, float], last: int = 26, **fields: Any) -> Epochs:
    """A picture of so many incidents; `changed` has word, low and high of the ratio of each span."""
    weeks = list(range(-4, last + 1)) if number >= 5 else []
    mean = pd.DataFrame({"week": weeks, "rate": 1.0, "low": 0.5, "high": 1.5, "followed": number})
    ratios = tuple(
        SpanRatio(first=first, last=to, ratio=(low + min(high, 9)) / 2, low=low, high=high, p_higher=0.1,
                  p_lower=0.9, changed=word)
        for (first, to), (word, low, high) in zip(SPANS, changed, strict=False)
    )  # fmt: skip
    plain = {"incidents": number, "followed": number, "complete": number, "ratios": ratios}
    return Epochs(curves=pd.DataFrame(), mean=mean, **{**plain, **fields})


NONE = ("none", 0.6, 1.3)
TABLES = {
    "no incident": BeforeAfter(),
    "none comparable": incidents(("short", "short", "short"), ("not over",) * 3),
    "one, more": incidents(("up", "up", "up")),
    "one, no change": incidents(("none", "none", "not over")),
    "several, no change": incidents(("none", "none", "none"), ("none", "rough", "not over")),
    "several": incidents(
        ("up", "none", "down"), ("nothing before", "none", "rough"), ("down", "none", "none"), ("short",) * 3
    ),
}
PICTURES = {
    "no incident": epochs(0),
    "one": epochs(1),
    "three": epochs(3, cut=1),
    "five, too new to compare": epochs(5, last=9, complete=3),
    "many, like random dates": epochs(27, NONE, NONE, NONE, last=25, cut=25),
    "many, more": epochs(27, ("up", 1.21, 2.74), NONE, ("down", 0.41, 0.83)),
    "many, from nothing": epochs(6, ("up", 2.06, np.inf), ("down", 0.2, 0.6), ("up", 1.3, 2.0)),
}
LABELS = {
    "nothing": against_timing({}, TIMING),
    "no labels": against_timing({"": 30}, TIMING),
    "more than the timing": against_timing({"structural": 80, "incident_driven": 20}, TIMING),
    "less than the timing": against_timing({"structural": 30, "incident_driven": 70}, TIMING),
    "the same": against_timing({"structural": 55, "incident_driven": 45}, TIMING),
    "partly without a label": against_timing({"structural": 30, "": 40, "incident_driven": 30}, TIMING),
    "no timing": against_timing({"structural": 30, "": 3}, Estimate(why="no_incidents")),
    "no timing, no reason": against_timing({"structural": 30}, Estimate()),
    "few": against_timing({"structural": 3, "": 1}, Estimate(status="hidden", why="wide_interval")),
}


def about_table(say: Words, table: BeforeAfter) -> list[str]:
    return [say.before_after(table), say.two_measures(table), say.before_after_limits(table)]


def about_picture(say: Words, picture: Epochs) -> list[str]:
    return [say.day_zero(picture), say.day_zero_limits(picture)]


def about_labels(say: Words, labels: Labels) -> list[str]:
    return [say.labels_line(labels), say.labels_limits()]


def everything(say: Words) -> dict[str, list[str]]:
    """A name -> all that is said about it."""
    return {
        **{f"before and after, {name}": about_table(say, one) for name, one in TABLES.items()},
        **{f"day 0, {name}": about_picture(say, one) for name, one in PICTURES.items()},
        **{f"labels, {name}": about_labels(say, one) for name, one in LABELS.items()},
        **{f"cell, {name}": [say.after_ratio(one), say.after_word(one)] for name, one in CELLS.items()},
    }
