"""Runs of records -> their rows and their JSON: what `rows.cells` and `rows.as_json` give, for many at once.

Taken a field at a time, and of each different value in it once: an import repeats its days, codes and links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from tracker.records import Run
from tracker.store.rows import EMPTY_IS_NULL, ENCODER, LATER, TO_PLAIN

# Field -> what becomes of its values first: a place in the batch becomes an id.
Changes = Mapping[str, Callable[[Any], Any]]


def contents(run: Run, changes: Changes) -> Iterator[str]:
    """The JSON of each record. What all of them say is written once, into what follows it."""
    later, text = LATER.get(run.kind, {}), "{"
    columns: list[list[str]] = []
    for place, (name, _) in enumerate(TO_PLAIN[run.kind]):
        head = f'{"," if place else ""}"{name}":'
        left_out = [later[name]] if name in later else []
        told = {
            value: "" if one in left_out else head + _told(one)
            for value, one in _plain(run, name, changes).items()
        }
        if len(told) == 1:
            text += next(iter(told.values()))
        else:
            before = {value: text + piece for value, piece in told.items()} if text else told
            columns.append(_spread(run.columns[name], before))
            text = ""
    start = map("".join, zip(*columns, strict=True)) if columns else [""] * run.number
    return (f"{one}{text}}}" for one in start)


def cells(run: Run, changes: Changes) -> list[Sequence[Any]]:
    """The columns of the records' own table, in the order of `stored_columns`."""
    held: dict[str, list[Any]] = {}
    for name, _ in TO_PLAIN[run.kind]:
        if name != "partner_ids":
            known = _plain(run, name, changes)
            if name in EMPTY_IS_NULL:
                known = {value: None if one == "" else one for value, one in known.items()}
            held[name] = _spread(run.columns[name], known)
    if "partner_count" not in held:
        return list(held.values())
    counted = zip(run.columns["partner_ids"], held["partner_count"], strict=True)
    return [*held.values(), [max(len(named), number or 0) for named, number in counted]]


def partner_ids(run: Run, changes: Changes) -> Sequence[Sequence[int]]:
    """The organisations of each record."""
    return _spread(run.columns["partner_ids"], _plain(run, "partner_ids", changes))


def _plain(run: Run, name: str, changes: Changes) -> dict[Any, Any]:
    """Each different value of a field, and what it is as a plain one."""
    to_plain, change = _PLAIN[run.kind][name], changes.get(name)
    different = set(run.columns[name])
    return {value: to_plain(change(value) if change else value) for value in different}


def _spread(column: Sequence[Any], known: dict[Any, Any]) -> list[Any]:
    """What became of each value."""
    return [known[value] for value in column] if len(known) > 1 else [*known.values()] * len(column)


def _told(value: Any) -> str:
    """A plain value as JSON."""
    return encode_basestring(value) if type(value) is str else ENCODER.encode(value)


_PLAIN = {kind: dict(of_fields) for kind, of_fields in TO_PLAIN.items()}
