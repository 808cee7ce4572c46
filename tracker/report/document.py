"""What a report says, before it is a file: each fact stands once, and every format is written from this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.words import Words

Cell = str | int | float | date | None
# Where a section stands on paper: across the first page, in its two columns, or on the pages after it.
FRONT, LEFT, RIGHT, INSIDE = "front", "left", "right", "inside"
SCREEN_ROWS = 6  # of a picture on half a screen


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows with as many cells as the head; None is what is not known. Unabridged: paper may show fewer."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers; a word between them says why there is none."""
        return any(isinstance(row[column], int | float) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture in words (`alt`) and its Vega-Lite spec, made for at most so many of its `rows`, if any.

    `on_light` and `on_dark`: the same for half a screen, of which the other half is for typing; the spec
    serves where there is none. `narrow`: another drawing of the same, for a screen of 390 px; without it the
    one fits. `sizes`: with how many rows it can be drawn, ascending; empty for any number.
    """

    name: str
    alt: str
    spec: Callable[[int], dict[str, Any]]
    rows: int = 0
    narrow: Callable[[int], dict[str, Any]] | None = None
    on_light: Callable[[int], dict[str, Any]] | None = None
    on_dark: Callable[[int], dict[str, Any]] | None = None
    sizes: tuple[int, ...] = ()

    def at_most(self, rows: int) -> int:
        """How many rows are drawn when there is room for so many."""
        if not self.sizes:
            return min(rows, self.rows)
        return max((one for one in self.sizes if one <= rows), default=self.sizes[0])


@dataclass(frozen=True, kw_only=True)
class Section:
    """One conclusion with what it rests on. `name` is short, for a sheet; `lines` are paragraphs.

    `slide` is the name of the section on whose slide this one stands; empty for one of its own.
    """

    name: str
    heading: str
    place: str = INSIDE
    slide: str = ""
    lines: tuple[str, ...] = ()
    picture: Picture | None = None
    table: Table | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole report in one language.

    `sentence`, `certainty` (with its dots) and `next_step` are the screen's own. `about`: what the report is
    of and how it was made, as (label, words). `limits`: what may not be concluded. `example`: the data are
    invented, and every page and picture says so.
    """

    say: Words
    title: str
    owner: str
    example: bool
    made_at: datetime
    sentence: str
    certainty: str
    next_step: str
    picture: Picture | None
    sections: tuple[Section, ...]
    about: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]

    @property
    def footer(self) -> str:
        """What stands at the foot of every page."""
        return " · ".join((self.say.made_line(self.made_at), *(words for _, words in self.about[1:3])))

    @property
    def tag(self) -> str:
        """The mark on invented data; empty on real ones."""
        return self.say("EXAMPLE DATA") if self.example else ""

    def words(self, cell: Cell) -> str:
        """A cell as people read it."""
        return in_words(self.say, cell)


def in_words(say: Words, cell: Cell) -> str:
    """A cell as people read it."""
    match cell:
        case None:
            return say("not known")
        case int():
            return say.number(cell)
        case float():
            return say.number(cell, 1)
        case date():
            return say.short_date(cell)
    return cell
