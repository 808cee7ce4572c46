"""Recess in the strip under zero: it must not compete with peacetime for the background."""

from __future__ import annotations

import altair as alt

from tracker.charts.frame import STRIP, Frame, data
from tracker.charts.palette import Palette

_EDGE = 3  # px left free above and below
_WORD = 40  # px a stretch needs before its word fits in it
_SIZE = 12

Stretch = tuple[float, float]


def strip(
    frame: Frame, spans: list[Stretch], unknown: list[Stretch], word: str, palette: Palette
) -> list[alt.Chart]:
    """A pale box a recess; its word where it fits and "not logged" does not stand there."""
    if not spans:
        return []
    zero = frame.lane + frame.plot
    top, bottom = frame.value_at(zero + _EDGE), frame.value_at(zero + STRIP - _EDGE)
    rows = [
        {"start": a, "end": b, "y": bottom, "y2": top, "mid": (a + b) / 2, "word": word} for a, b in spans
    ]
    boxes = alt.Chart(data(rows, day_fields=("start", "end", "mid")), name="recess")
    box = boxes.mark_rect(color=palette.recess, stroke=palette.axis, strokeWidth=0.6, aria=False)
    layers = [box.encode(frame.x("start"), alt.X2("end"), frame.y("y"), alt.Y2("y2"))]
    roomy = [row for row in rows if _fits(frame, row["start"], row["end"], unknown)]
    if roomy:
        middle = (top + bottom) / 2
        source = alt.Chart(
            data([row | {"y": middle} for row in roomy], day_fields=("start", "end", "mid")),
            name="recess_words",
        )
        text = source.mark_text(fontSize=_SIZE, color=palette.ink2, aria=False)
        layers.append(text.encode(frame.x("mid"), frame.y("y"), alt.Text("word", type="nominal")))
    return layers


def _fits(frame: Frame, start: float, end: float, unknown: list[Stretch]) -> bool:
    room = _WORD * frame.days_per_px
    near = any(a - 1.5 * room < end and start < b + 1.5 * room for a, b in unknown)
    return end - start >= room and not near
