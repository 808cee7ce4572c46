"""The national threat level as a band of words over the same days as the timeline: no colour, no number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt

from tracker.charts import activity
from tracker.charts.axes import calendar
from tracker.charts.drawing import as_spec, fitting, layered, one_line
from tracker.charts.frame import AXIS_PX, Frame, data, day, frame
from tracker.charts.lettering import width
from tracker.charts.palette import Palette
from tracker.charts.timeline import NARROW_DAYS

BOX = 26  # px a box is high
GAP_PX = 1.5  # between two boxes
BREAK = [2, 2]


@dataclass(frozen=True, kw_only=True)
class Level:
    """One stretch of days, both ends included: the `word` of its level, empty where it is not known.

    `said` is all of it in words, for the tooltip; `sure` is False where the day or word is inferred;
    `new_scale`: here the words got another meaning.
    """

    first: date
    last: date
    word: str
    said: str
    sure: bool = True
    new_scale: bool = False


@dataclass(frozen=True, kw_only=True)
class BandLabels:
    """The words of the band: its title, what stands at a new scale, and since when nothing is known."""

    locale: str
    title: str
    short_title: str
    new_scale: str
    unknown: str


@dataclass(frozen=True, kw_only=True)
class _Band(Frame):
    """A frame without a strip under it."""

    @property
    def height(self) -> int:
        return self.lane + self.plot


def threat_band(
    levels: Sequence[Level],
    *,
    first: date,
    last: date,
    labels: BandLabels,
    palette: Palette,
    description: str,
    narrow: bool = False,
) -> dict[str, Any]:
    """The finished Vega-Lite spec, as wide as its container; `narrow`, for 390 px: the last twelve months.

    A word stands in its box where it fits. Where a stretch is not known the box is hatched, and `unknown`
    stands above the band at its right end.
    """
    first = max(first, last - timedelta(days=NARROW_DAYS)) if narrow else first
    at = _band(first, last, narrow)
    rows = list(_rows(levels, at))
    known = [row for row in rows if row["word"]]
    unknown = [(row["start"], row["end"]) for row in rows if not row["word"]]
    layers = [
        *activity.unknown_stretches(at, unknown, palette),
        *_boxes(at, known, palette),
        *_breaks(at, [row for row in rows if row["new_scale"]], labels, palette),
        *_head(at, labels, bool(unknown) and unknown[-1][1] == at.last, palette, narrow),
    ]
    return as_spec(layered(layers, height=at.height, description=description), palette, labels.locale)


def _band(first: date, last: date, narrow: bool) -> _Band:
    """The days of the timeline, one unit a pixel."""
    whole = frame(day(first), day(last), highest=3.0, severest=0, narrow=narrow)
    return _Band(**{**vars(whole), "plot": BOX, "top": float(BOX), "ticks": ()})


def _rows(levels: Sequence[Level], at: Frame) -> Iterator[dict[str, Any]]:
    """`least` is how wide the plot must be before the word fits in its box."""
    for one in levels:
        start, end = max(day(one.first), at.first), min(day(one.last) + 1, at.last)
        if end <= start:
            continue
        word = one_line(one.word)
        share = (end - start) / (at.right - at.left)
        yield {
            "start": start,
            "end": end,
            "middle": (start + end) / 2,
            "word": word,
            "said": one_line(one.said),
            "sure": one.sure,
            "least": (width(word) + 10) / share,
            "new_scale": one.new_scale and day(one.first) >= at.first,
        }


def _boxes(at: Frame, rows: list[dict[str, Any]], palette: Palette) -> list[alt.Chart]:
    """A box a word; dashed where the day or the word is inferred."""
    if not rows:
        return []
    inset = GAP_PX * at.days_per_px
    rows = [
        row | {"low": 1, "high": BOX - 1, "start": row["start"] + inset, "end": row["end"] - inset}
        for row in rows
    ]
    source = alt.Chart(data(rows, day_fields=("start", "end", "middle")))
    found = []
    for name, sure, dash in (("boxes", "datum.sure", [1, 0]), ("unsure_boxes", "!datum.sure", [4, 3])):
        box = source.transform_filter(sure).mark_rect(
            fill=palette.surface, stroke=palette.axis, strokeDash=dash, aria=False
        )
        box = box.properties(name=name).encode(at.x("start"), alt.X2("end"), at.y("low"), alt.Y2("high"))
        found.append(box.encode(tooltip=alt.Tooltip("said", type="nominal", title=" ")))
    word = source.transform_filter("width >= datum.least").transform_calculate(y=f"{BOX / 2}")
    word = word.mark_text(color=palette.ink, aria=False, tooltip=None).properties(name="words")
    return [*found, word.encode(at.x("middle"), at.y("y"), alt.Text("word", type="nominal"))]


def _breaks(at: Frame, rows: list[dict[str, Any]], labels: BandLabels, palette: Palette) -> list[alt.Chart]:
    """A double line through the band where the words got another meaning, and why above it."""
    if not rows:
        return []
    apart = 2 * at.days_per_px
    lines = [
        {"x": row["start"] + side, "low": -1, "high": BOX + 5} for row in rows for side in (-apart, apart)
    ]
    rule = alt.Chart(data(lines, day_fields=("x",)), name="scale_breaks")
    rule = rule.mark_rule(color=palette.ink, strokeWidth=1.3, aria=False)
    words = [{"x": row["start"], "y": BOX + 13, "word": labels.new_scale} for row in rows]
    word = _text("scale_words", words, at, fontSize=12, color=palette.ink2)
    return [rule.encode(at.x("x"), at.y("low"), alt.Y2("high")), word]


def _head(
    at: Frame, labels: BandLabels, unknown: bool, palette: Palette, narrow: bool
) -> Iterator[alt.Chart]:
    """What the band is, at its left end; since when nothing is known, at its right end."""
    title = fitting(labels.short_title if narrow else labels.title, at.width, bold=True)
    row = {"x": at.left, "y": BOX + 13, "word": title}
    text = _text("title", [row], at, align="left", fontWeight=600, color=palette.ink)
    # The axes of the timeline, unseen: their words take the same room, so a day lies straight above itself.
    across = calendar(at, palette)
    for name, value in {"labelOpacity": 0, "ticks": False, "domain": False, "offset": -BOX}.items():
        across[name] = value
    upward = alt.Axis(values=[], title=None, minExtent=AXIS_PX, domain=False)
    yield text.encode(at.x("x", across), at.y("y", upward))
    if unknown:
        row = {"x": at.last, "y": BOX + 13, "word": labels.unknown}
        yield _text("unknown_word", [row], at, align="right", fontSize=12, color=palette.ink2)


def _text(name: str, rows: list[dict[str, Any]], at: Frame, **style: Any) -> alt.Chart:
    mark = alt.Chart(data(rows, day_fields=("x",)), name=name).mark_text(aria=False, **style)
    return mark.encode(at.x("x"), at.y("y"), alt.Text("word", type="nominal"))
