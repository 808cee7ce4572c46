"""One language's voice: texts from its catalogue, and dates, numbers and shares as that language writes them.

English is the language of the code: an English text is its own key, so only Dutch has a catalogue.
"""

from __future__ import annotations

import gettext
import math
from collections.abc import Sequence
from datetime import date as Day
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Protocol

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

DUTCH = Path(__file__).with_name("nl.po")
_LOCALES = {"nl": "nl", "en": "en_GB"}
_A_MONDAY, _DAY = Day(2024, 1, 1), timedelta(days=1)


class Labelled(Protocol):
    """A vocabulary entry with a label in both languages."""

    @property
    def nl(self) -> str: ...
    @property
    def en(self) -> str: ...


def N_(msgid: str) -> str:
    """Marks a text that stands in a table for translation, and returns it unchanged."""
    return msgid


class Voice:
    """Speaks one language; texts are looked up in its catalogue, English is said as it is."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = _LOCALES[language]
        self._catalogue = _dutch() if language == "nl" else gettext.NullTranslations()

    def __call__(self, msgid: str, **values: object) -> str:
        """The text in this language with its {values} filled in; an empty text stays empty."""
        return self._catalogue.gettext(msgid).format(**values) if msgid else ""

    def plural(self, singular: str, plural: str, n: float, **values: object) -> str:
        """The form that belongs to `n`; {n} is the number as this language writes it."""
        whole = int(n) if float(n).is_integer() else 2
        shown = self.number(n, 0 if float(n).is_integer() else 1)
        return self._catalogue.ngettext(singular, plural, whole).format(n=shown, **values)

    def label(self, term: Labelled) -> str:
        """The label of a vocabulary entry."""
        return term.nl if self.language == "nl" else term.en

    def date(self, day: Day) -> str:
        """ "4 november 2025"."""
        return str(format_date(day, "d MMMM y", locale=self._locale))

    def short_date(self, day: Day) -> str:
        """ "4 nov 2025", for charts and tables."""
        return str(format_date(day, "d MMM y", locale=self._locale))

    def weekday(self, place: int) -> str:
        """The name of a day of the week, 0 for Monday, as it stands in a sentence."""
        return format_date(_A_MONDAY + place * _DAY, "EEEE", locale=self._locale)

    def month(self, day: Day) -> str:
        """ "maart 2027"."""
        return str(format_date(day, "MMMM y", locale=self._locale))

    def quarter(self, day: Day) -> str:
        """ "3e kwartaal 2026" or "Q3 2026": the quarter that `day` falls in."""
        pattern = "QQQQ y" if self.language == "nl" else "'Q'Q y"
        return str(format_date(day, pattern, locale=self._locale))

    def week(self, day: Day) -> str:
        """ "week 53 van 2026": the ISO week that `day` falls in, which may belong to another year."""
        year, number, _ = day.isocalendar()
        return self(N_("week {number} of {year}"), number=number, year=year)

    def number(self, x: float, digits: int = 0) -> str:
        """A number with a fixed count of decimals: "1.234" or "1,6" in Dutch."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(round(x, digits) + 0.0, format=pattern, locale=self._locale))

    def days(self, n: float) -> str:
        """ "1 dag", "28 dagen": whole days."""
        return self.plural("{n} day", "{n} days", round(n))

    def percent(self, share: float, step: int = 5) -> str:
        """A share as a percentage to the nearest `step`: 0.62 is "60%"."""
        return f"{self.number(round(share * 100 / step) * step)}%"

    def percent_range(self, low: float, high: float, step: int = 5) -> str:
        """ "55 tot 75%": rounded outward, so that it is never narrower than it is."""
        below, above = outward(low * 100, high * 100, step)
        if below == above:
            return f"{self.number(below)}%"
        return self(N_("{low} to {high}%"), low=self.number(below), high=self.number(above))

    def range_words(self, low: float, high: float, *, step: float = 1, digits: int = 0) -> str:
        """ "tussen 19 en 38": rounded outward to whole `step`s, shown with `digits` decimals."""
        below, above = outward(low, high, step)
        shown = {"low": self.number(below, digits), "high": self.number(above, digits)}
        return self(N_("between {low} and {high}"), **shown)

    def of_every_hundred(self, low: float, high: float) -> str:
        """ "tussen 50 en 75 van elke 100": a share's bounds, rounded outward to 5."""
        below, above = (self.number(edge) for edge in outward(low * 100, high * 100, 5))
        return self(N_("between {low} and {high} of every 100"), low=below, high=above)

    def either_list(self, items: Sequence[str]) -> str:
        """ "a", "a or b", "a, b or c"."""
        return str(format_list(list(items), style="or", locale=self._locale)) if items else ""

    def and_list(self, items: Sequence[str]) -> str:
        """ "a, b en c"; an empty list is an empty text."""
        return str(format_list(list(items), locale=self._locale)) if items else ""


def outward(low: float, high: float, step: float) -> tuple[float, float]:
    """`low` rounded down and `high` up to whole `step`s; a hair's breadth of float error does not count."""
    below = math.floor(round(low / step, 9)) * step
    above = math.ceil(round(high / step, 9)) * step
    return below, above


def _dutch() -> gettext.NullTranslations:
    """The Dutch catalogue, compiled in memory: nothing compiled is kept on disk."""
    with DUTCH.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
