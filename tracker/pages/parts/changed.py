"""One change as a page shows it: what it was about, and each field that moved from what to what."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from tracker.pages.around import frame, write
from tracker.pages.around.wording import Wording
from tracker.records import Record
from tracker.store import KINDS, Change, Term
from tracker.words import Words
from tracker.words.exports import field_name

CODES = {kind: code for code, kind in KINDS.items()}
_IDENTITY = ("vocabulary", "code")


def title(wording: Wording, change: Change[Any]) -> str:
    """What the record is called that was changed, by its newest words."""
    record = change.after or change.before
    if isinstance(record, Term):
        return f"{wording.say.vocabulary_word(record.vocabulary)}: {wording.say.label(record)}"
    return wording.title(record)


def moved(wording: Wording, before: Record, after: Record) -> list[tuple[str, str, str]]:
    """Each field that differs: its name, what it said before and what after, all in words."""
    empty = wording.say("(nothing)")
    return [
        (
            field_name(wording.say, one.name),
            *(wording.value(which, one.name) or empty for which in (before, after)),
        )
        for one in fields(before)  # type: ignore[arg-type]
        if getattr(before, one.name) != getattr(after, one.name)
    ]


def moved_lines(wording: Wording, change: Change[Any]) -> list[str]:
    """The same as lines; none where a record was logged, taken back or put back as it was."""
    if change.before is None or change.after is None:
        return []
    return [f"{name}: {old} → {new}" for name, old, new in moved(wording, change.before, change.after)]


def said(wording: Wording, record: Record) -> list[tuple[str, str]]:
    """All that a version of a record says, field by field."""
    names = [one.name for one in fields(record) if one.name not in _IDENTITY]  # type: ignore[arg-type]
    return [
        (field_name(wording.say, name), value) for name in names if (value := wording.value(record, name))
    ]


def link(say: Words, kind: type[Record], number: int) -> None:
    """To the whole history of one record."""
    where = {"kind": CODES[kind], "id": str(number)}
    frame.link("history.py", label=say("Its whole history"), query_params=where)


def named_link(wording: Wording, change: Change[Any]) -> None:
    """The same, under the name of what was changed."""
    record: Any = change.after or change.before
    kind = record.vocabulary if isinstance(record, Term) else CODES[type(record)]
    where = {"kind": kind, "id": str(change.record_id)}
    frame.link("history.py", label=write.label(title(wording, change)), query_params=where)
