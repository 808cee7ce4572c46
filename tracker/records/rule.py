"""What all records share: texts are tidied, and every rule is checked at once."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
FIRST_DAY = date(2000, 1, 1)
DAYS_AHEAD = 366
TEXT_LENGTH = 200
LONGER_TEXTS = {
    "note": 2000,
    "source": 500,
    "reason": 500,
    "cadence": 500,
    "text": 500,
    "goal": 500,
    "meaning": 500,
    "context": 1000,
    "response": 1000,
    "result": 1000,
    "next_time": 1000,
}
SHORTER_TEXTS = {"wording": 140}
_SHORTEST = min(TEXT_LENGTH, *SHORTER_TEXTS.values())
SEVERAL_LINES = ("note", "context", "response", "result", "next_time")
_REVERSING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class InvalidRecord(ValueError):
    """A record that breaks its rules; `problems` maps each field to the code of its broken rule."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


class Record:
    """What all records share: texts are tidied, then every rule is checked at once.

    `ALONE` are the texts and days that `broken_rules` never reads: each is right or wrong by itself.
    """

    ALONE: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        problems: dict[str, str] = {}
        kind: Any = type(self)
        for name, holds_text in _texts_and_days(kind):
            value = getattr(self, name)
            if holds_text:
                tidy, code = settled(name, value)
                if tidy is not value:
                    object.__setattr__(self, name, tidy)
                if code:
                    problems[name] = code
            elif value is not None and value < FIRST_DAY:
                problems[name] = "too_early_date"
        broken = self.broken_rules()
        if any(broken.values()):
            for name, code in broken.items():
                if code:
                    problems.setdefault(name, code)
        if problems:
            raise InvalidRecord(problems)

    def broken_rules(self) -> dict[str, str]:
        """Field -> code of the rule it breaks, or an empty code; each record says its own."""
        return {}


def settled(field: str, text: str) -> tuple[str, str]:
    """A text as a record keeps it, and the code of the rule that it breaks by itself, or an empty one."""
    if not text or is_plain(text):
        return text, ""
    tidy = _tidy(text)
    return tidy, _text_problem(field, tidy)


def is_plain(text: str) -> bool:
    """True for a short text, never an empty one, without anything to tidy or refuse: nearly all are so."""
    return text.isascii() and text.isprintable() and len(text) <= _SHORTEST and text[0] != " " != text[-1]


@lru_cache
def _texts_and_days(kind: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a kind of record that hold text (True) or a day (False), in their order."""
    types = [(one.name, str(one.type)) for one in fields(kind)]
    return tuple((name, held.startswith("str")) for name, held in types if held.startswith(("str", "date")))


def refuse_far_dates(record: Record, today: date) -> None:
    """Raises `InvalidRecord` when a day lies more than a year after `today`."""
    limit = today + timedelta(days=DAYS_AHEAD)
    far = [name for name, value in vars(record).items() if isinstance(value, date) and value > limit]
    if far:
        raise InvalidRecord(dict.fromkeys(far, "too_far_ahead"))


def longest(field: str) -> int:
    """How many characters a text in this field may have."""
    return SHORTER_TEXTS.get(field) or LONGER_TEXTS.get(field, TEXT_LENGTH)


def required(value: Any) -> str:
    """The code for a field that may not be empty."""
    return "" if value else "required"


def in_order(first_day: date, last_day: date) -> str:
    """The code for a stretch that ends before it starts."""
    return "ends_before_start" if last_day < first_day else ""


def quarter_problem(day: date) -> str:
    """The code for a day that is not the first of a quarter, which is how a quarter is written."""
    return "" if day.day == 1 and day.month % 3 == 1 else "not_a_quarter"


def _tidy(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return (text.replace("\r\n", "\n") if "\r" in text else text).strip()


def _text_problem(field: str, text: str) -> str:
    """Control characters, bidi overrides and lone surrogates never reach the database."""
    if len(text) <= _SHORTEST and text.isprintable():
        return ""
    allowed = "\n\t" if field in SEVERAL_LINES else ""
    if not text.isprintable() and any(_is_hidden(mark) and mark not in allowed for mark in text):
        return "hidden_characters"
    return "too_long" if len(text) > longest(field) else ""


def _is_hidden(mark: str) -> bool:
    """Cc control, Cs surrogate, and the Cf marks that reverse the reading order; joiners stay."""
    return unicodedata.category(mark) in ("Cc", "Cs") or mark in _REVERSING
