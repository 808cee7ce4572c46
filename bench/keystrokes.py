"""The keystroke-level model: what a practised person's hands and head need for a job, in seconds.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
Communications of the ACM 23(7), 1980: K a key of an average typist (40 words a minute), P pointing with
the mouse, H the hand to the other device, M getting ready in the mind. The click itself, B, is Kieras'
(2001). What the machine needs is not in it: for a spreadsheet it is taken as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

KEY = 0.28
POINT = 1.10
CLICK = 0.20
HAND = 0.40
MIND = 1.35
WORDS_A_MINUTE = 200  # reading from a screen, with understanding


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, as numbers of operators; a pointing ends in a click."""

    what: str
    minds: int = 0
    hands: int = 0
    clicks: int = 0
    keys: int = 0

    @property
    def seconds(self) -> float:
        """The sum of its operators."""
        return self.minds * MIND + self.hands * HAND + self.clicks * (POINT + CLICK) + self.keys * KEY


@dataclass(frozen=True)
class Sheet:
    """A job done in a spreadsheet: its steps, what comes of it, and what a sheet that stands there lacks."""

    steps: tuple[Step, ...]
    gives: str

    @property
    def seconds(self) -> float:
        """All steps one after the other."""
        return sum(step.seconds for step in self.steps)

    @property
    def clicks(self) -> int:
        """All clicks."""
        return sum(step.clicks for step in self.steps)

    @property
    def keys(self) -> int:
        """All keys, a chord like Ctrl+S as two."""
        return sum(step.keys for step in self.steps)


def reading_seconds(words: int) -> float:
    """How long so many words are read."""
    return words * 60 / WORDS_A_MINUTE


_SAVE = Step("save (Ctrl+S)", keys=2)
_TAB = 1

# The file is open on the right tab, its columns stand ready, and nothing has to be looked up.
INCIDENT = Sheet(
    (
        Step("to the first empty row (Ctrl+↓, ↓, Home)", minds=1, hands=1, keys=4),
        Step("type the day 26-11-2026, Tab", minds=1, keys=10 + _TAB),
        Step("type “Rellen bij het station”, Tab", minds=1, keys=22 + _TAB),
        Step("type the severity 4, Enter", minds=1, keys=2),
        _SAVE,
    ),
    "a row; a marker in a chart only when somebody made that chart before",
)
REPEAT = Sheet(
    (
        Step("find the row of the last meeting and click its number", minds=2, clicks=1),
        Step("copy (Ctrl+C)", hands=1, keys=2),
        Step("to the first empty row (Ctrl+↓, ↓), paste (Ctrl+V)", minds=1, keys=5),
        Step("to the day, type 26-11-2026, Enter", minds=1, keys=1 + 10 + 1),
        _SAVE,
    ),
    "a row",
)
QUIET = Sheet(
    (
        Step("type the heads: overleg, laatst, weken, stil", minds=1, hands=1, keys=7 + 6 + 5 + 4 + 4),
        *(
            Step(f"type “{name}”, its last day and its rhythm in weeks", minds=3, keys=len(name) + 10 + 1 + 3)
            for name in ("Lokale driehoek", "Weegploeg radicalisering", "Stuurgroep")
        ),
        Step('type =ALS(VANDAAG()-B2>C2*7;"stil";"") and Enter', minds=2, keys=34 + 1),
        Step("fill it down three rows (double click on the corner)", minds=1, hands=1, clicks=2),
        _SAVE,
    ),
    "the word “stil”; no grace before late, no recess, no word for what is not known, no picture",
)
BACKLOG = Sheet(
    (
        Step("type the first two months, jan-25 and feb-25", minds=1, hands=1, keys=2 * 7),
        Step("mark both and fill down 24 rows (drag)", minds=1, hands=1, clicks=2),
        Step("click the cell beside the first month", clicks=1),
        Step("x, Enter in 23 months; Enter in the one that was missed", minds=2, hands=1, keys=2 * 23 + 1),
        Step("type =AANTALARG(B1:B24)/24 and Enter", minds=2, keys=22 + 1),
        _SAVE,
    ),
    "a share without a range; no verdict whether the rhythm holds",
)
