"""Words beside the marks: every word gets a place where it covers nothing, at every width, or is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    order = sorted(scene.marks, key=lambda mark: (-mark.severity, not mark.counts, -mark.day))
    for mark in (mark for mark in order if mark.severity >= NAMED_FROM):
        others = [box for other in scene.marks if other is not mark for box in _lollipop_boxes(frame, other)]
        for word in _name_choices(scene, mark):
            box = _box(frame, word)
            inside = box[0] >= 0 and box[1] <= frame.width
            if inside and not any(_hits(box, other) for other in placed + others):
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
    drops = [frame.px(mark.day) for mark in scene.marks if mark.counts]
    middles = [(left + right) / 2, right, left] if left < right else [right]
    middle = min(middles, key=lambda at: sum(abs(drop - at) < half + 3 for drop in drops))
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
    frame, half, dots = scene.frame, wide / 2 + 3, _dots(scene)
    for _, piece in scene.points.groupby("piece"):
        x, low = frame.px(piece.day.to_numpy()), piece.low.to_numpy() / frame.units_per_px
        for middle in np.arange(x[-1] - half, x[0] + half, -12):
            ends = np.interp([middle - half, middle + half], x, low)
            thick = np.r_[ends, low[np.abs(x - middle) <= half]].min()
            for up in np.arange(LINE / 2 + 1, thick - LINE / 2, 3):
                y = frame.py(0) - up
                covered, near = (
                    _covered(dots, (middle - half, middle + half, y - reach, y + reach)) for reach in (7, 12)
                )
                yield 100 * covered + 10 * near + (frame.width - middle) / 10, covered, middle, y


def _extra_label(scene: Scene, taken: list[Box]) -> list[Word]:
    """Above the slope of a fin, close to it, preferring tall fins and places that cover nothing."""
    frame, text = scene.frame, scene.labels.extra_label
    wide = width(text, bold=True)
    walls = taken + [(frame.px(a), frame.px(b), frame.py(frame.top), frame.py(0)) for a, b in scene.unknown]
    drops = [frame.px(mark.day) for mark in scene.marks if mark.counts]
    x, curve = frame.px(scene.points.day.to_numpy(float)), frame.py(scene.points.expected.to_numpy(float))
    dots, places = _dots(scene), []
    for left, upper, tall in _tallest_fins(scene):
        for aside, down in product((6, 12, 18, 26, 36, 48, 64), range(-44, 46, 4)):
            box = (left + aside, left + aside + wide, upper + down - LINE / 2, upper + down + LINE / 2)
            crossed = sum(box[0] - 3 < drop < box[1] + 3 for drop in drops)
            if crossed > 2 or not _is_free(frame, box, walls, x, curve):
                continue
            if (covered := _covered(dots, box)) <= 2:
                cost = 12 * covered + 30 * crossed + aside + _above(box, x, curve) - min(tall, 60) / 2
                places.append((cost, -left, box))
    if not places:
        return []
    _, _, box = min(places)
    y = frame.value_at((box[2] + box[3]) / 2)
    return [Word(kind="extra", text=text, x=frame.day_at(box[0]), y=y, align="left")]


def _tallest_fins(scene: Scene) -> list[tuple[float, float, float]]:
    """Where the tallest fins start: px from the left, px of the tip from above, px of height."""
    frame = scene.frame
    tips = scene.points[scene.points.fin.notna()].groupby("fin").first()
    tips = tips.assign(tall=(tips.expected - tips.floor) / frame.units_per_px).nlargest(FINS_TRIED, "tall")
    return [(frame.px(tip.day), frame.py(tip.expected), tip.tall) for tip in tips.itertuples()]


def _is_free(frame: Frame, box: Box, walls: list[Box], x: np.ndarray, curve: np.ndarray) -> bool:
    """Whether a box lies within the lane, left of today, above the curve, and off all walls."""
    if box[2] < frame.py(frame.top) + 2 or box[1] > frame.px(frame.last) - 4 or box[0] < 0:
        return False
    return _above(box, x, curve) >= 0 and not any(_hits(box, wall) for wall in walls)


def _above(box: Box, x: np.ndarray, curve: np.ndarray) -> float:
    """Pixels between the box and the highest point of the curve under it; below zero where they meet."""
    under = curve[(x >= box[0] - 4) & (x <= box[1])]
    return float(under.min() - box[3]) - 2 if len(under) else 0.0


def _dots(scene: Scene) -> np.ndarray:
    """Where the dots are, px: two columns."""
    frame = scene.frame
    return np.array([(frame.px(dot["day"]), frame.py(dot["count"])) for dot in scene.dots]).reshape(-1, 2)


def _covered(dots: np.ndarray, box: Box) -> int:
    x, y = dots.T
    return int(((x > box[0] - 2) & (x < box[1] + 2) & (y > box[2] - 1) & (y < box[3] + 1)).sum())


def _box(frame: Frame, word: Word, *, bold: bool = False) -> Box:
    wide, x, y = width(word.text, bold=bold), frame.px(word.x), frame.py(word.y)
    left = {"left": x, "right": x - wide, "center": x - wide / 2}[word.align]
    return left, left + wide, y - LINE / 2, y + LINE / 2


def _hits(one: Box, other: Box) -> bool:
    return one[0] < other[1] and one[1] > other[0] and one[2] < other[3] and one[3] > other[2]
