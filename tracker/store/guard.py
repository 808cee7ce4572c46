"""The guard on free text at the door of the database: every text of every record, whatever way it came.

Which texts those are is read off the records themselves, so a new field is guarded from its first day. What
somebody looked at and let pass comes with the `Stamp` of a change, and is counted when that is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from tracker.privacy import Hit, Reader
from tracker.records import InvalidRecord, QuarterReview, Record, Shelf
from tracker.store.stamp import Override, Stamp

CODE = "looks_like_"
# What the store itself writes into a record: a hash.
_OURS = {(QuarterReview, "digest")}


@lru_cache
def text_fields(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of record that hold text."""
    texts = (one.name for one in fields(kind) if str(one.type).startswith("str"))
    return tuple(name for name in texts if (kind, name) not in _OURS)


def problems(stamp: Stamp, where: str, record: Record, before: Record | None = None) -> dict[str, str]:
    """Field -> code of what looks like data of a person in `record` and was not let pass.

    Of a correction only what it changes is looked at: the rest was, when it came.
    """
    kind: Any = type(record)
    texts = {name: getattr(record, name) for name in text_fields(kind)}
    if before is not None:
        texts = {name: text for name, text in texts.items() if text != getattr(before, name)}
    return text_problems(stamp, where, texts)


def text_problems(stamp: Stamp, where: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The same for texts by the name of their field; the most certain kind of each."""
    found = Reader().hits(texts.values())
    codes = {name: _code(stamp, where, name, found[text]) for name, text in texts.items() if text in found}
    return {name: code for name, code in codes.items() if code}


def batch_problems(stamp: Stamp, batch: str, records: Shelf, reader: Reader) -> dict[int, dict[str, str]]:
    """Place in the list -> its problems, for many records; `reader` may have seen their texts before."""
    rows: dict[int, dict[str, str]] = {}
    for run in records.runs():
        kind: Any = run.kind
        for name in text_fields(kind):
            column = run.columns[name]
            found = reader.hits(column)
            for place, text in enumerate(column, run.start) if found else ():
                if text in found and (code := _code(stamp, f"import {batch}", name, found[text])):
                    rows.setdefault(place, {})[name] = code
    return rows


def refuse(stamp: Stamp, where: str, texts: Mapping[str, str]) -> None:
    """Raises `InvalidRecord` for texts that may not be stored."""
    if wrong := text_problems(stamp, where, texts):
        raise InvalidRecord(wrong)


def _code(stamp: Stamp, where: str, field: str, hits: Iterable[Hit]) -> str:
    """The code of a finding that nobody looked at, a blocked one if there is any; notes the others."""
    left = []
    for kind in dict.fromkeys(hit.kind for hit in hits):
        seen = next((one for one in stamp.looked if one.covers(field, kind)), None)
        if seen is None:
            left.append(kind)
        else:
            stamp.overridden.append(Override(where=where, field=field, kind=kind, why=seen.why))
    worst = sorted(left, key=lambda kind: not Hit(kind=kind, start=0, end=0).blocks)
    return f"{CODE}{worst[0]}" if worst else ""
