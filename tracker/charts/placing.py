"""Words beside the marks: every word gets a place where it covers nothing, at every width, or is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from tracker.charts.frame import GAP, STRIP, Frame, to_date
from tracker.charts.incidents import NAMED_FROM, Lollipop
from tracker.charts.labels import Labels
from tracker.charts.lettering import cut, width

# Plot widths in px that words are placed for; a place holds up to the next width.
WIDTHS, NARROW_WIDTHS = (540, 640, 760, 880, 980, 1100), (270, 310, 360, 440)
ASIDE = 14  # px between the middle of a head and its name
LONGEST = 44  # characters of an incident's name
FINS_TRIED = 12  # for the one label "extra"
LINE = 15  # px a line of text takes

Box = tuple[float, float, float, float]  # left, right, upper, lower in px


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Everything that has a place already, in days and units."""

    frame: Frame
    marks: list[Lollipop]
    peace: list[dict[str, Any]]
    unknown: list[tuple[float, float]]
    recess: list[tuple[float, float]]
    points: pd.DataFrame
    dots: list[dict[str, Any]]
    labels: Labels
    narrow: bool

    def at(self, wide: int) -> Scene:
        return replace(self, frame=self.frame.at(wide))

    @cached_property
    def dots_px(self) -> np.ndarray:
        """Where the dots are, px from left and from above: two columns."""
        day, count = (np.array([dot[name] for dot in self.dots], float) for name in ("day", "count"))
        return np.column_stack((self.frame.px(day), self.frame.py(count)))

    @cached_property
    def drops_px(self) -> np.ndarray:
        """Where the drop lines of the incidents that count are, px from the left."""
        return self.frame.px(np.array([mark.day for mark in self.marks if mark.counts], float))

    @cached_property
    def curve_px(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the curve is, px from the left and from above."""
        return (
            self.frame.px(self.points.day.to_numpy(float)),
            self.frame.py(self.points.expected.to_numpy(float)),
        )


@dataclass(frozen=True, kw_only=True)
class Word:
    """A piece of text at a place; `kind` decides its colour, `align` which end stands at `x`."""

    kind: str
    text: str
    x: float
    y: float
    align: str = "center"


def words(scene: Scene) -> list[dict[str, Any]]:
    """All words as rows: kind, text, x, y, align, and their plot widths: `least` <= width < `most`."""
    rows: list[dict[str, Any]] = []
    widths = NARROW_WIDTHS if scene.narrow else WIDTHS
    for wide, following in zip(widths, (*widths[1:], 100_000), strict=True):
        for word in _words_at(scene.at(wide)):
            place = {"x": word.x, "y": word.y, "kind": word.kind, "text": word.text, "align": word.align}
            before = next((row for row in rows if row["most"] == wide and _same(row, place)), None)
            if before:
                before["most"] = following
            else:
                rows.append({**place, "least": 0 if wide == widths[0] else wide, "most": following})
    return rows


def _same(row: dict[str, Any], place: dict[str, Any]) -> bool:
    return all(row[key] == value for key, value in place.items())


def _words_at(scene: Scene) -> list[Word]:
    peace = _peacetime(scene)
    found = [*_names(scene), *peace, *_not_logged(scene), _today(scene)]
    found += _floor_label(scene)
    return found + _extra_label(scene, [_box(scene.frame, word, bold=True) for word in peace])


def _names(scene: Scene) -> Iterator[Word]:
    """Names of the severe incidents, the most severe and newest first; who finds no room is left out."""
    frame = scene.frame
    placed: list[Box] = []
    boxes = np.array([_lollipop_boxes(frame, mark) for mark in scene.marks]).reshape(-1, 2, 4)
    order = sorted(enumerate(scene.marks), key=lambda one: (-one[1].severity, not one[1].counts, -one[1].day))
    for place, mark in order:
        if mark.severity < NAMED_FROM:
            break
        others = np.delete(boxes, place, axis=0).reshape(-1, 4)
        for word in _name_choices(scene, mark):
            box = _box(frame, word)
            inside = box[0] >= 0 and box[1] <= frame.width
            if inside and not any(_hits(box, other) for other in placed) and not _hits_any(box, others):
                placed.append(box)
                yield word
                break


def _name_choices(scene: Scene, mark: Lollipop) -> Iterator[Word]:
    title, aside = cut(mark.title, LONGEST), ASIDE * scene.frame.days_per_px
    y = scene.frame.severity_y(mark.severity)
    dated = f"{title} · {scene.labels.day(to_date(mark.day))}"
    right, left = (mark.head + aside, "left"), (mark.head - aside, "right")
    texts = [title] if scene.narrow else [dated, title]
    for (x, align), text in [*product((right, left), texts), (right, cut(title, 24)), (left, cut(title, 24))]:
        yield Word(kind="name", text=text, x=x, y=y, align=align)


def _lollipop_boxes(frame: Frame, mark: Lollipop) -> list[Box]:
    x, y, reach = frame.px(mark.head), frame.py(frame.severity_y(mark.severity)), mark.radius + 3
    foot = sorted((x, frame.px(mark.day)))
    stem = (foot[0] - 2, foot[1] + 2, y, frame.py(frame.severity_y(0)))
    return [(x - reach, x + reach, y - mark.radius, y + mark.radius), stem]


def _peacetime(scene: Scene) -> list[Word]:
    """The word in every spell that can hold it; the current or else the longest spell is always named."""
    main = max(scene.peace, key=lambda spell: (spell["current"], spell["days"]), default=None)
    found: list[Word] = []
    for spell in sorted(scene.peace, key=lambda spell: spell is not main):
        start, end = _longest_known(spell["start"], spell["end"], scene.unknown)
        text = scene.labels.peacetime_days(int(spell["days"])) if spell["current"] else scene.labels.peacetime
        word, room = _peace_word(scene, start, end, text), (end - start) / scene.frame.days_per_px
        taken = [_box(scene.frame, other, bold=True) for other in found]
        box = _box(scene.frame, word, bold=True)
        if spell is main or (box[1] - box[0] + 6 <= room and not any(_hits(box, other) for other in taken)):
            found.append(word)
    return found


def _peace_word(scene: Scene, start: float, end: float, text: str) -> Word:
    """In the middle of its spell, or at an end where a drop line crosses the middle; never past today."""
    frame, half = scene.frame, width(text, bold=True) / 2
    left, right = frame.px(start) + half + 4, frame.px(end) - half - 4
    middles = [(left + right) / 2, right, left] if left < right else [right]
    middle = min(middles, key=lambda at: int((abs(scene.drops_px - at) < half + 3).sum()))
    y = frame.value_at(frame.lane + 13)
    return Word(kind="peace", text=text, x=frame.day_at(max(middle, half)), y=y)


def _longest_known(start: float, end: float, unknown: list[tuple[float, float]]) -> tuple[float, float]:
    """The longest part of a spell that no unknown stretch covers."""
    cuts = sorted((max(a, start), min(b, end)) for a, b in unknown if a < end and b > start)
    edges = [start, *(edge for pair in cuts for edge in pair), end]
    return max(zip(edges[::2], edges[1::2], strict=True), key=lambda part: part[1] - part[0])


def _not_logged(scene: Scene) -> Iterator[Word]:
    """Under each unknown stretch, in the strip, newest first; a word that would touch another is left out."""
    frame, text = scene.frame, scene.labels.not_logged
    taken: list[float] = []
    half = width(text, size=12) / 2
    for start, end in sorted(scene.unknown, reverse=True):
        middle = min(max(frame.px((start + end) / 2), half), frame.width - half)
        if all(abs(middle - other) > 2 * half + 6 for other in taken):
            taken.append(middle)
            y = frame.value_at(frame.lane + frame.plot + STRIP / 2)
            yield Word(kind="unknown", text=text, x=frame.day_at(middle), y=y)


def _today(scene: Scene) -> Word:
    """Between the lanes, ending at the line."""
    frame = scene.frame
    end = min(frame.px(frame.last) + 5, frame.width)
    y = frame.value_at(frame.lane - GAP / 2 - 2)
    return Word(kind="today", text=scene.labels.today, x=frame.day_at(end), y=y, align="right")


def _floor_label(scene: Scene) -> list[Word]:
    """On the slab: the longest text that covers hardly a dot; as far right as that allows, or left out."""
    choices = [(scene.labels.floor_label, 2), (scene.labels.floor_label_short, 1)]
    for text, most in choices[1:] if scene.narrow else choices:
        places = (place for place in _slab_places(scene, width(text, bold=True)) if place[1] <= most)
        _, covered, x, y = min(places, default=(0, None, 0, 0))
        if covered is not None:
            return [Word(kind="floor", text=text, x=scene.frame.day_at(x), y=scene.frame.value_at(y))]
    return []


def _slab_places(scene: Scene, wide: float) -> Iterator[tuple[float, int, float, float]]:
    """Places for a text `wide` px: (cost, dots covered, x and y of its middle)."""
    frame, half, dots = scene.frame, wide / 2 + 3, scene.dots_px
    for _, piece in scene.points.groupby("piece"):
        x, low = frame.px(piece.day.to_numpy()), piece.low.to_numpy() / frame.units_per_px
        for middle in np.arange(x[-1] - half, x[0] + half, -12):
            ends = np.interp([middle - half, middle + half], x, low)
            thick = np.r_[ends, low[np.abs(x - middle) <= half]].min()
            heights = frame.py(0) - np.arange(LINE / 2 + 1, thick - LINE / 2, 3)
            beside = _between(dots, middle - half, middle + half)
            covers = [_lines_over(beside, heights, reach) for reach in (7, 12)]
            for y, covered, near in zip(heights, *covers, strict=True):
                yield 100 * covered + 10 * near + (frame.width - middle) / 10, covered, middle, y


def _extra_label(scene: Scene, taken: list[Box]) -> list[Word]:
    """Above the slope of a fin, close to it, preferring tall fins and places that cover nothing."""
    frame, text = scene.frame, scene.labels.extra_label
    walls = taken + [(frame.px(a), frame.px(b), frame.py(frame.top), frame.py(0)) for a, b in scene.unknown]
    places = [
        (cost - min(tall, 60) / 2, -left, box)
        for left, upper, tall in _tallest_fins(scene)
        for cost, box in _beside_fin(scene, left, upper)
        if not any(_hits(box, wall) for wall in walls)
    ]
    if not places:
        return []
    _, _, box = min(places)
    y = frame.value_at((box[2] + box[3]) / 2)
    return [Word(kind="extra", text=text, x=frame.day_at(box[0]), y=y, align="left")]


def _beside_fin(scene: Scene, left: float, upper: float) -> Iterator[tuple[float, Box]]:
    """Places for "extra" right of a tip, each with its cost: in the lane, left of today, above the curve."""
    frame, wide = scene.frame, width(scene.labels.extra_label, bold=True)
    drops, (x, curve) = scene.drops_px, scene.curve_px
    middles = upper + np.arange(-44, 46, 4)
    for aside in (6, 12, 18, 26, 36, 48, 64):
        start, end = left + aside, left + aside + wide
        crossed = int(((start - 3 < drops) & (drops < end + 3)).sum())
        if crossed > 2 or start < 0 or end > frame.px(frame.last) - 4:
            continue
        under = curve[(x >= start - 4) & (x <= end)]
        covers = _lines_over(_between(scene.dots_px, start, end), middles, LINE / 2)
        for middle, covered in zip(middles, covers, strict=True):
            box = (start, end, middle - LINE / 2, middle + LINE / 2)
            above = float(under.min() - box[3]) - 2 if len(under) else 0.0
            if above >= 0 and covered <= 2 and box[2] >= frame.py(frame.top) + 2:
                yield 12 * covered + 30 * crossed + aside + above, box


def _tallest_fins(scene: Scene) -> list[tuple[float, float, float]]:
    """Where the tallest fins start: px from the left, px of the tip from above, px of height."""
    frame = scene.frame
    tips = scene.points[scene.points.fin.notna()].groupby("fin").first()
    tips = tips.assign(tall=(tips.expected - tips.floor) / frame.units_per_px).nlargest(FINS_TRIED, "tall")
    return [(frame.px(tip.day), frame.py(tip.expected), tip.tall) for tip in tips.itertuples()]


def _between(dots: np.ndarray, left: float, right: float) -> np.ndarray:
    """How high the dots between two places stand, px from above, ascending."""
    x, y = dots.T
    return np.sort(y[(x > left - 2) & (x < right + 2)])


def _lines_over(heights: np.ndarray, middles: np.ndarray, reach: float) -> list[int]:
    """How many of the `heights`, ascending, a line of text covers that reaches so far up and down from each
    of the `middles`."""
    under = np.searchsorted(heights, middles + (reach + 1), side="left")
    return (under - np.searchsorted(heights, middles - (reach + 1), side="right")).tolist()


def _box(frame: Frame, word: Word, *, bold: bool = False) -> Box:
    wide, x, y = width(word.text, bold=bold), frame.px(word.x), frame.py(word.y)
    left = {"left": x, "right": x - wide, "center": x - wide / 2}[word.align]
    return left, left + wide, y - LINE / 2, y + LINE / 2


def _hits_any(box: Box, others: np.ndarray) -> bool:
    """Whether a box touches one of many (rows of four)."""
    left, right, upper, lower = others.T
    return bool(((box[0] < right) & (box[1] > left) & (box[2] < lower) & (box[3] > upper)).any())


def _hits(one: Box, other: Box) -> bool:
    return one[0] < other[1] and one[1] > other[0] and one[2] < other[3] and one[3] > other[2]
