"""A visitor without a mouse: where the focus is, whether that is seen, and how Tab gets somewhere."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from PIL import Image

from tests.conftest import Visitor

# A table that scrolls is one drawing: it draws the mark of a cell itself, which is not measured here.
DRAWN = ("glide-cell", "stDataFrameResizable")
FAR = 200  # stops; no page has so many before what is looked for
_HELD = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const named = (one.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean)
    .map(id => document.getElementById(id)?.innerText || '').join(' ');
  const labels = one.labels ? [...one.labels].map(label => label.innerText).join(' ') : '';
  const text = one.getAttribute('aria-label') || named.trim() || labels.trim()
    || one.innerText || one.title || '';
  const part = one.closest('[data-testid]');
  const box = one.getBoundingClientRect();
  window.__stops ??= new Map();
  if (!window.__stops.has(one)) window.__stops.set(one, window.__stops.size);
  const role = one.getAttribute('role') || (one.tagName === 'INPUT' ? one.type : one.tagName.toLowerCase());
  return [role, text.replace(/keyboard_arrow_\\w+|expand_more/g, '').replace(/\\s+/g, ' ').trim(),
    part ? part.dataset.testid : '', window.__stops.get(one), box.x, box.y, box.width, box.height];
}"""
_EDGE = 8  # pixels around an element in which its mark may stand
_MARK = 3.0  # WCAG 2.2, 1.4.11: what must be seen has 3:1


class Stop(NamedTuple):
    """What has the focus: its role, its name, the part of Streamlit it is in, its number and its place."""

    role: str
    name: str
    part: str
    number: int
    x: float
    y: float
    width: float
    height: float

    @property
    def kind(self) -> str:
        """Stops of one kind are marked in the same way."""
        return f"{self.part} {self.role}"


@dataclass
class Hands:
    """Keys are all they have; `unmarked` collects the kinds of stops at which nothing shows the focus."""

    visitor: Visitor
    marks: dict[str, float] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)

    def held(self) -> Stop | None:
        """What has the focus now."""
        told = self.visitor.page.evaluate(_HELD)
        return Stop(*told) if told else None

    def press(self, *keys: str) -> None:
        """Presses keys one after the other."""
        for key in keys:
            self.visitor.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Types a text."""
        self.visitor.page.keyboard.type(text)

    def to(self, name: str, role: str = "", *, back: bool = False, within: int = FAR) -> Stop:
        """Presses Tab until what is called `name` has the focus; every kind of stop on the way is seen."""
        passed = []
        for _ in range(within):
            self.press("Shift+Tab" if back else "Tab")
            stop = self.held()
            if stop is None:
                continue
            self.see(stop)
            if re.search(name, stop.name) and role in stop.role:
                return stop
            passed.append(f"{stop.role} {stop.name}")
        raise AssertionError(f"Tab does not reach {name}, only {list(dict.fromkeys(passed))}")

    def enter(self) -> None:
        """Presses Enter and waits for what it does."""
        self.press("Enter")
        self.visitor.settle()

    def see(self, stop: Stop) -> None:
        """Notes how well the focus shows at this kind of stop, the first time it is met."""
        if stop.kind not in self.marks and not stop.part.startswith(DRAWN):
            self.marks[stop.kind] = self.mark(stop)
            if self.marks[stop.kind] < 1:
                self.unmarked.append(f"{stop.kind} {stop.name}: {self.marks[stop.kind]:.2f}")

    def mark(self, stop: Stop) -> float:
        """The pixels that differ by 3:1 or more between having the focus and not, as a part of half the
        outline of the element: 1 and more is a line along two of its sides at least.
        """
        page = self.visitor.page
        size = page.viewport_size
        left, top = max(stop.x - _EDGE, 0), max(stop.y - _EDGE, 0)
        clip = {
            "x": left,
            "y": top,
            "width": min(stop.width + 2 * _EDGE, size["width"] - left),
            "height": min(stop.height + 2 * _EDGE, size["height"] - top),
        }
        shown = page.screenshot(clip=clip)
        page.evaluate("() => { window.__held = document.activeElement; window.__held.blur(); }")
        without = page.screenshot(clip=clip)
        page.evaluate("() => window.__held.focus()")
        return strong(shown, without) / max(stop.width + stop.height, 1)


def strong(shown: bytes, without: bytes) -> int:
    """How many pixels of two pictures of the same size differ by a contrast of 3:1 or more."""
    one, other = _luminance(shown), _luminance(without)
    ratio = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    return int((ratio >= _MARK).sum())


def _luminance(picture: bytes) -> np.ndarray:
    """Relative luminance of every pixel, 0-1, as WCAG defines it."""
    part = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
