"""Runs of records -> their rows and their JSON: what `rows.cells` and `rows.as_json` give, for many at once.

Taken a field at a time, and of each different value in it once: an import repeats its days, codes and links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tracker.records import Run
from tracker.store.rows import EMPTY_IS_NULL, ENCODER, LATER, TO_PLAIN

# Field -> what becomes of its values first: a place in the batch becomes an id.
Changes = Mapping[str, Callable[[Any], Any]]


def contents(run: Run, changes: Changes) -> Iterator[str]:
    """The JSON of each record. What all of them say is written once, into what follows it."""
    later, text = LATER.get(run.kind, {}), "{"
    columns: list[list[str]] = []
    for place, (name, column, plain) in enumerate(_plain(run, changes)):
        told = {value: _piece(name, one, later, first=not place) for value, one in plain.items()}
        if len(told) == 1:
            text += next(iter(told.values()))
        else:
            before = {value: text + piece for value, piece in told.items()}
            columns.append([before[value] for value in column])
            text = ""
    start = map("".join, zip(*columns, strict=True)) if columns else [""] * run.number
    return (f"{one}{text}}}" for one in start)


def cells(run: Run, changes: Changes) -> list[Sequence[Any]]:
    """The columns of the records' own table, in the order of `stored_columns`."""
    held = {
        name: _spread(column, {value: _cell(name, one) for value, one in plain.items()})
        for name, column, plain in _plain(run, changes)
        if name != "partner_ids"
    }
    if "partner_count" not in held:
        return list(held.values())
    counted = zip(run.columns["partner_ids"], held["partner_count"], strict=True)
    return [*held.values(), [max(len(named), number or 0) for named, number in counted]]


def partner_ids(run: Run, changes: Changes) -> Sequence[Sequence[int]]:
    """The organisations of each record."""
    found = next(found for found in _plain(run, changes) if found[0] == "partner_ids")
    return _spread(*found[1:])


def _plain(run: Run, changes: Changes) -> Iterator[tuple[str, Sequence[Any], dict[Any, Any]]]:
    """Each field, its values, and what each of these is as a plain one."""
    for name, to_plain in TO_PLAIN[run.kind]:
        column, change = run.columns[name], changes.get(name)
        yield name, column, {value: to_plain(change(value) if change else value) for value in set(column)}


def _spread(column: Sequence[Any], known: dict[Any, Any]) -> list[Any]:
    """What became of each value."""
    return [known[value] for value in column] if len(known) > 1 else [*known.values()] * len(column)


def _cell(name: str, value: Any) -> Any:
    return None if value == "" and name in EMPTY_IS_NULL else value


def _piece(name: str, value: Any, later: Mapping[str, Any], *, first: bool) -> str:
    """The part of the JSON that one field fills; empty where `as_json` leaves it out."""
    if name in later and value == later[name]:
        return ""
    return f'{"" if first else ","}"{name}":{ENCODER.encode(value)}'
