"""Rows that say who was there -> part of the activity that comes in with them, or of the one in the log.

The one activity of that kind on that day is meant. Which of several, or what took place when there is none,
nobody can know but who has the list: that is a problem of the first row that says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tracker.exchange import doubles
from tracker.exchange.preview import Attendance, Double, Finds, Found, Preview, RowProblem
from tracker.records import Activity
from tracker.store import Correction, Store, Stored

Key = tuple[date, str]


def settle(found: Finds, preview: Preview, store: Store) -> Finds:
    """`found` with who was there in its activities.

    What concerns an activity of the log goes into `preview.corrections`: organisations are added, none is
    taken off. `preview.attendance` keeps the rows that say something new, the others become doubles.
    """
    groups: dict[Key, list[Attendance]] = defaultdict(list)
    for row in preview.attendance:
        groups[row.happened_on, row.kind].append(row)
    if not groups:
        return found
    coming, logged = _coming(found, groups), _logged(store, groups)
    refused: list[RowProblem] = []
    settled: dict[int, Activity] = {}
    preview.attendance = []
    for key, rows in groups.items():
        own, standing = coming[key], logged[key]
        if len(own) == 1:  # that one is meant, and of the log only what it is a double of
            standing = [one for one in standing if doubles.same_entry(one.record, own[0][1])]
        if max(len(own), len(standing)) != 1:
            refused.append(_refusal(rows[0], several=bool(own or standing)))
            continue
        if standing:
            _correct(standing[0], rows, preview)
        for place, record in own:
            logs = standing[0].record if standing else None
            settled[place] = _as_logged(record, logs) if logs else _joined(record, rows, preview)
    if not _unknown_yet(preview):
        preview.problems.extend(refused)
    return Finds(
        row._replace(record=settled[place]) if place in settled else row for place, row in enumerate(found)
    )


def _coming(found: Iterable[Found], groups: Iterable[Key]) -> dict[Key, list[tuple[int, Activity]]]:
    """Day and kind -> the activities that come in, each with its place in `found`."""
    held: dict[Key, list[tuple[int, Activity]]] = {key: [] for key in groups}
    for place, row in enumerate(found):
        one = row.record
        if isinstance(one, Activity) and (one.happened_on, one.kind) in held:
            held[one.happened_on, one.kind].append((place, one))
    return held


def _logged(store: Store, groups: Iterable[Key]) -> dict[Key, list[Stored[Activity]]]:
    """Day and kind -> the activities that the log holds."""
    held: dict[Key, list[Stored[Activity]]] = {key: [] for key in groups}
    days = [day for day, _ in held]
    for one in store.between(min(days), max(days)):
        if (key := (one.record.happened_on, one.record.kind)) in held:
            held[key].append(one)
    return held


def _correct(standing: Stored[Activity], rows: list[Attendance], preview: Preview) -> None:
    """A correction of the activity of the log, when the rows name anybody new."""
    joined = _joined(standing.record, rows, preview)
    if joined != standing.record:
        correction = Correction(id=standing.id, seen_version=standing.version, record=joined)
        preview.corrections.append(correction)


def _joined(record: Activity, rows: Iterable[Attendance], preview: Preview) -> Activity:
    """`record` with the organisations of `rows` behind its own."""
    there = dict.fromkeys(record.partner_ids)
    for row in rows:
        if there.keys() >= set(row.partner_ids):
            preview.doubles.append(Double(row.file, row.line, differs=False))
        else:
            preview.attendance.append(row)
        there |= dict.fromkeys(row.partner_ids)
    return replace(record, partner_ids=tuple(there))


def _as_logged(own: Activity, standing: Activity) -> Activity:
    """A row that names nobody whom the log does not, with all whom the log names: so it is no other entry."""
    if set(own.partner_ids) <= set(standing.partner_ids):
        return replace(own, partner_ids=standing.partner_ids)
    return own


def _refusal(row: Attendance, *, several: bool) -> RowProblem:
    code = "several_activities" if several else "no_activity"
    return RowProblem(row.file, row.line, row.column, code, f"{row.happened_on} {row.told}", "kind")


def _unknown_yet(preview: Preview) -> bool:
    """While rows of activities are refused nobody knows which activities there will be."""
    files = {file.file for file in preview.files if file.table == "activities"}
    return any(problem.file in files for problem in preview.problems)
