"""Areas become diagonal strokes: Vega-Lite has no pattern fill, and lines stay sharp in SVG, PNG and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

from tracker.charts.frame import Frame

Stroke = tuple[float, float, float, float]  # x, x2 in days; y, y2 in the frame's units


def box(frame: Frame, start: float, end: float, *, step: int = 7) -> list[Stroke]:
    """Strokes over the full height of the activity lane between two days, `step` pixels apart."""
    return between(frame, np.array([start, end]), np.zeros(2), np.full(2, frame.top), step=step)


def between(
    frame: Frame, days: np.ndarray, low: np.ndarray, high: np.ndarray, *, step: int = 6
) -> list[Stroke]:
    """Strokes at 45 degrees between two curves over the same ascending `days`, `step` pixels apart."""
    x = _pixels(frame, days)
    bottom = np.interp(x, _x(frame, days), low) / frame.units_per_px
    top = np.interp(x, _x(frame, days), high) / frame.units_per_px
    strokes = []
    for offset in range(_first(bottom, x, step), ceil(top.max() - x.min()) + step, step):
        y = x + offset
        for a, b in _runs((y > bottom) & (y < top)):
            if x[b] - x[a] > 1:  # shorter is a speck, not a stroke
                strokes.append((frame.day_at(x[a]), frame.day_at(x[b]), *(y[[a, b]] * frame.units_per_px)))
    return strokes


def _pixels(frame: Frame, days: np.ndarray) -> np.ndarray:
    start, end = _x(frame, days)[[0, -1]]
    return np.linspace(start, end, max(2, ceil((end - start) * 2)))


def _x(frame: Frame, days: np.ndarray) -> np.ndarray:
    return frame.px(np.asarray(days, float))


def _first(bottom: np.ndarray, x: np.ndarray, step: int) -> int:
    return int(np.floor((bottom.min() - x.max()) / step)) * step


def _runs(inside: np.ndarray) -> Iterator[tuple[int, int]]:
    """First and last position of every run of True."""
    edges = np.flatnonzero(np.diff(np.r_[0, inside.astype(int), 0]))
    for start, stop in edges.reshape(-1, 2):
        yield int(start), int(stop) - 1
