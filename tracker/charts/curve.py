"""The model's curve, cut into what is drawn: pieces without the unknown stretches, and the fins on them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tracker.charts.frame import Frame, days

POINTS = 360  # a point every three pixels draws the same curve as a point a day


def pieces(frame: Frame, curve: pd.DataFrame, unknown: pd.DataFrame) -> pd.DataFrame:
    """The drawn points of the curve, ascending: day, piece, segment, floor, low, high, expected, fin.

    `piece` changes at every unknown stretch; days inside one are left out. `fin` numbers the stretches
    where the extra is visible (NaN elsewhere), a new one at every incident. Empty without a curve.
    """
    points = _drawn(frame, curve)
    if points.empty:
        return points.assign(piece=[], fin=[])
    points["piece"] = 0
    for start, end in zip(days(unknown["start"]), days(unknown["end"]) + 1, strict=True):
        points = points[(points.day <= start) | (points.day >= end)]
        points["piece"] += (points.day >= end).astype(int)
    points["fin"] = _fins(points, visible=frame.units_per_px)
    return _thin(points.reset_index(drop=True))


def _drawn(frame: Frame, curve: pd.DataFrame) -> pd.DataFrame:
    points = pd.DataFrame({"day": days(curve["day"])})
    for column in ("segment", "floor", "expected"):
        points[column] = curve[column].to_numpy(float)
    for column, known in (("floor_low", "low"), ("floor_high", "high")):
        band = curve[column].to_numpy(float)
        points[known] = np.where(np.isfinite(band), band, points.floor)  # no band known: no band drawn
    rates = ["floor", "low", "high", "expected"]
    points[rates] = points[rates].clip(lower=0, upper=frame.top)
    return points[(points.day >= frame.first) & (points.day <= frame.last)].dropna()


def _fins(points: pd.DataFrame, visible: float) -> pd.Series:
    """A number for each run of visible extra within one segment and one piece; NaN where there is none."""
    shown = (points.expected - points.floor) > visible
    return _changes([shown, points.segment, points.piece], 1).cumsum().where(shown)


def _thin(points: pd.DataFrame) -> pd.DataFrame:
    """Every so many days, and always both ends of a run: what starts or stops on a day keeps that day."""
    kind = [points.segment, points.piece, points.fin.fillna(0)]
    step = max(1, len(points) // POINTS)
    kept = _changes(kind, 1) | _changes(kind, -1) | (points.index % step == 0)
    return points[kept].reset_index(drop=True)


def _changes(kind: list[pd.Series], by: int) -> pd.Series:
    """Where any of the columns differs from the row before (1) or after (-1)."""
    return pd.concat([part != part.shift(by) for part in kind], axis=1).any(axis=1)
