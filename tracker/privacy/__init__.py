"""Free text -> the places in it that look like data of a person.

What it is sure of is refused (`BLOCKED`), where people may be meant it asks (`WARNED`). It reports where,
never what: no text of a note leaves this room.

    kinds    what is looked for, and what somebody may say of a false alarm: looked
    plain    any text -> as many plain letters
    quick    whether a text is worth a look at all: nearly none is
    numbers, places, names, births, people   the rules; finding puts them together
    days, roles, words   the Dutch they read: days in any form, what one person is, what several rules share
    reader   many texts, each looked at once
"""

from __future__ import annotations

from tracker.privacy.finding import RULES, find, found, worth_a_look
from tracker.privacy.kinds import BLOCKED, KINDS, WARNED, Hit
from tracker.privacy.looked import TICKED, WHYS, Looked, LookedAt, ticked
from tracker.privacy.reader import Reader

__all__ = [
    "BLOCKED",
    "KINDS",
    "RULES",
    "TICKED",
    "WARNED",
    "WHYS",
    "Hit",
    "Looked",
    "LookedAt",
    "Reader",
    "find",
    "found",
    "ticked",
    "worth_a_look",
]
